package deployment

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/yamldoc"
	"github.com/xmlint/xmlint/schema"
)

func manifest(t testing.TB, text string) *Manifest {
	t.Helper()
	all, err := Load(t.Context(), fstest.MapFS{"xmpro.yaml": {Data: []byte(text)}}, ".", Options{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	return all[0].Manifest
}

// problems writes problems down: line:column-column message | hint.
func problems(m *Manifest) string {
	var lines []string
	for _, p := range m.Problems {
		start, end := p.Place.Position()
		lines = append(lines, fmt.Sprintf("%d:%d-%d %s | %s", start.Line, start.Column, end.Column, p.Message, p.Hint))
	}
	return strings.Join(lines, "\n")
}

const whole = `name: acme-production
version: 4.3.10                      # decimal numbers
hosting: iis
environment: Production
products:
  app-designer:         {path: AppDesigner, version: 4.10, instances: 2, target_instances: 4}
  data-stream-designer: {}
  subscription-manager: {nodes: [{name: sm-01, path: sm-01}, {name: 02}]}
load_balancer: {sticky: true}
redis:
  connection: "cache01:6379,ssl=True,abortConnect=False"
  service: self-hosted
  cluster: false
connectors:
  data-streams: ["1.07", 2.10]
apps:
  - {name: Pump Health, connector: "1.07", upgrade: true, cache_loss: accepted}
  - {name: Shift Log,   connector: 2.0, upgrade: false}
  - name: No
done:
  - {step: backup, on: 2026-11-23}
  - step: capture
decisions:
  redis-per-product: no
  redis-capacity: "who: me"
`

// Scalars are taken as written, however YAML would read them.
func TestManifest(t *testing.T) {
	for name, text := range map[string]string{"LF": whole, "CRLF": strings.ReplaceAll(whole, "\n", "\r\n"), "BOM": "\ufeff" + whole} {
		m := manifest(t, text)
		var got strings.Builder
		fmt.Fprintln(&got, m.Name.Text, m.Version.Text, m.Hosting.Text, m.Environment.Text, m.Sticky.Known, m.Sticky.Value)
		for _, p := range m.Products {
			fmt.Fprintln(&got, p.ID, p.Path.Text, p.Version.Text, p.Instances.Text, p.TargetInstances.Text)
			for _, n := range p.Nodes {
				fmt.Fprintln(&got, " ", n.Name.Text, n.Path.Text, n.Path.IsSet())
			}
		}
		fmt.Fprintln(&got, m.HasRedis, m.Redis.Connection.Text, m.Redis.Service.Text, m.Redis.Cluster.Known, m.Redis.Cluster.Value)
		for _, c := range m.Connectors {
			fmt.Fprintln(&got, c.Text)
		}
		for _, a := range m.Apps {
			fmt.Fprintln(&got, a.Name.Text, a.Connector.Text, a.Upgrade.Known, a.Upgrade.Value, a.CacheLoss.Text)
		}
		for _, d := range m.Done {
			fmt.Fprintln(&got, d.Step.Text, d.On.Text)
		}
		for _, d := range m.Decisions {
			fmt.Fprintln(&got, d.ID.Text, d.Answer.Text)
		}
		const want = `acme-production 4.3.10 iis Production true true
app-designer AppDesigner 4.10 2 4
data-stream-designer    
subscription-manager    
  sm-01 sm-01 true
  02  false
true cache01:6379,ssl=True,abortConnect=False self-hosted true false
1.07
2.10
Pump Health 1.07 true true accepted
Shift Log 2.0 true false 
No  false false 
backup 2026-11-23
capture 
redis-per-product no
redis-capacity who: me
`
		if got.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got.String(), want)
		}
		// The folders are not there: that is all that is wrong.
		if len(m.Problems) != 2 || !strings.Contains(problems(m), "6:32-43 there is no folder \"AppDesigner\"") {
			t.Errorf("%s: problems\n%s", name, problems(m))
		}
		for _, s := range []Scalar{m.Name, m.Version, m.Connectors[1], m.Apps[0].Name, m.Done[0].On, m.Decisions[0].Answer, m.Products[0].Instances} {
			if p := placeText(s.Place); !strings.HasSuffix(p, " "+s.Text) {
				t.Errorf("%s: %q lies at %q", name, s.Text, p)
			}
		}
		if p := placeText(m.Redis.Connection.Place); !strings.HasSuffix(p, `"cache01:6379,ssl=True,abortConnect=False"`) {
			t.Errorf("%s: a quoted value lies at %q", name, p)
		}
	}
}

