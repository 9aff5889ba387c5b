package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func autoScaleOff() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2001",
		Name:     "autoscale-off",
		Severity: lint.Info,
		Title:    "Auto Scale is off",
		Doc: lint.Doc{
			What: "Finds App Designer, Data Stream Designer and Subscription Manager where Auto Scale is switched off or not set, and names the environments in which it is where several are possible. " +
				"It says nothing where the state cannot be known, where nodes of the product differ (XM2015) and where more than one instance runs (XM2009 says so, as an error).",
			Why: "With Auto Scale off a product keeps its data in the memory of one server, and SignalR's messages reach only the users of that server. " +
				"With one instance that works; it is what to change on the way to more.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale, pageRedis},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				if !p.ID.UsesRedis() || p.Instances > 1 && statesOf(p).isOff() {
					continue
				}
				envs := environmentsOf(p)
				envs.eachWhere(func(env string) bool { return statesIn(p, env).isOff() }, func(env string) {
					for s := range spotsIn(p, env) {
						if s.view.AutoScale.State == deployment.StateOff || s.isOff() && !s.misnamed(schema.AutoScale, schema.Enabled) {
							f := s.finding(s.enabledPlace(), schema.Enabled)
							f.Message = offMessage(s)
							f.Do = fmt.Sprintf("to switch it on, write %s %s and restart %s", s.example(), s.inFile(), title(p.ID))
							pass.Report(f)
						}
					}
				})
			}
			return nil
		},
	}
}

// offMessage says that Auto Scale is off in a spot.
func offMessage(s spot) string {
	if s.view.AutoScale.State == deployment.StateAbsent {
		return "Auto Scale is not set in " + title(s.product.ID) + ", which is off"
	}
	return "Auto Scale is off in " + title(s.product.ID)
}

func scaledOutWithoutAutoScale() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2009",
		Name:     "scaled-out-without-autoscale",
		Severity: lint.Error,
		Title:    "More than one instance runs without Auto Scale",
		Doc: lint.Doc{
			What: "Finds App Designer, Data Stream Designer and Subscription Manager of which more than one instance runs while Auto Scale is off or not set. " +
				"Nodes of one product count, not servers: one product on each of three servers needs no Auto Scale.",
			Why: "Each instance then has a cache and a SignalR of its own. Users on one do not see what happens on the other, and data that streams send to one is missing on the other. " +
				"The vendor calls Auto Scale mandatory for more than one instance.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {path: AppDesigner, instances: 2}
load_balancer: {sticky: true}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
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
			References: []string{pageRedis, pageSignalRScale},
		},
		Source: pageRedis,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				if !p.ID.UsesRedis() || p.Instances < 2 || !statesOf(p).isOff() {
					continue
				}
				for all := (spots{products: []*deployment.Product{p}}); all.next(); {
					s := all.spot
					if !s.isOff() {
						continue
					}
					f := s.finding(s.enabledPlace(), schema.Enabled)
					f.Message = fmt.Sprintf("%d instances run, but %s", p.Instances, offMessage(s))
					f.Do = fmt.Sprintf("stop all instances but one, or write %s %s on every node and restart them", s.example(), s.inFile())
					if !p.InstancesPlace.IsZero() {
						f.Related = []lint.Related{{Place: p.InstancesPlace, Message: fmt.Sprintf("%d instances", p.Instances)}}
					}
					pass.Report(f)
				}
			}
			return nil
		},
	}
}

func autoScalePartial() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2002",
		Name:     "autoscale-partial",
		Severity: lint.Warning,
		Title:    "Auto Scale is on in some products and off in others",
		Doc: lint.Doc{
			What: "Finds deployments where Auto Scale is on in some of App Designer, Data Stream Designer and Subscription Manager and off in another that is there. " +
				"Products whose state cannot be known do not count, and where several environments are possible each is looked at. It is an error where one of them runs more than one instance.",
			Why: "The vendor asks for Auto Scale in all three, because all of them send messages through SignalR. A product that was left out neither shares its messages between its instances nor can be scaled out.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			partial := partialStates(pass.Deployment.Products)
			envs := environmentsOf(partial...)
			standard := envs.standard()
			for _, p := range partial {
				holds := func(env string) bool { return partial.isOff(p, env) }
				severity := lint.Warning
				if holds(standard) && partial.scaled(standard) {
					severity = lint.Error
				}
				envs.eachWhere(holds, func(env string) { partial.report(pass, p, env, severity) })
			}
			return nil
		},
	}
}

// partialStates are the products of a deployment. Those without Auto Scale do
// not count.
type partialStates []*deployment.Product

// isOff reports whether a product is off in an environment in which another one
// is on.
func (x partialStates) isOff(p *deployment.Product, env string) bool {
	if !p.ID.UsesRedis() || !statesIn(p, env).isOff() {
		return false
	}
	for _, q := range x {
		if q.ID.UsesRedis() && statesIn(q, env).isOn() {
			return true
		}
	}
	return false
}

// scaled reports whether a product whose state is known in an environment has
// more than one instance.
func (x partialStates) scaled(env string) bool {
	for _, p := range x {
		if s := statesIn(p, env); p.ID.UsesRedis() && p.Instances > 1 && (s.isOn() || s.isOff()) {
			return true
		}
	}
	return false
}

// report reports a product that is off, and points to those that are on.
func (x partialStates) report(pass *lint.Pass, p *deployment.Product, env string, severity lint.Severity) {
	var on []*deployment.Product
	var related []lint.Related
	for _, q := range x {
		if !q.ID.UsesRedis() || !statesIn(q, env).isOn() {
			continue
		}
		on = append(on, q)
		for s := range spotsIn(q, env) {
			if s.view.AutoScale.On() {
				related = append(related, lint.Related{Place: s.enabledPlace(), Message: "on in " + title(q.ID) + s.inEnvironment()})
				break
			}
		}
	}
	for s := range spotsIn(p, env) {
		if !s.isOff() || s.view.AutoScale.State == deployment.StateAbsent && s.misnamed(schema.AutoScale, schema.Enabled) {
			continue
		}
		f := s.finding(s.enabledPlace(), schema.Enabled)
		if len(s.node.Views) > 1 {
			f.Environments = []string{env}
		}
		f.Severity = severity
		f.Message = fmt.Sprintf("%s, but on in %s", offMessage(s), titles(on))
		if len(s.node.Views) < 2 && !x.isOff(p, "") {
			f.Message += " in some environments"
		}
		f.Do = fmt.Sprintf("write %s %s and restart %s", s.example(), s.inFile(), title(p.ID))
		f.Related = related
		pass.Report(f)
		break
	}
}
