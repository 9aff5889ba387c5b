package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// uploaded is the newest known version of the connectors that the manifest
// lists, and whether all that it lists are known.
func uploaded(m *deployment.Manifest) (newest schema.Connector, place lint.Place, all bool) {
	all = len(m.Connectors) > 0
	for _, s := range m.Connectors {
		c := schema.ParseConnector(s.Text)
		if !c.Known() {
			all = false
		} else if !newest.Known() || c.Compare(newest) > 0 {
			newest, place = c, s.Place
		}
	}
	return newest, place, all
}

// isOld reports whether a connector's version is known and older than the first
// that keeps its data in Redis.
func isOld(c schema.Connector) bool { return c.AtLeast(schema.ConnectorSince) == schema.NotSatisfied }

func connectorTooOld() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5001",
		Name:     "connector-too-old",
		Severity: lint.Warning,
		Title:    "No uploaded Data Streams Connector can use Auto Scale",
		Doc: lint.Doc{
			What: "Finds deployments whose newest uploaded Data Streams Connector is older than " + schema.ConnectorSince + ". Connector versions are decimal numbers: 2.10 is 2.1.",
			Why: "Connectors from " + schema.ConnectorSince + " on keep an App's data in Redis; older ones keep it in the memory of one server whatever the settings say. " +
				"Until a newer one is uploaded, no App can be upgraded to it.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07"]}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["1.07", "2.01"]}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale, pageConnectors},
		},
		Source: pageAutoScale,
		Step:   schema.StepUpgradeConnector,
		Check: func(pass *lint.Pass) error {
			m := pass.Deployment.Manifest
			if m == nil {
				return nil
			}
			newest, place, all := uploaded(m)
			if !all || !isOld(newest) {
				return nil
			}
			pass.Report(lint.Finding{
				Product: appDesigner(pass.Deployment),
				Place:   place,
				Message: fmt.Sprintf("the newest uploaded Data Streams Connector is %s, but Auto Scale needs %s or later", newest.Text, schema.ConnectorSince),
				Do:      "upload Data Streams Connector " + schema.ConnectorSince + " or later in App Designer, under Connectors, and leave the old versions where they are",
			})
			return nil
		},
	}
}

// appDesigner is App Designer, where the deployment has it: connectors and
// Apps are its own.
func appDesigner(d *deployment.Deployment) schema.Product {
	if d.Product(schema.AppDesigner) == nil {
		return ""
	}
	return schema.AppDesigner
}

func connectorVersionUnknown() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5002",
		Name:     "connector-version-unknown",
		Severity: lint.Info,
		Title:    "Nothing tells which Data Streams Connectors are uploaded",
		Doc: lint.Doc{
			What: "Asks for the versions of the Data Streams Connector where Auto Scale is on or planned (the manifest has `redis`, or an App with `upgrade: true`) and none is known.",
			Why:  "No configuration file holds them; App Designer's page Connectors shows them. Without them the plan cannot say whether a connector has to be uploaded first.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
connectors: {data-streams: ["2.01"]}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageConnectors},
		},
		Source: pageConnectors,
		Check: func(pass *lint.Pass) error {
			d := pass.Deployment
			if d.Product(schema.AppDesigner) == nil || !planned(d) || manifestUnread(d) {
				return nil
			}
			f := lint.Finding{
				Product: schema.AppDesigner,
				Message: "nothing tells which versions of the Data Streams Connector are uploaded",
				Do:      `look at the page Connectors in App Designer and write them into xmpro.yaml, as connectors: {data-streams: ["1.07", "2.01"]}`,
			}
			if m := d.Manifest; m != nil {
				if newest, _, _ := uploaded(m); newest.Known() || hasNewApp(m) {
					return nil
				}
				if len(m.Connectors) > 0 {
					f.Place = m.Connectors[0].Place
					f.Message = fmt.Sprintf("%s is not the version of a connector: nothing tells which are uploaded", quote(m.Connectors[0].Text))
				}
			}
			pass.Report(f)
			return nil
		},
	}
}

// planned reports whether Auto Scale is on or wanted.
func planned(d *deployment.Deployment) bool {
	if m := d.Manifest; m != nil {
		if m.HasRedis {
			return true
		}
		for i := range m.Apps {
			if m.Apps[i].Upgrade.Known && m.Apps[i].Upgrade.Value {
				return true
			}
		}
	}
	return onSomewhere(d)
}

// hasNewApp reports whether an App uses a connector that is new enough, which
// then is uploaded.
func hasNewApp(m *deployment.Manifest) bool {
	for i := range m.Apps {
		if isNew(&m.Apps[i]) {
			return true
		}
	}
	return false
}

// isNew reports whether an App is known to use a connector that keeps its data
// in Redis.
func isNew(app *deployment.App) bool {
	return schema.ParseConnector(app.Connector.Text).AtLeast(schema.ConnectorSince) == schema.Satisfied
}

func oldConnectorNeeded() *lint.Rule {
	return &lint.Rule{
		ID:       "XM5005",
		Name:     "old-connector-needed",
		Severity: lint.Warning,
		Title:    "XMPro " + schema.AutoScaleSince + " needs connector " + schema.OldConnector,
		Doc: lint.Doc{
			What: "Finds deployments on exactly " + schema.AutoScaleSince + " whose connectors are known and among which " + schema.OldConnector + " is not.",
			Why:  "In " + schema.AutoScaleSince + " an error is triggered when version " + schema.OldConnector + " of the Data Streams Connector is absent from a company; " + schema.OldConnectorOptionalSince + " mends it.",
			Bad: `
-- xmpro.yaml --
version: 4.3.1
connectors: {data-streams: ["2.0"]}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.1
connectors: {data-streams: ["1.07", "2.0"]}
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageRelease432},
		},
		Source: pageRelease432,
		Check: func(pass *lint.Pass) error {
			m := pass.Deployment.Manifest
			p := pass.Deployment.Product(schema.AppDesigner)
			if m == nil || p == nil || len(m.Connectors) == 0 {
				return nil
			}
			v := p.Version()
			if v.AtLeast(schema.AutoScaleSince) != schema.Satisfied || v.AtLeast(schema.OldConnectorOptionalSince) != schema.NotSatisfied {
				return nil
			}
			for _, s := range m.Connectors {
				c := schema.ParseConnector(s.Text)
				if !c.Known() || c.Compare(schema.ParseConnector(schema.OldConnector)) == 0 {
					return nil
				}
			}
			pass.Report(lint.Finding{
				Product: schema.AppDesigner,
				Place:   m.Connectors[0].Place,
				Message: fmt.Sprintf("App Designer is version %s, which fails where connector %s is missing, and it is not uploaded", plain(v.Text), schema.OldConnector),
				Do:      "upload connector " + schema.OldConnector + " again, or upgrade to " + schema.OldConnectorOptionalSince + " or later",
			})
			return nil
		},
	}
}
