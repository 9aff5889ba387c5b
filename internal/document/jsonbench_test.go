package document

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// benchSource is an appsettings.json of the usual size and layout.
func benchSource() []byte {
	var b strings.Builder
	b.WriteString("{\r\n  \"AllowedHosts\": \"*\",\r\n  \"xmpro\": {\r\n" +
		"    \"autoScale\": {\r\n      \"enabled\": true,\r\n      \"connectionString\": \"cache.example.net:6380,password=0123456789abcdef=,ssl=True,abortConnect=False\"\r\n    },\r\n")
	for i := range 24 {
		fmt.Fprintf(&b, "    \"section%d\": {\r\n      \"baseUrl\": \"https://host%d.example.org:8443/\",\r\n"+
			"      \"enableHealthChecks\": false,\r\n      \"timeoutDuration\": %d,\r\n      \"data\": {\r\n"+
			"        \"connectionString\": \"Server=tcp:sql%d.example.org,1433;Initial Catalog=SM;Persist Security Info=False\",\r\n"+
			"        \"templateFolder\": \"Templates\"\r\n      },\r\n      \"tags\": [\r\n        \"one\",\r\n        \"two\"\r\n      ]\r\n    },\r\n", i, i, i*10, i)
	}
	b.WriteString("    \"last\": null\r\n  }\r\n}\r\n")
	return []byte(b.String())
}

func BenchmarkJSON(b *testing.B) {
	raw := benchSource()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	var text Text
	var d JSON
	for b.Loop() {
		if err := text.ResetJSON("f", raw, Limits{}); err != nil {
			b.Fatal(err)
		}
		if err := d.Parse(&text, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSONValid is what the standard library takes to say yes or no.
func BenchmarkJSONValid(b *testing.B) {
	raw := benchSource()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if !json.Valid(raw) {
			b.Fatal("not valid")
		}
	}
}

func BenchmarkJSONFind(b *testing.B) {
	text, _ := DecodeJSON("f", benchSource(), Limits{})
	d, _ := ParseJSON(text, Limits{})
	for b.Loop() {
		if d.Find("xmpro:autoScale:enabled") == None || d.Find("xmpro:section23:data:connectionString") == None {
			b.Fatal("not found")
		}
	}
}
