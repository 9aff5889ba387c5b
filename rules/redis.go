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
// product gets, on or not, or shall get: the manifest's. Off-placeholders,
// references and placeholders from documentation are none.
type redisUse struct {
	*redisReading
	deployment *deployment.Deployment // nil for a string that stands alone
	product    *deployment.Product    // nil for the manifest's, too
	node       *deployment.Node       // nil where the product is
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
	if u := plannedRedis(d, uses); u.redisReading != nil {
		uses = append(uses, u)
	}
	return uses
}

// id is the product that gets the string; empty where no single one does.
func (u *redisUse) id() schema.Product {
	if u.product == nil {
		return ""
	}
	return u.product.ID
}

// setting is the path of the string.
func (u *redisUse) setting() string {
	if u.product == nil {
		return manifestConnection
	}
	return schema.Connection
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
	stepless bool // no step of the plan mends it
	firm     bool // no milder in the manifest while no product is on: what it plans cannot work
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
			Severity: r.severity, Product: u.id(), Place: u.place(r.span), Setting: u.setting(),
			Message: r.message, Do: r.do, Related: r.related,
		}
		switch {
		case u.product != nil:
			f.Node, f.Environments = u.node.Name, append([]string{u.view}, u.views...)
		case !r.stepless:
			f.Step = provisionStep(u.deployment)
		}
		if u.idle && (u.product != nil || !r.firm) {
			f.Severity = lint.Info
		}
		if u.product != nil && !u.product.ID.UsesRedis() {
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
	case u.product == nil:
		return placeInYAML(o.ValuePlace(), o.Text, s)
	}
	return o.ValuePlace()
}

func (u *redisUse) fix(f *redisFix) *lint.Fix {
	o, text := u.origin, f.text
	if o.Opened || u.product == nil {
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
