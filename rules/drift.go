package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// sharedSettings are the settings that all nodes of a product must agree on,
// beside those of Auto Scale: keys that one node uses to read what another
// wrote.
var sharedSettings = [...]string{
	"xmpro:appDesigner:encryptionKey",
	"xmpro:xmidentity:client:sharedkey",
	"xmpro:xmcryptography:aes:salt",
}

// sharedKeys are the attributes of <machineKey> that nodes must agree on.
var sharedKeys = [...]string{"validationKey", "decryptionKey"}

func nodeDrift() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2015",
		Name:     "node-drift",
		Severity: lint.Error,
		Title:    "Two nodes of one product have different settings",
		Doc: lint.Doc{
			What: "Compares the nodes of one product that the manifest names: Auto Scale's switch and connection string (order and casing of its options do not count), encryptionKey, sharedkey, the salt and `<machineKey>`. Values are not shown. " +
				"A node whose settings cannot be read is not compared.",
			Why: "Behind a load balancer a user meets one node and then the other. With different keys one node cannot read what the other wrote: sign-ins fail at random, data cannot be decrypted. " +
				"With Auto Scale on in one of them only, they do not share data at all.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {nodes: [{name: ad-01, path: ad-01}, {name: ad-02, path: ad-02}]}
load_balancer: {sticky: true}
-- ad-01/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- ad-02/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
products:
  app-designer: {nodes: [{name: ad-01, path: ad-01}, {name: ad-02, path: ad-02}]}
load_balancer: {sticky: true}
-- ad-01/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- ad-02/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageMachineKey, pageSignalRScale},
		},
		Source: pageMachineKey,
		Step:   schema.StepShareKeys,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				if len(p.Nodes) < 2 || p.ID == schema.Unknown { // folders of unknown products are not nodes of one
					continue
				}
				compareNodes(pass, p, schema.Enabled, configureStep)
				compareNodes(pass, p, schema.Connection, configureStep)
				for _, path := range sharedSettings {
					compareNodes(pass, p, path, "")
				}
				compareMachineKeys(pass, p)
			}
			return nil
		},
	}
}

// isComparable reports whether what a node says, and what it does not say, is
// known.
func isComparable(s spot) bool {
	switch s.view.AutoScale.Reason {
	case deployment.ReasonEncrypted, deployment.ReasonUnreadable, deployment.ReasonElsewhere:
		return false
	}
	return len(s.node.Files) > 0
}

// compareNodes compares the nodes of a product with the first that can be
// compared, in one setting.
func compareNodes(pass *lint.Pass, p *deployment.Product, path, step string) {
	var first spot
	var want deployment.Value
	for s := range defaults(p) {
		if !isComparable(s) {
			continue
		}
		v := s.view.Get(path)
		if v.Unknown != 0 {
			continue
		}
		vault := s.view.AutoScale.Reason == deployment.ReasonKeyVault
		if vault && !v.Present {
			continue // the vault may have it
		}
		if first.product == nil {
			first, want = s, v
			continue
		}
		if sameOnNodes(p, path, &want, &v) {
			continue
		}
		f := s.finding(lint.Place{}, path)
		f.Message = drift(first, s, path)
		f.Do = "bring both nodes to one value; see which one the product was working with before you change either"
		f.Step = step
		if step != "" && s.view.AutoScale.On() && !first.view.AutoScale.On() {
			f.Step = schema.OnNode(step, first.node.Name) // that one is to be switched on
		}
		if v.Present {
			f.Place = v.Origin.ValuePlace()
		}
		other := first.node.Holder()
		if want.Present {
			other = want.Origin.ValuePlace()
		}
		f.Related = []lint.Related{{Place: other, Message: "the setting on " + nodeName(first.node)}}
		pass.Report(f)
	}
}

func drift(a, b spot, what string) string {
	return fmt.Sprintf("the nodes %s and %s of %s differ in %s", nodeName(a.node), nodeName(b.node), title(a.product.ID), what)
}

// nodeName names a node for people.
func nodeName(n *deployment.Node) string {
	if n.Name != "" {
		return n.Name
	}
	return n.Dir
}

// sameOnNodes reports whether two nodes have the same value. A switch that is
// not there is off, a connection string that is not there is none, and two that
// mean the same to the client are one.
func sameOnNodes(p *deployment.Product, path string, a, b *deployment.Value) bool {
	if !a.Present && !b.Present {
		return true
	}
	if path == schema.Enabled {
		x, okX := schema.ParseBool(a.Text)
		y, okY := schema.ParseBool(b.Text)
		if (okX || !a.Known()) && (okY || !b.Known()) {
			return x == y
		}
	}
	if path == schema.Connection && (!a.Known() || !b.Known()) {
		return isNoRedis(a.Text) && isNoRedis(b.Text)
	}
	if a.Present != b.Present || a.Null != b.Null {
		return false
	}
	return sameBound(path, a.Text, b.Text) || path == schema.Connection && equivalent(redisClient(p), a.Text, b.Text)
}

// equivalent reports whether two strings mean the same to a release of the
// client, the newest where none is known.
func equivalent(client redisconn.Version, a, b string) bool {
	if client.IsZero() {
		client = redisconn.Newest()
	}
	x, errX := redisconn.ParseFor(client, a)
	y, errY := redisconn.ParseFor(client, b)
	return errX == nil && errY == nil && redisconn.Equivalent(x, y)
}

// compareMachineKeys compares the nodes' <machineKey> with that of the first
// node that shows one. A key that is generated, or is not there, is none: that
// all nodes have none is XM4007.
func compareMachineKeys(pass *lint.Pass, p *deployment.Product) {
	var first *webSpot
	for s := range defaults(p) {
		if s.node.Web == nil || s.node.Web.File.XML == nil {
			continue
		}
		w := &webSpot{s.node.Web, p, s.node}
		if _, unseen := w.ownKey(); unseen {
			continue
		}
		if first == nil {
			first = w
			continue
		}
		var differ []string
		for _, name := range sharedKeys {
			if first.keyPart(name) != w.keyPart(name) {
				differ = append(differ, name)
			}
		}
		if len(differ) == 0 {
			continue
		}
		setting, one := "system.web:machineKey", ""
		if len(differ) == 1 {
			one = differ[0]
			setting += ":" + one
		}
		f := s.finding(w.keyPartPlace(one), setting)
		f.Message = drift(spot{product: p, node: first.node}, s, "the "+list(differ)+" of <machineKey>")
		f.Do = "write the same <machineKey> into the web.config of every node"
		f.Related = []lint.Related{{Place: first.keyPartPlace(one), Message: "<machineKey> on " + nodeName(first.node)}}
		pass.Report(f)
	}
}

// keyPart is an attribute of the node's <machineKey> in a form that is equal
// for equal keys; empty for one that each machine generates. It is a secret.
func (w *webSpot) keyPart(name string) string {
	v, _ := w.File.XML.Attr(w.MachineKey, name)
	if strings.HasPrefix(v, "AutoGenerate") {
		return ""
	}
	return strings.ToUpper(v)
}

// keyPartPlace is that attribute, else the place of the whole key.
func (w *webSpot) keyPartPlace(name string) lint.Place {
	if w.MachineKey != document.None && name != "" {
		if a := w.File.XML.AttrNode(w.MachineKey, name); a >= 0 {
			return lint.Place{File: w.File, Span: w.File.XML.Attrs[a].Value}
		}
	}
	return w.keyPlace()
}
