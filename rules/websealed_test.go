package rules

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/protectedconfig"
)

// TestOpenedSection judges sections that a key opens: what is wrong inside is
// reported at the section, and nothing of it is shown.
func TestOpenedSection(t *testing.T) {
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := protectedconfig.NewKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, section string
		want          []string // findings but for those about versions
	}{
		{"finished", `<autoScale enabled="true" connectionString="cache01:6379,password=s3cret,ssl=False,abortConnect=False" />`, []string{"XM4001 info"}},
		{"off", `<autoScale enabled="false" connectionString="" />`, []string{"XM2001 info", "XM4001 warning"}},
		{"a string that throws", `<autoScale enabled="true" connectionString="cache01:6379,pasword=s3cret" />`, []string{"XM3001 error", "XM4001 warning"}},
		{"text", `<autoScale enabled="true" connectionString="cache01:6379,password=s3cret,abortConnect=False" />s3cret`, []string{"XM4001 info", "XM4006 error"}},
		{"unknown attribute", `<autoScale enabled="true" connectionString="cache01,abortConnect=False" host="s3cret" />`, []string{"XM4001 info", "XM4006 error"}},
		{"tokens", `<autoScale enabled="true" connectionString="${REDIS}" />`, []string{"XM4001 warning", "XM4003 error"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sealed, err := protectedconfig.Seal([]byte("<xmpro>"+tt.section+"</xmpro>"), key, protectedconfig.SealOptions{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			file := "<configuration>\n" + webHead + string(sealed) + "\n</configuration>\n"
			files := fstest.MapFS{"SM/web.config": &fstest.MapFile{Data: []byte(file)}}
			all, err := deployment.Load(context.Background(), files, ".", deployment.Options{Key: key})
			if err != nil {
				t.Fatal(err)
			}
			runner, err := lint.NewRunner(All())
			if err != nil {
				t.Fatal(err)
			}
			result, err := runner.Run(context.Background(), all[0])
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range result.Findings {
				if strings.HasPrefix(f.Rule.ID, "XM1") {
					continue
				}
				got = append(got, f.Rule.ID+" "+f.Severity.String())
				if f.Start.Line != 5 || strings.Contains(f.Message+f.Do, "s3cret") {
					t.Errorf("%s at line %d: %s", f.Rule.ID, f.Start.Line, f.Message)
				}
				if f.Fix != nil && f.Fix.Edits != nil {
					t.Errorf("%s has edits of an encrypted section", f.Rule.ID)
				}
			}
			if strings.Join(got, ", ") != strings.Join(tt.want, ", ") {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// TestOpenedAppSettings judges an <appSettings> that a key opens: only what may
// replace Auto Scale's settings is still to be changed in it.
func TestOpenedAppSettings(t *testing.T) {
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := protectedconfig.NewKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		adds string
		want lint.Severity
	}{
		{`<add key="SM_VERSION" value="4.3.6" />`, lint.Info},
		{`<add key="xm__xmpro__data__connectionString" value="s3cret" />`, lint.Info},
		{`<add key="xm__xmpro__autoScale__enabled" value="" />`, lint.Info},
		{`<add key="XMPRO__AUTOSCALE__ENABLED" value="false" />`, lint.Warning},
	} {
		sealed, err := protectedconfig.Seal([]byte("<appSettings>"+c.adds+"</appSettings>"), key, protectedconfig.SealOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		file := "<configuration>\n" + webHead + string(sealed) + "\n<xmpro>" + smOn + "</xmpro>\n</configuration>\n"
		all, err := deployment.Load(context.Background(), fstest.MapFS{"SM/web.config": &fstest.MapFile{Data: []byte(file)}}, ".", deployment.Options{Key: key})
		if err != nil {
			t.Fatal(err)
		}
		runner, err := lint.NewRunner([]*lint.Rule{sectionEncrypted()})
		if err != nil {
			t.Fatal(err)
		}
		result, err := runner.Run(context.Background(), all[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Findings) != 1 || result.Findings[0].Severity != c.want || strings.Contains(result.Findings[0].Do, "migrate") {
			t.Errorf("%s: %+v", c.adds, result.Findings)
		}
	}
}
