package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand writes manual pages when a release is made; nobody else needs it.
func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "write the manual pages",
		Long:    "Writes a manual page for each command into a folder that exists.",
		Example: "  xmlint man /usr/local/share/man/man1",
		Args:    exactlyOne("one DIR"),
		Hidden:  true,
		RunE: func(c *cobra.Command, args []string) error {
			for _, page := range append([]*cobra.Command{c.Root()}, c.Root().Commands()...) {
				if page.Hidden {
					continue
				}
				name := filepath.Join(args[0], manName(page)+".1")
				if err := os.WriteFile(a.path(name), manPage(page), 0o666); err != nil {
					return &outputError{name, err}
				}
			}
			return nil
		},
	}
}

// manName is how the manual calls a command: xmlint-lint.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage is a command's manual page, for man(7). It says what --help says.
func manPage(c *cobra.Command) []byte {
	m := &manual{}
	t := tool()
	m.macro("TH", strings.ToUpper(manName(c)), "1", "", t.Name+" "+t.Version, "xmlint")
	m.macro("SH", "NAME")
	m.line(manName(c) + " - " + c.Short)
	m.macro("SH", "SYNOPSIS")
	m.macro("B", c.CommandPath())
	switch _, arguments, _ := strings.Cut(c.Use, " "); {
	case c.HasParent():
		m.line(strings.TrimSpace(arguments + " [flags]"))
	default:
		m.line("COMMAND [flags]")
	}
	m.macro("SH", "DESCRIPTION")
	m.text(c.Long)
	if !c.HasParent() {
		m.macro("SH", "COMMANDS")
		for _, sub := range c.Commands() {
			if !sub.Hidden {
				m.macro("TP")
				m.macro("BR", manName(sub), "(1)")
				m.line(sub.Short)
			}
		}
	}
	m.macro("SH", "OPTIONS")
	c.InitDefaultHelpFlag()
	c.LocalFlags().VisitAll(m.flag)
	c.InheritedFlags().VisitAll(m.flag)
	m.macro("SH", "EXAMPLES")
	m.verbatim(c.Example)
	m.macro("SH", "SEE ALSO")
	if c.HasParent() {
		m.line("xmlint(1) has the exit statuses.")
	}
	m.line("https://github.com/xmlint/xmlint")
	return m.Bytes()
}

// manual is a page being written.
type manual struct{ bytes.Buffer }

// macro appends a request with its arguments.
func (m *manual) macro(name string, args ...string) {
	m.WriteString("." + name)
	for _, arg := range args {
		fmt.Fprintf(m, " \"%s\"", roff(arg))
	}
	m.WriteByte('\n')
}

// line appends one line of text.
func (m *manual) line(text string) {
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		m.WriteString(`\&`)
	}
	m.WriteString(roff(text) + "\n")
}

// text appends paragraphs; those with indented lines stay as they are.
func (m *manual) text(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			m.macro("PP")
		}
		if strings.Contains(paragraph, "\n ") {
			m.verbatim(paragraph)
			continue
		}
		for line := range strings.SplitSeq(paragraph, "\n") {
			m.line(line)
		}
	}
}

// verbatim appends lines that are not filled.
func (m *manual) verbatim(text string) {
	m.macro("nf")
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		m.line(line)
	}
	m.macro("fi")
}

// flag appends one flag.
func (m *manual) flag(f *pflag.Flag) {
	if f.Hidden {
		return
	}
	value, usage := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	if value != "" {
		name += " " + value
	}
	m.macro("TP")
	m.macro("B", name)
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
		usage += " (default " + f.DefValue + ")"
	}
	m.line(usage)
}

// roff writes text so that troff prints it as it is.
func roff(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r == '\'':
			b.WriteString(`\(aq`)
		case r == '"':
			b.WriteString(`\(dq`)
		case r == '`':
			b.WriteString(`\(ga`)
		case r == '~':
			b.WriteString(`\(ti`)
		case r == '^':
			b.WriteString(`\(ha`)
		case r > '~':
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
