package report

// auditJSON is the document of `xmlint audit --format json`. Its lists hold what
// belongs to all deployments, each with the deployment's name.
type auditJSON struct {
	tool                                                                 Tool
	deployments, findings, suppressed, plans, decisions, unknown, inputs []byte
}

func newAuditJSON(o Options) Audits { return &auditJSON{tool: o.Tool} }

func (j *auditJSON) Begin(buf []byte) []byte { return buf }

// auditedDeployment is a deployment in the document.
type auditedDeployment struct {
	Name       string         `json:"name"`
	Root       string         `json:"root"`
	Hosting    string         `json:"hosting,omitempty"`
	Summary    Verdict        `json:"summary"`
	Products   []AuditProduct `json:"products"`
	Statements []Statements   `json:"statements"`
}

// auditedSuppressed is a finding that is not reported.
type auditedSuppressed struct {
	Deployment  string `json:"deployment"`
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Path        string `json:"path"`
	Line        int    `json:"line"`
	Message     string `json:"message"`
	By          string `json:"by"`
	Reason      string `json:"reason,omitempty"`
	Until       string `json:"until,omitempty"`
	Fingerprint string `json:"fingerprint"`
}

func newAuditedSuppressed(f *AuditFinding) auditedSuppressed {
	s := auditedSuppressed{
		Deployment: f.Deployment, Rule: f.Rule.ID, Severity: f.Severity.String(), Path: f.Path, Line: f.Start.Line, Message: f.Message,
		Fingerprint: f.Fingerprint,
	}
	if f.By != nil {
		s.By, s.Reason, s.Until = f.By.Kind.String(), f.By.Reason, f.By.Until
	}
	return s
}

func (j *auditJSON) Append(buf []byte, a *Audit) []byte {
	j.deployments = appendItem(j.deployments, auditedDeployment{a.Name, a.Root, a.Hosting, a.Verdict(), filled(a.Products), filled(a.Statements())})
	for i := range a.Findings {
		j.findings = appendFinding(comma(j.findings), &a.Findings[i].Finding)
	}
	for i := range a.Suppressed {
		j.suppressed = appendItem(j.suppressed, newAuditedSuppressed(&a.Suppressed[i]))
	}
	j.plans = appendPlan(comma(j.plans), a.Plan)
	for _, d := range a.Decisions {
		j.decisions = appendItem(j.decisions, struct {
			Deployment string `json:"deployment"`
			AuditDecision
		}{a.Name, d})
	}
	for _, u := range a.Unknown {
		j.unknown = appendItem(j.unknown, struct {
			Deployment string `json:"deployment"`
			AuditUnknown
		}{a.Name, u})
	}
	for _, input := range a.Inputs {
		j.inputs = appendItem(j.inputs, input)
	}
	return buf
}

func (j *auditJSON) End(buf []byte) []byte {
	buf = appendHead(buf, j.tool)
	for _, list := range []struct {
		name  string
		items []byte
	}{
		{"deployments", j.deployments}, {"findings", j.findings}, {"suppressed", j.suppressed}, {"plans", j.plans},
		{"decisions", j.decisions}, {"unknown", j.unknown}, {"inputs", j.inputs},
	} {
		buf = append(append(append(buf, ",\n\""...), list.name...), `":[`...)
		buf = append(append(buf, list.items...), "\n]"...)
	}
	return append(buf, "\n}\n"...)
}

// comma begins the next item of a list.
func comma(list []byte) []byte {
	if len(list) > 0 {
		list = append(list, ',')
	}
	return append(list, '\n')
}

func appendItem(list []byte, v any) []byte { return appendValue(comma(list), v) }
