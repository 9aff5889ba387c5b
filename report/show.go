package report

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Shown is what `xmlint show` says of a deployment: the effective value of its
// settings, and where each came from. Secrets are masked.
type Shown struct {
	Name     string         `json:"name"`
	Root     string         `json:"root"`
	Products []ShownProduct `json:"products"`
}

// ShownProduct is one product on one node in one environment.
type ShownProduct struct {
	Name        schema.Product `json:"name"`
	Node        string         `json:"node,omitempty"`
	Environment string         `json:"environment,omitempty"` // empty: the base alone
	Settings    []ShownSetting `json:"settings"`
	Refused     []string       `json:"refused,omitempty"` // files that .NET refuses: they contribute nothing
	// Unseen tells that no file of the product was found: its settings are not
	// known, which is more than that there are none.
	Unseen bool `json:"-"`
}

// ShownSetting is one setting.
type ShownSetting struct {
	Setting string  `json:"setting"` // spelled as in the layer that wins
	Value   *string `json:"value,omitempty"`
	Known   bool    `json:"known"`
	Reason  string  `json:"reason,omitempty"` // why it is not known
	Source  string  `json:"source,omitempty"` // the kind of layer, where it is no file of its own
	ShownPlace
	Shadows []ShownShadow `json:"shadows,omitempty"` // what it hides, nearest first
}

// ShownShadow is a value that another layer hides.
type ShownShadow struct {
	Value *string `json:"value,omitempty"`
	ShownPlace
}

// ShownPlace is where a value is written.
type ShownPlace struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Show gives the effective Auto Scale settings of a deployment, or all of its
// settings. Nothing in the result refers to the deployment.
func Show(d *deployment.Deployment, all bool) Shown {
	shown := Shown{Name: d.Name, Root: d.Root, Products: []ShownProduct{}}
	for _, p := range d.Products {
		shown.Products = append(shown.Products, showProduct(p, all)...)
	}
	return shown
}

// showProduct is a product on each node, in each environment.
func showProduct(p *deployment.Product, all bool) []ShownProduct {
	shown := []ShownProduct{}
	for _, n := range p.Nodes {
		for _, v := range n.Views {
			settings := v.AutoScaleSettings()
			if all {
				settings = v.Settings()
			}
			shown = append(shown, ShownProduct{
				Name: p.ID, Node: n.Name, Environment: v.Environment, Settings: showSettings(settings), Refused: refusedFiles(n, v), Unseen: len(n.Files) == 0,
			})
		}
	}
	return shown
}

func showSettings(settings []deployment.Setting) []ShownSetting {
	shown := []ShownSetting{}
	for _, s := range settings {
		written := slices.DeleteFunc(append([]deployment.Origin{s.Value.Origin}, s.Value.Shadows...), func(o deployment.Origin) bool { return refused(o.File) })
		if len(written) == 0 {
			continue
		}
		o := written[0]
		x := ShownSetting{Setting: o.Path, Known: true, Source: layerTitle(o), ShownPlace: shownPlace(o), Value: shownValue(o)}
		switch why := s.Value.Unknown; why {
		case 0, deployment.ReasonUnreadable: // a file that is refused contributes nothing, and hides nothing
		case deployment.ReasonEncrypted:
			x.Known, x.Reason, x.Value = false, why.String(), nil
		default:
			x.Known, x.Reason = false, why.String()
		}
		for _, o := range written[1:] {
			x.Shadows = append(x.Shadows, ShownShadow{Value: shownValue(o), ShownPlace: shownPlace(o)})
		}
		shown = append(shown, x)
	}
	return shown
}

// refusedFiles are the files of a view that .NET refuses.
func refusedFiles(n *deployment.Node, v *deployment.View) []string {
	var all []string
	for _, f := range n.Files {
		mine := f.Role != deployment.RoleOverlay || f.Environment != "" && strings.EqualFold(f.Environment, v.Environment)
		if f.Err != nil && mine {
			all = append(all, f.Path)
		}
	}
	return all
}

// refused reports whether .NET refuses a file, which then contributes nothing.
func refused(f *deployment.File) bool { return f == nil || f.Err != nil }

// shownValue is a value, masked; nil where .NET has null.
func shownValue(o deployment.Origin) *string {
	if o.IsNull() {
		return nil
	}
	masked := o.Masked()
	return &masked
}

func shownPlace(o deployment.Origin) ShownPlace {
	start, _ := o.ValuePlace().Position()
	return ShownPlace{Path: o.File.Path, Line: start.Line, Column: start.Column}
}

// layerTitle says what kind of layer a value comes from, where the file's name
// does not.
func layerTitle(o deployment.Origin) string {
	switch {
	case o.Opened:
		return "protected section, opened with the key"
	case o.Kind == deployment.Environment:
		return "environment variable"
	case o.Kind == deployment.AppSettings:
		return "appSettings"
	}
	return ""
}
