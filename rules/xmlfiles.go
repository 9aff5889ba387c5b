package rules

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func invalidXML() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0003",
		Name:     "invalid-xml",
		Severity: lint.Error,
		Title:    "A web.config is not well-formed",
		Doc: lint.Doc{
			What: "Finds web.config files that are not well-formed XML 1.0 with namespaces, as the XML reader of .NET judges it.",
			Why: "IIS and the product refuse the whole file, and the site answers every request with an error. " +
				"A frequent cause is a Redis password with & or < in it, which XML wants written as &amp; and &lt;.",
			Bad: `
-- SM/web.config --
<configuration>
  <xmpro>
    <autoScale enabled="true" connectionString="cache01:6379,password=a&b,abortConnect=False" />
  </xmpro>
</configuration>
`,
			Good: `
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro>
    <autoScale enabled="true" connectionString="cache01:6379,password=a&amp;b,abortConnect=False" />
  </xmpro>
</configuration>
`,
			References: []string{pageXML},
		},
		Source: pageXML,
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			faulty(pass, func(f *deployment.File, e *document.Error) {
				if !isXML(f) || e.Kind != document.ErrSyntax && e.Kind != document.ErrRoot {
					return
				}
				finding := aboutFile(pass.Deployment, f, e.Span)
				finding.Message = "the file is not well-formed XML: " + e.Message
				finding.Do = orElse(e.Hint, "mend the file here; IIS serves nothing with it")
				pass.Report(finding)
			})
			return nil
		},
	}
}

func unsafeDocument() *lint.Rule {
	return &lint.Rule{
		ID:       "XM0005",
		Name:     "unsafe-document",
		Severity: lint.Error,
		Title:    "A document holds what must not be expanded",
		Doc: lint.Doc{
			What: "Finds XML files with a document type declaration, in which entities may be declared, and XML files that are nested deeper than the limit. " +
				"A declaration is never expanded and nothing outside the file is read; the rest of the file is judged as if it were not there.",
			Why: "No web.config needs a document type declaration. Entities can make a small file use all memory or read other files of the server, " +
				"and System.Configuration does not replace them: a setting with an entity in it keeps the text as it is written.",
			Bad: `
-- SM/web.config --
<!DOCTYPE configuration [ <!ENTITY on "true"> ]>
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
</configuration>
`,
			Good: `
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><autoScale enabled="false" connectionString="" /></xmpro>
</configuration>
`,
			References: []string{pageDTD},
		},
		Source: pageDTD,
		Firm:   true,
		Check: func(pass *lint.Pass) error {
			for _, f := range pass.Deployment.Files {
				switch {
				case f.XML != nil && !f.XML.Doctype.IsZero():
					finding := aboutFile(pass.Deployment, f, f.XML.Doctype)
					finding.Message = "the file has a document type declaration, which can declare entities; it was not expanded"
					finding.Do = "delete the <!DOCTYPE ...> and write each entity's text where it is used"
					pass.Report(finding)
				case f.Err != nil && isXML(f):
					if e, _ := fault(f); e != nil && e.Kind == document.ErrDepth {
						finding := aboutFile(pass.Deployment, f, e.Span)
						finding.Message = "the file was not read: " + e.Message
						finding.Why = "A file that is nested this deep was not written for a server: it makes whoever reads it use memory without bound. What the product would read in it is not known."
						finding.Do = orElse(e.Hint, "see who wrote this file: no web.config is nested like that")
						pass.Report(finding)
					}
				}
			}
			return nil
		},
	}
}
