package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// machineKeyNotShared is XM4007.
func machineKeyNotShared() *lint.Rule {
	return &lint.Rule{
		ID: "XM4007", Name: "machine-key-not-shared", Severity: lint.Warning,
		Title: "The instances of Subscription Manager have no common machineKey",
		Doc: lint.Doc{
			What: "Reports a Subscription Manager with more than one instance, not on Azure, whose web.config has no `<machineKey>` or one that each machine generates for itself. Keys of two nodes that differ are an error. Where the file has none and the manifest lists `share-keys` as done, that is only information.",
			Why: "ASP.NET encrypts and signs its cookies and tokens with this key. Each server makes its own where none is written, so a server refuses what another one issued: users are signed out, or cannot sign in. " +
				"Azure App Service gives all instances one key. A key in machine.config or at the site's level cannot be seen here.",
			Bad:        "-- xmpro.yaml --\nhosting: iis\nproducts:\n  subscription-manager: {path: SubscriptionManager, instances: 2}\n" + webExample(`<autoScale enabled="true" connectionString="cache01:6379,ssl=False,abortConnect=False" />`),
			Good:       "-- xmpro.yaml --\nhosting: iis\nproducts:\n  subscription-manager: {path: SubscriptionManager, instances: 2}\n" + webFile(webHead+"  <xmpro>\n    <autoScale enabled=\"true\" connectionString=\"cache01:6379,ssl=False,abortConnect=False\" />\n  </xmpro>\n  <system.web>\n    <machineKey validationKey=\"0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\" decryptionKey=\"0123456789ABCDEF0123456789ABCDEF\" />\n  </system.web>\n"),
			References: []string{pageMachineKeys},
		},
		Source: pageMachineKeys, Step: schema.StepShareKeys,
		Check: checkMachineKeys,
	}
}

func checkMachineKeys(pass *lint.Pass) error {
	p := pass.Deployment.Product(schema.SubscriptionManager)
	if m := pass.Deployment.Manifest; p == nil || p.Instances < 2 || m != nil && strings.HasPrefix(m.Hosting.Text, "azure") {
		return nil
	}
	var first *webSpot
	return eachWeb(func(pass *lint.Pass, w *webSpot) {
		switch missing, unseen := w.ownKey(); {
		case unseen:
		case missing != "":
			f := w.finding(w.keyPlace(), "system.web:machineKey")
			f.Message = "Subscription Manager has more than one instance, and " + missing
			f.Do = "write the same <machineKey> with validationKey and decryptionKey into web.config on every node"
			if w.MachineKey == document.None && pass.Deployment.Manifest.Lists(func(id string) bool { return id == schema.StepShareKeys }) {
				f.Severity, f.Step = lint.Info, "-"
				f.Message += "; the manifest lists share-keys as done"
				f.Do = "nothing, if every node has the same key in machine.config or at the site's level; else " + f.Do
			}
			pass.Report(f)
		case first == nil:
			first = w
		case w.key() != first.key():
			f := w.finding(w.keyPlace(), "system.web:machineKey")
			f.Severity = lint.Error
			f.Message = "the machineKey differs from that of " + first.node.Name
			f.Do = "write the same <machineKey> into web.config on every node"
			f.Related = []lint.Related{{Place: first.keyPlace(), Message: "the other node's key"}}
			pass.Report(f)
		}
	})(pass)
}

// ownKey says why a node's machineKey is not one that can be shared; unseen
// tells that the file does not show it.
func (w *webSpot) ownKey() (missing string, unseen bool) {
	d := w.File.XML
	if w.MachineKey == document.None {
		if root := d.Root(); root != document.None {
			if _, elsewhere := d.Attr(d.Child(root, "system.web"), "configSource"); elsewhere {
				return "", true
			}
		}
		return "its web.config has no machineKey", false
	}
	for _, name := range [...]string{"configProtectionProvider", "configSource", "configBuilders"} {
		if _, ok := d.Attr(w.MachineKey, name); ok {
			return "", true
		}
	}
	for _, name := range [...]string{"validationKey", "decryptionKey"} {
		if v, ok := d.Attr(w.MachineKey, name); !ok || v == "" || strings.HasPrefix(v, "AutoGenerate") {
			return "each machine generates the " + name + " of its machineKey", false
		}
	}
	return "", false
}

