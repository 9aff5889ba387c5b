package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	progressAfter = time.Second            // a run that takes less says nothing
	progressEvery = 200 * time.Millisecond // between two looks at how far it is
)

// progress is one line on the terminal that tells how far a long run has come.
// It is written over itself and is gone before anything else is written. The
// zero value tells nothing, and so does one without ticks.
type progress struct {
	w     io.Writer
	ticks func(every time.Duration) <-chan time.Time

	total, done atomic.Int64

	mu    sync.Mutex
	quit  chan struct{} // nil: not begun
	shown int           // columns that the line takes now
	over  bool
}

// begin lets the line appear, once the run has taken long enough.
func (p *progress) begin(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ticks == nil || p.over || p.quit != nil {
		return
	}
	p.quit = make(chan struct{})
	go p.run(now, p.ticks(progressEvery), p.quit)
}

// expect tells how many deployments there seem to be; there may be more.
func (p *progress) expect(n int) { p.total.Store(int64(n)) }

// one tells that a deployment is done. Any goroutine may call it.
func (p *progress) one() { p.done.Add(1) }

func (p *progress) run(begun time.Time, ticks <-chan time.Time, quit <-chan struct{}) {
	for {
		select {
		case now := <-ticks:
			if now.Sub(begun) >= progressAfter {
				p.draw()
			}
		case <-quit:
			return
		}
	}
}

func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return
	}
	text := "xmlint: looking for configuration"
	switch total, done := p.total.Load(), p.done.Load(); {
	case done > total:
		text = fmt.Sprintf("xmlint: %d deployments", done)
	case total > 0:
		text = fmt.Sprintf("xmlint: %d of %d deployments", done, total)
	}
	// A line that cannot be written is no reason to fail.
	_, _ = io.WriteString(p.w, "\r"+text+strings.Repeat(" ", max(0, p.shown-len(text))))
	p.shown = len(text)
}

// erase takes the line off the terminal; the caller holds the lock.
func (p *progress) erase() {
	if p.shown > 0 {
		_, _ = io.WriteString(p.w, "\r"+strings.Repeat(" ", p.shown)+"\r")
		p.shown = 0
	}
}

// end takes the line off for good.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	if p.quit != nil && !p.over {
		close(p.quit)
	}
	p.over = true
}

// beside is a writer to the same terminal: the line makes way for what is
// written, and where last is true does not come back.
func (p *progress) beside(w io.Writer, last bool) io.Writer {
	if p.ticks == nil {
		return w
	}
	return &besides{p, w, last}
}

type besides struct {
	p    *progress
	w    io.Writer
	last bool
}

// Write writes where the line was.
func (b *besides) Write(text []byte) (int, error) {
	if b.last {
		b.p.end()
		return b.w.Write(text)
	}
	b.p.mu.Lock()
	defer b.p.mu.Unlock()
	b.p.erase()
	return b.w.Write(text)
}
