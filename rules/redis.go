package rules

import (
	"errors"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisUse is one place where a connection string for Redis is written that a
// product gets, on or not. Off-placeholders, references and placeholders from
// documentation are none.
type redisUse struct {
	*redisReading
	deployment *deployment.Deployment // nil for a string that stands alone
	product    *deployment.Product
	node       *deployment.Node
	origin     deployment.Origin
	view       string   // the environment of the first view that gets it
	views      []string // those of the others
	idle       bool     // Auto Scale is off or absent in all of them
}

type redisKey struct{}

// redisUses are the connection strings of the deployment that is judged.
func redisUses(p *lint.Pass) []redisUse { return lint.Once(p, redisKey{}, collectRedis) }

func collectRedis(d *deployment.Deployment) []redisUse {
	var uses []redisUse
	for _, p := range d.Products {
		for _, n := range p.Nodes {
			for _, v := range n.Views {
				if c := &v.AutoScale.Connection; c.Known() && schema.Classify(c.Text) == schema.Literal {
					uses = addRedis(uses, redisUse{deployment: d, product: p, node: n, origin: c.Origin}, v, c.Text)
				}
			}
		}
	}
	return uses
}

// addRedis adds what a view gets, merged with the same place in other views.
func addRedis(uses []redisUse, u redisUse, v *deployment.View, text string) []redisUse {
	idle := v.AutoScale.State == deployment.StateOff || v.AutoScale.State == deployment.StateAbsent
	for i := range uses {
		if s := &uses[i]; s.node == u.node && s.origin.File == u.origin.File && s.origin.Value == u.origin.Value {
			s.views = append(s.views, v.Environment)
			s.idle = s.idle && idle
			return uses
		}
	}
	client := redisClient(u.product)
	for i := range uses {
		if r := uses[i].redisReading; r.text == text && r.client == client {
			u.redisReading = r
		}
	}
	if u.redisReading == nil {
		u.redisReading = readRedis(text, client)
	}
	if u.placeholder {
		return uses
	}
	if u.idle, u.view = idle, v.Environment; uses == nil {
		uses = make([]redisUse, 0, 3)
	}
	return append(uses, u)
}

// redisRemark is what a rule has to say about one string.
type redisRemark struct {
	span     redisconn.Span // zero: the whole string
	severity lint.Severity  // zero: the rule's
	message  string
	do       string
	related  []lint.Related
	fix      *redisFix
}

// redisFix is a fix that gives a connection string another text.
type redisFix struct {
	title  string
	safety lint.Safety
	text   string
}

// redisJudge says what one rule finds in one string that the client accepts.
// It looks at the string's place only where that is known.
type redisJudge func(*redisUse) []redisRemark

// eachRedis is the Check of a rule that judges strings one by one.
func eachRedis(judge redisJudge) func(*lint.Pass) error {
	return func(p *lint.Pass) error {
		uses := redisUses(p)
		for i := range uses {
			if u := &uses[i]; u.config != nil {
				u.report(p, judge(u))
			}
		}
		return nil
	}
}

func (u *redisUse) report(p *lint.Pass, remarks []redisRemark) {
	for _, r := range remarks {
		f := lint.Finding{
			Severity: r.severity, Product: u.product.ID, Node: u.node.Name,
			Place: u.place(r.span), Setting: schema.Connection,
			Message: r.message, Do: r.do, Related: r.related,
			Environments: append([]string{u.view}, u.views...),
		}
		if u.idle {
			f.Severity = lint.Info
		}
		if !u.product.ID.UsesRedis() {
			f.Step = "-"
		}
		if r.fix != nil {
			f.Fix = u.fix(r.fix)
		}
		p.Report(f)
	}
}

// place is where a part of the string stands in its file. Of what lies inside
// a protected section only the section can be shown.
func (u *redisUse) place(s redisconn.Span) lint.Place {
	o := u.origin
	switch {
	case o.Opened || s.Empty():
	case o.File.JSON != nil:
		return lint.Place{File: o.File, Span: o.File.JSON.ValueSpan(o.Node, s.Start, s.End)}
	case o.File.XML != nil && o.Attr >= 0:
		return lint.Place{File: o.File, Span: o.File.XML.AttrSpan(o.Attr, s.Start, s.End)}
	}
	return o.ValuePlace()
}

func (u *redisUse) fix(f *redisFix) *lint.Fix {
	o, text := u.origin, f.text
	if o.Opened {
		return &lint.Fix{Title: f.title, Safety: lint.Manual}
	}
	return &lint.Fix{Title: f.title, Safety: f.safety, Edits: func() ([]lint.FileEdit, error) { return setText(o, text) }}
}

// setText gives a setting another text where it is written.
func setText(o deployment.Origin, text string) ([]lint.FileEdit, error) {
	var edit document.Edit
	var err error
	switch f := o.File; {
	case f.JSON != nil:
		edit, err = f.JSON.SetValue(o.Node, document.QuoteJSON(text))
	case f.XML != nil && o.Attr >= 0:
		edit, err = f.XML.SetAttr(o.Node, f.XML.AttrName(o.Attr), text)
	default:
		err = errors.New("the setting cannot be changed in " + f.Path)
	}
	if err != nil {
		return nil, err
	}
	return []lint.FileEdit{{File: o.File, Edits: []document.Edit{edit}}}, nil
}
