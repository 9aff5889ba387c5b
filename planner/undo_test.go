package planner

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/lint"
)

// TestUndoReachesTheFile: where the hosting sets what a file says as well, both
// are taken back: xmlint reads the file.
func TestUndoReachesTheFile(t *testing.T) {
	for _, h := range []string{"compose", "helm", "kubernetes", "docker", "azure-terraform", "azure-arm"} {
		for _, back := range []bool{false, true} {
			state, want := off, "set xmpro:autoScale:enabled to false, so that"
			if back {
				state, want = on, "xmpro:autoScale:enabled to true"
			}
			st := plan(t, build("4.6.1").hosting(h).product(ad, 1, 0, node{state: state}), Options{Off: back}).Step("configure/app-designer")
			if undo := script(st.Undo); strings.Contains(script(st.Do), "so that the file says what runs") && !strings.Contains(undo, want) {
				t.Errorf("%s, back %v\n%s", h, back, undo)
			}
		}
	}
}

// TestUndoOfACorrection: a product that used Redis before does so after the undo.
func TestUndoOfACorrection(t *testing.T) {
	faulty := []lint.Finding{{Rule: &lint.Rule{ID: "XM3004", Severity: lint.Warning}, Severity: lint.Warning, Step: "configure/app-designer", Root: "acme"}}
	for _, h := range []string{"iis", "compose", "helm", "azure-arm", "azure-terraform"} {
		p, err := Build(build("4.6.1").hosting(h).product(ad, 2, 0, node{state: on}).d, faulty, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if undo := script(p.Step("configure/app-designer").Undo); !strings.Contains(undo, "of before") || strings.Contains(undo, "false") || strings.Contains(undo, "back to one") {
			t.Errorf("%s\n%s", h, undo)
		}
	}
}

// TestUndoOfKeys: only what was kept is put back.
func TestUndoOfKeys(t *testing.T) {
	if undo := script(plan(t, build("4.6.1").hosting("helm").product(ad, 2, 0, node{state: off}), Options{}).Step("share-keys").Undo); strings.Contains(undo, "files") || !strings.Contains(undo, "Data Protection") {
		t.Error(undo)
	}
	if undo := script(plan(t, build("4.6.1").hosting("iis").product(sm, 2, 0, node{state: off}), Options{}).Step("share-keys").Undo); !strings.Contains(undo, "kept files of Subscription Manager") || strings.Contains(undo, "Data Protection") {
		t.Error(undo)
	}
}
