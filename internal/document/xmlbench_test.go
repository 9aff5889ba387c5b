package document

import "testing"

// BenchmarkXML reads a file of the usual size and layout again and again, as a
// worker of the command does.
func BenchmarkXML(b *testing.B) {
	raw := []byte(webConfig(b))
	b.Run("decode", func(b *testing.B) {
		var t Text
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			if err := t.ResetXML("web.config", raw, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("scan", func(b *testing.B) {
		t, d := decodeXML(b, string(raw)), new(XML)
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			if err := d.Parse(t, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("both", func(b *testing.B) {
		var t Text
		d := new(XML)
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			if err := t.ResetXML("web.config", raw, Limits{}); err != nil {
				b.Fatal(err)
			}
			if err := d.Parse(&t, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
