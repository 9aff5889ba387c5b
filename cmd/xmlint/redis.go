package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
)

func (a *app) redisCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "redis STRING",
		Short: "explain a Redis connection string",
		Long: `Explains one connection string as StackExchange.Redis reads it: servers, options,
what each version of the client makes of it, and what is wrong with it.

- reads one string per line from standard input, so that no password stands in a
shell's history. Passwords are never shown.`,
		Example: `  xmlint redis 'cache01:6379,ssl=True,abortConnect=False'
  xmlint redis - < strings.txt
  xmlint redis --format json 'contoso.redis.cache.windows.net:6380'`,
		Args: exactlyOne("one connection string, or - for standard input"),
		RunE: func(_ *cobra.Command, args []string) error { return a.redis(args[0]) },
	}
	a.flags.formats(c, report.RedisFormats())
	a.flags.failing(c, "never")
	return c
}

func (a *app) redis(text string) error {
	all, err := outputs(a, report.NewRedis)
	if err != nil {
		return err
	}
	return write(a, all, func(put func(*report.RedisString) error) error {
		var total report.Summary
		explain := func(text string) error {
			r := report.NewRedisString(text)
			for _, f := range rules.JudgeString(text) {
				r.Add(text, f.Rule, f.Severity, f.Span, f.Message, f.Do)
				total.Finding(f.Severity)
			}
			return put(r)
		}
		if text != "-" {
			err = explain(text)
		} else {
			err = eachLine(interruptible{a.ctx, a.stdin}, explain)
		}
		if err != nil {
			return err
		}
		return a.flags.failed(total)
	})
}

// eachLine calls do for each line: LF ends one, and one CR before it is none
// of it.
func eachLine(r io.Reader, do func(string) error) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("standard input cannot be read: %w", err)
		}
		if line != "" {
			if text, ended := strings.CutSuffix(line, "\n"); ended {
				line = strings.TrimSuffix(text, "\r")
			}
			if err := do(line); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}
