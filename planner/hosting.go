package planner

import (
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// carrier is what runs one product.
type carrier uint8

// The carriers.
const (
	onUnknown carrier = iota
	onWindows         // an IIS application pool, or a Windows service
	onWebApp          // an Azure web app
	onCompose         // a service of docker compose
	onDocker          // a container, started nobody knows how
	onPod             // a Kubernetes deployment
)

// hosting gives the commands of one way to host the suite.
type hosting string

// The ways; see schema.Hostings.
const (
	hostedIIS        hosting = "iis"
	hostedInstaller  hosting = "windows-installer"
	hostedARM        hosting = "azure-arm"
	hostedTerraform  hosting = "azure-terraform"
	hostedAzure      hosting = "azure"
	hostedCompose    hosting = "compose"
	hostedDocker     hosting = "docker"
	hostedHelm       hosting = "helm"
	hostedKubernetes hosting = "kubernetes"
	hostedUnknown    hosting = ""
)

// azure reports whether all products run as Azure web apps.
func (h hosting) azure() bool {
	return h == hostedARM || h == hostedTerraform || h == hostedAzure
}

// carrier is what runs a product. Subscription Manager is .NET Framework: next
// to containers it stays on Windows.
//
// Source: XMPro release notes 4.5.1; the Helm chart and the compose file have
// no Subscription Manager.
func (h hosting) carrier(p schema.Product) carrier {
	switch h {
	case hostedIIS, hostedInstaller:
		return onWindows
	case hostedARM, hostedTerraform, hostedAzure:
		return onWebApp
	}
	if p == schema.SubscriptionManager {
		return onWindows
	}
	switch h {
	case hostedCompose:
		return onCompose
	case hostedDocker:
		return onDocker
	case hostedHelm, hostedKubernetes:
		return onPod
	}
	return onUnknown
}

// service is the name of a product's service in the vendor's compose file.
//
// Source: XMPro's Windows installer, docker-compose.yml.
func service(p schema.Product) string {
	switch p {
	case schema.AppDesigner:
		return "ad"
	case schema.DataStreamDesigner:
		return "ds"
	case schema.AI:
		return "ai"
	case schema.StreamHost:
		return "stream-host"
	}
	return "sm"
}

// manual is an action in words.
func manual(text string) Action { return Action{Manual: text} }

// ps is a PowerShell command that needs an elevated prompt.
func ps(run, expect string) Action {
	return Action{Shell: PowerShell, Run: run, Elevated: true, Expect: expect}
}

// psPlain is one that does not.
func psPlain(run, expect string) Action {
	return Action{Shell: PowerShell, Run: run, Expect: expect}
}

// sh is a command of a POSIX shell.
func sh(run, expect string) Action { return Action{Shell: Sh, Run: run, Expect: expect} }

// appendNew adds the actions that are not in a list yet: one command may save
// what belongs to several products.
func appendNew[T comparable](list, more []T) []T {
	for _, a := range more {
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

// stop gives the commands that stop a product on one server.
func (h hosting) stop(p schema.Product) []Action {
	switch c := h.carrier(p); c {
	case onWebApp:
		if p == schema.StreamHost {
			return []Action{sh("az webapp webjob continuous stop --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP"))+" --webjob-name "+shQuote(slot(p, "WEBJOB")), "")}
		}
		return []Action{sh("az webapp stop --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP")), "")}
	case onCompose:
		return []Action{sh("docker compose stop "+shQuote(service(p)), "the container has stopped")}
	case onDocker:
		return []Action{sh("docker stop "+shQuote(slot(p, "CONTAINER")), "the container's name is printed")}
	case onPod:
		return []Action{
			sh("kubectl --namespace '<NAMESPACE>' get deployment "+shQuote(slot(p, "DEPLOYMENT")), "note the number of replicas"),
			sh("kubectl --namespace '<NAMESPACE>' scale deployment "+shQuote(slot(p, "DEPLOYMENT"))+" --replicas=0", "scaled"),
		}
	default:
		return h.orIIS(c, "stop "+p.Title(), stopOnWindows(p))
	}
}

