package rules

import (
	"bytes"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// tokenWithoutBuilder is XM4003.
func tokenWithoutBuilder() *lint.Rule {
	return &lint.Rule{
		ID: "XM4003", Name: "token-without-builder", Severity: lint.Error,
		Title: "Nothing replaces a ${...} in web.config",
		Doc: lint.Doc{
			What: "Reports `${...}` in a section of Subscription Manager's web.config that names no configuration builder, or only builders that do not expand such tokens (`mode=\"Expand\"`). In `<appSettings>` any builder will do: in the other modes it replaces the value of a key that it knows. One message for each section: the first token, or that of Auto Scale, with the others beside it.",
			Why:  "Tokens that no builder replaces stay as they are: the product takes the text `${REDIS}` for the connection string, and `${AutoScaleEnable}` for a boolean, which throws.",
			Bad:  webExample(`<autoScale enabled="${AutoScaleEnable}" connectionString="${REDIS}" />`),
			Good: webFile(`  <configSections>
    <section name="configBuilders" type="System.Configuration.ConfigurationBuildersSection, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" restartOnExternalChanges="false" requirePermission="false" />
    <section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" />
  </configSections>
  <configBuilders>
    <builders>
      <add name="AzureKeyVault" mode="Expand" vaultName="contoso-sm-vault" type="Microsoft.Configuration.ConfigurationBuilders.AzureKeyVaultConfigBuilder, Microsoft.Configuration.ConfigurationBuilders.Azure" />
    </builders>
  </configBuilders>
  <xmpro configBuilders="AzureKeyVault">
    <autoScale enabled="${AutoScaleEnable}" connectionString="${REDIS}" />
  </xmpro>
`),
			References: []string{pageBuilders, "https://github.com/aspnet/MicrosoftConfigurationBuilders"},
		},
		Source: pageBuilders, Step: configureStep,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			if s, ok := w.section(); ok && !w.Expands {
				w.reportTokens(pass, s, w.Section)
			}
			if !w.ExpandsAppSettings {
				for s := range w.settings {
					w.reportTokens(pass, s, w.AppSettings)
				}
			}
		}),
	}
}

// token is one attribute whose value holds a token.
type token struct {
	node document.NodeID
	attr int32
}

// mostRelated is how many other places of a kind a finding shows.
const mostRelated = 50

// reportTokens reports the tokens of a section. element is the section in
// web.config, whose attribute names the builders.
func (w *webSpot) reportTokens(pass *lint.Pass, s webSection, element document.NodeID) {
	if bytes.IndexByte(s.text(), '$') < 0 {
		return
	}
	tokens, main := findTokens(&s)
	if len(tokens) == 0 {
		return
	}
	at := func(t token) lint.Place { return s.place(s.xml.Attrs[t.attr].Value) }
	first := tokens[main]
	f := w.finding(at(first), s.path(first.node, first.attr))
	if s.xml.Name(s.root) != schema.RootSection {
		f.Step = "-"
	}
	name, value := s.xml.Name(s.root), quote(deployment.MaskAttr(s.xml, s.root, first.node, first.attr))
	what := value + " is never replaced"
	if text := s.xml.AttrValue(first.attr); !strings.HasPrefix(text, "${") || strings.IndexByte(text, '}') != len(text)-1 {
		what = "the ${...} in " + value + " is never replaced"
	}
	f.Message = what + ": the section " + name + " names no configuration builder that expands it"
	f.Do = "add configBuilders to <" + name + "> and a builder in mode Expand to <configBuilders>, or write the value itself"
	if builders, _ := w.File.XML.Attr(element, "configBuilders"); strings.TrimSpace(builders) != "" {
		f.Message = what + ": the configuration builder " + quote(builders) + " of the section " + name + " is not in the mode that expands it"
		f.Do = `write mode="Expand" into that builder's <add> in <configBuilders>, or write the value itself`
	}
	for i, t := range tokens {
		if i != main && s.hidden.IsZero() && len(f.Related) < mostRelated {
			f.Related = append(f.Related, lint.Related{Place: at(t), Message: "the same in " + s.path(t.node, t.attr)})
		}
	}
	pass.Report(f)
}

