package schema

// The releases of the suite that something hangs on. Whoever compares a version,
// or names one to a person, takes it from here.
const (
	// AutoScaleSince is the first release that has Auto Scale.
	//
	// Source: XMPro documentation, "Configure Auto Scale (Optional)", step 1.
	AutoScaleSince = "4.3.1"

	// OldConnectorOptionalSince is the first release since [AutoScaleSince] that
	// works where [OldConnector] is absent from a company.
	//
	// Source: XMPro release notes 4.3.2.
	OldConnectorOptionalSince = "4.3.2"

	// ReplaceCacheSince is the first release in which the connector's option
	// Replace Cache works.
	//
	// Source: XMPro release notes 4.3.6.
	ReplaceCacheSince = "4.3.6"

	// UsageReportSince is the first release with the reports Connector Usage and
	// Connector Usage Details.
	//
	// Source: XMPro release notes 4.3.7.
	UsageReportSince = "4.3.7"

	// VersionPageSince is the first release whose products tell their version
	// under /version.
	//
	// Source: XMPro release notes 4.4.4.
	VersionPageSince = "4.4.4"

	// NoARMTemplateSince is the first release without an ARM template.
	//
	// Source: XMPro documentation, upgrade from legacy (Azure).
	NoARMTemplateSince = "4.5"

	// TerraformAutoScaleSince is the first release whose Terraform modules set
	// Auto Scale in App Designer and Data Stream Designer.
	//
	// Source: XMPro's Terraform modules.
	TerraformAutoScaleSince = "4.5.3"

	// TerraformConnectionSince is the first one whose modules set Subscription
	// Manager's connection string as well.
	//
	// Source: XMPro's Terraform modules.
	TerraformConnectionSince = "4.5.4"

	// InstallerSince is the first release that the Windows installer installs.
	//
	// Source: XMPro's Windows installer.
	InstallerSince = "4.5.4"
)

// The versions of the Data Streams Connector that something hangs on; they are
// decimals, see [Connector].
const (
	// ConnectorSince is the first one that keeps an App's data in Redis.
	//
	// Source: XMPro documentation, "Configure Auto Scale (Optional)".
	ConnectorSince = "2.0"

	// OldConnector is the one that it replaces.
	//
	// Source: XMPro release notes 4.3.2.
	OldConnector = "1.07"
)
