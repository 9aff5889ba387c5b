package main

import "testing"

// TestExamples holds what lint prints of each example deployment against
// testdata/golden.
func TestExamples(t *testing.T) {
	dir := examples(t)
	for _, name := range exampleNames(t, dir) {
		golden(t, dir, name+".lint.txt", []string{"lint", name})
		golden(t, dir, name+".lint.json", []string{"lint", "--format", "json", name})
	}
	golden(t, dir, "encrypted-rsa.opened.lint.txt", []string{"lint", "--key", "encrypted-rsa.key.xml", "encrypted-rsa"})
}
