package document

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestXMLAgainstXmllint compares verdicts with libxml2, which is strict too:
// what it refuses we refuse, but for what .NET skips unread, and what it takes
// and we refuse has a reason that the tables know.
func TestXMLAgainstXmllint(t *testing.T) {
	var texts, reasons []string // of the tables: "-" is to be refused by both, "+" to be read by both
	for _, c := range xmlFaults {
		reason := c.lint
		if reason == "" {
			reason = "-"
		}
		texts, reasons = append(texts, c.text), append(reasons, reason)
	}
	for _, c := range xmlSound {
		reason := c.lint
		if reason == "" {
			reason = "+"
		}
		texts, reasons = append(texts, c.text), append(reasons, reason)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		seed := xmlSeeds[r.IntN(len(xmlSeeds))]
		if r.IntN(3) == 0 {
			seed = xmlSound[r.IntN(len(xmlSound))].text
		}
		texts, reasons = append(texts, mutate(r, seed)), append(reasons, "")
	}
	sane := xmllint(t, texts)
	met := map[string]int{}
	for i, text := range texts {
		fault := readFault(text)
		reason := reasons[i]
		switch {
		case reason == "" && (fault == nil) == sane[i]:
		case reason == "" && fault == nil:
			if !strings.Contains(text, "<!DOCTYPE") && !cutShort(text) {
				t.Errorf("xmllint refuses %q, we do not", text)
			}
		case reason == "":
			if reason = lintReason(text, fault); reason == "" {
				t.Errorf("xmllint takes %q, we find: %s", text, fault.Message)
			}
			met[reason]++
		case (fault == nil) != (reason == "+" || reason == lintSubset && !sane[i]):
			t.Errorf("%q: our verdict is %v", text, fault)
		case sane[i] != (reason != "-" && (reason != lintSubset || fault != nil)):
			t.Errorf("%q: xmllint's verdict is %v, in the table %q", text, sane[i], reason)
		}
	}
	t.Logf("of the changed texts xmllint takes and we refuse: %v", met)
}

// cutShort reports whether a text ends inside a character, which .NET drops.
func cutShort(text string) bool {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if end := text[len(text)-n:]; utf8.RuneStart(end[0]) {
			return !utf8.FullRuneInString(end)
		}
	}
	return false
}

func readFault(text string) *Error {
	t, err := DecodeXML("x", []byte(text), Limits{})
	if err == nil {
		_, err = ParseXML(t, Limits{})
	}
	if err == nil {
		return nil
	}
	return err.(*Error)
}

// lintReason is the reason for a fault that xmllint does not find, by what we
// say of it.
func lintReason(text string, fault *Error) string {
	b, _ := DecodeXML("x", []byte(text), Limits{})
	before, at := b.Bytes[:fault.Span.Start], b.Bytes[fault.Span.Start:]
	before = before[max(0, bytes.LastIndexByte(before, '<')):]
	for _, x := range []struct{ message, reason string }{
		{"prefix", lintNamespaces},
		{"namespace", lintNamespaces},
		{"a second time", lintNamespaces},
		{"another version", lintVersion},
		{"encoding that .NET", lintEncoding},
		{"xml:space", lintSpace},
		{"U+0000", lintNUL},
	} {
		if strings.Contains(fault.Message, x.message) {
			return x.reason
		}
	}
	switch {
	case len(at) > 0 && at[0] >= 0x80:
		return lintEdition
	case bytes.HasSuffix(before, []byte("<!DOCTYPE")):
		return lintDoctype
	case bytes.HasPrefix(before, []byte("<!DOCTYPE")), bytes.HasPrefix(before, []byte("<!--")):
		return lintSubset // a bracket ended it that xmllint passes over
	case bytes.HasPrefix(before, []byte("<?")) && bytes.HasPrefix(at, []byte(":")):
		return lintPIName
	case bytes.IndexByte(before, ':') >= 0 || bytes.HasPrefix(at, []byte(":")):
		return lintNamespaces // a colon too many
	}
	return ""
}

// xmllint asks xmllint about each text.
func xmllint(t *testing.T, texts []string) []bool {
	path, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("xmllint is not installed; on Debian it is in libxml2-utils")
		}
		t.Skip("xmllint is not installed")
	}
	dir := t.TempDir()
	var names []string
	for i, text := range texts {
		name := strconv.Itoa(i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	sane := make([]bool, len(texts))
	fault := regexp.MustCompile(`^(\d+):\d+: (?:parser|encoding|I/O|validity)? ?error : `)
	for len(names) > 0 {
		n := min(len(names), 500)
		cmd := exec.Command(path, append([]string{"--noout", "--nonet"}, names[:n]...)...)
		cmd.Dir = dir
		var out bytes.Buffer
		cmd.Stderr = &out
		_ = cmd.Run() // the status is that of the worst file
		refused := map[string]bool{}
		for line := range strings.Lines(out.String()) {
			if m := fault.FindStringSubmatch(line); m != nil {
				refused[m[1]] = true
			}
		}
		for _, name := range names[:n] {
			i, _ := strconv.Atoi(name)
			sane[i] = !refused[name]
		}
		names = names[n:]
	}
	return sane
}
