package report

import "strings"

// splitSource takes a source apart: the page's title, and its address where it
// has one that can be a link.
func splitSource(source string) (title, address string) {
	i := strings.Index(source, "https://")
	if i < 0 || strings.ContainsFunc(source[i:], func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>\"'`|\\", r) }) {
		return source, ""
	}
	return strings.TrimSuffix(source[:i], ": "), source[i:]
}

// authority is whose word a statement is.
type authority string

// The authorities.
const (
	vendorSays    authority = "vendor"    // XMPro's documentation and release notes
	vendorShows   authority = "inferred"  // read off XMPro's installers, templates and files, or concluded
	platformSays  authority = "platform"  // Microsoft, Redis, StackExchange.Redis, SignalR: what XMPro builds on
	toolSays      authority = "xmlint"    // xmlint's own rules of use
	nobodySaysWho authority = "unsourced" // no source is given
)

// title names an authority in prose.
func (a authority) title() string {
	switch a {
	case vendorSays:
		return "XMPro says so"
	case vendorShows:
		return "Inferred"
	case platformSays:
		return "The makers of the platform say so"
	case toolSays:
		return "A rule of xmlint"
	}
	return "Without a source"
}

// authorityOf tells whose word a source is. A source that says of itself that it
// is inferred, or that is code and not documentation, is inferred.
func authorityOf(source string) authority {
	lower := strings.ToLower(source)
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(lower, part) {
				return true
			}
		}
		return false
	}
	switch {
	case strings.TrimSpace(source) == "":
		return nobodySaysWho
	case has("of xmlint"):
		return toolSays
	case has("inferred", "github.com/xmpro", "installer", "terraform", "arm template", "field note"):
		return vendorShows
	case has("xmpro documentation", "xmpro release notes", "xmpro's documentation", "documentation.xmpro.com", "xmpro.gitbook.io"):
		return vendorSays
	case has("xmpro"):
		return vendorShows
	}
	return platformSays
}
