package report

// Notes on what the consumers of JUnit's XML really do.
//
// There is no standard. The strictest description is the schema of Jenkins'
// xUnit plugin, which allows no file and no line on a testcase; what follows it
// is read by everybody.
//
// Jenkins (junit-plugin) knows a test by classname and name, and draws its
// history over builds: neither may hold a line number or a value. What stands
// before the last dot of classname is the package, what stands behind it the
// class; so dots inside a path are underscores here. It shows the attribute
// message, and the text as a stack trace. A report without any test is an error
// unless the job allows it.
//
// GitLab knows a test by suite, classname and name, and keeps the last of
// several equal ones: names are made unique. It shows the text of a failure and
// ignores the attribute message, so the text says everything.
//
// Azure DevOps shows both; CircleCI shows the text.
//
// All of them make a build yellow or red where something failed. Errors and
// warnings are failures here. An information is a skipped test, which they list
// with its text and count as no failure. Every file has one test that passes,
// called "nothing else found": so what was looked at is seen, a finding that is
// gone is seen to be gone, and a report without findings is not empty.
//
// There is no time and no host: the same input gives the same bytes.

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// lintJUnit is `xmlint lint --format junit`: a suite per deployment, a test per
// finding.
type lintJUnit struct {
	begun bool // a suite was written
}

func newLintJUnit(Options) Lint { return &lintJUnit{} }

// The first byte of a finding in a chunk's body.
const junitFailure, junitSkipped = 'F', 'S'

func (l *lintJUnit) Begin(buf []byte) []byte {
	return append(append(buf, xmlHead...), `<testsuites name="xmlint">`+"\n"...)
}

// Encode keeps the suite's name and the tests that pass in the tail, apart by a
// zero byte each: how many tests there are is known when the suite is written.
func (l *lintJUnit) Encode(c *Chunk, d *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
	c.tail = appendXML(c.tail, d.Name)
	for _, f := range d.Files {
		c.tail = appendAttribute(append(c.tail, 0), "classname", junitClass(d.Name, f.Path))
	}
	if len(d.Files) == 0 {
		c.tail = appendAttribute(append(c.tail, 0), "classname", junitClass(d.Name, d.Root))
	}
}

// Insert appends the kind of the finding, the test up to the end of its name, a
// zero byte, and the rest.
func (l *lintJUnit) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	kind := byte(junitFailure)
	if f.Severity == lint.Info {
		kind = junitSkipped
	}
	c.body = appendAttribute(append(c.body, kind), "classname", junitClass(f.Deployment, f.Path))
	c.body = appendXML(append(c.body, ` name="`...), junitName(f))
	c.body = append(c.body, 0)
	if kind == junitSkipped {
		c.body = append(appendJUnitText(append(c.body, "<skipped>"...), f), "</skipped>"...)
	} else {
		c.body = appendAttribute(append(c.body, "<failure"...), "type", f.Severity.String())
		c.body = append(appendAttribute(c.body, "message", f.Message), '>')
		c.body = append(appendJUnitText(c.body, f), "</failure>"...)
	}
	c.insert(at, start, f)
}

func (l *lintJUnit) Append(buf []byte, c *Chunk) []byte {
	l.begun = true
	name, files, _ := bytes.Cut(c.tail, []byte{0})
	passing := bytes.Split(files, []byte{0})
	failures, skipped := 0, 0
	for _, p := range c.ends {
		if c.body[p.start] == junitSkipped {
			skipped++
		} else {
			failures++
		}
	}
	buf = append(append(append(buf, `  <testsuite name="`...), name...), '"')
	buf = appendNumberAttribute(buf, "tests", len(c.ends)+len(passing))
	buf = appendNumberAttribute(buf, "failures", failures)
	buf = append(appendNumberAttribute(buf, "skipped", skipped), ` errors="0">`+"\n"...)
	seen := map[string]int{}
	for _, p := range c.ends {
		test, rest, _ := bytes.Cut(c.body[p.start+1:p.end], []byte{0})
		buf = append(append(buf, "    <testcase"...), test...)
		if seen[string(test)]++; seen[string(test)] > 1 {
			buf = append(strconv.AppendInt(append(buf, " ("...), int64(seen[string(test)]), 10), ')')
		}
		buf = append(append(buf, `" time="0">`...), rest...)
		buf = append(buf, "</testcase>\n"...)
	}
	for _, class := range passing {
		buf = append(append(buf, "    <testcase"...), class...)
		buf = append(buf, ` name="nothing else found" time="0"/>`+"\n"...)
	}
	return append(buf, "  </testsuite>\n"...)
}

func (l *lintJUnit) End(w io.Writer, _ Summary) error {
	end := "</testsuites>\n"
	if !l.begun {
		end = `  <testsuite name="xmlint" tests="1" failures="0" skipped="1" errors="0">` + "\n" +
			`    <testcase classname="xmlint" name="nothing to check" time="0"><skipped>there is no XMPro configuration</skipped></testcase>` + "\n" +
			"  </testsuite>\n" + end
	}
	_, err := io.WriteString(w, end)
	return err
}

// junitClass is a file as a package and a class.
func junitClass(deployment, path string) string {
	undotted := strings.NewReplacer(".", "_")
	return undotted.Replace(deployment) + "." + undotted.Replace(path)
}

// junitName is what a test is called: what is wrong, and with which setting.
func junitName(f *lint.Finding) string {
	name := f.Rule.ID + " " + f.Rule.Name
	if f.Setting != "" {
		name += ": " + f.Setting
	}
	if f.Node != "" {
		name += " on " + f.Node
	}
	return name
}

// appendJUnitText appends all that is to be said of a finding, in lines.
func appendJUnitText(dst []byte, f *lint.Finding) []byte {
	dst = appendXML(dst, f.Path)
	dst = appendInt(append(dst, ':'), f.Start.Line)
	dst = appendInt(append(dst, ':'), f.Start.Column)
	dst = appendXML(append(dst, ": "...), f.Severity.String()+" "+f.Rule.ID+" "+f.Rule.Name+": "+f.Message)
	line := func(label, text string) {
		if text != "" {
			dst = appendXML(append(append(append(dst, '\n'), label...), ": "...), text)
		}
	}
	line("why", firstParagraph(f.Why))
	line("fix", f.Do)
	for i := range f.Related {
		r := &f.Related[i]
		line("see", r.Path+":"+strconv.Itoa(r.Start.Line)+":"+strconv.Itoa(r.Start.Column)+": "+r.Message)
	}
	line("url", f.Rule.URL())
	return dst
}
