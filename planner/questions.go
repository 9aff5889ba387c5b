package planner

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// questions asks what only a person can answer: facts that no file holds,
// choices that the plan needs, and what a change board will want to know. A
// plan with nothing left asks nothing.
func (b *builder) questions() {
	if b.plan.State == Done || len(b.s.three) == 0 {
		return
	}
	b.askFacts()
	b.askApps()
	if b.s.off {
		return
	}
	if !b.p.prepare {
		return // Redis is in use and the products stay as they are: Apps or keys are left
	}
	b.askRedis()
	b.askBoard()
}

// askFact adds a question whose answer is a fact of the manifest, and names
// the fact among what is not known.
func (b *builder) askFact(unknown string, d Decision) {
	b.plan.Decisions = append(b.plan.Decisions, d)
	b.plan.Unknown = append(b.plan.Unknown, unknown)
}

// askFacts asks for the facts that the plan lacks.
func (b *builder) askFacts() {
	s := b.s
	if !s.off && s.suite.auto == schema.Undecided {
		b.askFact("the installed version of the suite", Decision{
			ID: "version", Question: "Which version of the suite is installed?", Manifest: "version: 4.2.3", Step: schema.StepUpgradeSuite,
			Why: "without it nobody knows whether the upgrade comes first"})
	}
	switch s.hosting {
	case hostedUnknown, hostedAzure, hostedDocker, hostedKubernetes:
		b.askFact("how the suite is hosted", Decision{
			ID: "hosting", Question: "How is the suite hosted?", Manifest: "hosting: iis",
			Why: "the commands depend on it; one of " + strings.Join(schema.Hostings()[:6], ", ")})
	}
	asked := false
	for _, p := range s.three {
		if p.Instances == 0 {
			why := "with more than one, keys and sticky sessions have to be right, and each instance is configured"
			if s.hosting.carrier(p.ID) == onWindows {
				why += "; an IIS pool with several worker processes counts as several"
			}
			b.askFact("how many instances of "+p.ID.Title()+" run", Decision{
				ID: "instances/" + string(p.ID), Question: "How many instances of " + p.ID.Title() + " run?",
				Manifest: "products: {" + string(p.ID) + ": {instances: 1}}",
				Why:      why})
		}
		for _, n := range p.nodes {
			if n.Environment == "" && len(n.Views) > 1 && !asked {
				asked = true
				b.askFact("the environment of the products", Decision{
					ID: "environment", Question: "In which environment do the products run?", Manifest: "environment: Production",
					Why: "an appsettings.<Environment>.json may replace what appsettings.json says"})
			}
		}
	}
	if !s.off && s.scaled() && !s.m.Sticky.Known && !b.p.sticky.done {
		b.askFact("whether sessions are sticky", Decision{
			ID: "sticky", Question: "Are sticky sessions on at the load balancer?", Manifest: "load_balancer: {sticky: true}", Step: schema.StepStickySessions,
			Why: "SignalR needs them with more than one instance, with Redis too"})
	}
}

