package migrate

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
)

const webPath = "SubscriptionManager/web.config"

func exampleKey(t testing.TB) *protectedconfig.Key {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", "encrypted-rsa.key.xml"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := protectedconfig.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// seal protects the section of a web.config.
func seal(t testing.TB, raw []byte, key *protectedconfig.Key, o protectedconfig.SealOptions) []byte {
	t.Helper()
	d := parseWeb(t, raw)
	section := d.Child(d.Root(), "xmpro")
	span := elementSpan(d, section)
	sealed, err := protectedconfig.Seal(d.Text.Bytes[span.Start:span.End], key, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	encoded, ok := d.Text.Encode(string(sealed))
	if !ok {
		t.Fatal("not encoded")
	}
	return bytes.Join([][]byte{raw[:d.RawOffset(span.Start)], encoded, raw[d.RawOffset(span.End):]}, nil)
}

func parseWeb(t testing.TB, raw []byte) *document.XML {
	t.Helper()
	text, err := document.DecodeXML("web.config", raw, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := document.ParseXML(text, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// unseal puts the plain text back, by protectedconfig alone.
func unseal(t testing.TB, raw []byte, key *protectedconfig.Key) []byte {
	t.Helper()
	d := parseWeb(t, raw)
	span := elementSpan(d, d.Child(d.Root(), "xmpro"))
	opened, err := protectedconfig.Decrypt(d.Text.Bytes[span.Start:span.End], key)
	if err != nil {
		t.Fatal(err)
	}
	encoded, _ := d.Text.Encode(string(opened.Plain()))
	return bytes.Join([][]byte{raw[:d.RawOffset(span.Start)], encoded, raw[d.RawOffset(span.End):]}, nil)
}

// In a protected section the same comes out as in a plain one, and in the file
// nothing but cipher values changes.
func TestSealedMadeUp(t *testing.T) {
	key := exampleKey(t)
	algorithms := []protectedconfig.SealOptions{
		{}, {Data: protectedconfig.TripleDES}, {Data: protectedconfig.AES128, Transport: protectedconfig.RSAOAEP}, {Provider: "Mine", Data: protectedconfig.AES192},
	}
	for seed := range uint64(150) {
		m := webFile(seed)
		raw := seal(t, m.raw, key, algorithms[seed%4])
		opts := Options{Redis: redis(t, otherRedis), Rules: fixRules()}
		opts.Load.Key = key
		files := fstest.MapFS{webPath: {Data: raw}}
		c := prepare(t, files, opts)
		blocksOf(t, seed, c, "")
		spans(t, seed, c)
		want, _ := webSettings(m.raw)
		turn(want, true, "true", otherRedis)
		on := after(files, c)
		sees(t, seed, "on", unseal(t, on[webPath].Data, key), webSettings, true, want)
		d := parseWeb(t, raw)
		cipher := 0
		for _, f := range c.Files {
			for _, e := range f.Edits {
				inside := false
				for i := range d.Nodes {
					x := &d.Nodes[i]
					inside = inside || x.Kind == document.CharData && d.RawOffset(x.StartTag.Start) == e.Start && d.RawOffset(x.StartTag.End) == e.End &&
						strings.HasSuffix(d.Path(x.Parent), "CipherValue")
				}
				if inside {
					cipher++
				}
			}
			if f.Sealed && cipher != 2 {
				t.Errorf("seed %d: %d cipher values change", seed, cipher)
			}
			for _, e := range f.plainEdits() {
				if e.Start > d.RawOffset(d.Nodes[d.Child(d.Root(), "xmpro")].StartTag.Start) && e.End < d.RawOffset(d.Nodes[d.Child(d.Root(), "xmpro")].EndTag.End) {
					t.Errorf("seed %d: an edit of the section that is none of a cipher value", seed)
				}
			}
		}
		if again := prepare(t, on, opts); !again.IsEmpty() {
			t.Errorf("seed %d: a second run changes %v", seed, again.Edits)
		}
		diff := c.Diff() + string(c.Patch())
		if !strings.Contains(decode(m.raw), "xmpro__autoScale") && (strings.Contains(diff, "CipherValue") || strings.Contains(diff, "a b%20=")) {
			t.Errorf("seed %d: the diff shows what is inside\n%s", seed, diff)
		}
		if cipher > 0 && !strings.Contains(diff, "inside an encrypted section: autoScale.") {
			t.Errorf("seed %d: the diff does not say what changes\n%s", seed, diff)
		}
		// Without the key nothing is known, and nothing is written.
		opts.Load.Key = nil
		if c := prepare(t, files, opts); stepsOf(c) != "decrypt/subscription-manager" {
			t.Errorf("seed %d: without key: %+v", seed, c.Blocks)
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, decode(raw))
		}
	}
}

// A manifest's word is taken where no file shows anything.
func TestSealedListed(t *testing.T) {
	files := example(t, "encrypted-rsa")
	for path, f := range files {
		if strings.HasSuffix(path, "xmpro.yaml") {
			files[path] = &fstest.MapFile{Data: append(bytes.Clone(f.Data), "done:\n  - {step: encrypt/subscription-manager, on: 2026-11-25}\n"...)}
		}
	}
	c := prepare(t, files, Options{Redis: redis(t, "h:6379,abortConnect=False")})
	if len(c.Blocks) != 0 || len(c.Files) != 2 {
		t.Errorf("%+v, %d files", c.Blocks, len(c.Files))
	}
}

// No output, error or file but those that are for it shows a secret, with a key
// or without.
func TestSecrets(t *testing.T) {
	const secret, redisSecret = "Fx7Plain", "Fx7Redis"
	key := exampleKey(t)
	plain := strings.ReplaceAll(`<configuration>
  <configSections><section name="xmpro" type="T" /></configSections>
  <xmpro>
    <xmidentity><server baseUrl="https://sm"><identityProviders><azureAD clientId="c" key="SECRET" /></identityProviders></server></xmidentity>
    <!-- password: SECRET -->
    <autoscale enabled="no" connectionString="old:6379,password=SECRET" />
    <xmcryptography><aes salt="SECRET" /></xmcryptography>
  </xmpro>
</configuration>
`, "SECRET", secret)
	app := strings.ReplaceAll(`{
  // password=SECRET
  "xmpro": {
    "appDesigner": { "encryptionKey": "SECRET" },
    "autoScale": { "enabled": false, "connectionString": "old:6379,password=SECRET,pasword=SECRET" },
    "xmidentity": { "client": { "sharedkey": "SECRET" } }
  }
}
`, "SECRET", secret)
	for _, sealed := range []bool{false, true} {
		for _, withKey := range []bool{false, true} {
			raw := []byte(plain)
			if sealed {
				raw = seal(t, raw, key, protectedconfig.SealOptions{})
			}
			s := &site{dir: tempDir(t), before: map[string]string{}}
			s.write(t, webPath, string(raw))
			s.write(t, "AppDesigner/appsettings.json", app)
			opts := s.options(t)
			opts.Redis, opts.Unsafe = redis(t, "new:6380,password="+redisSecret+",ssl=True,abortConnect=False"), true
			if withKey {
				opts.Load.Key = key
			}
			d := load(t, &opts)
			c, err := Prepare(context.Background(), d, opts)
			if err != nil {
				t.Fatal(err)
			}
			var errs []error
			store := s.store(d, hooked(func(op, name string) error {
				if op == "replace" && strings.HasSuffix(name, "web.config") {
					return errFault
				}
				return nil
			}))
			_, err = store.Apply(context.Background(), c)
			errs = append(errs, err)
			shown := fmt.Sprintf("%s %+v %v %+v %v %#v %v %v", c.Diff(), c.Edits, c.Warnings, c.Blocks, errs, opts.Redis, opts, store)
			for _, word := range []string{secret, redisSecret} {
				if strings.Contains(shown, word) {
					t.Errorf("sealed %v, key %v: %s is shown:\n%s", sealed, withKey, word, shown)
				}
			}
			patch := string(c.Patch())
			if sealed && strings.Contains(patch, `azureAD`) {
				t.Error("the patch has plain text of the section")
			}
			store.FS = Host{}
			if len(c.Blocks) > 0 {
				continue
			}
			if _, err := store.Apply(context.Background(), c); err != nil {
				t.Fatal(err)
			}
			// What was encrypted is in no file in plain text.
			files, own := s.now(t)
			for _, name := range own {
				text, err := os.ReadFile(filepath.Join(s.dir, name))
				if err != nil {
					t.Fatal(err)
				}
				files[name] = string(text)
			}
			for name, text := range files {
				if sealed && (strings.Contains(text, "azureAD") || strings.HasSuffix(name, "web.config") && strings.Contains(text, redisSecret)) {
					t.Errorf("%s has plain text of the section", name)
				}
				if strings.Contains(name, secret) || strings.Contains(name, redisSecret) {
					t.Errorf("a name with a secret: %s", name)
				}
			}
		}
	}
}

// An encrypted section that is written and taken back is what it was, byte for
// byte.
func TestSealedRollback(t *testing.T) {
	s := newSite(t, "encrypted-rsa")
	opts := s.options(t)
	opts.Load.Key = exampleKey(t)
	d := load(t, &opts)
	c, err := Prepare(context.Background(), d, opts)
	if err != nil {
		t.Fatal(err)
	}
	store := s.store(d, Host{})
	r, err := store.Apply(context.Background(), c)
	if err != nil || !s.isNew(t, c) {
		t.Fatal(err)
	}
	now := load(t, &opts)
	got := map[string]string{}
	for _, e := range Settings(d, now, r.Files) {
		got[e.Path+" "+e.Setting] = e.From + "->" + e.To
	}
	want := map[string]string{}
	for _, e := range c.Edits {
		want[e.Path+" "+e.Setting] = e.From + "->" + e.To
	}
	if !maps.Equal(got, want) {
		t.Errorf("settings %v, want %v", got, want)
	}
	if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
		t.Error(err)
	}
}
