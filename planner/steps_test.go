package planner

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// TestStepsAreComplete looks at each step as a person would.
func TestStepsAreComplete(t *testing.T) {
	control := regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x{202e}]`)
	for _, p := range everyShape(t) {
		for i, s := range p.Steps {
			if s.Number != i+1 || s.Title == "" || s.Source == "" || s.Window.Title() == "" {
				t.Errorf("%s is not complete: %+v", s.ID, s)
			}
			if control.MatchString(s.Title + s.DataLoss + s.Downtime.Effect + strings.Join(s.Notes, "")) {
				t.Errorf("%q: control characters", s.ID)
			}
			if s.Status == StepDone {
				if len(s.Evidence) == 0 || s.Evidence[0] == "" {
					t.Errorf("%s is done without evidence\n%s", s.ID, outline(p))
				}
				continue
			}
			if len(s.Undo) == 0 || len(s.Do) == 0 {
				t.Errorf("%s: no do or no undo", s.ID)
			}
			if s.Kind != KindDecide && len(s.Verify) == 0 && len(s.Edits) == 0 {
				t.Errorf("%s: nothing to verify", s.ID)
			}
			for _, a := range append(append(slices.Clone(s.Do), s.Verify...), s.Undo...) {
				if (a.Run == "") != (a.Shell == "") || (a.Run == "") == (a.Manual == "") {
					t.Errorf("%s: %+v is neither a command nor words", s.ID, a)
				}
				if control.MatchString(a.Manual) {
					t.Errorf("%s: control characters in %q", s.ID, a.Manual)
				}
			}
		}
	}
}

func TestBackupNamesEveryFile(t *testing.T) {
	for _, p := range everyShape(t) {
		st := p.Step("backup")
		if st == nil || st.Status == StepDone {
			continue
		}
		var text strings.Builder
		for _, a := range st.Do {
			text.WriteString(a.Manual)
		}
		if !strings.Contains(text.String(), "acme/subscription-manager") && !strings.Contains(text.String(), "acme/app-designer") {
			t.Errorf("backup names no file:\n%s", text.String())
		}
	}
	b := build("4.2.3").three(off)
	b.d.Products[0].Nodes[0].Files = append(b.d.Products[0].Nodes[0].Files,
		&deployment.File{Path: "acme/app-designer/web.config"}, &deployment.File{Path: "acme/app-designer/appsettings.Production.json"})
	b.d.Products = append(b.d.Products, &deployment.Product{ID: schema.Unknown, Nodes: []*deployment.Node{{Files: []*deployment.File{{Path: "acme/x/appsettings.json"}}}}})
	p, err := Build(b.d, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, a := range p.Step("backup").Do {
		text.WriteString(a.Manual + a.Run)
	}
	for _, product := range b.d.Products {
		for _, f := range product.Files() {
			if !strings.Contains(text.String(), f.Path) {
				t.Errorf("backup does not name %s", f.Path)
			}
		}
	}
	for _, want := range []string{"'appsettings.json', 'web.config', 'appsettings.Production.json'", "COPY_ONLY, CHECKSUM", "RESTORE VERIFYONLY"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("backup lacks %s", want)
		}
	}
}

// TestFilesReachTheServer: a tree is often a copy. The changed file is brought to
// the server before the product restarts; an encrypted one is changed there.
func TestFilesReachTheServer(t *testing.T) {
	for _, back := range []bool{false, true} {
		state := off
		if back {
			state = on
		}
		p := plan(t, build("4.6.1").hosting("iis").three(state), Options{Off: back})
		if do := script(p.Step("configure/app-designer").Do); !inOrder(do, "In acme/app-designer/appsettings.json", "put each changed file into '<APP_DESIGNER_FOLDER>'", "Restart-WebAppPool") {
			t.Errorf("back %v\n%s", back, do)
		}
		if do := script(p.Step("configure/subscription-manager").Do); !inOrder(do, "Stop-WebAppPool", "into '<SUBSCRIPTION_MANAGER_FOLDER>'", "Start-WebAppPool") {
			t.Errorf("back %v\n%s", back, do)
		}
	}
	p := plan(t, build("4.6.1").hosting("iis").product(sm, 1, 0, node{sealed: true}), Options{})
	if do := script(p.Step("configure/subscription-manager").Do); strings.Contains(do, "Where this tree is a copy") || !strings.Contains(do, "on the server, in the file of '<SUBSCRIPTION_MANAGER_FOLDER>' that was just decrypted") {
		t.Error(do)
	}
	for _, h := range []string{"compose", "azure-arm", "azure-terraform", "helm"} {
		if do := script(plan(t, build("4.6.1").hosting(h).three(off), Options{}).Step("configure/app-designer").Do); strings.Contains(do, "on the server") {
			t.Errorf("%s has no server\n%s", h, do)
		}
	}
}

// TestNodesOnce: a server that runs several products is named once.
func TestNodesOnce(t *testing.T) {
	for _, p := range everyShape(t) {
		for _, st := range p.Steps {
			if sorted := slices.Sorted(slices.Values(st.Nodes)); len(slices.Compact(sorted)) != len(st.Nodes) {
				t.Fatalf("%s: %v", st.ID, st.Nodes)
			}
		}
	}
	b := build("4.2.3").hosting("iis")
	for _, id := range databases {
		b.product(id, 2, 0, node{name: "a", state: off}, node{name: "b", state: off})
	}
	p := plan(t, b, Options{})
	for _, id := range []string{"backup", "upgrade-xmpro", "verify/redis", "share-keys"} {
		if st := p.Step(id); !slices.Equal(st.Nodes, []string{"a", "b"}) {
			t.Errorf("%s: %v", id, st.Nodes)
		}
	}
}

// TestConnectorAfterTheUpgradeIsChecked: a restore of the backup would take the
// upload back, which the manifest goes on listing.
func TestConnectorAfterTheUpgradeIsChecked(t *testing.T) {
	if st := plan(t, build("4.2.3").three(off).connectors("1.07"), Options{}).Step("upgrade-connector"); !slices.Equal(st.Requires, []string{"verify/upgrade"}) {
		t.Errorf("after %v", st.Requires)
	}
}

// TestChannels: a name to put in tells where it comes from, in plans too in
// which no command before has listed any.
func TestChannels(t *testing.T) {
	for _, name := range plan(t, build("4.6.1").product(ad, 2, 0, node{state: on}), Options{Off: true}).Placeholders() {
		if name.Name == "<CHANNEL>" && !strings.Contains(name.Meaning, "PUBSUB CHANNELS") {
			t.Error(name.Meaning)
		}
	}
}

// TestReplicasComeBack: what was stopped is started in the number of before.
func TestReplicasComeBack(t *testing.T) {
	p := upgradeOf(t, "kubernetes", "4.2.3", "")
	if do := p.Step("backup").Do; !slices.ContainsFunc(do, func(a Action) bool { return strings.Contains(a.Expect, "note the number of replicas") }) {
		t.Errorf("%+v", do)
	}
	for _, name := range p.Placeholders() {
		if name.Name == "<INSTANCES>" && !strings.Contains(name.Meaning, "before they were stopped") {
			t.Error(name.Meaning)
		}
	}
}

// TestRedisPasswordOnce: where the password stands is said in full once.
func TestRedisPasswordOnce(t *testing.T) {
	for _, back := range []bool{false, true} {
		state := off
		if back {
			state = on
		}
		p, n := plan(t, build("4.6.1").product(ad, 2, 3, node{state: state}), Options{Off: back}), 0
		for _, st := range p.Steps {
			if slices.Contains(st.Notes, noteRedisCLI) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("back %v: %d times", back, n)
		}
	}
}
