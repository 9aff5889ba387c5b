package planner

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// regiis is the 64-bit aspnet_regiis, as a PowerShell variable.
const regiis = `$regiis = "$env:windir\Microsoft.NET\Framework64\v4.0.30319\aspnet_regiis.exe"` + "\n"

// decryptSection opens a protected section in place. It has to be run on the
// server that encrypted it.
//
// Source: Microsoft, aspnet_regiis. -pd with -app and without -site would look
// in Default Web Site.
func decryptSection(section string) Action {
	return ps(regiis+"& $regiis -pdf "+psQuote(section)+" "+psQuote(slot(schema.SubscriptionManager, "FOLDER")),
		"Decrypting configuration section... Succeeded!")
}

// encryptSection closes it again, with the provider that it had.
func encryptSection(section, provider string) Action {
	if provider == "" {
		provider = "<PROVIDER>"
	}
	return ps(regiis+"& $regiis -pef "+psQuote(section)+" "+psQuote(slot(schema.SubscriptionManager, "FOLDER"))+" -prov "+psQuote(provider),
		"Encrypting configuration section... Succeeded!")
}

// seesSwitch shows what a web.config in plain text says, but for the string.
func seesSwitch(expect string) Action {
	return psPlain(block(readWeb, "$web.configuration.xmpro.autoScale.enabled"), expect)
}

// readWeb reads the web.config of Subscription Manager.
const readWeb = `[xml]$web = Get-Content -Raw -Encoding UTF8 -LiteralPath (Join-Path '<SUBSCRIPTION_MANAGER_FOLDER>' 'web.config')`

// seesProviders shows by which provider sections of a web.config are encrypted,
// by none where they are in plain text.
func seesProviders(sections []sealedSection, expect string) Action {
	names := make([]string, len(sections))
	for i := range sections {
		names[i] = psQuote(sections[i].name)
	}
	return psPlain(block(readWeb,
		"foreach ($name in "+strings.Join(names, ", ")+") { $name + ': ' + $web.configuration.$name.configProtectionProvider }"), expect)
}

// checkOpened looks whether the sections were decrypted.
func checkOpened(sections []sealedSection) Action {
	return seesProviders(sections, "nothing behind the colon: the section is in plain text")
}

// checkSealed looks whether the sections are encrypted again.
func checkSealed(sections []sealedSection) Action {
	return seesProviders(sections, "behind each colon the provider that the section is encrypted with; nothing means plain text")
}

// copyAside saves a file outside the web root before it is changed. Whoever
// takes a step a second time keeps the copy of the first: the file may have been
// changed since.
func copyAside(p schema.Product, name, as string) Action {
	return ps("$to = Join-Path '<BACKUP_FOLDER>' "+as+"\n"+
		"if (Test-Path -LiteralPath $to) { Write-Error \"$to is there already: it may be the file of before. Move it away if it is old\" } else {\n"+
		"  Copy-Item -LiteralPath (Join-Path "+psQuote(slot(p, "FOLDER"))+" "+psQuote(name)+") -Destination $to -ErrorAction Stop\n"+
		"}", "no error; a copy that is there already is kept")
}

// copyBack puts it back.
func copyBack(p schema.Product, name, as string) Action {
	return ps("Copy-Item -LiteralPath (Join-Path '<BACKUP_FOLDER>' "+as+") -Destination (Join-Path "+psQuote(slot(p, "FOLDER"))+" "+psQuote(name)+") -ErrorAction Stop", "no error")
}

// aside is the name of the copy of a node's web.config, as a PowerShell
// expression. Those of several nodes and of both ways are told apart.
func (b *builder) aside(n *nodeSite, as string) string {
	name := "web.config." + as
	if b.s.off {
		name += ".way-back"
	}
	switch {
	case n.of.named:
		return psQuote(name + "." + schema.Slug(n.name))
	case n.of.Instances > 1:
		return "('" + name + ".' + $env:COMPUTERNAME)"
	}
	return psQuote(name)
}

// hashLine makes a script block that gives the SHA-256 of a text. What is not
// there has no hash: two hashes of nothing would look as if nothing had changed.
const hashLine = "$hash = { param($value) if ([string]::IsNullOrWhiteSpace($value)) { 'EMPTY' } else { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($value))) } }"

// hashEmpty says what EMPTY means.
const hashEmpty = "; EMPTY is a value that was not found: right for autoScale where it was never set, else see whether the file was read"

// block makes several PowerShell commands one. Pasted into a console or run as
// a file, PowerShell goes on after most errors: here the first one ends it, so
// that nothing is done with a value that could not be read.
func block(lines ...string) string {
	return "& {\n  $ErrorActionPreference = 'Stop'\n  " + strings.Join(lines, "\n  ") + "\n}"
}

