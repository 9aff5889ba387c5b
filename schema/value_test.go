package schema

import (
	"strings"
	"testing"
)

// Measured against .NET 8's BooleanConverter.
func TestParseBool(t *testing.T) {
	for text, want := range map[string]string{
		"true": "true", "True": "true", "TRUE": "true", "tRuE": "true", "false": "false", "FALSE": "false",
		" true": "true", "true\r\n": "true", "\x00true\x00": "true", " \x00 false": "false", "\u3000true\u00a0": "true", "\u2028false": "false",
		"": "", " ": "", "1": "", "0": "", "yes": "", "no": "", "on": "", "off": "", "-": "", "-1": "", "null": "", "enabled": "", "t": "",
		"true;": "", `"true"`: "", "truetrue": "", "tru e": "", "ＴＲＵＥ": "", "falſe": "", "\ufefftrue": "", "${E}": "",
	} {
		value, ok := ParseBool(text)
		got := ""
		if ok {
			got = map[bool]string{true: "true", false: "false"}[value]
		}
		if got != want {
			t.Errorf("ParseBool(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestClassify(t *testing.T) {
	for text, want := range map[string]Class{
		"": Off, " \t": Off, "-": Off, " - ": Off, "\u00a0": Off,
		"<redis connection string>": Placeholder, " <x> ": Placeholder, "your-redis:6379": Placeholder, "YOUR_REDIS": Placeholder, "changeme": Placeholder, "Change-Me": Placeholder,
		"${REDIS}": Reference, "${VAR:-default}": Reference, "$${REDIS}": Reference, "h:${PORT}": Reference, "$(Redis)": Reference, "#{Redis}#": Reference,
		"@Microsoft.KeyVault(SecretUri=https://v/s)": Reference, " @microsoft.keyvault(x)": Reference, "@Microsoft.AppConfiguration(x)": Reference,
		"[parameters('redis')]": Reference, "[concat('a', variables('b'))]": Reference,
		"cache01:6379": Literal, "--": Literal, "<>": Literal, "<a><b>": Literal, "<x> y": Literal, "${}": Literal, "${": Literal, "$(": Literal, "#{}": Literal,
		"h,password=${": Literal, "[::1]:6379": Literal, "yours:6379": Literal, "@Microsoft": Literal, "a<b>": Literal,
	} {
		if got := Classify(text); got != want {
			t.Errorf("Classify(%q) = %d, want %d", text, got, want)
		}
	}
	for text, want := range map[string]bool{"${A}": true, "x${A}y": true, "$${A}": true, "${}": false, "#{A}#": false, "$(A)": false, "${A": false, "${${A}": true} {
		if got := HasBuilderToken(text); got != want {
			t.Errorf("HasBuilderToken(%q) = %v", text, got)
		}
	}
}

func TestHasVariable(t *testing.T) {
	for text, want := range map[string]bool{
		"%A%": true, "x%_a1%y": true, "50% or %PROGRAMFILES(X86)%": true, "100%%%a%": true, "%größe%": true,
		"": false, "%": false, "%%": false, "50%": false, "%a": false, "p%2Bx%3D": false, "%a b%": false, "a%b c%d": false,
	} {
		if got := HasVariable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestConnectors(t *testing.T) {
	for _, c := range []struct {
		text string
		want Decision
	}{
		{"2", Satisfied}, {"2.0", Satisfied}, {"2.00", Satisfied}, {"v2.01", Satisfied}, {"V2.1", Satisfied}, {"02.0", Satisfied}, {" 2.0\n", Satisfied},
		{"2.0.0.0", Satisfied}, {"2.0.1", Satisfied}, {"3.44", Satisfied}, {"10", Satisfied}, {"2.0-x64", Satisfied}, {"2.1-beta", Satisfied}, {"2.0+x", Satisfied},
		{"1.07", NotSatisfied}, {"1.9", NotSatisfied}, {"1.10", NotSatisfied}, {"1.99", NotSatisfied}, {"v1.65", NotSatisfied}, {"1.99.9", NotSatisfied}, {"0", NotSatisfied}, {"0.0", NotSatisfied},
		{"", Undecided}, {"latest", Undecided}, {"2,0", Undecided}, {"2.", Undecided}, {".2", Undecided}, {"2.0.0.0.0", Undecided}, {"1e3", Undecided}, {"-2", Undecided}, {"v 2", Undecided}, {"2_0", Undecided},
	} {
		got := ParseConnector(c.text)
		if got.AtLeast(ConnectorSince) != c.want || got.Known() != (c.want != Undecided) || got.Text != strings.TrimSpace(c.text) {
			t.Errorf("%q is %d, known %v, text %q", c.text, got.AtLeast(ConnectorSince), got.Known(), got.Text)
		}
	}
	if c := ParseConnector("2.0-beta"); !c.Known() || c.AtLeast(ConnectorSince) != Undecided {
		t.Error("a pre-release of the bound is decided")
	}
	if ParseConnector("2.0").AtLeast("newest") != Undecided {
		t.Error("it is decided against nothing")
	}
	// Decimal numbers, not lists of numbers.
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"2.10", "2.1", 0}, {"2.10", "2.9", -1}, {"1.38", "1.2", 1}, {"2.01", "2.0", 1}, {"2.01", "2.1", -1}, {"10.0", "9.9", 1}, {"02.0", "2", 0},
		{"2.0.1", "2.0", 1}, {"2.0.0.0", "2.0", 0}, {"latest", "2.0", 0}, {"2.0", "", 0},
	} {
		if got := ParseConnector(c.a).Compare(ParseConnector(c.b)); got != c.want {
			t.Errorf("%q against %q is %d, want %d", c.a, c.b, got, c.want)
		}
		if got := ParseConnector(c.b).Compare(ParseConnector(c.a)); got != -c.want {
			t.Errorf("%q against %q is %d, want %d", c.b, c.a, got, -c.want)
		}
	}
}

// No text is read as a version by mistake, and none makes it panic.
func FuzzVersion(f *testing.F) {
	for _, text := range []string{"4.3.1", "v4.3.1.0", "4.4.4.28+sha", "latest", "99999999999999999999.0", "4..1", "4.-3", "2.10", "sha256:9f86", "4․3․1", "4.3.1; rm -rf /"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, c := ParseVersion(text), ParseConnector(text)
		trimmed := strings.TrimSpace(text)
		if v.Text != trimmed || c.Text != trimmed {
			t.Errorf("%q became %q, %q", text, v.Text, c.Text)
		}
		if v.Known() && (strings.Trim(v.Core(), "0123456789.") != "" || !strings.Contains(text, v.Core()) || v.Compare(v) != 0) {
			t.Errorf("%q has the core %q", text, v.Core())
		}
		if !v.Known() && (v.Core() != "" || v.AtLeast(AutoScaleSince) != Undecided) {
			t.Errorf("%q is unknown and decided", text)
		}
		if c.Known() && c.Compare(c) != 0 {
			t.Errorf("%q is not itself", text)
		}
	})
}
