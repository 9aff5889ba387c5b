package planner

import (
	"slices"
	"strings"
	"testing"
)

// TestOneNodeAfterTheOther: with several instances the text says how to go
// about them, and who carries on meanwhile. Where they share their settings,
// these are set once.
func TestOneNodeAfterTheOther(t *testing.T) {
	for _, test := range []struct {
		hosting    string
		once, rest bool // set once; the others carry on
	}{
		{"iis", false, true}, {"windows-installer", false, true}, {"azure-arm", true, false}, {"azure-terraform", true, false}, {"compose", true, false}, {"helm", true, false}, {"kubernetes", true, false}, {"docker", false, false}, {"", false, false},
	} {
		st := plan(t, build("4.6.1").hosting(test.hosting).product(ad, 2, 0, node{state: off}), Options{}).Step("configure/app-designer")
		do := script(st.Do)
		if !strings.Contains(do, "one node after the other") || strings.Contains(do, "set them once") != test.once {
			t.Errorf("%s:\n%s", test.hosting, do)
		}
		if strings.Contains(st.Downtime.Effect, "the other nodes carry on") != test.rest {
			t.Errorf("%s: %s", test.hosting, st.Downtime.Effect)
		}
	}
	st := plan(t, build("4.6.1").hosting("iis").product(sm, 2, 0, node{sealed: true}), Options{}).Step("decrypt/subscription-manager")
	if !strings.Contains(script(st.Do), "Decrypt, configure and encrypt on one node after the other") {
		t.Error(script(st.Do))
	}
}

// TestKeysOfSealedSections: a key that the machine made stays there, one of a
// provider's own has to be on each node.
func TestKeysOfSealedSections(t *testing.T) {
	for _, own := range []bool{false, true} {
		b := build("4.6.1").hosting("iis").product(sm, 2, 0, node{sealed: true})
		b.d.Product(sm).Nodes[0].Web.Protected.DefaultContainer = !own
		p := plan(t, b, Options{})
		notes := strings.Join(p.Step("share-keys").Notes, "\n")
		if strings.Contains(notes, "opens on the server that encrypted it only") == own || inOrder(notes, "-exp", "-pri", "-pi ", "-pa ") == own || strings.Contains(notes, "<KEY_CONTAINER>") != own {
			t.Errorf("own provider %v:\n%s", own, notes)
		}
	}
}

// TestCaptureAfterTheUpgrade: what the products hold then is not what was to
// be captured.
func TestCaptureAfterTheUpgrade(t *testing.T) {
	for _, h := range []string{"iis", "azure-arm", "compose", ""} {
		p := plan(t, build("4.6.1").hosting(h).three(on).connectors("2.0").done("upgrade-xmpro"), Options{})
		st := p.Step("capture")
		if st.Status != StepTodo || !strings.Contains(script(st.Do), "not from the products") {
			t.Errorf("%s: %s", h, script(st.Do))
		}
		for _, a := range st.Do {
			if a.Run != "" {
				t.Errorf("%s captures what the upgrade has left: %s", h, a.Run)
			}
		}
		if !strings.Contains(strings.Join(p.Step("backup").Notes, ""), "Keep the one of before: give this one folders of its own") {
			t.Errorf("%s: %q", h, p.Step("backup").Notes)
		}
	}
}

// TestUndoOfAffinity has a command where doing it has one.
func TestUndoOfAffinity(t *testing.T) {
	st := plan(t, build("4.6.1").hosting("azure-arm").product(ad, 2, 0, node{state: off}), Options{}).Step("sticky-sessions")
	if !strings.Contains(script(st.Undo), "--client-affinity-enabled false") {
		t.Error(script(st.Undo))
	}
}

// TestListedAffinity: what is listed as done is not asked for.
func TestListedAffinity(t *testing.T) {
	asked := func(steps ...string) bool {
		p := plan(t, build("4.6.1").product(ad, 2, 0, node{state: on}).connectors("2.0").done(steps...), Options{})
		return slices.ContainsFunc(p.Decisions, func(d Decision) bool { return d.ID == "sticky" })
	}
	if !asked("backup") || asked("backup", "sticky-sessions") {
		t.Error("whether sessions are sticky is to be asked for as long as nothing says it")
	}
}

// TestScalingHasItsUndo: where the hosting runs the instances, the undo has the
// command that goes back to as many as there were.
func TestScalingHasItsUndo(t *testing.T) {
	for h, command := range map[string][2]string{
		"azure-arm":       {"--number-of-workers 3", "--number-of-workers 1"},
		"azure-terraform": {"app_service_plan_worker_count = 3", "app_service_plan_worker_count = 1"},
		"compose":         {"--scale 'ad=3'", "--scale 'ad=1'"},
		"helm":            {"--replicas=3", "--replicas=1"},
		"kubernetes":      {"--replicas=3", "--replicas=1"},
	} {
		st := plan(t, build("4.6.1").hosting(h).product(ad, 1, 3, node{state: on}).connectors("2.0"), Options{}).Step("scale-out")
		if strings.Contains(script(st.Do), "kubectl") && !inOrder(script(st.Do), "kubectl --namespace '<NAMESPACE>' rollout status", map[string]string{"helm": "replicaCount: 3", "kubernetes": "replicas: 3"}[h]) {
			t.Errorf("%s: nobody waits, or the next apply takes the instances away\n%s", h, script(st.Do))
		}
		if !strings.Contains(script(st.Do), command[0]) || !strings.Contains(script(st.Undo), command[1]) {
			t.Errorf("%s:\n%s\nundo:\n%s", h, script(st.Do), script(st.Undo))
		}
		st = plan(t, build("4.6.1").hosting(h).product(ad, 3, 0, node{state: on}).connectors("2.0"), Options{Off: true}).Step("scale-in")
		if !strings.Contains(script(st.Do), command[1]) || !strings.Contains(script(st.Undo), command[0]) || !strings.HasPrefix(st.Undo[0].Manual, "As long as") {
			t.Errorf("%s:\n%s\nundo:\n%s", h, script(st.Do), script(st.Undo))
		}
	}
}

// TestOldTerraformModules: modules older than 4.5.4 set Auto Scale in part of
// the products.
func TestOldTerraformModules(t *testing.T) {
	for version, want := range map[string]bool{"4.5.2": true, "4.5.3": true, "4.5.4": false, "4.6.1": false} {
		st := plan(t, build(version).hosting("azure-terraform").product(ad, 1, 0, node{state: off}), Options{}).Step("configure/app-designer")
		if strings.Contains(strings.Join(st.Notes, ""), "modules of 4.5.4 or later") != want {
			t.Errorf("%s: %q", version, st.Notes)
		}
	}
}
