package report

// Notes on what the consumers of SARIF really do.
//
// GitHub code scanning (docs: "SARIF support for code scanning")
//
// It shows result.message.text as the title and the first sentence of it where
// there is little room, the rule's shortDescription and fullDescription (1,024
// characters each) and help.markdown, rendered like a comment: line ends are
// kept, so paragraphs are one line here. It ignores message.markdown, fixes,
// suppressions, helpUri and every location but the first.
//
// relatedLocations are shown only where the message links to them, as
// [text](id). So the message ends with such links. For the same reason a link
// that comes out of a configuration file must not be one: "](" is torn apart.
//
// An alert is told from others by partialFingerprints.primaryLocationLineHash
// alone. Its action computes that from the file where it is missing, and warns
// of every result where it finds another value than its own. So it is left to
// the action; our fingerprint, which lines and values do not change, stands
// under a name of its own, for those who compare runs themselves.
//
// A run with more than 25,000 results is refused, of the others the 5,000 worst
// are kept; also more than 10 MB, zipped. Paths are relative to the root of the
// repository: xmlint has to run there.
//
// The category of an upload is automationDetails.id. The action sets it from its
// input, but only where there is none, so there is none. Advanced Security for
// Azure DevOps asks for one: its task has to add it.
//
// Azure DevOps (SARIF SAST Scans Tab) and the viewers for Visual Studio and VS
// Code
//
// They show the whole message in one line of a table, line ends removed, so
// there are none. VS Code puts a dash where a rule has no name, and asks for a
// file's folder unless a uriBaseId says that it is relative. Visual Studio
// applies fixes.
//
// The standard
//
// Columns count UTF-16 units unless columnKind says otherwise: ours are code
// points. Braces in messages should be doubled, for the sake of placeholders;
// no consumer takes them back where there are no arguments, so they are not.
// An originalUriBaseIds without a URI says that SRCROOT is wherever the files
// are: the same input gives the same bytes on every machine, so there is no
// working directory, no command line and no time. An empty list of suppressions
// says that a result is not suppressed; no list says that nobody knows. What is
// suppressed is not among the results: GitHub would make alerts of it.
//
// A fix is written out only where its edits are known, and where the new text
// holds no secret: a whole connection string is often one. All others are named
// in the result's properties.

import (
	"io"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// lintSARIF is `xmlint lint --format sarif`: SARIF 2.1.0.
type lintSARIF struct {
	commas
	tool  Tool
	rules []*lint.Rule
	index map[*lint.Rule]int
}

func newLintSARIF(o Options) Lint {
	l := &lintSARIF{tool: o.Tool, rules: o.Rules, index: map[*lint.Rule]int{}}
	for i, r := range o.Rules {
		l.index[r] = i
	}
	return l
}

func (l *lintSARIF) Begin(buf []byte) []byte {
	buf = append(buf, `{
"$schema":"https://json.schemastore.org/sarif-2.1.0.json",
"version":"2.1.0",
"runs":[{
"tool":{"driver":{"name":`...)
	buf = appendString(buf, l.tool.Name)
	buf = appendString(appendName(buf, "fullName"), l.tool.Name+" "+l.tool.Version)
	buf = appendString(appendName(buf, "semanticVersion"), l.tool.Version)
	buf = appendString(appendName(buf, "informationUri"), lint.URL)
	buf = appendString(appendName(buf, "language"), "en-US")
	buf = append(buf, `,"rules":[`...)
	for i, r := range l.rules {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendSARIFRule(append(buf, '\n'), r)
	}
	return append(buf, `
]}},
"language":"en-US",
"columnKind":"unicodeCodePoints",
"newlineSequences":["\r\n","\n"],
"originalUriBaseIds":{"SRCROOT":{"description":{"text":"The folder that xmlint ran in: the root of the repository or of the deployments."}}},
"results":[`...)
}

func (l *lintSARIF) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	room := shownLimit
	encodeEach(c, findings, func(c *Chunk, at int, f *lint.Finding) { l.insert(c, at, f, &room) })
}

func (l *lintSARIF) Insert(c *Chunk, at int, f *lint.Finding) {
	room := shownLimit
	l.insert(c, at, f, &room)
}

// insert adds a result with its fix, if there is room for that.
func (l *lintSARIF) insert(c *Chunk, at int, f *lint.Finding, room *int) {
	start := len(c.body)
	c.body = l.appendResult(append(c.body, '\n'), f, room)
	c.insert(at, start, f)
}

