package lint

import (
	"bytes"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// noted is a directive in a file of a deployment, and what it is about.
type noted struct {
	directive
	file  *deployment.File
	scope document.Span
	seen  Suppression
}

// directivesOf finds the directives in the files of a deployment. Files that no
// rule looks into have none. It costs next to nothing where there is none.
func directivesOf(d *deployment.Deployment) []noted {
	var all []noted
	for _, f := range d.Files {
		if !f.Active || f.Text == nil {
			continue
		}
		switch {
		case f.JSON != nil:
			all = appendDirectives(all, f, f.JSON.Comments)
		case f.XML != nil:
			all = appendDirectives(all, f, f.XML.Comments)
		case f.Role == deployment.RoleManifest && f.Err == nil && bytes.Contains(f.Text.Bytes, []byte(directiveMark)):
			all = appendDirectives(all, f, yamlComments(f.Text.Bytes))
		}
	}
	return all
}

func appendDirectives(all []noted, f *deployment.File, comments []document.Span) []noted {
	about := scopes{file: f}
	for _, c := range comments {
		comment := f.Text.Bytes[c.Start:c.End]
		if !bytes.Contains(comment, []byte(directiveMark)) {
			continue
		}
		scope := document.Span{End: -1}
		for _, one := range parseComment(comment, c.Start) {
			if scope.End < 0 {
				scope = about.of(c)
			}
			n := noted{directive: one, file: f, scope: scope}
			if one.verb == verbFileIgnore {
				n.scope = document.Span{End: int32(len(f.Text.Bytes)) + 1}
			}
			all = append(all, n)
		}
	}
	return all
}

// yamlComments finds the comments of a manifest that hold a directive.
func yamlComments(text []byte) []document.Span {
	var all []document.Span
	for from := 0; from < len(text); {
		line := text[from:]
		next := len(text)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], from+i+1
		}
		if bytes.Contains(line, []byte(directiveMark)) {
			if i := hash(line); i >= 0 {
				end := from + len(bytes.TrimRight(line, "\r"))
				all = append(all, document.Span{Start: int32(from + i), End: int32(end)})
			}
		}
		from = next
	}
	return all
}

// hash is where the comment of a line of YAML begins, -1 where it has none: at
// a # behind a blank or at the line's start, outside of quotes.
func hash(line []byte) int {
	var quote, before byte = 0, ':' // before is the last character that is no blank
	for i, c := range line {
		blank := i == 0 || line[i-1] == ' ' || line[i-1] == '\t'
		switch {
		case quote != 0:
			if c == quote && (quote == '\'' || line[i-1] != '\\') {
				quote = 0
			}
		case c == '#' && blank:
			return i
		case (c == '"' || c == '\'') && bytes.IndexByte([]byte(":-[{,?"), before) >= 0:
			quote = c
		}
		if c != ' ' && c != '\t' {
			before = c
		}
	}
	return -1
}

// covers reports whether a directive is about a place.
func (n *noted) covers(p Place) bool {
	if p.File != n.file {
		return false
	}
	at := p.Span.Start
	if p.Span.IsZero() {
		at = beginOf(p.File)
	}
	return n.scope.Start <= at && at < n.scope.End
}

// width is the size of what a directive is about: of several the narrowest
// counts.
func (n *noted) width() int32 { return n.scope.End - n.scope.Start }