func stopOnWindows(p schema.Product) Action {
	if p == schema.StreamHost {
		return ps("Stop-Service -Name "+psQuote(slot(p, "SERVICE")), "")
	}
	return ps("$pool = "+psQuote(slot(p, "POOL"))+"\n"+
		"if ("+poolState+" -eq 'Started') { Stop-WebAppPool -Name $pool }\n"+
		"while ("+poolState+" -ne 'Stopped') { Start-Sleep -Seconds 1 }",
		"the prompt comes back once the pool has stopped")
}

// poolState is the state of a pool. A pool that is not there is an error: a
// loop that waits for it would never end.
const poolState = "(Get-WebAppPoolState -Name $pool -ErrorAction Stop).Value"

// restartOnWindows restarts a pool, also one that IIS has stopped because its
// product failed again and again, which Restart-WebAppPool refuses.
func restartOnWindows(p schema.Product) Action {
	return ps("$pool = "+psQuote(slot(p, "POOL"))+"\n"+
		"if ("+poolState+" -eq 'Stopped') { Start-WebAppPool -Name $pool } else { Restart-WebAppPool -Name $pool }", "no error")
}

// start gives the commands that start a product on one server.
func (h hosting) start(p schema.Product) []Action {
	switch c := h.carrier(p); c {
	case onWebApp:
		if p == schema.StreamHost {
			return []Action{sh("az webapp webjob continuous start --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP"))+" --webjob-name "+shQuote(slot(p, "WEBJOB")), "")}
		}
		return []Action{sh("az webapp start --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP")), "")}
	case onCompose:
		// up would leave one container of those that --scale has added
		return []Action{sh("docker compose start "+shQuote(service(p)), "the container has started")}
	case onDocker:
		return []Action{sh("docker start "+shQuote(slot(p, "CONTAINER")), "the container's name is printed")}
	case onPod:
		return []Action{sh("kubectl --namespace '<NAMESPACE>' scale deployment "+shQuote(slot(p, "DEPLOYMENT"))+" --replicas='<INSTANCES>'", "scaled")}
	default:
		return h.orIIS(c, "start "+p.Title(), startOnWindows(p))
	}
}

// startOnWindows starts a pool that may run already: an installer may have
// started it, and Start-WebAppPool calls that an error.
func startOnWindows(p schema.Product) Action {
	if p == schema.StreamHost {
		return ps("Start-Service -Name "+psQuote(slot(p, "SERVICE")), "")
	}
	return ps("$pool = "+psQuote(slot(p, "POOL"))+"\n"+
		"if ("+poolState+" -ne 'Started') { Start-WebAppPool -Name $pool }", "")
}

// restart gives the commands that restart a product on one server. Saving
// appsettings.json does not restart an IIS application. Never iisreset: it
// stops every site of the server.
func (h hosting) restart(p schema.Product) []Action {
	switch c := h.carrier(p); c {
	case onWebApp:
		return []Action{sh("az webapp restart --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP")), "")}
	case onCompose:
		return []Action{sh("docker compose up --detach --no-deps --force-recreate "+shQuote(service(p)), "the container is recreated and started")}
	case onDocker:
		return []Action{sh("docker restart "+shQuote(slot(p, "CONTAINER")), "the container's name is printed")}
	case onPod:
		return []Action{sh("kubectl --namespace '<NAMESPACE>' rollout restart deployment "+shQuote(slot(p, "DEPLOYMENT"))+"\nkubectl --namespace '<NAMESPACE>' rollout status deployment "+shQuote(slot(p, "DEPLOYMENT")), "successfully rolled out")}
	default:
		return h.orIIS(c, "restart "+p.Title(), restartOnWindows(p))
	}
}

// orIIS gives a command for Windows; where nothing says what a product runs
// on, also the words for the others.
func (h hosting) orIIS(c carrier, what string, onIIS Action) []Action {
	if c == onWindows {
		return []Action{onIIS}
	}
	return []Action{manual(what + " by the means of its hosting, which is not known (write hosting: into xmpro.yaml); on IIS:"), onIIS}
}
