package report

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// randomPlan has steps with random windows and arrows, in a valid order.
func randomPlan(r *rand.Rand, steps int) *planner.Plan {
	windows := []planner.Window{planner.WindowBefore, planner.WindowUpgrade, planner.WindowSettings, planner.WindowApps, planner.WindowAfter}
	p := &planner.Plan{Deployment: "random", Goal: planner.ToAutoScale, State: planner.Ready}
	window := windows[0]
	for n := range steps {
		if r.IntN(4) == 0 {
			window = windows[r.IntN(len(windows))]
		}
		s := &planner.Step{
			Number: n + 1, ID: fmt.Sprintf("step-%d", n), Window: window, Title: strings.Repeat("do something ", 1+r.IntN(5)),
			Status: []planner.Status{planner.StepDone, planner.StepTodo, planner.StepBlocked}[r.IntN(3)], Optional: r.IntN(4) == 0,
			Restarts: r.IntN(2) == 0, PointOfNoReturn: r.IntN(5) == 0,
		}
		if r.IntN(3) == 0 {
			s.DataLoss, s.Downtime.Products = "much", []schema.Product{schema.AppDesigner, schema.AI}
		}
		for range r.IntN(4) {
			if n > 0 {
				if id := fmt.Sprintf("step-%d", max(0, n-1-r.IntN(12))); !strings.Contains(strings.Join(s.Requires, " ")+" ", id+" ") {
					s.Requires = append(s.Requires, id)
				}
			}
		}
		p.Steps = append(p.Steps, s)
	}
	return p
}

// No box lies over another or outside of its window, no line runs behind a box,
// and each arrow of the plan is there.
func TestPictureIsClear(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		plan := randomPlan(r, 1+r.IntN(45))
		p := newPicture(plan)
		if fault := faultOf(p); fault != "" {
			t.Fatalf("seed %d: %s", seed, fault)
		}
		drawn := map[string]bool{}
		for _, n := range p.nets {
			for _, s := range n.from {
				for _, to := range n.to {
					drawn[s.step.ID+" "+to.step.ID] = true
				}
			}
		}
		arrows := 0
		for from, to := range planArrows(plan) {
			arrows++
			if !drawn[from.ID+" "+to.ID] {
				t.Fatalf("seed %d: no arrow from %s to %s", seed, from.ID, to.ID)
			}
		}
		if len(drawn) != arrows {
			t.Fatalf("seed %d: %d arrows are drawn, %d are in the plan", seed, len(drawn), arrows)
		}
	}
}

func faultOf(p *picture) string {
	for i, b := range p.boxes {
		w := &p.bands[p.rows[b.row].band]
		if b.x < w.x || b.x+b.w > w.x+w.w || b.y < w.y || b.y+b.h > w.y+w.h || w.x+w.w > pictureWidth || w.y+w.h > p.height {
			return b.step.ID + " leaves its window"
		}
		for _, c := range p.boxes[:i] {
			if b.x < c.x+c.w && c.x < b.x+b.w && b.y < c.y+c.h && c.y < b.y+b.h {
				return b.step.ID + " lies over " + c.step.ID
			}
		}
	}
	for i := range p.nets {
		for _, w := range p.ways(i) {
			for j := 1; j < len(w.points); j++ {
				a, c := w.points[j-1], w.points[j]
				if a.x != c.x && a.y != c.y {
					return fmt.Sprintf("a line slants: %v", w.points)
				}
				x1, x2, y1, y2 := min(a.x, c.x), max(a.x, c.x), min(a.y, c.y), max(a.y, c.y)
				if x1 < 0 || x2 > pictureWidth {
					return fmt.Sprintf("a line leaves the picture: %v", w.points)
				}
				for _, b := range p.boxes {
					if x1 < b.x+b.w && b.x < x2 && y1 < b.y+b.h && b.y < y2 || x1 == x2 && b.x < x1 && x1 < b.x+b.w && y1 < b.y+b.h && b.y < y2 {
						return fmt.Sprintf("a line runs behind %s: %v", b.step.ID, w.points)
					}
				}
			}
		}
	}
	return ""
}

