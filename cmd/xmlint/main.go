// Command xmlint checks the configuration of XMPro deployments for Auto Scale,
// and plans the way there.
//
// Each command is a file of this package. None of them knows more than which
// package to ask: deployment reads, lint judges, planner plans, report writes.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	// A write to a closed pipe is an error like others, not the end.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the program at once.
	context.AfterFunc(ctx, stop)
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	var ticks func(time.Duration) <-chan time.Time
	if isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb" {
		ticks = time.Tick
	}
	os.Exit(run(ctx, system{
		args:     os.Args[1:],
		env:      os.Getenv,
		dir:      dir,
		now:      time.Now,
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		terminal: isTerminal(os.Stdout),
		width:    widthOf(os.Stdout),
		ticks:    ticks,
	}))
}

// isTerminal reports whether a file is a terminal, as far as its kind says.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
