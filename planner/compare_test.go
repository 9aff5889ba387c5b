package planner

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func plan(t *testing.T, b *made, opts Options) *Plan {
	t.Helper()
	p, err := Build(b.d, nil, opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// saved is a plan as it comes back from JSON.
func saved(t *testing.T, p *Plan) *Plan {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	back := new(Plan)
	if err := json.Unmarshal(text, back); err != nil {
		t.Fatal(err)
	}
	return back
}

// changesOf are the changes of steps in short.
func changesOf(c *Changes) string {
	var all []string
	for _, s := range c.Steps {
		text := string(s.Change) + " " + s.ID
		for _, d := range s.Differences {
			text += " " + d.Field
		}
		all = append(all, text)
	}
	for _, d := range c.Other {
		all = append(all, "other "+d.Field)
	}
	return strings.Join(all, "\n")
}

func TestSince(t *testing.T) {
	for _, c := range []struct {
		name    string
		was, is *made
		want    string
	}{
		{"nothing", build("4.2.3").three(off), build("4.2.3").three(off), ""},
		{"a step done", build("4.6.1").three(off), build("4.6.1").three(off).done("backup"), "done backup"},
		{"a step undone", build("4.6.1").three(off).done("backup"), build("4.6.1").three(off), "reopened backup"},
		{"an App more", build("4.6.1").three(on).connectors("2.0"), build("4.6.1").three(on).connectors("2.0").app("Tanks", "1.07", "true"),
			"added upgrade-app/tanks\nother state\nother unknown\nother decisions"},
		{"an App less", build("4.6.1").three(off).connectors("2.0").app("Tanks", "1.07", "true"), build("4.6.1").three(off).connectors("2.0").app("Tanks", "1.07", "false"),
			"removed upgrade-app/tanks\nother decisions"},
		{"another hosting", build("4.6.1").hosting("iis").product(ad, 1, 0, node{state: on}).app("Tanks", "2.0", "true").connectors("2.0").sticky(false),
			build("4.6.1").hosting("azure-arm").product(ad, 1, 0, node{state: on}).app("Tanks", "2.0", "true").connectors("2.0").sticky(false), ""},
		{"a version that nobody knows any more", build("4.2.3").product(ad, 1, 0, node{state: off}).connectors("2.0").app("Tanks", "2.0", "true"),
			build("latest").product(ad, 1, 0, node{state: off}).connectors("2.0").app("Tanks", "2.0", "true"),
			"blocked upgrade-xmpro title waits_for\nchanged verify/upgrade do\nother state\nother unknown\nother decisions"},
		{"a version that is known now", build("latest").product(ad, 1, 0, node{state: off}).connectors("2.0").app("Tanks", "2.0", "true"),
			build("4.2.3").product(ad, 1, 0, node{state: off}).connectors("2.0").app("Tanks", "2.0", "true"),
			"unblocked upgrade-xmpro title waits_for\nchanged verify/upgrade do\nother state\nother unknown\nother decisions"},
	} {
		t.Run(c.name, func(t *testing.T) {
			older, p := saved(t, plan(t, c.was, Options{})), plan(t, c.is, Options{})
			p.Since(older)
			if got := changesOf(p.Changes); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if p.Changes.IsEmpty() != (c.want == "") {
				t.Errorf("empty: %v", p.Changes.IsEmpty())
			}
			if n := len(p.Changes.Steps) + p.Changes.Same; n < len(p.Steps) {
				t.Errorf("%d changed or same of %d steps", n, len(p.Steps))
			}
		})
	}
}

// TestSinceText tells what changed in a step that is left.
func TestSinceText(t *testing.T) {
	older := saved(t, plan(t, build("4.6.1").hosting("iis").three(off), Options{}))
	p := plan(t, build("4.6.1").hosting("compose").three(off), Options{})
	p.Since(older)
	at := slices.IndexFunc(p.Changes.Steps, func(c StepChange) bool { return c.ID == "configure/app-designer" })
	if at < 0 {
		t.Fatalf("the step did not change: %s", changesOf(p.Changes))
	}
	for _, d := range p.Changes.Steps[at].Differences {
		if d.Field == "do" && slices.ContainsFunc(d.Removed, func(s string) bool {
			return strings.HasPrefix(s, "powershell, elevated: $pool") && strings.Contains(s, "Restart-WebAppPool")
		}) &&
			slices.ContainsFunc(d.Added, func(s string) bool { return strings.HasPrefix(s, "sh: docker compose up") }) {
			return
		}
	}
	t.Errorf("the commands do not differ: %+v", p.Changes.Steps[at].Differences)
}

// TestCompare finds the deployments again, also in another folder.
func TestCompare(t *testing.T) {
	at := func(name, root string) *Plan {
		b := build("4.6.1").three(on)
		b.d.Name, b.d.Root = name, root
		return plan(t, b, Options{})
	}
	older := []*Plan{at("acme", "acme"), at("contoso", "old/contoso"), at("test", "a/test"), at("test", "b/test"), at("gone", "gone")}
	now := []*Plan{at("acme", "acme"), at("contoso", "contoso"), at("test", "b/test"), at("test", "c/test"), at("new", "new")}
	var got []string
	for _, p := range Compare(older, now) {
		got = append(got, p.Root+" "+string(p.Changes.Deployment))
	}
	want := []string{"acme kept", "contoso kept", "b/test kept", "c/test kept", "new added", "gone gone"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	back := plan(t, build("4.6.1").three(on), Options{Off: true})
	if all := Compare([]*Plan{back}, []*Plan{at("acme", "acme")}); len(all) != 2 || all[0].Changes.Deployment != Added || all[1].Changes.Deployment != Gone {
		t.Errorf("the way back was compared with the way there")
	}
}

// TestProgress tells what can be taken now, and what stands in the way.
func TestProgress(t *testing.T) {
	p := plan(t, build("latest").product(ad, 1, 0, node{state: off}).connectors("2.0").done("provision-redis"), Options{Progress: true}).Progress
	if want := []string{"capture", "backup", "verify/redis"}; !slices.Equal(p.Next, want) {
		t.Errorf("next is %q, want %q", p.Next, want)
	}
	if p.Done != 2 || p.Blocked != 1 || p.Left != 8 {
		t.Errorf("%d done, %d blocked, %d left", p.Done, p.Blocked, p.Left)
	}
	for _, s := range p.Steps {
		if (s.Status == StepDone) != (len(s.Evidence) > 0) {
			t.Errorf("%s is %s, evidence %q", s.ID, s.Status, s.Evidence)
		}
		blocked := s.ID == "upgrade-xmpro" || s.ID == "verify/upgrade" || s.ID == "configure/app-designer" || s.ID == "verify/app-designer" || s.ID == "verify/backplane"
		if blocked != (len(s.BlockedBy) == 1 && s.BlockedBy[0].Step == "upgrade-xmpro") {
			t.Errorf("%s is blocked by %+v", s.ID, s.BlockedBy)
		}
	}
	if plan(t, build("4.6.1").three(on), Options{}).Progress != nil {
		t.Error("progress that nobody asked for")
	}
}

// TestExplain asks for the invariants.
func TestExplain(t *testing.T) {
	for _, off := range []bool{false, true} {
		p := plan(t, build("4.6.1").three(on), Options{Explain: true, Off: off})
		if len(p.Explained) < 8 || len(p.Explained) != len(p.Invariants()) {
			t.Errorf("%d invariants", len(p.Explained))
		}
	}
}
