// Package protectedconfig reads and writes the protected configuration sections
// of ASP.NET: what `aspnet_regiis -pef` makes of a section of web.config.
package protectedconfig