// The strips cover the picture, none is higher than a page unless one row is,
// and no box is cut.
func TestPictureStrips(t *testing.T) {
	for seed := range uint64(200) {
		p := newPicture(randomPlan(rand.New(rand.NewPCG(seed, 2)), 1+int(seed)%60))
		from := 0
		for _, to := range p.strips(stripHeight) {
			if to <= from || to-from > stripHeight+60 {
				t.Fatalf("seed %d: a strip from %d to %d", seed, from, to)
			}
			for _, b := range p.boxes {
				if b.y < to && to < b.y+b.h {
					t.Fatalf("seed %d: %s is cut", seed, b.step.ID)
				}
			}
			from = to
		}
		if from != p.height {
			t.Fatalf("seed %d: the strips end at %d of %d", seed, from, p.height)
		}
	}
}

func TestPlanSVGIsWellFormed(t *testing.T) {
	plan := testPlan()
	plan.Deployment = "acme <b>&\"'\u202e\x1b[31m]]>"
	plan.Steps[1].Title = "<script>alert(1)</script> & " + strings.Repeat("W", 400)
	text := planIn(t, "svg", testOptions, plan, randomPlan(rand.New(rand.NewPCG(1, 3)), 40))
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "script" {
			t.Error("a script")
		}
		for _, a := range start.Attr {
			if strings.Contains(a.Value, "://") && a.Name.Local != "xmlns" {
				t.Errorf("%s refers outside: %s", start.Name.Local, a.Value)
			}
		}
	}
	if strings.Contains(text, "url(") || strings.Contains(text, "@import") {
		t.Error("a style refers outside")
	}
}

// At the width of a page of paper, 180 mm, every letter is large enough to be
// read: small print is 6 points, 2.1 mm.
func TestPlanSVGIsLegible(t *testing.T) {
	for _, size := range regexp.MustCompile(`font-size: ([0-9.]+)px`).FindAllStringSubmatch(pictureCSS, -1) {
		px, err := strconv.ParseFloat(size[1], 64)
		if err != nil || px*180/pictureWidth < 2.1 {
			t.Errorf("%s on a page of 180 mm is %.1f mm high", size[0], px*180/pictureWidth)
		}
	}
	p := newPicture(randomPlan(rand.New(rand.NewPCG(4, 4)), 40))
	for _, b := range p.boxes {
		for _, line := range b.title {
			if textWidth(line, titleSize) > b.w-boxMark {
				t.Errorf("%q is wider than its box", line)
			}
		}
	}
}

func TestWrapText(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"", 100, ""},
		{"a b", 100, "a b"},
		{"Upgrade the suite", 60, "Upgrade|the suite"},
		{"製造製造製造", 30, "製造|製造|製造"},
		{"aaaaaaaaaa", 30, "aaaa|aaaa|aa"},
		{"one two three four five", 40, "one|two|three…"},
	} {
		if got := strings.Join(wrapText(c.text, 10, c.width, 3), "|"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAuthority(t *testing.T) {
	for source, want := range map[string]authority{
		"": nobodySaysWho,
		"XMPro documentation, Upgrade: https://documentation.xmpro.com/installation/install/upgrade":                          vendorSays,
		"https://documentation.xmpro.com/resources/faqs/general":                                                              vendorSays,
		"XMPro documentation, upgrade from legacy; inferred from XMPro's installers, ARM templates and Terraform modules":     vendorShows,
		"https://github.com/XMPro/xmpro-windows-installer":                                                                    vendorShows,
		"https://learn.microsoft.com/aspnet/core/signalr/scale":                                                               platformSays,
		"https://github.com/SignalR/SignalR/issues/3724":                                                                      platformSays,
		"The schema of xmpro.yaml in the folder schema of xmlint":                                                             toolSays,
		"XMPro's video on Auto Scale: it is mandatory with more than one instance":                                            vendorShows,
		"Microsoft, Copy-only backups: https://learn.microsoft.com/sql/relational-databases/backup-restore/copy-only-backups": platformSays,
	} {
		if got := authorityOf(source); got != want {
			t.Errorf("%q: got %s, want %s", source, got, want)
		}
	}
	if title, address := splitSource("XMPro documentation, Upgrade: https://a/b"); title != "XMPro documentation, Upgrade" || address != "https://a/b" {
		t.Errorf("%q, %q", title, address)
	}
	if title, address := splitSource(`https://a/"onclick=`); address != "" || title == "" {
		t.Errorf("%q, %q", title, address)
	}
}
