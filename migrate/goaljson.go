package migrate

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// view makes the edits that one environment of a product with an
// appsettings.json needs: each setting in the layer that wins, or, where no
// layer has it, in the base file.
func (g *goal) view(v *deployment.View) error {
	enabled, connection := v.Get(schema.Enabled), v.Get(schema.Connection)
	stays := isReference(enabled)
	if stays && g.keepsReference(connection) {
		return nil
	}
	text, ok := g.connection(connection, false)
	if !ok && !g.opts.Off {
		return nil
	}
	var missing []document.Member
	switch {
	case g.opts.Off && (!enabled.Present || enabled.Null):
		return nil
	case stays:
	case !enabled.Present:
		missing = append(missing, document.Member{Key: "enabled", Literal: "true"})
	default:
		if err := g.set(enabled, g.switched, g.boolean); err != nil || g.opts.Off {
			return err
		}
	}
	if !connection.Present {
		missing = append(missing, document.Member{Key: "connectionString", Literal: document.QuoteJSON(text)})
	} else if err := g.set(connection, func(o deployment.Origin) bool { return o.Text == text },
		func(deployment.Origin) (string, string) { return document.QuoteJSON(text), text }); err != nil {
		return err
	}
	if len(missing) == 0 {
		return nil
	}
	return g.insert(v, enabled, connection, missing, text)
}

func isReference(v deployment.Value) bool {
	return v.Present && !v.Null && (v.Unknown == deployment.ReasonReference || schema.IsReference(v.Text))
}

// keepsReference says that a switch is a reference, which stays, and reports
// whether nothing else is to be done: the connection string is a reference too,
// or none is given that has to stand beside the switch.
func (g *goal) keepsReference(connection deployment.Value) bool {
	g.warn(g.title(), "%s is a reference, which stays: see that what fills it in says %s", schema.Enabled, g.word(""))
	return g.opts.Off || g.redis.IsZero() || isReference(connection)
}

// boolean is the literal that replaces a switch: a string where it was one.
func (g *goal) boolean(o deployment.Origin) (literal, text string) {
	if o.File.JSON != nil && o.Attr < 0 && o.File.JSON.Nodes[o.Node].Kind == document.String {
		text = g.word(o.Text)
		return document.QuoteJSON(text), text
	}
	return g.word(""), g.word(o.Text)
}

// set gives a setting a value where it wins, and wherever something may win
// whose order is not known. Literal and text are the value for a JSON file and
// for an attribute.
func (g *goal) set(v deployment.Value, right func(deployment.Origin) bool, value func(deployment.Origin) (literal, text string)) error {
	places := []deployment.Origin{v.Origin}
	if v.Unknown == deployment.ReasonOverride {
		for _, o := range v.Shadows {
			if o.Kind == deployment.Environment {
				places = append(places, o)
			}
		}
	}
	for _, o := range places {
		if right(o) {
			continue
		}
		literal, text := value(o)
		if o.File.JSON != nil && o.Attr < 0 {
			if err := g.allows(o.File, text, false); err != nil {
				return err
			}
			if isShared(o) {
				g.block(Block{Product: g.product.ID, Node: g.node.Name, Reason: o.File.Path + " has the setting " + o.Path + " more than once: keep one of them"})
				continue
			}
			e, err := o.File.JSON.SetValue(o.Node, literal)
			if err := g.edit(o.File, e, err, want{setting: o.File.JSON.Path(o.Node), value: text}); err != nil {
				return err
			}
			continue
		}
		if err := g.setAttr(o, text, false); err != nil {
			return err
		}
	}
	return nil
}

// isShared reports whether another value of the file has the setting too: an
// empty object or array takes the place of what is there, which a value does
// not.
func isShared(o deployment.Origin) bool {
	d := o.File.JSON
	return slices.ContainsFunc(d.FindAll(o.Path), func(n document.NodeID) bool { return n != o.Node && d.IsLeaf(n) })
}

// setAttr gives the attribute of an environment variable, or of a key of
// <appSettings>, a value.
func (g *goal) setAttr(o deployment.Origin, text string, expands bool) error {
	if o.IsReference() && o.Text != text {
		g.warn(o.File.Path, "%s is a reference, which stays: see that what fills it in is right", o.Path)
		return nil
	}
	if err := g.allows(o.File, text, expands); err != nil {
		return err
	}
	d := o.File.XML
	e, err := d.SetAttr(o.Node, d.AttrName(o.Attr), text)
	return g.edit(o.File, e, err, want{setting: elementPath(d, o.Node), value: text})
}

