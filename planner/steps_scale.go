package planner

import (
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// stepBackplane sees that messages pass between the nodes of each product.
func (b *builder) stepBackplane() {
	st := b.step(schema.StepVerifyBackplane, KindVerify, "See that messages pass through Redis", b.p.backplane)
	if st == nil {
		return
	}
	st.Source, st.Window = pageRedis, WindowAfter
	if open(st) {
		st.Do = append(st.Do,
			redisCLI("PUBSUB CHANNELS '*'", "channels of each product"),
			redisCLI("PUBSUB NUMSUB '<CHANNEL>'", "for each product's channel as many subscribers as the product has running instances"))
		st.Verify = append(st.Verify, manual("Two browsers, on two nodes where there are two, see each other's changes of one App"))
		st.Undo = append(st.Undo, manual("Nothing to undo"))
		b.noteRedisCLI(st)
		st.Notes = append(st.Notes,
			"the vendor says that products fall back to a single server by themselves when Redis fails; ASP.NET Core SignalR drops its clients then. Stop Redis once in pre-production and see",
			"watch evicted_keys, memory and the number of subscribers from now on")
	}
	b.take(st, effects{before: join([]literal{b.reachable}, b.nodesOf(b.checked, b.s.three...)), makes: []literal{b.backplane}})
}

// stepKeys gives all nodes of a product the same keys.
func (b *builder) stepKeys() {
	st := b.step(schema.StepShareKeys, KindScale, "Give all nodes of a product the same keys", b.p.keys)
	if st == nil {
		return
	}
	st.Source, st.Window = pageKeys, WindowSettings
	if open(st) {
		b.fillKeys(st)
	}
	b.take(st, effects{before: join([]literal{b.backedUp, b.intact}, b.nodesOf(b.runs, b.s.three...)), makes: []literal{b.keys}})
}

func (b *builder) fillKeys(st *Step) {
	s := b.s
	if s.hosting.azure() {
		st.Do = append(st.Do, manual("App Service shares machine keys and Data Protection keys between the instances of a slot: see that nothing overrides them, and that the signing certificate is loaded for every instance"))
		st.Verify = append(st.Verify, manual("A user who is moved to another instance stays signed in"))
		st.Undo = append(st.Undo, manual("Nothing to undo"))
		return
	}
	var restarted []schema.Product
	for _, p := range s.three {
		if !p.scaled() {
			continue
		}
		st.Nodes = appendNew(st.Nodes, p.nodeNames())
		restarted = append(restarted, p.ID)
		if p.ID == schema.SubscriptionManager {
			st.Do = append(st.Do,
				manual("Subscription Manager: write the same <machineKey> (validationKey and decryptionKey spelled out, not AutoGenerate; Machine Key in IIS Manager makes a pair) into system.web of each node's web.config. Keep the file outside the web root first. Saving restarts it: one node after the other"),
				manual("Subscription Manager: install the signing and the encryption certificate with their private keys on each node, and let the identity of its pool read the keys"))
			st.Notes = append(st.Notes, sealedNotes(p)...)
			continue
		}
		st.Do = append(st.Do, manual(p.ID.Title()+": let all nodes keep their ASP.NET Core Data Protection keys in one place: the key ring is per machine on IIS, and lost with the container elsewhere. The vendor describes no setting for it: ask support. One node after the other"))
	}
	if len(st.Do) == 0 {
		st.Do = append(st.Do, manual("Give all nodes of each product the same machine keys, certificates and Data Protection keys"))
	}
	st.Do = append(st.Do, manual("See that encryptionKey, sharedkey and salt are the same on all nodes of a product: what one node has encrypted another cannot read otherwise"))
	st.Restarts = true
	st.interrupts("users of the node that restarts lose their connection, and have to sign in again once", restarted...)
	if slices.Contains(restarted, schema.AppDesigner) {
		b.losesMemory(st)
	}
	st.Verify = append(st.Verify, manual("A user who is moved to another node stays signed in"))
	if slices.Contains(restarted, schema.SubscriptionManager) {
		st.Undo = append(st.Undo, manual("Put the kept files of Subscription Manager back, one node after the other"))
	}
	if len(restarted) != 1 || restarted[0] != schema.SubscriptionManager {
		st.Undo = append(st.Undo, manual("Take the settings for the Data Protection keys back, one node after the other: users have to sign in again"))
	}
}

// sealedNotes say how the nodes of Subscription Manager open their sections.
//
// Source: Microsoft, RSA key containers.
func sealedNotes(p *productSite) []string {
	var sealed []sealedSection
	for _, n := range p.nodes {
		sealed = append(sealed, n.sealed...)
	}
	if len(sealed) == 0 {
		return nil
	}
	for _, section := range sealed {
		if section.machine {
			return []string{"the encrypted section of Subscription Manager opens on the server that encrypted it only: encrypt on each node itself, so that no key has to travel",
				`or share a key container of its own. First node: decrypt with the old provider; aspnet_regiis -pc "XMProSM" -exp; in configProtectedData/providers <add name="XMProRsa" keyContainerName="XMProSM" useMachineContainer="true" type="System.Configuration.RsaProtectedConfigurationProvider, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" />; encrypt with XMProRsa; aspnet_regiis -px "XMProSM" "<KEY_EXPORT>" -pri. Other nodes: aspnet_regiis -pi "XMProSM" "<KEY_EXPORT>". Every node: aspnet_regiis -pa "XMProSM" "IIS AppPool\<SUBSCRIPTION_MANAGER_POOL>". Never import into the default container, and destroy <KEY_EXPORT>`}
		}
	}
	return []string{`the encrypted section of Subscription Manager has a provider of its own: see that each node has its key, for an RSA provider the key container that configProtectedData names, and that the pool may read it (aspnet_regiis -pa "<KEY_CONTAINER>" "IIS AppPool\<SUBSCRIPTION_MANAGER_POOL>"). What cannot be opened on a node is encrypted there`}
}

// stepSticky keeps a user's connection on one node.
func (b *builder) stepSticky() {
	st := b.step(schema.StepStickySessions, KindScale, "Switch sticky sessions on at the load balancer", b.p.sticky)
	if st == nil {
		return
	}
	st.Source, st.Window = pageScale, WindowAfter
	if open(st) {
		b.fillSticky(st)
	}
	b.take(st, effects{makes: []literal{b.sticky}})
}

func (b *builder) fillSticky(st *Step) {
	undo := []Action{manual("Switch it off again, once one instance runs")}
	switch {
	case b.s.hosting == hostedTerraform:
		st.Do = append(st.Do, affinityByTerraform("true")...)
		undo = append(undo, affinityByTerraform("false")...)
	case b.s.hosting.azure():
		for _, p := range b.s.three {
			st.Do = append(st.Do, affinity(p.ID, "true"))
			undo = append(undo, affinity(p.ID, "false"))
		}
	default:
		st.Do = append(st.Do, manual("At the load balancer switch session affinity on for App Designer, Data Stream Designer and Subscription Manager. SignalR needs it with Redis too"))
	}
	st.Verify = append(st.Verify, manual("The affinity cookie is set, and requests of one browser reach one node; write load_balancer: {sticky: true} into xmpro.yaml"))
	st.Undo = append(st.Undo, undo...)
}

// affinity switches a web app's session affinity.
func affinity(p schema.Product, to string) Action {
	return sh("az webapp update --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP"))+" --client-affinity-enabled "+to+" --query clientAffinityEnabled", to)
}

