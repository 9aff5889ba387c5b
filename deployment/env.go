package deployment

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
)

// Prefix is the prefix of the environment variables that XMPro's products read
// beside those without one.
//
// Source: XMPro's Terraform modules and compose files: XM__XMPRO__AUTOSCALE__ENABLED.
const Prefix = "xm__"

// EnvironmentSettings are the settings that environment variables stand for,
// as Microsoft.Extensions.Configuration.EnvironmentVariables on .NET 8 reads
// them: names without the prefix, __ for :, connection strings of Azure under
// ConnectionStrings. A variable without a value is none: up to .NET 8 setting
// one to nothing removes it. Of two with one name or path the last wins. Pairs
// are names and values; an empty prefix takes all of them.
func EnvironmentSettings(prefix string, pairs [][2]string) []EnvSetting {
	var settings []EnvSetting
	prefix = envPath(prefix)
	for i, pair := range pairs {
		again := func(later [2]string) bool { return later[0] == pair[0] }
		if pair[1] == "" || slices.ContainsFunc(pairs[i+1:], again) {
			continue
		}
		for _, s := range expandAzure(pair[0], pair[1]) {
			if len(s.Path) < len(prefix) || !document.EqualFold(s.Path[:len(prefix)], prefix) {
				continue
			}
			s.Prefix, s.Path = s.Path[:len(prefix)], s.Path[len(prefix):]
			settings = setEnv(settings, s)
		}
	}
	return settings
}

// KeyVaultSettings are the settings that secrets of a key vault stand for: --
// in a name is :.
func KeyVaultSettings(pairs [][2]string) []EnvSetting {
	var settings []EnvSetting
	for _, pair := range pairs {
		settings = setEnv(settings, EnvSetting{Name: pair[0], Path: strings.ReplaceAll(pair[0], "--", ":"), Value: pair[1]})
	}
	return settings
}

func setEnv(settings []EnvSetting, s EnvSetting) []EnvSetting {
	for i := range settings {
		if document.EqualFold(settings[i].Path, s.Path) {
			s.Path = settings[i].Path // a dictionary keeps the first spelling
			settings[i] = s
			return settings
		}
	}
	return append(settings, s)
}

// envPath is the path that a variable's name stands for.
func envPath(name string) string { return strings.ReplaceAll(name, "__", ":") }

// azurePrefixes are those of connection strings that Azure App Service puts
// into the environment, with the provider that .NET adds.
//
// Source: dotnet/runtime, EnvironmentVariablesConfigurationProvider.
var azurePrefixes = [...]struct{ prefix, provider string }{
	{"MYSQLCONNSTR_", "MySql.Data.MySqlClient"},
	{"SQLAZURECONNSTR_", "System.Data.SqlClient"},
	{"SQLCONNSTR_", "System.Data.SqlClient"},
	{"CUSTOMCONNSTR_", ""},
}

func expandAzure(name, value string) []EnvSetting {
	for _, azure := range azurePrefixes {
		if len(name) < len(azure.prefix) || !strings.EqualFold(name[:len(azure.prefix)], azure.prefix) {
			continue
		}
		path := "ConnectionStrings:" + envPath(name[len(azure.prefix):])
		all := []EnvSetting{{Name: name, Path: path, Value: value}}
		if azure.provider != "" {
			all = append(all, EnvSetting{Name: name, Path: path + "_ProviderName", Value: azure.provider})
		}
		return all
	}
	return []EnvSetting{{Name: name, Path: envPath(name), Value: value}}
}

// variables appends the layers of environment variables to those before. Two
// names of one path, one with : and one with __, are two variables, and an
// environment has no order, so nothing tells which of them .NET takes. Names
// that differ in case are one variable on Windows, where web.config is read:
// the last counts.
func variables(f *File, set *settingSet, before []Layer) []Layer {
	for _, env := range set.layers() {
		before = append(before, Layer{Kind: Environment, File: f, Env: env, Unordered: len(before) > 0})
	}
	return before
}

// readEnvironment reads <environmentVariables> of an ASP.NET Core web.config:
// the variables without prefix, those with it, and the environment's name.
func readEnvironment(f *File) (plain, prefixed settingSet, environment Scalar) {
	d := f.XML
	if d == nil {
		return plain, prefixed, environment
	}
	core := aspNetCore(d)
	if core == document.None {
		return plain, prefixed, environment
	}
	all := d.Child(core, "environmentVariables")
	if all == document.None {
		return plain, prefixed, environment
	}
	for n := range d.Children(all) {
		if d.Name(n) != "environmentVariable" {
			continue
		}
		name, value := d.AttrNode(n, "name"), d.AttrNode(n, "value")
		if name < 0 || value < 0 {
			continue
		}
		all := expandAzure(d.AttrValue(name), d.AttrValue(value))
		for i := range all {
			s := &all[i]
			s.Origin = Origin{File: f, Kind: Environment, Path: s.Path, Text: s.Value, Key: d.Attrs[name].Value, Value: d.Attrs[value].Value, Node: n, Attr: value}
			plain.add(*s)
		}
		s := all[0]
		if strings.EqualFold(s.Name, EnvironmentVariable) || strings.EqualFold(s.Name, "DOTNET_ENVIRONMENT") && !environment.IsSet() {
			environment = Scalar{Text: s.Value, Place: s.Origin.ValuePlace()}
		}
		if prefix := envPath(Prefix); len(s.Path) > len(prefix) && strings.EqualFold(s.Path[:len(prefix)], prefix) {
			s.Prefix, s.Path = Prefix, s.Path[len(prefix):]
			s.Origin.Path = s.Path
			prefixed.add(s)
		}
	}
	return plain, prefixed, environment
}

// EnvironmentVariable is the variable that names a product's environment.
//
// Source: ASP.NET Core documentation, "Use multiple environments".
const EnvironmentVariable = "ASPNETCORE_ENVIRONMENT"
