package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// program is one command to time. A program of several commands is timed as
// the sum of them, run two at a time.
type program struct {
	name  string
	args  []string
	batch [][]string
}

// figures are the medians of a program's runs.
type figures struct {
	wall, cpu float64 // seconds
	peak      float64 // MiB, of the largest process
}

// turns runs the programs in turn, and prints and gives their medians. One
// round before counts for nothing.
func (b *bench) turns(programs []program) ([]figures, error) {
	all := make([][]figures, len(programs))
	for round := range b.runs + 1 {
		for i, p := range programs {
			f, err := p.run()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
			if round > 0 {
				all[i] = append(all[i], f)
			}
		}
	}
	medians := make([]figures, len(programs))
	for i, runs := range all {
		medians[i] = figures{
			median(runs, func(f figures) float64 { return f.wall }),
			median(runs, func(f figures) float64 { return f.cpu }),
			median(runs, func(f figures) float64 { return f.peak }),
		}
		fmt.Fprintf(b.out, "%-32s %8.3f s wall %8.3f s CPU %7.1f MiB\n", programs[i].name, medians[i].wall, medians[i].cpu, medians[i].peak)
	}
	return medians, nil
}

func median(runs []figures, of func(figures) float64) float64 {
	var values []float64
	for _, f := range runs {
		values = append(values, of(f))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func (p program) run() (figures, error) {
	if p.batch == nil {
		return timeOne(p.args)
	}
	var mu sync.Mutex
	var sum figures
	var failed error
	todo := make(chan []string)
	var workers sync.WaitGroup
	start := time.Now()
	for range 2 {
		workers.Go(func() {
			for args := range todo {
				f, err := timeOne(args)
				mu.Lock()
				sum.cpu += f.cpu
				sum.peak = max(sum.peak, f.peak)
				failed = errors.Join(failed, err)
				mu.Unlock()
			}
		})
	}
	for _, args := range p.batch {
		todo <- args
	}
	close(todo)
	workers.Wait()
	sum.wall = time.Since(start).Seconds()
	return sum, failed
}

// timeOne runs one command. What it prints is thrown away, and so is an exit
// status that says that it found faults: the tree has some.
func timeOne(args []string) (figures, error) {
	cmd := exec.Command(args[0], args[1:]...)
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start).Seconds()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return figures{}, err
	}
	s := cmd.ProcessState
	return figures{wall, (s.UserTime() + s.SystemTime()).Seconds(), peakMiB(s)}, nil
}

// readAll is the floor: it lists the folders and reads the files with two
// workers.
func readAll(dir string, each func(text []byte, name string)) error {
	names := make(chan string, 256)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for name := range names {
				if text, err := os.ReadFile(name); err == nil {
					each(text, name)
				}
			}
		})
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names <- name
		}
		return err
	})
	close(names)
	workers.Wait()
	return err
}
