package migrate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// pursue makes the goal's own edits: Auto Scale on, or off, in every product
// that has it.
func (p *preparation) pursue() error {
	for range rounds {
		p.blocks = nil
		batch, err := p.goalActions()
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			p.require()
			return nil
		}
		if err := p.apply(batch); err != nil {
			return err
		}
	}
	return errors.New("the goal's edits do not come to an end: nothing is written")
}

// goalActions are the next edits towards the goal, and notes on the way what
// stands against it.
func (p *preparation) goalActions() ([]action, error) {
	var batch []action
	for _, product := range p.now.Products {
		if !p.opts.wants(product.ID) {
			continue
		}
		if product.ID == schema.Unknown && asksForAutoScale(product) {
			p.warn(product.Nodes[0].Dir, "nothing tells which product this is: its Auto Scale settings are left alone; name it in xmpro.yaml")
		}
		if !product.ID.UsesRedis() {
			continue
		}
		for _, n := range product.Nodes {
			if !p.opts.wantsNode(n.Name) {
				continue
			}
			g := &goal{preparation: p, product: product, node: n}
			if err := g.run(); err != nil {
				return nil, err
			}
			for _, a := range g.actions {
				// What touches an edit of another node's, in a file that both
				// read, comes in the next round.
				if a.fits(batch) {
					batch = append(batch, a)
					p.touched[p.original.Product(product.ID)] = true
				}
			}
		}
	}
	return batch, nil
}

func asksForAutoScale(p *deployment.Product) bool {
	for _, n := range p.Nodes {
		for _, v := range n.Views {
			if v.AutoScale.Enabled.Present || v.AutoScale.Connection.Present {
				return true
			}
		}
	}
	return false
}

// goal is the goal's edits of one node.
type goal struct {
	*preparation
	product *deployment.Product
	node    *deployment.Node
	actions []action
}

func (g *goal) run() error {
	n := g.node
	if isListed(g.original, schema.NodeStep(schema.StepConfigure, g.product.ID, n.Name), schema.NodeStep(schema.StepEncrypt, g.product.ID, n.Name)) && g.isSealed() {
		return nil // nothing shows it: the manifest's word is taken
	}
	if len(n.Files) == 0 {
		g.warn(g.title(), "its files are not in this tree: they are not changed")
		return nil
	}
	for _, f := range n.Files {
		if f.Err != nil && f.Active {
			g.block(Block{Product: g.product.ID, Node: n.Name, Reason: f.Path + " cannot be edited: " + f.Err.Error()})
			return nil
		}
	}
	if g.product.ID == schema.SubscriptionManager {
		return g.web()
	}
	for _, v := range n.Views {
		g.noteVault(v)
		if err := g.view(v); err != nil {
			return err
		}
	}
	return nil
}

// isSealed reports whether the node's settings lie in a protected section that
// is not open.
func (g *goal) isSealed() bool {
	return g.node.Web != nil && g.node.Web.Protected != nil
}

func (g *goal) title() string {
	title := g.product.ID.Title()
	if g.node.Name != "" {
		title += " on " + g.node.Name
	}
	return title
}

func (g *goal) noteVault(v *deployment.View) {
	if v.AutoScale.Reason == deployment.ReasonKeyVault {
		g.warn(g.title(), "it reads a key vault, whose secrets may hide what the file says: set xmpro--autoScale--enabled and xmpro--autoScale--connectionString there too")
	}
}

// switched reports whether a switch is as the goal wants it.
func (g *goal) switched(o deployment.Origin) bool {
	on, ok := schema.ParseBool(o.Text)
	return ok && on != g.opts.Off
}

// word is the text of enabled that the goal wants, in the casing of the one
// that stands there.
func (g *goal) word(like string) string {
	word := "true"
	if g.opts.Off {
		word = "false"
	}
	if t := strings.TrimSpace(like); t != "" && t[0] >= 'A' && t[0] <= 'Z' {
		word = strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}

// connection is the connection string that the node shall have: the one that
// is given, else the one it has. The flag is false where there is none, or
// nothing is to be done about it.
func (g *goal) connection(has deployment.Value, expands bool) (text string, ok bool) {
	switch {
	case g.opts.Off:
		return "", false
	case has.Present && !has.Null && schema.IsReference(has.Text) && (expands || g.opts.Redis.IsZero()):
		// What fills it in cannot be seen. It stays.
		if g.redis.IsZero() || g.redis.text != has.Text {
			g.warn(g.title(), "its connection string is a reference, which stays: see that what fills it in is right")
		}
		return has.Text, true
	case !g.redis.IsZero():
		return g.redis.text, true
	case has.Present && !has.Null && usable(has.Text):
		return has.Text, true
	}
	g.block(Block{Step: schema.StepProvisionRedis, Product: g.product.ID, Node: g.node.Name,
		Reason: "no connection string is known: give it with --redis or --redis-env, or as redis.connection in xmpro.yaml"})
	return "", false
}

// usable reports whether a text is a connection string, and none of
// documentation's.
func usable(text string) bool {
	if schema.Classify(text) != schema.Literal {
		return false
	}
	config, _ := redisconn.Parse(text)
	for _, e := range config.Endpoints {
		if e.Kind == redisconn.DNS && schema.IsPlaceholder(e.Host) {
			return false
		}
	}
	return true
}

// edit adds an action of the goal.
func (g *goal) edit(f *deployment.File, e document.Edit, err error, wants ...want) error {
	if err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	for i := range wants {
		wants[i].path = f.Path
	}
	g.actions = append(g.actions, action{edits: []lint.FileEdit{{File: f, Edits: []document.Edit{e}}}, wants: wants})
	return nil
}

// allows tells whether a connection string may be written to a place.
func (g *goal) allows(f *deployment.File, text string, expands bool) error {
	switch {
	case !schema.IsReference(text):
		return nil
	case expands && schema.HasBuilderToken(text):
		return nil
	case f.Role == deployment.RoleSectionHost || f.Role == deployment.RoleConfigSource:
		return &ReferenceError{Path: f.Path, Reason: "the section names no configuration builder in Expand mode that would replace ${...}",
			Hint: "give the section a builder, or the string itself with --redis"}
	case g.opts.PipelineReplacesTokens:
		return nil
	}
	return &ReferenceError{Path: f.Path, Reason: "nothing in .NET expands it there",
		Hint: "give --pipeline-replaces-tokens where a pipeline replaces it before deployment, or the string itself with --redis"}
}
