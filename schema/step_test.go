package schema

import "testing"

func TestNodeStep(t *testing.T) {
	for _, c := range []struct {
		got, want string
	}{
		{NodeStep(StepConfigure, AppDesigner, ""), "configure/app-designer"},
		{NodeStep(StepVerify, SubscriptionManager, "sm-01"), "verify/subscription-manager@sm-01"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	for _, c := range []struct {
		id, step string
		want     bool
	}{
		{"configure/ai", "configure/ai", true},
		{"configure/ai@a@b", "configure/ai", true},
		{"configure/ai@a@b", "configure/ai@a@b", true},
		{"configure/ai@a", "configure/ai@b", false},
		{"configure/ai", "configure/ai@a", false},
		{"configure/aix", "configure/ai", false},
	} {
		if got := IsStep(c.id, c.step); got != c.want {
			t.Errorf("%s, %s: %v", c.id, c.step, got)
		}
	}
}
