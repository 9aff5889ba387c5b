package redisconn_test

import (
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

const usual = "cache01.plant.example:6380,password=AbC+/=dEf0123456789=,ssl=True,abortConnect=False"

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := redisconn.Parse(usual); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMask(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		redisconn.Mask(usual)
	}
}
