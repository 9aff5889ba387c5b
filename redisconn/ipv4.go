package redisconn

import "strconv"

// parseIPv4 reads an address as .NET's IPAddress.TryParse does: one to four
// numbers between dots, each decimal, octal after 0 or hexadecimal after 0x;
// the last fills the bytes that are left, so 127.1 is 127.0.0.1 and 6379 is
// 0.0.24.235.
func parseIPv4(s string) (uint32, bool) {
	const limit = 1<<32 - 1
	var address uint64
	for part := 0; part < 4; part++ {
		n, rest, ok := ipv4Part(s)
		if !ok || n > limit {
			return 0, false
		}
		if rest == "" {
			left := 8 * (4 - part) // bits
			if n > limit>>(32-left) {
				return 0, false
			}
			return uint32(address<<left | n), true
		}
		if rest[0] != '.' || n > 255 {
			return 0, false
		}
		address = address<<8 | n
		s = rest[1:]
	}
	return 0, false
}

// ipv4Part reads the number at the start of s. Numbers over 32 bits come as
// some number over 32 bits.
func ipv4Part(s string) (n uint64, rest string, ok bool) {
	base, i := uint64(10), 0
	if s != "" && s[0] == '0' {
		base, i = 8, 1
		if len(s) > 1 && s[1]|0x20 == 'x' {
			base, i = 16, 2
		}
	}
	first := i
	for ; i < len(s); i++ {
		d := digit(s[i])
		if d >= base {
			break
		}
		if n < 1<<32 {
			n = n*base + d
		}
	}
	return n, s[i:], i > first || base == 8
}

// digit returns the value of a hexadecimal digit, 99 for any other byte.
func digit(c byte) uint64 {
	switch {
	case c >= '0' && c <= '9':
		return uint64(c - '0')
	case c >= 'a' && c <= 'f':
		return uint64(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return uint64(c-'A') + 10
	}
	return 99
}

func formatIPv4(a uint32) string {
	return string(appendIPv4(make([]byte, 0, 15), a))
}

func appendIPv4(b []byte, a uint32) []byte {
	for shift := 24; ; shift -= 8 {
		b = strconv.AppendUint(b, uint64(a>>shift&255), 10)
		if shift == 0 {
			return b
		}
		b = append(b, '.')
	}
}

// canonicalIPv4 reads the four decimal numbers that may end an IPv6 address.
// No number but the last may have a 0 before it, none two.
func canonicalIPv4(s string) (uint32, bool) {
	var address, n uint32
	dots, digits, zero := 0, 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits == 0 && c == '0' {
				if i+1 < len(s) && s[i+1] == '0' {
					return 0, false
				}
				zero = true
			}
			digits++
			if n = n*10 + uint32(c-'0'); n > 255 {
				return 0, false
			}
		case c == '.':
			if digits == 0 || n > 0 && zero {
				return 0, false
			}
			address, n = address<<8|n, 0
			dots++
			digits, zero = 0, false
		default:
			return 0, false
		}
	}
	return address<<8 | n, dots == 3 && digits > 0
}
