package lint_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// A rule that broke says so, whatever is suppressed.
func TestBrokenIsReported(t *testing.T) {
	broken := &lint.Rule{ID: "XM9001", Name: "broken", Severity: lint.Info, Check: func(*lint.Pass) error { panic("oh") }}
	runner, err := lint.NewRunner([]*lint.Rule{broken})
	if err != nil {
		t.Fatal(err)
	}
	runner = runner.With(lint.Settings{
		Severities: map[string]lint.Severity{"XM9001": lint.Info},
		Paths:      []*lint.PathSuppression{{Rules: []string{"XM9001"}, Match: func(string) bool { return true }, Reason: "r"}},
	})
	d := loadOne(t, "AD/appsettings.json", "// xmlint:file-ignore XM9001 -- r\n{\"xmpro\": {}}")
	result, err := runner.Run(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Broken || len(result.Findings) != 1 || result.Findings[0].Severity != lint.Error {
		t.Errorf("%+v", result)
	}
}

func loadOne(t *testing.T, name, text string) *deployment.Deployment {
	t.Helper()
	all, err := deployment.Load(t.Context(), fstest.MapFS{name: {Data: []byte(text)}}, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d deployments: %v", len(all), err)
	}
	return all[0]
}

// What lies in a protected section is not seen: a suppression may be of use
// there.
func TestProtectedIsNotJudged(t *testing.T) {
	files := os.DirFS("../testdata/encrypted-rsa")
	all, err := deployment.Load(t.Context(), files, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d deployments: %v", len(all), err)
	}
	web := ""
	for _, f := range all[0].Files {
		if f.Role == deployment.RoleSectionHost {
			web = string(f.Text.Bytes)
		}
	}
	if !strings.Contains(web, "EncryptedData") {
		t.Fatal("nothing is protected")
	}
	archive := "-- SM/web.config --\n" + strings.Replace(web, "<configuration>", "<configuration><!-- xmlint:file-ignore XM3006 - r -->", 1)
	if reported, _ := judged(t, archive, lint.Settings{}); strings.Contains(reported, "XM0007") {
		t.Error(reported)
	}
	plain := "-- SM/web.config --\n" + web[:strings.Index(web, "<configuration>")] + "<configuration><!-- xmlint:file-ignore XM3006 - r --><xmpro/></configuration>"
	if reported, _ := judged(t, plain, lint.Settings{}); !strings.Contains(reported, "XM0007") {
		t.Error("nothing is protected here: ", reported)
	}
}

// An overlay that no rule looks into is not judged either.
func TestInactiveIsNotJudged(t *testing.T) {
	files := fstest.MapFS{
		"AD/appsettings.json":      {Data: []byte(`{"xmpro": {"appDesigner": {"key": 1}}}`)},
		"AD/appsettings.Test.json": {Data: []byte("// xmlint:file-ignore XM3006 -- r\n{}")},
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	for environment, want := range map[string]bool{"Production": false, "Test": true, "": true} {
		all, err := deployment.Load(t.Context(), files, ".", deployment.Options{Environment: environment})
		if err != nil {
			t.Fatal(err)
		}
		result, err := runner.With(lint.Settings{}).Run(t.Context(), all[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(briefs(result.Findings, nil), "XM0007"); got != want {
			t.Errorf("in %q: judged is %v", environment, got)
		}
	}
}

// A suppression by path notes what it did, for any number of goroutines.
func TestPathSuppressionIsUsed(t *testing.T) {
	end, ok := lint.ParseEnd("5.0")
	if !ok || !end.IsVersion() {
		t.Fatal("5.0 is a version")
	}
	p := &lint.PathSuppression{
		Rules: []string{"XM3004", "XM2003", "XM0002"}, Match: func(path string) bool { return strings.HasPrefix(path, "AD/") },
		Reason: "password=Fx7", Until: "5.0", End: end, Path: ".xmlint.yaml",
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	runner = runner.With(lint.Settings{Paths: []*lint.PathSuppression{p}})
	d := loadOne(t, "AD/appsettings.json", `{"xmpro": {"autoScale": {"enabled": true, "connectionString": "cache01:6379"}}}`)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			result, err := runner.Run(t.Context(), d)
			if err != nil || len(result.Suppressed) != 1 {
				t.Errorf("%d suppressed, %v", len(result.Suppressed), err)
				return
			}
			if by := result.Suppressed[0].By; by.Kind != lint.ByPath || strings.Contains(by.Reason, "Fx7") || by.Path != ".xmlint.yaml" {
				t.Errorf("%+v", by)
			}
			if len(result.All()) != len(result.Findings)+1 {
				t.Error("not all")
			}
		})
	}
	all.Wait()
	if !p.Used(0) || p.Used(1) || p.Used(2) || p.Used(3) || p.Ended(time.Now()) {
		t.Errorf("used %v %v %v, ended %v", p.Used(0), p.Used(1), p.Used(2), p.Ended(time.Now()))
	}
	newer := loadOne(t, "AD/xmpro.yaml", "version: 5.0.1\n")
	newer.Files = d.Files
	newer.Products = d.Products
	if result, err := runner.Run(t.Context(), newer); err != nil || len(result.Suppressed) > 0 || !p.Ended(time.Time{}) {
		t.Errorf("in 5.0.1: %d suppressed, ended %v, %v", len(result.Suppressed), p.Ended(time.Time{}), err)
	}
}

// A runner without settings reports everything, and says nothing of comments.
func TestWithoutSettings(t *testing.T) {
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	d := loadOne(t, "AD/appsettings.json", "// xmlint:file-ignore XM3004 XM2003 -- r\n"+`{"xmpro": {"autoScale": {"enabled": true, "connectionString": "cache01:6379"}}}`)
	result, err := runner.Run(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if got := briefs(result.Findings, nil); !strings.Contains(got, "XM3004") || strings.Contains(got, "XM0007") || len(result.Suppressed) > 0 {
		t.Error(got)
	}
}

// The cost of looking for suppressions where there are none.
func BenchmarkSettings(b *testing.B) {
	files := fstest.MapFS{"AD/appsettings.json": {Data: []byte("// a comment\n" + `{"xmpro": {"appDesigner": {"featureFlags": {"enableHealthChecks": true}}, "autoScale": {"enabled": true, "connectionString": "cache01:6379,abortConnect=False"}}}`)}}
	all, err := deployment.Load(b.Context(), files, ".", deployment.Options{})
	if err != nil {
		b.Fatal(err)
	}
	plain, err := lint.NewRunner(rules.All())
	if err != nil {
		b.Fatal(err)
	}
	for name, runner := range map[string]*lint.Runner{"without": plain, "with": plain.With(lint.Settings{Today: today})} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := runner.Run(b.Context(), all[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
