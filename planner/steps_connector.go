package planner

import (
	"github.com/xmlint/xmlint/schema"
)

// stepConnector uploads a connector that keeps its data in Redis. As long as an
// upgrade has not been checked a restore may take the upload back, and the
// manifest would go on listing it.
func (b *builder) stepConnector() {
	st := b.step(schema.StepUpgradeConnector, KindConnector, "Upload Data Streams Connector "+schema.ConnectorSince+" or later", b.p.connector)
	if st == nil {
		return
	}
	st.Product, st.Source, st.Window = schema.AppDesigner, pageConnector, WindowBefore
	if open(st) {
		if !b.s.connector.known {
			st.Do = append(st.Do, manual("In App Designer open Connectors, as an administrator, who alone sees all versions and Apps, and note which versions of the Data Streams Connector are uploaded: connectors: {data-streams: [...]} in xmpro.yaml. With "+schema.ConnectorSince+" or later nothing else is to do"))
		}
		st.Do = append(st.Do, manual("In App Designer, Connectors: upload the .xmp file of Data Streams Connector "+schema.ConnectorSince+" or later. It stands beside the old versions: leave those, Apps that are not upgraded need them. The XMPro Stream Connector of 4.6 is another one"))
		st.Verify = append(st.Verify, manual("Connectors lists "+schema.ConnectorSince+" or later; write it into xmpro.yaml under connectors: data-streams"))
		st.Undo = append(st.Undo, manual("Delete the new version, as long as no App uses it"))
		st.Notes = append(st.Notes, "new connections take the newest version from now on")
		if b.s.suite.oldest.Core() == schema.AutoScaleSince {
			st.Notes = append(st.Notes, "on exactly "+schema.AutoScaleSince+" an error appears where "+schema.OldConnector+" is missing: do not delete it")
		}
	}
	ad := b.s.product(schema.AppDesigner)
	b.take(st, effects{before: join([]literal{b.suite, b.intact}, b.nodesOf(b.runs, ad)), makes: []literal{b.connector}})
}

// stepsApps makes a step for each App that is to be upgraded, and a decision
// for each on an old connector of which nobody has decided. What an upgrade
// clears does not come back, so App Designer is checked first.
func (b *builder) stepsApps() {
	ad := b.s.product(schema.AppDesigner)
	before := join([]literal{b.connector, b.suite}, b.nodesOf(b.on, ad), b.nodesOf(b.runs, ad), b.nodesOf(b.checked, ad))
	for i := range b.s.apps {
		a, t := &b.s.apps[i], b.p.apps[i]
		if !t.in {
			continue
		}
		if !a.Upgrade.Known {
			b.stepDecideApp(a, t)
			continue
		}
		st := b.step(schema.AppStep(a.slug), KindApp, "Upgrade the connection of App "+a.name(), t)
		st.Optional, st.Product, st.App, st.Source, st.Window = true, schema.AppDesigner, a.Name.Text, pageAutoScale, WindowApps
		if open(st) {
			b.fillApp(st, a)
			if ad != nil && !b.p.prepare {
				st.Do = append([]Action{manual("See first that App Designer works with Redis: no step of this plan checks it, and what is cleared does not come back. Its page /health shows an entry Redis Cache that is Healthy, and an App that is on connector " + schema.ConnectorSince + " or later shows its data")}, st.Do...)
			}
			if ad == nil {
				st.blocks("App Designer's configuration, which the tree does not hold: Auto Scale has to be on there first")
			}
		}
		b.take(st, effects{before: before})
	}
}

func (b *builder) fillApp(st *Step, a *appSite) {
	st.Do = append(st.Do,
		manual("At a quiet time of its users: export the App as .xapp and keep the file"),
		manual("Open the App in App Designer, App Data, each connection to the Data Streams Connector, Upgrade; then publish the App"))
	st.Verify = append(st.Verify, manual("The connection shows "+schema.ConnectorSince+" or later, and the App fills again as its streams send; write the version into xmpro.yaml under apps"))
	st.Undo = append(st.Undo, manual("A way back to the old connector is not described: the .xapp export is the last resort, and the cache that was cleared does not come back"))
	st.PointOfNoReturn = true
	st.DataLoss = "all cached data of App " + a.name() + ": upgrading its connection clears the old connector's cache"
	st.interrupts("users of this App see it empty until its streams have sent again", schema.AppDesigner)
	message := "upgrading the connection of App " + a.name() + " clears its connector's cache: all data of the App is lost until its streams send it again"
	if a.CacheLoss.Text == "accepted" {
		message += " (its owner has accepted that)"
	}
	b.plan.Warnings = append(b.plan.Warnings, Warning{Rule: "XM5003", Message: message, Step: st.ID})
}

// stepDecideApp asks for a decision about an App.
func (b *builder) stepDecideApp(a *appSite, t track) {
	st := b.step(schema.DecideStep(a.slug), KindDecide, "Decide whether App "+a.name()+" is upgraded", t)
	st.Optional, st.Product, st.App, st.Source, st.Window = true, schema.AppDesigner, a.Name.Text, pageAutoScale, WindowApps
	if open(st) {
		st.Do = append(st.Do, manual("Ask the owner of App "+a.name()+" and write upgrade: true or upgrade: false beside it in xmpro.yaml, under apps. Upgrading clears its cache: all its data is lost until streams send again. Not upgraded it keeps working with a cache in one server's memory, which every restart of App Designer empties"))
		st.Undo = append(st.Undo, manual("Change the line in xmpro.yaml"))
	}
	b.take(st, effects{})
}