func (l *lintSARIF) End(w io.Writer, s Summary) error {
	end := "\n],\n" + `"invocations":[{"executionSuccessful":true}]` + "\n}]\n}\n"
	if s.Broken {
		end = "\n],\n" + `"invocations":[{"executionSuccessful":false,"toolExecutionNotifications":[` +
			`{"level":"error","message":{"text":"A rule broke: what it looks for was not looked for everywhere. A result says which rule."}}` +
			"]}]\n}]\n}\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// sarifRelated bounds the other places of a result: GitHub refuses a run where
// one has more than a thousand.
const sarifRelated = 100

func (l *lintSARIF) appendResult(dst []byte, f *lint.Finding, room *int) []byte {
	dst = append(dst, `{"ruleId":`...)
	dst = appendString(dst, f.Rule.ID)
	if i, ok := l.index[f.Rule]; ok {
		dst = appendNumber(dst, "ruleIndex", i)
	}
	dst = appendString(appendName(dst, "level"), sarifLevel(f.Severity))
	related := f.Related[:min(len(f.Related), sarifRelated)]
	dst = appendString(append(dst, `,"message":{"text":`...), sarifMessage(f, related))
	dst = appendLocation(append(dst, `},"locations":[{`...), f.Path, region{f.Start, f.End})
	if f.Setting != "" {
		dst = appendString(append(dst, `,"logicalLocations":[{"fullyQualifiedName":`...), visible.String(f.Setting))
		dst = append(dst, `,"kind":"property"}]`...)
	}
	dst = append(dst, "}]"...)
	for i := range related {
		dst = append(dst, `,`...)
		if i == 0 {
			dst = append(dst, `"relatedLocations":[`...)
		}
		r := &related[i]
		dst = append(appendInt(append(dst, `{"id":`...), i+1), ',')
		dst = appendLocation(dst, r.Path, region{r.Start, r.End})
		dst = appendString(append(dst, `,"message":{"text":`...), sarifRelatedText(r))
		dst = append(dst, "}}"...)
	}
	if len(related) > 0 {
		dst = append(dst, ']')
	}
	if f.Fingerprint != "" {
		dst = appendString(append(dst, `,"partialFingerprints":{"xmlint/v1":`...), f.Fingerprint)
		dst = append(dst, '}')
	}
	dst = appendSARIFFixes(dst, f, room)
	dst = appendSARIFSuppressions(dst, f.By)
	return append(appendSARIFProperties(dst, f), '}')
}

// appendSARIFSuppressions appends why a result is not to be counted, if it is
// not.
func appendSARIFSuppressions(dst []byte, by *lint.SuppressedBy) []byte {
	if by == nil {
		return append(dst, `,"suppressions":[]`...)
	}
	kind := "external"
	if by.Kind == lint.ByComment {
		kind = "inSource"
	}
	dst = appendString(append(dst, `,"suppressions":[{"kind":`...), kind)
	dst = append(dst, `,"status":"accepted"`...)
	dst = appendMember(dst, "justification", visible.String(by.Reason))
	if by.Path != "" {
		dst = appendLocation(append(dst, `,"location":{`...), by.Path, region{by.Start, by.Start})
		dst = append(dst, '}')
	}
	dst = appendString(append(dst, `,"properties":{"by":`...), by.Kind.String())
	return append(appendMember(dst, "until", visible.String(by.Until)), "}}]"...)
}

// appendSARIFProperties appends what SARIF has no name for.
func appendSARIFProperties(dst []byte, f *lint.Finding) []byte {
	dst = append(dst, `,"properties":{"name":`...)
	dst = appendString(dst, f.Rule.Name)
	dst = appendMember(dst, "deployment", f.Deployment)
	dst = appendMember(dst, "product", string(f.Product))
	dst = appendMember(dst, "node", f.Node)
	if len(f.Environments) > 0 {
		dst = appendStrings(appendName(dst, "environments"), f.Environments)
	}
	if f.Why != f.Rule.Doc.Why {
		dst = appendMember(dst, "why", f.Why)
	}
	dst = appendMember(dst, "do", f.Do)
	dst = appendMember(dst, "step", f.Step)
	if f.Fix != nil {
		dst = appendString(append(dst, `,"fix":{"title":`...), f.Fix.Title)
		dst = append(appendMember(dst, "safety", string(f.Fix.Safety)), '}')
	}
	return append(dst, '}')
}

func sarifLevel(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "error"
	case lint.Warning:
		return "warning"
	}
	return "note"
}