// readManager reads a web.config of Subscription Manager into $xmpro. Of an
// encrypted file it opens a copy in another folder, and deletes it.
func readManager(sealed []sealedSection) []string {
	folder := psQuote(slot(schema.SubscriptionManager, "FOLDER"))
	const read = "[xml]$web = Get-Content -Raw -Encoding UTF8 -LiteralPath (Join-Path $folder 'web.config')"
	if len(sealed) == 0 {
		return []string{"$folder = " + folder, read, "$xmpro = $web.configuration.xmpro"}
	}
	lines := []string{strings.TrimSuffix(regiis, "\n"), "$folder = '<WORK_FOLDER>'",
		"Copy-Item -LiteralPath (Join-Path " + folder + " 'web.config') -Destination $folder", "try {"}
	for _, section := range sealed {
		lines = append(lines, "  & $regiis -pdf "+psQuote(section.name)+" $folder")
	}
	return append(lines, "  "+read, "} finally { Remove-Item -LiteralPath (Join-Path $folder 'web.config') }", "$xmpro = $web.configuration.xmpro")
}

// hashManager prints a hash of each value of Subscription Manager that an
// installer may replace, never the value.
func hashManager(sealed []sealedSection, then string) Action {
	lines := append([]string{hashLine}, readManager(sealed)...)
	lines = append(lines,
		"'salt ' + (& $hash $xmpro.xmcryptography.aes.salt)",
		"'encryptionCertificate ' + (& $hash $xmpro.xmcryptography.aes.encryptionCertificate)",
		"'signingCertificate ' + (& $hash $xmpro.xmidentity.server.signingCertificate)",
		"'serverUUID ' + (& $hash $xmpro.xmidentity.server.serverUUID)",
		"'autoScale ' + (& $hash ($xmpro.autoScale.enabled + ' ' + $xmpro.autoScale.connectionString))")
	return ps(block(lines...), "five lines, a name and a hash each: "+then+hashEmpty)
}

// saveSalt writes the salt into the file that the installer is given, without
// showing it.
func saveSalt(sealed []sealedSection) Action {
	return ps(block(append(readManager(sealed),
		"if (-not $xmpro.xmcryptography.aes.salt) { throw 'no salt was found' }",
		"Set-Content -LiteralPath '<SALT_FILE>' -Value $xmpro.xmcryptography.aes.salt -NoNewline -Encoding UTF8")...), "no error; the file is there")
}

// hashDesigner does the same for App Designer or Data Stream Designer.
func hashDesigner(p schema.Product, then string) Action {
	lines := []string{
		hashLine,
		"$settings = Get-Content -Raw -Encoding UTF8 -LiteralPath (Join-Path " + psQuote(slot(p, "FOLDER")) + " 'appsettings.json') | ConvertFrom-Json",
	}
	if p == schema.AppDesigner {
		lines = append(lines, "'encryptionKey ' + (& $hash $settings.xmpro.appDesigner.encryptionKey)")
	}
	lines = append(lines, "'autoScale ' + (& $hash ([string]$settings.xmpro.autoScale.enabled + ' ' + $settings.xmpro.autoScale.connectionString))")
	return ps(block(lines...), "a name and a hash on each line: "+then+" (a file with comments needs PowerShell 7)"+hashEmpty)
}

// version asks a product for its version.
//
// Source: XMPro documentation, FAQ: the page exists from 4.4.4 on.
func version(p schema.Product, release string) Action {
	return psPlain("(Invoke-RestMethod -Uri "+psQuote("https://"+slot(p, "HOST")+"/version")+").XMProPlatformVersion", release)
}

// installer fetches XMPro's Windows installer of a release and runs it. Its
// settings are taken from the environment where they are preset there: what is
// not preset is made anew, so it does not run without them, and no older copy
// of it runs where the new one could not be fetched. What it installs is asked for
// as it runs: installs says what to answer.
//
// Source: XMPro's Windows installer, 4.5.4 and later.
func installer(release string, autoScale bool, installs string) []Action {
	const script = "install-xmpro-application.ps1"
	preset := func(variable, file string) []string {
		return []string{
			"$env:" + variable + " = (Get-Content -Raw -Encoding UTF8 -LiteralPath '" + file + "').Trim()",
			"if (-not $env:" + variable + ") { throw '" + variable + " is empty' }",
		}
	}
	lines := append([]string{"Remove-Item -LiteralPath '" + script + "' -ErrorAction SilentlyContinue"}, preset("AES_SALT", "<SALT_FILE>")...)
	if autoScale {
		lines = append(append(lines, "$env:ENABLE_AUTO_SCALE = 'true'"), preset("AUTO_SCALE_CONNECTION_STRING", "<REDIS_FILE>")...)
	}
	lines = append(lines,
		"[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12",
		"Invoke-WebRequest -UseBasicParsing -Uri "+psQuote("https://download.app.xmpro.com/"+release+"/"+script)+" -OutFile '"+script+"'")
	return []Action{
		ps(block(lines...), "no error; else do not go on: the installer would make a new salt"),
		ps("& .\\"+script, "in the same window; the installer ends without an error, "+installs+". Close the window afterwards: it knows the salt"),
	}
}
