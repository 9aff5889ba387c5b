package migrate

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// patched puts files into a folder, and gives a patch to git or to patch.
func patched(t *testing.T, tool string, files fstest.MapFS, patch []byte) (fstest.MapFS, string) {
	t.Helper()
	dir := tempDir(t)
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	var c *exec.Cmd
	if tool == "git" {
		c = exec.Command("git", "-c", "core.autocrlf=false", "apply", "-")
	} else {
		c = exec.Command("patch", "-p1", "--binary", "--no-backup-if-mismatch")
	}
	c.Dir, c.Stdin = dir, bytes.NewReader(patch)
	c.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s\n%q", tool, err, out, patch)
	}
	result := fstest.MapFS{}
	for name := range files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		result[name] = &fstest.MapFile{Data: text}
	}
	return result, string(out)
}

func needs(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") == "true" { // the gate installs it
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// What is printed is a patch to git and to patch, and does what a write does:
// in files without secrets that are UTF-8.
func TestDiffIsAPatch(t *testing.T) {
	for _, tool := range []string{"git", "patch"} {
		t.Run(tool, func(t *testing.T) {
			needs(t, tool)
			patches := 0
			for seed := range uint64(60) {
				app, web := jsonFile(seed), webFile(seed)
				if app.encoding == "16" || web.encoding == "16" {
					continue
				}
				files := fstest.MapFS{"my site/AppDesigner/appsettings.json": {Data: app.raw}, "my site/SubscriptionManager/web.config": {Data: web.raw}}
				c := prepare(t, files, Options{Redis: redis(t, "cache01:6379,abortConnect=False")})
				diff := c.Diff()
				if strings.Contains(diff, NotAPatch) {
					t.Fatalf("seed %d: masked without a secret\n%s", seed, diff)
				}
				if c.IsEmpty() {
					continue
				}
				patches++
				// As a whole output has it, with text for people around it.
				got, out := patched(t, tool, files, []byte("x\n"+diff+"\nsummary\n  a -> b\n"))
				for name, f := range after(files, c) {
					if !bytes.Equal(got[name].Data, f.Data) {
						t.Errorf("seed %d: %s: the patch does something else\n%q\n%q\n%s", seed, name, got[name].Data, f.Data, out)
					}
				}
			}
			if patches < 20 {
				t.Errorf("only %d patches", patches)
			}
		})
	}
}

// --patch is complete, in every encoding and with secrets.
func TestWholePatch(t *testing.T) {
	for _, tool := range []string{"git", "patch"} {
		t.Run(tool, func(t *testing.T) {
			needs(t, tool)
			for seed := range uint64(60) {
				app, web := jsonFile(seed), webFile(seed)
				files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: app.raw}, "SubscriptionManager/web.config": {Data: web.raw}}
				c := prepare(t, files, Options{Redis: redis(t, redisText)})
				if c.IsEmpty() {
					continue
				}
				if strings.Contains(c.Diff(), "EXAMPLE-redis") {
					t.Errorf("seed %d: the diff shows a secret", seed)
				}
				got, _ := patched(t, tool, files, c.Patch())
				for name, f := range after(files, c) {
					if !bytes.Equal(got[name].Data, f.Data) {
						t.Errorf("seed %d: %s: the patch does something else (%s)\n%q\n%q", seed, name, app.encoding+web.encoding, got[name].Data, f.Data)
					}
				}
			}
		})
	}
}

