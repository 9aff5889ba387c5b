package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// tree makes a deterministic tree of deployments: each has App Designer's and
// Data Stream Designer's appsettings.json and Subscription Manager's
// web.config. Of a hundred deployments 90 are finished, 5 are off, and 5 have
// one fault. All of it is strict JSON and XML, so that any reader takes it.
type tree struct {
	dir   string
	files int
	bytes int64
}

func makeTree(dir string, deployments int) (*tree, error) {
	t := &tree{dir: dir}
	for i := range deployments {
		d := newSample(i)
		root := filepath.Join(dir, fmt.Sprintf("site-%05d", i))
		for _, f := range [...]struct {
			folder, name string
			text         []byte
		}{
			{"AppDesigner", "appsettings.json", d.settings("appDesigner", "dataStreamDesigner")},
			{"DataStreamDesigner", "appsettings.json", d.settings("dataStreamDesigner", "appDesigner")},
			{"XMPro-SM", "web.config", d.webConfig()},
		} {
			folder := filepath.Join(root, f.folder)
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(folder, f.name), f.text, 0o644); err != nil {
				return nil, err
			}
			t.files++
			t.bytes += int64(len(f.text))
		}
	}
	return t, nil
}

// sample is one deployment.
type sample struct {
	rand  *rand.Rand
	i     int
	on    bool
	fault int // 0: none
	redis string
}

func newSample(i int) *sample {
	s := &sample{rand: rand.New(rand.NewPCG(uint64(i), 4312)), i: i, on: true}
	switch k := i % 100; {
	case k >= 95:
		s.fault = k - 94
	case k >= 90:
		s.on = false
	}
	s.redis = fmt.Sprintf("cache-%05d.example.net:6380,ssl=True,abortConnect=False", i)
	if i%2 == 0 { // the others' Redis is reached without a password
		s.redis += fmt.Sprintf(",password=%016x", s.rand.Uint64())
	}
	if !s.on {
		s.redis = ""
	}
	return s
}

// The faults, each the only one of its deployment.
const (
	faultNotBoolean = iota + 1
	faultNoString
	faultMisspelled
	faultOption
	faultCase
)

// settings is the appsettings.json of a product that names another as peer.
func (s *sample) settings(own, peer string) []byte {
	var b bytes.Buffer
	enabled, section, redis := fmt.Sprint(s.on), "autoScale", s.redis
	if own == "appDesigner" {
		switch s.fault {
		case faultNotBoolean:
			enabled = `"yes"`
		case faultNoString:
			redis = ""
		case faultMisspelled:
			section = "autoScal"
		case faultOption:
			redis += ",abortConect=false"
		}
	}
	fmt.Fprintf(&b, "{\n  \"AllowedHosts\": \"*\",\n  \"xmpro\": {\n    %q: {\n", own)
	fmt.Fprintf(&b, "      \"encryptionKey\": \"%08x-%08x\",\n", s.rand.Uint32(), s.rand.Uint32())
	b.WriteString("      \"featureFlags\": {\n        \"dbMigrationsEnabled\": true,\n        \"enableHealthChecks\": true,\n        \"enableLogging\": true\n      },\n")
	fmt.Fprintf(&b, "      \"server\": {\n        \"baseUrl\": \"https://%s-%05d.example.net/\"\n      }\n    },\n", strings.ToLower(own), s.i)
	fmt.Fprintf(&b, "    %q: {\n      \"server\": {\n        \"baseUrl\": \"https://%s-%05d.example.net/\"\n      }\n    },\n", peer, strings.ToLower(peer), s.i)
	fmt.Fprintf(&b, "    \"xmidentity\": {\n      \"server\": {\n        \"baseUrl\": \"https://sm-%05d.example.net/\"\n      },\n      \"client\": {\n        \"id\": \"%08x\",\n        \"sharedkey\": \"%08x\"\n      }\n    },\n", s.i, s.rand.Uint32(), s.rand.Uint32())
	fmt.Fprintf(&b, "    \"data\": {\n      \"connectionString\": \"Server=tcp:sql-%05d.example.net,1433;Initial Catalog=AD;User ID=xmpro;Password=%08x;Encrypt=True;\"\n    },\n", s.i, s.rand.Uint32())
	b.WriteString("    \"xmsettings\": {\n      \"adminRole\": \"Administrator\"\n    },\n    \"keyVault\": {\n      \"provider\": \"\",\n      \"name\": \"\"\n    },\n")
	fmt.Fprintf(&b, "    %q: {\n      \"enabled\": %s,\n      \"connectionString\": %q\n    },\n", section, enabled, redis)
	b.WriteString("    \"healthChecks\": {\n      \"urls\": [\n")
	for k := range 4 + s.rand.IntN(6) {
		if k > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "        {\n          \"url\": \"https://service-%d-%05d.example.net/health/ping\",\n          \"name\": \"Service %d\",\n          \"tags\": [\n            \"api\"\n          ]\n        }", k, s.i, k)
	}
	b.WriteString("\n      ]\n    }\n  },\n")
	s.logging(&b)
	b.WriteString("}\n")
	return b.Bytes()
}

