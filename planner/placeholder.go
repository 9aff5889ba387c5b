package planner

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// Placeholder is a name in the plan's commands that a person puts in.
type Placeholder struct {
	Name    string `json:"name"` // with its angle brackets, as it stands in commands
	Meaning string `json:"meaning"`
}

// Placeholders are the names that a person puts into the plan's commands, in
// order of name.
func (p *Plan) Placeholders() []Placeholder {
	var names []string
	for _, s := range p.Steps {
		for _, note := range s.Notes {
			names = appendPlaceholders(names, note)
		}
		for _, actions := range [][]Action{s.Do, s.Verify, s.Undo} {
			for _, a := range actions {
				names = appendPlaceholders(names, a.Run)
				names = appendPlaceholders(names, a.Manual)
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	list := make([]Placeholder, len(names))
	for i, name := range names {
		list[i] = Placeholder{Name: name, Meaning: meaning(name)}
	}
	return list
}

// appendPlaceholders finds <NAME> in a text.
func appendPlaceholders(names []string, text string) []string {
	for {
		_, rest, ok := strings.Cut(text, "<")
		if !ok {
			return names
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
		if end > 1 && rest[end] == '>' {
			names = append(names, "<"+rest[:end]+">")
		}
		text = rest
	}
}

// meaning says what belongs in a placeholder.
func meaning(name string) string {
	name = strings.Trim(name, "<>")
	if m := commonMeaning(name); m != "" {
		return m
	}
	for _, p := range schema.Products() {
		what, ok := strings.CutPrefix(name, slotName(p)+"_")
		if !ok {
			continue
		}
		switch what {
		case "POOL":
			return "the IIS application pool of " + p.Title()
		case "FOLDER":
			return "the folder of " + p.Title() + " on its server, without a backslash at the end"
		case "HOST":
			return "the host name, and the port where it is not 443, under which people open " + p.Title()
		case "DATABASE":
			return "the SQL database of " + p.Title()
		case "SERVICE":
			return "the Windows service of " + p.Title()
		case "WEBAPP":
			return "the Azure web app of " + p.Title()
		case "PLAN":
			return "the Azure App Service plan of " + p.Title()
		case "WEBJOB":
			return "the Azure WebJob of " + p.Title()
		case "VAULT":
			return "the key vault of " + p.Title()
		case "CONTAINER":
			return "the container of " + p.Title()
		case "DEPLOYMENT":
			return "the Kubernetes deployment of " + p.Title()
		}
	}
	return "see the step"
}

func commonMeaning(name string) string {
	switch name {
	case "BACKUP_FOLDER":
		return "a folder outside every web root that only administrators can read"
	case "SQL_BACKUP_FOLDER":
		return "a folder as the SQL server sees it, which the account of its service can write to and only administrators can read besides"
	case "WORK_FOLDER":
		return "an empty folder on the same server, outside every web root, that only administrators can read"
	case "DEPLOYMENT_FOLDER":
		return "the deployment's folder, with the quotes in its name as your shell wants them"
	case "NODE":
		return "the node's name, with the quotes in it as your shell wants them"
	case "ENVIRONMENT":
		return "the environment's name, with the quotes in it as your shell wants them"
	case "REDIS_HOST":
		return "the host name of Redis"
	case "REDIS_PORT":
		return "the port of Redis: 6380 or 10000 with TLS on Azure, often 6379 elsewhere"
	case "REDIS_FILE":
		return "a file that holds the Redis connection string and nothing else, not even a line end, readable by you alone; delete it afterwards"
	case "KEY_EXPORT":
		return "a file for the exported key, outside every web root, that only administrators can read"
	case "KEY_CONTAINER":
		return "the keyContainerName of the provider in web.config"
	case "KEY_FILE":
		return "the file with the RSA key that opens the encrypted section"
	case "REDIS_NAME":
		return "the Azure resource of Redis"
	case "RESOURCE_GROUP":
		return "the Azure resource group"
	case "SQL_SERVER":
		return "the Azure SQL server"
	case "TEMPLATE_FILE":
		return "the ARM template of the wanted release"
	case "PARAMETERS_FILE":
		return "the parameters of the last ARM deployment"
	case "APP_TFVARS", "INFRA_TFVARS":
		return "the tfvars file of the Terraform layer"
	case "NAMESPACE":
		return "the Kubernetes namespace"
	case "HELM_RELEASE":
		return "the name of the Helm release"
	case "HELM_CHART":
		return "the XMPro Helm chart, as a folder or a repository's name"
	case "HELM_CHART_VERSION":
		return "the version of that chart: the one that is installed, which helm list shows; for the upgrade that of the wanted release"
	case "HELM_REVISION":
		return "the revision of the Helm release before the upgrade: helm history lists them"
	case "VALUES_FILE":
		return "the Helm values of this deployment"
	case "CHANNEL":
		return "a channel of the product: PUBSUB CHANNELS '*' instead of PUBSUB NUMSUB lists them"
	case "SALT_FILE":
		return "a file that holds the captured aes salt of Subscription Manager and nothing else, readable by you alone; delete it afterwards"
	case "PROVIDER":
		return "the provider that the section was encrypted with; RsaProtectedConfigurationProvider where nobody chose another"
	case "INSTANCES":
		return "the number of replicas that ran before they were stopped"
	}
	return ""
}
