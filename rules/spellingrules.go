package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func settingMisspelled() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2007",
		Name:     "setting-misspelled",
		Severity: lint.Error,
		Title:    "An Auto Scale setting is misspelled",
		Doc: lint.Doc{
			What: "Finds names that are at most two typing errors away from xmpro, autoScale, enabled or connectionString, at the place of each, and that no product knows; in web.config also the right name in the wrong casing; " +
				"and environment variables with a single underscore where two belong.",
			Why: "In JSON and in the environment an unknown name does nothing, and nothing complains: Auto Scale is off, or on without its connection string. " +
				"In web.config names are case-sensitive, and .NET refuses an unknown one with an error page on every request.",
			Bad: `
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoscale enabled="true" connectionString="cache01:6379,abortConnect=False" /></xmpro>
</configuration>
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enable": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="true" connectionString="cache01:6379,abortConnect=False" /></xmpro>
</configuration>
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			FixSafety:  "The fix writes the right name. It is safe where only the casing was wrong in web.config, which .NET refuses anyway, and unsafe for a typing error: the setting takes effect, which it did not before.",
			References: []string{pageAutoScale, pageSections},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				for _, n := range p.Nodes {
					if n.Web == nil && oddNames(pass)&(1<<typo) == 0 && !hasVariables(n) {
						continue
					}
					slips(n, func(s slip) bool {
						if hasAutoScale(p) || s.json != nil && s.json.level == 0 {
							pass.Report(slipFinding(p, n, s))
						}
						return true
					})
				}
			}
			return nil
		},
	}
}

func slipFinding(p *deployment.Product, n *deployment.Node, s slip) lint.Finding {
	f := lint.Finding{Product: p.ID, Node: n.Name, Place: s.place, Setting: s.path}
	f.Message = fmt.Sprintf("%s does not know %s: did you mean %s?", title(p.ID), quote(s.name), s.want)
	f.Do = fmt.Sprintf("write %s for %s in %s", s.want, quote(s.name), s.file.Path)
	if s.cased {
		f.Message = fmt.Sprintf("%s is in the wrong casing for a web.config: .NET knows only %s there", quote(s.name), s.want)
	}
	switch {
	case s.env != nil:
		f.Fix = renameVariable(s.env, s.want)
	case s.json != nil:
		f.Fix = renameKey(*s.json, lint.Unsafe)
	default:
		f.Fix = renameXML(s)
	}
	return f
}

func nonCanonicalSpelling() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2012",
		Name:     "non-canonical-spelling",
		Severity: lint.Info,
		Title:    "A name is in another casing than the vendor's",
		Doc: lint.Doc{
			What: "Finds xmpro, autoScale, enabled and connectionString in another casing, in JSON, where .NET does not mind. Environment variables are in capitals by custom and are not judged.",
			Why: "It works. But the same name copied into Subscription Manager's web.config does not, searches miss it, and a second one in the vendor's casing stops the product: " +
				"to .NET both are one setting that stands twice.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "AutoScale": { "Enabled": false, "connectionstring": "" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			FixSafety:  "The fix writes the vendor's casing. It is safe: to .NET the names are equal.",
			References: []string{pageAutoScale, pageConfiguration},
		},
		Source: pageAutoScale,
		Check: func(pass *lint.Pass) error {
			if oddNames(pass)&(1<<cased) == 0 {
				return nil
			}
			for _, p := range pass.Deployment.Products {
				for _, n := range p.Nodes {
					for _, file := range n.Files {
						if !settings(file) {
							continue
						}
						last := document.None
						misnames(file, func(m misname) bool {
							if m.spelling == cased && m.node != last {
								last = m.node
								pass.Report(casingFinding(p, n, m))
							}
							return true
						})
					}
				}
			}
			return nil
		},
	}
}

func casingFinding(p *deployment.Product, n *deployment.Node, m misname) lint.Finding {
	d := m.file.JSON
	key := m.rightKey()
	return lint.Finding{
		Product: p.ID,
		Node:    n.Name,
		Place:   lint.Place{File: m.file, Span: d.Nodes[m.node].Key},
		Setting: m.path(),
		Message: fmt.Sprintf("%s works, but the vendor writes %s", quote(d.Key(m.node)), key),
		Do:      fmt.Sprintf("write %s in %s", key, m.file.Path),
		Fix:     renameKey(m, lint.Safe),
	}
}
