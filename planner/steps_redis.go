package planner

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// stepProvision makes a Redis.
func (b *builder) stepProvision() {
	st := b.step(schema.StepProvisionRedis, KindProvision, "Provision Redis", b.p.provision)
	if st == nil {
		return
	}
	st.Source, st.Window = pageAutoScale, WindowBefore
	if open(st) {
		b.fillProvision(st)
	}
	b.take(st, effects{makes: []literal{b.redis}})
}

func (b *builder) fillProvision(st *Step) {
	s := b.s
	st.Do = append(st.Do, manual("Set up a Redis for this deployment alone, near its servers: keys of restored databases collide, and publish/subscribe ignores the database number, so two deployments must not share one. Persistence and a replica are advised"))
	if b.answers("redis-per-product", "yes") {
		st.Do = append(st.Do, manual("Set up two, as xmpro.yaml decides: a large one for App Designer's cache, and a small one with the eviction policy noeviction for the messages of Data Stream Designer and Subscription Manager. redis.connection holds one string: change it between the steps of App Designer and of the other two"))
	}
	switch service := strings.TrimSpace(s.m.Redis.Service.Text); {
	case service == "azure-managed", service == "" && s.hosting.azure():
		st.Do = append(st.Do, manual("Azure Managed Redis: clustering policy NoCluster (up to 25 GB) or EnterpriseCluster, never OSS, which cannot be changed later; access keys enabled; eviction policy AllKeysLRU; TLS on port 10000"))
	case service == "azure-cache":
		st.Do = append(st.Do, manual("Azure Cache for Redis: eviction policy allkeys-lru, TLS 1.2 on port 6380, the port without TLS off. The service ends on 2028-09-30: Azure Managed Redis is its successor"))
	case service == "elasticache":
		st.Do = append(st.Do, manual("ElastiCache: cluster mode disabled, eviction policy allkeys-lru, encryption in transit on"))
	default:
		st.Do = append(st.Do, manual("Set maxmemory and the eviction policy allkeys-lru, a password and TLS; no cluster mode"))
	}
	if s.product(schema.SubscriptionManager) != nil {
		st.Notes = append(st.Notes, "Subscription Manager uses classic SignalR: it needs EVAL, EVALSHA, INCR and publish/subscribe, duplicates messages on a cluster, and breaks with channelPrefix")
	}
	st.Notes = append(st.Notes, "allkeys-lru can evict the counter of Subscription Manager's messages, noeviction stops messages when memory is full: best give App Designer's cache a Redis of its own")
	if s.hosting == hostedTerraform {
		st.Notes = append(st.Notes, "create_redis_cache makes a Redis, but leaves redis_connection_string empty: write the string out in the tfvars of the app layer")
	}
	if at := place(s.m.Redis.Connection.Place); s.m.Redis.Connection.IsSet() && at != "" {
		st.Do = append(st.Do, manual("See that "+at+" names it: this connection string is what the products are given. Keep the password where secrets are kept, and never put a comma into it"))
	} else {
		b.askConnection(st)
	}
	st.Verify = append(st.Verify, manual("Redis runs, and its size, eviction policy, owner and cost are known"))
	st.Undo = append(st.Undo, manual("Delete the Redis again: nothing uses it yet"))
}

// askConnection asks for the connection string in the manifest.
func (b *builder) askConnection(st *Step) {
	st.Do = append(st.Do, manual("Write into xmpro.yaml redis: {connection: \"<REDIS_HOST>:<REDIS_PORT>,ssl=True,abortConnect=False\"}; keep the password where secrets are kept, and never put a comma into it"))
}

// stepVerifyRedis asks Redis from every node.
func (b *builder) stepVerifyRedis() {
	st := b.step(schema.StepVerifyRedis, KindVerify, "See that Redis answers every node", b.p.verifyRedis)
	if st == nil {
		return
	}
	st.Source, st.Window = pageRedis, WindowBefore
	for _, p := range b.s.three {
		st.Nodes = appendNew(st.Nodes, p.nodeNames())
	}
	if open(st) {
		b.fillVerifyRedis(st)
	}
	b.take(st, effects{before: []literal{b.redis}, makes: []literal{b.reachable}})
}

