package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// builderSet are the configuration builders of a web.config.
type builderSet struct {
	d       *document.XML
	section document.NodeID // <configBuilders>, None where there is none
	// handled tells that the file has section handlers: with one, a builder in
	// any mode fills in the values of a section of any type.
	handled bool
}

// handlerSection is the section that declares section handlers.
const handlerSection = "Microsoft.Configuration.ConfigurationBuilders.SectionHandlers"

func readBuilders(d *document.XML, section document.NodeID) builderSet {
	b := builderSet{d: d, section: section}
	for n := range OwnSections(d) {
		b.handled = b.handled || d.IsNamed(n, handlerSection)
	}
	return b
}

// fillIn reports whether a section names a configuration builder that may
// replace a ${...} in it. In <appSettings> each does: in Strict mode and in
// Greedy mode it replaces the value of a key that it knows, whatever the value
// is. In another section one in Expand mode does, one of a class of its own
// without a mode, and one that the file does not declare, of which nothing is
// known. d is the document of the section: the attribute of a file that
// configSource names counts too.
//
// Source: Microsoft.Configuration.ConfigurationBuilders: mode is Strict unless
// it is said; Expand works on the section's raw XML; SectionHandlersSection.
// System.Configuration, BaseConfigurationRecord.LoadConfigSource.
func (b builderSet) fillIn(d *document.XML, section document.NodeID) bool {
	if section == document.None {
		return false
	}
	names, _ := d.Attr(section, "configBuilders")
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.TrimSpace(name); name != "" && (b.handled || d.IsNamed(section, "appSettings") || b.mayExpand(name)) {
			return true
		}
	}
	return false
}

// mayExpand reports whether a builder may replace a ${...} in a section of any
// type.
func (b builderSet) mayExpand(name string) bool {
	if b.section == document.None {
		return true
	}
	declared := false
	for n := range b.d.Children(b.section) {
		for add := range b.d.Children(n) {
			if called, _ := b.d.Attr(add, "name"); called != name {
				continue
			}
			declared = true
			mode, hasMode := b.d.Attr(add, "mode")
			class, _ := b.d.Attr(add, "type")
			if strings.EqualFold(strings.TrimSpace(mode), "Expand") || schema.IsReference(mode) ||
				!hasMode && !strings.HasPrefix(strings.TrimSpace(class), "Microsoft.Configuration.ConfigurationBuilders.") {
				return true
			}
		}
	}
	return !declared
}
