package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// The tree is what the figures are about: its shares, its sizes, and nothing
// in it that only xmlint can read.
func TestTree(t *testing.T) {
	dir := t.TempDir()
	const deployments = 200
	made, err := makeTree(dir, deployments)
	if err != nil {
		t.Fatal(err)
	}
	jsons, xmls, err := files(dir)
	if err != nil || len(jsons) != 2*deployments || len(xmls) != deployments || made.files != 3*deployments {
		t.Fatalf("%d JSON and %d XML files, %v", len(jsons), len(xmls), err)
	}
	var sizes []int
	for _, name := range jsons {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(text))
		if !json.Valid(text) {
			t.Errorf("%s is no strict JSON", name)
		}
	}
	slices.Sort(sizes)
	if median := sizes[len(sizes)/2]; median < 8500 || median > 9500 {
		t.Errorf("the median JSON file has %d bytes", median)
	}

	all, err := deployment.Load(context.Background(), os.DirFS(dir), ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	on, off, faulty, passwords := 0, 0, 0, 0
	for _, d := range all {
		if len(d.Products) != 3 {
			t.Fatalf("%s has %d products", d.Root, len(d.Products))
		}
		result, err := runner.Run(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		fault, secret := false, false
		for _, f := range result.Findings {
			fault = fault || f.Severity == lint.Error
			secret = secret || f.Rule.Name == "redis-plaintext-secret"
		}
		switch {
		case fault:
			faulty++
		case d.Products[0].Nodes[0].Views[0].AutoScale.On():
			on++
		default:
			off++
		}
		if secret {
			passwords++
		}
	}
	if on != deployments*90/100 || off != deployments*5/100 || faulty != deployments*5/100 {
		t.Errorf("%d are finished, %d are off, %d have a fault", on, off, faulty)
	}
	if passwords < deployments*45/100 || passwords > deployments/2 {
		t.Errorf("%d have a password", passwords)
	}

	again := t.TempDir()
	if _, err := makeTree(again, 3); err != nil {
		t.Fatal(err)
	}
	for _, name := range jsons[:6] {
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		a, errA := os.ReadFile(name)
		b, errB := os.ReadFile(filepath.Join(again, rel))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not the same when made again", rel)
		}
	}
}

// The guard fails where lint costs more than it may.
func TestGuard(t *testing.T) {
	tree, err := makeTree(t.TempDir(), 20)
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[float64]int{0.0001: 1, 1000: 0} {
		b := bench{runs: 1, out: io.Discard}
		if status, err := b.guard(tree, most); err != nil || status != want {
			t.Errorf("at most %g: status %d, %v", most, status, err)
		}
	}
}
