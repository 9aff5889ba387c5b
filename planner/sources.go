package planner

// Where the steps come from.
const (
	pageAutoScale = "XMPro documentation, Configure Auto Scale (Optional): https://documentation.xmpro.com/installation/3.-complete-installation/configure-auto-scale-optional"
	pageRedis     = "XMPro documentation, Redis cache implementation: https://documentation.xmpro.com/4.5/src/technical-reference/redis-cache-implementation.html"
	pageConnector = "XMPro documentation, Manage Connectors: https://documentation.xmpro.com/how-tos/connectors/manage-connectors"
	pageHealth    = "XMPro documentation, Configure Health Checks (Optional): https://documentation.xmpro.com/installation/3.-complete-installation/configure-health-checks-optional"
	pageUpgrade   = "XMPro documentation, Upgrade: https://documentation.xmpro.com/installation/install/upgrade"
	pageLegacy    = "XMPro documentation, upgrade from legacy; inferred from XMPro's installers, ARM templates and Terraform modules, which write salts and Auto Scale settings anew"
	pageProtected = "Microsoft, Importing and exporting protected configuration RSA key containers: https://learn.microsoft.com/previous-versions/aspnet/yxw286t2(v=vs.100)"
	pageScale     = "Microsoft, ASP.NET Core SignalR hosting and scaling: https://learn.microsoft.com/aspnet/core/signalr/scale"
	pageKeys      = "Microsoft, Configure ASP.NET Core Data Protection: https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview"
	pageSQLBackup = "Microsoft, Copy-only backups: https://learn.microsoft.com/sql/relational-databases/backup-restore/copy-only-backups-sql-server"
)
