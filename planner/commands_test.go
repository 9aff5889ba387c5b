package planner

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

const secret = "hunter2-S3cret"

// hostile are names that a tree and a manifest may hold.
const hostile1 = `it's "a" $(touch pwned) ` + "`x` ’; rm -rf /; ‘ %PATH% \n\r\x1b[31m\u202e&|<>"

// everyShape makes plans that show every command.
func everyShape(t testing.TB) []*Plan {
	var plans []*Plan
	add := func(b *made, opts Options) {
		p, err := Build(b.d, nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, p)
	}
	for _, h := range append(schema.Hostings(), "") {
		for _, version := range []string{"4.2.3", "4.3.1", "4.6.1", ""} {
			services := append(schema.RedisServices(), "")
			if version != "4.2.3" {
				services = []string{""}
			}
			for _, service := range services {
				b := build(version).hosting(h).connectors("1.07").app("Pump Health", "1.07", "true").app("Shift Log", "1.07", "")
				b.redis("cache01:6379,password=" + secret + ",ssl=True")
				b.d.Manifest.Redis.Service = b.scalar(service)
				b.product(ad, 2, 4, node{name: "ad-01", state: off}, node{name: "ad-02", state: on, conn: "h,password=" + secret})
				b.product(ds, 2, 3, node{state: off})
				b.product(sm, 0, 0, node{sealed: true})
				b.product(schema.AI, 0, 0, node{})
				b.product(schema.StreamHost, 0, 0, node{})
				add(b, Options{})
				add(b, Options{Off: true})
			}
			add(build(version).hosting(h).product(sm, 2, 0, node{name: "s1", state: off}, node{name: "s2", state: off}).done("backup"), Options{To: "4.3.6"}.ifOlder(version))
			add(build(version).hosting(h).three(deployment.StateInvalid), Options{})
		}
	}
	b := build("4.2.3").hosting("iis").app(hostile1, "1.07", "true").app(hostile1+"2", "1.07", "")
	b.product(ad, 0, 2, node{name: hostile1, file: hostile1 + ".json", state: off})
	b.product(sm, 0, 0, node{name: hostile1, sealed: true})
	b.d.Product(sm).Nodes[0].Web.Protected.Provider = hostile1
	b.d.Manifest.Hosting.Text = "iis"
	add(b, Options{})
	add(b, Options{Off: true})
	return plans
}

// ifOlder leaves the wish out where the version forbids it.
func (o Options) ifOlder(version string) Options {
	if version == "4.6.1" {
		o.To = ""
	}
	return o
}

func actions(p *Plan) []Action {
	var all []Action
	for _, s := range p.Steps {
		all = append(append(append(all, s.Do...), s.Verify...), s.Undo...)
	}
	return all
}

// commands are the different commands of plans, by shell.
func commands(plans []*Plan) map[Shell][]string {
	all := map[Shell][]string{}
	for _, p := range plans {
		for _, a := range actions(p) {
			if a.Run != "" {
				all[a.Shell] = append(all[a.Shell], a.Run)
			}
		}
	}
	for shell := range all {
		slices.Sort(all[shell])
		all[shell] = slices.Compact(all[shell])
	}
	return all
}

// TestCommandsParse runs every shell command through bash -n. With
// XMLINT_COMMANDS=FILE it also writes all commands there, as JSON by shell, for
// other parsers.
func TestCommandsParse(t *testing.T) {
	all := commands(everyShape(t))
	t.Logf("%d powershell, %d sh, %d sql", len(all[PowerShell]), len(all[Sh]), len(all[SQL]))
	if file := os.Getenv("XMLINT_COMMANDS"); file != "" {
		text, err := json.MarshalIndent(all, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("no bash")
	}
	file := filepath.Join(t.TempDir(), "command.sh")
	for _, run := range all[Sh] {
		if err := os.WriteFile(file, []byte(run+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(bash, "-n", file).CombinedOutput(); err != nil {
			t.Errorf("%v: %s\n%s", err, out, run)
		}
	}
}

// TestQuotesClose reads each command as its shell would: strings end, and a
// name to put in stands inside one.
func TestQuotesClose(t *testing.T) {
	placeholder := regexp.MustCompile(`<[A-Z][A-Z0-9_]*>`)
	for shell, runs := range commands(everyShape(t)) {
		for _, run := range runs {
			outside, open := unquoted(run, shell)
			if open {
				t.Errorf("%s: a quote does not end\n%s", shell, run)
			}
			if m := placeholder.FindString(outside); m != "" {
				t.Errorf("%s: %s stands outside quotes\n%s", shell, m, run)
			}
			for _, bad := range []string{"touch pwned", "rm -rf", "pwned)"} {
				if strings.Contains(outside, bad) {
					t.Errorf("%s: %q got out of its quotes\n%s", shell, bad, run)
				}
			}
		}
	}
}

// unquoted gives what of a command stands outside its strings.
func unquoted(run string, shell Shell) (outside string, open bool) {
	var b strings.Builder
	single := "'"
	if shell == PowerShell {
		single = "'‘’‚‛"
	}
	quote := rune(0)
	for _, r := range run {
		switch {
		case quote == 0 && strings.ContainsRune(single, r):
			quote = '\''
		case quote == 0 && r == '"':
			quote = '"'
		case quote == '\'' && strings.ContainsRune(single, r), quote == '"' && r == '"':
			quote = 0 // a doubled quote opens it again at once
		case quote == 0:
			b.WriteRune(r)
		}
	}
	return b.String(), quote != 0
}

func TestEveryPlaceholderIsExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range everyShape(t) {
		for _, h := range p.Placeholders() {
			seen[h.Name] = true
			if h.Meaning == "see the step" || h.Meaning == "" {
				t.Errorf("%s has no meaning", h.Name)
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d placeholders", len(seen))
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	for _, p := range everyShape(t) {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), secret) {
			t.Fatal("a password is in the plan")
		}
	}
}

// TestJSONHasNoNull marshals plans: absent parts are empty, never null.
func TestJSONHasNoNull(t *testing.T) {
	plans := everyShape(t)
	p, err := Build(build("").d, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(plans, p) {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), ":null") || strings.Contains(string(text), "[null") {
			t.Fatalf("null in %s", text)
		}
	}
}
