package redisconn_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

const (
	argument   = "ArgumentException"
	outOfRange = "ArgumentOutOfRangeException"
	uriFormat  = "UriFormatException"
)

// What the newest client throws, and what the error points at.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ input, exception, message, at string }{
		{"", argument, "is empty (Parameter 'configuration')", ""},
		{"\t\u3000", argument, "is empty (Parameter 'configuration')", ""},
		{"h,Pwd=x", argument, "Keyword 'Pwd' is not supported. (Parameter 'Pwd')", "Pwd"},
		{"h,connect timeout=1", argument, "Keyword 'connect timeout' is not supported. (Parameter 'connect timeout')", "connect timeout"},
		{"h;ssl=true", argument, "Keyword 'h;ssl' is not supported. (Parameter 'h;ssl')", "h;ssl"},
		{"h,ssl=ja", outOfRange, "Keyword 'ssl' requires a boolean value; the value 'ja' is not recognised. (Parameter 'ssl')", "ja"},
		{"h,SSL=", outOfRange, "Keyword 'SSL' requires a boolean value; the value '' is not recognised. (Parameter 'SSL')", "SSL="},
		{"h,ssl=2", outOfRange, "Keyword 'ssl' requires a boolean value; the value '2' is not recognised. (Parameter 'ssl')", "2"},
		{"h,connectTimeout=5s", outOfRange, "Keyword 'connectTimeout' requires an integer value; the value '5s' is not recognised. (Parameter 'connectTimeout')", "5s"},
		{"h,keepAlive=1.0", outOfRange, "Keyword 'keepAlive' requires an integer value; the value '1.0' is not recognised. (Parameter 'keepAlive')", "1.0"},
		{"h,keepAlive=2147483648", outOfRange, "Keyword 'keepAlive' requires an integer value; the value '2147483648' is not recognised. (Parameter 'keepAlive')", "2147483648"},
		{"h,keepAlive=7\u00a07", outOfRange, "Keyword 'keepAlive' requires an integer value; the value '7\u00a07' is not recognised. (Parameter 'keepAlive')", "7\u00a07"},
		{"h,syncTimeout=00", outOfRange, "Keyword 'syncTimeout' has a minimum value of '1'; the value '0' is not permitted. (Parameter 'syncTimeout')", "00"},
		{"h,asyncTimeout=-1", outOfRange, "Keyword 'asyncTimeout' has a minimum value of '1'; the value '-1' is not permitted. (Parameter 'asyncTimeout')", "-1"},
		{"h,proxy=nginx", outOfRange, "Keyword 'proxy' requires a proxy value; the value 'nginx' is not recognised. (Parameter 'proxy')", "nginx"},
		{"h,protocol=4", outOfRange, "Keyword 'protocol' requires a RedisProtocol value or a known protocol version number; the value '4' is not recognised. (Parameter 'protocol')", "4"},
		{"h,sslProtocols=Tls12|Tls14", outOfRange, "Keyword 'sslProtocols' requires an SslProtocol value (multiple values separated by '|'); the value 'Tls12,Tls14' is not recognised. (Parameter 'sslProtocols')", "Tls12|Tls14"},
		{"h,sslProtocols=Tls12|", outOfRange, "Keyword 'sslProtocols' requires an SslProtocol value (multiple values separated by '|'); the value 'Tls12,' is not recognised. (Parameter 'sslProtocols')", "Tls12|"},
		{"h,version=latest", outOfRange, "Keyword 'version' requires a version value; the value 'latest' is not recognised. (Parameter 'version')", "latest"},
		{"h,version=1.2.3.4.5", outOfRange, "Keyword 'version' requires a version value; the value '1.2.3.4.5' is not recognised. (Parameter 'version')", "1.2.3.4.5"},
		{"h,version=-3", outOfRange, "major ('-3') must be a non-negative value. (Parameter 'major')", "-3"},
		{"h,h:70000", outOfRange, "port ('70000') must be less than or equal to '65535'. (Parameter 'port')", "h:70000"},
		{"h:-2", outOfRange, "port ('-2') must be greater than or equal to '0'. (Parameter 'port')", "h:-2"},
		{"127.1:70000", outOfRange, "Specified argument was out of the range of valid values. (Parameter 'port')", "127.1:70000"},
		{"[]:1", argument, "The value cannot be an empty string. (Parameter 'host')", "[]:1"},
		{"h,h:6379", argument, "EndPoints must be unique (Parameter 'item')", "h:6379"},
		{"h:6380,ssl=1,H", argument, "EndPoints must be unique (Parameter 'item')", "H"},
		{"h,tunnel=proxy", uriFormat, "Invalid URI: The format of the URI could not be determined.", "proxy"},
		{"h,tunnel=p:1", uriFormat, `Invalid URI: A Dos path must be rooted, for example, 'c:\\'.`, "p:1"},
		{"h,tunnel=proxy:8080", argument, "Tunnel cannot be parsed: proxy:8080", "proxy:8080"},
		{"h,tunnel=http:proxy:x", uriFormat, "Invalid URI: Invalid port specified.", "http:proxy:x"},
		// The first one in the string counts.
		{"h,ssl=ja,nein=1", outOfRange, "Keyword 'ssl' requires a boolean value; the value 'ja' is not recognised. (Parameter 'ssl')", "ja"},
	} {
		_, err := redisconn.Parse(c.input)
		var e *redisconn.Error
		if !errors.As(err, &e) {
			t.Errorf("%q: no error", c.input)
			continue
		}
		if e.Exception != c.exception || e.Message != c.message {
			t.Errorf("%q:\n%s %s\nwant\n%s %s", c.input, e.Exception, e.Message, c.exception, c.message)
		}
		if e.MaskedMessage != e.Message {
			t.Errorf("%q: masked: %s", c.input, e.MaskedMessage)
		}
		if got := e.Span.Of(c.input); got != c.at {
			t.Errorf("%q: points at %q, want %q", c.input, got, c.at)
		}
	}
}

