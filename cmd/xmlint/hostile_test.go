package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestHostileInput puts what nobody should have into one tree, and sees that
// each is told in a finding, that the rest is still checked, and that it costs
// neither time nor memory.
func TestHostileInput(t *testing.T) {
	if testing.Short() {
		t.Skip("writes some hundred megabytes")
	}
	dir := t.TempDir()
	write := func(name string, parts ...string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(strings.Join(parts, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	section := `<configuration><configSections><section name="xmpro" type="X"/></configSections><xmpro>`
	write("brackets/AD/appsettings.json", strings.Repeat("[", 1_000_000))
	write("objects/AD/appsettings.json", strings.Repeat(`{"xmpro":`, 1_000_000))
	write("elements/SM/web.config", section, strings.Repeat("<a>", 100_000))
	write("laughs/SM/web.config", `<!DOCTYPE configuration [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`,
		section, `<autoScale enabled="&c;"/></xmpro></configuration>`)
	write("large/AD/appsettings.json", `{"xmpro":"`, strings.Repeat("x", 100<<20), `"}`)
	write("line/AD/appsettings.json", `{"xmpro":{"a":"`, strings.Repeat("y", 60<<20), `"`)
	write("nul/AD/appsettings.json", "{\"xmpro\":{}}\x00\x00\x00")
	write("manifest/xmpro.yaml", "apps: ", strings.Repeat("[", 100_000))
	write("aliases/xmpro.yaml", "name: &a x\nenvironment: *a\n")
	write("good/AD/appsettings.json", `{"xmpro":{"autoScale":{"enabled":"yes","connectionString":"h:6379,abortConnect=False"}}}`)
	broken := filepath.Join(dir, "link", "AD")
	if err := os.MkdirAll(broken, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(broken, "appsettings.json")); err != nil {
		t.Skip(err)
	}

	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	var stdout, stderr bytes.Buffer
	if status := runIn(t, dir, []string{"lint", "--format", "json", "."}, &stdout, &stderr); status != 1 {
		t.Fatalf("exit status %d: %s", status, stderr.String())
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 256<<20 {
		t.Errorf("it keeps %d MiB", grown>>20)
	}
	var out struct {
		Findings []struct {
			Rule, Path, Message string
			Line                int
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	for folder, rule := range map[string]string{
		"brackets": "XM0002", "objects": "XM0002", "elements": "XM0005", "laughs": "XM0005", "large": "XM0001", "line": "XM0002",
		"nul": "XM0002", "manifest": "XM0006", "aliases": "XM0006", "link": "XM0001", "good": "XM2003",
	} {
		found := false
		for _, f := range out.Findings {
			found = found || f.Rule == rule && strings.HasPrefix(f.Path, folder+"/") && f.Line >= 1 && len(f.Message) < 2000
		}
		if !found {
			t.Errorf("%s: no finding of %s", folder, rule)
		}
	}
}

// TestJobs sees that the number of workers changes no byte.
func TestJobs(t *testing.T) {
	dir := examples(t)
	for _, args := range [][]string{{"lint", "-f", "json"}, {"lint"}, {"plan", "-f", "json"}, {"audit", "-f", "json"}, {"audit", "-f", "html"}, {"show", "--all", "-f", "json"}} {
		var want bytes.Buffer
		runIn(t, dir, append(args, "--jobs", "1"), &want, &bytes.Buffer{})
		for range 3 {
			var got bytes.Buffer
			runIn(t, dir, append(args, "--jobs", "7"), &got, &bytes.Buffer{})
			if !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("%v: 7 workers print something else than 1", args)
			}
		}
	}
}
