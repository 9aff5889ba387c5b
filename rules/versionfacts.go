package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func platformVersionUnknown() *lint.Rule {
	return &lint.Rule{
		ID:       "XM1002",
		Name:     "platform-version-unknown",
		Severity: lint.Warning,
		Title:    "Nothing tells which version of XMPro is installed",
		Doc: lint.Doc{
			What: "Finds deployments in which no file tells the version of any product. `latest`, a variable and a digest are no version, nor is one that lies on both sides of " + schema.AutoScaleSince + ", such as 4.",
			Why:  "Auto Scale needs " + schema.AutoScaleSince + ". Without the version, nobody can say whether the upgrade comes first.",
			Bad: `
-- xmpro.yaml --
version: latest
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.1
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			References: []string{pageAutoScale, "https://documentation.xmpro.com/resources/faqs/general"},
		},
		Source: pageAutoScale,
		Check: func(pass *lint.Pass) error {
			d := pass.Deployment
			if d.Manifest == nil && !tellsProduct(d) {
				return nil // nothing tells that XMPro is installed here at all
			}
			if manifestUnread(d) {
				return nil // XM0001, XM0006: it may tell the version
			}
			f := lint.Finding{Message: "nothing tells which version of XMPro is installed"}
			for _, p := range d.Products {
				for i := range p.Versions {
					e := &p.Versions[i]
					if e.Version.AtLeast(schema.AutoScaleSince) != schema.Undecided {
						return nil
					}
					if f.Place.IsZero() {
						f.Place = e.Place
						f.Message = undecided(e.Version)
					}
				}
			}
			if m := d.Manifest; m != nil && m.Version.IsSet() && f.Place.IsZero() {
				v := schema.ParseVersion(m.Version.Text)
				if v.AtLeast(schema.AutoScaleSince) != schema.Undecided {
					return nil
				}
				v.Text = deployment.Mask("version", v.Text)
				f.Place, f.Message = m.Version.Place, undecided(v)
			}
			if f.Place.IsZero() {
				f.Place = d.Fallback()
			}
			f.Do = "write the version into xmpro.yaml, as version: 4.3.1; the Help blade shows it, and from " + schema.VersionPageSince + " on <base URL>/version"
			pass.Report(f)
			return nil
		},
	}
}

// tellsProduct reports whether the deployment has a product with settings of
// XMPro.
func tellsProduct(d *deployment.Deployment) bool {
	return d.HoldsXMPro() && slices.ContainsFunc(d.Products, func(p *deployment.Product) bool { return p.ID != schema.Unknown })
}

func undecided(v schema.Version) string {
	if v.Known() {
		return fmt.Sprintf("version %s does not tell whether it is %s or later", plain(v.Text), schema.AutoScaleSince)
	}
	return fmt.Sprintf("%s is not a version: nothing tells which version of XMPro is installed", quote(v.Text))
}

// differ reports whether two versions cannot be of one release. 4.3 and 4.3.1
// may be: the first says less.
func differ(a, b schema.Version) bool {
	if !a.Known() || !b.Known() || a.SameRelease(b) {
		return false
	}
	x, y := a.Core()+".", b.Core()+"."
	return !strings.HasPrefix(x, y) && !strings.HasPrefix(y, x)
}

func platformVersionMismatch() *lint.Rule {
	return &lint.Rule{
		ID:       "XM1003",
		Name:     "platform-version-mismatch",
		Severity: lint.Warning,
		Title:    "Products of one deployment run different versions",
		Doc: lint.Doc{
			What: "Finds deployments whose products are known to run different versions of the suite. A Stream Host that differs is only mentioned.",
			Why: "The products call each other and share databases: all of them have to run one version. " +
				"A product that was left behind by an upgrade is also one in which Auto Scale may not work.",
			Bad: `
-- xmpro.yaml --
products:
  app-designer: {path: AppDesigner, version: 4.3.6}
  data-stream-designer: {path: DataStreamDesigner, version: 4.2.3}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			References: []string{"https://documentation.xmpro.com/installation/install/upgrade"},
		},
		Source: "https://documentation.xmpro.com/installation/install/upgrade",
		Check: func(pass *lint.Pass) error {
			differing, suite := false, false
			for i, p := range pass.Deployment.Products {
				for _, q := range pass.Deployment.Products[:i] {
					if productsDiffer(p, q) {
						differing, suite = true, suite || isSuite(p) && isSuite(q)
					}
				}
			}
			if differing {
				pass.Report(mismatch(pass.Deployment, suite))
			}
			return nil
		},
	}
}

