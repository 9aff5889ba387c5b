package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// appStep is the id of the step that upgrades an App's connection.
func appStep(m *deployment.Manifest, i int) string {
	names := make([]string, len(m.Apps))
	for j := range m.Apps {
		names[j] = m.Apps[j].Name.Text
	}
	return schema.AppStep(schema.Slugs(names)[i])
}

// isDone reports whether the manifest says that a step is done.
func isDone(m *deployment.Manifest, step string) bool {
	return m.Lists(func(id string) bool { return id == step })
}

// oldApps goes through the Apps that are on a connector without Redis, with
// the step that would upgrade each.
func oldApps(pass *lint.Pass, report func(*deployment.App, string)) {
	eachApp(pass, func(app *deployment.App, step string) {
		if isOld(schema.ParseConnector(app.Connector.Text)) {
			report(app, step)
		}
	})
}

// eachApp goes through the Apps whose upgrade is not done, with the step that
// would be it.
func eachApp(pass *lint.Pass, report func(*deployment.App, string)) {
	m := pass.Deployment.Manifest
	if m == nil {
		return
	}
	for i := range m.Apps {
		if step := appStep(m, i); !isDone(m, step) {
			report(&m.Apps[i], step)
		}
	}
}

// aboutApp begins a finding about an App.
func aboutApp(d *deployment.Deployment, app *deployment.App) lint.Finding {
	f := lint.Finding{Product: appDesigner(d), Place: app.Connector.Place, Setting: "apps:" + app.Name.Text}
	if f.Place.IsZero() {
		f.Place = app.Name.Place
	}
	return f
}

func cacheLoss() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5003",
		Name:     "cache-loss",
		Severity: lint.Warning,
		Title:    "Upgrading an App's connection loses the App's data",
		Doc: lint.Doc{
			What: "Warns of each App whose connection is to be upgraded, unless it is on connector " + schema.ConnectorSince + " or later already: then there is nothing to upgrade. With `cache_loss: accepted` it is information.",
			Why: "The upgrade clears the cache of the connector that the App used: all its data is lost, and comes back only as the data streams send it again. " +
				"The owner of the App has to know before, and the upgrade belongs in a quiet time.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Pump Health, connector: "1.07", upgrade: true}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Pump Health, connector: "2.01"}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale},
		},
		Source: pageAutoScale,
		Step:   schema.AppStep("<slug>"),
		Check: func(pass *lint.Pass) error {
			eachApp(pass, func(app *deployment.App, step string) {
				if !app.Upgrade.Known || !app.Upgrade.Value || isNew(app) {
					return
				}
				f := aboutApp(pass.Deployment, app)
				f.Step = step
				f.Message = fmt.Sprintf("upgrading the connection of the App %s clears its connector's cache: all data of the App is lost", quote(app.Name.Text))
				f.Do = "ask the App's owner, choose a quiet time, and write cache_loss: accepted once it is agreed"
				if app.CacheLoss.Text == "accepted" {
					f.Severity = lint.Info
					f.Message += ", which is accepted"
					f.Do = "upgrade it at a quiet time, and see afterwards that its data streams send again"
				}
				if app.Upgrade.Place.File != nil {
					f.Related = []lint.Related{{Place: app.Upgrade.Place, Message: "the upgrade is asked for here"}}
				}
				pass.Report(f)
			})
			return nil
		},
	}
}

func appOnOldConnector() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5004",
		Name:     "app-on-old-connector",
		Severity: lint.Info,
		Title:    "An App stays on a connector without Redis",
		Doc: lint.Doc{
			What: "Names each App that stays on a Data Streams Connector older than " + schema.ConnectorSince + ": with `upgrade: false`, or as long as nothing says that it is to be upgraded.",
			Why: "That is allowed: the App keeps working with its own cache. But the cache is in one server's memory, and every restart of App Designer empties it, " +
				"also the restarts of an upgrade and of switching Auto Scale on.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Shift Log, connector: "1.07", upgrade: false}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Shift Log, connector: "2.01"}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale},
		},
		Source: pageAutoScale,
		Check: func(pass *lint.Pass) error {
			oldApps(pass, func(app *deployment.App, _ string) {
				if app.Upgrade.Known && app.Upgrade.Value {
					return // XM5003
				}
				if !app.Upgrade.Known && !app.Upgrade.Place.IsZero() {
					return // XM0006: upgrade is no boolean, and may mean yes
				}
				f := aboutApp(pass.Deployment, app)
				f.Message = fmt.Sprintf("the App %s stays on connector %s: its data is in one server's memory, which every restart of App Designer empties", quote(app.Name.Text), plain(app.Connector.Text))
				f.Do = "nothing, if that is meant; else write upgrade: true for it into xmpro.yaml"
				if !app.Upgrade.Known {
					f.Do = "decide whether its connection is to be upgraded, and write upgrade: true or upgrade: false for it into xmpro.yaml"
				}
				pass.Report(f)
			})
			return nil
		},
	}
}

func oldConnectorScaledOut() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5006",
		Name:     "old-connector-scaled-out",
		Severity: lint.Warning,
		Title:    "An App on an old connector runs on more than one instance",
		Doc: lint.Doc{
			What: "Finds Apps on a Data Streams Connector older than " + schema.ConnectorSince + " while App Designer has, or shall have, more than one instance.",
			Why:  "The App's data is in the memory of the one instance that received it. Users on another instance see old data or none.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {path: AppDesigner, instances: 2}
load_balancer: {sticky: true}
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Shift Log, connector: "1.07", upgrade: false}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {path: AppDesigner, instances: 2}
load_balancer: {sticky: true}
connectors: {data-streams: ["1.07", "2.01"]}
apps:
  - {name: Shift Log, connector: "2.01"}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale},
		},
		Source: pageAutoScale,
		Step:   schema.AppStep("<slug>"),
		Check: func(pass *lint.Pass) error {
			p := pass.Deployment.Product(schema.AppDesigner)
			if p == nil || p.Instances < 2 && p.TargetInstances < 2 {
				return nil
			}
			many := fmt.Sprintf("runs on %d instances", p.Instances)
			if p.Instances < 2 {
				many = fmt.Sprintf("shall run on %d instances", p.TargetInstances)
			}
			oldApps(pass, func(app *deployment.App, step string) {
				f := aboutApp(pass.Deployment, app)
				f.Message = fmt.Sprintf("App Designer %s, but the data of the App %s, on connector %s, exists on one of them only", many, quote(app.Name.Text), plain(app.Connector.Text))
				f.Do = "upgrade the App's connection to " + schema.ConnectorSince + " or later before App Designer is scaled out"
				f.Step = step
				if !app.Upgrade.Known || !app.Upgrade.Value {
					f.Step = "-" // no plan upgrades it
				}
				pass.Report(f)
			})
			return nil
		},
	}
}