// affinityByTerraform does so for web apps that Terraform makes: what az sets
// the next apply reverts.
//
// Source: XMPro Terraform modules v4.6.1, whose web apps do not name
// client_affinity_enabled; the azurerm provider's default for it is false.
func affinityByTerraform(to string) []Action {
	return append([]Action{manual("In the modules of the app layer set client_affinity_enabled = " + to + " in azurerm_linux_web_app and azurerm_windows_web_app of App Designer, Data Stream Designer and Subscription Manager. The modules have no variable for it and Terraform's default is false: the next apply reverts what az sets")},
		terraform("APP_TFVARS", "affinity", "client_affinity_enabled changes in each web app, and nothing else")...)
}

// stepScaleOut adds the wanted instances.
func (b *builder) stepScaleOut() {
	st := b.step(schema.StepScaleOut, KindScale, "Add the wanted instances", b.p.scaleOut)
	if st == nil {
		return
	}
	st.Source, st.Window = pageScale, WindowAfter
	if open(st) {
		b.fillScaleOut(st)
	}
	b.take(st, effects{
		before: join([]literal{b.reachable, b.backplane, b.keys, b.sticky}, b.nodesOf(b.on, b.s.three...)),
		makes:  []literal{b.scaledOut},
	})
}

func (b *builder) fillScaleOut(st *Step) {
	h := b.s.hosting
	byHand := false
	for _, p := range b.s.three {
		if p.TargetInstances < 2 || p.Instances >= p.TargetInstances {
			continue
		}
		wanted := itoa(p.TargetInstances)
		switch h.carrier(p.ID) {
		case onWebApp, onCompose, onPod:
			st.Do = append(st.Do, h.scaleTo(p.ID, p.TargetInstances)...)
			st.Undo = append(st.Undo, h.scaleTo(p.ID, max(p.Instances, 1))...)
		case onDocker:
			st.Do = append(st.Do, manual("Start further containers of "+p.ID.Title()+" until "+wanted+" run, on as many machines as wanted: the same image, environment and keys as the first; see that Redis answers from there; then add them to the load balancer"))
			byHand = true
		default:
			st.Do = append(st.Do, manual("Install "+p.ID.Title()+" on further servers until "+wanted+" instances run: the same release, the settings and keys of the first node"+sealedThere(p.ID)+"; see that Redis answers from there; then add the server to the load balancer"))
			byHand = true
		}
	}
	if byHand {
		st.Undo = append(st.Undo, manual("Take the new instances out of the load balancer and stop them"))
	}
	if h.azure() {
		st.Notes = append(st.Notes, notePlan)
	}
	if h.carrier(schema.AppDesigner) == onPod {
		st.Notes = append(st.Notes, noteTag)
	}
	st.Verify = append(st.Verify,
		redisCLI("PUBSUB NUMSUB '<CHANNEL>'", "as many subscribers as instances run"),
		manual("Write the new instances into xmpro.yaml; xmlint lint finds no difference between nodes"))
	b.noteRedisCLI(st)
}