// productsDiffer reports whether two products are known to be of different
// releases. It is asked of every two: one that says less, 4.3, is at odds with
// neither 4.3.1 nor 4.3.2.
func productsDiffer(p, q *deployment.Product) bool {
	a, b := best(p), best(q)
	return a != nil && b != nil && differ(a.Version, b.Version)
}

// mismatch is the finding about products of different versions. It stands at
// the oldest and points to the others.
func mismatch(d *deployment.Deployment, suite bool) lint.Finding {
	var oldest *deployment.Product
	var words []string
	for _, p := range d.Products {
		e := best(p)
		if e == nil {
			continue
		}
		words = append(words, title(p.ID)+" is "+plain(e.Version.Text))
		odd := slices.ContainsFunc(d.Products, func(q *deployment.Product) bool { return (isSuite(q) || !suite) && productsDiffer(p, q) })
		if odd && (isSuite(p) || !suite) && (oldest == nil || e.Version.Compare(best(oldest).Version) < 0) {
			oldest = p
		}
	}
	f := lint.Finding{
		Product: oldest.ID,
		Place:   best(oldest).Place,
		Message: "the products run different versions: " + list(words),
		Do:      "bring all products to the newest of these versions, in one maintenance window",
	}
	for _, p := range d.Products {
		if e := best(p); e != nil && e.Place != f.Place {
			f.Related = append(f.Related, lint.Related{Place: e.Place, Message: title(p.ID) + " is " + plain(e.Version.Text)})
		}
	}
	if !suite {
		f.Severity = lint.Info
		f.Why = "a Stream Host may stay behind the suite, but one older than 4.3.13 loses its logs in Data Stream Designer from 4.4.0 on"
	}
	return f
}

func platformVersionConflict() *lint.Rule {
	return &lint.Rule{
		ID:       "XM1004",
		Name:     "platform-version-conflict",
		Severity: lint.Warning,
		Title:    "Two files disagree on the version of a product",
		Doc: lint.Doc{
			What: "Finds products for which two pieces of evidence give different versions: the manifest, `SM_VERSION` in web.config, `*.deps.json`, sm-metadata.json.",
			Why:  "One of them is wrong. Often the manifest was not touched after an upgrade, or an upgrade stopped half-way.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
  <appSettings><add key="SM_VERSION" value="4.2.3" /></appSettings>
</configuration>
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
  <appSettings><add key="SM_VERSION" value="4.3.6" /></appSettings>
</configuration>
`,
			References: []string{"https://documentation.xmpro.com/resources/faqs/general"},
		},
		Source: "https://documentation.xmpro.com/resources/faqs/general",
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				first := best(p)
				for i := range p.Versions {
					if first == nil {
						break
					}
					if e := &p.Versions[i]; differ(first.Version, e.Version) {
						pass.Report(conflict(p, first, e))
						break
					}
				}
			}
			return nil
		},
	}
}

func conflict(p *deployment.Product, first, other *deployment.Evidence) lint.Finding {
	return lint.Finding{
		Product: p.ID,
		Place:   other.Place,
		Message: fmt.Sprintf("%s is version %s by %s, but %s by %s", title(p.ID), plain(first.Version.Text), first.Source, plain(other.Version.Text), other.Source),
		Do:      "see which version runs (the Help blade shows it, and from " + schema.VersionPageSince + " on <base URL>/version) and correct the other place",
		Related: []lint.Related{{Place: first.Place, Message: "the other version, which xmlint takes"}},
	}
}
