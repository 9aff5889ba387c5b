package migrate

import (
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/protectedconfig"
)

// Keys of an <appSettings> that a key opened are left to people: there is no
// edit inside of it.
func TestOpenedAppSettings(t *testing.T) {
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := protectedconfig.NewKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := protectedconfig.Seal([]byte(`<appSettings><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`), key, protectedconfig.SealOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"xmpro.yaml":    {Data: []byte("redis: {connection: \"cache01:6379,abortConnect=False\"}\n")},
		"SM/web.config": {Data: []byte(`<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro><autoScale enabled="false" connectionString="" /></xmpro>` + string(sealed) + `</configuration>`)},
	}
	c := prepare(t, files, Options{Load: deployment.Options{Key: key}})
	if len(c.Files) != 1 || !strings.Contains(c.Diff(), `enabled="true"`) {
		t.Errorf("%+v", c)
	}
	if !strings.Contains(strings.Join(c.Warnings, "\n"), "a key in it replaces") {
		t.Errorf("warnings: %q", c.Warnings)
	}
}

// Overrides in a file that <appSettings> names are edited there.
func TestAppSettingsInAnotherFile(t *testing.T) {
	files := fstest.MapFS{
		"xmpro.yaml":     {Data: []byte("redis: {connection: \"cache01:6379,abortConnect=False\"}\n")},
		"SM/web.config":  {Data: []byte(`<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro><autoScale enabled="false" connectionString="" /></xmpro><appSettings file="more.config" /></configuration>`)},
		"SM/more.config": {Data: []byte(`<appSettings><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`)},
	}
	c := prepare(t, files, Options{})
	if len(c.Files) != 2 || !strings.Contains(c.Diff(), `+<appSettings><add key="xmpro__autoScale__enabled" value="true" /></appSettings>`) {
		t.Errorf("%+v", c)
	}
	delete(files, "SM/more.config")
	files["SM/web.config"].Data = []byte(strings.Replace(string(files["SM/web.config"].Data), "more.config", "../more.config", 1))
	if c = prepare(t, files, Options{}); !strings.Contains(strings.Join(c.Warnings, "\n"), "../more.config, which cannot be read here") {
		t.Errorf("warnings: %q", c.Warnings)
	}
}
