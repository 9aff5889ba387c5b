package report

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// codeQuality is what GitLab's documentation asks of a Code Quality report,
// with the fields that its own schema (codeclimate.json) requires and no
// others: it ignores those.
const codeQuality = `{
	"type": "array",
	"items": {
		"type": "object", "additionalProperties": false,
		"required": ["description", "check_name", "fingerprint", "severity", "location"],
		"properties": {
			"description": {"type": "string", "minLength": 1}, "check_name": {"type": "string", "minLength": 1},
			"fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
			"severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
			"location": {
				"type": "object", "additionalProperties": false, "required": ["path", "lines"],
				"properties": {
					"path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
					"lines": {
						"type": "object", "additionalProperties": false, "required": ["begin"],
						"properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}}
					}
				}
			}
		}
	}
}`

type codeQualityIssue struct {
	Description, Fingerprint, Severity string
	CheckName                          string `json:"check_name"`
	Location                           struct {
		Path  string
		Lines struct{ Begin, End int }
	}
}

func readCodeQuality(t *testing.T, text string) []codeQualityIssue {
	t.Helper()
	s, err := jsonschema.CompileString("codequality", codeQuality)
	if err != nil {
		t.Fatal(err)
	}
	var document any
	var issues []codeQualityIssue
	for _, into := range []any{&document, &issues} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Validate(document); err != nil {
		t.Errorf("%#v", err)
	}
	seen := map[string]bool{}
	for _, i := range issues {
		if seen[i.Fingerprint] {
			t.Errorf("the fingerprint %s comes twice", i.Fingerprint)
		}
		seen[i.Fingerprint] = true
	}
	return issues
}

func TestGitLabHostile(t *testing.T) {
	d, findings := hostileFindings()
	issues := readCodeQuality(t, render(t, "gitlab", testOptions, d, findings))
	if len(issues) != len(findings) {
		t.Fatalf("%d entries of %d findings", len(issues), len(findings))
	}
	for i, f := range findings {
		if want := "XM2004: " + visible.String(f.Message); issues[i].Description != want {
			t.Errorf("%q comes back as %q", cutText(want, 100), cutText(issues[i].Description, 100))
		}
		if utf8.ValidString(f.Path) && issues[i].Location.Path != f.Path { // what is no UTF-8, no JSON can hold
			t.Errorf("%q comes back as %q", f.Path, issues[i].Location.Path)
		}
	}
}

// Deployments with one name have the same fingerprints; the first keeps its own.
func TestGitLabUnique(t *testing.T) {
	finding := func(fingerprint string) lint.Finding {
		return lint.Finding{Rule: &lint.Rule{ID: "XM2004", Name: "n"}, Path: "p", Message: "m", Fingerprint: fingerprint}
	}
	first := lint.Fingerprint("first")
	second := lint.Fingerprint(first, "1") // what the second of the same name would get
	write := func() []codeQualityIssue {
		f := newLintGitLab(testOptions)
		text := f.Begin(nil)
		for _, print := range []string{first, first, first, second, "", "", "short", lint.Fingerprint("other")} {
			var c Chunk
			f.Encode(&c, &deployment.Deployment{}, []lint.Finding{finding(print)})
			text = f.Append(text, &c)
		}
		var end strings.Builder
		if err := f.End(&end, Summary{}); err != nil {
			t.Fatal(err)
		}
		return readCodeQuality(t, string(text)+end.String())
	}
	issues := write()
	if len(issues) != 8 || issues[0].Fingerprint != first || issues[7].Fingerprint != lint.Fingerprint("other") {
		t.Errorf("%v", issues)
	}
	for i, again := range write() {
		if again != issues[i] {
			t.Errorf("%v is then %v", issues[i], again)
		}
	}
}

func TestGitLabRules(t *testing.T) {
	text := lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "gitlab")["gitlab"]
	noSecrets(t, text)
	id := regexp.MustCompile(`^XM\d{4}: `)
	for _, i := range readCodeQuality(t, text) {
		if !id.MatchString(i.Description) {
			t.Errorf("%q does not begin with a rule's id", i.Description)
		}
	}
	readCodeQuality(t, render(t, "gitlab", testOptions, nil, nil))
	golden(t, "acme.lint.gitlab.json", lintAll(t, files(t, "acme.txtar"), testOptions, "gitlab")["gitlab"])
}
