package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Pages about web.config that several rules name as their source.
const (
	pageProtected    = "https://learn.microsoft.com/previous-versions/aspnet/yxw286t2(v=vs.100)"
	pageConfigSource = "https://learn.microsoft.com/dotnet/api/system.configuration.sectioninformation.configsource"
	pageMachineKeys  = "https://learn.microsoft.com/previous-versions/dotnet/netframework-4.0/w8h3skw9(v=vs.100)"
	pageCertificates = "https://learn.microsoft.com/dotnet/framework/wcf/feature-details/how-to-make-x-509-certificates-accessible-to-wcf"
	pageHidden       = "https://learn.microsoft.com/iis/configuration/system.webserver/security/requestfiltering/fileextensions/"
)

// webSpot is the web.config of one node of Subscription Manager.
type webSpot struct {
	*deployment.WebConfig
	product *deployment.Product
	node    *deployment.Node
}

// eachWeb is the Check of a rule that judges one web.config after the other.
func eachWeb(check func(*lint.Pass, *webSpot)) func(*lint.Pass) error {
	return func(pass *lint.Pass) error {
		for _, p := range pass.Deployment.Products {
			if p.ID != schema.SubscriptionManager {
				continue
			}
			for _, n := range p.Nodes {
				if n.Web != nil && n.Web.File.XML != nil {
					check(pass, &webSpot{n.Web, p, n})
				}
			}
		}
		return nil
	}
}

// finding begins a finding about the spot.
func (w *webSpot) finding(place lint.Place, setting string) lint.Finding {
	return lint.Finding{Product: w.product.ID, Node: w.node.Name, Place: place, Setting: setting}
}

// tag is the place of an element's start tag.
func (w *webSpot) tag(n document.NodeID) lint.Place {
	return lint.Place{File: w.File, Span: w.File.XML.Nodes[n].StartTag}
}

// scaled reports whether more than one instance is known to run, target whether
// more than one runs or shall run.
func (w *webSpot) scaled() bool { return w.product.Instances > 1 }
func (w *webSpot) target() bool { return w.product.Instances > 1 || w.product.TargetInstances > 1 }

// webSection is the text of a section: where it is written, in plain text.
type webSection struct {
	file *deployment.File
	xml  *document.XML
	root document.NodeID
	// hidden is the place to report at where the text itself lies inside a
	// protected section; zero where it does not.
	hidden lint.Place
}

// section is <xmpro> as far as it can be read; ok is false where there is none,
// and where it is encrypted or lies elsewhere.
func (w *webSpot) section() (s webSection, ok bool) {
	switch p := w.Protected; {
	case w.Section == document.None:
		return s, false
	case w.ConfigSource != "":
		f := w.ConfigSourceFile
		if f == nil || f.XML == nil || f.XML.Root() == document.None {
			return s, false
		}
		return webSection{file: f, xml: f.XML, root: f.XML.Root()}, true
	case p != nil && p.Opened != nil:
		x := p.Opened.XML
		return webSection{file: w.File, xml: x, root: x.Root(), hidden: p.Place}, x.Root() != document.None
	case p != nil && p.Kind != deployment.ProtectionMissing:
		return s, false
	}
	return webSection{file: w.File, xml: w.File.XML, root: w.Section}, true
}

// settings are the parts of <appSettings> that can be read: its own content,
// and that of the files that it names.
func (w *webSpot) settings(yield func(webSection) bool) {
	switch p := w.ProtectedAppSettings; {
	case w.AppSettings == document.None:
		return
	case p != nil && p.Opened != nil:
		x := p.Opened.XML
		if x.Root() != document.None && !yield(webSection{file: w.File, xml: x, root: x.Root(), hidden: p.Place}) {
			return
		}
	case p == nil:
		if !yield(webSection{file: w.File, xml: w.File.XML, root: w.AppSettings}) {
			return
		}
	}
	for i := range w.SettingsFrom {
		s := &w.SettingsFrom[i]
		if s.File != nil && s.Hidden() == 0 && !yield(webSection{file: s.File, xml: s.File.XML, root: s.File.XML.Root()}) {
			return
		}
	}
}

// place is where a part of the section stands, as far as it can be shown.
func (s *webSection) place(span document.Span) lint.Place {
	if !s.hidden.IsZero() {
		return s.hidden
	}
	return lint.Place{File: s.file, Span: span}
}

// text is the whole text of the section as it is written.
func (s *webSection) text() []byte {
	n := &s.xml.Nodes[s.root]
	end := n.EndTag.End
	if n.EndTag.IsZero() {
		end = n.StartTag.End
	}
	return s.xml.Text.Bytes[n.StartTag.Start:end]
}

// path names an attribute of the section as a setting: xmpro:autoScale:enabled.
func (s *webSection) path(n document.NodeID, attr int32) string {
	return deployment.SettingPath(s.xml, s.root, n, attr)
}
