package redisconn_test

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

// What .NET makes of one item without "=": kind, host and port as printed.
func TestEndpoint(t *testing.T) {
	for _, c := range []struct{ item, want string }{
		// Names.
		{"plant-redis", "dns plant-redis 0"},
		{"plant-redis:7000", "dns plant-redis 7000"},
		{"plant_redis:1", "dns plant_redis 1"},
		{"Plant.Example.", "dns Plant.Example. 0"},
		{"höhle.example:1", "dns höhle.example 1"},
		{".", "dns . 0"},
		{"plant: 7 ", "dns plant 7"},
		{"plant:+7", "dns plant 7"},
		{"plant:007", "dns plant 7"},
		{"plant:0", "dns plant 0"},
		{"plant 7000", "dns plant 7000 0"},
		{"plant;7000", "dns plant;7000 0"},
		{"plant:7000:1", "dns plant:7000:1 0"},
		{"redis://plant:7000", "dns redis://plant:7000 0"},
		{":7000", "dns :7000 0"},
		{"=x", "dns =x 0"},
		{"[plant]:1", "dns plant 1"},
		{"[plant]", "dns [plant] 0"},
		{"xplant]:1", "dns plant 1"}, // the first character is cut off unseen

		// Dropped: the port is no number.
		{"plant:", ""},
		{"plant:seven", ""},
		{"plant:7000x", ""},
		{"plant:0x10", ""},
		{"plant:99999999999", ""},
		{"rediss://plant", ""},
		{"[::1]:", ""},
		{"!", ""},

		// IPv4, in every spelling that inet_aton knows.
		{"192.0.2.7", "ipv4 192.0.2.7 0"},
		{"192.0.2.7:7000", "ipv4 192.0.2.7 7000"},
		{"127.1", "ipv4 127.0.0.1 0"},
		{"10.1.258", "ipv4 10.1.1.2 0"},
		{"6379", "ipv4 0.0.24.235 0"},
		{"0", "ipv4 0.0.0.0 0"},
		{"00", "ipv4 0.0.0.0 0"},
		{"010.0.0.1", "ipv4 8.0.0.1 0"},
		{"0x7F.1", "ipv4 127.0.0.1 0"},
		{"0x7f000001", "ipv4 127.0.0.1 0"},
		{"4294967295", "ipv4 255.255.255.255 0"},
		{"1.16777215", "ipv4 1.255.255.255 0"},
		{"4294967296", "dns 4294967296 0"},
		{"1.16777216", "dns 1.16777216 0"},
		{"1.2.65536", "dns 1.2.65536 0"},
		{"1.2.3.256", "dns 1.2.3.256 0"},
		{"256.1", "dns 256.1 0"},
		{"1.2.3.4.5", "dns 1.2.3.4.5 0"},
		{"1.2.3.", "dns 1.2.3. 0"},
		{"1..2", "dns 1..2 0"},
		{"08", "dns 08 0"},
		{"0x", "dns 0x 0"},
		{"-1", "dns -1 0"},
		{"1.2.3.4 ", "ipv4 1.2.3.4 0"},
		{"1:2", "ipv4 0.0.0.1 2"},

		// IPv6.
		{"::", "ipv6 :: 0"},
		{"::1", "ipv6 ::1 0"},
		{"[::1]", "ipv6 ::1 0"},
		{"[::1]:7000", "ipv6 ::1 7000"},
		{"::1:7000", "ipv6 ::0.1.112.0 0"},
		{"[[::1]]:1", "ipv6 ::1 1"},
		{"x::1]:1", "ipv6 ::1 1"},
		{"2001:DB8:0:0:0:0:0:1", "ipv6 2001:db8::1 0"},
		{"2001:db8:0:1:0:0:0:1", "ipv6 2001:db8:0:1::1 0"},
		{"2001:db8:0:0:1:0:0:1", "ipv6 2001:db8::1:0:0:1 0"},
		{"2001:db8:1:2:3:4:5:0", "ipv6 2001:db8:1:2:3:4:5:0 0"},
		{"1:2:3:4:5:6:7::", "ipv6 1:2:3:4:5:6:7:0 0"},
		{"::ffff:192.0.2.7", "ipv6 ::ffff:192.0.2.7 0"},
		{"::ffff:c000:207", "ipv6 ::ffff:192.0.2.7 0"},
		{"::192.0.2.7", "ipv6 ::192.0.2.7 0"},
		{"::ffff:0:192.0.2.7", "ipv6 ::ffff:0:192.0.2.7 0"},
		{"64:ff9b::192.0.2.7", "ipv6 64:ff9b::c000:207 0"},
		{"fe80::5efe:192.0.2.7", "ipv6 fe80::5efe:192.0.2.7 0"},
		{"1:2:3:4:5:6:192.0.2.7", "ipv6 1:2:3:4:5:6:c000:207 0"},
		{"fe80::1%eth0", "ipv6 fe80::1 0"},
		{"[fe80::1%3]:1", "ipv6 fe80::1 1"},
		{"::1.2.3.04", "ipv6 ::1.2.3.4 0"},
		{"::1.2.03.4", "dns ::1.2.03.4 0"},
		{"::1.2.3.004", "dns ::1.2.3.004 0"},
		{"::1.2.3", "dns ::1.2.3 0"},
		{"1::2::3", "dns 1::2::3 0"},
		{":::", "dns ::: 0"},
		{":::1", "dns :::1 0"},
		{"1:2:3:4:5:6:7", "dns 1:2:3:4:5:6:7 0"},
		{"1:2:3:4:5:6:7:8:9", "dns 1:2:3:4:5:6:7:8:9 0"},
		{"::12345", "dns ::12345 0"},
		{"1:2:3:4:5:6:7:", "dns 1:2:3:4:5:6:7: 0"},
		{"::1/64", "dns ::1/64 0"},
		{"::g", "dns ::g 0"},

		// Sockets.
		{"!/run/redis.sock", "unix /run/redis.sock"},
		{"!C:\\redis:1", "unix C:\\redis:1"},
	} {
		config, err := redisconn.Parse(c.item)
		if err != nil {
			t.Errorf("%q: %v", c.item, err)
			continue
		}
		got := ""
		for _, e := range config.Endpoints {
			got = e.Kind + " " + e.Host + " " + itoa(e.Port)
			if e.Kind == redisconn.Unix {
				got = e.Kind + " " + e.Path
			}
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.item, got, c.want)
		}
		if dropped := len(config.Dropped()) == 1; dropped != (c.want == "") {
			t.Errorf("%q: dropped is %v", c.item, dropped)
		}
	}
}

