package lint

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Suppression is a comment that suppresses findings, as [Rule.Suppression]
// judges it when all other rules have run.
type Suppression struct {
	Place Place // the directive inside its comment
	// Verb is the word behind "xmlint:" where no directive has that name; then
	// the rest is empty.
	Verb   string
	Rules  []SuppressedRule // as it names them
	Reason string           // empty where there is none: it suppresses nothing
	// Until is its end as written, UntilPlace where; empty where it has none.
	Until      string
	UntilPlace Place
	// UntilKnown tells that the end is a date or a version, Ended that it has
	// come. An end that is not understood counts as come.
	UntilKnown, Ended bool
	// Suite is the version of the suite that an end is compared with.
	Suite schema.Version
}

// SuppressedRule is a rule that a suppression names.
type SuppressedRule struct {
	Text  string // as written
	Place Place
	Rule  *Rule  // nil where there is none
	Near  string // the name or id that may have been meant, where there is none
	// Found tells that the rule found something that the suppression keeps
	// from being reported.
	Found bool
	// Unseen tells that it cannot be said whether it finds something: it is
	// switched off, or did not see what lies inside a protected section.
	Unseen bool

	pending *pendingUnused
}

// SuppressedBy says why a finding is not reported.
type SuppressedBy struct {
	Kind SuppressionKind
	// Reason is the one that is given for it, with secrets masked, and Until
	// its end; both may be empty.
	Reason, Until string
	// Path and Start are where the suppression is written; empty where it is
	// not a comment.
	Path  string
	Start Position

	used *mark // what to note that it suppresses something
}

// SuppressionKind is how a finding is suppressed.
type SuppressionKind uint8

// The kinds of suppression.
const (
	ByComment  SuppressionKind = iota + 1 // a comment in the file
	ByPath                                // the configuration, by path
	ByBaseline                            // it was there when the baseline was written
	ByChoice                              // nobody wants to see it: the rule is off, or the product is left out
)

// String is the kind as people name it.
func (k SuppressionKind) String() string {
	switch k {
	case ByComment:
		return "comment"
	case ByPath:
		return "path"
	case ByBaseline:
		return "baseline"
	case ByChoice:
		return "choice"
	}
	return ""
}

// Counts reports whether summaries count what is suppressed in this way.
func (k SuppressionKind) Counts() bool { return k != ByChoice }

// inForce reports whether a suppression suppresses.
func (s *Suppression) inForce() bool { return s.Verb == "" && s.Reason != "" && !s.Ended }

// suppressions are the directives of one deployment, ready to be asked.
type suppressions struct {
	all []noted
}

// suppressionsOf reads the directives of a deployment.
func (s *compiled) suppressionsOf(d *deployment.Deployment, rules []*Rule) suppressions {
	all := directivesOf(d)
	for i := range all {
		n := &all[i]
		n.seen = Suppression{Place: Place{File: n.file, Span: n.span}}
		if n.verb != verbIgnore && n.verb != verbFileIgnore {
			n.seen.Verb = n.verb
			if n.verb == "" {
				n.seen.Verb = " "
			}
			continue
		}
		n.seen.Reason = n.reason
		hidden := isHidden(d, n.file)
		for _, name := range n.names {
			r := SuppressedRule{Text: name.text, Place: Place{File: n.file, Span: name.span}, Rule: findRule(rules, name.text)}
			if r.Rule == nil {
				r.Near = nearest(rules, name.text)
			}
			r.Unseen = r.Rule != nil && (hidden || s.isOff(r.Rule))
			n.seen.Rules = append(n.seen.Rules, r)
		}
		if n.hasUntil {
			n.seen.Until, n.seen.UntilPlace = n.until, Place{File: n.file, Span: n.untilSpan}
			n.seen.Suite = suiteVersion(d, ownerOf(d, n.file))
			end, ok := ParseEnd(n.until)
			n.seen.UntilKnown, n.seen.Ended = ok, !ok || end.Passed(s.Today, n.seen.Suite)
		}
	}
	return suppressions{all}
}

// find is the suppression of a rule's findings at a place, nil where there is
// none: the one that is about least, if several are about it.
func (s suppressions) find(rule *Rule, at Place) (*noted, *SuppressedRule) {
	var best *noted
	var of *SuppressedRule
	for i := range s.all {
		n := &s.all[i]
		if best != nil && best.width() <= n.width() || !n.seen.inForce() || !n.covers(at) {
			continue
		}
		for k := range n.seen.Rules {
			if r := &n.seen.Rules[k]; r.Rule == rule {
				best, of = n, r
				break
			}
		}
	}
	return best, of
}

// by is what findings say of the directive that suppresses them.
func (n *noted) by() *SuppressedBy {
	start, _ := n.seen.Place.Position()
	return &SuppressedBy{
		Kind: ByComment, Reason: deployment.Mask("", n.reason), Until: n.until,
		Path: n.file.Path, Start: start,
	}
}

// isHidden reports whether a file has a protected section that was not opened.
func isHidden(d *deployment.Deployment, f *deployment.File) bool {
	for _, p := range d.Products {
		for _, n := range p.Nodes {
			if n.Web == nil || n.Web.File != f {
				continue
			}
			for _, s := range [...]*deployment.Protection{n.Web.Protected, n.Web.ProtectedAppSettings} {
				if s != nil && s.Opened == nil {
					return true
				}
			}
		}
	}
	return false
}

// ownerOf is the product that a file belongs to; empty for the manifest.
func ownerOf(d *deployment.Deployment, f *deployment.File) schema.Product {
	if p, _ := d.Owner(f); p != nil {
		return p.ID
	}
	return ""
}
