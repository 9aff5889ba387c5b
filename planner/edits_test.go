package planner

import (
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// TestEdits asks for edits where the file will show that the step was taken,
// and nowhere else.
func TestEdits(t *testing.T) {
	b := build("4.6.1").hosting("iis").
		product(ad, 0, 0, node{name: "n1", state: off}, node{name: "n2", state: on}).
		product(ds, 1, 0, node{state: deployment.StateUnknown, reason: deployment.ReasonKeyVault}).
		product(sm, 1, 0, node{sealed: true})
	var asked []string
	p := plan(t, b, Options{Edits: func(product schema.Product, node string) []Edit {
		asked = append(asked, string(product)+"@"+node)
		return []Edit{{Path: "f", Diff: "d"}}
	}})
	if want := []string{"app-designer@n1"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	st := p.Step("configure/app-designer@n1")
	if len(st.Edits) != 1 || !strings.Contains(st.Do[0].Manual, "xmlint migrate acme --products app-designer --nodes n1 --write") {
		t.Errorf("the step says %+v", st.Do[0])
	}
	if p.Step("configure/data-stream-designer").Edits == nil {
		t.Error("edits are null")
	}
}

// TestMigrateCall names the deployment that the command changes: the folder
// that it is called from may hold several.
func TestMigrateCall(t *testing.T) {
	for root, want := range map[string]string{
		".":                "xmlint migrate --off",
		"sites/acme":       "xmlint migrate sites/acme --off",
		"our sites":        "xmlint migrate 'our sites' --off",
		`C:\sites\acme`:    `xmlint migrate 'C:\sites\acme' --off`,
		"-rf":              "xmlint migrate ./-rf --off",
		"x'; rm -rf y; '":  `xmlint migrate "x'; rm -rf y; '" --off`,
		"x’; del y; ‘":     `xmlint migrate "x’; del y; ‘" --off`,
		"x' $(rm -rf y) '": "xmlint migrate '<DEPLOYMENT_FOLDER>' --off",
		"x' \" 'y":         "xmlint migrate '<DEPLOYMENT_FOLDER>' --off",
	} {
		b := build("4.6.1").three(off)
		b.d.Root = root
		if got := (&builder{s: survey(b.d, nil, Options{})}).migrate("--off"); got != want {
			t.Errorf("%s: %s", root, got)
		}
	}
	b := build("4.6.1").three(off)
	opts := Options{Environment: "Pre Prod"}
	if got := (&builder{s: survey(b.d, nil, opts), opts: opts}).migrate("--write"); got != "xmlint migrate acme --environment 'Pre Prod' --write" {
		t.Errorf("with an environment: %s", got)
	}
}

// TestScaleOutByHosting asks nobody to install containers on servers, and
// speaks of encrypted sections where there can be some.
func TestScaleOutByHosting(t *testing.T) {
	for _, c := range []struct {
		hosting string
		product schema.Product
		want    string
		sealed  bool
	}{
		{"docker", ad, "Start further containers of App Designer until 3 run", false},
		{"docker", sm, "Install Subscription Manager on further servers", true},
		{"iis", ad, "Install App Designer on further servers", false},
		{"iis", sm, "Install Subscription Manager on further servers", true},
	} {
		st := plan(t, build("4.6.1").hosting(c.hosting).product(c.product, 1, 3, node{state: off}), Options{}).Step("scale-out")
		if st == nil || !strings.HasPrefix(st.Do[0].Manual, c.want) || strings.Contains(st.Do[0].Manual, "section") != c.sealed {
			t.Errorf("%s, %s: %+v", c.hosting, c.product, st)
		}
	}
}

// TestShare notes that another deployment uses the same Redis.
func TestShare(t *testing.T) {
	p := plan(t, build("4.6.1").three(on).connectors("2.01"), Options{})
	f := lint.Finding{Rule: &lint.Rule{ID: "XM3010"}, Root: "acme", Message: "both use cache01"}
	p.Share([]lint.Finding{f, f, {Rule: &lint.Rule{ID: "XM3010"}, Root: "contoso", Message: "another's"}, {Rule: &lint.Rule{ID: "XM3004"}, Root: "acme", Message: "something else"}})
	if !slices.Equal(p.Notes, []string{"both use cache01"}) {
		t.Errorf("notes are %q", p.Notes)
	}
}

// TestTerraform never sets by az what the next apply would revert.
func TestTerraform(t *testing.T) {
	for _, off := range []bool{false, true} {
		b := build("4.6.1").hosting("azure-terraform").three(deployment.StateUnknown)
		b.d.Products[0].TargetInstances = 2
		for _, product := range b.d.Products {
			product.Nodes[0].Views[0].AutoScale.Reason = deployment.ReasonReference
			if w := product.Nodes[0].Web; w != nil {
				w.Expands = true
			}
		}
		p := plan(t, b, Options{Off: off})
		if st := p.Step("sticky-sessions"); !off && !inOrder(script(st.Do), "client_affinity_enabled = true", "terraform plan", "terraform apply") {
			t.Errorf("%s", script(st.Do))
		}
		for _, id := range []string{"configure/app-designer", "configure/data-stream-designer"} {
			if st := p.Step(id); len(st.Downtime.Products) != 2 {
				t.Errorf("one apply restarts both: %s: %v", id, st.Downtime)
			}
		}
		for _, st := range p.Steps {
			for _, a := range slices.Concat(st.Do, st.Undo) {
				if strings.Contains(a.Run, "keyvault secret set") || strings.Contains(a.Run, "client-affinity-enabled") {
					t.Errorf("off %v: %s: %s", off, st.ID, a.Run)
				}
			}
		}
	}
}

// TestTurns keeps the settled nodes in their places.
func TestTurns(t *testing.T) {
	mk := func(name string, settled, sealed, unsealed bool) *nodeSite {
		n := &nodeSite{name: name, settled: settled, unsealed: unsealed}
		if sealed {
			n.sealed = []sealedSection{{}}
		}
		return n
	}
	var got []string
	for _, n := range turns([]*nodeSite{
		mk("plain", false, false, false), mk("settled", true, true, false), mk("sealed", false, true, false), mk("open", false, false, true),
	}) {
		got = append(got, n.name)
	}
	if want := []string{"open", "settled", "sealed", "plain"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestByHand says in the configure step what no edit of a setting mends: with
// it the product does not start, however on Auto Scale is.
func TestByHand(t *testing.T) {
	refused := lint.Finding{
		Rule: &lint.Rule{ID: "XM4006", Severity: lint.Error}, Product: sm, Step: "configure/subscription-manager", Root: "acme", Path: "acme/SM/web.config",
		Start: lint.Position{Line: 6}, Message: "text stands inside <xmpro>", Do: "delete it",
	}
	b := build("4.6.1").hosting("iis").three(on).connectors("2.01")
	p, err := Build(b.d, []lint.Finding{refused}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	st := p.Step("configure/subscription-manager")
	if p.State != Ready || st.Status != StepTodo || len(st.Because) != 1 {
		t.Fatalf("%s, %+v", p.State, st)
	}
	says := func(st *Step) bool {
		return slices.ContainsFunc(st.Do, func(a Action) bool {
			return a.Manual == "At acme/SM/web.config:6, text stands inside <xmpro>: delete it"
		})
	}
	if !says(st) || says(p.Step("configure/app-designer")) {
		t.Errorf("the step says %+v", st.Do)
	}
	back, err := Build(b.d, []lint.Finding{refused}, Options{Off: true})
	if err != nil {
		t.Fatal(err)
	}
	if st := back.Step("configure/subscription-manager"); st == nil || says(st) {
		t.Errorf("the way back: %+v", st)
	}
}
