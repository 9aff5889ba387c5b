package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is a terminal: what was written, and a signal for each write.
type screen struct {
	mu      sync.Mutex
	text    bytes.Buffer
	written chan struct{}
}

func newScreen() *screen { return &screen{written: make(chan struct{}, 1000)} }

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written <- struct{}{}
	return s.text.Write(b)
}

// all is everything that was written.
func (s *screen) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// seen is what a person sees in the end.
func (s *screen) seen() string {
	var lines []string
	for line := range strings.SplitSeq(s.all(), "\n") {
		cells := []byte{}
		for part := range strings.SplitSeq(line, "\r") {
			cells = append([]byte(part), cells[min(len(part), len(cells)):]...)
		}
		lines = append(lines, strings.TrimRight(string(cells), " "))
	}
	return strings.Join(lines, "\n")
}

var begun = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func TestProgressLine(t *testing.T) {
	ticks := make(chan time.Time)
	s := newScreen()
	p := &progress{w: s, ticks: func(time.Duration) <-chan time.Time { return ticks }}
	beside := p.beside(s, false)
	p.begin(begun)

	ticks <- begun.Add(900 * time.Millisecond)
	ticks <- begun.Add(time.Second)
	<-s.written
	if got, want := s.all(), "\rxmlint: looking for configuration"; got != want {
		t.Errorf("after a second: %q, want %q", got, want)
	}
	p.expect(120)
	p.one()
	ticks <- begun.Add(1200 * time.Millisecond)
	<-s.written
	if got, want := s.seen(), "xmlint: 1 of 120 deployments"; got != want {
		t.Errorf("shows %q, want %q", got, want)
	}
	if _, err := beside.Write([]byte("xmlint: a word\n")); err != nil {
		t.Fatal(err)
	}
	if got, want := s.seen(), "xmlint: a word\n"; got != want {
		t.Errorf("shows %q, want %q", got, want)
	}
	for range 130 { // a folder may hold more deployments than it looks
		p.one()
	}
	for len(s.written) > 0 {
		<-s.written
	}
	ticks <- begun.Add(1400 * time.Millisecond)
	<-s.written
	if got, want := s.seen(), "xmlint: a word\nxmlint: 131 deployments"; got != want {
		t.Errorf("shows %q, want %q", got, want)
	}
	p.end()
	p.end()
	p.begin(begun)
	p.draw()
	if got, want := s.seen(), "xmlint: a word\n"; got != want {
		t.Errorf("leaves %q, want %q", got, want)
	}
}

// gate is an output that waits until the progress is on the screen.
type gate struct{ ready func() }

func (g gate) Write(b []byte) (int, error) {
	g.ready()
	return len(b), nil
}

// slow runs a command whose clock stands at two seconds, with stderr on a
// terminal, and gives what is seen there.
func slow(t *testing.T, terminal, shows bool, args ...string) *screen {
	t.Helper()
	s := newScreen()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ticks := make(chan time.Time, 1)
	ticks <- begun.Add(2 * time.Second)
	out := gate{func() {}}
	if shows {
		out.ready = func() {
			select {
			case <-s.written:
				s.written <- struct{}{}
			case <-ctx.Done():
			}
		}
	}
	run(ctx, system{
		args: args, dir: unpack(t, "secrets.txtar"), stdin: strings.NewReader(""), stdout: out, stderr: s, terminal: terminal,
		env:   func(string) string { return "" },
		now:   func() time.Time { return begun },
		ticks: func(time.Duration) <-chan time.Time { return ticks },
	})
	return s
}

func TestProgress(t *testing.T) {
	for _, command := range []string{"lint", "plan", "show"} {
		s := slow(t, false, true, command)
		if got := s.all(); !strings.HasPrefix(got, "\rxmlint: ") || s.seen() != "" {
			t.Errorf("%s wrote %q and leaves %q", command, got, s.seen())
		}
		if got := slow(t, false, false, command, "--quiet").all(); got != "" {
			t.Errorf("%s --quiet wrote %q", command, got)
		}
	}
	// On one terminal, nothing is written over the report.
	if got := slow(t, true, false, "lint").seen(); got != "" {
		t.Errorf("lint leaves %q", got)
	}
	// In a pipe there are no ticks.
	var stderr strings.Builder
	call(t.Context(), unpack(t, "secrets.txtar"), strings.NewReader(""), gate{func() {}}, &stderr, "lint")
	if stderr.String() != "" {
		t.Errorf("a pipe gets %q", stderr.String())
	}
}