func TestErrorsOfOldClients(t *testing.T) {
	old := redisconn.Version{Major: 2, Minor: 6, Patch: 96}
	long := strings.Repeat("x", 32)
	for _, c := range []struct{ input, message string }{
		{"h,tunnel=x", "Tunnel cannot be parsed: x"},
		{"h,tunnel=http:x:y", "Http tunnel cannot be parsed: x:y"},
		{"h,tunnel=http:", "Http tunnel cannot be parsed: "},
		{"h,Tunnel=http:x:1", "Keyword 'Tunnel' is not supported. (Parameter 'Tunnel')"},
		{"h,version=6", "Keyword 'version' requires a version value; the value '6' is not recognised. (Parameter 'version')"},
		{"h,$PING=" + long, "Specified argument was out of the range of valid values. (Parameter 'Command '" + long + "' exceeds library limit of 31 bytes')"},
	} {
		_, err := redisconn.ParseFor(old, c.input)
		var e *redisconn.Error
		if !errors.As(err, &e) {
			t.Errorf("%q: no error", c.input)
		} else if e.Message != c.message {
			t.Errorf("%q:\n%s\nwant\n%s", c.input, e.Message, c.message)
		}
	}
	if _, err := redisconn.Parse("h,$PING=" + long); err != nil {
		t.Error(err)
	}
}

// What the other items say is there in spite of an error.
func TestConfigBesideError(t *testing.T) {
	c, err := redisconn.Parse("h:1,nonsense=1,password=p,ssl=maybe")
	if err == nil || c == nil {
		t.Fatal("want a config and an error")
	}
	if len(c.Endpoints) != 1 || !c.HasPassword() || c.Options.Written(redisconn.OptSSL) {
		t.Errorf("%+v", c)
	}
	if c.Items[1].Kind != redisconn.KindInvalid || c.Items[3].Kind != redisconn.KindInvalid {
		t.Errorf("%+v", c.Items)
	}
}
