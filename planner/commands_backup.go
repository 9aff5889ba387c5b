package planner

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// backupNames says in words which files are to be saved: every one, by its
// path. The vendor's own script saves Subscription Manager's appsettings.json,
// which does not exist, and puts the files of two products over each other.
func backupNames(title string, files []*deployment.File) Action {
	var b strings.Builder
	b.WriteString("Save every configuration file of ")
	b.WriteString(title)
	b.WriteString(": ")
	for i, f := range files {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(words(f.Path))
	}
	return manual(b.String())
}

// backupFiles copies the files of one node to a folder of their own.
func backupFiles(n *nodeSite) Action {
	folder := string(n.of.ID)
	if n.of.named {
		folder += `\` + schema.Slug(n.name)
	}
	names := make([]string, len(n.Files))
	for i, f := range n.Files {
		names[i] = psQuote(strings.ReplaceAll(below(n.Dir, f.Path), "/", `\`))
	}
	return ps("$from = "+psQuote(slot(n.of.ID, "FOLDER"))+"\n"+
		"$to = Join-Path '<BACKUP_FOLDER>' "+psQuote(folder)+"\n"+
		"foreach ($name in "+strings.Join(names, ", ")+") {\n"+
		"  $file = Join-Path $to $name\n"+
		"  New-Item -ItemType Directory -Force -Path (Split-Path $file) | Out-Null\n"+
		"  Copy-Item -LiteralPath (Join-Path $from $name) -Destination $file -ErrorAction Stop\n"+
		"}", "no error; each file is there")
}

// below is a file's path as seen from a folder.
func below(dir, path string) string {
	if dir == "." || dir == "" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, strings.TrimSuffix(dir, "/")+"/"); ok {
		return rest
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// databases are the products with a database of their own.
var databases = [...]schema.Product{schema.SubscriptionManager, schema.AppDesigner, schema.DataStreamDesigner}

// backupDatabase saves one database without touching the chain of differential
// backups, which the vendor's command resets, and reads the copy back.
func backupDatabase(p schema.Product) Action {
	disk := sqlQuote(`<BACKUP_FOLDER>\` + string(p) + ".bak")
	return Action{Shell: SQL, Run: "DECLARE @database sysname = " + sqlQuote(slot(p, "DATABASE")) + ";\n" +
		"BACKUP DATABASE @database TO DISK = " + disk + " WITH COPY_ONLY, CHECKSUM, INIT;\n" +
		"RESTORE VERIFYONLY FROM DISK = " + disk + " WITH CHECKSUM;",
		Expect: "The backup set on file 1 is valid."}
}

// backupAzureDatabase makes a copy of a database that is consistent in itself.
func backupAzureDatabase(p schema.Product) Action {
	return sh("az sql db copy --resource-group '<RESOURCE_GROUP>' --server '<SQL_SERVER>' --name "+shQuote(slot(p, "DATABASE"))+
		" --dest-name "+shQuote(slot(p, "DATABASE")+"-before-auto-scale"), "the copy is Online")
}

// saveCloudSettings saves what a product's settings are outside files.
func (h hosting) saveCloudSettings(p schema.Product) []Action {
	switch {
	case h.azure():
		actions := []Action{sh("umask 077\naz webapp config appsettings list --resource-group '<RESOURCE_GROUP>' --name "+shQuote(slot(p, "WEBAPP"))+
			" > "+shQuote("<BACKUP_FOLDER>/"+string(p)+"-appsettings.json"), "the file holds one entry per setting; it holds secrets")}
		if p.UsesRedis() {
			actions = append(actions, saveSecrets(p))
		}
		return actions
	case h == hostedDocker && p != schema.SubscriptionManager:
		return []Action{sh("umask 077\ndocker inspect "+shQuote(slot(p, "CONTAINER"))+" > "+shQuote("<BACKUP_FOLDER>/"+string(p)+"-container.json"), "the file holds the container's environment; it holds secrets")}
	case h == hostedKubernetes && p != schema.SubscriptionManager:
		return []Action{sh("umask 077\nkubectl --namespace '<NAMESPACE>' get deployment "+shQuote(slot(p, "DEPLOYMENT"))+" --output yaml > "+shQuote("<BACKUP_FOLDER>/"+string(p)+"-deployment.yaml"), "the file holds the deployment with its environment; it may hold secrets")}
	case h == hostedCompose && p != schema.SubscriptionManager:
		return []Action{sh("umask 077\ndocker compose config > '<BACKUP_FOLDER>/compose-resolved.yml'", "the file holds every service with its environment; it holds secrets")}
	case h == hostedHelm && p != schema.SubscriptionManager:
		return []Action{sh("umask 077\nhelm get values '<HELM_RELEASE>' --namespace '<NAMESPACE>' --all > '<BACKUP_FOLDER>/values.yaml'", "the file holds the chart's values; it may hold secrets")}
	}
	return nil
}

// secretNames are the names of a product's Auto Scale secrets in its key
// vault: the switch, and the connection string.
//
// Source: XMPro ARM template 4.4.19 and Terraform modules. Subscription
// Manager's switch has no d at the end.
func secretNames(p schema.Product) (enabled, connection string) {
	if p == schema.SubscriptionManager {
		return "AutoScaleEnable", "REDIS"
	}
	return "xmpro--autoScale--enabled", "xmpro--autoScale--connectionString"
}

// saveSecrets saves the secrets that an upgrade may replace, which the vendor's
// backup of app settings leaves out. The files are encrypted by the vault.
//
// Source: XMPro ARM template 4.4.19.
func saveSecrets(p schema.Product) Action {
	enabled, connection := secretNames(p)
	names := []string{enabled, connection}
	switch p {
	case schema.AppDesigner:
		names = append(names, "xmpro--appDesigner--encryptionKey")
	case schema.SubscriptionManager:
		names = append(names, "SALT", "ServerUUID", "CERT")
	}
	vault := shQuote(slot(p, "VAULT"))
	var lines []string
	for _, name := range names {
		lines = append(lines, "az keyvault secret backup --vault-name "+vault+" --name "+shQuote(name)+
			" --file "+shQuote("<BACKUP_FOLDER>/"+string(p)+"-"+name+".secret"))
	}
	return sh(strings.Join(lines, "\n"), "one file per secret; a secret that does not exist is an error that does no harm")
}
