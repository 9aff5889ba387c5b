package redisconn_test

import (
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

// TLS and abortConnect where the string says nothing, by client.
func TestHostDefaults(t *testing.T) {
	old, middle, split, newest := "2.7.27", "2.8.24", "2.11.8", "3.4.35"
	for _, c := range []struct {
		input, client string
		ssl, abort    bool
	}{
		{"x.redis.cache.windows.net", old, false, false},
		{"x.redis.cache.windows.net", newest, false, false},
		{"X.Redis.Cache.Windows.Net:6380", old, true, false},
		{"x.redis.cache.windows.net:10000", newest, false, false},
		{"x.redis.cache.chinacloudapi.cn:6380", newest, true, false},
		{"x.redis.cache.usgovcloudapi.net:6380", newest, true, false},
		{"x.redis.cache.cloudapi.de:6380", old, true, false},
		{"x.redis.cache.cloudapi.de:6380", newest, false, true},
		{"y:6380,x.redis.cache.windows.net", newest, true, false},
		{"192.0.2.7:6380,x.redis.cache.windows.net", newest, true, false},
		{"x.redis.cache.windows.net.example:6380", newest, false, true},
		{"xredis.cache.windows.net:6380", newest, false, true},

		{"x.eu.redis.azure.net:10000", old, false, true},
		{"x.eu.redis.azure.net:10000", middle, true, false},
		{"x.eu.redis.azure.net", middle, false, false},
		{"x.eu.redis.azure.net", split, true, false},
		{"x.eu.redis.azure.net:6379", newest, true, false},
		{"x.redis.usgovcloudapi.net:10000", newest, true, false},
		{"x.redis.sovcloud-api.fr:10000", split, false, true},
		{"x.redis.sovcloud-api.fr:10000", newest, true, false},

		{"x.eu.redisenterprise.cache.azure.net:10000", old, false, false},
		{"x.eu.redisenterprise.cache.azure.net:10000", middle, false, false},
		{"x.eu.redisenterprise.cache.azure.net:10000", newest, true, false},
		{"x.redis.cache.windows.net,y.redis.azure.net:10000", old, false, false},
		{"x.redis.cache.windows.net,y.redis.azure.net:10000", middle, true, false},
		{"x.redis.cache.windows.net,y.redis.azure.net:10000", newest, false, false},

		{"redis-1.c1.cloud.redislabs.com:1", newest, false, false},
		{"redis-1.c1.cloud.redislabs.com:1", split, false, true},
		{"plant,defaults=amr", newest, true, false},
		{"plant,defaults=Azure", newest, false, false},
		{"plant:6380", newest, false, true},
		{"127.0.0.1:6380", newest, false, true},
	} {
		v, err := redisconn.ParseVersion(c.client)
		if err != nil {
			t.Fatal(err)
		}
		config, err := redisconn.ParseFor(v, c.input)
		if err != nil {
			t.Errorf("%s: %q: %v", c.client, c.input, err)
			continue
		}
		if o := config.Options; o.SSL != c.ssl || o.AbortConnect != c.abort {
			t.Errorf("%s: %q: ssl %v, abortConnect %v, want %v, %v", c.client, c.input, o.SSL, o.AbortConnect, c.ssl, c.abort)
		}
	}
}

// What is written wins over the host's defaults, for every client.
func TestWrittenWins(t *testing.T) {
	for _, v := range redisconn.Verdicts("x.redis.azure.net:10000,ssl=False,abortConnect=True") {
		if !v.OK || v.Config.Options.SSL || !v.Config.Options.AbortConnect {
			t.Errorf("%v: %+v", v.Version, v)
		}
	}
	with, without := redisconn.Split(redisconn.Verdicts("x.redis.azure.net:10000,protocol=resp3"), func(c *redisconn.Config) bool {
		return c.Options.SSL
	})
	if len(with) != 2 || len(without) != 1 || without[0].String() != "2.7.27" {
		t.Errorf("with TLS %v, without %v", with, without)
	}
}

func TestService(t *testing.T) {
	for input, want := range map[string]redisconn.Service{
		"x.redis.cache.windows.net":                        redisconn.AzureCache,
		"x.redis.cache.cloudapi.de":                        redisconn.AzureCache,
		"x.eu.redisenterprise.cache.azure.net":             redisconn.AzureEnterprise,
		"x.eu.redis.azure.net.":                            redisconn.AzureManaged,
		"x.redis.sovcloud-api.de":                          redisconn.AzureManaged,
		"redis-1.c1.us-east-1.ec2.cloud.redislabs.com":     redisconn.RedisCloud,
		"plant.abc123.clustercfg.use1.cache.amazonaws.com": redisconn.ElastiCache,
		"plant.example":                                    redisconn.OtherService,
		"192.0.2.7":                                        redisconn.OtherService,
		"!/x.redis.azure.net":                              redisconn.OtherService,
	} {
		config, err := redisconn.Parse(input)
		if err != nil {
			t.Fatal(err)
		}
		e := config.Endpoints[0]
		if got := e.Service(); got != want {
			t.Errorf("%q runs in %q, want %q", input, got, want)
		}
		if _, azure := config.Azure(); azure != want.Azure() {
			t.Errorf("%q: Azure is %v", input, azure)
		}
		if e.Cluster() != (want == redisconn.ElastiCache) {
			t.Errorf("%q: cluster is %v", input, e.Cluster())
		}
		if (want.End() != "") != (want == redisconn.AzureCache || want == redisconn.AzureEnterprise) {
			t.Errorf("%v ends %q", want, want.End())
		}
	}
}

func TestLocal(t *testing.T) {
	for input, want := range map[string]bool{
		"localhost": true, "LOCALHOST:1": true, "localhost.": true, "db.localhost": true, ".": true,
		"127.0.0.1": true, "127.1": true, "127.8.8.8": true, "::1": true, "[::ffff:127.0.0.1]:1": true, "!/run/r": true,
		"plant": false, "notlocalhost": false, "localhost.example": false, "128.0.0.1": false, "::2": false, "0.0.0.0": false,
	} {
		config, err := redisconn.Parse(input)
		if err != nil {
			t.Fatal(err)
		}
		if got := config.Endpoints[0].Local(); got != want {
			t.Errorf("%q: local is %v", input, got)
		}
	}
}
