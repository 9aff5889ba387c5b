package report

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"github.com/xmlint/xmlint/rules"
)

func TestAuditInBrowser(t *testing.T) {
	b := newBrowser(t)
	pages := map[string]string{
		"fresh":   auditIn(t, "html", example(t, "fresh-4.2.3-iis")...),
		"blocked": auditIn(t, "html", example(t, "broken")...),
		"several": auditIn(t, "html", append(example(t, "mixed-connectors"), example(t, "finished")...)...),
		"hostile": auditIn(t, "html", hostileAudit(t)),
		"nothing": auditIn(t, "html"),
		"lint":    lintPage(t),
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.open(page)
			for _, width := range []int64{360, 820, 1440} {
				b.do(chromedp.EmulateViewport(width, 900))
				for _, scheme := range []string{"light", "dark"} {
					b.prefer(scheme)
					b.picture(fmt.Sprintf("%s-%d-%s", name, width, scheme))
					for _, v := range b.violations() {
						t.Errorf("%d %s: %s", width, scheme, v)
					}
				}
				if wide := ask[int64](b, "document.documentElement.scrollWidth"); wide > width {
					t.Errorf("the page is %d wide in a window of %d", wide, width)
				}
			}
			if ask[bool](b, "'hacked' in window") {
				t.Error("a text was run")
			}
			if name == "hostile" && !strings.Contains(ask[string](b, "document.body.textContent"), "<script>hacked = 1</script>") {
				t.Error("a message is not shown as it is")
			}
		})
	}
	b.t = t
}

// lintPage is what lint says of two deployments.
func lintPage(t testing.TB) string {
	o := testOptions
	o.Rules = rules.All()
	return lintWith(t, o.Rules, files(t, "show.txtar"), o, 1, "html")["html"]
}

func TestAuditFiltersAndTicks(t *testing.T) {
	b := newBrowser(t)
	file := b.open(auditIn(t, "html", example(t, "scaled-out-off")...))
	shown := func() string { return ask[string](b, `document.querySelector('.filter output').textContent`) }
	visible := func(selector string) int {
		return ask[int](b, `Array.from(document.querySelectorAll('`+selector+`')).filter(e => e.checkVisibility()).length`)
	}
	all := visible(".finding")
	if want := fmt.Sprintf("%d of %d findings are shown", all, all); shown() != want || visible(".finding.error") == 0 {
		t.Fatalf("%q, want %q", shown(), want)
	}
	b.do(chromedp.Click(chromedp.CSS(`.filter input[value=error]`)))
	if visible(".finding.error") != 0 || visible(".finding.warning") == 0 {
		t.Error("errors are shown, or nothing is")
	}
	b.do(chromedp.Click(chromedp.CSS(`.filter input[value=error]`)), chromedp.Click(chromedp.CSS(`.filter input[value=app-designer]`)))
	if visible(".group[data-product=app-designer]") != 0 || visible(".finding.error") == 0 {
		t.Error("App Designer is shown, or nothing is")
	}
	b.do(chromedp.Click(chromedp.CSS(`.filter input[value=app-designer]`)), chromedp.SendKeys(chromedp.CSS(`.filter input[name=text]`), "sticky"))
	if n := visible(".finding"); n == 0 || n == all {
		t.Errorf("%d of %d findings have the text", n, all)
	}

	// Ticks, with the keyboard, survive a reload and stay with their step.
	first := `input[data-step="backup"]`
	b.do(chromedp.Focus(chromedp.CSS(first)), chromedp.KeyEvent(" "))
	progress := func() string { return ask[string](b, `document.querySelector('.progress output').textContent`) }
	if !ask[bool](b, `document.querySelector('`+first+`').checked`) || !strings.HasPrefix(progress(), "1 of ") {
		t.Errorf("nothing is ticked: %s", progress())
	}
	for range 2 {
		b.do(chromedp.Reload())
		if !ask[bool](b, `document.querySelector('`+first+`').checked`) || !strings.HasPrefix(progress(), "1 of ") {
			t.Fatalf("a reload forgot the tick: %s", progress())
		}
	}
	b.open(auditIn(t, "html", example(t, "fresh-4.2.3-iis")...))
	if ask[bool](b, `document.querySelector('`+first+`').checked`) {
		t.Error("another deployment has the tick")
	}
	b.do(chromedp.Navigate("file://"+file), chromedp.Click(chromedp.CSS(".clear")), chromedp.Reload())
	if ask[bool](b, `document.querySelector('`+first+`').checked`) {
		t.Error("the tick came back")
	}

	// The first stop of the keyboard leads past the contents.
	b.do(chromedp.KeyEvent("\t"))
	if got := ask[string](b, "document.activeElement.className"); got != "skip" {
		t.Errorf("the first stop is %q", got)
	}
}

func TestAuditOnPaper(t *testing.T) {
	b := newBrowser(t)
	b.open(auditIn(t, "html", example(t, "fresh-4.2.3-iis")...))
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	if *screenshots != "" {
		if err := os.WriteFile(filepath.Join(*screenshots, "audit.pdf"), pdf, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	boxes := regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`).FindAllSubmatch(pdf, -1)
	if len(boxes) < 3 {
		t.Fatalf("%d pages", len(boxes))
	}
	for _, box := range boxes {
		if !strings.HasPrefix(string(box[1]), "59") || !strings.HasPrefix(string(box[2]), "84") {
			t.Errorf("a page of %s by %s points is no A4", box[1], box[2])
		}
	}
	if ask[int](b, "document.querySelectorAll('details[open]').length") != 0 {
		t.Error("what was unfolded for the printer stays so")
	}
}

// A page with 5,000 findings is there within a second, and can be filtered
// without waiting. What counts is the time that the page keeps a processor busy:
// the machine may have other things to do.
func TestAuditOpensAtOnce(t *testing.T) {
	b := newBrowser(t)
	page := auditIn(t, "html", auditWith(t, 5000))
	if _, err := chromedp.Call(b.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}); err != nil {
		t.Fatal(err)
	}
	busy := func() time.Duration {
		r, err := chromedp.Call(b.ctx, performance.GetMetrics, cdp.Empty{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Metrics {
			if m.Name == "TaskDuration" {
				return time.Duration(m.Value * float64(time.Second))
			}
		}
		t.Fatal("no TaskDuration")
		return 0
	}
	const drawn = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))`
	b.open("<!doctype html>")
	before := busy()
	b.open(page)
	load := ask[float64](b, drawn)
	opened := busy()
	ask[float64](b, `document.querySelector('.filter input[value=warning]').click(); `+drawn)
	filtered := busy()
	t.Logf("%d bytes; opened in %v (%.0f ms went by), filtered in %v", len(page), opened-before, load, filtered-opened)
	if opened-before > time.Second || filtered-opened > 500*time.Millisecond {
		t.Errorf("opened in %v, filtered in %v", opened-before, filtered-opened)
	}
}
