package schema

import "testing"

func TestVersionAtLeast(t *testing.T) {
	for _, c := range []struct {
		text, bound string
		want        Decision
	}{
		{"4.3.1", "4.3.1", Satisfied},
		{"v4.3.1", "4.3.1", Satisfied},
		{" V4.3.1.0\n", "4.3.1", Satisfied},
		{"4.3.10", "4.3.9", Satisfied},
		{"4.10.0", "4.9.9", Satisfied},
		{"5", "4.3.1", Satisfied},
		{"5.0.0.157-alpha-cd3479bd86", "4.3.1", Satisfied},
		{"4.4.4.28+8c9912b045", "4.3.1", Satisfied},
		{"4.3.1-alpha", "4.3.1", Undecided},
		{"4.3.1.0-RC.1", "4.3.1", Undecided},
		{"4.3.1-beta2+sha", "4.3.1", Undecided},
		{"4.3.1-dev-pr-5170", "4.3.1", Undecided},
		{"4.3.1.5-alpha", "4.3.1", Satisfied},
		{"4.3.0-alpha", "4.3.1", NotSatisfied},
		{"4.3.1-bookworm-slim-python3.12", "4.3.1", Satisfied},
		{"4.3.1-alpine3.21", "4.3.1", Satisfied},
		{"4.3.1+alpha", "4.3.1", Satisfied},
		{"4.3.1+sha-alpha", "4.3.1", Satisfied},
		{"4.3.0.9999", "4.3.1", NotSatisfied},
		{"4.2", "4.3.1", NotSatisfied},
		{"04.2", "4.3.1", NotSatisfied},
		{"3", "4.3.1", NotSatisfied},
		{"4", "4.3.1", Undecided},
		{"04", "4.3.1", Undecided},
		{"4.3", "4.3.1", Undecided},
		{"4.3", "4.3.0", Satisfied},
		{"latest", "4.3.1", Undecided},
		{"", "4.3.1", Undecided},
		{"4..1", "4.3.1", Undecided},
		{"4.3.1.", "4.3.1", Undecided},
		{"4,3,1", "4.3.1", Undecided},
		{"0x4.3.1", "4.3.1", Undecided},
		{"4.3.1.2.3", "4.3.1", Undecided},
		{"99999999999999999999.0.0", "4.3.1", Undecided},
		{"4.3.1", "99999999999999999999.0", Undecided},
		{"4.3.1", "latest", Undecided},
	} {
		if got := ParseVersion(c.text).AtLeast(c.bound); got != c.want {
			t.Errorf("%q at least %q is %d, want %d", c.text, c.bound, got, c.want)
		}
	}
}

func TestVersionCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"4.3.1", "4.3.1.0-alpha", 0}, {"4.3.9", "4.3.10", -1}, {"4.10", "4.3", 1}, {"4.4.0.9", "4.4.0.10", -1}, {"4.4.0.1", "4.4", 1}, {"latest", "4.3", 0}, {"4.3", "", 0},
	} {
		if got := ParseVersion(c.a).Compare(ParseVersion(c.b)); got != c.want {
			t.Errorf("%q against %q is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSameRelease(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"4.4.4", "v4.4.4.28+sha", true}, {"4.4", "4.4.0.1", true}, {"4.4.4.28", "4.4.5.28", false}, {"4.4.4", "latest", false}, {"", "", false},
	} {
		if got := ParseVersion(c.a).SameRelease(ParseVersion(c.b)); got != c.want {
			t.Errorf("%q and %q of one release: %t", c.a, c.b, got)
		}
	}
}

func TestVersionAtLeastAllocatesNothing(t *testing.T) {
	old := ParseVersion("4.2.3")
	if n := testing.AllocsPerRun(100, func() { old.AtLeast("4.3.1") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
