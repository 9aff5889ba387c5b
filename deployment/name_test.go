package deployment

import "testing"

func TestRoleOf(t *testing.T) {
	for name, want := range map[string]Role{
		"web.config": RoleSectionHost, "Web.Config": RoleSectionHost, "WEB.CONFIG": RoleSectionHost,
		"xmpro.yaml": RoleManifest, "XMPro.yaml": RoleManifest,
		"appsettings.json": RoleBase, "AppSettings.JSON": RoleBase,
		"appsettings.Production.json": RoleOverlay, "appsettings.p.json": RoleOverlay, "APPSETTINGS.a.b.json": RoleOverlay,
		"XMPro.AppDesigner.deps.json": RoleDeps, "x.deps.json": RoleDeps,
		"sm-metadata.json":  RoleMetadata,
		"appsettings..json": 0, "appsettings.json.bak": 0, "appsettings2.json": 0, ".deps.json": 0, "json": 0, ".json": 0, "": 0,
		"web.config.xml": 0, "xmpro.yml": 0, "package.json": 0, "appsettings.yaml": 0, "myappsettings.json": 0,
	} {
		if got := roleOf(name); got != want {
			t.Errorf("roleOf(%q) = %d, want %d", name, got, want)
		}
	}
	if got := environmentOf("appsettings.Staging.EU.json"); got != "Staging.EU" {
		t.Errorf("environment %q", got)
	}
}

func TestIsCopy(t *testing.T) {
	for name, want := range map[string]bool{
		"web.config.txt": true, "Web.config.bak": true, "web.config-old": true, "web.config_2024": true, "web.config~": true,
		"web.config (2)": true, "web.config - Copy": true, "web.config.zip": true, "web.xml": true, "WEB.ZIP": true, "web.config.json": true,
		"appsettings.json.bak": true, "appsettings.Production.json.old": true, "appsettings.zip": true, "appsettings.json~": true,
		"appsettings.txt": true, "appsettings - Copy.json": true, "appsettings (2).json": true, "AppSettings_OLD.json": true, "appsettings-2026-11-23.json": true,
		"config.zip": true, "AppDesigner.zip": true, "XMPro-SM.ZIP": true,
		"appsettings-schema.json": false, "appsettings_de.json": false, "web - Copy.config": false, "logs.zip": false, ".zip": false,
		"web.config": false, "web.config.bak.config": false, "web.Release.config": false, "webpack.json": false, "website.zip": false,
		"appsettings.json": false, "appsettings.Production.json": false, "appsettings2.json": false, "appsettings": false, "app.zip": false,
		"web": false, "": false, "web.configuration.md": false,
	} {
		if got := isCopy(name); got != want {
			t.Errorf("isCopy(%q) = %v", name, got)
		}
	}
}

func TestPassedOver(t *testing.T) {
	for name, want := range map[string]bool{
		"a/bin/b": true, "OBJ": true, "a/.git/config": true, "x/Node_Modules": true, ".svn": true, ".hg/store": true,
		"a/b": false, "binary/c": false, ".": false, ".github": false,
	} {
		if got := PassedOver(name); got != want {
			t.Errorf("PassedOver(%q) = %v", name, got)
		}
	}
}
