package planner

import (
	"github.com/xmlint/xmlint/schema"
)

// upgradeSuite gives the commands that bring all products to a release while
// nothing runs.
//
// Source: XMPro documentation, Upgrade, for each way of hosting.
func (s *site) upgradeSuite(release schema.Release) []Action {
	v := release.Version
	switch s.hosting {
	case hostedIIS, hostedInstaller:
		if byInstaller(release) {
			return append([]Action{
				manual("On every server, the first with Subscription Manager: run the installer of " + v + " with exactly the same database names, and preset what was captured. What is not preset it makes anew, the salt too. On each further server first copy C:\\XMPro\\*.json from the server before"),
			}, installer(v, s.anyOn(), "for each product in the order Subscription Manager, App Designer, Data Stream Designer, Stream Host")...)
		}
		return []Action{manual("On every server: uninstall the installers only (files and databases stay), run the installers of " + v + " and choose Upgrade, in any order of the products")}
	case hostedARM:
		if s.leavesARM(release) {
			return []Action{manual("From " + schema.NoARMTemplateSince + " on there is no ARM template: follow the vendor's guide from ARM to Terraform, with the same databases. Its tfvars sample leaves Auto Scale off and its backup leaves out the key vaults' secrets: put in what was captured")}
		}
		return []Action{
			manual("Stop the web app of Subscription Manager first: it holds its files. Use the same resource group and credentials, and redeploy the whole template of " + v + ". The template writes the Auto Scale secrets anew, as off"),
			sh("az deployment group what-if --resource-group '<RESOURCE_GROUP>' --template-file '<TEMPLATE_FILE>' --parameters '@<PARAMETERS_FILE>'", "no database is deleted or replaced"),
			sh("az deployment group create --resource-group '<RESOURCE_GROUP>' --template-file '<TEMPLATE_FILE>' --parameters '@<PARAMETERS_FILE>' --query properties.provisioningState", "Succeeded"),
		}
	case hostedTerraform:
		return []Action{
			manual(`In the tfvars of the app layer set imageversion and sm_zip_version to "` + v + `", keep enable_auto_scale and redis_connection_string as captured, and keep ad_encryption_key: where it is empty a new one is made and old values cannot be read`),
			sh("terraform plan -var-file='<APP_TFVARS>' -out='upgrade.tfplan'", "databases are updated in place; random_string.salt and certificates stay"),
			sh("terraform apply 'upgrade.tfplan'", "Apply complete! Then delete the plan file: it holds secrets"),
		}
	case hostedAzure:
		return []Action{manual("Upgrade by the means that the web apps were made with: the whole ARM template of " + v + " in the same resource group, or Terraform with imageversion and sm_zip_version " + v + ". Write hosting: azure-arm or hosting: azure-terraform into xmpro.yaml for the commands")}
	case hostedCompose:
		return append(s.upgradeManagerOnWindows(release),
			manual("In .env set REGISTRY_VERSION="+v+"; keep the encryption keys and the Auto Scale settings as captured"),
			sh("docker compose pull", "each image is pulled"))
	case hostedHelm:
		return append(s.upgradeManagerOnWindows(release),
			manual("In the chart's values set image.tag to \""+v+"\" for ad, ds, ai and sh, each with replicaCount 0 until all are upgraded"),
			s.hosting.helmUpgrade())
	case hostedDocker, hostedKubernetes:
		return append(s.upgradeManagerOnWindows(release), manual("Make the containers of App Designer, Data Stream Designer, AI and Stream Hosts anew, under the same names and with the same environment, from the images tagged "+v+", and start none before all are there"))
	}
	return []Action{manual("Install " + v + " on every server by the means of its hosting, which is not known: write hosting: into xmpro.yaml for the commands. Start no product before all are upgraded")}
}

// upgradeManagerOnWindows upgrades Subscription Manager, which stays on
// Windows beside containers.
func (s *site) upgradeManagerOnWindows(release schema.Release) []Action {
	if s.product(schema.SubscriptionManager) == nil {
		return nil
	}
	actions := []Action{manual("On the Windows servers of Subscription Manager: install " + release.Version + " with XMPro's Windows installer, with the same database name and with the captured salt preset")}
	if byInstaller(release) {
		actions = append(actions, installer(release.Version, s.anyOn(), "for Subscription Manager alone: what runs in containers is not installed here")...)
	}
	return actions
}

// byInstaller tells whether a release comes with the installer that takes its
// settings from the environment.
//
// Source: XMPro's Windows installer, 4.5.4.
func byInstaller(release schema.Release) bool {
	return release.Parsed().AtLeast(schema.InstallerSince) == schema.Satisfied
}

