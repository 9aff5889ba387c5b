package config

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

// Judge says what is wrong with the suppressions by path, once everything was
// judged with the settings that c made: those without a reason, those that came
// to their end, and, where whole tells that all of the configuration's folder
// was looked through, those that suppressed nothing. The findings belong to no
// deployment. Rules has those that find this; of one that is missing nothing
// is said.
func (c *Config) Judge(s lint.Settings, rules []*lint.Rule, whole bool) []lint.Finding {
	j := judge{c: c, severities: s.Severities, rules: rules}
	for i, p := range s.Paths {
		if i < len(c.Suppress) {
			j.suppression(&c.Suppress[i], p, s.Today, whole)
		}
	}
	return j.found
}

type judge struct {
	c          *Config
	severities map[string]lint.Severity
	rules      []*lint.Rule
	found      []lint.Finding
}

func (j *judge) suppression(s *Suppression, p *lint.PathSuppression, today time.Time, whole bool) {
	if s.Reason == "" {
		j.put("XM0009", s.Start, s.Stop, "the suppression has no reason, and suppresses nothing", "write why it is suppressed, as reason: rotated weekly")
	}
	if p.Ended(today) {
		message := "the suppression ended on " + s.Until
		if s.End.IsVersion() {
			message = "the suppression was to hold until version " + s.Until + ", which a deployment has"
		}
		j.put("XM0008", s.UntilStart, s.UntilStop, message, "mend what the suppression hides and delete it, or give it a new end")
		return
	}
	if !whole || s.Reason == "" {
		return
	}
	for i, id := range s.Rules {
		if p.Used(i) || slices.Contains(j.c.Off, id) {
			continue
		}
		r := j.rule(id)
		if r == nil {
			continue
		}
		j.put("XM0007", s.RuleStarts[i], s.RuleStops[i],
			fmt.Sprintf("%s (%s) finds nothing in these files that could be suppressed", r.ID, r.Name),
			"delete the rule from the suppression; if it is the only one, delete the suppression")
	}
}

func (j *judge) rule(id string) *lint.Rule {
	for _, r := range j.rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (j *judge) put(id string, start, stop document.Position, message, do string) {
	rule := j.rule(id)
	if rule == nil {
		return
	}
	f := lint.Finding{
		Rule: rule, Severity: rule.Severity, Message: message, Why: rule.Doc.Why, Do: do,
		Path: j.c.Path, Start: start, End: stop,
	}
	if severity, ok := j.severities[id]; ok {
		f.Severity = severity
	}
	same := 0
	for i := range j.found {
		if j.found[i].Rule == rule {
			same++
		}
	}
	f.Fingerprint = lint.Fingerprint(id, Name, strconv.Itoa(same))
	j.found = append(j.found, f)
}