// notePlan says what else scales with a web app.
const notePlan = "all web apps of one App Service plan scale together: one that shall not needs a plan of its own"

// scaleTo brings a product to a number of instances, where its hosting runs
// them. The vendor's compose file publishes one port of each service, and with
// the services that it depends on up would migrate the databases again.
//
// Source: XMPro's Windows installer, docker-compose.yml.
func (h hosting) scaleTo(p schema.Product, n int) []Action {
	count := itoa(n)
	switch h.carrier(p) {
	case onWebApp:
		if h == hostedTerraform {
			return append([]Action{manual("In the tfvars of the infrastructure layer set app_service_plan_worker_count = " + count + ", for the plan of " + p.Title())},
				terraform("INFRA_TFVARS", "scale", "the number of workers changes, and nothing else")...)
		}
		return []Action{sh("az appservice plan update --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "PLAN"))+" --number-of-workers "+count+" --query sku.capacity", count)}
	case onCompose:
		text := "In docker-compose.yml, service " + service(p) + ", write deploy: {replicas: " + count + "}: each later up brings back what the file says"
		if n > 1 {
			text += ". One port of the host serves one container: publish none for the service, or a range, and no container_name; the load balancer leads to the containers"
		}
		return []Action{manual(text), sh("docker compose up --detach --no-deps --no-recreate --scale "+shQuote(service(p)+"="+count)+" "+shQuote(service(p)), "so many containers run: "+count)}
	case onPod:
		deployment := shQuote(slot(p, "DEPLOYMENT"))
		also := "Write replicas: " + count + " into the manifest of the deployment too: the next apply brings back what it says"
		if h == hostedHelm {
			also = "Write replicaCount: " + count + " below " + service(p) + " in the chart's values too. Leave autoscaling off: the chart's own points at a deployment that does not exist"
		}
		return []Action{sh("kubectl --namespace '<NAMESPACE>' scale deployment "+deployment+" --replicas="+count+"\nkubectl --namespace '<NAMESPACE>' rollout status deployment "+deployment, "successfully rolled out"), manual(also)}
	}
	return nil
}

// sealedThere says how a new node of a product comes to its encrypted section.
func sealedThere(p schema.Product) string {
	if p == schema.SubscriptionManager {
		return ", an encrypted section encrypted anew on the node itself"
	}
	return ""
}