func TestMaskedHunks(t *testing.T) {
	files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte(`{
  "xmpro": {
    "AutoScale": {
      "enabled": false
    },
    "a": 1,
    "b": 1,
    "c": 1,
    "d": 1,
    "e": 1,
    "f": 1,
    "keyVault": { "provider": "" },
    "appDesigner": { "encryptionKey": "EXAMPLE-key" }
  }
}
`)}, "AppDesigner/appsettings.Production.json": {Data: []byte("{\n  // password: EXAMPLE-old\n  \"xmpro\": { \"autoscale\": { \"enabled\": false } }\n}\n")}}
	c := prepare(t, files, Options{Redis: redis(t, "cache01:6379,abortConnect=False")})
	diff := c.Diff()
	if strings.Contains(diff, "EXAMPLE") || strings.Count(diff, NotAPatch) != 1 || strings.Count(diff, "\n--- ")+strings.Count(diff[:4], "--- ") != 1 {
		t.Errorf("%s", diff)
	}
	if !strings.Contains(diff, "\n|  \t// …") && !strings.Contains(diff, "|    // …") {
		t.Errorf("the comment is not masked:\n%s", diff)
	}
	// The hunk that is a patch applies without the other.
	if _, err := exec.LookPath("git"); err == nil {
		got, _ := patched(t, "git", files, []byte(diff))
		if !bytes.Equal(got["AppDesigner/appsettings.json"].Data, after(files, c)["AppDesigner/appsettings.json"].Data) {
			t.Error("the rest of the diff is no patch")
		}
	}
}

// The line of a secret is known behind a hunk of several changes too.
func TestMaskedBehindManyChanges(t *testing.T) {
	far := strings.Repeat("  \"-\": {},\n", 12)
	files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte("{\n  \"a\": 1, \"a\": 1,\n  \"b\": {},\n  \"c\": {},\n  \"d\": {},\n  \"e\": {},\n  \"f\": 1, \"f\": 1,\n" + far +
		"  \"xmpro\": {\n    \"appDesigner\": {},\n    \"autoScale\": { \"enabled\": true,\n      \"connectionString\": \"\" }\n  }\n}\n")}}
	c := prepare(t, files, Options{Redis: redis(t, redisText)})
	if diff := c.Diff(); strings.Contains(diff, "EXAMPLE") || strings.Count(diff, "*****") != 1 || !strings.Contains(diff, "@@ -1,10 +1,10 @@") {
		t.Errorf("%s", diff)
	}
	if patch := string(c.Patch()); !strings.Contains(patch, "@@ -20,6 +20,6 @@") {
		t.Errorf("%s", patch)
	}
}

// Nothing that a terminal would obey is printed.
func TestDiffForTerminals(t *testing.T) {
	for _, evil := range []string{"\x1b[31mred\x1b[0m", "\u202eevil", "\u061cevil"} {
		files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte("{\n  // " + evil + "\n  \"xmpro\": {}\n}\n")}}
		c := prepare(t, files, Options{Redis: redis(t, "cache01:6379,abortConnect=False")})
		if diff := c.Diff(); strings.ContainsAny(diff, "\x1b\u202e\u061c") || !strings.Contains(diff, NotAPatch) {
			t.Errorf("%q", diff)
		}
	}
}

// A value that is masked in part is shown as the application gets it: what its
// escapes stand for is not obeyed either.
func TestDiffOfEscapesBesideASecret(t *testing.T) {
	files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte(`{"xmpro": {"autoScale": {"enabled": false,
  "connectionString": "h:1,password=EXAMPLE-1,name=\u001b[31mx\nfoo\u202e"}}}`)}}
	c := prepare(t, files, Options{Redis: redis(t, "cache01:6379,abortConnect=False")})
	if diff := c.Diff(); !strings.Contains(diff, "\n| -  \"connectionString\": \"h:1,password=*****,name=\\x1b[31mx\\nfoo\\u202e\"}}}\n") {
		t.Errorf("%q", diff)
	}
}

func TestQuoteName(t *testing.T) {
	for name, want := range map[string]string{
		"a/b":        "a/b",
		"a/b c":      "a/b c\t",
		"a/\"b\"":    `"a/\"b\""`,
		"a/b\tc":     `"a/b\tc"`,
		"a/ü\x1b[m":  `"a/ü\033[m"`,
		"a/ü\u202e":  `"a/ü\342\200\256"`,
		"\u009b\xff": `"\302\233` + "\xff\"",
	} {
		if got := quoteName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
