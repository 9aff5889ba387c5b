package deployment

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xmlint/xmlint/schema"
)

// shuffled is a file system that lists its folders in any order, and reads
// into memory it is given.
type shuffled struct{ memory }

// ReadDir lists a folder.
func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.MapFS.ReadDir(name)
	rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

// many is a tree of deployments: some in folders whose names sort before ".",
// some of which split into several.
func many(n int) shuffled {
	files := fstest.MapFS{}
	add := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	for i := range n {
		root := fmt.Sprintf("site-%03d", i)
		add(root+"/AD/appsettings.json", fmt.Sprintf(`{"xmpro": {"appDesigner": {"encryptionKey": "k%d"}}}`, i))
		add(root+"/DS/appsettings.json", jsonDS)
		add(root+"/SM/web.config", webSM)
		if i%3 == 0 {
			add(root+"/AD-old/appsettings.json", jsonAD)
			add(root+"/older/appsettings.json", jsonAD)
		}
		if i%5 == 0 {
			add(root+"/xmpro.yaml", "name: "+root)
			add(root+"/deep/er/appsettings.json", jsonDS)
		}
		if i%7 == 0 {
			add(root+"/nested/DS/appsettings.json", jsonDS)
		}
	}
	for _, dir := range []string{"(a)", "!x", "-y", "z", "AD", "(a)/b"} {
		add(dir+"/appsettings.json", jsonAD)
	}
	// The same names in two casings.
	add("case/AD/Appsettings.json", jsonAny)
	add("case/AD/appsettings.json", jsonAD)
	add("case/AD/APPSETTINGS.json", jsonAny)
	add("case/XMPRO.yaml", "name: wrong")
	add("case/xmpro.yaml", "name: right")
	return shuffled{memory{files}}
}

