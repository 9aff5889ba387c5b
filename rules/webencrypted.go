package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// sectionEncrypted is XM4001.
func sectionEncrypted() *lint.Rule {
	return &lint.Rule{
		ID: "XM4001", Name: "section-encrypted", Severity: lint.Warning,
		Title: "A section of Subscription Manager's web.config is encrypted",
		Doc: lint.Doc{
			What: "Reports an encrypted `<xmpro>` or `<appSettings>` in Subscription Manager's web.config. Once the section was opened with a key, and Auto Scale needs no edit in it, that is only information; so it is while no key opens it and the manifest lists its steps as done.",
			Why: "What lies inside cannot be seen, so Auto Scale there is unknown, neither on nor off; an encrypted `<appSettings>` may hide overrides. " +
				"Before the settings can be changed the section has to be decrypted on the server whose key encrypted it, and encrypted again afterwards.",
			Bad:        webFile(webHead + encryptedExample("RsaProtectedConfigurationProvider")),
			Good:       webExample(`<autoScale enabled="false" connectionString="" />`),
			References: []string{pageProtected, pageAutoScale},
		},
		Source: pageAutoScale, Step: schema.NodeStep(schema.StepDecrypt, schema.SubscriptionManager, ""),
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			if p := w.Protected; p != nil && p.Kind != deployment.ProtectionMissing {
				f := w.finding(p.Place, schema.RootSection)
				f.Message = "the section xmpro is encrypted" + providedBy(p)
				judgeProtection(&f, p, w.finished(pass))
				w.believe(pass, &f, p)
				pass.Report(f)
			}
			if p := w.ProtectedAppSettings; p != nil && p.Kind != deployment.ProtectionMissing {
				f := w.finding(p.Place, "appSettings")
				f.Message = "the section appSettings is encrypted" + providedBy(p) + ": it may hold settings that replace those of xmpro"
				if judgeProtection(&f, p, !w.sealedOverride()); p.Opened != nil && f.Severity == 0 {
					f.Do = "decrypt it on its server, delete the keys of Auto Scale in it or make them say what <xmpro> says, and encrypt it again"
				}
				w.believe(pass, &f, p)
				pass.Report(f)
			}
		}),
	}
}

// believe takes the manifest's word that the steps of a section that no key
// opened are done.
func (w *webSpot) believe(pass *lint.Pass, f *lint.Finding, p *deployment.Protection) {
	if p.Opened == nil && lists(pass.Deployment, w.product.ID, w.node.Name, schema.StepConfigure, schema.StepEncrypt) {
		f.Severity, f.Step = lint.Info, "-"
		f.Message += "; the manifest lists its steps as done"
		f.Do = "nothing; with its key xmlint lint --key sees whether what it says is right"
	}
}

// finished tells that Auto Scale is on in the node, with a connection string
// that the client accepts: no step has to edit the section.
func (w *webSpot) finished(pass *lint.Pass) bool {
	a := &w.node.Default().AutoScale
	switch {
	case !a.On() || !a.Connection.Present:
		return false
	case a.Connection.Unknown == deployment.ReasonReference:
		return true
	case !a.Connection.Known():
		return false
	}
	for _, u := range redisUses(pass) {
		if u.node == w.node {
			return u.config != nil
		}
	}
	return false // off-placeholders and placeholders from documentation
}

// sealedOverride reports whether an <appSettings> that a key opened holds what
// may replace Auto Scale's settings (XM4004).
func (w *webSpot) sealedOverride() bool {
	for _, o := range w.overrides() {
		if !o.hidden.IsZero() && ofAutoScale(overridden(o.key)) {
			return true
		}
	}
	return false
}

// providedBy says with what a section is encrypted.
func providedBy(p *deployment.Protection) string {
	if p.Provider == "" {
		return ""
	}
	return " with " + p.Provider
}

