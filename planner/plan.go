// Package planner turns a deployment and its findings into an ordered plan:
// to Auto Scale, or back to one server.
//
// A [Plan] is a partial order of [Step]s. Each step has preconditions and
// effects over a small model of the deployment (which node runs which
// binaries, which file is in plain text, whether Redis answers...), and
// [Build] proves every plan before it gives it out: each order of the steps
// that respects their arrows, with any choice of the optional steps, reaches
// the goal and never passes through a forbidden state. A plan that cannot be
// proven is an [*UnprovenError]. The numbers of the steps are one such order,
// the one nearest to the vendor's page.
//
// The package is pure: it reads no file, no clock and no environment, and the
// same deployment gives the same plan.
package planner

import (
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// Plan is the way of one deployment to a goal.
type Plan struct {
	Deployment string     `json:"deployment"`
	Root       string     `json:"root"` // the deployment's folder
	Goal       Goal       `json:"goal"`
	State      State      `json:"state"`
	Steps      []*Step    `json:"steps"`
	Decisions  []Decision `json:"decisions"`
	Warnings   []Warning  `json:"warnings"`
	// Note says in one sentence why the plan is as it is: why nothing is left,
	// or what it waits for.
	Note string `json:"note,omitempty"`
	// Notes are things to know about the plan as a whole that belong to no
	// step: a version newer than all known, a product that was not found.
	Notes []string `json:"notes,omitempty"`
	// Target is the release that upgrade-xmpro installs; empty where no step
	// upgrades the suite.
	Target string `json:"target,omitempty"`

	// Unknown is what no file tells and the plan would like to know.
	Unknown []string `json:"unknown,omitempty"`
	// Explained are the plan's invariants, where [Options.Explain] asks for
	// them.
	Explained []Invariant `json:"invariants,omitempty"`
	// Progress is how far the plan is, where [Options.Progress] asks for it.
	Progress *Progress `json:"progress,omitempty"`
	// Changes is what is different from an older plan, where [Plan.Since] was
	// called.
	Changes *Changes `json:"changes,omitempty"`

	proof *proof
}

// Goal is where a plan leads.
type Goal string

// The goals.
const (
	ToAutoScale    Goal = "auto-scale"
	ToSingleServer Goal = "single-server"
)

// State is how far a deployment is.
type State string

// The states of a plan.
const (
	Done    State = "done"    // nothing is left
	Ready   State = "ready"   // every step can be taken in order
	Blocked State = "blocked" // a step waits for a fact or a decision
)

// Status is how far one step is.
type Status string

// The statuses of a step.
const (
	StepDone    Status = "done"
	StepTodo    Status = "todo"
	StepBlocked Status = "blocked"
)

// Kind is what kind of work a step is.
type Kind string

// The kinds of step.
const (
	KindBackup    Kind = "backup"
	KindUpgrade   Kind = "upgrade"
	KindProvision Kind = "provision"
	KindDecrypt   Kind = "decrypt"
	KindConfigure Kind = "configure"
	KindEncrypt   Kind = "encrypt"
	KindConnector Kind = "connector"
	KindApp       Kind = "app"
	KindVerify    Kind = "verify"
	KindDecide    Kind = "decide"
	KindScale     Kind = "scale"
)

// Step is one piece of work that is done as a whole.
type Step struct {
	Number   int            `json:"number"` // its place in the printed order, from 1
	ID       string         `json:"id"`     // permanent: manifests name it under done
	Kind     Kind           `json:"kind"`
	Title    string         `json:"title"`
	Status   Status         `json:"status"`
	Optional bool           `json:"optional"` // a person may leave it out
	Product  schema.Product `json:"product"`  // empty where it is not one product's
	App      string         `json:"app"`      // the App's name, of an App step
	Nodes    []string       `json:"nodes"`    // names of the nodes that it touches, where the manifest names any
	// Requires are the ids of the steps that come first. What follows from
	// others is left out.
	Requires []string  `json:"requires"`
	Because  []Because `json:"because"` // the findings that it mends
	Do       []Action  `json:"do"`
	Verify   []Action  `json:"verify"`
	Undo     []Action  `json:"undo"`
	Edits    []Edit    `json:"edits"`
	// Restarts tells that users of a product notice the step: it restarts.
	Restarts bool     `json:"restarts"`
	Downtime Downtime `json:"downtime"`
	// DataLoss is what is lost for good; empty where nothing is.
	DataLoss string `json:"data_loss"`
	// PointOfNoReturn tells that undoing the step means restoring a backup.
	PointOfNoReturn bool   `json:"point_of_no_return"`
	Source          string `json:"source"` // the page that demands it

	// WaitsFor are the facts and decisions that a blocked step waits for.
	WaitsFor []string `json:"waits_for,omitempty"`
	// Evidence is why a step is done: what a file or the manifest shows.
	Evidence []string `json:"evidence,omitempty"`
	// Notes are traps, and what a person should know before the step.
	Notes []string `json:"notes,omitempty"`
	// Window is the maintenance window that the step belongs to: "before"
	// (nobody notices), "upgrade", "settings", "apps" or "after".
	Window Window `json:"window,omitempty"`
}

// Window is a stretch of work that is planned together.
type Window string

// The windows, in order.
const (
	WindowBefore   Window = "before"   // preparation: nobody notices
	WindowUpgrade  Window = "upgrade"  // the suite stands still
	WindowSettings Window = "settings" // short restarts, product by product
	WindowApps     Window = "apps"     // each App at a quiet time of its own
	WindowAfter    Window = "after"    // checks and more instances: nobody notices
)

// Title names a window to people.
func (w Window) Title() string {
	switch w {
	case WindowBefore:
		return "No window needed: nobody notices"
	case WindowUpgrade:
		return "Window: upgrade of the suite"
	case WindowSettings:
		return "Window: settings"
	case WindowApps:
		return "App by App, at a quiet time of each"
	case WindowAfter:
		return "Checks and instances: nobody notices"
	}
	return ""
}

// Shell is the language of a command.
type Shell string

// The shells.
const (
	PowerShell Shell = "powershell" // Windows PowerShell 5.1 or later
	Sh         Shell = "sh"
	Cmd        Shell = "cmd"
	SQL        Shell = "sql" // T-SQL
)

// Action is one thing to do: a command, or words.
type Action struct {
	Shell    Shell  `json:"shell,omitempty"`
	Run      string `json:"run,omitempty"`      // parses in Shell as it stands
	Elevated bool   `json:"elevated,omitempty"` // it needs an administrator's rights
	Manual   string `json:"manual,omitempty"`   // in words, where there is no command
	Expect   string `json:"expect,omitempty"`   // what is seen when it went well
}

// Edit is a change of one file, as a unified diff with secrets masked.
type Edit struct {
	Path string `json:"path"`
	Diff string `json:"diff"`
}

// Because is a finding that a step mends.
type Because struct {
	Rule        string `json:"rule"` // its id
	Path        string `json:"path"` // as reports show it
	Line        int    `json:"line"` // from 1
	Fingerprint string `json:"fingerprint"`
}

// Downtime is who cannot work while a step is taken.
type Downtime struct {
	Products []schema.Product `json:"products"`
	Effect   string           `json:"effect"` // "nobody can sign in"; empty where nobody notices
}

// Decision is a question that only a person can answer.
type Decision struct {
	ID       string `json:"id"` // the key under decisions in the manifest
	Question string `json:"question"`
	Answer   string `json:"answer"`   // the manifest's answer, empty where there is none
	Manifest string `json:"manifest"` // the line of xmpro.yaml that answers it
	// Step is the step that waits for the answer; empty where none does.
	Step string `json:"step,omitempty"`
	// Why says what depends on the answer.
	Why string `json:"why,omitempty"`
}

// Board reports whether a change board asks the question: the steps are the same
// whatever the answer is, and none waits for it.
func (d *Decision) Board() bool { return d.Step == "" && slices.Contains(decisions(), d.ID) }

// Warning is something that happens to people or data when a step is taken.
type Warning struct {
	Rule    string `json:"rule"` // the id of the rule whose page says more
	Message string `json:"message"`
	Step    string `json:"step"` // the id of the step
}

// Step gives the step with an id, nil where the plan has none.
func (p *Plan) Step(id string) *Step {
	for _, s := range p.Steps {
		if s.ID == id {
			return s
		}
	}
	return nil
}
