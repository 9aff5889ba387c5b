package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// recommended is the release to go to where one has to upgrade anyway: the
// first with the fixes that came after Auto Scale.
const recommended = schema.ReplaceCacheSince

// isSuite reports whether a product has to be at the suite's version. Stream
// Hosts may stay behind: old ones go on sending to a newer suite.
func isSuite(p *deployment.Product) bool { return p.ID != schema.StreamHost }

// best is the evidence that a product's version is taken from; nil where the
// version is not known.
func best(p *deployment.Product) *deployment.Evidence {
	for i := range p.Versions {
		if p.Versions[i].Version.Known() {
			return &p.Versions[i]
		}
	}
	return nil
}

// versions goes through what is known of the suite's version, each piece of
// evidence once, with the products that it stands for.
func versions(d *deployment.Deployment, want func(schema.Version) bool, report func(*deployment.Evidence, []*deployment.Product)) {
	for i, p := range d.Products {
		e := best(p)
		if e == nil || !isSuite(p) || sharesEvidence(d.Products[:i], e) || !want(e.Version) {
			continue
		}
		var of []*deployment.Product
		for _, q := range d.Products[i:] {
			if o := best(q); o != nil && isSuite(q) && o.Place == e.Place {
				of = append(of, q)
			}
		}
		report(e, of)
	}
}

func sharesEvidence(products []*deployment.Product, e *deployment.Evidence) bool {
	for _, p := range products {
		if o := best(p); o != nil && isSuite(p) && o.Place == e.Place {
			return true
		}
	}
	return false
}

// aboutVersion begins a finding about the version of some products.
func aboutVersion(e *deployment.Evidence, of []*deployment.Product) lint.Finding {
	f := lint.Finding{Place: e.Place}
	if len(of) == 1 {
		f.Product = of[0].ID
	}
	return f
}

func platformTooOld() *lint.Rule {
	return &lint.Rule{
		ID:       "XM1001",
		Name:     "platform-too-old",
		Severity: lint.Error,
		Title:    "XMPro is older than " + schema.AutoScaleSince + ", the first version with Auto Scale",
		Doc: lint.Doc{
			What: "Finds products whose version is known and older than " + schema.AutoScaleSince + ". It is an error where Auto Scale is switched on somewhere, and a warning where it is off: then it only stands before everything else on the way to Auto Scale.",
			Why: "Auto Scale came with " + schema.AutoScaleSince + ". Older versions have the settings in their templates, but no code that uses them: " +
				"switched on, each server still keeps its data in its own memory.",
			Bad: `
-- xmpro.yaml --
version: 4.2.3
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale, pageRelease431},
		},
		Source: pageAutoScale,
		Step:   schema.StepUpgradeSuite,
		Check: func(pass *lint.Pass) error {
			tooOld := func(v schema.Version) bool { return v.AtLeast(schema.AutoScaleSince) == schema.NotSatisfied }
			versions(pass.Deployment, tooOld, func(e *deployment.Evidence, of []*deployment.Product) {
				f := aboutVersion(e, of)
				f.Message = fmt.Sprintf("%s %s older than %s, the first version with Auto Scale", titles(of), isVersion(e, of), schema.AutoScaleSince)
				f.Do = "upgrade the suite to " + recommended + " or later before anything else (" + schema.AutoScaleSince + " is the least that Auto Scale needs)"
				if !onSomewhere(pass.Deployment) {
					f.Severity = lint.Warning
				}
				pass.Report(f)
			})
			return nil
		},
	}
}

// isVersion says which version products are: "is version 4.2.3,".
func isVersion(e *deployment.Evidence, of []*deployment.Product) string {
	verb := "is"
	if len(of) > 1 {
		verb = "are"
	}
	return verb + " version " + plain(e.Version.Text) + ","
}

// plain is a version's text as a message shows it.
func plain(text string) string {
	if q := quote(text); q != `"`+text+`"` || strings.TrimSpace(text) == "" {
		return q
	}
	return text
}

// onSomewhere reports whether Auto Scale is on in any view of any product that
// has it.
func onSomewhere(d *deployment.Deployment) bool {
	for all := spotsOf(d); all.next(); {
		s := all.spot
		if s.isOn() {
			return true
		}
	}
	return false
}

func platformKnownIssue() *lint.Rule {
	return &lint.Rule{
		ID:       "XM1005",
		Name:     "platform-known-issue",
		Severity: lint.Info,
		Title:    "Auto Scale works in this version, with fixes that came later",
		Doc: lint.Doc{
			What: "Finds products at one of the first releases with Auto Scale, " + schema.AutoScaleSince + " to 4.3.5.",
			Why: schema.OldConnectorOptionalSince + " mends an error that appears where version " + schema.OldConnector + " of the Data Streams Connector is missing from a company; " +
				schema.ReplaceCacheSince + " mends the connector's option Replace Cache.",
			Bad: `
-- xmpro.yaml --
version: 4.3.1
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			References: []string{pageRelease432, pageRelease436},
		},
		Source: pageRelease436,
		Check: func(pass *lint.Pass) error {
			early := func(v schema.Version) bool {
				return v.AtLeast(schema.AutoScaleSince) == schema.Satisfied && v.AtLeast(recommended) == schema.NotSatisfied
			}
			versions(pass.Deployment, early, func(e *deployment.Evidence, of []*deployment.Product) {
				f := aboutVersion(e, of)
				fixes := schema.ReplaceCacheSince + " mends the connector's option Replace Cache"
				if e.Version.AtLeast(schema.OldConnectorOptionalSince) == schema.NotSatisfied {
					fixes = schema.OldConnectorOptionalSince + " mends an error where connector " + schema.OldConnector + " is missing, " + fixes
				}
				f.Message = fmt.Sprintf("%s %s which has Auto Scale; %s", titles(of), isVersion(e, of), fixes)
				f.Do = "upgrade to " + recommended + " or later when you next upgrade; until then keep connector " + schema.OldConnector + " uploaded and do not use Replace Cache"
				pass.Report(f)
			})
			return nil
		},
	}
}
