package rules

import (
	"strings"
	"testing"
)

// TestRedisHints says what was probably meant, where the client only says what
// it does not understand.
func TestRedisHints(t *testing.T) {
	for text, want := range map[string]string{
		"cache01:6379;password=x":      "XM3001 write commas between the options",
		"cache01:6379;ssl":             "XM3002 write commas between the options",
		`\"cache01:6379\",ssl=False`:   "XM3002 take the quotation marks out: the client knows none",
		"cache01:port,ssl=False":       "XM3002 write host:port, with a number as port",
		"cache01:6379,nonsense=x":      "XM3001 correct the connection string",
		"cache01:6379,pasword=x;ssl=1": "XM3001 write password for pasword",
	} {
		var got []string
		for _, f := range findings(t, redisExample(text), redisSyntax(), redisEndpointDropped()) {
			got = append(got, f.Rule.ID+" "+f.Do)
		}
		if all := strings.Join(got, "|"); all != want {
			t.Errorf("%s: %s, want %s", text, all, want)
		}
	}
}
