package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/migrate"
)

// Migration is what `xmlint migrate` did, or would do. Secrets are masked.
type Migration struct {
	Edits []migrate.Edit `json:"edits"`
	// Diff is text for people and, where nothing had to be masked, a patch.
	Diff    string `json:"diff"`
	Applied bool   `json:"applied"`
	Journal string `json:"journal"` // where a rollback is; empty where none is
	// Blocked is what comes before the edits; Warnings what is not known; Left
	// what is wrong in the files and stays.
	Blocked      []migrate.Block `json:"blocked"`
	Warnings     []string        `json:"warnings"`
	Left         []migrate.Left  `json:"left"`
	CommentsLost int             `json:"comments_lost"`

	// For people alone: what was asked for, so that the text can say what
	// comes next.
	RolledBack bool   `json:"-"`
	State      string `json:"-"` // the folder of --state
	Refused    bool   `json:"-"` // a write was asked for, and could not be made
}

// Migrations is a format of migrations. There is one piece.
type Migrations = Document[Migration]

func migrationFormats() []constructor[Migrations] {
	return []constructor[Migrations]{
		{"text", func(o Options) Migrations { return &migrationText{o} }},
		{"json", func(o Options) Migrations { return &migrationJSON{o.Tool} }},
	}
}

// MigrationFormats are the names of the formats that migrate has.
func MigrationFormats() []string { return names(migrationFormats()) }

// NewMigrations gives a format of migrate by its name, else a [*FormatError].
func NewMigrations(format string, o Options) (Migrations, error) {
	return construct(migrationFormats(), format, o)
}

// migrationJSON is the migration as one object.
type migrationJSON struct{ tool Tool }

func (j *migrationJSON) Begin(buf []byte) []byte { return appendHead(buf, j.tool) }

func (j *migrationJSON) Append(buf []byte, m Migration) []byte {
	m.Edits, m.Blocked, m.Warnings, m.Left = filled(m.Edits), filled(m.Blocked), filled(m.Warnings), filled(m.Left)
	text := appendValue(nil, m)
	return append(append(buf, ",\n"...), text[1:len(text)-1]...)
}

func (j *migrationJSON) End(buf []byte) []byte { return append(buf, "\n}\n"...) }

// migrationText is the diff as it is, so that other programs take it, and what
// people want to know below it.
type migrationText struct{ o Options }

func (t *migrationText) Begin(buf []byte) []byte { return buf }

func (t *migrationText) End(buf []byte) []byte { return buf }

func (t *migrationText) Append(buf []byte, m Migration) []byte {
	p := newPage(buf, t.o)
	p.diff(m.Diff)
	if len(m.Edits) > 0 {
		p.changes(&m)
	}
	for _, w := range m.Warnings {
		p.put(yellow, "not known:").space(1).prose(11, w)
	}
	for _, l := range m.Left {
		label := "left: " + l.Rule
		text := l.Path + ": " + l.Message
		if l.Unsafe != "" {

			text += " (--unsafe: " + l.Unsafe + ")"
		}
		p.put(yellow, label).space(1).prose(visible.Cells(label)+1, text)
	}
	for i, b := range m.Blocked {
		if slices.ContainsFunc(m.Blocked[:i], func(o migrate.Block) bool { return o.Step == b.Step && o.Reason == b.Reason }) {
			continue
		}
		label := "in the way:"
		if b.Step != "" {
			label = b.Step + " comes first:"
		}
		p.put(red, label).space(1).prose(visible.Cells(label)+1, b.Reason)
	}
	if !t.o.Quiet {
		p.outcome(&m, t.o)
	}
	return p.text
}

// diff appends a diff. Its bytes stay: it may be a patch.
func (p *page) diff(diff string) {
	for line := range strings.Lines(diff) {
		color := plain
		switch mark := strings.TrimPrefix(line, "| "); {
		case !p.color:
		case strings.HasPrefix(mark, "+"):
			color = green
		case strings.HasPrefix(mark, "-"):
			color = red
		case strings.HasPrefix(mark, "@@"):
			color = blue
		}
		if color == plain {
			p.text = append(p.text, line...)
			continue
		}
		p.text = append(p.text, color...)
		p.text = append(p.text, strings.TrimSuffix(line, "\n")...)
		p.text = append(p.text, endStyle...)
		p.end()
	}
	if diff != "" {
		p.end()
	}
}

// changes appends the settings that change, file by file.
func (p *page) changes(m *Migration) {
	path, width := "", 0
	for _, e := range m.Edits {
		width = max(width, visible.Cells(e.Setting))
	}
	for _, e := range m.Edits {
		if e.Path != path {
			path = e.Path
			p.put(bold, path).end()
		}
		if e.Setting == "" {
			p.space(2).line(e.Title)
			continue
		}
		p.space(2).add(e.Setting).space(width-visible.Cells(e.Setting)+2).add(shownText(e.From)).add(" -> ").put(green, shownText(e.To))
		if e.Safety != "" {
			p.put(dim, "  ("+string(e.Safety)+": "+e.Title+")")
		}
		p.end()
	}
}

// outcome appends what it came to, and what can be done next.
func (p *page) outcome(m *Migration, o Options) {
	files := map[string]bool{}
	settings := 0
	for _, e := range m.Edits {
		files[e.Path] = true
		if e.From != e.To || e.Sealed {
			settings++
		}
	}
	switch {
	case m.RolledBack && len(m.Edits) == 0:
		p.line("all files are already what they were before the write")
		return
	case m.RolledBack:
		p.line(plural(len(files), "file") + " taken back")
		return
	case len(m.Edits) == 0 && len(m.Blocked) == 0:
		p.line("nothing to change")
		return
	case len(m.Edits) == 0:
	default:
		p.line(fmt.Sprintf("%s, %s changed, comments lost: %d", plural(len(files), "file"), plural(settings, "setting"), m.CommentsLost))
	}
	next := ""
	switch {
	case m.Applied:
		p.line("written; " + m.Journal + " holds the files as they were, with their secrets")
		next = "restart the products whose files changed; xmlint migrate" + o.target() + " --rollback"
		if m.State != "" {
			next += " --state " + shellWord(m.State)
		}
		next += " takes the edits back"
	case len(m.Blocked) > 0:
		text := "nothing is written"
		if !m.Refused {
			text += ", and --write would refuse"
		}
		p.line(text)
		next = "xmlint plan" + o.target()
	default:
		p.line("nothing is written")
		if !m.Refused && !slices.Contains(o.Paths, "-") {
			next = "the same call with --write"
		}
	}
	if next != "" {
		p.put(dim, "Next:").space(1).line(next)
	}
}