func TestEndpointsOnce(t *testing.T) {
	for _, c := range []struct {
		input string
		want  int
	}{
		{"plant,plant", 1},
		{"plant:1,PLANT:1", 1},
		{"höhle,HÖHLE", 1},
		{"kelvin,\u212aelvin", 2},
		{"s,\u017f", 2},
		{"i,\u0130,\u0131", 3},
		{"plant,plant.", 2},
		{"plant:1,plant:2", 2},
		{"::1,[0:0:0:0:0:0:0:1]", 1},
		{"127.1,127.0.0.1", 1},
		{"fe80::1%2,fe80::1%3", 2},
		{"!/a,!/a,!/b", 2},
		{strings.Repeat("a,b,c:1,", 50), 3},
	} {
		config, err := redisconn.Parse(c.input)
		if err != nil {
			t.Errorf("%q: %v", c.input, err)
			continue
		}
		if len(config.Endpoints) != c.want {
			t.Errorf("%q has %d endpoints, want %d: %v", c.input, len(config.Endpoints), c.want, config.Endpoints)
		}
	}
}

func TestEffective(t *testing.T) {
	for input, want := range map[string]string{
		"plant":                            "plant:6379",
		"plant,ssl=1":                      "plant:6380",
		"plant:1,other,ssl=on":             "plant:1 other:6380",
		"::1":                              "[::1]:6379",
		"!/run/redis.sock,ssl=true":        "!/run/redis.sock",
		"plant,serviceName=main":           "plant:6379",
		"x.redis.cache.windows.net":        "x.redis.cache.windows.net:6379",
		"x.redis.cache.windows.net:6380,y": "x.redis.cache.windows.net:6380 y:6380",
		"x.eu.redis.azure.net":             "x.eu.redis.azure.net:6380",
	} {
		config, err := redisconn.Parse(input)
		if err != nil {
			t.Errorf("%q: %v", input, err)
			continue
		}
		var got []string
		for _, e := range config.Effective() {
			got = append(got, e.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q goes to %v, want %s", input, got, want)
		}
	}
}
