package protectedconfig

import "testing"

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"a b":                        "a b",
		"&lt;&gt;&amp;&quot;a&apos;": "<>&\"a'",
		"&#65;&#x41;&#x1F600;b":      "AA\U0001F600b",
	} {
		if got, ok := unescape([]byte(text)); !ok || got != want {
			t.Errorf("%s: got %q, %t", text, got, ok)
		}
	}
	for _, text := range []string{"&", "a&b", "&;", "&nbsp;", "&LT;", "&#;", "&#x;", "&#0;", "&#xD800;", "&#x110000;", "&#-1;", "&#99999999999;", "&# 1;", "&lt", "&#1_0;"} {
		if got, ok := unescape([]byte(text)); ok {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

func TestQuote(t *testing.T) {
	if got := quote("a\n\u00e9"); got != `"a\n\u00e9"` {
		t.Errorf("got %s", got)
	}
}
