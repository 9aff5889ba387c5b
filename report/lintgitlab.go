package report

// Notes on what GitLab makes of a Code Quality report, from its documentation
// (ci/testing/code_quality) and its source (code_climate.rb,
// codequality_reports.rb, codeclimate.json).
//
// The report is an array. It is read until the first entry that does not
// follow the schema: everything behind that one is dropped without a word. So
// every entry has every field that GitLab names, also for a finding without
// any detail. A byte order mark at the beginning is an error.
//
// Entries are kept under their fingerprints, and a second one with the same
// fingerprint replaces the first. Ours are unique in a deployment; where two
// deployments have one name and the same findings they are not, so a repeated
// one is hashed with its ordinal. The widget of a merge request compares
// fingerprints of two pipelines, so they may not depend on lines or values.
//
// A severity is one of info, minor, major, critical, blocker; the list is
// sorted by it. The description is shown as plain text; check_name is not shown
// everywhere, so the description begins with the rule's id. A path is joined
// to the project's URL: it has to be relative to the root of the repository,
// without ./ in front. Of lines GitLab uses begin alone. All other fields of
// Code Climate are ignored, so they are not written.

import (
	"encoding/hex"
	"io"
	"strconv"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// lintGitLab is `xmlint lint --format gitlab`: Code Quality.
type lintGitLab struct {
	commas
	seen map[[16]byte]int // fingerprints, and how often
}

func newLintGitLab(Options) Lint { return &lintGitLab{seen: map[[16]byte]int{}} }

func (l *lintGitLab) Begin(buf []byte) []byte { return append(buf, '[') }

func (l *lintGitLab) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
}

// Insert appends a finding behind its fingerprint, which is only known to be
// unique when the finding is written.
func (l *lintGitLab) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	key := keyOf(f.Fingerprint)
	c.body = append(c.body, key[:]...)
	c.body = appendString(append(c.body, `"description":`...), visible.String(f.Rule.ID+": "+f.Message))
	c.body = appendString(appendName(c.body, "check_name"), f.Rule.Name)
	c.body = appendString(appendName(c.body, "severity"), codeQualitySeverity(f.Severity))
	c.body = appendString(append(c.body, `,"location":{"path":`...), f.Path)
	c.body = appendInt(append(c.body, `,"lines":{"begin":`...), max(f.Start.Line, 1))
	c.body = appendNumber(c.body, "end", max(f.End.Line, f.Start.Line, 1))
	c.body = append(c.body, "}}}"...)
	c.insert(at, start, f)
}

func (l *lintGitLab) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		var key [16]byte
		rest := c.body[p.start+copy(key[:], c.body[p.start:]) : p.end]
		buf = append(l.comma(buf), "\n{\"fingerprint\":\""...)
		buf = hex.AppendEncode(buf, l.unique(key))
		buf = append(append(buf, `",`...), rest...)
	}
	return buf
}

func (l *lintGitLab) End(w io.Writer, _ Summary) error {
	_, err := io.WriteString(w, "\n]\n")
	return err
}

// unique gives a fingerprint that none before has.
func (l *lintGitLab) unique(key [16]byte) []byte {
	free := key
	for l.seen[free] > 0 {
		free = keyOf(lint.Fingerprint(hex.EncodeToString(key[:]), strconv.Itoa(l.seen[key])))
		l.seen[key]++
	}
	l.seen[free]++
	return free[:]
}

// keyOf is a fingerprint as bytes; what is none of ours is hashed.
func keyOf(fingerprint string) [16]byte {
	var key [16]byte
	if len(fingerprint) == 2*len(key) {
		if _, err := hex.Decode(key[:], []byte(fingerprint)); err == nil {
			return key
		}
	}
	return keyOf(lint.Fingerprint(fingerprint))
}

func codeQualitySeverity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "critical"
	case lint.Warning:
		return "minor"
	}
	return "info"
}
