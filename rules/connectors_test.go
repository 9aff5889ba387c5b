package rules

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/lint"
)

func connectors(list string) string {
	return manifest("version: 4.3.6\nconnectors: {data-streams: ["+list+"]}") + ad(on)
}

func TestConnectorTooOld(t *testing.T) {
	check(t, "XM5001", []oneCase{
		{"old", connectors(`"1.07"`), "warning 2 \"1.07\""},
		{"the newest of two", connectors(`"1.38", "1.2"`), "warning 2 \"1.38\""},
		{"decimals, not lists of numbers", connectors(`"1.99"`), "warning 2 \"1.99\""},
		{"new", connectors(`"1.07", "2.0"`), ""},
		{"new in another spelling", connectors(`"v2.00"`), ""},
		{"unknown is not old", connectors(`"latest"`), ""},
		{"old and unknown", connectors(`"1.07", "latest"`), ""},
		{"none listed", connectors(""), ""},
		{"nothing says", ad(on), ""},
	})
}

func TestConnectorVersionUnknown(t *testing.T) {
	check(t, "XM5002", []oneCase{
		{"on", manifest("version: 4.3.6") + ad(on), "info 1"},
		{"on, no manifest", ad(on), "info 1"},
		{"off", manifest("version: 4.3.6") + ad(off), ""},
		{"planned by redis", manifest("redis: {service: self-hosted}") + ad(off), "info 1"},
		{"planned by an App", manifest(`apps: [{name: a, connector: "1.07", upgrade: true}]`) + ad(off), "info 1"},
		{"not planned by an App", manifest(`apps: [{name: a, connector: "1.07", upgrade: false}]`) + ad(off), ""},
		{"known", connectors(`"1.07"`), ""},
		{"not a version", connectors(`latest`), "info 2 latest"},
		{"an App uses a new one", manifest(`apps: [{name: a, connector: "2.01"}]`) + ad(on), ""},
		{"no App Designer", product("DS", on), ""},
	})
}

func TestOldConnectorNeeded(t *testing.T) {
	with := func(version, list string) string {
		return manifest("version: "+version+"\nconnectors: {data-streams: ["+list+"]}") + ad(on)
	}
	check(t, "XM5005", []oneCase{
		{"missing", with("4.3.1", `"2.0"`), `warning 2 "2.0"`},
		{"a build of 4.3.1", with("4.3.1.12", `"2.0"`), `warning 2 "2.0"`},
		{"there", with("4.3.1", `"1.07", "2.0"`), ""},
		{"in another spelling", with("4.3.1", `"v1.070"`), ""},
		{"4.3.2 mends it", with("4.3.2", `"2.0"`), ""},
		{"connectors unknown", with("4.3.1", `latest`), ""},
		{"none listed", with("4.3.1", ""), ""},
		{"version unknown", with("4.3", `"2.0"`), ""},
	})
}

func apps(list ...string) string {
	return manifest("version: 4.3.6\nproducts:\n  app-designer: {path: AppDesigner, instances: 1, target_instances: 1}\napps:\n  - {"+strings.Join(list, "}\n  - {")+"}") + ad(on)
}

func TestCacheLoss(t *testing.T) {
	check(t, "XM5003", []oneCase{
		{"to be upgraded", apps(`name: Pump, connector: "1.07", upgrade: true`), `warning 5 "1.07"`},
		{"accepted", apps(`name: Pump, connector: "1.07", upgrade: true, cache_loss: accepted`), `info 5 "1.07"`},
		{"stays", apps(`name: Pump, connector: "1.07", upgrade: false`), ""},
		{"undecided", apps(`name: Pump, connector: "1.07"`), ""},
		{"upgraded", apps(`name: Pump, connector: "2.0", upgrade: true`), ""},
		{"its connector is unknown", apps(`name: Pump, connector: latest, upgrade: true`), `warning 5 latest`},
		{"its connector is not said", apps(`name: Pump, upgrade: true`), `warning 5 Pump`},
		{"its connector is not said, and it stays", apps(`name: Pump, upgrade: false`), ""},
		{"unknown and accepted", apps(`name: Pump, connector: "4,3", upgrade: true, cache_loss: accepted`), `info 5 "4,3"`},
		{"done", strings.Replace(apps(`name: Pump Health, connector: "1.07", upgrade: true`), "apps:", "done: [{step: upgrade-app/pump-health}]\napps:", 1), ""},
	})
	f := findings(t, apps(`name: Shift Log, connector: "1.07", upgrade: false`, `name: Pump Health, connector: "1.07", upgrade: true`), Find("XM5003"))[0]
	if f.Step != "upgrade-app/pump-health" || f.Product != "app-designer" || len(f.Related) != 1 {
		t.Errorf("%+v", f)
	}
}

func TestAppOnOldConnector(t *testing.T) {
	check(t, "XM5004", []oneCase{
		{"stays", apps(`name: Log, connector: "1.07", upgrade: false`), `info 5 "1.07"`},
		{"undecided", apps(`name: Log, connector: "1.07"`), `info 5 "1.07"`},
		{"no boolean is XM0006", apps(`name: Log, connector: "1.07", upgrade: yes`), ""},
		{"to be upgraded", apps(`name: Log, connector: "1.07", upgrade: true`), ""},
		{"new", apps(`name: Log, connector: "2.0", upgrade: false`), ""},
		{"unknown", apps(`name: Log, upgrade: false`), ""},
	})
}

func TestOldConnectorScaledOut(t *testing.T) {
	with := func(instances, target string) string {
		a := apps(`name: Log, connector: "1.07", upgrade: false`, `name: Pump, connector: "1.07", upgrade: true`, `name: New, connector: "2.01"`)
		return strings.Replace(a, "instances: 1, target_instances: 1", "instances: "+instances+", target_instances: "+target, 1)
	}
	check(t, "XM5006", []oneCase{
		{"one", with("1", "1"), ""},
		{"two", with("2", "2"), "warning 5 \"1.07\"\nwarning 6 \"1.07\""},
		{"two wanted", with("1", "2"), "warning 5 \"1.07\"\nwarning 6 \"1.07\""},
	})
	var steps []string
	for _, f := range findings(t, with("2", "2"), Find("XM5006")) {
		steps = append(steps, f.Step)
	}
	if got := strings.Join(steps, ","); got != ",upgrade-app/pump" {
		t.Errorf("steps %q", got)
	}
	if f := findings(t, with("2", "2"), []*lint.Rule{Find("XM5006")}...); len(f) != 2 {
		t.Errorf("%d findings", len(f))
	}
}