func (b *builder) fillVerifyRedis(st *Step) {
	h := b.s.hosting
	var servers []string
	onServer := psPlain("Test-NetConnection -ComputerName '<REDIS_HOST>' -Port '<REDIS_PORT>' | Select-Object -ExpandProperty TcpTestSucceeded", "True")
	inContainer := func(enter string) Action {
		return sh(enter+" timeout 10 bash -c 'exec 3<>/dev/tcp/<REDIS_HOST>/<REDIS_PORT> && echo reachable'", "reachable")
	}
	for _, p := range b.s.three {
		switch c := h.carrier(p.ID); c {
		case onWebApp:
			st.Do = append(st.Do, manual("In the console of the web app of "+p.ID.Title()+" (Kudu, or SSH into a Linux container): tcpping '<REDIS_HOST>:<REDIS_PORT>', or nc -vz '<REDIS_HOST>' '<REDIS_PORT>' on Linux; it has to connect"))
		case onCompose:
			st.Do = append(st.Do, inContainer("docker compose exec "+shQuote(service(p.ID))))
		case onDocker:
			st.Do = append(st.Do, inContainer("docker exec "+shQuote(slot(p.ID, "CONTAINER"))))
		case onPod:
			st.Do = append(st.Do, inContainer("kubectl --namespace '<NAMESPACE>' exec "+shQuote("deployment/"+slot(p.ID, "DEPLOYMENT"))+" --"))
		default:
			servers = append(servers, p.ID.Title()+nodeList(p))
		}
	}
	if len(servers) > 0 {
		st.Do = append(st.Do, manual("On every server of "+list(servers)+":"), onServer)
	}
	st.Do = append(st.Do, redisCLI("PING", "PONG"))
	st.Verify = append(st.Verify, b.s.askPolicy()...)
	st.Undo = append(st.Undo, manual("Nothing to undo"))
	b.noteRedisCLI(st)
	if b.answers("redis-per-product", "yes") {
		st.Notes = append(st.Notes, "ask both Redis: the policy of the small one, for messages, is noeviction")
	}
}

// noteRedisCLI says where redis-cli gets its password from: at the first step
// that asks Redis in full, at the others where that stands.
func (b *builder) noteRedisCLI(st *Step) {
	if b.asks == "" {
		b.asks = st.ID
		st.Notes = append(st.Notes, noteRedisCLI)
		return
	}
	st.Notes = append(st.Notes, "redis-cli is called as in "+b.asks+", with the password in REDISCLI_AUTH")
}

const noteRedisCLI = "redis-cli, on Windows that of WSL, reads the password from the environment variable REDISCLI_AUTH, so that it stands on no command line: in bash read -rs REDISCLI_AUTH, then export REDISCLI_AUTH. Leave --tls out where Redis has none; a user other than the default one is named with --user"

// redisCLI asks Redis something; the password stands in REDISCLI_AUTH.
func redisCLI(question, answer string) Action {
	return sh("redis-cli -h '<REDIS_HOST>' -p '<REDIS_PORT>' --tls "+question, answer)
}

// askPolicy asks for the eviction policy. CONFIG is switched off on Azure.
func (s *site) askPolicy() []Action {
	switch service := strings.TrimSpace(s.m.Redis.Service.Text); {
	case service == "azure-cache":
		return []Action{sh("az redis show --resource-group '<RESOURCE_GROUP>' --name '<REDIS_NAME>' --query redisConfiguration.maxmemoryPolicy --output tsv", "allkeys-lru")}
	case service == "azure-managed", service == "" && s.hosting.azure():
		return []Action{sh("az redisenterprise database show --resource-group '<RESOURCE_GROUP>' --cluster-name '<REDIS_NAME>' --query '[evictionPolicy, clusteringPolicy]' --output tsv", "AllKeysLRU, and NoCluster or EnterpriseCluster")}
	case service == "elasticache":
		return []Action{manual("The parameter group says maxmemory-policy allkeys-lru")}
	}
	return []Action{redisCLI("CONFIG GET maxmemory-policy", "allkeys-lru")}
}

// nodeList adds the names of a product's nodes to a sentence.
func nodeList(p *productSite) string {
	names := p.nodeNames()
	if len(names) == 0 {
		return ""
	}
	for i := range names {
		names[i] = words(names[i])
	}
	return " (" + list(names) + ")"
}
