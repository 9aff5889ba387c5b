package deployment

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// memory is a file system in memory that reads into memory it is given.
type memory struct{ fstest.MapFS }

// AppendFile reads a file behind buf.
func (m memory) AppendFile(buf []byte, name string, limit int64) ([]byte, error) {
	f, ok := m.MapFS[name]
	if !ok {
		return buf, fs.ErrNotExist
	}
	return append(buf, f.Data...), nil
}

// typical is a deployment of usual size: two JSON files of 9 KB and a
// web.config of 6 KB.
func typical() memory {
	settings := func(own, peer string) []byte {
		var b strings.Builder
		fmt.Fprintf(&b, `{
  "AllowedHosts": "*",
  "xmpro": {
    %q: {
      "encryptionKey": "c3VwZXJzZWNyZXQ=",
      "featureFlags": {"dbMigrationsEnabled": true, "enableHealthChecks": true}
    },
    %q: {"server": {"baseUrl": "https://peer.example.net/"}},
    "xmidentity": {"server": {"baseUrl": "https://sm.example.net/"}, "client": {"id": "c1", "sharedkey": "k1"}},
    "data": {"connectionString": "Server=tcp:sql.example.net,1433;Initial Catalog=AD;User ID=xmpro;Password=p;Encrypt=True;"},
    "keyVault": {"provider": "", "name": ""},
    "autoScale": {"enabled": true, "connectionString": "cache.example.net:6380,ssl=True,abortConnect=False"}
  },
  "Serilog": {"WriteTo": [`, own, peer)
		for i := range 80 {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "\n    {\"Name\": \"File\", \"Args\": {\"path\": \"logs/service-%d.log\", \"level\": \"Warning\"}}", i)
		}
		b.WriteString("\n  ]}\n}\n")
		return []byte(b.String())
	}
	var web strings.Builder
	web.WriteString(`<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro><xmidentity><data connectionString="x" /></xmidentity><autoScale enabled="true" connectionString="cache.example.net:6380,ssl=True,abortConnect=False" /></xmpro>
  <appSettings>
    <add key="SM_VERSION" value="4.4.19" />`)
	for i := range 70 {
		fmt.Fprintf(&web, "\n    <add key=\"serilog:write-to:File.option%d\" value=\"value %d\" />", i, i)
	}
	web.WriteString("\n  </appSettings>\n</configuration>\n")
	return memory{fstest.MapFS{
		"acme/AppDesigner/appsettings.json":        {Data: settings("appDesigner", "dataStreamDesigner")},
		"acme/DataStreamDesigner/appsettings.json": {Data: settings("dataStreamDesigner", "appDesigner")},
		"acme/SubscriptionManager/web.config":      {Data: []byte(web.String())},
	}}
}

func BenchmarkLoad(b *testing.B) {
	groups, err := Discover(context.Background(), []Source{{FS: typical(), Dir: ".", Shown: "."}}, nil)
	if err != nil || len(groups) != 1 {
		b.Fatal(groups, err)
	}
	memory := &arena{}
	b.ReportAllocs()
	for b.Loop() {
		all := groups[0].load(context.Background(), Options{}, memory)
		if len(all) != 1 || len(all[0].Products) != 3 {
			b.Fatal(all)
		}
		memory.release()
	}
}

// A typical deployment costs few allocations: there may be thousands of them.
func TestLoadAllocates(t *testing.T) {
	groups := discover(t, typical())
	memory := &arena{}
	if n := testing.AllocsPerRun(50, func() {
		groups[0].load(context.Background(), Options{}, memory)
		memory.release()
	}); n > 90 {
		t.Errorf("%v allocations", n)
	}
}