// askApps asks for the owners' choices.
func (b *builder) askApps() {
	s := b.s
	designer := s.product(schema.AppDesigner) != nil
	if !s.off && designer && !s.connector.known && b.p.connector.todo() {
		b.askFact("which Data Streams Connectors are uploaded", Decision{
			ID: "connectors", Question: "Which versions of the Data Streams Connector are uploaded?", Manifest: `connectors: {data-streams: ["` + schema.OldConnector + `"]}`, Step: schema.StepUpgradeConnector,
			Why: "App Designer lists them under Connectors, all of them to administrators only"})
	}
	if designer && len(s.apps) == 0 {
		b.askFact("which Apps use which connector", Decision{
			ID: "apps", Question: "Which Apps use which Data Streams Connector?", Manifest: `apps: [{name: Pump Health, connector: "` + schema.OldConnector + `", upgrade: false}]`,
			Why: "an App on an old connector loses its data at each restart of App Designer, and once more when its connection is upgraded; the report Connector Usage Details (from " + schema.UsageReportSince + " on) lists them"})
	}
	if s.off {
		return
	}
	for i := range s.apps {
		a, t := &s.apps[i], b.p.apps[i]
		if !t.todo() {
			continue
		}
		name := yamlQuote(a.Name.Text)
		switch {
		case !a.Upgrade.Known:
			b.plan.Decisions = append(b.plan.Decisions, Decision{
				ID: "app/" + a.slug, Step: schema.DecideStep(a.slug), Manifest: "apps: [{name: " + name + ", upgrade: false}]",
				Question: "Shall App " + a.name() + " be upgraded to Data Streams Connector " + schema.ConnectorSince + "?",
				Why:      "upgrading clears its cache; not upgraded it keeps its data in one server's memory",
			})
		case a.CacheLoss.Text != "accepted":
			b.plan.Decisions = append(b.plan.Decisions, Decision{
				ID: "cache-loss/" + a.slug, Step: schema.AppStep(a.slug), Manifest: "apps: [{name: " + name + ", upgrade: true, cache_loss: accepted}]",
				Question: "Does the owner of App " + a.name() + " accept that its cached data is lost?",
				Why:      "it comes back only as streams send it again",
			})
		}
	}
}

// askRedis asks about the Redis that is to be used.
func (b *builder) askRedis() {
	m := b.s.m
	if !m.Redis.Connection.IsSet() && b.p.provision.todo() {
		b.askFact("the Redis that the products shall use", Decision{
			ID: "redis", Question: "Which Redis shall the products use?", Manifest: `redis: {connection: "cache01:6379,ssl=True,abortConnect=False"}`, Step: schema.StepProvisionRedis,
			Why: "its connection string is written into each product's configuration"})
	}
	b.ask("redis-per-product", "Shall App Designer's cache have a Redis of its own, apart from the messages of Data Stream Designer and Subscription Manager?", "yes | no",
		"the cache wants allkeys-lru, under which Subscription Manager's message counter can be evicted")
	if b.p.provision.todo() {
		b.plan.Decisions[len(b.plan.Decisions)-1].Step = schema.StepProvisionRedis
	}
	b.ask("redis-capacity", "Who owns Redis, and are its size, connections, availability, region, cost and end of life settled?", "<who, and what was settled>", "Redis becomes a part that all three products need")
	b.ask("redis-failure", "What happens when Redis fails after go-live, and where was it tested?", "<what was seen, and where>", "the vendor says that products carry on alone; ASP.NET Core SignalR drops its clients")
	b.ask("redis-data", "May process data lie in Redis?", "yes | no", "App Designer's cache holds what streams send")
	b.ask("redis-keys", "How do the Redis keys rotate?", "<how>", "products read the connection string only when they start")
}

// askBoard asks what a change board will ask.
func (b *builder) askBoard() {
	restarts := false
	for _, st := range b.plan.Steps {
		restarts = restarts || st.Restarts && st.Status != StepDone
	}
	if restarts {
		b.ask("window", "When may the products stand still, who cannot work then, and do Stream Hosts keep what arrives meanwhile?", "<when, and who was told>", "see the windows of the plan")
	}
	if b.p.upgrade.todo() {
		b.ask("turn-back", "Until when can one turn back, who decides, how long does a restore take, and was it rehearsed?", "<when, who, how long>", "after the first start of the new binaries only a restore leads back")
	}
	b.ask("leftovers", "Where do decrypted files, exported keys and backups lie, and who deletes them when?", "<where, who, when>", "they hold secrets")
	b.ask("success", "When is it a success, how long is it watched before instances are added, and which alerts are set?", "<criteria and days>", "evicted_keys, memory and the number of subscribers are worth an alert")
	b.ask("support", "Which statements of this plan did XMPro's support confirm?", "<which>", "some are the vendor's, some are inferred from its installers and templates: see the source of each step")
	b.ask("unseen", "Who looked at what the tree does not hold: machine.config, pool variables, key vaults, the load balancer?", "<who, and what was found>", "each of them can replace a setting that the files show")
}

