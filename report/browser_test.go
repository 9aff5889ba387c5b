package report

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

var screenshots = flag.String("screenshots", "", "a folder for pictures of the pages, to be looked at")

// browser is a tab of Debian's chromium. It fails the test for whatever the page
// says on its console, and for each request that is not for a file of the test.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program(t, "chromium", "chromium")), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &browser{t, ctx}
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log(err)
		}
		cancel()
	})
	b.do()
	b.watch()
	return b
}

// watch collects what no page may do.
func (b *browser) watch() {
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	var lock sync.Mutex
	var faults []string
	fault := func(format string, args ...any) {
		lock.Lock()
		defer lock.Unlock()
		faults = append(faults, fmt.Sprintf(format, args...))
	}
	err := chromedp.Listen(b.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			if url := e.Request.URL; !strings.HasPrefix(url, "file:") && !strings.HasPrefix(url, "data:") {
				fault("a request for %s", url)
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	console := chromedp.Console(b.ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for m, err := range console {
			if err != nil {
				return
			}
			fault("on the console: %s", m)
		}
	}()
	b.t.Cleanup(func() {
		time.Sleep(50 * time.Millisecond)
		lock.Lock()
		defer lock.Unlock()
		for _, f := range faults {
			b.t.Error(f)
		}
	})
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	if len(steps) == 0 { // starts the browser, which has to outlive this call
		ctx = b.ctx
	}
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// ask gives the value of an expression of JavaScript.
func ask[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", cutText(expression, 80), err)
	}
	return value
}

// open shows a page from a file.
func (b *browser) open(html string) string {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "audit.html")
	if err := os.WriteFile(file, []byte(html), 0o666); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate("file://" + file))
	return file
}

// prefer chooses the light or the dark page, or paper ("print").
func (b *browser) prefer(scheme string) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if scheme == "print" {
		p = emulation.SetEmulatedMediaParams{Media: "print"}
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.t.Fatal(err)
	}
}

// picture keeps a picture of the whole page where somebody wants to look.
func (b *browser) picture(name string) {
	b.t.Helper()
	if *screenshots == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name+".png"), png, 0o666); err != nil {
		b.t.Fatal(err)
	}
}

// violations are what axe-core has to say against the page.
func (b *browser) violations() []string {
	b.t.Helper()
	if !ask[bool](b, "typeof axe === 'object'") {
		axe, err := os.ReadFile(tool(b.t, "axe-core/axe.min.js"))
		if err != nil {
			b.t.Fatal(err)
		}
		ask[bool](b, string(axe)+"; true")
	}
	return ask[[]string](b, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v =>
		v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' '))))`)
}
