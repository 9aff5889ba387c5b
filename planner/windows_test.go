package planner

import (
	"slices"
	"strings"
	"testing"
)

// script is what a list of actions has a person run and do, in order.
func script(actions []Action) string {
	var b strings.Builder
	for _, a := range actions {
		b.WriteString(a.Run + a.Manual + "\n")
	}
	return b.String()
}

// inOrder reports whether a text holds some parts one after the other.
func inOrder(text string, parts ...string) bool {
	for _, part := range parts {
		_, rest, ok := strings.Cut(text, part)
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// TestPools: waiting for a pool that is not there ends, a pool that has stopped
// already is no error, and one that IIS has stopped is started.
func TestPools(t *testing.T) {
	for _, run := range commands(everyShape(t))[PowerShell] {
		if strings.Contains(run, "Get-WebAppPoolState") && strings.Count(run, "Get-WebAppPoolState") != strings.Count(run, "-ErrorAction Stop).Value") {
			t.Errorf("a pool that is not there does not stop\n%s", run)
		}
		if strings.Contains(run, "Stop-WebAppPool") && !strings.Contains(run, "-eq 'Started') { Stop-WebAppPool") {
			t.Errorf("stops what may be stopped\n%s", run)
		}
		if strings.Contains(run, "Start-WebAppPool") && !strings.Contains(run, "-ne 'Started') { Start-WebAppPool") && !strings.Contains(run, "-eq 'Stopped') { Start-WebAppPool") {
			t.Errorf("starts what an installer may have started\n%s", run)
		}
		if strings.Contains(run, "Restart-WebAppPool") && !strings.Contains(run, "-eq 'Stopped') { Start-WebAppPool -Name $pool } else { Restart-WebAppPool") {
			t.Errorf("restarts what may be stopped\n%s", run)
		}
	}
}

// TestPoolsComeBack: what an upgrade installs may restart IIS, and IIS starts all
// its pools then.
func TestPoolsComeBack(t *testing.T) {
	for h, want := range map[string]bool{"iis": true, "compose": true, "azure-arm": false} {
		if notes := strings.Join(upgradeOf(t, h, "4.2.3", "").Step("backup").Notes, ""); strings.Contains(notes, "IIS starts its pools again") != want {
			t.Errorf("%s: %s", h, notes)
		}
	}
}

// TestNothingPrintsTheString: no command shows the line of web.config that
// holds the connection string.
func TestNothingPrintsTheString(t *testing.T) {
	for shell, runs := range commands(everyShape(t)) {
		for _, run := range runs {
			for line := range strings.Lines(run) {
				if strings.Contains(line, ".connectionString") && !strings.Contains(line, "(& $hash (") || strings.Contains(line, "Select-String") && !strings.Contains(line, "-Quiet") {
					t.Errorf("%s: prints the line\n%s", shell, run)
				}
			}
		}
	}
}

// TestSeesWhatIsEncrypted: the checks ask the section itself, and not whether
// the word autoScale is to be seen, which a section in plain text may lack.
func TestSeesWhatIsEncrypted(t *testing.T) {
	p := plan(t, build("4.6.1").hosting("iis").product(sm, 1, 0, node{sealed: true}), Options{})
	for id, expect := range map[string]string{"decrypt/subscription-manager": "nothing behind the colon", "encrypt/subscription-manager": "behind each colon the provider"} {
		st := p.Step(id)
		all := slices.Concat(st.Do, st.Verify)
		sees := func(a Action) bool { return strings.Contains(a.Run, "configProtectionProvider") }
		check := all[slices.IndexFunc(all, sees)]
		if !inOrder(check.Run, "$ErrorActionPreference = 'Stop'", "foreach ($name in 'xmpro')", "$web.configuration.$name.configProtectionProvider") || !strings.HasPrefix(check.Expect, expect) {
			t.Errorf("%s: %+v", id, check)
		}
	}
	if st := p.Step("encrypt/subscription-manager"); !inOrder(script(st.Do), "-pef", "configProtectionProvider", "Start-WebAppPool") || strings.Contains(script(st.Verify), "configProtectionProvider") {
		t.Errorf("it is seen once, before the start\n%s\n%s", script(st.Do), script(st.Verify))
	}
	if run := p.Step("configure/subscription-manager").Verify[0].Run; !strings.HasPrefix(run, "& {\n  $ErrorActionPreference = 'Stop'\n  [xml]$web") {
		t.Errorf("a file that is broken shows the value of before\n%s", run)
	}
}

// TestHashesOfNothing: a value that is not there is told from one that is, so
// that two files that were not read do not look the same.
func TestHashesOfNothing(t *testing.T) {
	p := plan(t, build("4.2.3").hosting("iis").product(ad, 2, 0, node{name: "a", state: off}, node{name: "b", state: off}).product(sm, 1, 0, node{sealed: true}), Options{})
	for _, id := range []string{"capture", "verify/upgrade"} {
		st := p.Step(id)
		n := 0
		for _, a := range st.Do {
			if strings.Contains(a.Run, "$hash = ") {
				n++
				if !strings.Contains(a.Run, "'EMPTY'") || !strings.Contains(a.Expect, "EMPTY") {
					t.Errorf("%s: %+v", id, a)
				}
			}
		}
		if n != 2 || !strings.Contains(script(st.Do), "On each of a and b:") {
			t.Errorf("%s: %d hashes\n%s", id, n, script(st.Do))
		}
		if !slices.Contains(st.Notes, noteAssembly) {
			t.Errorf("%s does not say what to do where aspnet_regiis cannot load the section", id)
		}
	}
}

// TestUndoOfEncryption: each undo leads back to where its step began, with the
// product stopped while its file is open.
func TestUndoOfEncryption(t *testing.T) {
	p := plan(t, build("4.6.1").hosting("iis").product(sm, 1, 0, node{sealed: true}), Options{})
	if undo := script(p.Step("encrypt/subscription-manager").Undo); !inOrder(undo, "Stop-WebAppPool", "-pdf 'xmpro'") || strings.Contains(undo, "\nStart-WebAppPool") {
		t.Errorf("encrypt:\n%s", undo)
	}
	for _, id := range []string{"decrypt/subscription-manager", "configure/subscription-manager"} {
		if undo := script(p.Step(id).Undo); !inOrder(undo, "'web.config.encrypted') -Destination", "Start-WebAppPool") {
			t.Errorf("%s:\n%s", id, undo)
		}
	}
	if undo := script(p.Step("configure/subscription-manager").Undo); !inOrder(undo, "Stop-WebAppPool", "Copy-Item") {
		t.Errorf("configure:\n%s", undo)
	}
}

// TestConnectorsNotKnown: a plan with nothing left says what it does not know.
func TestConnectorsNotKnown(t *testing.T) {
	const what = "which Data Streams Connectors are uploaded"
	p := plan(t, build("4.6.1").three(on), Options{})
	if p.State != Done || !slices.Contains(p.Unknown, what) || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], "connectors") {
		t.Errorf("%s %q %q", p.State, p.Unknown, p.Notes)
	}
	for _, b := range []*made{build("4.6.1").three(on).connectors("2.01"), build("4.6.1").product(ds, 1, 0, node{state: on})} {
		if p := plan(t, b, Options{}); slices.Contains(p.Unknown, what) {
			t.Errorf("%q", p.Unknown)
		}
	}
}

