package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func settingShadowed() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2010",
		Name:     "setting-shadowed",
		Severity: lint.Warning,
		Title:    "An Auto Scale setting is hidden by another one",
		Doc: lint.Doc{
			What: "Finds Auto Scale values of a file that another mechanism replaces: an environment variable in web.config, or an overlay, appsettings.<Environment>.json, while nothing says which environment the product runs in. " +
				"Where the environment is known, the overlay is only mentioned. Values that mean the same, true and True, are no finding. What `<appSettings>` replaces in Subscription Manager's web.config is XM4004.",
			Why: "Whoever edits appsettings.json and restarts the product finds nothing changed. And on a server with another environment the product runs with other values.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- AppDesigner/appsettings.Production.json --
{ "xmpro": { "autoScale": { "enabled": false } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- AppDesigner/appsettings.Production.json --
{ "xmpro": { "appDesigner": { } } }
`,
			FixSafety:  "The fix deletes the value that hides the other. It is unsafe: which one is right, only a person can say.",
			References: []string{pageConfiguration, pageEnvironments},
		},
		Source: pageConfiguration,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				a := &s.view.AutoScale
				if a.Reason == deployment.ReasonUnreadable || !hasAutoScale(s.product) {
					continue // XM2008 says of the latter that neither value counts
				}
				if len(a.Enabled.Shadows) > 0 {
					reportShadow(pass, s, &a.Enabled, schema.Enabled)
				}
				if len(a.Connection.Shadows) > 0 {
					reportShadow(pass, s, &a.Connection, schema.Connection)
				}
			}
			return nil
		},
	}
}

// reportShadow reports a value that hides different ones.
func reportShadow(pass *lint.Pass, s spot, v *deployment.Value, setting string) {
	winner := v.Origin
	if winner.Kind == deployment.AppSettings || winner.Kind == deployment.Section || winner.IsReference() {
		return
	}
	f := s.finding(winner.ValuePlace(), setting)
	rival := false // another variable of which it is not known whether it wins
	for _, hidden := range v.Shadows {
		if sameBound(setting, bound(setting, &winner), bound(setting, &hidden)) || hidden.IsReference() {
			continue
		}
		rival = rival || hidden.Kind == deployment.Environment
		f.Related = append(f.Related, lint.Related{Place: hidden.ValuePlace(), Message: "here it is " + shownOrigin(setting, &hidden)})
	}
	if len(f.Related) == 0 {
		return
	}
	switch {
	case rival:
		f.Message = fmt.Sprintf("two environment variables set %s differently, here to %s; which of them wins is not documented", setting, shownOrigin(setting, &winner))
		f.Do = "keep one of the two, with the prefix " + deployment.Prefix
	case winner.Kind == deployment.Environment:
		f.Message = fmt.Sprintf("the environment variable sets %s to %s and hides what the file says", setting, shownOrigin(setting, &winner))
		f.Do = "set it in one place: delete the variable here, or the value in the file"
	case s.node.Environment != "":
		f.Severity = lint.Info
		f.Message = fmt.Sprintf("the overlay of %s sets %s to %s and hides what the base file says", quote(s.node.Environment), setting, shownOrigin(setting, &winner))
		f.Do = "nothing, if that is meant; else set it in one of the two files"
	case manifestUnread(pass.Deployment):
		return // it may say which environment is the product's
	default:
		f.Message = fmt.Sprintf("in the environment %s the overlay sets %s to %s and hides what the base file says; nothing says which environment the product runs in", quote(s.view.Environment), setting, shownOrigin(setting, &winner))
		f.Do = "write environment: into xmpro.yaml, or call xmlint with --environment; else set it in one of the two files"
	}
	f.Fix = removeSetting(winner, "delete the value that hides the other")
	pass.Report(f)
}

// bound is the text that stands for what an application takes from a place: null
// is false, as nothing would be.
func bound(setting string, o *deployment.Origin) string {
	if setting == schema.Enabled && o.IsNull() {
		return "false"
	}
	return o.Text
}

// shownOrigin is what a place says as a message may hold it.
func shownOrigin(setting string, o *deployment.Origin) string {
	if o.IsNull() {
		return "null"
	}
	return shown(setting, o.Text)
}

// sameBound reports whether an application takes two values of a setting for
// the same.
func sameBound(setting, a, b string) bool {
	switch {
	case a == b:
		return true
	case setting == schema.Enabled:
		x, okX := schema.ParseBool(a)
		y, okY := schema.ParseBool(b)
		return okX && okY && x == y
	case setting == schema.Connection:
		return isNoRedis(a) && isNoRedis(b)
	}
	return false
}