// anyOn reports whether Auto Scale is on somewhere.
func (s *site) anyOn() bool {
	for _, p := range s.three {
		for _, n := range p.nodes {
			if n.auto.On() {
				return true
			}
		}
	}
	return false
}

// stopOrder is the order in which products are stopped: what sends data first.
// They are started the other way round, Subscription Manager first.
//
// Source: XMPro documentation, multi-server deployment.
var stopOrder = [...]schema.Product{schema.StreamHost, schema.AI, schema.DataStreamDesigner, schema.AppDesigner, schema.SubscriptionManager}

// stopAll stops every product on every node.
func (s *site) stopAll() []Action {
	var actions []Action
	for _, id := range stopOrder {
		if p := s.product(id); p != nil {
			actions = append(actions, s.onEach(p, s.hosting.stop(id))...)
		}
	}
	return actions
}

// leavesARM reports whether a release is beyond the last ARM template: the
// suite moves to web apps that Terraform makes.
//
// Source: XMPro documentation, upgrade from legacy (Azure).
func (s *site) leavesARM(release schema.Release) bool {
	return s.hosting == hostedARM && release.Parsed().AtLeast(schema.NoARMTemplateSince) == schema.Satisfied
}

// startUpgraded starts every product after an upgrade. In the vendor's compose
// file containers of their own migrate the databases: only all services
// together start them, in order. What Helm was told to stop, Helm has to start:
// kubectl alone would do so until the next helm upgrade.
func (s *site) startUpgraded(release schema.Release) []Action {
	if s.leavesARM(release) {
		return []Action{manual("Terraform starts the new web apps. Leave the old ones stopped: their binaries would write into databases that the new ones have migrated. Delete them once nobody wants to go back")}
	}
	actions := []Action{manual("Start the products, Subscription Manager first, one instance of each before its other instances")}
	if s.hosting != hostedCompose && s.hosting != hostedHelm {
		return append(actions, s.startAll()...)
	}
	if p := s.product(schema.SubscriptionManager); p != nil {
		actions = append(actions, s.onEach(p, s.hosting.start(p.ID))...)
	}
	if s.hosting == hostedCompose {
		for _, p := range s.products {
			if p.Instances > 1 && !p.named && s.hosting.carrier(p.ID) == onCompose {
				actions = append(actions, manual("See that service "+service(p.ID)+" in docker-compose.yml says deploy: {replicas: "+itoa(p.Instances)+"} where all run on one host: up removes the others"))
			}
		}
		return append(actions, sh("docker compose up --detach", "the migration containers have ended with 0, then the products run"))
	}
	return append(actions, manual("In the chart's values set replicaCount of ad, ds, ai and sh back to what it was before"), s.hosting.helmUpgrade())
}

// helmUpgrade brings a release to its values. Without the chart's version Helm
// takes the newest, and with it perhaps other images.
func (hosting) helmUpgrade() Action {
	return sh("helm upgrade '<HELM_RELEASE>' '<HELM_CHART>' --version '<HELM_CHART_VERSION>' --namespace '<NAMESPACE>' --values '<VALUES_FILE>' --wait", "STATUS: deployed")
}

// startAll starts every product on every node.
func (s *site) startAll() []Action {
	var actions []Action
	for i := len(stopOrder) - 1; i >= 0; i-- {
		if p := s.product(stopOrder[i]); p != nil {
			actions = append(actions, s.onEach(p, s.hosting.start(stopOrder[i]))...)
		}
	}
	return actions
}

// onEach says on which nodes commands are to be run, where they are run on the
// server itself.
func (s *site) onEach(p *productSite, actions []Action) []Action {
	c := s.hosting.carrier(p.ID)
	if c == onWebApp || c == onPod {
		return actions
	}
	switch {
	case len(p.nodes) > 1:
		names := make([]string, len(p.nodes))
		for i, n := range p.nodes {
			names[i] = words(n.name)
		}
		return append([]Action{manual("On each of " + list(names) + ":")}, actions...)
	case p.Instances > 1 && c == onCompose:
		return append([]Action{manual("On each host that runs " + p.ID.Title() + ", for all its containers at once:")}, actions...)
	case p.Instances > 1:
		return append([]Action{manual("On each of the " + itoa(p.Instances) + " instances of " + p.ID.Title() + ":")}, actions...)
	}
	return actions
}

// onNode says where a command for one node's files is to be run; nodes without
// names have one command.
func (s *site) onNode(n *nodeSite) []Action {
	switch {
	case n.of.named:
		return []Action{manual("On " + words(n.name) + ":")}
	case n.of.Instances > 1:
		return s.onEach(n.of, nil)
	}
	return nil
}