// TestInstallerNeedsTheSalt: PowerShell goes on after an error, and an installer
// that is not given the salt makes a new one. So what reads it ends at the first
// error, no installer of before is left to be run, and whoever captures the salt
// of an encrypted file has a command for it.
func TestInstallerNeedsTheSalt(t *testing.T) {
	for _, h := range []string{"iis", "windows-installer", "compose", "helm", "docker"} {
		p := plan(t, build("4.4.19").hosting(h).product(ad, 1, 0, node{state: on}).product(sm, 1, 0, node{sealed: true}), Options{To: "4.6.1"})
		do := p.Step("upgrade-xmpro").Do
		i := slices.IndexFunc(do, func(a Action) bool { return strings.Contains(a.Run, "Invoke-WebRequest") })
		if i < 0 || i+1 == len(do) {
			t.Fatalf("%s: no installer\n%s", h, script(do))
		}
		if !inOrder(do[i].Run, "& {\n  $ErrorActionPreference = 'Stop'", "Remove-Item", "$env:AES_SALT = ", "if (-not $env:AES_SALT) { throw", "AUTO_SCALE_CONNECTION_STRING is empty", "Tls12", "Invoke-WebRequest") ||
			strings.Contains(do[i].Run, "& .\\") || do[i+1].Run != "& .\\install-xmpro-application.ps1" {
			t.Errorf("%s: the installer may run without the salt\n%s", h, script(do[i:i+2]))
		}
		if run := script(p.Step("capture").Do); !inOrder(run, "-pdf 'xmpro' $folder", "finally { Remove-Item", "no salt was found", "Set-Content -LiteralPath '<SALT_FILE>'") {
			t.Errorf("%s: nobody writes the file with the salt\n%s", h, run)
		}
	}
	if run := script(plan(t, build("4.2.3").hosting("iis").three(off), Options{To: "4.4.19"}).Step("capture").Do); strings.Contains(run, "<SALT_FILE>") {
		t.Errorf("a file for an installer that reads none\n%s", run)
	}
}

