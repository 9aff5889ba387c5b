package planner

import (
	"errors"
	"fmt"
	"strings"
)

// ErrUnproven is what every [UnprovenError] wraps.
var ErrUnproven = errors.New("the plan could not be proven")

// UnprovenError says which step of a plan may be taken in a state that forbids
// it. It is a fault of the planner, never of the deployment.
type UnprovenError struct {
	Deployment string
	Step       string // the step whose precondition may not hold; "goal" for the end
	Fact       string // the precondition, in words
	Reason     string // what can go wrong
}

// Error says what could not be proven.
func (e *UnprovenError) Error() string {
	return fmt.Sprintf("%s: %v: step %s needs %q: %s; this is a bug in xmlint, please report it with this line", e.Deployment, ErrUnproven, e.Step, e.Fact, e.Reason)
}

// Unwrap makes errors.Is(err, ErrUnproven) true.
func (e *UnprovenError) Unwrap() error { return ErrUnproven }

// ReleaseError says why a deployment cannot be upgraded to the wanted release.
type ReleaseError struct {
	Wanted  string
	Reason  string
	Nearest []string // known releases near to the wanted one
}

// Error gives the reason and the nearest known releases.
func (e *ReleaseError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("release %q: %s", e.Wanted, e.Reason)
	}
	return fmt.Sprintf("release %q: %s; nearest known: %s", e.Wanted, e.Reason, strings.Join(e.Nearest, ", "))
}
