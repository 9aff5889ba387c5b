package planner

import (
	"fmt"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// TestDone checks what done: in the manifest means, and that a file wins.
func TestDone(t *testing.T) {
	status := func(b *made, opts Options) map[string]Status {
		p, err := Build(b.d, nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]Status{}
		for _, s := range p.Steps {
			all[s.ID] = s.Status
		}
		return all
	}
	for _, c := range []struct {
		name string
		made *made
		opts Options
		id   string
		want Status
	}{
		{"listed", build("4.6.1").three(off).done("backup"), Options{}, "backup", StepDone},
		{"the file says off", build("4.6.1").three(off).done("configure/app-designer"), Options{}, "configure/app-designer", StepTodo},
		{"the version says old", build("4.2.3").three(off).done("upgrade-xmpro"), Options{}, "upgrade-xmpro", StepTodo},
		{"no version says it", build("").three(off).done("upgrade-xmpro"), Options{}, "upgrade-xmpro", StepDone},
		{"an upgrade is to be checked", build("4.6.1").three(on).done("upgrade-xmpro"), Options{}, "verify/upgrade", StepTodo},
		{"and stays to be captured", build("4.6.1").three(on).done("upgrade-xmpro"), Options{}, "capture", StepTodo},
		{"a decrypted file is to be encrypted", build("4.6.1").three(on).done("decrypt/subscription-manager"), Options{}, "encrypt/subscription-manager", StepTodo},
		{"a plain file is not encrypted", build("4.6.1").three(on).done("encrypt/subscription-manager"), Options{}, "encrypt/subscription-manager", StepTodo},
		{"an encrypted file is not decrypted", build("4.6.1").product(sm, 1, 0, node{sealed: true}).done("decrypt/subscription-manager"), Options{}, "decrypt/subscription-manager", StepTodo},
		{"an encrypted file was configured", build("4.6.1").product(sm, 1, 0, node{sealed: true}).done("configure/subscription-manager"), Options{}, "encrypt/subscription-manager", StepDone},
		{"an opened file is off", build("4.6.1").product(sm, 1, 0, node{sealed: true, opened: true, state: off}).done("configure/subscription-manager"), Options{}, "configure/subscription-manager", StepTodo},
		{"an opened file is on", build("4.6.1").product(sm, 1, 0, node{sealed: true, opened: true, state: on}), Options{}, "decrypt/subscription-manager", StepDone},
		{"a vault cannot be seen", build("4.6.1").product(ad, 1, 0, node{state: deployment.StateUnknown, reason: deployment.ReasonKeyVault}).done("configure/app-designer"), Options{}, "configure/app-designer", StepDone},
		{"a step of the product stands for its nodes", build("4.6.1").product(ad, 0, 0, node{name: "n1", state: on}).done("verify/app-designer"), Options{}, "verify/app-designer@n1", StepDone},
		{"an upgrade voids checks", build("4.2.3").three(on).done("verify/app-designer"), Options{}, "verify/app-designer", StepTodo},
		{"the connector says old", build("4.6.1").three(on).connectors("1.07").done("upgrade-connector"), Options{}, "upgrade-connector", StepTodo},
		{"the way there does not count on the way back", build("4.6.1").three(on).done("backup"), Options{Off: true}, "backup", StepTodo},
		{"nor before its decision", build("4.6.1").three(on).done("backup", wayBack), Options{Off: true}, "backup", StepTodo},
		{"what comes after it does", build("4.6.1").three(on).done(wayBack, "backup"), Options{Off: true}, "backup", StepDone},
	} {
		if got := status(c.made, c.opts)[c.id]; got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.name, c.id, got, c.want)
		}
	}
	for _, id := range []string{"backup", "verify/redis", "verify/backplane"} {
		if _, there := status(build("4.6.1").three(on), Options{})[id]; there {
			t.Errorf("%s is in a plan with nothing left", id)
		}
		if got := status(build("4.6.1").three(on).done("provision-redis"), Options{})[id]; got != StepTodo {
			t.Errorf("%s is %q though the manifest lists a step", id, got)
		}
	}
	if _, there := status(build("4.6.1").three(on).app("Pump Health", "1.07", "false"), Options{})["upgrade-app/pump-health"]; there {
		t.Error("an App that is not upgraded has a step")
	}
}

// Two nodes that the manifest says stand still do not wait for each other; a
// third that runs waits for both.
func TestNodesThatStandStill(t *testing.T) {
	nodes := []node{{name: "n1", state: deployment.StateOff}, {name: "n2", state: deployment.StateOff}, {name: "n3", sealed: true}}
	p := plan(t, build("4.6.1").product(schema.SubscriptionManager, 0, 0, nodes...).done("decrypt/subscription-manager@n1", "decrypt/subscription-manager@n2"), Options{})
	for id, want := range map[string]string{
		"configure/subscription-manager@n1": "[backup verify/redis]",
		"configure/subscription-manager@n2": "[backup verify/redis]",
		"decrypt/subscription-manager@n3":   "[encrypt/subscription-manager@n1 encrypt/subscription-manager@n2]",
	} {
		if got := fmt.Sprint(p.Step(id).Requires); got != want {
			t.Errorf("%s comes after %s, want %s", id, got, want)
		}
	}
}
