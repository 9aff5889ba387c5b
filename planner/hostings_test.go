package planner

import (
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// upgradeOf is the plan of an upgrade from a release to another.
func upgradeOf(t *testing.T, h, from, to string) *Plan {
	t.Helper()
	return plan(t, build(from).hosting(h).three(off).connectors("2.0"), Options{To: to})
}

// TestDatabases: a backup is written where the SQL server can write, and the
// upgrade's undo has the commands that put it back, databases before files.
func TestDatabases(t *testing.T) {
	for h, want := range map[string][2]string{
		"iis":       {`N'<SQL_BACKUP_FOLDER>\app-designer.bak'`, "RESTORE DATABASE @database FROM DISK"},
		"compose":   {`N'<SQL_BACKUP_FOLDER>/app-designer.bak'`, "RESTORE DATABASE @database FROM DISK"},
		"azure-arm": {"az sql db copy", "az sql db rename"},
	} {
		p := upgradeOf(t, h, "4.2.3", "")
		if do := script(p.Step("backup").Do); !strings.Contains(do, want[0]) {
			t.Errorf("%s: backup\n%s", h, do)
		}
		undo := script(p.Step("upgrade-xmpro").Undo)
		if strings.Count(undo, want[1]) < len(databases) {
			t.Errorf("%s: no restore of all databases\n%s", h, undo)
		}
		if h != "azure-arm" && !inOrder(undo, "RESTORE DATABASE", "$from = Join-Path '<BACKUP_FOLDER>' 'subscription-manager'\n$to = '<SUBSCRIPTION_MANAGER_FOLDER>'") {
			t.Errorf("%s: files are not put back\n%s", h, undo)
		}
	}
	for shell, runs := range commands(everyShape(t)) {
		for _, run := range runs {
			if shell == SQL && strings.Contains(run, "N'<BACKUP_FOLDER>") {
				t.Errorf("the SQL server is to write into the folder of the files\n%s", run)
			}
		}
	}
}

// TestBackupIsSeen: what only administrators can read is looked at by one.
func TestBackupIsSeen(t *testing.T) {
	for _, h := range append(schema.Hostings(), "") {
		st := upgradeOf(t, h, "4.2.3", "").Step("backup")
		for _, a := range st.Verify {
			if a.Shell == PowerShell && !a.Elevated {
				t.Errorf("%s: %q is not elevated", h, a.Run)
			}
		}
		for _, a := range st.Verify {
			if strings.Contains(a.Run, "Get-FileHash") && !strings.Contains(a.Expect, "an empty file") {
				t.Errorf("%s: an empty file looks like a saved one: %q", h, a.Expect)
			}
		}
		if st.Verify[0].Run == "" {
			t.Errorf("%s: no command looks at the backup", h)
		}
	}
}

// TestFromARMToTerraform: the old web apps stay stopped.
func TestFromARMToTerraform(t *testing.T) {
	st := upgradeOf(t, "azure-arm", "4.2.3", "4.6.1").Step("upgrade-xmpro")
	if do := script(st.Do); strings.Contains(do, "az webapp start") || !strings.Contains(do, "Leave the old ones stopped") || !strings.Contains(strings.Join(st.Notes, ""), "hosting: azure-terraform") {
		t.Errorf("%s\n%q", do, st.Notes)
	}
	if do := script(upgradeOf(t, "azure-arm", "4.2.3", "4.4.19").Step("upgrade-xmpro").Do); !strings.Contains(do, "az webapp start") {
		t.Error(do)
	}
}

// TestHelmStartsWhatItStopped: with no replicas in the values the next helm
// upgrade, which sets Auto Scale, would stop the products again.
func TestHelmStartsWhatItStopped(t *testing.T) {
	do := script(upgradeOf(t, "helm", "4.2.3", "").Step("upgrade-xmpro").Do)
	if !inOrder(do, "replicaCount 0", "helm upgrade", "'<SUBSCRIPTION_MANAGER_POOL>'", "Start-WebAppPool", "replicaCount of ad, ds, ai and sh back", "helm upgrade") {
		t.Error(do)
	}
}

// TestSecretsAreCompared: values in key vaults have hashes too.
func TestSecretsAreCompared(t *testing.T) {
	for h, want := range map[string]int{"azure-arm": 3, "azure": 3, "azure-terraform": 1} {
		p := upgradeOf(t, h, "4.2.3", "4.4.19")
		for _, id := range []string{"capture", "verify/upgrade"} {
			if do := script(p.Step(id).Do); strings.Count(do, "sha256sum") != want || !strings.Contains(do, "'SALT'") {
				t.Errorf("%s: %s\n%s", h, id, do)
			}
		}
	}
}

// TestContainersKeepTheirEnvironment: a variable is expanded by compose alone.
func TestContainersKeepTheirEnvironment(t *testing.T) {
	for _, h := range []string{"docker", "kubernetes", "helm", "compose"} {
		st := plan(t, build("4.6.1").hosting(h).product(ad, 1, 0, node{state: off}), Options{}).Step("configure/app-designer")
		if strings.Contains(script(st.Do), "${") != (h == "compose") {
			t.Errorf("%s: %s", h, script(st.Do))
		}
	}
}

// TestTerraformRestarts: an apply changes secrets of Subscription Manager,
// which it reads when it starts, and settings of the others, which restart.
func TestTerraformRestarts(t *testing.T) {
	for _, back := range []bool{false, true} {
		state := off
		if back {
			state = on
		}
		p := plan(t, build("4.6.1").hosting("azure-terraform").three(state), Options{Off: back})
		for id, want := range map[string]bool{"configure/app-designer": false, "configure/subscription-manager": true} {
			st := p.Step(id)
			if do, undo := script(st.Do), script(st.Undo); strings.Contains(do, "az webapp restart") != want || strings.Contains(undo, "az webapp restart") != want {
				t.Errorf("back %v, %s:\n%s\n%s", back, id, do, undo)
			}
		}
	}
	for _, run := range commands(everyShape(t))[Sh] {
		if strings.Contains(run, "terraform plan") && strings.Contains(run, "terraform apply") {
			t.Errorf("nobody reads the plan before it is applied\n%s", run)
		}
	}
}

// TestRedisPassword: where redis-cli is run, the step says where it takes the
// password from.
func TestRedisPassword(t *testing.T) {
	for _, p := range everyShape(t) {
		for _, st := range p.Steps {
			if strings.Contains(script(st.Do)+script(st.Verify), "redis-cli") && !strings.Contains(strings.Join(st.Notes, ""), "REDISCLI_AUTH") {
				t.Fatalf("%s does not say so", st.ID)
			}
		}
	}
}

// TestTwoRedis: an answer to the plan's question changes the plan.
func TestTwoRedis(t *testing.T) {
	for _, answer := range []string{"yes", "no"} {
		b := build("4.6.1").three(off)
		b.decide("redis-per-product", answer)
		p := plan(t, b, Options{})
		if do := script(p.Step("provision-redis").Do); strings.Contains(do, "Set up two") != (answer == "yes") {
			t.Errorf("%s: %s", answer, do)
		}
		if notes := strings.Join(p.Step("verify/redis").Notes, ""); strings.Contains(notes, "ask both Redis") != (answer == "yes") {
			t.Errorf("%s: %s", answer, notes)
		}
	}
}

// TestNamesToPutIn: what a person puts in is marked alike everywhere.
func TestNamesToPutIn(t *testing.T) {
	for _, p := range everyShape(t) {
		for _, a := range actions(p) {
			for _, bad := range []string{"HOST:PORT", "--key FILE"} {
				if strings.Contains(a.Manual, bad) {
					t.Fatalf("%q in %q", bad, a.Manual)
				}
			}
		}
	}
}

// TestBackupBesideTheFiles: the installer's answers and a Stream Host's
// variables are no configuration that is read, and still wanted.
func TestBackupBesideTheFiles(t *testing.T) {
	for h, want := range map[string]bool{"windows-installer": true, "iis": false} {
		p := plan(t, build("4.6.1").hosting(h).product(ad, 1, 0, node{state: off}).product(schema.StreamHost, 1, 0, node{}), Options{})
		do := script(p.Step("backup").Do)
		if strings.Contains(do, `C:\XMPro\*.json`) != want || !strings.Contains(do, "Variables.xv") {
			t.Errorf("%s:\n%s", h, do)
		}
	}
	if do := script(upgradeOf(t, "windows-installer", "4.5.4", "4.6.1").Step("upgrade-xmpro").Do); !strings.Contains(do, `first copy C:\XMPro\*.json`) {
		t.Error(do)
	}
}

// TestEscapes: a password with signs that a file takes for its own.
func TestEscapes(t *testing.T) {
	if do := script(plan(t, build("4.6.1").hosting("compose").three(off), Options{}).Step("configure/app-designer").Do); !strings.Contains(do, "in single quotes") {
		t.Error(do)
	}
	if do := script(plan(t, build("4.6.1").hosting("iis").three(off), Options{}).Step("configure/subscription-manager").Do); !strings.Contains(do, "&quot;") {
		t.Error(do)
	}
}

// TestPodsKeepTheirRelease: to set Auto Scale takes neither a newer chart nor a
// newer image, and nothing is asked of the chart that it cannot do.
func TestPodsKeepTheirRelease(t *testing.T) {
	for _, run := range commands(everyShape(t))[Sh] {
		if strings.Contains(run, "helm upgrade") && !strings.Contains(run, " --version '<HELM_CHART_VERSION>' ") {
			t.Errorf("takes the newest chart\n%s", run)
		}
	}
	for _, h := range []string{"helm", "kubernetes"} {
		p := plan(t, build("4.6.1").hosting(h).product(ad, 1, 2, node{state: off}).product(sm, 1, 0, node{state: off}), Options{})
		for id, want := range map[string]bool{"configure/app-designer": true, "scale-out": true, "configure/subscription-manager": false} {
			if slices.Contains(p.Step(id).Notes, noteTag) != want {
				t.Errorf("%s: %s: %q", h, id, p.Step(id).Notes)
			}
		}
		if do := script(p.Step("configure/app-designer").Do); strings.Contains(do, "from a secret") != (h == "kubernetes") {
			t.Errorf("%s: the chart reads no secret\n%s", h, do)
		}
	}
}

// TestComposeKeepsItsInstances: docker compose up brings back the number of
// containers that the file says, starts what a service depends on, and cannot
// give one port to two containers.
func TestComposeKeepsItsInstances(t *testing.T) {
	for _, run := range commands(everyShape(t))[Sh] {
		if strings.HasPrefix(run, "docker compose up") && run != "docker compose up --detach" && !strings.Contains(run, " --no-deps ") {
			t.Errorf("starts what the service depends on\n%s", run)
		}
	}
	p := plan(t, build("4.2.3").hosting("compose").product(ad, 2, 3, node{state: off}), Options{})
	if do := script(p.Step("scale-out").Do); !inOrder(do, "deploy: {replicas: 3}", "publish none for the service", "--scale 'ad=3' 'ad'") {
		t.Errorf("scale-out\n%s", do)
	}
	if undo := script(p.Step("scale-out").Undo); !inOrder(undo, "deploy: {replicas: 2}", "--scale 'ad=2' 'ad'") {
		t.Errorf("scale-out\n%s", undo)
	}
	if undo := script(p.Step("backup").Undo); !strings.Contains(undo, "docker compose start 'ad'") || strings.Contains(undo, "docker compose up") {
		t.Errorf("backup\n%s", undo)
	}
	if do := script(p.Step("backup").Do); strings.Contains(do, "each of the 2 instances") {
		t.Errorf("backup: stop stops all containers of a service\n%s", do)
	}
	for _, id := range []string{"upgrade-xmpro", "configure/app-designer"} {
		if do := script(p.Step(id).Do); !inOrder(do, "deploy: {replicas: 2}", "docker compose up --detach") {
			t.Errorf("%s\n%s", id, do)
		}
	}
}

// TestUndoOfUpgrade stops everything before a database is put back, and starts
// the old release at the end: nobody has to think at that moment.
func TestUndoOfUpgrade(t *testing.T) {
	for h, want := range map[string][]string{
		"iis":             {"Stop-WebAppPool", "RESTORE DATABASE", "Install the old release", "$from = Join-Path '<BACKUP_FOLDER>'", "Start-WebAppPool"},
		"compose":         {"docker compose stop 'ad'", "RESTORE DATABASE", "$from = Join-Path '<BACKUP_FOLDER>'", "Start-WebAppPool", "REGISTRY_VERSION back", "docker compose up --detach"},
		"helm":            {"--replicas=0", "RESTORE DATABASE", "Start-WebAppPool", "helm rollback"},
		"kubernetes":      {"--replicas=0", "RESTORE DATABASE", "images of the old release", "--replicas='<INSTANCES>'"},
		"azure-terraform": {"az webapp stop", "az sql db rename", "set imageversion and sm_zip_version back", "terraform apply", "az webapp start"},
		"azure-arm":       {"az webapp stop", "az sql db rename", "Deploy the old release again", "az webapp start"},
	} {
		if undo := script(upgradeOf(t, h, "4.2.3", "4.4.19").Step("upgrade-xmpro").Undo); !inOrder(undo, want...) {
			t.Errorf("%s\n%s", h, undo)
		}
	}
	if undo := script(upgradeOf(t, "azure-arm", "4.2.3", "4.6.1").Step("upgrade-xmpro").Undo); !inOrder(undo, "Stop the web apps that Terraform made", "az sql db rename", "az webapp start") || strings.Contains(undo, "az webapp stop") {
		t.Error(undo)
	}
}

// TestSlots: a plan for web apps says which slot its commands are for.
func TestSlots(t *testing.T) {
	for _, h := range append(schema.Hostings(), "") {
		about := strings.Contains(strings.Join(plan(t, build("4.6.1").hosting(h).three(off), Options{}).Notes, ""), "add --slot")
		if about != strings.HasPrefix(h, "azure") {
			t.Errorf("%s: %v", h, about)
		}
	}
}
