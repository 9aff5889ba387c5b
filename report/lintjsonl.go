package report

// Notes on who reads JSON Lines.
//
// jq, DuckDB, BigQuery, pandas and the shippers of logs (Filebeat, Fluent Bit,
// Vector) take each line for a record of its own. They know no header and no
// trailer: a first line with the tool and a last one with a summary would be
// two records of other kinds in the table. So a line is a finding, exactly as
// it stands in the array "findings" of the json format, and schema/finding has
// its shape. What else the json format tells (the products, the number of
// files) is not here.
//
// Some of them split at every line end that Unicode knows. All but LF are
// escaped inside strings, so a line is a line for them too.
//
// No finding is no line: an empty file is a valid one.

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// lintJSONL is `xmlint lint --format jsonl`: one finding per line.
type lintJSONL struct{ stream }

func newLintJSONL(Options) Lint { return lintJSONL{} }

func (l lintJSONL) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
}

func (l lintJSONL) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = append(appendFinding(c.body, f), '\n')
	c.insert(at, start, f)
}
