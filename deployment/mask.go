package deployment

import (
	"regexp"
	"strings"

	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// Mask gives a setting's value as outputs may show it: secrets are ***** .
// The path decides what is a secret; see [schema.IsSecret]. Of a connection
// string only the password parts are masked, and of a URL what stands before
// the @.
func Mask(path, value string) string {
	switch {
	case value == "":
		return ""
	case schema.IsSecret(path):
		return schema.Mask
	case isRedisPath(path):
		return redisconn.Mask(value)
	}
	return maskText(value)
}

func isRedisPath(path string) bool {
	p := strings.ToLower(path)
	return strings.HasSuffix(p, "autoscale:connectionstring") || strings.HasSuffix(p, "autoscale__connectionstring") ||
		strings.HasSuffix(p, "autoscale/connectionstring") || p == "redis.connection"
}

var (
	// passwordPart finds the secret parts of SQL, mail and other connection
	// strings: a value runs to the next semicolon, one in quotes to the next
	// behind them.
	passwordPart = regexp.MustCompile(`(?i)((?:password|pwd|secret|sharedkey|accountkey|sharedaccesskey|instrumentationkey|token)\s*=\s*)(?:"(?:[^"]|"")*"[^;]*|'(?:[^']|'')*'[^;]*|["'].*|[^;]*)`)
	userInfo     = regexp.MustCompile(`(://)[^/?#\s@"']*(?:@[^/?#\s@"']*)*@`)
)

func maskText(value string) string {
	if strings.IndexByte(value, '=') < 0 && !strings.Contains(value, "://") {
		return value
	}
	value = passwordPart.ReplaceAllString(value, "${1}"+schema.Mask)
	return userInfo.ReplaceAllString(value, "${1}"+schema.Mask+"@")
}
