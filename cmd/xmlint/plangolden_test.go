package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/planner"
)

var update = flag.Bool("update", false, "write the goldens anew: read what changed before accepting it")

// variant is a plan of an example deployment that asks for more than the way
// to Auto Scale.
type variant struct {
	name, dir string
	args      []string
}

func variants() []variant {
	return []variant{
		{"encrypted-rsa.opened", "encrypted-rsa", []string{"--key", "encrypted-rsa.key.xml"}},
		{"custom-provider.opened", "custom-provider", []string{"--key", "encrypted-rsa.key.xml"}},
		{"scale-out.newer", "scale-out", []string{"--to", "4.6.1"}},
		{"ready-4.3.1.newer", "ready-4.3.1", []string{"--to", "4.4.19"}},
		{"arm-4.2.3.to-4.4", "arm-4.2.3", []string{"--to", "4.4.19"}},
		{"docker-4.5.newer", "docker-4.5", []string{"--to", "4.6.1"}},
		{"terraform-4.5.newer", "terraform-4.5", []string{"--to", "4.6.1"}},
		{"finished.off", "finished", []string{"--off"}},
		{"nodes-on.off", "nodes-on", []string{"--off"}},
		{"half-migrated.off", "half-migrated", []string{"--off"}},
		{"key-vault.off", "key-vault", []string{"--off"}},
		{"encrypted-dpapi.off", "encrypted-dpapi", []string{"--off"}},
		{"terraform-4.5.off", "terraform-4.5", []string{"--off"}},
		{"kubernetes-5.0.off", "kubernetes-5.0", []string{"--off"}},
		{"part-way.status", "part-way", []string{"--status"}},
		{"version-unknown.status", "version-unknown", []string{"--status"}},
		{"custom-provider.explain", "custom-provider", []string{"--explain", "--status"}},
		{"nodes-on.off.explain", "nodes-on", []string{"--explain", "--status", "--off"}},
	}
}

// TestPlans holds what plan prints of each example deployment, and of some
// with flags, against testdata/golden.
func TestPlans(t *testing.T) {
	dir := examples(t)
	for _, name := range exampleNames(t, dir) {
		golden(t, dir, name+".plan.txt", []string{"plan", name})
		golden(t, dir, name+".plan.json", []string{"plan", "--format", "json", name})
	}
	for _, v := range variants() {
		golden(t, dir, v.name+".plan.txt", append([]string{"plan", v.dir}, v.args...))
	}
}

// exampleNames are the folders of the example deployments.
func exampleNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// golden holds what a command prints against a file of testdata/golden.
func golden(t *testing.T, dir, name string, args []string) {
	t.Run(name, func(t *testing.T) {
		var stdout, stderr strings.Builder
		if status := runIn(t, dir, args, &stdout, &stderr); status > 1 {
			t.Errorf("exit status %d: %s", status, stderr.String())
		}
		file := filepath.Join("testdata", "golden", name)
		if *update {
			if err := os.WriteFile(file, []byte(stdout.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v; write it with -update", err)
		}
		if diff := cmp.Diff(string(want), stdout.String()); diff != "" {
			t.Errorf("-golden +printed\n%s", diff)
		}
	})
}

// TestUnprovenPlan exits with 3: it is a fault of xmlint's own.
func TestUnprovenPlan(t *testing.T) {
	err := &planner.UnprovenError{Deployment: "acme", Step: "backup", Fact: "there is a backup", Reason: "nothing makes that true"}
	if status := statusOf(t.Context(), fmt.Errorf("plan: %w", err)); status != statusFailed {
		t.Errorf("exit status %d", status)
	}
}