// TestHashesEndAtAnError: a file that could not be read does not get the hashes
// of the one before.
func TestHashesEndAtAnError(t *testing.T) {
	for _, run := range commands(everyShape(t))[PowerShell] {
		if strings.Contains(run, "$hash = ") && !strings.HasPrefix(run, "& {\n  $ErrorActionPreference = 'Stop'\n") {
			t.Errorf("goes on after an error\n%s", run)
		}
		if strings.Contains(run, "'<WORK_FOLDER>'") && !inOrder(run, "try {", "-pdf", "} finally { Remove-Item") {
			t.Errorf("plain text may be left\n%s", run)
		}
	}
}

// TestCopyOfBefore: a step that is taken twice does not write the changed file
// over the copy of the one before, nor one node's copy over another's.
func TestCopyOfBefore(t *testing.T) {
	for _, run := range commands(everyShape(t))[PowerShell] {
		if strings.Contains(run, "'web.config') -Destination $to") && !inOrder(run, "if (Test-Path -LiteralPath $to) { Write-Error", "} else {", "Copy-Item") {
			t.Errorf("writes over a copy\n%s", run)
		}
	}
	names := map[string]bool{}
	for _, back := range []bool{false, true} {
		for _, instances := range []int{1, 2} {
			p := plan(t, build("4.6.1").hosting("iis").product(sm, instances, 0, node{sealed: true}), Options{Off: back})
			st := p.Step("decrypt/subscription-manager")
			to, _, _ := strings.Cut(st.Do[slices.IndexFunc(st.Do, func(a Action) bool { return a.Run != "" })].Run, "\n")
			_, as, _ := strings.Cut(to, "'<BACKUP_FOLDER>' ")
			if names[as] || as == "" || (instances > 1) != strings.Contains(as, "$env:COMPUTERNAME") {
				t.Errorf("back %v, %d instances: %q", back, instances, to)
			}
			names[as] = true
			if undo := script(st.Undo); !strings.Contains(undo, "(Join-Path '<BACKUP_FOLDER>' "+as+") -Destination") {
				t.Errorf("back %v, %d instances: the undo takes another file\n%s", back, instances, undo)
			}
		}
	}
}

// TestNodesThatStayStopped: on the way back a node that was taken out is not
// started again, nobody signs in there, and the one that stays is the last one.
func TestNodesThatStayStopped(t *testing.T) {
	p := plan(t, build("4.6.1").hosting("iis").product(sm, 2, 0, node{name: "s1", sealed: true}, node{name: "s2", sealed: true}), Options{Off: true})
	for _, step := range []string{"decrypt", "configure", "encrypt"} {
		st := p.Step(step + "/subscription-manager@s2")
		if all := st.Title + script(st.Do) + script(st.Verify) + script(st.Undo); strings.Contains(all, "Start-WebAppPool") || strings.Contains(all, "sign in") || strings.Contains(all, "start") {
			t.Errorf("%s\n%s", st.ID, all)
		}
		if st := p.Step(step + "/subscription-manager@s1"); strings.Contains(st.Downtime.Effect, "other nodes carry on") {
			t.Errorf("%s: %s", st.ID, st.Downtime.Effect)
		}
	}
}

// TestBackupOfEachInstance: instances without names are saved as well, each in
// a folder of its own.
func TestBackupOfEachInstance(t *testing.T) {
	p := plan(t, build("4.2.3").hosting("iis").product(ad, 3, 0, node{state: off}), Options{})
	for _, actions := range [][]Action{p.Step("backup").Do, p.Step("upgrade-xmpro").Undo} {
		if !inOrder(script(actions), "On each of the 3 instances of App Designer:\n$from", "Join-Path '<BACKUP_FOLDER>' (Join-Path 'app-designer' $env:COMPUTERNAME)", "Copy-Item") {
			t.Errorf("%s", script(actions))
		}
	}
}

// TestInstallerHasItsSalt: whatever the tree holds, a step writes the file that
// the installer is given, and beside containers it installs one product.
func TestInstallerHasItsSalt(t *testing.T) {
	for _, h := range []string{"iis", "windows-installer", "compose", "docker", "helm"} {
		for _, id := range databases {
			p := plan(t, build("4.2.3").hosting(h).product(id, 1, 0, node{state: off}), Options{})
			do := script(p.Step("upgrade-xmpro").Do)
			if needs := strings.Contains(do, "-LiteralPath '<SALT_FILE>'"); needs != strings.Contains(script(p.Step("capture").Do), "Set-Content -LiteralPath '<SALT_FILE>'") {
				t.Errorf("%s, %s: the installer is given a file: %v\n%s", h, id, needs, script(p.Step("capture").Do))
			}
			for _, a := range p.Step("upgrade-xmpro").Do {
				if strings.Contains(a.Run, "& .\\install-xmpro") && strings.Contains(a.Expect, "for Subscription Manager alone") != (h != "iis" && h != "windows-installer") {
					t.Errorf("%s: %s", h, a.Expect)
				}
			}
		}
	}
}
