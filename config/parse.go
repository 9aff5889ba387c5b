package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/yamldoc"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Parse reads a file. Path is how messages name it; the rules are those that
// it may name. The error is an [*Error].
func Parse(path string, text []byte, rules []*lint.Rule) (*Config, error) {
	decoded, err := document.DecodeJSON(path, text, document.Limits{MaxBytes: yamldoc.MaxBytes})
	if err != nil {
		return nil, &Error{path, []Problem{{document.Position{Line: 1, Column: 1}, err.Error(), ""}}}
	}
	p := parser{text: decoded, rules: rules, Doc: yamldoc.Read(decoded, yamldoc.Form{
		Schema: schema.Config(), What: "the configuration",
		See: "see docs/configuration.md, or run: xmlint schema config",
	})}
	c := &Config{Path: path}
	if len(p.Problems) == 0 {
		p.read(c)
	}
	if len(p.Problems) == 0 {
		return c, nil
	}
	e := &Error{Path: path}
	for _, one := range p.Sorted() {
		e.Problems = append(e.Problems, Problem{decoded.Position(one.Span.Start), one.Message, one.Hint})
	}
	return nil, e
}

// parser takes the parts out of a document that follows its schema.
type parser struct {
	*yamldoc.Doc
	text  *document.Text
	rules []*lint.Rule
}

func (p *parser) read(c *Config) {
	yamldoc.Pairs(p.Root, func(key, value *yaml.Node) {
		switch key.Value {
		case "severities":
			p.severities(c, value)
		case "disable":
			for _, n := range yamldoc.OneOrMore(value) {
				if r := p.rule(n, "switched off"); r != nil {
					c.Off = append(c.Off, r.ID)
				}
			}
		case "exclude":
			c.Exclude = p.globs(value)
		case "suppress":
			for _, n := range yamldoc.OneOrMore(value) {
				c.Suppress = append(c.Suppress, p.suppression(n))
			}
		case "products":
			for _, n := range yamldoc.OneOrMore(value) {
				c.Products = append(c.Products, schema.Product(n.Value))
			}
		case "environment":
			c.Environment = value.Value
		case "fail-on":
			c.FailOn = value.Value
		case "baseline":
			c.Baseline = value.Value
		}
	})
}

func (p *parser) severities(c *Config, n *yaml.Node) {
	c.Severities = map[string]lint.Severity{}
	said := map[*lint.Rule]bool{} // by id or by name
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		done := ""
		if value.Value == "off" {
			done = "switched off"
		}
		r := p.rule(key, done)
		switch {
		case r == nil:
			return
		case said[r]:
			p.Problem(key, "keep one of the two", "%s (%s) stands here a second time", r.ID, r.Name)
		case value.Value == "off":
			c.Off = append(c.Off, r.ID)
		default:
			c.Severities[r.ID] = severityOf(value.Value)
		}
		said[r] = true
	})
}

func severityOf(word string) lint.Severity {
	for _, s := range [...]lint.Severity{lint.Error, lint.Warning} {
		if s.String() == word {
			return s
		}
	}
	return lint.Info
}

// rule is the rule that a node names; nil where it is none, or one to which
// what is to be done cannot be done.
func (p *parser) rule(n *yaml.Node, done string) *lint.Rule {
	name := strings.TrimSpace(n.Value)
	var known []string
	for _, r := range p.rules {
		switch {
		case !strings.EqualFold(r.ID, name) && !strings.EqualFold(r.Name, name):
			known = append(known, r.Name, r.ID)
		case r.Firm && done != "":
			p.Problem(n, "take it out, and mend what it finds", "%s (%s) cannot be %s", r.ID, r.Name, done)
			return nil
		default:
			return r
		}
	}
	hint := "see: xmlint rules"
	if near := schema.Nearest(name, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	p.Problem(n, hint, "there is no rule %q", name)
	return nil
}

func (p *parser) globs(n *yaml.Node) Globs {
	var globs Globs
	for _, item := range yamldoc.OneOrMore(n) {
		glob := plainGlob(item.Value)
		switch {
		case strings.TrimSpace(item.Value) == "":
			p.Problem(item, "give one, or leave the key out", "the glob is empty")
		case strings.HasPrefix(glob, "!"):
			p.Problem(item, "name what is meant; a ! that a name begins with is [!]", "%q takes nothing back: no glob does here", item.Value)
		case !doublestar.ValidatePattern(glob):
			p.Problem(item, "close its brackets and braces", "%q is not a glob", item.Value)
		case strings.Contains(glob, `\`):
			p.Problem(item, "write / between folders", "%q has a backslash", item.Value)
		case strings.HasPrefix(glob, "/") || glob == ".." || strings.HasPrefix(glob, "../"):
			p.Problem(item, "write it relative to the folder of this file", "%q leaves the folder of this file", item.Value)
		case strings.Contains("/"+glob+"/", "/../"):
			p.Problem(item, "write the way without it", "%q has a .. in it", item.Value)
		default:
			globs = append(globs, glob)
		}
	}
	return globs
}

// plainGlob is a glob as paths are written: without what stands for the folder
// itself. The folder of the file is all that is in it.
func plainGlob(text string) string {
	parts := strings.Split(text, "/")
	kept := parts[:0]
	for i, part := range parts {
		if part != "." && (part != "" || i == 0) {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return "**"
	}
	return strings.Join(kept, "/")
}

func (p *parser) suppression(n *yaml.Node) Suppression {
	var s Suppression
	s.Start, s.Stop = p.place(n)
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "rules":
			for _, item := range yamldoc.OneOrMore(value) {
				r := p.rule(item, "suppressed")
				if r == nil || slices.Contains(s.Rules, r.ID) {
					continue
				}
				start, stop := p.place(item)
				s.Rules, s.RuleStarts, s.RuleStops = append(s.Rules, r.ID), append(s.RuleStarts, start), append(s.RuleStops, stop)
			}
		case "paths":
			s.Paths = p.globs(value)
		case "reason":
			s.Reason = strings.TrimSpace(yamldoc.Text(value))
		case "until":
			end, ok := lint.ParseEnd(value.Value)
			if !ok {
				p.Problem(value, "write it as 2027-01-31, or as 5.0 for a version of XMPro", "until: %q is neither a date nor a version", value.Value)
			}
			s.Until, s.End = value.Value, end
			s.UntilStart, s.UntilStop = p.place(value)
		}
	})
	return s
}

func (p *parser) place(n *yaml.Node) (start, stop document.Position) {
	span := p.Span(n)
	return p.text.Position(span.Start), p.text.Position(span.End)
}
