package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

// manifestUnread reports whether the deployment has a manifest of which nothing
// could be read. One message says so; that its facts are missing is no news.
func manifestUnread(d *deployment.Deployment) bool { return d.Manifest != nil && d.Manifest.Unread }

func invalidManifest() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0006",
		Name:     "invalid-manifest",
		Severity: lint.Error,
		Title:    "xmpro.yaml does not follow its schema",
		Doc: lint.Doc{
			What: "Finds what is wrong in the deployment's manifest, xmpro.yaml: YAML that cannot be read, keys that it does not have, values of the wrong kind, folders that are not there or belong to another deployment.",
			Why: "The manifest holds the facts that no configuration file has: versions, instances, connectors, Apps. " +
				"A key that is not understood is a fact that is missing, and the plan would be made without it.",
			Bad: `
-- xmpro.yaml --
version: 4.3.6
environmnet: Production
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			Good: `
-- xmpro.yaml --
version: 4.3.6
environment: Production
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }
`,
			References: []string{"https://yaml.org/spec/1.2.2/"},
		},
		Source: "The schema of xmpro.yaml in the folder schema of xmlint",
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			m := pass.Deployment.Manifest
			if m == nil {
				return nil
			}
			for _, p := range m.Problems {
				pass.Report(lint.Finding{Place: p.Place, Message: p.Message, Do: orElse(p.Hint, "xmlint init prints a manifest with every key that there is")})
			}
			if m.File == nil || m.File.Err == nil || len(m.Problems) > 0 {
				return nil
			}
			if e, _ := fault(m.File); e != nil && e.Kind != document.ErrEncoding && e.Kind != document.ErrTooLarge {
				finding := aboutFile(pass.Deployment, m.File, e.Span)
				finding.Message = "the file is not YAML that can be read: " + e.Message
				finding.Do = orElse(e.Hint, "mend the file here")
				pass.Report(finding)
			}
			return nil
		},
	}
}
