package redisconn

import (
	"math"
	"strconv"
	"strings"
)

// trim narrows a span by the blanks that .NET's string.Trim takes away; they
// are those of Unicode's White_Space, as in Go.
func trim(input string, s Span) Span {
	t := input[s.Start:s.End]
	left := strings.TrimLeftFunc(t, isSpace)
	s.Start += len(t) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, isSpace))
	return s
}

func isSpace(r rune) bool {
	switch {
	case r == ' ', r >= '\t' && r <= '\r':
		return true
	case r < 0x85:
		return false
	case r == 0x85, r == 0xA0, r == 0x1680, r >= 0x2000 && r <= 0x200A,
		r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// parseBool reads a boolean as the client does: true and false as bool.TryParse
// takes them, with blanks and NUL around, and 1, 0, yes, no, on, off.
func parseBool(s string) (value, ok bool) {
	switch t := strings.TrimFunc(s, func(r rune) bool { return r == 0 || isSpace(r) }); {
	case equalFold("true", t):
		return true, true
	case equalFold("false", t):
		return false, true
	}
	switch {
	case s == "1", equalFold("yes", s), equalFold("on", s):
		return true, true
	case s == "0", equalFold("no", s), equalFold("off", s):
		return false, true
	}
	return false, false
}

// parseInt32 reads an integer as int.TryParse with NumberStyles.Integer and the
// invariant culture: ASCII blanks around, a sign, digits, trailing NULs.
func parseInt32(s string) (int, bool) {
	isBlank := func(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
	i := 0
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	negative := false
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		negative = s[i] == '-'
		i++
	}
	first, n := i, int64(0)
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if n = n*10 + int64(s[i]-'0'); n > math.MaxInt32+1 {
			n = math.MaxInt32 + 2 // too large, whatever follows
		}
	}
	if i == first {
		return 0, false
	}
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	for i < len(s) && s[i] == 0 {
		i++
	}
	if negative {
		n = -n
	}
	if i < len(s) || n > math.MaxInt32 || n < math.MinInt32 {
		return 0, false
	}
	return int(n), true
}

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
	return fixed(argumentOutOfRange, "major ('"+strconv.Itoa(n)+"') must be a non-negative value."+parameter("major"))
}
