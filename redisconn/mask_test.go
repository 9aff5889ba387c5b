package redisconn_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func TestMask(t *testing.T) {
	for _, c := range []struct{ input, want string }{
		{"", ""},
		{"h:1,ssl=true", "h:1,ssl=true"},
		{"h:1,password=s3cret,ssl=true", "h:1,password=*****,ssl=true"},
		{"h, Password = s3 cret== ,ssl=1", "h, Password = ***** ,ssl=1"},
		{"h,password=", "h,password="},
		{"h,sentinelPassword=s3cret", "h,sentinelPassword=*****"},
		{"h,user=plant,password=*****", "h,user=plant,password=*****"},

		// What the client does not know may be a misspelt password.
		{"h,pwd=s3cret", "h,pwd=*****"},
		{"h,pasword=s3cret", "h,pasword=*****"},
		{"h,clientName=x", "h,clientName=*****"},
		{"h,$FOO=s3cret", "h,$FOO=*****"},
		{"h,$PING=p,$CONFIG=", "h,$PING=p,$CONFIG="},

		// A comma ends a password. What comes behind it is no server where servers
		// have ports.
		{"h:1,password=s3,cret,ssl=1", "h:1,password=*****,*****,ssl=1"},
		{"h:1,password=s3,cr,et", "h:1,password=*****,*****,*****"},
		{"h:1,password=s3,,cret!", "h:1,password=*****,,*****"},
		{"h:1,password=s3,cr:et", "h:1,password=*****,*****"},
		{"[::1]:1,password=s3,cret", "[::1]:1,password=*****,*****"},
		{"h:1,password=s3cret,[::1]:2", "h:1,password=*****,[::1]:2"},
		{"h:1,password=s3cret,g:2", "h:1,password=*****,g:2"},
		{"h:1,password=s3cret,!/run/r.sock", "h:1,password=*****,!/run/r.sock"},
		{"h:1,password=s3cret,ssl=1,g", "h:1,password=*****,ssl=1,g"},
		{"h,password=s3cret,g", "h,password=*****,g"},

		// Where pairs end at semicolons, a comma is a part of the password.
		{"Server=a;Password=s3,cret;Encrypt=True", "Server=*****;Encrypt=*****"},
		{"Data Source=a,1433;pwd=s3,cret", "Data Source=*****,1433;pwd=*****"},
		{"PWD='s3,cret;s3';", "PWD=*****"},
		{"Password=s3,cret;Encrypt=True", "Password=*****;Encrypt=*****"},
		{"h;password=a;x=1,g:1", "h;password=*****,g:1"},

		// URLs.
		{"redis://plant:s3cret@h:6379", "redis://*****@h:6379"},
		{"rediss://:s3cret@h", "rediss://*****@h"},
		{"redis://s3cret@h", "redis://*****@h"},
		{"plant:s3cret@h:6379", "*****@h:6379"},
		{"redis://:s3@cret@h:1,ssl=1", "redis://*****@h:1,ssl=1"},
		{"redis://:s3,cret@h:1", "redis://*****,*****@h:1"},
		{"redis://:s3=cret@h:1", "redis://*****"},
		{"redis://:12=cret@h:1", "redis://*****"},
		{"plant:s3cret=@h:1", "*****"},
		{"redis:plant:s3cret==@h:1", "*****"},
		{"h:1=@x", "*****"},
		{"plant:s3@x=://@", "*****@x=*****"},
		{"redis://h:6379?password=s3cret", "redis://h:6379?password=*****"},
		{"redis://h:6379", "redis://h:6379"},
		{"redis://[::1]:6379", "redis://[::1]:6379"},
		{"!/run/plant@1/r.sock", "!/run/plant@1/r.sock"},
		{"h,tunnel=http:plant:s3cret@gate:1", "h,tunnel=http:*****@gate:1"},
		{"h,tunnel=http://plant:s3cret@gate:1", "h,tunnel=http://*****@gate:1"},
		{"h,name=a@b", "h,name=a@b"},
		{"h,name=plant:s3cret@h", "h,name=*****@h"},
		{"h,ssl=plant:s3cret@h", "h,ssl=*****@h"},
		{"h,$PING=plant:s3cret@h", "h,$PING=*****@h"},

		// Other separators.
		{"h:1;password=s3cret;ssl=true", "h:1;password=*****"},
		{"h,ssl=true;password=s3cret", "h,ssl=true;password=*****"},
		{"h,name=x pwd = s3cret", "h,name=x pwd = *****"},
		{"password:s3cret,h", "password:*****,h"},
		{"=password=s3cret", "=password=*****"},
		{"h,name=a=b", "h,name=a=b"},
		{"h,ssl=true;auth=s3cret", "h,ssl=true;auth=*****"},
		{"h,ssl=true&apiKey = s3cret", "h,ssl=true&apiKey = *****"},
		{"=redispass=s3cret", "=redispass=*****"},
		{`{"password":"s3cret"}`, `{"password":*****`},
		{"'pwd' : 's3cret'", "'pwd' : *****"},
		{"compass:6379,auth:6379,key:1", "compass:6379,auth:6379,key:1"},
	} {
		if got := redisconn.Mask(c.input); got != c.want {
			t.Errorf("%q is masked as %q, want %q", c.input, got, c.want)
		}
	}
}

