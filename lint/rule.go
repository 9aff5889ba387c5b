// Package lint judges deployments. A [Rule] is one value with its
// documentation; a [Runner] runs rules over a deployment and gives findings,
// sorted, positioned, with fingerprints.
//
// Rules run on golang.org/x/tools/go/analysis: [Rule.Analyzer] is an ordinary
// analyzer whose package is the deployment.
package lint

import (
	"fmt"

	"github.com/xmlint/xmlint/schema"
)

// Severity says how bad a finding is.
type Severity uint8

// The severities, mildest first.
const (
	Info Severity = iota + 1
	Warning
	Error
)

// String is the severity as outputs name it.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// EachProduct stands in [Rule.Step], and in [Finding.Step], for the product that
// a finding is about.
const EachProduct = "<product>"

// Rule is one thing that can be wrong with a deployment.
type Rule struct {
	ID       string   // XM2004; permanent
	Name     string   // connection-string-missing
	Severity Severity // the usual one; a finding may have another
	Title    string   // one line, no full stop
	Doc      Doc
	// Source is where the domain fact behind the rule is written: a page of
	// the vendor, of Microsoft, of StackExchange.Redis.
	Source string
	// Step is the id of the plan step that mends what the rule finds, with
	// [EachProduct] where it is one per product; empty where no step does.
	Step string
	// Check looks at the deployment and reports what it finds. An error means
	// that the rule itself broke.
	Check func(*Pass) error
	// Shared, where set, judges what Check passed to [Pass.Share] across
	// deployments: it is called for a resource that an earlier deployment
	// uses as well.
	Shared func(earlier, later Use) Finding
	// Suppression, where set, judges each suppression that stands in a comment
	// of the deployment, when all rules have run; see [Settings].
	Suppression func(*Pass, *Suppression)
	// Firm tells that what the rule finds cannot be suppressed, and that the
	// rule cannot be switched off: without it others would be silent too.
	Firm bool
}

// Doc is the rule's page, Markdown without headings; the headings are What it
// does, Why it matters, Example, Use instead, Fix safety, References.
type Doc struct {
	What string // what it reports
	Why  string // what happens where nobody mends it
	// Bad is a deployment in which the rule fires, Good the same mended. Both
	// are txtar archives: "-- AppDesigner/appsettings.json --" and so on.
	Bad, Good string
	// FixSafety says what the fix may change; empty where there is none.
	FixSafety  string
	References []string // absolute URLs of pages to read
}

// Finding is one thing that is wrong, as a rule reports it. The rule fills the
// first part; [Runner.Run] fills the second.
type Finding struct {
	Severity Severity       // zero: the rule's
	Product  schema.Product // whose setting or file it is; empty for the whole deployment
	Node     string         // as the manifest names it; empty where it names none
	Place    Place          // zero: see [Pass.Report]
	Setting  string         // path of the setting, as xmpro:autoScale:enabled
	Message  string         // what is wrong; secrets masked; no full stop
	Why      string         // why it matters; empty: the rule's own
	Do       string         // what to do about it
	Step     string         // id of the plan step; "-" is none; empty: the rule's
	// Environments are the views in which the finding is true; equal findings
	// of several views are merged by the runner. Leave it empty where the
	// finding is not a view's.
	Environments []string
	Related      []Related
	Fix          *Fix

	Rule        *Rule
	Deployment  string        // the deployment's name
	Root        string        // its folder, as reports show it
	Path        string        // the file of Place, as reports show it; the root where there is none
	Start, End  Position      // of Place
	Fingerprint string        // see [Fingerprint]; stays when lines and values change
	By          *SuppressedBy // why it is not reported; nil for one that is

	broken  bool   // the rule broke
	nowhere bool   // the rule gave no place
	layer   string // what of the path is in the fingerprint
	rank    int    // the ordinal in it
	thing   string // what deployments share, of a finding about that
	// pending is the suppression that it says of that it suppresses nothing,
	// where that is not known yet.
	pending *pendingUnused
}

// Related is another place that belongs to a finding.
type Related struct {
	Place      Place
	Path       string // filled by the runner, as Start and End
	Start, End Position
	Message    string
}

// Safety says whether a fix can be applied without looking.
type Safety string

// The safeties.
const (
	Safe   Safety = "safe"   // the meaning is kept
	Unsafe Safety = "unsafe" // a person should look
	Manual Safety = "manual" // described, not applied
)

// Fix is what would mend a finding.
type Fix struct {
	Title  string // what it does: "delete the later of the two"
	Safety Safety
	// Edits makes the edits, by file; it is called only when somebody wants
	// them. Nil for a manual fix.
	Edits func() ([]FileEdit, error)
}
