package redisconn

import (
	"strconv"
	"strings"
)

type ipv6 [8]uint16

// parseIPv6 reads an address as .NET's IPAddress.TryParse does, perhaps in
// brackets and with a port behind them, which counts for nothing. The zone is
// what follows %.
func parseIPv6(s string) (a ipv6, zone string, ok bool) {
	if s != "" && s[0] == '[' {
		s, ok = cutBracket(s[1:])
		if !ok {
			return a, "", false
		}
	}
	if strings.IndexByte(s, ']') >= 0 {
		return a, "", false
	}
	s, zone, _ = strings.Cut(s, "%")
	if strings.IndexByte(zone, '/') >= 0 || strings.IndexByte(s, '/') >= 0 {
		return a, "", false
	}
	a, ok = ipv6Groups(s)
	return a, zone, ok
}

// cutBracket returns what stands before the closing bracket, where nothing or a
// port follows it.
func cutBracket(s string) (string, bool) {
	inside, port, closed := strings.Cut(s, "]")
	if !closed || port == "" {
		return inside, closed
	}
	if port[0] != ':' {
		return "", false
	}
	port = port[1:]
	base := uint64(10)
	if len(port) > 1 && port[0] == '0' && port[1]|0x20 == 'x' {
		base, port = 16, port[2:]
	}
	for i := 0; i < len(port); i++ {
		if digit(port[i]) >= base {
			return "", false
		}
	}
	return inside, true
}

// ipv6Groups reads up to eight groups of up to four hexadecimal digits, one
// run of zeros shortened to "::", the last two perhaps as an IPv4 address.
func ipv6Groups(s string) (ipv6, bool) {
	var head, tail ipv6 // before and after the "::"
	part, n, heads := &head, 0, 0
	shortened, number := false, true // a number is due
	if s == "" || s[0] == ':' && (len(s) < 2 || s[1] != ':') {
		return ipv6{}, false
	}
	for i := 0; i < len(s); {
		if s[i] == ':' {
			if i > 0 && s[i-1] == ':' {
				return ipv6{}, false
			}
			i++
			number = true
			if i < len(s) && s[i] == ':' {
				if shortened {
					return ipv6{}, false
				}
				i++
				shortened, number = true, false
				part, heads, n = &tail, n, 0
			}
			continue
		}
		first, value := i, uint64(0)
		for ; i < len(s) && digit(s[i]) < 16; i++ {
			value = value<<4 | digit(s[i])
		}
		if i < len(s) && s[i] == '.' {
			v4, ok := canonicalIPv4(s[first:])
			if !ok || heads+n > 6 {
				return ipv6{}, false
			}
			part[n], part[n+1] = uint16(v4>>16), uint16(v4)
			n, number = n+2, false
			break
		}
		if i == first || i-first > 4 || heads+n > 7 || i < len(s) && s[i] != ':' {
			return ipv6{}, false
		}
		part[n] = uint16(value)
		n, number = n+1, false
	}
	if number || !shortened && n != 8 || shortened && heads+n > 7 {
		return ipv6{}, false
	}
	if !shortened {
		return head, true
	}
	copy(head[8-n:], tail[:n])
	return head, true
}

// String returns the address as .NET prints it, without zone: as RFC 5952, and
// the last two groups as IPv4 in compatible, mapped, translated and ISATAP
// addresses.
func (a ipv6) String() string {
	b := make([]byte, 0, 46)
	if !a.holdsIPv4() {
		return string(appendGroups(b, a[:]))
	}
	b = appendGroups(b, a[:6])
	if b[len(b)-1] != ':' {
		b = append(b, ':')
	}
	return string(appendIPv4(b, uint32(a[6])<<16|uint32(a[7])))
}

func (a ipv6) holdsIPv4() bool {
	if a[0]|a[1]|a[2]|a[3] == 0 && a[6] != 0 {
		if a[4] == 0 && (a[5] == 0 || a[5] == 0xFFFF) || a[4] == 0xFFFF && a[5] == 0 {
			return true
		}
	}
	return a[4] == 0 && a[5] == 0x5EFE
}

// appendGroups writes the groups, the longest run of at least two zeros as "::".
func appendGroups(b []byte, groups []uint16) []byte {
	start, end := 0, 0
	for i := 0; i < len(groups); i++ {
		j := i
		for j < len(groups) && groups[j] == 0 {
			j++
		}
		if j-i > end-start {
			start, end = i, j
		}
		if j > i {
			i = j
		}
	}
	if end-start < 2 {
		start, end = -1, -1
	}
	for i := 0; i < len(groups); i++ {
		if i == start {
			b = append(b, "::"...)
			i = end - 1
			continue
		}
		if i > 0 && i != end {
			b = append(b, ':')
		}
		b = strconv.AppendUint(b, uint64(groups[i]), 16)
	}
	return b
}