// judgeProtection says how bad it is that a section is protected. finished
// tells that nothing in it has to be changed.
func judgeProtection(f *lint.Finding, p *deployment.Protection, finished bool) {
	switch {
	case p.Opened != nil && finished:
		f.Severity, f.Step = lint.Info, "-"
		f.Message += "; the key opened it"
		f.Do = "nothing: what is inside was checked"
	case p.Opened != nil:
		f.Message += "; the key opened it"
		f.Do = "xmlint migrate --key changes it without the plain text on disk, or decrypt it on the server"
	case p.Err != nil:
		f.Message += "; the key that was given does not open it"
		f.Do = "give the key of the server that encrypted it, or decrypt it there"
	default:
		f.Do = "decrypt it on its server, or give its key with --key"
	}
}

// encryptedExample is an encrypted section as a provider writes it.
func encryptedExample(provider string) string {
	return `  <xmpro configProtectionProvider="` + provider + `">
    <EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns="http://www.w3.org/2001/04/xmlenc#">
      <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc" />
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
        <EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">
          <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-1_5" />
          <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>Rsa Key</KeyName></KeyInfo>
          <CipherData><CipherValue>bm8gcmVhbCBrZXk=</CipherValue></CipherData>
        </EncryptedKey>
      </KeyInfo>
      <CipherData><CipherValue>bm8gcmVhbCBkYXRh</CipherValue></CipherData>
    </EncryptedData>
  </xmpro>
`
}

// encryptionMachineBound is XM4002.
func encryptionMachineBound() *lint.Rule {
	return &lint.Rule{
		ID: "XM4002", Name: "encryption-machine-bound", Severity: lint.Warning,
		Title: "An encrypted section can be read on one machine only",
		Doc: lint.Doc{
			What: "Reports a section that DPAPI encrypted, or RSA with the key container that every machine makes for itself (`NetFrameworkConfigurationKey`), where Subscription Manager has more than one instance or shall have. Once the manifest lists `share-keys` as done, that is only information.",
			Why: "The key never leaves the machine that made it. A copy of the file on another server cannot be decrypted there, and Subscription Manager does not start on it. " +
				"Either every node encrypts its own file, or all nodes get one RSA key container.",
			Bad:        "-- xmpro.yaml --\nproducts:\n  subscription-manager: {path: SubscriptionManager, instances: 1, target_instances: 2}\n" + webFile(webHead+encryptedExample("RsaProtectedConfigurationProvider")),
			Good:       "-- xmpro.yaml --\nproducts:\n  subscription-manager: {path: SubscriptionManager, instances: 1, target_instances: 2}\n" + webFile(webHead+sharedKeyExample+encryptedExample("XMProRsa")),
			References: []string{pageProtected},
		},
		Source: pageProtected, Step: schema.StepShareKeys,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			if w.target() {
				w.reportBound(pass, w.Protected, schema.RootSection)
				w.reportBound(pass, w.ProtectedAppSettings, "appSettings")
			}
		}),
	}
}

// reportBound reports a section whose key never leaves the machine.
func (w *webSpot) reportBound(pass *lint.Pass, p *deployment.Protection, section string) {
	var how string
	switch {
	case p == nil:
		return
	case p.Kind == deployment.ProtectionDPAPI:
		how = "DPAPI, whose key never leaves the machine"
	case p.Kind == deployment.ProtectionRSA && p.DefaultContainer:
		how = "the machine's own RSA key"
	default:
		return
	}
	runs := "runs"
	if !w.scaled() {
		runs = "shall run"
	}
	f := w.finding(p.Place, section)
	f.Message = "the section " + section + " is encrypted with " + how + ", and Subscription Manager " + runs + " on more than one server"
	f.Do = "encrypt the section on each node by itself, or give all nodes one RSA key container"
	if pass.Deployment.Manifest.Lists(func(id string) bool { return id == schema.StepShareKeys }) {
		f.Severity, f.Step = lint.Info, "-"
		f.Message += "; the manifest lists share-keys as done"
	}
	pass.Report(f)
}

