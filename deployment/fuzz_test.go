package deployment

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/internal/document"
)

// Whatever files hold, a deployment is made of them without a panic; every
// place lies in its file, and reading them again gives the same.
func FuzzLoad(f *testing.F) {
	for _, seed := range [][3]string{
		{on("true"), core("xm__xmpro__autoScale__enabled=x ASPNETCORE_ENVIRONMENT=T"), ""},
		{jsonAny, `<configuration><xmpro configProtectionProvider="P"><EncryptedData /></xmpro></configuration>`, "environment: T"},
		{`{"xmpro:appDesigner:x": [1, {}], "\u0078mpro": {"autoScale:enabled": null}}`, `<configuration><xmpro configSource="appsettings.json" /><appSettings file="x"><add key="xmpro__autoScale__enabled" value="${x}" /></appSettings></configuration>`, "products: {ai: {path: ., nodes: [{name: a}]}}"},
		{"\xff\xfe{\x00}\x00", `<xmpro><autoScale enabled="&#116;rue">text</autoScale></xmpro>`, "products: {subscription-manager: {path: x, nodes: [{name: a}, {name: b, path: y}]}}"},
		{`{"a": `, `<!DOCTYPE a [<!ENTITY b "c">]><configuration><xmpro>&b;</xmpro></configuration>`, "name: [a"},
		{`[]`, `<configuration><location path="x"><xmpro><autoScale /></xmpro></location></configuration>`, "\xef\xbb\xbfversion: 4.3.1"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, json, xml, yaml string) {
		fsys := fstest.MapFS{}
		for name, text := range map[string]string{
			"x/appsettings.json": json, "x/appsettings.T.json": json, "x/web.config": xml, "x/XM.deps.json": json, "x/sm-metadata.json": json,
			"y/web.config": xml, "SM/web.config": xml, "AD/appsettings.json": json, "xmpro.yaml": yaml,
		} {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		opts := Options{Key: testKey()}
		all, again := load(t, fsys, opts), load(t, fsys, opts)
		if summary(all) != summary(again) {
			t.Errorf("read twice, it is not the same:\n%s\n%s", summary(all), summary(again))
		}
		if !slices.IsSortedFunc(all, func(a, b *Deployment) int { return strings.Compare(a.Root, b.Root) }) {
			t.Errorf("the roots are in no order:\n%s", summary(all))
		}
		for _, d := range all {
			d.HoldsXMPro()
			inFile(t, "fallback", d.Fallback())
			for _, p := range d.Products {
				p.State()
				for _, e := range p.Versions {
					inFile(t, e.Source, e.Place)
				}
				for _, n := range p.Nodes {
					inFile(t, "holder", n.Holder())
					for _, v := range n.Views {
						for _, s := range append(v.Settings(), v.AutoScaleSettings()...) {
							inFile(t, s.Path, s.Value.Origin.ValuePlace())
							inFile(t, s.Path, s.Value.Origin.KeyPlace())
							Mask(s.Path, s.Value.Text)
						}
					}
				}
			}
		}
	})
}

// inFile tells of a place that does not lie in its file.
func inFile(t *testing.T, what string, p Place) {
	t.Helper()
	if p.IsZero() || p.Span == (document.Span{}) {
		return
	}
	if p.File.Text == nil || p.Span.Start < 0 || p.Span.End < p.Span.Start || int(p.Span.End) > len(p.File.Text.Bytes) {
		t.Errorf("%s lies at %v of %s", what, p.Span, p.File.Path)
	}
	p.Position()
}
