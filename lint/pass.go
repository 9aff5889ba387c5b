package lint

import "github.com/xmlint/xmlint/deployment"

// Pass is one run of one rule over one deployment. It ends with the rule.
type Pass struct {
	// Deployment is what to judge. Rules do not change it.
	Deployment *deployment.Deployment

	rule     *Rule
	findings []Finding
	uses     []Use
	memo     *Memo // of all passes of the deployment; nil: of this one alone
}

// Report adds a finding. A finding without a place is put where
// [deployment.Deployment.Fallback] says.
func (p *Pass) Report(f Finding) { p.findings = append(p.findings, f) }

// Share says that the deployment uses something that another deployment may
// use too; see [Rule.Shared].
func (p *Pass) Share(u Use) { p.uses = append(p.uses, u) }
