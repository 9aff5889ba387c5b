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
	product, kept := n.folders()
	return copyFiles(n, product, kept)
}

// restoreFiles copies them back.
func restoreFiles(n *nodeSite) Action {
	product, kept := n.folders()
	return copyFiles(n, kept, product)
}

// folders are a node's folder and that of its files in the backup, as
// PowerShell expressions.
func (n *nodeSite) folders() (product, kept string) {
	folder := psQuote(string(n.of.ID))
	switch {
	case n.of.named:
		folder = psQuote(string(n.of.ID) + `\` + schema.Slug(n.name))
	case n.of.Instances > 1: // one folder of the backup may serve all servers
		folder = "(Join-Path " + folder + " $env:COMPUTERNAME)"
	}
	return psQuote(slot(n.of.ID, "FOLDER")), "Join-Path '<BACKUP_FOLDER>' " + folder
}

func copyFiles(n *nodeSite, from, to string) Action {
	names := make([]string, len(n.Files))
	for i, f := range n.Files {
		names[i] = psQuote(strings.ReplaceAll(below(n.Dir, f.Path), "/", `\`))
	}
	return ps("$from = "+from+"\n"+
		"$to = "+to+"\n"+
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

// installerFiles copies what XMPro's Windows installer keeps of its answers:
// they hold secrets.
//
// Source: XMPro's Windows installer, 4.5.4 and later.
func installerFiles() Action {
	return ps("$to = Join-Path '<BACKUP_FOLDER>' (Join-Path 'installer' $env:COMPUTERNAME)\n"+
		"New-Item -ItemType Directory -Force -Path $to | Out-Null\n"+
		"Copy-Item -Path 'C:\\XMPro\\*.json' -Destination $to -ErrorAction Stop", "no error; Global-variables.json, Global-settings.json and those of the products are there")
}

// databases are the products with a database of their own.
var databases = [...]schema.Product{schema.SubscriptionManager, schema.AppDesigner, schema.DataStreamDesigner}

// backupDatabase saves one database without touching the chain of differential
// backups, which the vendor's command resets, and reads the copy back. The file
// lies where the SQL server can write, which is seldom where files are kept.
func (h hosting) backupDatabase(p schema.Product) Action {
	if h.azure() {
		return sh("az sql db copy --resource-group '<RESOURCE_GROUP>' --server '<SQL_SERVER>' --name "+shQuote(slot(p, "DATABASE"))+
			" --dest-name "+shQuote(slot(p, "DATABASE")+copySuffix), "the copy is Online")
	}
	disk := h.databaseFile(p)
	return Action{Shell: SQL, Run: "DECLARE @database sysname = " + sqlQuote(slot(p, "DATABASE")) + ";\n" +
		"BACKUP DATABASE @database TO DISK = " + disk + " WITH COPY_ONLY, CHECKSUM, INIT;\n" +
		"RESTORE VERIFYONLY FROM DISK = " + disk + " WITH CHECKSUM;",
		Expect: "The backup set on file 1 is valid."}
}

// restoreDatabase puts it back. In Azure the copy takes the name of the
// database, which is kept under another one.
func (h hosting) restoreDatabase(p schema.Product) Action {
	if h.azure() {
		rename := "az sql db rename --resource-group '<RESOURCE_GROUP>' --server '<SQL_SERVER>' --name "
		return sh(rename+shQuote(slot(p, "DATABASE"))+" --new-name "+shQuote(slot(p, "DATABASE")+"-after-upgrade")+" &&\n"+
			rename+shQuote(slot(p, "DATABASE")+copySuffix)+" --new-name "+shQuote(slot(p, "DATABASE")), "the database of before has its name again")
	}
	return Action{Shell: SQL, Run: "USE master;\n" +
		"DECLARE @database sysname = " + sqlQuote(slot(p, "DATABASE")) + ";\n" +
		"RESTORE DATABASE @database FROM DISK = " + h.databaseFile(p) + " WITH REPLACE, CHECKSUM;",
		Expect: "RESTORE DATABASE successfully processed"}
}

// copySuffix ends the name of the copy of a database in Azure.
const copySuffix = "-before-auto-scale"

// databaseFile is the backup of a database, for the SQL server. Beside
// containers that is often one on Linux.
func (h hosting) databaseFile(p schema.Product) string {
	between := `\`
	switch h.carrier(schema.AppDesigner) {
	case onCompose, onDocker, onPod:
		between = "/"
	}
	return sqlQuote("<SQL_BACKUP_FOLDER>" + between + string(p) + ".bak")
}

// seesBackups looks whether everything is there that was saved.
func (s *site) seesBackups() []Action {
	const expect = "one entry for every file named above, each product in a folder of its own"
	if s.hosting.azure() {
		return []Action{
			sh(`az sql db list --resource-group '<RESOURCE_GROUP>' --server '<SQL_SERVER>' --query "[?ends_with(name, '`+copySuffix+`')].[name, status]" --output tsv`, "each copy, Online"),
			manual("Each file named above is there and not empty"),
		}
	}
	var actions []Action
	onServer := false
	for _, p := range s.products {
		c := s.hosting.carrier(p.ID)
		onServer = onServer || c == onWindows || c == onUnknown
	}
	if onServer {
		actions = append(actions, ps("Get-ChildItem -Recurse -File -LiteralPath '<BACKUP_FOLDER>' | Get-FileHash | Format-List", expect+"; E3B0C442... is the hash of an empty file"))
	}
	switch s.hosting.carrier(schema.AppDesigner) {
	case onCompose, onDocker, onPod:
		actions = append(actions, sh("find '<BACKUP_FOLDER>' -type f -size +0 -exec sha256sum {} +", "one line for every file that was saved on this machine"))
	}
	return actions
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

// overwritten are the secrets of a product that an upgrade may replace.
//
// Source: XMPro ARM template 4.4.19.
func overwritten(p schema.Product) []string {
	enabled, connection := secretNames(p)
	switch p {
	case schema.AppDesigner:
		return []string{enabled, connection, "xmpro--appDesigner--encryptionKey"}
	case schema.SubscriptionManager:
		return []string{enabled, connection, "SALT", "ServerUUID", "CERT"}
	}
	return []string{enabled, connection}
}

// hashSecrets prints a hash of each of them, to compare after the upgrade.
func hashSecrets(p schema.Product, then string) Action {
	names := overwritten(p)
	for i := range names {
		names[i] = shQuote(names[i])
	}
	return sh("for name in "+strings.Join(names, " ")+"; do\n"+
		"  printf '%s ' \"$name\"\n"+
		"  az keyvault secret show --vault-name "+shQuote(slot(p, "VAULT"))+" --name \"$name\" --query value --output tsv | sha256sum\n"+
		"done", "a name and a hash on each line: "+then+"; e3b0c442... is the hash of nothing: that secret was not read")
}

// saveSecrets saves the secrets that an upgrade may replace, which the vendor's
// backup of app settings leaves out. The files are encrypted by the vault.
//
// Source: XMPro ARM template 4.4.19.
func saveSecrets(p schema.Product) Action {
	vault := shQuote(slot(p, "VAULT"))
	var lines []string
	for _, name := range overwritten(p) {
		lines = append(lines, "az keyvault secret backup --vault-name "+vault+" --name "+shQuote(name)+
			" --file "+shQuote("<BACKUP_FOLDER>/"+string(p)+"-"+name+".secret"))
	}
	return sh(strings.Join(lines, "\n"), "one file per secret; a secret that does not exist is an error that does no harm")
}