// key is the node's keys in a form that is equal for equal ones. It is a
// secret.
//
// Source: Microsoft, machineKey element: the defaults are HMACSHA256 and Auto,
// which is AES.
func (w *webSpot) key() string {
	var key strings.Builder
	for _, attr := range [...]struct{ name, byDefault string }{
		{"validationKey", ""}, {"decryptionKey", ""}, {"validation", "HMACSHA256"}, {"decryption", "AES"},
	} {
		v, ok := w.File.XML.Attr(w.MachineKey, attr.name)
		if !ok || strings.EqualFold(v, "Auto") {
			v = attr.byDefault
		}
		key.WriteString(strings.ToUpper(v) + "\n")
	}
	return key.String()
}

// keyPlace is the machineKey, or the innermost element that would hold it.
func (w *webSpot) keyPlace() lint.Place {
	if w.MachineKey != document.None {
		return w.tag(w.MachineKey)
	}
	root := w.File.XML.Root()
	if web := w.File.XML.Child(root, "system.web"); web != document.None {
		return w.tag(web)
	}
	return w.tag(root)
}

// certificatePerNode is XM4008.
func certificatePerNode() *lint.Rule {
	return &lint.Rule{
		ID: "XM4008", Name: "certificate-per-node", Severity: lint.Info,
		Title: "Each instance of Subscription Manager needs the certificate",
		Doc: lint.Doc{
			What:       "Reports `certificateLocation=\"LocalMachine\"` where Subscription Manager has more than one instance.",
			Why:        "The certificate that signs tokens, and the one that encrypts, are taken from the store of the machine. Each node needs the same certificate with its private key, and the application pool's identity must be allowed to read that key.",
			Bad:        "-- xmpro.yaml --\nproducts:\n  subscription-manager: {path: SubscriptionManager, instances: 2}\n" + webExample(`<xmcryptography><aes encryptionCertificate="CN=xmpro" certificateLocation="LocalMachine" salt="" /></xmcryptography>`),
			Good:       webExample(`<xmcryptography><aes encryptionCertificate="CN=xmpro" certificateLocation="LocalMachine" salt="" /></xmcryptography>`),
			References: []string{pageCertificates},
		},
		Source: pageCertificates,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			if !w.scaled() {
				return
			}
			s, ok := w.section()
			if !ok {
				return
			}
			for n := s.root; n < s.xml.Nodes[s.root].Next; n++ {
				a := int32(-1)
				if s.xml.Nodes[n].Kind == document.Element {
					a = s.xml.AttrNode(n, "certificateLocation")
				}
				if a < 0 || !strings.EqualFold(s.xml.AttrValue(a), "LocalMachine") {
					continue
				}
				f := w.finding(s.place(s.xml.Attrs[a].Value), s.path(n, a))
				f.Message = "the certificate of <" + s.xml.Name(n) + "> is taken from the machine's store: each node needs it with its private key"
				f.Do = "import the certificate with its private key on every node, and let the application pool's identity read the key"
				pass.Report(f)
			}
		}),
	}
}

// configCopyInSite is XM4009.
func configCopyInSite() *lint.Rule {
	return &lint.Rule{
		ID: "XM4009", Name: "config-copy-in-site", Severity: lint.Warning,
		Title: "A web server would hand out a copy of a configuration file",
		Doc: lint.Doc{
			What: "Reports copies of configuration files in or below a product's folder whose names IIS does not protect: `web.config.txt`, `web.xml`, `appsettings.json.bak`, `appsettings - Copy.json`, `web.config.zip`, and archives that are named after a product. A copy that ends in `.config` is none of them.",
			Why:  "IIS refuses files that end in `.config`, and ASP.NET Core serves no appsettings.json. A copy under another name is a file like any other: whoever guesses its name downloads the passwords in it.",
			Bad: redisExample("cache01:6379,ssl=False,abortConnect=False") +
				"-- SubscriptionManager/web.config.txt --\n<configuration />\n" + webExample(`<autoScale enabled="false" connectionString="" />`),
			Good:       redisExample("cache01:6379,ssl=False,abortConnect=False") + webExample(`<autoScale enabled="false" connectionString="" />`),
			FixSafety:  "Nothing is moved or deleted for you: the copy may be the only backup.",
			References: []string{pageHidden},
		},
		Source: pageHidden,
		Check: func(pass *lint.Pass) error {
			for _, c := range pass.Deployment.Copies {
				f := lint.Finding{
					Product: c.Product,
					Place:   lint.Place{File: &deployment.File{Path: c.Path}},
					Message: "a copy of a configuration file lies where the web server would hand it out",
					Do:      "move it out of the site's folder; if others could reach it, change the passwords in it",
					Fix:     &lint.Fix{Title: "move the copy out of the site's folder", Safety: lint.Manual},
				}
				if c.Node != nil {
					f.Node = c.Node.Name
				}
				pass.Report(f)
			}
			return nil
		},
	}
}
