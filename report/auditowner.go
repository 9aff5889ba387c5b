package report

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// owners asks for the owners of Apps, also of those that are not upgraded.
func (q *answers) owners() (AuditDecision, bool) {
	x := AuditDecision{Board: true, Open: "the word of each owner, and whether the source can send again"}
	x.ID, x.Question = "app-owners", "Which owners of Apps accepted that data is lost, also of the Apps that only lose what App Designer keeps in memory, and can the source send it again?"
	x.Manifest, x.Why = "decisions: {app-owners: <who, and when>}", "each restart of App Designer empties the cache of every App on a connector older than "+schema.ConnectorSince
	if q.d.Product(schema.AppDesigner) == nil || q.a.Plan.Goal != planner.ToAutoScale {
		return x, false
	}
	m := q.d.Manifest
	if m == nil {
		return x, true
	}
	for i := range m.Apps {
		app := &m.Apps[i]
		age := schema.ParseConnector(app.Connector.Text).AtLeast(schema.ConnectorSince)
		switch {
		case age == schema.Satisfied:
		case app.Upgrade.Known && app.Upgrade.Value && app.CacheLoss.Text == "accepted":
			x.Known = append(x.Known, app.Name.Text+": is upgraded, and its owner accepted the loss, as the manifest says")
		case app.Upgrade.Known && app.Upgrade.Value:
			x.Known = append(x.Known, app.Name.Text+": is upgraded, and nothing says that its owner accepts the loss")
		default:
			x.Known = append(x.Known, app.Name.Text+": stays on connector "+app.Connector.Text+" for now and loses what lies in memory at each restart of App Designer")
		}
	}
	for _, done := range m.Decisions {
		if strings.TrimSpace(done.ID.Text) == x.ID {
			x.Answer = deployment.Mask("decisions:app-owners", done.Answer.Text)
		}
	}
	return x, true
}
