package schema

// Settings of Auto Scale, in the vendor's spelling, as configuration paths.
//
// Source: XMPro documentation, "Configure Auto Scale (Optional)".
const (
	RootSection  = "xmpro"
	AutoScale    = "xmpro:autoScale"
	Enabled      = "xmpro:autoScale:enabled"
	Connection   = "xmpro:autoScale:connectionString"
	KeyVaultFlag = "xmpro:keyVault:provider"
)

// HealthChecks is the path of the flag that switches a product's health page
// on; empty for products without one.
//
// Source: XMPro documentation, "Configure Health Checks (Optional)".
func HealthChecks(p Product) string {
	switch p {
	case AppDesigner:
		return "xmpro:appDesigner:featureFlags:enableHealthChecks"
	case DataStreamDesigner:
		return "xmpro:dataStreamDesigner:featureFlags:enableHealthChecks"
	}
	return ""
}

// Hostings are the ways to host XMPro that a manifest can name. The last three
// say that the kind is not known.
func Hostings() []string {
	return []string{"iis", "windows-installer", "azure-arm", "azure-terraform", "compose", "helm", "azure", "docker", "kubernetes"}
}

// RedisServices are the kinds of Redis that a manifest can name.
func RedisServices() []string {
	return []string{"self-hosted", "azure-cache", "azure-managed", "elasticache", "other"}
}

// RootKeys are the keys of a JSON file's root that the products know.
//
// Source: XMPro documentation and templates, as seen from 4.2.3 to 4.6.1.
func RootKeys() []string {
	return []string{"xmpro", "AllowedHosts", "Serilog", "ApplicationInsights", "FileLogging", "ConsoleLogging",
		"HealthChecksUI", "InfrastructureKey", "Logging", "ConnectionStrings", "Kestrel", "urls"}
}

// SectionKeys are the children of xmpro that the products know.
//
// Source: XMPro documentation and templates, as seen from 4.2.3 to 4.6.1.
func SectionKeys() []string {
	return []string{"autoScale", "appDesigner", "dataStreamDesigner", "ai", "aIDesigner", "gateway", "xmidentity", "data",
		"xmsettings", "keyVault", "xmnotification", "healthChecks", "xmcryptography", "featureFlags"}
}

// AutoScaleKeys are the children of autoScale.
func AutoScaleKeys() []string { return []string{"enabled", "connectionString"} }

// SectionElements are the child elements of <xmpro> in Subscription Manager's
// web.config, in the vendor's order. Names are case-sensitive there.
//
// Source: screenshots of the file in XMPro's documentation.
func SectionElements() []string {
	return []string{"xmidentity", "autoScale", "xmsettings", "xmnotification", "xmcryptography"}
}
