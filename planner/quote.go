package planner

import (
	"strings"
	"unicode"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/schema"
)

// psQuote writes text as a PowerShell string that nothing is expanded in.
// PowerShell takes typographic quotes for the plain one, so they are doubled
// as well.
//
// Source: PowerShell language specification, 2.3.5.2, verbatim strings.
func psQuote(s string) string { return quoteDoubling(s, "'‘’‚‛") }

// sqlQuote writes text as a T-SQL Unicode string.
func sqlQuote(s string) string { return "N" + quoteDoubling(s, "'") }

func quoteDoubling(s, quotes string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('\'')
	for _, r := range s {
		if strings.ContainsRune(quotes, r) {
			b.WriteRune(r)
		}
		b.WriteRune(r)
	}
	b.WriteByte('\'')
	return b.String()
}

// shQuote writes text as a word of a POSIX shell that nothing is expanded in.
func shQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// words makes a name from a manifest or a file fit to stand in a sentence:
// control characters and what reverses the reading order are replaced, and
// the length is kept within reason.
func words(s string) string {
	const most = 120
	clean := strings.IndexFunc(s, visible.Obeyed) < 0
	if clean && len(s) <= most {
		return s
	}
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n++; n > most {
			b.WriteRune('…')
			break
		}
		if visible.Obeyed(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// list joins words: "a, b and c"; of many only the first ones, with a count.
func list(items []string) string {
	const most = 8
	switch n := len(items); {
	case n == 0:
		return ""
	case n == 1:
		return items[0]
	case n > most:
		return strings.Join(items[:most], ", ") + " and " + itoa(n-most) + " more"
	default:
		return strings.Join(items[:n-1], ", ") + " and " + items[n-1]
	}
}

// slot is the name under which commands leave room for a product's pool,
// folder and so on: <APP_DESIGNER_POOL>. It always stands inside quotes.
func slot(p schema.Product, what string) string { return "<" + slotName(p) + "_" + what + ">" }

func slotName(p schema.Product) string {
	switch p {
	case schema.AppDesigner:
		return "APP_DESIGNER"
	case schema.DataStreamDesigner:
		return "DATA_STREAM_DESIGNER"
	case schema.SubscriptionManager:
		return "SUBSCRIPTION_MANAGER"
	case schema.AI:
		return "AI"
	case schema.StreamHost:
		return "STREAM_HOST"
	}
	return "PRODUCT"
}
