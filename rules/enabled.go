package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func enabledNotBoolean() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2003",
		Name:     "enabled-not-boolean",
		Severity: lint.Error,
		Title:    "The switch of Auto Scale is not a boolean",
		Doc: lint.Doc{
			What: "Finds values of autoScale's enabled that .NET does not take for true or false. The two words in any casing are fine, also in quotes and with blanks around them. A reference such as ${AutoScaleEnable} is not judged.",
			Why:  "1, yes, on and the empty text are no booleans to .NET: it throws when the product reads the setting, and the product does not start.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": "yes", "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			FixSafety:  "The fix writes true or false. It is safe for words that say one of them (1, yes, on; 0, no, off), and unsafe for a guess, such as true for ture.",
			References: []string{pageBooleanParse, pageAutoScale},
		},
		Source: pageBooleanParse,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				v := &s.view.AutoScale.Enabled
				if s.view.AutoScale.State != deployment.StateInvalid || !hasAutoScale(s.product) || schema.IsReference(v.Text) {
					continue
				}
				f := s.finding(s.enabledPlace(), schema.Enabled)
				f.Message = notBoolean(v)
				f.Do = "write true or false " + s.inFile()
				if meant, safety := meantBool(v.Text); meant != "" {
					f.Do = fmt.Sprintf("write %s %s, or %s if that is what was meant", meant, s.inFile(), opposite(meant))
					f.Fix = setValue(v.Origin, "write "+meant, safety, meant)
				}
				pass.Report(f)
			}
			return nil
		},
	}
}

func notBoolean(v *deployment.Value) string {
	if strings.TrimSpace(v.Text) == "" {
		return "the switch of Auto Scale is empty, which .NET does not take for false: it throws"
	}
	return fmt.Sprintf("the switch of Auto Scale is %s, which is neither true nor false: .NET throws", shown(schema.Enabled, v.Text))
}

func opposite(b string) string {
	if b == "true" {
		return "false"
	}
	return "true"
}

// meantBool is the boolean that a text stands for to its author; empty where
// nobody can say.
func meantBool(text string) (string, lint.Safety) {
	t := strings.ToLower(strings.Trim(text, " \t\r\n\"';,."))
	switch t {
	case "true", "1", "yes", "y", "on", "enabled", "enable":
		return "true", lint.Safe
	case "false", "0", "no", "n", "off", "disabled", "disable", "-", "none":
		return "false", lint.Safe
	case "":
		return "false", lint.Unsafe
	}
	for _, word := range [...]string{"true", "false"} {
		if schema.Near([]byte(t), word) && len(t) > 2 {
			return word, lint.Unsafe
		}
	}
	return "", ""
}

func settingUnresolved() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2011",
		Name:     "setting-unresolved",
		Severity: lint.Info,
		Title:    "An Auto Scale setting is a reference that cannot be judged",
		Doc: lint.Doc{
			What: "Finds Auto Scale settings whose value comes from elsewhere: ${...}, #{...}#, @Microsoft.KeyVault(...), and products that read a key vault. " +
				"In appsettings.json it is a warning for ${...} and @Microsoft.KeyVault(...): nothing in .NET expands them there, only a pipeline that replaces them before the file is deployed.",
			Why: "Whether Auto Scale is on, and with which Redis, stands in a place that these files do not show. Where nothing replaces the reference, the product gets it as text.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "${REDIS}" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageBuilders, pageVaultRefs, pageVaultProvider},
		},
		Source: pageBuilders,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				a := &s.view.AutoScale
				if !hasAutoScale(s.product) {
					continue
				}
				if a.Reason == deployment.ReasonKeyVault && s.product.ID.UsesRedis() {
					reportVault(pass, s)
					continue
				}
				if a.Enabled.Unknown == deployment.ReasonReference {
					reportReference(pass, s, &a.Enabled, schema.Enabled)
				}
				if a.Connection.Unknown == deployment.ReasonReference {
					reportReference(pass, s, &a.Connection, schema.Connection)
				}
			}
			return nil
		},
	}
}

// reportVault says that a key vault may supply the settings.
func reportVault(pass *lint.Pass, s spot) {
	provider := s.view.Get(schema.KeyVaultFlag)
	f := s.finding(provider.Origin.ValuePlace(), schema.KeyVaultFlag)
	f.Message = title(s.product.ID) + " reads a key vault, which may supply the Auto Scale settings: what these files say may not be in effect"
	f.Do = "look at the secrets xmpro--autoScale--enabled and xmpro--autoScale--connectionString of the vault"
	pass.Report(f)
}

func reportReference(pass *lint.Pass, s spot, v *deployment.Value, setting string) {
	f := s.finding(v.Origin.ValuePlace(), setting)
	f.Message = fmt.Sprintf("%s is a reference, %s: what it stands for cannot be seen here", setting, shown(setting, v.Text))
	if !isWholeReference(v.Text) {
		f.Message = fmt.Sprintf("%s has a reference in it, %s: what it stands for cannot be seen here", setting, shown(setting, v.Text))
	}
	f.Do = "see what fills it in, and judge its value with xmlint redis"
	if setting == schema.Enabled {
		f.Do = "see what fills it in; the value must be true or false"
	}
	inFile := v.Origin.Kind == deployment.BaseFile || v.Origin.Kind == deployment.OverlayFile
	if inFile && (schema.HasBuilderToken(v.Text) || isVaultReference(v.Text)) {
		f.Severity = lint.Warning
		f.Message = fmt.Sprintf("%s is %s, which nothing in .NET expands in an appsettings.json", setting, shown(setting, v.Text))
		f.Do = "see that the pipeline replaces it before the file is deployed, or set it as environment variable " + variable(setting)
	}
	pass.Report(f)
}

// isWholeReference reports whether a text with a reference in it is nothing
// else.
func isWholeReference(text string) bool {
	t := strings.TrimSpace(text)
	switch {
	case t == "":
		return false
	case t[0] == '@', t[0] == '[':
		return true
	}
	return (t[0] == '$' || t[0] == '#') && strings.IndexByte(t, ',') < 0
}

// isVaultReference reports whether a text is a reference that Azure App Service
// resolves in its application settings.
func isVaultReference(text string) bool {
	const start = "@Microsoft.KeyVault("
	t := strings.TrimSpace(text)
	return len(t) >= len(start) && strings.EqualFold(t[:len(start)], start)
}

// variable is the environment variable that stands for a setting.
func variable(setting string) string {
	return deployment.Prefix + strings.ReplaceAll(setting, ":", "__")
}