// logging is the part of the file that has nothing to do with XMPro: with it
// half of the files have more than 9 KB.
func (s *sample) logging(b *bytes.Buffer) {
	b.WriteString("  \"Serilog\": {\n    \"Using\": [\n      \"Serilog.Sinks.File\",\n      \"Serilog.Expressions\"\n    ],\n    \"MinimumLevel\": {\n      \"Default\": \"Information\",\n      \"Override\": {\n")
	n := 30 + s.rand.IntN(60)
	for k := range n {
		comma := ","
		if k == n-1 {
			comma = ""
		}
		fmt.Fprintf(b, "        \"XMPro.Component%d.Service%d.Handler\": %q%s\n", k, s.rand.IntN(1000), [...]string{"Warning", "Information", "Error"}[k%3], comma)
	}
	b.WriteString("      }\n    },\n    \"WriteTo\": [\n")
	n = 4 + s.rand.IntN(8)
	for k := range n {
		comma := ","
		if k == n-1 {
			comma = ""
		}
		fmt.Fprintf(b, "      {\n        \"Name\": \"File\",\n        \"Args\": {\n          \"path\": \"App_Data/logs/log-%d-.txt\",\n          \"rollingInterval\": \"Day\",\n          \"fileSizeLimitBytes\": %d,\n          \"rollOnFileSizeLimit\": true,\n          \"retainedFileCountLimit\": %d,\n          \"outputTemplate\": \"{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {SourceContext} {Message:lj}{NewLine}{Exception}\"\n        }\n      }%s\n", k, s.rand.IntN(1<<24), s.rand.IntN(60), comma)
	}
	b.WriteString("    ]\n  }\n")
}

// webConfig is Subscription Manager's web.config.
func (s *sample) webConfig() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" />
  </configSections>
  <xmpro>
    <xmidentity>
      <data connectionString="" />
      <operationalData connectionString="" />
`)
	fmt.Fprintf(&b, "      <server signingCertificate=\"CN=sm-%05d\" certificateLocation=\"CurrentUser\" baseUrl=\"https://sm-%05d.example.net\"\n              serverUUID=\"%08x\" enableLogging=\"false\">\n      </server>\n    </xmidentity>\n", s.i, s.i, s.rand.Uint32())
	element := "autoScale"
	if s.fault == faultCase {
		element = "autoscale"
	}
	fmt.Fprintf(&b, "    <%s enabled=\"%t\" connectionString=%q />\n", element, s.on, s.redis)
	fmt.Fprintf(&b, "    <xmsettings adminRole=\"Administrator\">\n      <data connectionString=\"\" />\n    </xmsettings>\n    <xmcryptography>\n      <aes encryptionCertificate=\"CN=sm-%05d\" certificateLocation=\"CurrentUser\" salt=\"%08x\" />\n      <tripleDES key=\"\" />\n    </xmcryptography>\n  </xmpro>\n", s.i, s.rand.Uint32())
	fmt.Fprintf(&b, "  <appSettings>\n    <add key=\"SM_VERSION\" value=\"4.4.%d\" />\n    <add key=\"serilog:minimum-level\" value=\"Warning\" />\n  </appSettings>\n", s.i%20)
	b.WriteString("  <system.web>\n    <compilation targetFramework=\"4.8\" />\n    <httpRuntime targetFramework=\"4.8\" maxUrlLength=\"8192\" />\n  </system.web>\n  <runtime>\n    <assemblyBinding xmlns=\"urn:schemas-microsoft-com:asm.v1\">\n")
	for k := range 18 + s.rand.IntN(12) {
		fmt.Fprintf(&b, "      <dependentAssembly>\n        <assemblyIdentity name=\"Contoso.Library%d\" publicKeyToken=\"%016x\" culture=\"neutral\" />\n        <bindingRedirect oldVersion=\"0.0.0.0-%d.0.0.0\" newVersion=\"%d.0.0.0\" />\n      </dependentAssembly>\n", k, s.rand.Uint64(), k+2, k+2)
	}
	b.WriteString("    </assemblyBinding>\n  </runtime>\n</configuration>\n")
	return b.Bytes()
}
