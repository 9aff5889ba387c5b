package report

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// AuditDecision is a question that a person has to answer: one that the plan
// needs, or one that a change board asks.
type AuditDecision struct {
	planner.Decision
	Board bool `json:"board"` // a change board asks it, the plan does not wait for it
	// Known is what the tree says about it, Open what it cannot say.
	Known []string `json:"known,omitempty"`
	Open  string   `json:"open,omitempty"`
}

// answers finds what the tree says about the board's questions.
type answers struct {
	d *deployment.Deployment
	a *Audit
}

// auditDecisions are the plan's questions, those of the board with what the
// tree knows about them.
func auditDecisions(d *deployment.Deployment, a *Audit) []AuditDecision {
	all := []AuditDecision{}
	if a.Plan.State == planner.Done {
		return all
	}
	q := answers{d, a}
	for _, decision := range a.Plan.Decisions {
		x := AuditDecision{Decision: decision}
		x.Known, x.Open, x.Board = q.about(decision.ID)
		all = append(all, x)
	}
	if owners, ok := q.owners(); ok {
		all = append(all, owners)
	}
	return all
}

// about says what is known about a question of the board; false: it is none.
func (q *answers) about(id string) (known []string, open string, board bool) {
	switch id {
	case "window":
		return q.windows(), "the date, how many minutes each takes, and whether Stream Hosts keep what arrives meanwhile", true
	case "turn-back":
		return q.noReturn(), "who decides, how long a restore takes, and whether it was rehearsed", true
	case "redis-capacity":
		return q.redis(), "its size, connections against its tier, availability, region, cost and owner", true
	case "redis-failure":
		return q.health(), "what was seen when Redis was stopped, and where", true
	case "redis-data":
		return nil, "what the streams send: no file of the tree says it", true
	case "redis-keys":
		return q.transport(), "whether each node reaches it (see the step verify/redis), and how its keys are changed", true
	case "leftovers":
		return q.leftovers(), "where that lies, and who deletes it when", true
	case "success":
		return q.checks(), "how long to watch before instances are added, and which alerts are set", true
	case "support":
		return q.authorities(), "what XMPro's support confirmed", true
	case "unseen":
		return q.seen(), "machine.config, application pool variables, key vaults, the load balancer, the databases: no file of the tree holds them", true
	}
	return nil, "", false
}

func (q *answers) windows() []string {
	var known []string
	for _, w := range q.a.Plan.Windows() {
		if len(w.Products) > 0 {
			known = append(known, w.Title+": "+list(titles(w.Products), "and")+effects(w.Effects))
		}
	}
	return known
}

func (q *answers) noReturn() []string {
	var known []string
	for _, s := range q.a.Plan.Steps {
		if s.PointOfNoReturn && s.Status != planner.StepDone && s.Kind != planner.KindApp {
			known = append(known, fmt.Sprintf("the last moment is before step %d, %s (%s): from there on a restore is the only way back", s.Number, s.Title, s.ID))
		}
	}
	return known
}

// strings are the literal connection strings of the three products, each once.
func (q *answers) strings(say func(products string, x redisconn.Explanation) string) []string {
	var texts, known []string
	users := map[string][]string{}
	for _, p := range q.d.Products {
		for _, n := range p.Nodes {
			v := n.Default().AutoScale.Connection
			if !p.ID.UsesRedis() || !v.Known() || schema.Classify(v.Text) != schema.Literal {
				continue
			}
			if users[v.Text] == nil {
				texts = append(texts, v.Text)
			}
			if title := p.ID.Title(); len(users[v.Text]) == 0 || users[v.Text][len(users[v.Text])-1] != title {
				users[v.Text] = append(users[v.Text], title)
			}
		}
	}
	for _, text := range texts {
		if words := say(list(users[text], "and"), redisconn.Explain(text)); words != "" {
			known = append(known, words)
		}
	}
	return known
}

// servers names the servers of a string.
func servers(x redisconn.Explanation) string {
	var all []string
	for _, e := range x.Effective {
		name := e.Host
		switch {
		case e.Masked:
			name = schema.Mask
		case e.Path != "":
			name = e.Path
		}
		if e.Port != nil {
			name += fmt.Sprintf(":%d", *e.Port)
		}
		all = append(all, name)
	}
	return list(all, "and")
}

func (q *answers) redis() []string {
	known := q.strings(func(products string, x redisconn.Explanation) string {
		if !x.OK || len(x.Effective) == 0 {
			return ""
		}
		return products + ": " + servers(x)
	})
	if m := q.d.Manifest; m != nil && m.HasRedis {
		if m.Redis.Service.Text != "" {
			known = append(known, "the manifest names the service "+m.Redis.Service.Text)
		}
		if m.Redis.Cluster.Known {
			known = append(known, map[bool]string{true: "it is a cluster", false: "it is no cluster"}[m.Redis.Cluster.Value])
		}
	}
	return append(known, q.messages("XM3014", "XM3012", "XM3013")...)
}

func (q *answers) transport() []string {
	return q.strings(func(products string, x redisconn.Explanation) string {
		if !x.OK || len(x.Effective) == 0 {
			return ""
		}
		if tls, _ := x.Options["ssl"].(bool); tls {
			return products + ": with TLS to " + servers(x)
		}
		return products + ": in clear text, without TLS, to " + servers(x)
	})
}

func (q *answers) health() []string { return q.messages("XM2016", "XM3004") }

// messages are those of the findings of some rules, each once.
func (q *answers) messages(rules ...string) []string {
	var all []string
	for i := range q.a.Findings {
		f := &q.a.Findings[i]
		for _, id := range rules {
			if f.Rule.ID == id {
				all = append(all, id+" at "+placeWords(f.Path, f.Start.Line)+": "+f.Message)
			}
		}
	}
	return all
}

func (q *answers) leftovers() []string {
	var known []string
	for _, s := range q.a.Plan.Steps {
		if s.Status == planner.StepDone {
			continue
		}
		switch {
		case s.Kind == planner.KindBackup, s.Kind == planner.KindDecrypt, s.ID == schema.StepCapture, s.ID == schema.StepShareKeys:
			known = append(known, fmt.Sprintf("step %d, %s (%s) makes such", s.Number, s.Title, s.ID))
		}
	}
	return known
}

func (q *answers) checks() []string {
	var known []string
	for _, s := range q.a.Plan.Steps {
		if s.Kind == planner.KindVerify && s.Status != planner.StepDone {
			known = append(known, fmt.Sprintf("step %d, %s (%s)", s.Number, s.Title, s.ID))
		}
	}
	return known
}

func (q *answers) authorities() []string {
	var known []string
	for _, g := range q.a.Statements() {
		known = append(known, g.Title+": "+plural(len(g.Steps), "step")+" and "+plural(len(g.Rules), "rule")+" rest on "+plural(len(g.Sources), "page"))
	}
	return known
}

func (q *answers) seen() []string {
	return []string{plural(len(q.a.Inputs), "file") + " of the tree, listed at the end with their hashes"}
}

// placeWords is a place in prose.
func placeWords(path string, line int) string {
	if line == 0 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, line)
}
