package report

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// explainMarkdown is a rule's page as it stands in docs/rules.
type explainMarkdown struct{}

func newExplainMarkdown(Options) Catalogue { return explainMarkdown{} }

func (explainMarkdown) Begin(buf []byte) []byte { return buf }

func (explainMarkdown) End(buf []byte) []byte { return buf }

func (explainMarkdown) Append(buf []byte, r CatalogueRule) []byte {
	return append(buf, RulePage(r, "")...)
}

// RulePage is a rule's page in Markdown. Printed is what `xmlint lint` prints
// in the folder of the bad example; an empty one is left out.
func RulePage(r CatalogueRule, printed string) []byte {
	var m markdown
	m.line("# " + r.ID + " " + r.Name).line("")
	m.line("**" + r.Severity + "**: " + escaped(r.Title) + ".")
	m.section("What it does", r.What)
	m.section("Why it matters", r.Why)
	m.example("Example", r.Bad)
	if printed != "" {
		m.line("").line("There xmlint says:").fence("console", "$ xmlint lint\n"+printed)
	}
	m.example("Use instead", r.Good)
	m.section("Fix safety", r.FixSafety)
	m.line("").line("## References").line("")
	for _, link := range r.links() {
		m.line("- " + link)
	}
	if r.Step != "" {
		m.line("").line("The step of the [plan](../../README.md#a-session) that mends it: `" + r.Step + "`.")
	}
	return m.Bytes()
}

// links are the source and the references, each once.
func (r CatalogueRule) links() []string {
	var all []string
	for _, link := range append([]string{r.Source}, r.References...) {
		if link != "" && !slices.Contains(all, link) {
			all = append(all, link)
		}
	}
	return all
}

// families are the groups that rules' ids are in.
func families() [][2]string {
	return [][2]string{
		{"XM0", "Files that cannot be read, and xmlint's own"},
		{"XM1", "The version of the suite"},
		{"XM2", "The settings of Auto Scale"},
		{"XM3", "The Redis connection string"},
		{"XM4", "Subscription Manager's web.config"},
		{"XM5", "Connectors and Apps"},
	}
}

// RuleIndex is the page that lists the rules' pages, in Markdown.
func RuleIndex(rules []CatalogueRule) []byte {
	var m markdown
	m.line("# Rules").line("")
	m.line("Each finding names a rule; its page says what is wrong, why, and what to write")
	m.line("instead. `xmlint explain XM2004` prints the same. Ids are permanent. The severity")
	m.line("is the usual one: a page says where a finding has another.")
	for _, family := range families() {
		head := false
		for _, r := range rules {
			if !strings.HasPrefix(r.ID, family[0]) {
				continue
			}
			if !head {
				m.line("").line("## " + family[1]).line("").line("| id | name | severity | finds |").line("| --- | --- | --- | --- |")
				head = true
			}
			m.line("| [" + r.ID + "](" + r.ID + ".md) | " + r.Name + " | " + r.Severity + " | " + strings.ReplaceAll(escaped(r.Title), "|", `\|`) + " |")
		}
	}
	return m.Bytes()
}

// markdown is a page being written.
type markdown struct{ bytes.Buffer }

func (m *markdown) line(text string) *markdown {
	m.WriteString(text)
	m.WriteByte('\n')
	return m
}

// section appends a heading and text that is Markdown; nothing without text.
func (m *markdown) section(title, text string) {
	if text = strings.TrimSpace(text); text != "" {
		m.line("").line("## " + title).line("").line(escaped(text))
	}
}

// escaped keeps what stands outside of code from being read as HTML.
func escaped(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], "<", `\<`)
	}
	return strings.Join(parts, "`")
}

// example appends the files of a txtar archive, each with its name above.
func (m *markdown) example(title, archive string) {
	files := txtar.Parse([]byte(archive)).Files
	if len(files) == 0 {
		return
	}
	m.line("").line("## " + title)
	for _, f := range files {
		m.line("").line("`"+f.Name+"`").fence(language(f.Name), string(f.Data))
	}
}

// fence appends text as it is.
func (m *markdown) fence(language, text string) {
	m.line("").line("```" + language)
	m.WriteString(strings.TrimRight(text, "\n"))
	m.line("").line("```")
}

// language is how a file's text is coloured.
func language(name string) string {
	switch path.Ext(name) {
	case ".json":
		return "jsonc"
	case ".config", ".xml":
		return "xml"
	case ".yaml", ".yml":
		return "yaml"
	}
	return "text"
}
