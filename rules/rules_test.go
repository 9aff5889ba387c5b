package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func TestCatalogue(t *testing.T) {
	if _, err := lint.NewRunner(All()); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(All(), func(a, b *lint.Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the rules are not in order of id")
	}
	id, name := regexp.MustCompile(`^XM[0-5]0[0-2][0-9]$`), regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	names := map[string]string{}
	for _, r := range All() {
		if firm := r.ID[:5] == "XM000"; r.Firm != firm {
			t.Errorf("%s: firm is %v", r.ID, r.Firm)
		}
		if !id.MatchString(r.ID) || !name.MatchString(r.Name) {
			t.Errorf("%s (%s): odd id or name", r.ID, r.Name)
		}
		if other := names[r.Name]; other != "" {
			t.Errorf("%s and %s have one name", r.ID, other)
		}
		names[r.Name] = r.ID
		if Find(r.ID) != r || Find(strings.ToUpper(r.Name)) != r {
			t.Errorf("%s is not found by id and name", r.ID)
		}
	}
	if Find("XM9999") != nil || Find("") != nil {
		t.Error("found a rule that is not there")
	}
}

// Ids are permanent: each family has all of them up to its last one, which a new
// rule counts up.
func TestCatalogueIsComplete(t *testing.T) {
	var want []string
	for _, family := range []struct {
		first, last int
		prefix      string
	}{{1, 9, "XM00"}, {1, 5, "XM10"}, {1, 16, "XM20"}, {1, 14, "XM30"}, {1, 9, "XM40"}, {1, 6, "XM50"}} {
		for n := family.first; n <= family.last; n++ {
			want = append(want, family.prefix+string(rune('0'+n/10))+string(rune('0'+n%10)))
		}
	}
	var got []string
	for _, r := range All() {
		got = append(got, r.ID)
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			t.Errorf("%s is gone, and ids are permanent", id)
		}
	}
	for _, id := range got {
		if !slices.Contains(want, id) {
			t.Errorf("%s is new: count up the last number of its family in this test", id)
		}
	}
	if !t.Failed() && !slices.Equal(got, want) {
		t.Errorf("the catalogue is not in order of id: %v", got)
	}
}

func TestDocumentation(t *testing.T) {
	step := regexp.MustCompile(`^(upgrade-xmpro|provision-redis|configure/<product>|configure/subscription-manager|decrypt/subscription-manager|encrypt/subscription-manager|upgrade-connector|upgrade-app/<slug>|sticky-sessions|share-keys|scale-out)?$`)
	for _, r := range All() {
		for what, text := range map[string]string{"title": r.Title, "what": r.Doc.What, "why": r.Doc.Why, "source": r.Source, "bad": r.Doc.Bad, "good": r.Doc.Good} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", r.ID, what)
			}
		}
		if strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: a title has no full stop", r.ID)
		}
		if len(r.Doc.References) == 0 || slices.Contains(r.Doc.References, "") {
			t.Errorf("%s has no references, or an empty one", r.ID)
		}
		if !step.MatchString(r.Step) {
			t.Errorf("%s: %q is no step of a plan", r.ID, r.Step)
		}
		if r.Severity < lint.Info || r.Severity > lint.Error {
			t.Errorf("%s has no severity", r.ID)
		}
	}
}

// Each rule fires in its bad example and not in its good one.
func TestBadAndGood(t *testing.T) {
	for _, r := range All() {
		t.Run(r.ID, func(t *testing.T) {
			bad := findings(t, r.Doc.Bad, r)
			if len(bad) == 0 {
				t.Errorf("the rule does not fire in its bad example:\n%s", r.Doc.Bad)
			}
			for _, f := range bad {
				checkFinding(t, f)
			}
			for _, f := range findings(t, r.Doc.Good, r) {
				t.Errorf("in the good example: %s", f.Message)
			}
			for _, f := range findings(t, r.Doc.Good, All()...) {
				if f.Severity == lint.Error && r.ID[2] != '3' && r.ID[2] != '4' {
					t.Errorf("the good example has an error: %s %s", f.Rule.ID, f.Message)
				}
			}
		})
	}
}

// checkFinding sees that a finding says what people need to know.
func checkFinding(t *testing.T, f lint.Finding) {
	t.Helper()
	id := f.Rule.ID
	if f.Message == "" || f.Do == "" || f.Why == "" || f.Path == "" || f.Fingerprint == "" || f.Start.Line < 1 {
		t.Errorf("%s: the finding is not complete: %+v", id, f)
	}
	if strings.HasSuffix(f.Message, ".") {
		t.Errorf("%s: a message has no full stop: %s", id, f.Message)
	}
	if strings.ContainsAny(f.Message+f.Do, "\n\t") {
		t.Errorf("%s: a message is one line: %s", id, f.Message)
	}
	if f.Fix != nil && (f.Fix.Title == "" || f.Fix.Safety != lint.Manual && f.Fix.Edits == nil) {
		t.Errorf("%s: the fix is not complete", id)
	}
	if f.Fix != nil && f.Rule.Doc.FixSafety == "" && f.Fix.Safety != lint.Manual {
		t.Errorf("%s has a fix, and its page does not say how safe it is", id)
	}
}

// One cause, one message: in its bad example a rule of the settings is alone
// with its finding, but for what the example shows on purpose.
func TestOneMessagePerCause(t *testing.T) {
	aside := []string{
		"XM1002", "XM5002", "XM2016", // facts that most examples leave out
		"XM3006", "XM3004",
	}
	also := map[string][]string{
		"XM2002": {"XM2001"}, // the product that is off is also off
		"XM2009": nil,        // it says so for XM2001
		"XM2010": {"XM2001"}, // the overlay that hides it switches it off
		"XM1001": nil, "XM1005": {"XM2001"},
		"XM2003": nil, "XM2004": nil, "XM2005": nil, "XM2006": nil, "XM2007": {"XM2001", "XM2002", "XM2013"}, "XM2008": nil,
		"XM2011": nil, "XM2012": {"XM2001"}, "XM2013": nil, "XM2014": nil, "XM2015": nil, "XM2016": nil,
		"XM0001": nil, "XM0002": nil, "XM0003": nil, "XM0004": nil, "XM0005": {"XM2001"}, "XM0006": {"XM2001"},
		"XM0007": {"XM2001"}, "XM0008": {"XM2001"}, "XM0009": {"XM2001"},
		"XM1002": {"XM2001"}, "XM1003": {"XM2001", "XM1001"}, "XM1004": {"XM2001"},
		"XM5001": nil, "XM5002": nil, "XM5003": nil, "XM5004": nil, "XM5005": {"XM1005"}, "XM5006": {"XM5004"},
	}
	for id, extra := range also {
		r := Find(id)
		for _, f := range findings(t, r.Doc.Bad, All()...) {
			if got := f.Rule.ID; got != id && !slices.Contains(aside, got) && !slices.Contains(extra, got) {
				t.Errorf("the bad example of %s also gives %s: %s", id, got, f.Message)
			}
		}
	}
}

// Every example is a deployment of products that are told.
func TestExamplesAreTold(t *testing.T) {
	for _, r := range All() {
		for _, example := range []string{r.Doc.Bad, r.Doc.Good} {
			if len(txtar.Parse([]byte(example)).Files) == 0 {
				t.Errorf("%s: an example holds no file", r.ID)
			}
			for _, f := range findings(t, example, r) {
				if f.Product == schema.Unknown {
					t.Errorf("%s: the example's product is not told: %s", r.ID, f.Path)
				}
			}
		}
	}
}
