package migrate

import (
	"fmt"
	"strings"
	"testing"
)

func TestLiteral(t *testing.T) {
	for _, bad := range []string{"", " ", "-", "<redis connection string>", "your-redis:6379", "<host>:6379,password=x", "cache01:6379,your-cache:6379", "h:1\n", "h:1\x00", "h:1,password=\xff"} {
		if c, err := Literal(bad, "--redis"); err == nil || !c.IsZero() || strings.Contains(err.Error(), "password=\xff") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := Literal("h:1,\tname=x", "--redis"); err == nil || !strings.Contains(err.Error(), "tab") {
		t.Errorf("a tab: %v", err)
	}
	if _, err := Literal("cache01:6379,foo=1", "--redis"); err != nil {
		t.Errorf("what the client throws on is for Prepare to judge: %v", err)
	}
	c := redis(t, redisText)
	text, _ := c.MarshalText()
	if shown := fmt.Sprintf("%v %+v %#v %s %q %x", c, c, c, c, c, c) + string(text); strings.Contains(shown, "EXAMPLE") {
		t.Errorf("it shows its secret: %s", shown)
	}
}
