package report

// Notes on where Markdown ends up.
//
// A comment on GitHub holds 65,536 characters, and one that is longer is
// refused, not cut; GitLab takes a million, a step summary a mebibyte, and what
// the field of a change ticket takes nobody knows. So the document stays below
// 60,000 bytes: the errors first, then the warnings, then the rest, and where
// something is left out a line says how much and which command tells it. What is
// kept until the end is no more than that.
//
// Tables of GitHub Flavored Markdown are known to GitHub, GitLab, Azure DevOps,
// Gitea and Jira's editor. A line end would end a cell, so there is none, and a
// pipe is escaped even in code. Where nothing renders it, it has to be readable
// as it is: no HTML, no folding, the summary in the first line.
//
// Comments notify people (@name) and link issues (#1, !1): a name in a
// configuration file must not. See appendMarkdown.

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// lintMarkdown is `xmlint lint --format markdown`: a comment on a pull request,
// a part of a change ticket.
type lintMarkdown struct {
	o     Options
	rows  [3]markdownRows   // errors, warnings, infos
	links map[string]string // the pages of the rules in rows
}

// markdownRows are the findings of one severity.
type markdownRows struct {
	text  []byte
	shown []int // where each row ends
}

// markdownLimit is the size that all rows may have together, which leaves room
// for the links; markdownCell is that of one cell, in characters.
const markdownLimit, markdownCell = 50_000, 600

func newLintMarkdown(o Options) Lint { return &lintMarkdown{o: o, links: map[string]string{}} }

func (l *lintMarkdown) Begin(buf []byte) []byte { return buf }

func (l *lintMarkdown) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
}

// Insert appends the number of the severity's table, and, behind a zero byte
// each, the rule, its page, and the row.
func (l *lintMarkdown) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = append(append(c.body, markdownTable(f.Severity)), f.Rule.ID...)
	c.body = append(append(append(c.body, 0), f.Rule.URL()...), 0)
	place := fmt.Sprintf("%s:%d:%d", cutText(visible.String(f.Path), markdownCell), f.Start.Line, f.Start.Column)
	c.body = append(appendMarkdownCode(append(c.body, "| "...), place), " | "...)
	c.body = append(append(append(c.body, '['), f.Rule.ID...), "] "...)
	c.body = append(appendMarkdown(c.body, f.Rule.Name), " | "...)
	c.body = append(appendMarkdown(c.body, cutText(visible.String(f.Message), markdownCell)), " | "...)
	c.body = append(appendMarkdown(c.body, cutText(visible.String(f.Do), markdownCell)), " |\n"...)
	c.insert(at, start, f)
}

func markdownTable(s lint.Severity) byte {
	switch s {
	case lint.Error:
		return 0
	case lint.Warning:
		return 1
	}
	return 2
}

func (l *lintMarkdown) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		rows := &l.rows[c.body[p.start]]
		id, rest, _ := bytes.Cut(c.body[p.start+1:p.end], []byte{0})
		url, row, _ := bytes.Cut(rest, []byte{0})
		if len(rows.text)+len(row) <= markdownLimit {
			rows.text = append(rows.text, row...)
			rows.shown = append(rows.shown, len(rows.text))
			if l.links[string(id)] == "" {
				l.links[string(id)] = string(url)
			}
		}
	}
	return buf
}

func (l *lintMarkdown) End(w io.Writer, s Summary) error {
	buf := append([]byte(nil), "## xmlint: "...)
	if s.Found() == 0 {
		buf = append(buf, "nothing found"...)
	} else {
		buf = append(buf, plural(s.Errors, "error")+", "+plural(s.Warnings, "warning")+", "+plural(s.Infos, "info")...)
	}
	buf = append(buf, "\n\n"+plural(s.Files, "file")+" in "+plural(s.Deployments, "deployment")+", read by "...)
	buf = append(appendMarkdown(buf, l.o.Tool.Name+" "+l.o.Tool.Version), '.')
	if s.Suppressed > 0 {
		buf = fmt.Appendf(buf, " %d suppressed.", s.Suppressed)
	}
	buf = append(buf, '\n')
	room := markdownLimit
	for i, t := range []struct {
		title, noun string
		found       int
	}{{"Errors", "error", s.Errors}, {"Warnings", "warning", s.Warnings}, {"Information", "info", s.Infos}} {
		if t.found > 0 {
			buf = l.rows[i].append(buf, t.title, t.noun, t.found, &room)
		}
	}
	for i, id := range slices.Sorted(maps.Keys(l.links)) {
		if i == 0 {
			buf = append(buf, '\n')
		}
		buf = append(buf, "["+id+"]: "+l.links[id]+"\n"...)
	}
	_, err := w.Write(buf)
	return err
}

// append appends a table with the rows that there is room for.
func (r *markdownRows) append(buf []byte, title, noun string, found int, room *int) []byte {
	n, end := 0, 0
	for n < len(r.shown) && r.shown[n] <= *room {
		end = r.shown[n]
		n++
	}
	*room -= end
	buf = append(buf, "\n### "+title+"\n\n"...)
	if n > 0 {
		buf = append(buf, "| Where | Rule | What is wrong | What to do |\n| --- | --- | --- | --- |\n"...)
		buf = append(buf, r.text[:end]...)
	}
	if left := found - n; left > 0 {
		if n > 0 {
			buf = append(buf, '\n')
		}
		buf = append(buf, "And "+plural(left, "more "+noun)+": `xmlint lint` tells all of them.\n"...)
	}
	return buf
}
