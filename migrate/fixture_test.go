package migrate

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
)

const redisText = "cache01:6380,password=EXAMPLE-redis,ssl=True,abortConnect=False"

// redis is a connection string as a user gives it.
func redis(t testing.TB, text string) Connection {
	t.Helper()
	c, err := Literal(text, "--redis")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// loadFS reads the one deployment of a file system.
func loadFS(t testing.TB, files fstest.MapFS, opts *Options) *deployment.Deployment {
	t.Helper()
	opts.Sources = []deployment.Source{{FS: files, Dir: ".", Shown: "."}}
	return load(t, opts)
}

func load(t testing.TB, opts *Options) *deployment.Deployment {
	t.Helper()
	all, err := loadAll(opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("%d deployments, want 1", len(all))
	}
	return all[0]
}

func loadAll(opts *Options) ([]*deployment.Deployment, error) {
	groups, err := deployment.Discover(context.Background(), opts.Sources, opts.Exclude)
	if err != nil {
		return nil, err
	}
	var all []*deployment.Deployment
	for _, g := range groups {
		all = append(all, g.Load(context.Background(), opts.Load)...)
	}
	return all, nil
}

// prepare works out the changes of a file system.
func prepare(t testing.TB, files fstest.MapFS, opts Options) *Changes {
	t.Helper()
	c, err := Prepare(context.Background(), loadFS(t, files, &opts), opts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// after is a file system with changes carried out.
func after(files fstest.MapFS, c *Changes) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range files {
		out[name] = f
	}
	for _, f := range c.Files {
		out[f.Path] = &fstest.MapFile{Data: f.After()}
	}
	return out
}

// example is a folder of testdata as a file system in memory.
func example(t testing.TB, name string) fstest.MapFS {
	t.Helper()
	root := filepath.Join("..", "testdata", name)
	files := fstest.MapFS{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
