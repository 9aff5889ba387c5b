package rules

import "github.com/xmlint/xmlint/lint"

// Pages that rules name as their source.
const (
	// XMPro's documentation.
	pageAutoScale    = "https://documentation.xmpro.com/installation/3.-complete-installation/configure-auto-scale-optional"
	pageHealthChecks = "https://documentation.xmpro.com/installation/3.-complete-installation/configure-health-checks-optional"
	pageRedis        = "https://documentation.xmpro.com/4.5/src/technical-reference/redis-cache-implementation.html"
	pageRelease431   = "https://documentation.xmpro.com/release-notes/archived/v4.3.1"
	pageRelease432   = "https://documentation.xmpro.com/release-notes/archived/v4.3.2"
	pageRelease436   = "https://documentation.xmpro.com/release-notes/archived/v4.3.6"
	pageConnectors   = "https://documentation.xmpro.com/how-tos/connectors/manage-connectors"

	// Microsoft's documentation.
	pageConfiguration = "https://learn.microsoft.com/aspnet/core/fundamentals/configuration/"
	pageEnvironments  = "https://learn.microsoft.com/aspnet/core/fundamentals/environments"
	pageJSONProvider  = "https://learn.microsoft.com/dotnet/core/extensions/configuration-providers#json-configuration-provider"
	pageSections      = "https://learn.microsoft.com/dotnet/api/system.configuration.configurationsection"
	pageBuilders      = "https://learn.microsoft.com/aspnet/config-builder"
	pageVaultRefs     = "https://learn.microsoft.com/azure/app-service/app-service-key-vault-references"
	pageVaultProvider = "https://learn.microsoft.com/aspnet/core/security/key-vault-configuration"
	pageBooleanParse  = "https://learn.microsoft.com/dotnet/api/system.boolean.tryparse"
	pageDTD           = "https://learn.microsoft.com/dotnet/api/system.xml.xmlreadersettings.dtdprocessing"
	pageXMLEncoding   = "https://www.w3.org/TR/2006/REC-xml-20060816/#charencoding"
	pageXML           = "https://www.w3.org/TR/2006/REC-xml-20060816/"
	pageSignalRScale  = "https://learn.microsoft.com/aspnet/core/signalr/scale"
	pageMachineKey    = "https://learn.microsoft.com/iis/troubleshoot/security-issues/troubleshooting-forms-authentication"

	// xmlint's own.
	pageSuppressions = lint.URL + "/blob/main/docs/suppressions.md"

	// The Redis client.
	pageClient = "https://stackexchange.github.io/StackExchange.Redis/Configuration"
)