// insert adds the settings that no layer has: beside the one that is there,
// else in the base file, else in the overlay.
func (g *goal) insert(v *deployment.View, enabled, connection deployment.Value, missing []document.Member, text string) error {
	for _, sibling := range [...]deployment.Value{enabled, connection} {
		if o := sibling.Origin; sibling.Present && o.File.JSON != nil && o.Attr < 0 {
			return g.insertBeside(o, missing, text)
		}
	}
	for _, l := range v.Layers {
		if l.File == nil || l.File.JSON == nil || l.Kind != deployment.BaseFile && l.Kind != deployment.OverlayFile {
			continue
		}
		return g.insertInto(l.File, missing, text)
	}
	g.block(Block{Product: g.product.ID, Node: g.node.Name, Reason: "there is no appsettings.json to write to"})
	return nil
}

// insertBeside adds settings to the object that holds a sibling of theirs.
// Keys are written as the sibling's is: with the path in front, or without.
func (g *goal) insertBeside(o deployment.Origin, missing []document.Member, text string) error {
	d := o.File.JSON
	parent, prefix := d.Nodes[o.Node].Parent, ""
	if key := d.Key(o.Node); strings.Contains(key, ":") {
		prefix = key[:strings.LastIndexByte(key, ':')+1]
	}
	after := document.None
	if missing[0].Key == "connectionString" {
		after = o.Node // behind enabled, as the vendor has it
	}
	for i := range missing {
		missing[i].Key = prefix + missing[i].Key
	}
	return g.insertMembers(o.File, parent, after, d.Path(parent), missing, text)
}

// insertInto adds settings to a file that has none of them: to its autoScale,
// or with one.
func (g *goal) insertInto(f *deployment.File, missing []document.Member, text string) error {
	d := f.JSON
	if found := d.FindAll(schema.AutoScale); len(found) > 0 {
		n := found[0]
		switch d.Nodes[n].Kind {
		case document.Object:
			return g.insertMembers(f, n, document.None, d.Path(n), missing, text)
		case document.Null:
			if err := g.allows(f, text, false); err != nil {
				return err
			}
			e, err := d.SetValue(n, document.ObjectJSON(missing...))
			return g.edit(f, e, err, wantsOf(d.Path(n), missing, text)...)
		}
		g.block(Block{Product: g.product.ID, Node: g.node.Name, Reason: f.Path + ": autoScale is no object: mend it first"})
		return nil
	}
	for _, n := range d.FindAll(schema.RootSection) {
		if d.Nodes[n].Kind == document.Object {
			members := []document.Member{{Key: "autoScale", Literal: document.ObjectJSON(missing...)}}
			return g.insertWhole(f, n, g.place(d, n), members, join(d.Path(n), "autoScale"), missing, text)
		}
	}
	inner := document.ObjectJSON(document.Member{Key: "autoScale", Literal: document.ObjectJSON(missing...)})
	for _, n := range d.FindAll(schema.RootSection) {
		if d.Nodes[n].Kind == document.Null {
			if err := g.allows(f, text, false); err != nil {
				return err
			}
			e, err := d.SetValue(n, inner)
			return g.edit(f, e, err, wantsOf(join(d.Path(n), "autoScale"), missing, text)...)
		}
	}
	return g.insertWhole(f, 0, document.None, []document.Member{{Key: schema.RootSection, Literal: inner}}, schema.AutoScale, missing, text)
}

// place is the member of xmpro behind which autoScale goes: before
// healthChecks, where the vendor has it, else at the end.
func (g *goal) place(d *document.JSON, section document.NodeID) document.NodeID {
	before := document.None
	for c := range d.Children(section) {
		if d.KeyFold(c, "healthChecks") {
			return before
		}
		before = c
	}
	return document.None
}

func (g *goal) insertMembers(f *deployment.File, object, after document.NodeID, path string, members []document.Member, text string) error {
	return g.insertWhole(f, object, after, members, path, members, text)
}

// insertWhole adds members to an object; leaves are the settings that they
// hold, at a path.
func (g *goal) insertWhole(f *deployment.File, object, after document.NodeID, members []document.Member, path string, leaves []document.Member, text string) error {
	if err := g.allows(f, text, false); err != nil {
		return err
	}
	e, err := f.JSON.InsertMembers(object, after, members...)
	return g.edit(f, e, err, wantsOf(path, leaves, text)...)
}

// wantsOf are the settings that new members of an object become.
func wantsOf(path string, members []document.Member, text string) []want {
	var wants []want
	for _, m := range members {
		w := want{setting: join(path, m.Key), value: "true"}
		if strings.HasSuffix(m.Key, "connectionString") {
			w.value = text
		}
		wants = append(wants, w)
	}
	return wants
}
