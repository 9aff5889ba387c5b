package lint_test

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// foreign runs rules under the driver of golang.org/x/tools, over a package
// whose files beside the Go code are those of a folder.
func foreign(t *testing.T, names []string, all ...*lint.Rule) (diagnostics []string, graph *checker.Graph) {
	t.Helper()
	fset := token.NewFileSet()
	pkg := &packages.Package{
		ID: "config", Name: "config", PkgPath: "config", OtherFiles: names, Fset: fset,
		Types: types.NewPackage("config", "config"), TypesInfo: &types.Info{}, TypesSizes: types.SizesFor("gc", "amd64"),
	}
	var analyzers []*analysis.Analyzer
	for _, r := range all {
		analyzers = append(analyzers, r.Analyzer())
	}
	graph, err := checker.Analyze(analyzers, []*packages.Package{pkg}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		for _, d := range act.Diagnostics {
			start, end := fset.Position(d.Pos), fset.Position(d.End)
			diagnostics = append(diagnostics, fmt.Sprintf("%s:%d:%d-%d %s %s", start.Filename, start.Line, start.Column, end.Column, d.Category, d.Message))
		}
	}
	slices.Sort(diagnostics)
	return diagnostics, graph
}

func onDisk(t *testing.T, pairs ...string) (dir string, names []string) {
	t.Helper()
	dir = t.TempDir()
	for i := 0; i < len(pairs); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(pairs[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(pairs[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return dir, names
}

// A rule is an ordinary analyzer: under a foreign driver it reports at the
// driver's own positions.
func TestForeignDriver(t *testing.T) {
	dir, names := onDisk(t, "AppDesigner/appsettings.json", "{\n \"xmpro\": { \"autoScale\": { \"enabled\": true } }\n}\n", "AppDesigner/readme.txt", "no configuration", "AppDesigner/sub.s", "")
	got, graph := foreign(t, names, switches("X1"), rule("X2", func(p *lint.Pass) error {
		p.Report(lint.Finding{Message: "somewhere"})
		return nil
	}))
	file := filepath.Join(dir, "AppDesigner", "appsettings.json")
	want := []string{file + ":1:1-1 X2 somewhere", file + ":2:39-43 X1 the switch is on"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for act := range graph.All() {
		if report, ok := act.Result.(*lint.Report); ok && report != nil && (len(report.Findings) != 1 || act.Err != nil) {
			t.Errorf("%s: %+v, %v", act.Analyzer.Name, report, act.Err)
		}
	}
}

// What the rules say under a foreign driver is what they say under ours.
func TestForeignDriverAgrees(t *testing.T) {
	const ad, sm = "{ \"xmpro\": { \"appDesigner\": { \"x\": 1 }, \"autoScale\": { \"enabled\": \"yes\", \"conectionString\": \"h,password=p\" } } }", "<configuration><xmpro><autoscale enabled=\"true\" /></xmpro></configuration>"
	dir, names := onDisk(t, "xmpro.yaml", "versoin: 4.3.1\n", "AD/appsettings.json", ad, "SM/web.config", sm)
	got, _ := foreign(t, names, rules.All()...)
	var want []string
	root := filepath.ToSlash(dir)
	for _, f := range run(t, "-- xmpro.yaml --\nversoin: 4.3.1\n-- AD/appsettings.json --\n"+ad+"\n-- SM/web.config --\n"+sm+"\n", rules.All()...).Findings {
		want = append(want, fmt.Sprintf("%s:%d:%d-%d %s", filepath.FromSlash(root+"/"+f.Path), f.Start.Line, f.Start.Column, f.End.Column, f.Rule.ID))
	}
	slices.Sort(want)
	if len(want) < 5 {
		t.Fatalf("%d findings", len(want))
	}
	for i, line := range got {
		if parts := strings.Fields(line); i < len(want) && parts[0]+" "+parts[1] != want[i] {
			t.Errorf("got %q\nwant %q", line, want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d diagnostics, %d findings", len(got), len(want))
	}
}

func TestForeignFiles(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs []string
		want  error
	}{
		{"nothing of XMPro", []string{"x.s", "", "appsettings.json", "{}"}, nil},
		{"no files", nil, nil},
		{"several deployments", []string{"a/AD/appsettings.json", `{"xmpro": {}}`, "b/AD/appsettings.json", `{"xmpro": {}}`}, lint.ErrSeveral},
	} {
		_, names := onDisk(t, c.pairs...)
		got, graph := foreign(t, names, switches("X1"))
		if len(got) > 0 {
			t.Errorf("%s: %q", c.name, got)
		}
		for act := range graph.All() {
			if !errors.Is(act.Err, c.want) && (act.Analyzer == lint.Source || c.want == nil) {
				t.Errorf("%s: %s: %v", c.name, act.Analyzer.Name, act.Err)
			}
		}
	}
	_, graph := foreign(t, []string{filepath.Join(t.TempDir(), "gone.json")}, switches("X1"))
	for act := range graph.All() {
		if act.Analyzer == lint.Source && !errors.Is(act.Err, os.ErrNotExist) {
			t.Errorf("a file that is gone: %v", act.Err)
		}
	}
}

// Source reads through the driver, and takes relative names as they are.
func TestSource(t *testing.T) {
	files := map[string]string{
		"../conf/AD/appsettings.json": `{"xmpro": {"autoScale": {"enabled": true}}}`,
		"conf/AD/appsettings.json":    `{"xmpro": {"autoScale": {"enabled": true}}}`,
	}
	for name := range files {
		var got []analysis.Diagnostic
		fset := token.NewFileSet()
		pass := &analysis.Pass{Fset: fset, OtherFiles: []string{filepath.FromSlash(name)}, ReadFile: func(name string) ([]byte, error) { return []byte(files[filepath.ToSlash(name)]), nil }}
		d, err := lint.Source.Run(pass)
		if err != nil {
			t.Fatal(err)
		}
		r := switches("X1").Analyzer()
		pass.Analyzer, pass.ResultOf = r, map[*analysis.Analyzer]any{lint.Source: d}
		pass.Report = func(d analysis.Diagnostic) { got = append(got, d) }
		if _, err := r.Run(pass); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || filepath.ToSlash(fset.Position(got[0].Pos).Filename) != name {
			t.Errorf("%s: %v", name, got)
		}
	}
	pass := &analysis.Pass{OtherFiles: []string{"a.json", "../b.json"}, ReadFile: func(string) ([]byte, error) { return nil, nil }}
	if _, err := lint.Source.Run(pass); err == nil {
		t.Error("names from two places are accepted")
	}
}