// findTokens finds the attributes that hold tokens. main is the index of the
// one to report: Auto Scale's where it has one, else the first.
func findTokens(s *webSection) (tokens []token, main int) {
	found := false
	for n := s.root; n < s.xml.Nodes[s.root].Next; n++ {
		node := &s.xml.Nodes[n]
		for a := node.AttrFrom; a < node.AttrTo; a++ {
			if !schema.HasBuilderToken(s.xml.AttrValue(a)) {
				continue
			}
			if !found && node.Parent == s.root && s.xml.Name(n) == "autoScale" {
				main, found = len(tokens), true
			}
			tokens = append(tokens, token{n, a})
		}
	}
	return tokens, main
}

// appSettingsOverride is XM4004.
func appSettingsOverride() *lint.Rule {
	return &lint.Rule{
		ID: "XM4004", Name: "app-settings-override", Severity: lint.Warning,
		Title: "A key of appSettings replaces a setting of Subscription Manager",
		Doc: lint.Doc{
			What:       "Reports keys of `<appSettings>`, and of the files that it names with `configSource` or `file`, that begin with `xmpro__` or `xm__` and are not empty, unless a `<remove>` or `<clear />` after them takes them back: as a warning for Auto Scale, as information for other settings.",
			Why:        "Such keys were seen to win over `<xmpro>` on real servers, where they broke signing in. The vendor documents neither that nor the order, so the value that the product gets is unknown.",
			Bad:        webFile(webHead + "  <appSettings>\n    <add key=\"xm__xmpro__autoScale__enabled\" value=\"true\" />\n  </appSettings>\n  <xmpro>\n    <autoScale enabled=\"false\" connectionString=\"\" />\n  </xmpro>\n"),
			Good:       webExample(`<autoScale enabled="false" connectionString="" />`),
			FixSafety:  "The key is not deleted for you: somebody put it there for a reason.",
			References: []string{pageAutoScale},
		},
		Source: "https://github.com/XMPro/xmpro-windows-installer", Step: configureStep,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			for _, o := range w.overrides() {
				w.reportOverride(pass, &o)
			}
		}),
	}
}

// override is a key of <appSettings> that stands for a setting.
type override struct {
	webSection
	key   string
	value int32 // the attribute with its value
}

// overrides are the keys that count and are not empty.
func (w *webSpot) overrides() []override {
	var all []override
	for _, a := range w.AddedSettings(isOverride) {
		if a.Value >= 0 && a.XML.Attrs[a.Value].Value.Len() != len(`""`) {
			s := webSection{file: a.File, xml: a.XML, root: a.Root, hidden: a.Hidden}
			all = append(all, override{s, a.XML.AttrValue(a.Key), a.Value})
		}
	}
	return all
}

// isOverride reports whether a key begins with a prefix of environment variables
// that the products read.
func isOverride(d *document.XML, attr int32) bool {
	v := d.Attrs[attr].Value
	key := d.Text.Bytes[v.Start+1 : v.End-1]
	for _, prefix := range [...]string{"xmpro__", "xmpro:", "xm__", "xm:"} {
		if len(key) >= len(prefix) && document.EqualFoldBytes(key[:len(prefix)], prefix) {
			return true
		}
	}
	return false
}

func (w *webSpot) reportOverride(pass *lint.Pass, o *override) {
	path := overridden(o.key)
	f := w.finding(o.place(o.xml.Attrs[o.value].Value), path)
	f.Message = "the key " + quote(o.key) + " may replace the setting " + path + " of the section xmpro"
	f.Do = "delete the key and set the value in <xmpro>, or see to it that both say the same"
	if !ofAutoScale(path) {
		f.Severity, f.Step = lint.Info, "-"
	}
	pass.Report(f)
}

// ofAutoScale reports whether a path is that of autoScale, or below it.
func ofAutoScale(path string) bool {
	return document.EqualFold(path[:min(len(path), len(schema.AutoScale))], schema.AutoScale)
}

// overridden is the setting that a key of appSettings stands for, those of
// Auto Scale in the vendor's casing.
func overridden(key string) string {
	path := strings.ReplaceAll(key, "__", ":")
	if len(path) > 3 && document.EqualFold(path[:3], "xm:") {
		path = path[3:]
	}
	for _, setting := range [...]string{schema.Enabled, schema.Connection} {
		if document.EqualFold(path, setting) {
			return setting
		}
	}
	return path
}
