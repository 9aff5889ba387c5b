// Command bench measures xmlint against programs that people know, on a tree
// that it makes: always the same bytes.
//
//	go run ./internal/bench            # all ratios, medians of five, in turn
//	go run ./internal/bench -guard     # CPU time against the standard library, no peer needed
//	go run ./internal/bench -plan      # CPU time of planning beside that of lint
//	go run ./internal/bench -tree DIR  # make the tree and leave it there
//
// The peers are a program that only reads the files; jv, the validator of
// santhosh-tekuri/jsonschema, with xmllint; and the obvious pipeline of
// hujson, jsonschema and etree in the module below peers. Programs that are
// missing are said to be missing.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var (
		guard       = flags.Bool("guard", false, "compare CPU time with the standard library's readers alone; exit 1 where it is more than 0.4 times that")
		plan        = flags.Bool("plan", false, "time lint and plan alone; exit 1 where planning takes 2 s of CPU or more")
		keep        = flags.String("tree", "", "make the tree in this folder and stop")
		deployments = flags.Int("n", 10000, "deployments in the tree, three files each")
		runs        = flags.Int("runs", 5, "runs of each program; the median counts")
		read        = flags.String("read", "", "only read the files below this folder")
		std         = flags.String("std", "", "only read the files below this folder with the standard library's readers")
	)
	if err := flags.Parse(args); err != nil {
		return 2
	}
	var err error
	code := 0
	switch {
	case *read != "":
		err = readAll(*read, func([]byte, string) {})
	case *std != "":
		err = readAll(*std, standard)
	case *keep != "":
		_, err = makeTree(*keep, *deployments)
	default:
		b := bench{out: stdout, runs: *runs}
		code, err = b.all(*deployments, *guard, *plan)
	}
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 3
	}
	return code
}

// bench runs programs in turn over one tree.
type bench struct {
	out  io.Writer
	runs int
	dir  string // a folder of its own: the tree and the programs
}

func (b *bench) all(deployments int, guard, plan bool) (code int, err error) {
	if b.dir, err = os.MkdirTemp("", "xmlint-bench-"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(b.dir)
	if guard {
		deployments = min(deployments, 2000)
	}
	t, err := makeTree(filepath.Join(b.dir, "tree"), deployments)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(b.out, "tree: %d deployments, %d files, %.0f MB\n", deployments, t.files, float64(t.bytes)/1e6)
	if err := b.build("xmlint", "./cmd/xmlint"); err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	switch {
	case guard:
		return b.guard(t, guardMost)
	case plan:
		return b.planning(t, deployments)
	}
	return 0, b.ratios(self, t)
}

// build builds a program of this module as a release is built.
func (b *bench) build(name, pkg string) error {
	cmd := exec.Command("go", "build", "-o", filepath.Join(b.dir, name), pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, &said)
	}
	return nil
}
