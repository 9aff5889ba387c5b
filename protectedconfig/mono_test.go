package protectedconfig

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const monoPackages = "the Debian packages mono-mcs, mono-runtime, libmono-system-configuration4.0-cil and libmono-system-security4.0-cil"

// plainMono is plainOff as Mono writes it: from the values, not the bytes.
const plainMono = `<xmpro><autoScale enabled="False" connectionString="-" /></xmpro>`

// Mono's own System.Configuration reads what is made here as an application
// would, and what it protects opens here. It reads tripledes-cbc only: with AES
// its EncryptedXml says that no symmetric algorithm is specified, although it
// writes that.
func TestMono(t *testing.T) {
	need(t, monoPackages, "mcs", "mono")
	dir := t.TempDir()
	run(t, dir, "mcs", "-r:System.Configuration", "-out:app.exe", absolute(t, "testdata/app.cs"))
	k := monoKey(t, dir)

	t.Run("opens what Mono protects", func(t *testing.T) {
		monoConfig(t, dir, plainOff)
		run(t, dir, "mono", "app.exe", "protect", "Own")
		section := sectionOf(t, read(t, dir, "app.exe.config"))
		opened, err := Decrypt([]byte(section), k)
		if err != nil || string(opened.Plain()) != plainMono {
			t.Fatalf("got %v, %v\nof %s", opened, err, section)
		}
		want := Info{Section: "xmpro", Provider: "Own", Kind: KindCustom, Data: AES256, Transport: RSA15, KeyName: "Rsa Key", RSA: true}
		if opened.Info() != want {
			t.Errorf("got %+v", opened.Info())
		}
	})

	for _, transport := range keyTransports() {
		t.Run("Mono reads "+shortName(transport), func(t *testing.T) {
			section, err := Seal([]byte(plainOff), k, SealOptions{Provider: "Own", Data: TripleDES, Transport: transport}, nil)
			if err != nil {
				t.Fatal(err)
			}
			monoConfig(t, dir, string(section))
			if got := run(t, dir, "mono", "app.exe", "read"); got != "False -" {
				t.Errorf("got %q", got)
			}
			opened, err := Decrypt(section, k)
			if err != nil {
				t.Fatal(err)
			}
			changed, err := opened.Encrypt([]byte(plainOn), nil)
			if err != nil {
				t.Fatal(err)
			}
			monoConfig(t, dir, string(changed))
			if got := run(t, dir, "mono", "app.exe", "read"); got != "True cache01:6379,password=p&q,abortConnect=False" {
				t.Errorf("got %q", got)
			}
		})
	}
}

// monoKey makes Mono make a key pair and puts one of 2048 bits in its place:
// its container is a file below the user's home, with an RSAKeyValue inside.
func monoKey(t *testing.T, dir string) *Key {
	t.Helper()
	monoConfig(t, dir, plainOff)
	run(t, dir, "mono", "app.exe", "protect", "Own")
	files, err := filepath.Glob(filepath.Join(dir, ".config/.mono/keypairs/*.xml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got the key files %q, %v", files, err)
	}
	container := read(t, files[0])
	start := strings.Index(container, "<RSAKeyValue>")
	end := strings.Index(container, "</RSAKeyValue>") + len("</RSAKeyValue>")
	if _, err := ParseKey([]byte(container[start:end])); err != nil {
		t.Errorf("Mono's own key: %v", err)
	}
	file := keyFile(pair2048())
	if err := os.WriteFile(files[0], []byte(container[:start]+file+container[end:]), 0o600); err != nil {
		t.Fatal(err)
	}
	k, err := ParseKey([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// monoConfig writes the program's configuration file, with a provider whose key
// lies in the user's container.
func monoConfig(t *testing.T, dir, section string) {
	t.Helper()
	write(t, dir, "app.exe.config", fmt.Sprintf(`<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="xmpro" type="XmproSection, app" />
  </configSections>
  <configProtectedData>
    <providers>
      <add name="Own" keyContainerName="XMProSM" useMachineContainer="false" type="System.Configuration.RsaProtectedConfigurationProvider, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" />
    </providers>
  </configProtectedData>
  %s
</configuration>
`, section))
}

func sectionOf(t testing.TB, file string) string {
	t.Helper()
	start, end := strings.Index(file, "<xmpro"), strings.Index(file, "</xmpro>")
	if start < 0 || end < 0 {
		t.Fatalf("no section in %s", file)
	}
	return file[start : end+len("</xmpro>")]
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
