package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func duplicateKey() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0004",
		Name:     "duplicate-key",
		Severity: lint.Error,
		Title:    "A setting stands twice in one JSON file",
		Doc: lint.Doc{
			What: "Finds two settings of one JSON file with the same path. Upper and lower case do not count, and `\"a:b\"` is the same path as `b` inside `a`. " +
				"Two objects of one name are no fault: .NET merges them.",
			Why: "The configuration reader of .NET throws a FormatException (A duplicate key was found), and the product does not start.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" },
    "autoscale": { "Enabled": false }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
  }
}
`,
			FixSafety: "The fix deletes the later of the two. It is safe where both have the same value, else unsafe: which one was meant, only a person can say.",
			References: []string{
				pageJSONProvider,
				"https://github.com/dotnet/runtime/blob/main/src/libraries/Microsoft.Extensions.Configuration.Json/src/JsonConfigurationFileParser.cs",
			},
		},
		Source: "https://github.com/dotnet/runtime/blob/main/src/libraries/Microsoft.Extensions.Configuration.Json/src/JsonConfigurationFileParser.cs",
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			faulty(pass, func(f *deployment.File, e *document.Error) {
				if e.Kind != document.ErrDuplicate {
					return
				}
				finding := aboutFile(pass.Deployment, f, e.Span)
				finding.Message = e.Message
				finding.Do = orElse(e.Hint, "delete one of the two")
				finding.Related = []lint.Related{{Place: lint.Place{File: f, Span: e.Other}, Message: "it stands here before"}}
				if later := keyed(f.JSON, e.Span); later != document.None {
					finding.Setting = f.JSON.Path(later)
					finding.Fix = removeLater(f, keyed(f.JSON, e.Other), later)
				}
				pass.Report(finding)
			})
			return nil
		},
	}
}

// keyed is the member of a document with its key at a span.
func keyed(d *document.JSON, key document.Span) document.NodeID {
	if d != nil {
		for n := range d.Nodes {
			if d.Nodes[n].Key == key && !key.IsZero() {
				return document.NodeID(n)
			}
		}
	}
	return document.None
}

// removeLater is the fix that deletes the later of two members with one path.
func removeLater(f *deployment.File, first, later document.NodeID) *lint.Fix {
	safety := lint.Unsafe
	if first != document.None {
		a, okA := f.JSON.Str(first)
		b, okB := f.JSON.Str(later)
		if okA && okB && a == b {
			safety = lint.Safe
		}
	}
	return &lint.Fix{Title: "delete the later of the two", Safety: safety, Edits: func() ([]lint.FileEdit, error) {
		e, err := f.JSON.RemoveMember(later)
		return edit(f, e, err)
	}}
}
