package planner

import (
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// setter is one way to set Auto Scale in a product.
type setter uint8

// The ways.
const (
	setFile      setter = iota // the product's file
	setVault                   // secrets of a key vault
	setTerraform               // variables of the Terraform modules
	setCompose                 // environment of a compose service
	setHelm                    // values of the Helm chart
	setContainer               // environment of a container, by means not known
)

// setter finds out how Auto Scale is set on a node: where its value stands
// now, else as its hosting does it.
func (h hosting) setter(n *nodeSite) setter {
	if h == hostedTerraform {
		return setTerraform // what az sets, the next apply reverts
	}
	if n.auto.State == deployment.StateUnknown {
		switch n.auto.Reason {
		case deployment.ReasonKeyVault:
			return setVault
		case deployment.ReasonReference:
			if n.Web != nil && n.Web.Expands {
				return setVault
			}
		}
	}
	if h == hostedARM || h == hostedAzure {
		return setVault
	}
	if n.of.ID == schema.SubscriptionManager {
		return setFile
	}
	switch h {
	case hostedCompose:
		return setCompose
	case hostedHelm:
		return setHelm
	case hostedDocker, hostedKubernetes:
		return setContainer
	}
	return setFile
}

// setAutoScale says what to set on a node, in words and commands. The string
// comes first, the switch second: a product that is switched on without a
// string does not start.
func (s *site) setAutoScale(n *nodeSite, on bool) []Action {
	p := n.of.ID
	switch s.hosting.setter(n) {
	case setVault:
		actions := setSecrets(p, on)
		if s.hosting != hostedARM {
			actions = append([]Action{manual("On a vault that Terraform manages change the tfvars instead: the next apply would revert this")}, actions...)
		}
		return actions
	case setTerraform:
		const together = "One apply changes App Designer, Data Stream Designer and Subscription Manager: take their steps together"
		text := "In the tfvars of the app layer set enable_auto_scale = false. "
		if on {
			text = "In the tfvars of the app layer set redis_connection_string to the Redis connection string and enable_auto_scale = true (tfvars, not az: the next apply would revert az). " +
				"Write the string out: create_redis_cache alone leaves it empty, and -var-file wins over TF_VAR_ variables. "
		}
		return append([]Action{manual(text + together)}, terraform("APP_TFVARS", "auto-scale", "settings and secrets of Auto Scale change, databases do not")...)
	case setCompose:
		text := "In docker-compose.yml, service " + service(p) + ", under environment: " + environmentLines(on)
		if on {
			text += ". The string itself goes into the .env file beside it, in single quotes, for $ is expanded there, and only its owner may read the file"
		}
		return []Action{manual(text)}
	case setHelm:
		return []Action{
			manual("In the chart's values, under " + service(p) + ".environment: " + valueLines(on) + ". Not autoscaling: that is Kubernetes' own and has nothing to do with Auto Scale"),
			s.hosting.helmUpgrade(),
		}
	case setContainer:
		return s.inContainer(p, on)
	}
	return []Action{manual(inFile(n, on))}
}

// terraform plans and, once somebody has read the plan, applies it.
func terraform(vars, name, expect string) []Action {
	out := shQuote(name + ".tfplan")
	return []Action{
		sh("terraform plan -var-file='<"+vars+">' -out="+out, expect),
		sh("terraform apply "+out, "Apply complete! Then delete the plan file: it holds secrets"),
	}
}

// noteTag says what a new pod brings with it: the chart's own values name the
// newest image, and have it pulled each time.
//
// Source: XMPro Helm chart 4.4.17, values.yaml.
const noteTag = "each new pod pulls its image again: see that the tag names the release that runs. With latest, as in the vendor's chart, this step would upgrade the product, and it alone"

// inContainer sets the environment of a container that nobody knows how to
// make anew. Neither docker nor Kubernetes expands a variable there.
func (s *site) inContainer(p schema.Product, on bool) []Action {
	set := "xm__xmpro__autoScale__enabled=false"
	if s.hosting == hostedKubernetes {
		if on {
			set = "xm__xmpro__autoScale__connectionString from a secret that holds the Redis connection string (valueFrom.secretKeyRef), and xm__xmpro__autoScale__enabled with the value \"true\", in quotes"
		} else {
			set = "xm__xmpro__autoScale__enabled with the value \"false\", in quotes"
		}
		return []Action{
			manual("In the manifest of the deployment of " + p.Title() + ", under env of its container: " + set + ". Apply it by the means that made the deployment: its pods are replaced"),
			sh("kubectl --namespace '<NAMESPACE>' rollout status deployment "+shQuote(slot(p, "DEPLOYMENT")), "successfully rolled out"),
		}
	}
	if on {
		set = "xm__xmpro__autoScale__connectionString= with the Redis connection string, in a file for --env-file that only its owner may read, and xm__xmpro__autoScale__enabled=true"
	}
	return []Action{manual("Make the container of " + p.Title() + " anew, from the same image, under the same name and with its environment of before and besides: " + set + ". A restart is not enough: a container keeps the environment that it was made with")}
}

// environmentLines are the variables of a container.
//
// Source: XMPro Terraform modules, XM__XMPRO__AUTOSCALE__ENABLED; names do not
// depend on case.
func environmentLines(on bool) string {
	if on {
		return "xm__xmpro__autoScale__connectionString=${REDIS_CONNECTION_STRING} and xm__xmpro__autoScale__enabled=true"
	}
	return "xm__xmpro__autoScale__enabled=false"
}

func valueLines(on bool) string {
	if on {
		return `xm__xmpro__autoScale__connectionString with the Redis connection string, in single quotes, and xm__xmpro__autoScale__enabled: "true", in quotes. The chart writes the string into the deployment as it is: let few read the values and the namespace`
	}
	return `xm__xmpro__autoScale__enabled: "false", in quotes`
}

// inFile says what to set in a product's file.
func inFile(n *nodeSite, on bool) string {
	where := "appsettings.json"
	if n.of.ID == schema.SubscriptionManager {
		where = "web.config"
	}
	if f := n.file(); f != nil {
		where = words(f.Path)
	}
	before := ""
	switch o := n.auto.Enabled.Origin; {
	case o.IsZero():
	case o.Kind == deployment.OverlayFile:
		where = words(o.File.Path) + " (which wins over appsettings.json)"
	case o.Kind == deployment.Environment:
		where = words(o.File.Path) + ", under aspNetCore/environmentVariables, which wins over appsettings.json,"
	case o.Kind == deployment.AppSettings:
		before = "Take the keys of Auto Scale out of <appSettings>: they may win over <xmpro>. "
	}
	if w := n.Web; w != nil && w.ConfigSource != "" {
		where += " (the section lies in " + words(w.ConfigSource) + ")"
	}
	var b strings.Builder
	b.WriteString(before + "In " + where + " set ")
	switch {
	case n.of.ID == schema.SubscriptionManager && on:
		b.WriteString(`the attributes connectionString to the Redis connection string and enabled to "true" of <autoScale>, directly inside <xmpro>, spelled exactly so. In XML & is written &amp;, < is &lt; and " is &quot;`)
	case n.of.ID == schema.SubscriptionManager:
		b.WriteString(`the attribute enabled of <autoScale>, directly inside <xmpro>, to "false"`)
	case on:
		b.WriteString("xmpro:autoScale:connectionString to the Redis connection string and xmpro:autoScale:enabled to true")
	default:
		b.WriteString("xmpro:autoScale:enabled to false")
	}
	if on {
		b.WriteString(" (redis.connection of xmpro.yaml, as <REDIS_HOST>:<REDIS_PORT>,password=...,ssl=True,abortConnect=False)")
	}
	return b.String()
}

// inFileToo says that a file of the tree has to follow what is set by the means
// of the hosting: those win, but only the file is read again.
func inFileToo(n *nodeSite, on bool) string {
	return inFile(n, on) + ", so that the file says what runs; and set it by the means of the hosting, which win over the file:"
}

// setSecrets sets a product's secrets in its key vault.
func setSecrets(p schema.Product, on bool) []Action {
	if !on {
		return []Action{switchSecret(p, false)}
	}
	_, connection := secretNames(p)
	return []Action{setSecret(p, connection, "--file '<REDIS_FILE>'"), switchSecret(p, true)}
}

// switchSecret sets the switch alone.
func switchSecret(p schema.Product, on bool) Action {
	enabled, _ := secretNames(p)
	return setSecret(p, enabled, "--value '"+strconv.FormatBool(on)+"'")
}

// setSecret sets one secret, and shows no more of it than its id.
func setSecret(p schema.Product, name, value string) Action {
	return sh("az keyvault secret set --vault-name "+shQuote(slot(p, "VAULT"))+" --name "+shQuote(name)+" "+value+" --query id --output tsv",
		"the id of the secret's new version")
}

// seeSecret shows the switch in a product's key vault, which is no secret.
func seeSecret(p schema.Product, expect string) Action {
	enabled, _ := secretNames(p)
	return sh("az keyvault secret show --vault-name "+shQuote(slot(p, "VAULT"))+" --name "+shQuote(enabled)+" --query value --output tsv", expect)
}