// notes says what is to be known about the plan as a whole.
func (b *builder) notes() {
	s, p := b.s, b.plan
	if len(s.three) == 0 {
		p.Note = "neither App Designer nor Data Stream Designer nor Subscription Manager was found: there is nothing to plan"
		if p.State != Done {
			p.Note = "neither App Designer nor Data Stream Designer nor Subscription Manager was found in what can be read"
		}
		return
	}
	var absent []string
	for _, id := range []schema.Product{schema.AppDesigner, schema.DataStreamDesigner, schema.SubscriptionManager} {
		if s.product(id) == nil {
			absent = append(absent, id.Title())
		}
	}
	if len(absent) > 0 && p.State != Done {
		were := " was not found in the tree: where it is installed it needs the same steps"
		if len(absent) > 1 {
			were = " were not found in the tree: where they are installed they need the same steps"
		}
		p.Notes = append(p.Notes, list(absent)+were)
	}
	if s.hosting.azure() && p.State != Done {
		p.Notes = append(p.Notes, "the commands are for the production slot of each web app: for another add --slot. A swap brings the settings of the other slot along: swap none before the last check")
	}
	if s.newerThanKnown() {
		p.Notes = append(p.Notes, "version "+words(s.suite.newest.Text)+" is newer than "+schema.NewestRelease().Version+", the newest that xmlint knows: what it demands is not in this plan")
	}
	if s.listed.other {
		p.Notes = append(p.Notes, "what the manifest lists as done belongs to the other way and does not count here; see "+wayBack)
	}
	if p.State == Done && !s.off && s.product(schema.AppDesigner) != nil && !s.connector.known && !s.listed.has(schema.StepUpgradeConnector) {
		p.Notes = append(p.Notes, "which versions of the Data Streams Connector are uploaded is not known: Apps keep their data in Redis from "+schema.ConnectorSince+" on only. See App Designer, Connectors, and write them into xmpro.yaml under connectors")
		p.Unknown = append(p.Unknown, "which Data Streams Connectors are uploaded")
	}
	p.Share(s.all)
	b.noteUnknownSteps()
	b.noteUnknownAnswers()
	p.Note = b.note()
}

// Share notes that another deployment uses the same Redis: it takes findings
// of [lint.Shared], which come once the deployments before are known.
func (p *Plan) Share(findings []lint.Finding) {
	for i := range findings {
		f := &findings[i]
		if f.Rule != nil && f.Rule.ID == "XM3010" && (f.Root == "" || f.Root == p.Root) && !slices.Contains(p.Notes, f.Message) {
			p.Notes = append(p.Notes, f.Message)
		}
	}
}

// note says in one sentence why the plan is as it is.
func (b *builder) note() string {
	p := b.plan
	switch {
	case p.State == Blocked:
		var waits []string
		for _, st := range p.Steps {
			if st.Status == StepBlocked {
				waits = append(waits, st.ID+" waits for "+strings.Join(st.WaitsFor, " and "))
			}
		}
		return strings.Join(waits, "; ")
	case p.State == Ready:
		return ""
	case b.s.off:
		return "nothing is left: Auto Scale is off in every product"
	}
	for _, n := range b.s.nodes {
		if n.of.ID.UsesRedis() && n.auto.State == deployment.StateUnknown {
			return "nothing is left: the manifest lists as done what no file shows"
		}
	}
	return "nothing is left: Auto Scale is on in every product that was found"
}

// yamlQuote writes a name as a YAML scalar that nothing is expanded in.
func yamlQuote(s string) string {
	return "'" + strings.ReplaceAll(words(s), "'", "''") + "'"
}
