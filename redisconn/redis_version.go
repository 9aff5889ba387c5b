package redisconn

import (
	"strconv"
	"strings"
)

// parseRedisVersion reads the version of the server as System.Version.TryParse
// does, two to four numbers, and writes it as .NET prints it. Since 2.7 the
// client takes a number alone as well, and .NET throws where it is negative.
func parseRedisVersion(client Version, s string) (string, *fault) {
	parts := strings.Split(s, ".")
	if len(parts) == 1 && client.since(resp3) {
		if n, ok := parseInt32(s); ok {
			if n < 0 {
				return "", negativeVersion(n)
			}
			return strconv.Itoa(n) + ".0", nil
		}
	}
	if len(parts) < 2 || len(parts) > 4 {
		return "", badValue("a version value")
	}
	for i, p := range parts {
		n, ok := parseInt32(p)
		if !ok || n < 0 {
			return "", badValue("a version value")
		}
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, "."), nil
}

func negativeVersion(n int) *fault {
	return fixed(argumentOutOfRange, "major ('"+itoa(n)+"') must be a non-negative value."+parameter("major"))
}