// An empty manifest says nothing, and is none the worse.
func TestEmptyManifest(t *testing.T) {
	for _, text := range []string{"", "\n", "# comment\n", "---\n", "null\n", "---\n...\n", "products:\nredis:\napps:\n", "\ufeff"} {
		m := manifest(t, text)
		if len(m.Problems) > 0 || m.Name.IsSet() || m.File.Err != nil {
			t.Errorf("%q: %s, %v", text, problems(m), m.File.Err)
		}
	}
}

func TestManifestProblems(t *testing.T) {
	const (
		syntaxHint = "quote values that hold a colon, a # or a bracket, and indent with blanks"
		docHint    = "see the documentation of xmpro.yaml, or run: xmlint schema manifest"
	)
	for _, c := range []struct{ text, want string }{
		// unknown keys, with what was meant
		{"versoin: 4.3", `1:1-8 the key "versoin" is not known | did you mean "version"?`},
		{"VERSION: 4.3", `1:1-8 the key "VERSION" is not known | did you mean "version"?`},
		{"a: 1\r\nñame: é\tx\r\nredis: {conection: h}\r\n", "1:1-2 the key \"a\" is not known | the keys here are: apps, connectors, decisions, done, environment, hosting, load_balancer, name, products, redis, version\n" +
			"2:1-5 the key \"ñame\" is not known | did you mean \"name\"?\n3:9-18 the key \"conection\" is not known | did you mean \"connection\"?"},
		{"{name: 😀😀, vresion: 2}", `1:12-19 the key "vresion" is not known | did you mean "version"?`},
		{"name:\tx\t# tabs\nversionn: 1", `2:1-9 the key "versionn" is not known | did you mean "version"?`},
		{"'na''me': x", `1:1-9 the key "na'me" is not known | did you mean "name"?`},
		{`"n\u0061mee": x`, `1:1-13 the key "namee" is not known | did you mean "name"?`},
		{"products: {app-designr: {path: x}}", `1:12-23 the key "app-designr" is not known | did you mean "app-designer"?`},
		{"products:\n  app-designer: {instance: 2}", `2:18-26 the key "instance" is not known | did you mean "instances"?`},
		{"apps: [{name: x, connectr: 1}]", `1:18-26 the key "connectr" is not known | did you mean "connector"?`},
		{"connectors: {datastreams: []}", `1:14-25 the key "datastreams" is not known | did you mean "data-streams"?`},
		{"? [a]\n: b", `1:3-4 the key "" is not known | the keys here are: apps, connectors, decisions, done, environment, hosting, load_balancer, name, products, redis, version`},
		{"<<: {name: a}", `1:1-3 the key "<<" is not known | the keys here are: apps, connectors, decisions, done, environment, hosting, load_balancer, name, products, redis, version`},
		// lines as YAML counts them
		{"name: a\u0085versoin: 1", `1:9-16 the key "versoin" is not known | did you mean "version"?`},
		{"name: a\rversoin: 1", `1:9-16 the key "versoin" is not known | did you mean "version"?`},
		// wrong types
		{"[]", "1:1-2 expected object or null, but got array | " + docHint},
		{"text", "1:1-5 expected object or null, but got string | " + docHint},
		{"name: [a]", "1:1-5 name: expected string or number or boolean, but got array | " + docHint},
		{"version:", "1:9-9 version: expected string or number, but got null | " + docHint},
		{"products: [app-designer]", "1:1-9 products: expected object or null, but got array | " + docHint},
		{"apps:\n- {name: x, upgrade: yes}", "2:22-25 apps[0].upgrade: expected boolean, but got string | write true or false, without quotes"},
		{"products:\n  ai: {instances: two}\n  stream-host: {instances: 0}", "2:19-22 products.ai.instances: expected integer, but got string | write a whole number, without quotes\n" +
			"3:28-29 products.stream-host.instances: the number is out of range | write a number from 1 to 10000"},
		{"products: {ai: {instances: 10001}}", "1:28-33 products.ai.instances: the number is out of range | write a number from 1 to 10000"},
		{"products: {ai: {nodes: []}}", "1:17-22 products.ai.nodes: the value is empty | give one, or leave the key out"},
		{"products: {ai: {nodes: [{path: .}]}}", "1:25-26 products.ai.nodes[0]: the key name is missing | add it"},
		{"products: {ai: {nodes: [{name: a}, {name: a}]}}", `1:43-44 the node "a" stands here a second time | give each node a name of its own`},
		{"apps: [{nam: A}]", `1:9-12 the key "nam" is not known | did you mean "name"?`},
		{"apps: [{nme: A, name: B}]", `1:9-12 the key "nme" is not known | did you mean "name"?`},
		{"hosting: mainframe", "1:10-19 hosting: the value is not one that is known | the values are: iis, windows-installer, azure-arm, azure-terraform, compose, helm, azure, docker, kubernetes"},
		{"redis: {service: azurecache}", `1:18-28 redis.service: the value is not one that is known | did you mean "azure-cache"?`},
		{"environment: ''", "1:14-16 environment: the value is empty | give one, or leave the key out"},
		{"done: [{step: backup, on: tomorrow}]", "1:27-35 done[0].on: the value is no date | write it as 2026-11-23"},
		{"done: [{step: a, on: 2026-02-28}, {step: backup, on: 2026-13-45}]", "1:54-64 done[1].on: the value is no date | write it as 2026-11-23"},
		{"done: [{step: backup, on: '2026-02-30T10:00:00Z'}]", "1:27-49 done[0].on: the value is no date | write it as 2026-11-23"},
		{"done: [{step: backup, on: 2026--1-23}]", "1:27-37 done[0].on: the value is no date | write it as 2026-11-23"},
		{"hosting: ISS", `1:10-13 hosting: the value is not one that is known | did you mean "iis"?`},
		{"done: [{on: 2026-11-23}]", "1:8-9 done[0]: the key step is missing | add it"},
		{"decisions: {a: [1]}", "1:13-14 decisions.a: expected string or boolean or number, but got array | " + docHint},
		{"apps: [{name: x, cache_loss: yes}]", "1:30-33 apps[0].cache_loss: the value is not one that is known | the values are: accepted"},
		// duplicates, anchors, tags
		{"name: a\nversion: 1\nname: b", `3:1-5 the key "name" stands here a second time | keep one of the two`},
		{"name: &a x\nversion: *a", "1:7-8 anchors and aliases are not read | write the value out"},
		{"name: !!binary aGk=\nx: y", "2:1-2 the key \"x\" is not known | the keys here are: apps, connectors, decisions, done, environment, hosting, load_balancer, name, products, redis, version"},
		// no YAML
		{"name: [a", "1:9-9 the file is not YAML: did not find expected ',' or ']' | " + syntaxHint},
		{"name: a: b", "1:8-9 the file is not YAML: mapping values are not allowed in this context | " + syntaxHint},
		{"name: a\n\tversion: 1", "2:1-2 the file is not YAML: found a tab character that violates indentation | " + syntaxHint},
		{"name: a\nversion: \x01\n", "2:10-11 the file is not YAML: it holds a control character | delete it; a file in another encoding needs a byte order mark"},
		{"name: a\n---\nname: b\n", "2:1-4 the file is not YAML: it holds more than one document | keep one, and delete the line --- that begins the other"},
		// paths
		{"products: {ai: {path: ../x}}", "1:23-27 the path leaves the deployment's folder | give a folder below the one of xmpro.yaml, relative to it"},
		{`products: {ai: {path: 'C:\XMPro'}}`, "1:23-33 the path leaves the deployment's folder | give a folder below the one of xmpro.yaml, relative to it"},
		{"products: {ai: {nodes: [{name: a, path: /srv}]}}", "1:41-45 the path leaves the deployment's folder | give a folder below the one of xmpro.yaml, relative to it"},
		{"products: {ai: {path: xmpro.yaml}}", `1:23-33 there is no folder "xmpro.yaml" | correct the path, or leave it out where the product's files are not in this tree`},
	} {
		if got := problems(manifest(t, c.text)); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// A folder that has a manifest of its own is no part of this deployment, though
// it is named here: without a word half of a product would not be looked at.
func TestManifestNamesAnotherDeployment(t *testing.T) {
	const nodes = "products: {subscription-manager: {nodes: [{name: a, path: a}, {name: b, path: in/b}]}}\n"
	for more, want := range map[string]string{
		"c/xmpro.yaml":    "",
		"in/b/XMPro.yaml": `1:79-83 the folder "in/b" belongs to another deployment, of which "in/b/XMPro.yaml" is the manifest | delete that manifest where the folder is a part of this deployment, else leave the path out`,
		"in/xmpro.yaml":   `1:79-83 the folder "in/b" belongs to another deployment, of which "in/xmpro.yaml" is the manifest | delete that manifest where the folder is a part of this deployment, else leave the path out`,
	} {
		fsys := fstest.MapFS{"xmpro.yaml": {Data: []byte(nodes)}, "a/web.config": {Data: []byte("<configuration />")}, "in/b/web.config": {Data: []byte("<configuration />")}, more: {}}
		var got string
		for _, d := range load(t, fsys, Options{}) {
			if d.Root == "." {
				got = problems(d.Manifest)
			}
		}
		if got != want {
			t.Errorf("with %s\n got %s\nwant %s", more, got, want)
		}
	}
}

// What is right in a manifest is used, whatever else is wrong.
func TestManifestWithFaults(t *testing.T) {
	m := manifest(t, "name: acme\nversion: [1]\nproducts:\n  app-designer: {instances: x, path: 5}\n  nobody: {}\napps: [1, {connector: 2}, {name: A}]\nredis: maybe\nload_balancer: {sticky: sometimes}\nconnectors: {data-streams: [[], 1.07]}\n")
	if m.Name.Text != "acme" || m.Version.IsSet() || len(m.Products) != 1 || m.Products[0].Path.Text != "5" || len(m.Apps) != 1 || !m.HasRedis || m.Sticky.Known || len(m.Connectors) != 1 {
		t.Errorf("%+v", m)
	}
	if len(m.Problems) < 7 || !slices.IsSortedFunc(m.Problems, func(a, b Problem) int { return int(a.Place.Span.Start - b.Place.Span.Start) }) {
		t.Errorf("problems\n%s", problems(m))
	}
	block := manifest(t, "name: >\n  acme\n  west\nversion: |-\n  4.3.1\n")
	if block.Name.Text != "acme west" || block.Version.Text != "4.3.1" || len(block.Problems) > 0 {
		t.Errorf("%q, %q, %s", block.Name.Text, block.Version.Text, problems(block))
	}
}

// Encodings are those of .NET's readers.
func TestManifestEncodings(t *testing.T) {
	var wide bytes.Buffer
	wide.Write([]byte{0xFF, 0xFE})
	for _, c := range []byte("name: acme\nversoin: 1\n") {
		wide.Write([]byte{c, 0})
	}
	for _, c := range []struct{ text, name, problem string }{
		{wide.String(), "acme", "2:1-8"},
		{"name: a\xffb\n", "a\uFFFDb", ""},
		{strings.TrimPrefix(wide.String(), "\xFF\xFE"), "", "1:2-3"}, // no byte order mark: full of NULs
	} {
		m := manifest(t, c.text)
		if m.Name.Text != c.name || !strings.HasPrefix(problems(m), c.problem) || len(m.Problems) > 1 {
			t.Errorf("%.20q: name %q, %s", c.text, m.Name.Text, problems(m))
		}
	}
}

// Hostile input costs little time, and ends in a problem.
func TestHostileManifests(t *testing.T) {
	var indented, keys, items strings.Builder
	for i := range 1400 {
		indented.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for i := range 20000 {
		fmt.Fprintf(&keys, "k%d: 1\n", i)
		items.WriteString("- {nam: x}\n")
	}
	for name, text := range map[string]string{
		"brackets":    strings.Repeat("[", 1<<20),
		"braces":      strings.Repeat("{a: ", 1<<18),
		"dashes":      strings.Repeat("- ", 1<<19),
		"questions":   strings.Repeat("? ", 1<<19),
		"indentation": indented.String(),
		"keys":        keys.String(),
		"flow keys":   "{" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}",
		"items":       "apps:\n" + items.String(),
		"an app each": "apps: [" + strings.Repeat("{nam: x}, ", 20000) + "]",
		"answers":     "decisions: {" + strings.ReplaceAll(keys.String(), "1\n", "[1], ") + "}",
		"aliases":     "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n",
		"quotes":      strings.Repeat(`"a": `, 1000),
		"a long line": "name: " + strings.Repeat("é", 1<<19-10) + "\nversoin: 1",
	} {
		start := time.Now()
		m := manifest(t, text)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
		if n := len(m.Problems); n == 0 || n > yamldoc.MaxProblems+1 {
			t.Errorf("%s: %d problems", name, n)
		}
		if n := len(m.Problems); n > yamldoc.MaxProblems && !strings.Contains(m.Problems[n-1].Message, "more problems") {
			t.Errorf("%s: the last problem is %q", name, m.Problems[n-1].Message)
		}
	}
	large := manifest(t, strings.Repeat("#", 1<<20+1))
	if fault, ok := large.File.Err.(*document.Error); !ok || fault.Kind != document.ErrTooLarge {
		t.Errorf("a large file: %v", large.File.Err)
	}
}

// Whatever stands in a manifest, it is read without a panic, its places lie in
// the file, and what is told of it is there.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{whole, "", "name: [a", "{a: {b: {c: 1}}}", "- a\n- b: c\n", "a: &x b\nc: *x\n", "\ufeffname: é\r\n", "? a\n: b\n", "name: \"\\u00e9\"\n", "!!map {name: !x y}\n", "a: |\n  b\n c: d\n", "\xff\xfe\x00", "%YAML 1.2\n---\nname: x\n...\n", "name: a\u2028b\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := manifest(t, text)
		if m.File.Err != nil {
			return
		}
		size := int32(len(m.File.Text.Bytes))
		inside := func(what string, p Place) {
			if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > size {
				t.Errorf("%s lies at %v of %d", what, p.Span, size)
			}
		}
		for _, p := range m.Problems {
			inside(p.Message, p.Place)
			if p.Message == "" || p.Hint == "" {
				t.Errorf("a problem without words: %+v", p)
			}
		}
		for _, p := range m.Products {
			inside(string(p.ID), p.Place)
			if p.ID == schema.Unknown {
				t.Error("a product that no manifest can name")
			}
		}
		for _, s := range []Scalar{m.Name, m.Version, m.Hosting, m.Environment, m.Redis.Connection} {
			inside(s.Text, s.Place)
		}
		for _, a := range m.Apps {
			inside(a.Name.Text, a.Name.Place)
		}
		if again := manifest(t, text); problems(again) != problems(m) {
			t.Error("read twice, it is not the same")
		}
	})
}
