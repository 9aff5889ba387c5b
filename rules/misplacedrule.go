package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func settingMisplaced() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2006",
		Name:     "setting-misplaced",
		Severity: lint.Error,
		Title:    "autoScale stands where the product never looks",
		Doc: lint.Doc{
			What: "Finds autoScale in the root of appsettings.json, under appDesigner or another section, in web.config outside `<xmpro>` or deeper in it (not in a section that the file declares for another program), environment variables without the segment XMPRO, and Auto Scale's keys in the appSettings of a web.config of the ASP.NET Core Module. " +
				"The right place is directly inside xmpro. In appsettings.json it also finds an autoScale that is a list or a single value, an enabled or a connectionString that holds other values, and keys with __ as in the name of a variable.",
			Why: "In JSON the product reads over it without a word: Auto Scale stays off although the file says that it is on. In web.config .NET refuses the file.",
			Bad: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "appDesigner": {
      "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
    }
  }
}
`,
			Good: `
-- AppDesigner/appsettings.json --
{
  "xmpro": {
    "appDesigner": { },
    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
  }
}
`,
			FixSafety:  "The fix moves the section into xmpro, where it takes effect: it is unsafe, because what it says was not in effect before.",
			References: []string{pageAutoScale, pageConfiguration, pageSections},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for _, p := range pass.Deployment.Products {
				if !hasAutoScale(p) {
					continue
				}
				for _, n := range p.Nodes {
					misplaced(n, func(s stray) bool {
						pass.Report(strayFinding(p, n, s))
						return true
					})
				}
			}
			return nil
		},
	}
}

func strayFinding(p *deployment.Product, n *deployment.Node, s stray) lint.Finding {
	f := lint.Finding{Product: p.ID, Node: n.Name, Place: s.place, Setting: schema.AutoScale}
	switch {
	case s.env != nil:
		f.Setting = s.meant
		f.Message = fmt.Sprintf("%s never looks at the variable %s", title(p.ID), quote(s.path))
		f.Do = "name it " + variable(s.meant)
		f.Fix = renameVariable(s.env, variable(s.meant))
	case s.shape != "":
		f.Setting = s.path
		f.Fix = &lint.Fix{Title: "write enabled and connectionString as single values inside autoScale", Safety: lint.Manual}
		f.Do = `write "autoScale": { "enabled": true, "connectionString": "..." } inside "xmpro" in ` + s.file.Path
		f.Message = fmt.Sprintf("%s is %s, and %s looks for a single value", quote(s.path), s.shape, title(p.ID))
		if !isSetting(s.path) {
			f.Message = fmt.Sprintf("%s is %s, and %s looks for enabled and connectionString inside of it", quote(s.path), s.shape, title(p.ID))
		}
	case s.meant != "" && s.file.XML != nil:
		f.Setting = s.meant
		f.Message = fmt.Sprintf("%s never looks at %s: ASP.NET Core does not read the <appSettings> of a web.config", title(p.ID), quote(s.path))
		f.Do = `delete it here and write "autoScale": { "enabled": true, "connectionString": "..." } inside "xmpro" in the appsettings.json beside it`
		f.Fix = &lint.Fix{Title: "write it into appsettings.json", Safety: lint.Manual}
	case s.meant != "":
		f.Setting = s.meant
		f.Message = fmt.Sprintf("%s never looks at %s: __ stands for a level in the names of environment variables, not in a JSON file", title(p.ID), quote(s.path))
		f.Do = `write "autoScale": { "enabled": true, "connectionString": "..." } inside "xmpro" in ` + s.file.Path
		f.Fix = &lint.Fix{Title: "write it as autoScale inside xmpro", Safety: lint.Manual}
	case s.file.XML == nil:
		f.Message = fmt.Sprintf("%s never looks at %s", title(p.ID), quote(s.path))
		f.Do = `move autoScale directly into "xmpro" in ` + s.file.Path
		f.Fix = moveJSON(s)
	case s.file.Role == deployment.RoleAspNetCore:
		f.Message = fmt.Sprintf("%s never looks at <autoScale> in its web.config", title(p.ID))
		f.Do = `delete it here and write "autoScale": { "enabled": true, "connectionString": "..." } inside "xmpro" in the appsettings.json beside it`
		f.Fix = &lint.Fix{Title: "write it into appsettings.json", Safety: lint.Manual}
	default:
		f.Message = fmt.Sprintf("<autoScale> stands in %s, where %s never looks", quote(s.path), title(p.ID))
		f.Do = "move it directly into <xmpro> in " + s.file.Path + ", after </xmidentity>"
		f.Fix = moveXML(n, s)
	}
	return f
}

// isSetting reports whether a path is that of one of the two settings.
func isSetting(path string) bool {
	return document.EqualFold(path, schema.Enabled) || document.EqualFold(path, schema.Connection)
}
