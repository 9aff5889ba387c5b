package migrate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/xmlint/xmlint/internal/hostfs"
)

// TestMain lets the tests call this program again: as a migration that kills
// itself, and as one of another user.
func TestMain(m *testing.M) {
	if dir := os.Getenv("XMLINT_TEST_MIGRATE"); dir != "" {
		os.Exit(child(dir, os.Getenv("XMLINT_TEST_KILL"), os.Getenv("XMLINT_TEST_STATE")))
	}
	os.Exit(m.Run())
}

// child migrates the deployment in a folder, and kills itself before
// operation number kill.
func child(dir, kill, state string) int {
	fail := func(err error) int {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	at, err := strconv.Atoi(kill)
	if err != nil {
		at = -1
	}
	sources, err := hostfs.Sources(dir, []string{"."})
	if err != nil {
		return fail(err)
	}
	c, err := Literal(redisText, "test")
	if err != nil {
		return fail(err)
	}
	opts := Options{Redis: c, Sources: sources}
	all, err := loadAll(&opts)
	if err != nil || len(all) != 1 {
		return fail(fmt.Errorf("%d deployments, %w", len(all), err))
	}
	changes, err := Prepare(context.Background(), all[0], opts)
	if err != nil {
		return fail(err)
	}
	s := &site{dir: dir}
	store := s.store(all[0], hookFS{FS: Host{}, slow: true, hook: func(string, string) error {
		if at == 0 {
			killSelf()
		}
		at--
		return nil
	}})
	store.State = state
	if _, err := store.Apply(context.Background(), changes); err != nil {
		return fail(err)
	}
	return 0
}

// migrateAs runs child, perhaps as another user.
func migrateAs(t *testing.T, program, dir, kill, state string, uid uint32) (string, error) {
	t.Helper()
	c := exec.Command(program)
	c.Env = append(os.Environ(), "XMLINT_TEST_MIGRATE="+dir, "XMLINT_TEST_KILL="+kill, "XMLINT_TEST_STATE="+state)
	c.Dir = os.TempDir()
	if uid != 0 {
		become(c, uid)
	}
	out, err := c.CombinedOutput()
	return string(out), err
}

func self(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// Killed at every write, sync and rename of a migration of three files, all
// files are old or new after the next call.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each operation")
	}
	c, first := newSite(t, "ready-4.3.1").prepared(t, Host{})
	for n := 0; ; n++ {
		s := newSite(t, "ready-4.3.1")
		store := s.like(first, Host{})
		out, err := migrateAs(t, self(t), s.dir, strconv.Itoa(n), "", 0)
		var exit *exec.ExitError
		switch {
		case err == nil:
			if !s.isNew(t, c) {
				t.Fatal("the migration that was not killed did not write")
			}
			if n < 20 {
				t.Fatalf("only %d operations", n)
			}
			return
		case !errors.As(err, &exit) || !wasKilled(exit):
			t.Fatalf("operation %d: %v\n%s", n, err, out)
		}
		if _, err := store.Recover(context.Background()); err != nil {
			t.Fatalf("killed before operation %d: %v", n, err)
		}
		if !s.isOld(t) && !s.isNew(t, c) {
			t.Fatalf("killed before operation %d: neither old nor new", n)
		}
		s.tidy(t)
		// And the next write works as if nothing had been.
		if s.isOld(t) {
			if _, err := store.Apply(context.Background(), c); err != nil {
				t.Fatalf("killed before operation %d, the next write: %v", n, err)
			}
		}
		if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
			t.Fatalf("killed before operation %d, the rollback: %v", n, err)
		}
	}
}
