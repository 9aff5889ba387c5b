package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func unreadableFile() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0001",
		Name:     "unreadable-file",
		Severity: lint.Error,
		Title:    "A configuration file cannot be read",
		Doc: lint.Doc{
			What: "Finds configuration files that cannot be opened, that are not text in the encoding that they claim, and that are larger than the limit.",
			Why: "What cannot be read cannot be judged: every setting of the product is then unknown, and xmlint says nothing more about it. " +
				"The product has the same trouble if it runs as a user who may not read the file, or if the encoding is wrong.",
			Bad: `
-- SM/web.config --
<?xml version="1.0" encoding="klingon"?>
<configuration>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
</configuration>
`,
			Good: `
-- SM/web.config --
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
</configuration>
`,
			References: []string{pageXMLEncoding, pageConfiguration},
		},
		Source: pageXMLEncoding,
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			for _, f := range pass.Deployment.Files {
				if f.Err == nil {
					continue
				}
				e, reading := fault(f)
				if e == nil {
					what, hint := readingFault(reading)
					finding := aboutFile(pass.Deployment, f, document.Span{})
					finding.Message, finding.Do = "the file cannot be read: "+what, hint
					pass.Report(finding)
				} else if e.Kind == document.ErrEncoding || e.Kind == document.ErrTooLarge {
					finding := aboutFile(pass.Deployment, f, e.Span)
					finding.Message = "the file cannot be read: " + e.Message
					finding.Do = orElse(e.Hint, "save the file as UTF-8")
					pass.Report(finding)
				}
			}
			return nil
		},
	}
}

func invalidJSON() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0002",
		Name:     "invalid-json",
		Severity: lint.Error,
		Title:    ".NET refuses a JSON file",
		Doc: lint.Doc{
			What: "Finds files that the JSON configuration reader of .NET refuses: a missing comma or quote, a root that is no object, nesting over 64. " +
				"Comments, trailing commas and byte order marks are fine: .NET takes them.",
			Why: "The product reads its configuration first of all. On a file that is refused it does not start.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "autoScale": { "enabled": false; "connectionString": "" }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  // a comment is fine, and so is the comma at the end
  "xmpro": {
    "autoScale": { "enabled": false, "connectionString": "" },
  }
}
`,
			References: []string{pageJSONProvider},
		},
		Source: pageJSONProvider,
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			faulty(pass, func(f *deployment.File, e *document.Error) {
				if isXML(f) || f.Role == deployment.RoleManifest {
					return
				}
				switch e.Kind {
				case document.ErrSyntax, document.ErrRoot, document.ErrDepth:
				default:
					return
				}
				finding := aboutFile(pass.Deployment, f, e.Span)
				finding.Message = ".NET refuses the file: " + e.Message
				finding.Do = orElse(e.Hint, "mend the file here; the product does not start with it")
				pass.Report(finding)
			})
			return nil
		},
	}
}