// sharedKeyExample declares a provider whose key container can be shared.
const sharedKeyExample = `  <configProtectedData>
    <providers>
      <add name="XMProRsa" keyContainerName="XMProSM" useMachineContainer="true" type="System.Configuration.RsaProtectedConfigurationProvider, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" />
    </providers>
  </configProtectedData>
`

// sectionElsewhere is XM4005.
func sectionElsewhere() *lint.Rule {
	return &lint.Rule{
		ID: "XM4005", Name: "section-elsewhere", Severity: lint.Info,
		Title: "A section of Subscription Manager lies out of sight",
		Doc: lint.Doc{
			What: "Reports an `<xmpro>` whose content `configSource` moves into another file, or that stands below a `<location>`; and an `<appSettings>` with `configSource` or `file`. " +
				"A file of `<appSettings>` in the product's folder is read; where it lies elsewhere or is encrypted, Auto Scale is unknown.",
			Why:        "What the application gets depends on more than this file. Whoever edits the file in sight changes nothing.",
			Bad:        webFile(webHead+"  <xmpro configSource=\"xmpro.config\" />\n") + "-- SubscriptionManager/xmpro.config --\n<xmpro>\n  <autoScale enabled=\"false\" connectionString=\"\" />\n</xmpro>\n",
			Good:       webExample(`<autoScale enabled="false" connectionString="" />`),
			References: []string{pageConfigSource},
		},
		Source: pageConfigSource,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			switch {
			case w.ConfigSource != "" && w.ConfigSourceFile != nil:
				f := w.finding(w.tag(w.Section), schema.RootSection)
				f.Message = "configSource puts the section xmpro into " + quote(w.ConfigSource) + ": what the product gets is unknown here"
				f.Do = "look at Auto Scale in that file, or move the section into web.config"
				pass.Report(f)
			case w.Location:
				f := w.finding(w.tag(w.Section), schema.RootSection)
				f.Message = "the section xmpro stands below <location>: whether it is the product's depends on the path"
				f.Do = "move the section out of <location> if it is meant for the whole application"
				pass.Report(f)
			case w.Section != document.None && w.File.XML.Nodes[w.Section].Parent > w.File.XML.Root():
				f := w.finding(w.tag(w.Section), schema.RootSection)
				f.Message = "the section xmpro stands below a <location> that speaks of the folder itself: it was read as the product's own"
				f.Do = "nothing, if that is meant: whoever looks for the section finds it there"
				pass.Report(f)
			}
			for i := range w.SettingsFrom {
				w.settingsElsewhere(pass, &w.SettingsFrom[i])
			}
		}),
	}
}

// settingsElsewhere reports a file that <appSettings> takes settings from. A
// configSource that is not there is XM4006.
func (w *webSpot) settingsElsewhere(pass *lint.Pass, s *deployment.SettingsFile) {
	f := w.finding(w.tag(w.AppSettings), "appSettings")
	f.Message = s.Attribute + " takes settings of appSettings from " + quote(s.Name)
	f.Do = "look there for keys that begin with xmpro__ or xm__"
	switch reason := s.Hidden(); {
	case reason == deployment.ReasonUnreadable:
		return // the file's own fault
	case reason == deployment.ReasonEncrypted:
		f.Message += ", which is encrypted and may replace those of xmpro"
	case s.Outside:
		f.Message += ", which lies outside of the product's folder and may replace those of xmpro"
	case s.File != nil:
		f.Message += ", which was read too"
		f.Do = "nothing, if that is meant: whoever looks for the settings of appSettings finds some of them there"
	case reason != 0:
		return // XM4006
	default:
		f.Message += ", which is not there: .NET goes on without it"
		f.Do = "see whether the server has the file, with keys that begin with xmpro__ or xm__; else delete the attribute"
	}
	pass.Report(f)
}
