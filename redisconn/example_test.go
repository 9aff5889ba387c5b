package redisconn_test

import (
	"fmt"

	"github.com/xmlint/xmlint/redisconn"
)

func ExampleParse() {
	c, err := redisconn.Parse("cache01.plant.example,password=s3cret,ssl=True,abortConnect=False")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range c.Effective() {
		fmt.Println(e, "TLS:", c.Options.SSL)
	}
	// Output:
	// cache01.plant.example:6380 TLS: true
}

// The error says what .NET says, and where.
func ExampleParse_error() {
	s := "cache01:6379,abortConnect=nope"
	_, err := redisconn.Parse(s)
	if e, ok := err.(*redisconn.Error); ok {
		fmt.Println(e.Exception)
		fmt.Println(e.MaskedMessage)
		fmt.Println(s[:e.Span.Start] + ">>" + e.Span.Of(s) + "<<")
	}
	// Output:
	// ArgumentOutOfRangeException
	// Keyword 'abortConnect' requires a boolean value; the value 'nope' is not recognised. (Parameter 'abortConnect')
	// cache01:6379,abortConnect=>>nope<<
}

func ExampleVerdicts() {
	for _, v := range redisconn.Verdicts("cache01:6379,highIntegrity=true") {
		if v.OK {
			fmt.Println(v.Version, "accepts it")
		} else {
			fmt.Println(v.Version, v.Error.MaskedMessage)
		}
	}
	// Output:
	// 2.6.96 Keyword 'highIntegrity' is not supported. (Parameter 'highIntegrity')
	// 2.7.27 Keyword 'highIntegrity' is not supported. (Parameter 'highIntegrity')
	// 2.13.23 accepts it
	// 3.4.35 accepts it
}

func ExampleMask() {
	fmt.Println(redisconn.Mask("cache01:6379,password=s3cret,ssl=True"))
	fmt.Println(redisconn.Mask("cache01:6379,pasword=s3cret"))
	fmt.Println(redisconn.Mask("redis://plant:s3cret@cache01:6379"))
	// Output:
	// cache01:6379,password=*****,ssl=True
	// cache01:6379,pasword=*****
	// redis://*****@cache01:6379
}

func ExampleConfig_Suspects() {
	c, _ := redisconn.Parse("redis://cache01:6379,6379,cache02")
	for _, s := range c.Suspects() {
		fmt.Printf("%s: %s\n", c.MaskText(s.Endpoint.Span), s.Suspicion)
	}
	// Output:
	// redis://cache01:6379: a URL is taken for a host name as a whole
	// 6379: a bare number is read as an IPv4 address
}

func ExampleConfig_Lacks() {
	c, _ := redisconn.Parse("cache01:6379,$PUBLISH=,$EVAL=")
	fmt.Println(c.Lacks(redisconn.PubSubCommands()...))
	fmt.Println(c.Lacks(redisconn.ScriptCommands()...))
	// Output:
	// [PUBLISH]
	// [EVAL]
}

// An Azure host changes what the string leaves open, and not for every client.
func ExampleSplit() {
	verdicts := redisconn.Verdicts("plant.westeurope.redis.azure.net:10000,password=s3cret")
	with, without := redisconn.Split(verdicts, func(c *redisconn.Config) bool { return c.Options.SSL })
	fmt.Println("TLS:", with)
	fmt.Println("clear text:", without)
	// Output:
	// TLS: [2.13.23 3.4.35]
	// clear text: [2.6.96 2.7.27]
}

func ExampleSameServer() {
	a, _ := redisconn.Parse("plant.redis.cache.windows.net:6380,ssl=True,name=designer")
	b, _ := redisconn.Parse("ssl=True,defaultDatabase=1,plant.redis.cache.windows.net")
	fmt.Println(redisconn.SameServer(a, b), redisconn.SameDatabase(a, b))
	// Output:
	// true false
}
