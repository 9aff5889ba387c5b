package main

import (
	"fmt"
	"path/filepath"
)

// planMost is how many seconds of CPU planning 10,000 deployments may take
// beside reading and judging them.
const planMost = 2.0

// plan is the program that plans the deployments of a folder.
func (b *bench) plan(dir string) program {
	return program{name: "xmlint plan", args: []string{filepath.Join(b.dir, "xmlint"), "plan", "--format", "json", dir}}
}

// lint is the program that judges them.
func (b *bench) lint(dir string) program {
	return program{name: "xmlint lint", args: []string{filepath.Join(b.dir, "xmlint"), "lint", "--format", "json", "--fail-on", "never", dir}}
}

// planning compares the CPU time of plan with that of lint over the same
// files: what is more is planning.
func (b *bench) planning(t *tree, deployments int) (int, error) {
	times, err := b.turns([]program{b.lint(t.dir), b.plan(t.dir)})
	if err != nil {
		return 0, err
	}
	return b.planned(times[0], times[1], deployments), nil
}

// planned prints what planning takes, and gives 1 where it is too much.
func (b *bench) planned(lint, plan figures, deployments int) int {
	seconds := (plan.cpu - lint.cpu) * 10000 / float64(deployments)
	b.row("plan of 10,000 deployments beside lint, s of CPU", seconds, fmt.Sprintf("under %.0f", planMost))
	if seconds >= planMost {
		return 1
	}
	return 0
}
