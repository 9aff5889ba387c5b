package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func settingWithoutEffect() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2008",
		Name:     "setting-without-effect",
		Severity: lint.Info,
		Title:    "Auto Scale is set in a product that has no use for it",
		Doc: lint.Doc{
			What: "Finds Auto Scale settings in the configuration of AI and of Stream Host.",
			Why:  "Neither of them uses Redis. The settings do no harm, but whoever reads them is misled, and a connection string with a password lies where nobody needs it.",
			Bad: `
-- StreamHost/appsettings.json --
{
  "xmpro": {
    "gateway": { "name": "host-01", "rank": 0 },
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
  }
}
`,
			Good: `
-- StreamHost/appsettings.json --
{
  "xmpro": {
    "gateway": { "name": "host-01", "rank": 0 }
  }
}
`,
			References: []string{pageRedis},
		},
		Source: pageRedis,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				if s.product.ID != schema.AI && s.product.ID != schema.StreamHost {
					continue
				}
				origin, setting := s.view.AutoScale.Enabled.Origin, schema.Enabled
				if origin.IsZero() {
					origin, setting = s.view.AutoScale.Connection.Origin, schema.Connection
				}
				if origin.IsZero() {
					continue
				}
				f := s.finding(origin.KeyPlace(), setting)
				f.Message = title(s.product.ID) + " has no use for Auto Scale: the setting does nothing"
				f.Do = "delete autoScale from " + origin.File.Path
				pass.Report(f)
			}
			return nil
		},
	}
}

func noStickySessions() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2014",
		Name:     "no-sticky-sessions",
		Severity: lint.Error,
		Title:    "More than one instance without sticky sessions",
		Doc: lint.Doc{
			What: "Finds deployments in which more than one instance of App Designer, Data Stream Designer or Subscription Manager runs and the manifest says that the load balancer has no affinity. " +
				"Where nothing says whether it has, not the list of steps that are done either, it only asks.",
			Why: "SignalR needs all requests of one connection on one server, also with Redis between the servers: without affinity the connection is refused as soon as a request goes to the other server.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {path: AppDesigner, instances: 2}
load_balancer: {sticky: false}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {path: AppDesigner, instances: 2}
load_balancer: {sticky: true}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageSignalRScale},
		},
		Source: pageSignalRScale,
		Step:   schema.StepStickySessions,
		Check: func(pass *lint.Pass) error {
			d := pass.Deployment
			if d.Manifest == nil || d.Manifest.Sticky.Known && d.Manifest.Sticky.Value {
				return nil
			}
			if sticky := &d.Manifest.Sticky; !sticky.Known && !sticky.Place.IsZero() {
				return nil // XM0006: it is no boolean
			}
			if !d.Manifest.Sticky.Known && d.Manifest.Lists(func(id string) bool { return id == schema.StepStickySessions }) {
				return nil
			}
			var scaled []*deployment.Product
			for _, p := range d.Products {
				if p.ID.UsesRedis() && p.Instances > 1 {
					scaled = append(scaled, p)
				}
			}
			if len(scaled) == 0 {
				return nil
			}
			f := lint.Finding{Place: d.Manifest.Sticky.Place}
			if len(scaled) == 1 {
				f.Product = scaled[0].ID
			}
			if d.Manifest.Sticky.Known {
				f.Message = "more than one instance of " + titles(scaled) + " runs behind a load balancer without sticky sessions"
				f.Do = "switch session affinity on at the load balancer, then write load_balancer: {sticky: true} into xmpro.yaml"
			} else {
				f.Severity, f.Place, f.Step = lint.Info, scaled[0].InstancesPlace, "-"
				f.Message = "more than one instance of " + titles(scaled) + " runs, and nothing says whether the load balancer has sticky sessions"
				f.Do = "see whether session affinity is on at the load balancer, and write load_balancer: {sticky: true} or {sticky: false} into xmpro.yaml"
			}
			pass.Report(f)
			return nil
		},
	}
}

func healthChecksOff() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2016",
		Name:     "health-checks-off",
		Severity: lint.Info,
		Title:    "Auto Scale is on and health checks are off",
		Doc: lint.Doc{
			What: "Finds App Designer and Data Stream Designer with Auto Scale on whose flag enableHealthChecks is not true.",
			Why:  "The health page is the only place where the product says whether it reaches Redis. Without it nobody sees Redis fail before users do.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "appDesigner": { "featureFlags": { "enableHealthChecks": false } },
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "appDesigner": { "featureFlags": { "enableHealthChecks": true } },
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
  }
}
`,
			References: []string{pageHealthChecks},
		},
		Source: pageHealthChecks,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				flag := schema.HealthChecks(p.ID)
				if flag == "" {
					continue
				}
				for _, n := range p.Nodes {
					s := spot{p, n, n.Default()}
					if !s.view.AutoScale.On() || s.isPlainTrue(flag) {
						continue
					}
					v := s.view.Get(flag)
					if on, _ := schema.ParseBool(v.Text); on || v.Unknown != 0 || schema.IsReference(v.Text) {
						continue
					}
					f := s.finding(lint.Place{}, flag)
					f.Message = fmt.Sprintf("Auto Scale is on in %s, but its health checks are off: nobody sees Redis fail", title(p.ID))
					if !v.Origin.IsZero() {
						f.Place = v.Origin.ValuePlace()
					} else {
						f.Place = s.holderOf(flag)
					}
					f.Do = fmt.Sprintf("set %s to true %s, restart %s and watch /health", flag, s.inFile(), title(p.ID))
					if prose := strings.TrimSuffix(flag, "s"); !v.Present && s.view.Get(prose).Present {
						f.Message += " (enableHealthCheck, without an s at its end, is no setting)"
					}
					pass.Report(f)
				}
			}
			return nil
		},
	}
}

// isPlainTrue reports whether a setting is the literal true in the only layer
// that there is: the common case, without the cost of [deployment.View.Get].
func (s spot) isPlainTrue(path string) bool {
	if len(s.view.Layers) != 1 || s.view.Layers[0].Kind != deployment.BaseFile || s.view.Layers[0].File.JSON == nil {
		return false
	}
	d := s.view.Layers[0].File.JSON
	n := d.Find(path)
	return n != document.None && d.Nodes[n].Kind == document.True
}
