package rules

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// finished is a deployment in which there is nothing to report.
func finished(tb testing.TB) *deployment.Deployment {
	tb.Helper()
	json := func(folder, own string) string {
		return file(folder+"/appsettings.json", `{
  "AllowedHosts": "*",
  "Serilog": { "Using": ["Serilog.Sinks.File"], "MinimumLevel": { "Default": "Warning" }, "WriteTo": [{ "Name": "File", "Args": { "path": "log.txt" } }] },
  "ApplicationInsights": { "ConnectionString": "" },
  "xmpro": {
    "`+own+`": { "encryptionKey": "k", "featureFlags": { "dbMigrationsEnabled": true, "enableHealthChecks": true } },
    "xmidentity": { "server": { "baseUrl": "https://sm/" }, "client": { "baseUrl": "https://ad/", "id": "1", "sharedkey": "2" } },
    "data": { "connectionString": "Server=.;Database=AD" },
    "xmsettings": { "adminRole": "Administrator", "data": { "connectionString": "Server=.;Database=SM" } },
    "keyVault": { "provider": "", "name": "" },
    "autoScale": {
      "enabled": true,
      "connectionString": "cache01:6380,password=p,ssl=True,abortConnect=False"
    },
    "healthChecks": { "urls": [`+strings.Repeat(`{ "url": "https://sm/health/ping", "name": "SM", "tags": ["api"] },`, 40)+`] }
  }
}`)
	}
	archive := manifest("version: 4.6.1\nconnectors: {data-streams: [\"2.01\"]}") + json("AppDesigner", "appDesigner") + json("DataStreamDesigner", "dataStreamDesigner") +
		sm(`<xmidentity><data connectionString="" /></xmidentity><autoScale enabled="true" connectionString="cache01:6380,password=p,ssl=True,abortConnect=False" /><xmsettings adminRole="Administrator" />`)
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	all, err := deployment.Load(context.Background(), files, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		tb.Fatalf("%d deployments: %v", len(all), err)
	}
	return all[0]
}

// A rule that has nothing to report allocates nothing: it runs on every
// deployment of a large tree.
func TestQuietRulesAllocateNothing(t *testing.T) {
	d := finished(t)
	for _, r := range All() {
		if r.ID[2] == '3' || r.ID[2] == '4' {
			continue
		}
		pass := &lint.Pass{Deployment: d}
		if n := testing.AllocsPerRun(20, func() {
			if err := r.Check(pass); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s (%s): %v allocations", r.ID, r.Name, n)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	d := finished(b)
	for _, r := range All() {
		b.Run(r.ID, func(b *testing.B) {
			pass := &lint.Pass{Deployment: d}
			for b.Loop() {
				if err := r.Check(pass); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