// No way out of the package that says it is masked shows the secret.
func TestNoSecretLeaks(t *testing.T) {
	const secret = "S3cretS3cret"
	for _, input := range []string{
		"h,password=" + secret,
		"h,password=" + secret + ",ssl=maybe",
		"h,pasword=" + secret,
		"h,ssl=x;password=" + secret,
		"h,connectTimeout=5 pwd=" + secret,
		"h,syncTimeout=" + "0;pwd:" + secret,
		"redis://plant:" + secret + "@h:1",
		"redis://plant:" + secret + "@h:1,password",
		"redis://plant:" + secret + "@h,nonsense=1",
		"redis://plant:" + secret + "=@h:1",
		"plant:" + secret + "@h",
		"h,tunnel=http:plant:" + secret + "@gate:x",
		"h,tunnel=ftp://plant:" + secret + "@gate:1",
		"h,tunnel=http:plant:" + secret + "@gate:1",
		"h,$FOO=" + secret,
		"password:" + secret,
		"h,sslHost=plant:" + secret + "@h",
		"h,name=redis://plant:" + secret + "@h",
	} {
		shown := []string{redisconn.Mask(input), fmt.Sprintf("%+v", redisconn.Explain(input))}
		for _, v := range redisconn.Verdicts(input) {
			if v.Error != nil {
				shown = append(shown, v.Error.Error(), v.Error.MaskedMessage)
			}
			for _, e := range v.Config.Endpoints {
				shown = append(shown, e.MaskHost())
			}
			for _, it := range v.Config.Items {
				shown = append(shown, v.Config.MaskText(it.Span), v.Config.MaskText(it.Value))
			}
			shown = append(shown, fmt.Sprint(v.Config.MaskedOptions()))
		}
		for _, s := range shown {
			if strings.Contains(s, secret) {
				t.Errorf("%q leaks: %s", input, s)
			}
		}
	}
	_, err := redisconn.Parse("password:70000")
	if want := "redis connection string: port ('*****') must be less than or equal to '65535'. (Parameter 'port')"; err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestMaskText(t *testing.T) {
	config, _ := redisconn.Parse("h,password=abc,ssl=1")
	for _, c := range []struct {
		span redisconn.Span
		want string
	}{
		{redisconn.Span{Start: 0, End: 20}, "h,password=*****,ssl=1"},
		{redisconn.Span{Start: 2, End: 12}, "password=*****"},
		{redisconn.Span{Start: 12, End: 13}, "*****"},
		{redisconn.Span{Start: 13, End: 16}, "*****,s"},
		{redisconn.Span{Start: 15, End: 18}, "ssl"},
		{redisconn.Span{Start: -5, End: 1}, "h"},
		{redisconn.Span{Start: 18, End: 99}, "=1"},
		{redisconn.Span{Start: 9, End: 4}, ""},
	} {
		if got := config.MaskText(c.span); got != c.want {
			t.Errorf("%v is %q, want %q", c.span, got, c.want)
		}
	}
}