func discover(t testing.TB, fsys fs.FS) []*Group {
	t.Helper()
	groups, err := Discover(context.Background(), []Source{{FS: fsys, Dir: ".", Shown: "."}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

// The output has one order, for any number of workers and any order of the
// files.
func TestEachOrder(t *testing.T) {
	fsys := many(60)
	all := load(t, fsys, Options{})
	want := summary(all)
	if !slices.IsSortedFunc(all, func(a, b *Deployment) int { return strings.Compare(a.Root, b.Root) }) {
		t.Fatalf("Load gives another order than that of the roots:\n%s", want)
	}
	if !strings.Contains(want, "case: AD (absent) case/AD/appsettings.json\n") || all[slices.IndexFunc(all, func(d *Deployment) bool { return d.Root == "case" })].Name != "right" {
		t.Errorf("of names that differ in case the usual one is not taken:\n%s", want)
	}
	for _, jobs := range []int{1, 2, 3, 8, 50} {
		for range 3 {
			var got strings.Builder
			err := Each(context.Background(), discover(t, fsys), Options{Jobs: jobs},
				func(d *Deployment) (string, error) {
					if rand.IntN(4) == 0 {
						time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
					}
					return strings.Clone(summary([]*Deployment{d})), nil
				},
				func(s string) error { got.WriteString(s); return nil })
			if err != nil || got.String() != want {
				t.Fatalf("%d workers, %v: got\n%s\nwant\n%s", jobs, err, got.String(), want)
			}
		}
	}
}

// Workers wait for one that is far behind, and for done: what they have made
// meanwhile would fill the memory.
func TestEachWaits(t *testing.T) {
	files := fstest.MapFS{}
	const groups = 1000
	for i := range groups {
		files[fmt.Sprintf("s%04d/AD/appsettings.json", i)] = &fstest.MapFile{Data: []byte(jsonAD)}
	}
	const jobs = 2
	for _, slow := range []string{"work", "done"} {
		var calls atomic.Int64
		// settled waits until no worker gets on any more, and counts the calls.
		settled := func() int64 {
			for before, still := int64(-1), 0; still < 10; time.Sleep(10 * time.Millisecond) {
				if now := calls.Load(); now == before {
					still++
				} else {
					before, still = now, 0
				}
			}
			return calls.Load()
		}
		var once sync.Once
		var ran int64
		wait := func(where string) {
			if where == slow {
				once.Do(func() { ran = settled() })
			}
		}
		count := 0
		err := Each(t.Context(), discover(t, memory{files}), Options{Jobs: jobs}, func(d *Deployment) (int, error) {
			calls.Add(1)
			if d.Root == "s0000" {
				wait("work")
			}
			return 0, nil
		}, func(int) error {
			wait("done")
			count++
			return nil
		})
		if err != nil || count != groups {
			t.Errorf("slow %s: %d results, %v", slow, count, err)
		}
		if most := int64(aheadOf*jobs + 2*jobs); ran < aheadOf || ran > most {
			t.Errorf("slow %s: the others ran %d groups ahead, at most %d are wanted", slow, ran, most)
		}
	}
}

// Memory that is used again holds nothing of the deployment before: large and
// small files, broken ones, UTF-16 and XML take turns.
func TestEachMemory(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 200 {
		text := fmt.Sprintf(`{"xmpro": {"appDesigner": {"encryptionKey": "k%d"}, "autoScale": {"enabled": %t}}}`, i, i%2 == 0)
		switch i % 5 {
		case 1:
			text = strings.Repeat(" ", i*100) + text
		case 2:
			text = text[:len(text)-3]
		case 3:
			wide := []byte{0xFF, 0xFE}
			for _, c := range []byte(text) {
				wide = append(wide, c, 0)
			}
			text = string(wide)
		case 4:
			text = strings.ReplaceAll(text, "{", "{ // comment\n")
		}
		files[fmt.Sprintf("s%03d/AD/appsettings.json", i)] = &fstest.MapFile{Data: []byte(text)}
		files[fmt.Sprintf("s%03d/SM/web.config", i)] = &fstest.MapFile{Data: []byte(strings.Replace(webSM, "false", fmt.Sprint(i%3 == 0), 1))}
	}
	fsys := shuffled{memory{files}}
	describe := func(d *Deployment) string {
		var b strings.Builder
		b.WriteString(summary([]*Deployment{d}))
		for _, p := range d.Products {
			for _, v := range p.Nodes[0].Views {
				for _, s := range v.Settings() {
					start, end := s.Value.Origin.ValuePlace().Position()
					fmt.Fprintf(&b, "  %s=%s %v-%v\n", s.Path, s.Value.Text, start, end)
				}
			}
		}
		return b.String()
	}
	var want strings.Builder
	for _, d := range load(t, files, Options{}) {
		want.WriteString(describe(d))
	}
	var got strings.Builder
	err := Each(context.Background(), discover(t, fsys), Options{Jobs: 2},
		func(d *Deployment) (string, error) { return describe(d), nil },
		func(s string) error { got.WriteString(s); return nil })
	if err != nil || got.String() != want.String() {
		t.Errorf("%v: got\n%s\nwant\n%s", err, got.String(), want.String())
	}
}

func TestEachErrors(t *testing.T) {
	before := runtime.NumGoroutine()
	boom := errors.New("boom")
	var calls atomic.Int64
	err := Each(context.Background(), discover(t, many(200)), Options{Jobs: 4},
		func(d *Deployment) (int, error) {
			if calls.Add(1) == 20 {
				return 0, boom
			}
			return 0, nil
		}, func(int) error { return nil })
	if err != boom {
		t.Errorf("an error of work: %v", err)
	}
	for jobs := 1; jobs <= 4; jobs++ { // what comes before it is done all the same
		var got []string
		err := Each(context.Background(), discover(t, many(40)), Options{Jobs: jobs},
			func(d *Deployment) (string, error) {
				if d.Root >= "site-003" {
					return "", fmt.Errorf("%s: %w", d.Root, boom)
				}
				return d.Root, nil
			}, func(root string) error { got = append(got, root); return nil })
		if err == nil || err.Error() != "site-003: boom" || !slices.IsSorted(got) || len(got) == 0 || !strings.HasPrefix(got[len(got)-1], "site-002") {
			t.Errorf("%d jobs: %v, after %v", jobs, err, got)
		}
	}
	done := 0
	err = Each(context.Background(), discover(t, many(200)), Options{Jobs: 4},
		func(*Deployment) (int, error) { return 0, nil },
		func(int) error {
			if done++; done == 7 {
				return boom
			}
			return nil
		})
	if err != boom || done != 7 {
		t.Errorf("an error of done: %v, %d calls", err, done)
	}
	if err := Each(context.Background(), nil, Options{}, func(*Deployment) (int, error) { return 0, nil }, func(int) error { return nil }); err != nil {
		t.Errorf("no groups: %v", err)
	}
	noLeaks(t, before)
}

func noLeaks(t *testing.T, before int) {
	t.Helper()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	buf := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
}

// A context that ends stops everything soon, and leaves nothing behind.
func TestCancel(t *testing.T) {
	before := runtime.NumGoroutine()
	cause := errors.New("interrupted")
	for name, run := range map[string]func(ctx context.Context, cancel func()) error{
		"in work": func(ctx context.Context, cancel func()) error {
			return Each(ctx, discover(t, many(300)), Options{Jobs: 3}, func(*Deployment) (int, error) { cancel(); return 0, nil }, func(int) error { return nil })
		},
		"in done": func(ctx context.Context, cancel func()) error {
			return Each(ctx, discover(t, many(300)), Options{Jobs: 3}, func(*Deployment) (int, error) { return 0, nil }, func(int) error { cancel(); return nil })
		},
		"before": func(ctx context.Context, cancel func()) error {
			groups := discover(t, many(300))
			cancel()
			return Each(ctx, groups, Options{Jobs: 3}, func(*Deployment) (int, error) { return 0, nil }, func(int) error { return nil })
		},
		"while listing": func(ctx context.Context, cancel func()) error {
			_, err := Discover(ctx, []Source{{FS: endless{cancel}, Dir: ".", Shown: "."}}, nil)
			return err
		},
		"before listing": func(ctx context.Context, cancel func()) error {
			fsys := many(300)
			cancel()
			_, err := Load(ctx, fsys, ".", Options{})
			return err
		},
		"while loading": func(ctx context.Context, cancel func()) error {
			_, err := Load(ctx, cancelling{many(300).MapFS, cancel}, ".", Options{})
			return err
		},
	} {
		ctx, cancel := context.WithCancelCause(context.Background())
		var at atomic.Int64
		err := run(ctx, func() { at.CompareAndSwap(0, time.Now().UnixNano()); cancel(cause) })
		if took := time.Now().UnixNano() - at.Load(); took > int64(100*time.Millisecond) {
			t.Errorf("%s: it took %v", name, time.Duration(took))
		}
		if err != cause {
			t.Errorf("%s: %v", name, err)
		}
	}
	noLeaks(t, before)
}

// endless has folders without end.
type endless struct{ cancel func() }

// Open has no files.
func (e endless) Open(name string) (fs.File, error) { return nil, fs.ErrNotExist }

// ReadDir lists two folders in each.
func (e endless) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.Count(name, "/") > 200 {
		e.cancel()
	}
	return []fs.DirEntry{dirEntry("a"), dirEntry("b")}, nil
}

type dirEntry string

func (d dirEntry) Name() string               { return string(d) }
func (d dirEntry) IsDir() bool                { return true }
func (d dirEntry) Type() fs.FileMode          { return fs.ModeDir }
func (d dirEntry) Info() (fs.FileInfo, error) { return nil, fs.ErrNotExist }

// cancelling ends the context when a file is read.
type cancelling struct {
	fstest.MapFS
	cancel func()
}

// ReadFile reads a file.
func (c cancelling) ReadFile(name string) ([]byte, error) {
	if path.Base(name) == "web.config" {
		c.cancel()
	}
	return c.MapFS.ReadFile(name)
}

// A group is used up once it was given to Each; before that it can be loaded.
func TestGroups(t *testing.T) {
	groups := discover(t, many(3))
	var roots []string
	for _, g := range groups {
		for _, d := range g.Load(context.Background(), Options{}) {
			roots = append(roots, d.Root)
		}
	}
	if len(roots) < len(groups) || groups[0].Root() == "" {
		t.Errorf("%d groups, roots %q", len(groups), roots)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if all := groups[0].Load(ctx, Options{}); all != nil {
		t.Errorf("loaded %d under a context that has ended", len(all))
	}
}

func TestEachJobs(t *testing.T) {
	var running, most atomic.Int64
	err := Each(context.Background(), discover(t, many(40)), Options{}, func(d *Deployment) (schema.Product, error) {
		n := running.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		runtime.Gosched()
		running.Add(-1)
		return d.Products[0].ID, nil
	}, func(schema.Product) error { return nil })
	if err != nil || most.Load() > int64(runtime.GOMAXPROCS(0)) {
		t.Errorf("%d at once, %v", most.Load(), err)
	}
}
