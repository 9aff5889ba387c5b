package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
)

// markdownPage is a document in GitHub Flavored Markdown, being written. Whatever
// is put on it is text: nothing in it is markup.
type markdownPage struct {
	text  []byte
	brief bool // without commands
}

// raw appends markup.
func (w *markdownPage) raw(s string) *markdownPage {
	w.text = append(w.text, s...)
	return w
}

// put appends text; line ends in it become blanks.
func (w *markdownPage) put(s string) *markdownPage {
	w.text = appendMarkdown(w.text, strings.Join(strings.Fields(s), " "))
	return w
}

func (w *markdownPage) end() *markdownPage { return w.raw("\n") }

// blank appends an empty line, except at the beginning.
func (w *markdownPage) blank() *markdownPage {
	if len(w.text) > 0 {
		w.end()
	}
	return w
}

// heading appends a heading and what stands before it.
func (w *markdownPage) heading(level int, title string) *markdownPage {
	return w.blank().raw(strings.Repeat("#", level) + " ").put(title).end()
}

// box begins an item that can be ticked.
func (w *markdownPage) box(ticked bool) *markdownPage {
	if ticked {
		return w.raw("- [x] ")
	}
	return w.raw("- [ ] ")
}

// item appends a labelled item of a list. Nothing for an empty text.
func (w *markdownPage) item(indent int, label, text string) *markdownPage {
	if strings.TrimSpace(text) == "" {
		return w
	}
	return w.label(indent, label).put(text).end()
}

// code appends a labelled item that is code.
func (w *markdownPage) code(indent int, label, text string) *markdownPage {
	if text == "" {
		return w
	}
	return w.label(indent, label).span(text).end()
}

// span appends code. In a table a pipe would end the cell: there it is
// appendMarkdownCode.
func (w *markdownPage) span(text string) *markdownPage {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 || strings.HasPrefix(text, " ") {
		return w.raw(fence + " ").raw(visible.String(text)).raw(" " + fence)
	}
	return w.raw(fence).raw(visible.String(text)).raw(fence)
}

// page appends a labelled item that names a page: "Title: https://...", or the
// address alone.
func (w *markdownPage) page(indent int, label, source string) *markdownPage {
	title, address := splitSource(source)
	switch {
	case address == "":
		return w.item(indent, label, source)
	case title == "":
		return w.label(indent, label).raw("<" + address + ">").end()
	}
	address = strings.NewReplacer("(", "%28", ")", "%29").Replace(address)
	return w.label(indent, label).raw("[").put(title).raw("](" + address + ")").end()
}

func (w *markdownPage) label(indent int, label string) *markdownPage {
	return w.raw(strings.Repeat(" ", indent) + "- " + label + ": ")
}

// fence appends lines as they are, fenced by more backticks than they hold.
func (w *markdownPage) fence(indent int, language, text string) *markdownPage {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	margin := strings.Repeat(" ", indent)
	w.raw(margin + fence + language + "\n")
	for _, line := range lines {
		line = visible.String(strings.TrimSuffix(strings.ReplaceAll(line, "\t", "    "), "\r"))
		w.raw(strings.TrimRight(margin+line, " ") + "\n")
	}
	return w.raw(margin + fence + "\n")
}

// code is a cell of a table that is code.
type code string

// row appends a row of a table: text, or [code].
func (w *markdownPage) row(cells ...any) *markdownPage {
	w.raw("|")
	for _, c := range cells {
		w.raw(" ")
		if text, ok := c.(code); ok && text != "" {
			w.text = appendMarkdownCode(w.text, string(text))
		} else {
			w.put(fmt.Sprint(c))
		}
		w.raw(" |")
	}
	return w.end()
}

// head appends the head of a table.
func (w *markdownPage) head(cells ...string) *markdownPage {
	w.blank().raw("| " + strings.Join(cells, " | ") + " |\n")
	return w.raw("|" + strings.Repeat(" --- |", len(cells)) + "\n")
}
