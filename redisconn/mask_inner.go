package redisconn

import "strings"

// credentials finds what stands before the @ of a URL. Texts that are no host
// names (bare is false) count only where they hold "://".
//
// Where there is no @, a port that is no number is taken for half a password: a
// comma in it ended the item.
func (m *masker) credentials(s Span, bare bool) Span {
	text := s.Of(m.input)
	scheme := strings.Index(text, "://")
	at := strings.LastIndexByte(text, '@')
	start := 0
	switch {
	case scheme >= 0:
		start = scheme + len("://")
	case !bare:
		return Span{}
	case strings.HasPrefix(text, "http:"): // a tunnel
		start = len("http:")
	case strings.HasPrefix(text, "="): // else the item would change its kind
		start = len("=")
	}
	if at >= start {
		return Span{s.Start + start, s.Start + at}
	}
	if scheme < 0 || at >= 0 {
		return Span{}
	}
	authority := text[start:]
	if i := strings.IndexAny(authority, "/?#;"); i >= 0 {
		authority = authority[:i]
	}
	if _, port, ok := strings.Cut(authority, ":"); ok && !strings.HasPrefix(authority, "[") && !allDigits(port) {
		return Span{s.Start + start, s.End}
	}
	return Span{}
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// inner finds a secret inside a text that is none as a whole: what follows
// "password=" or "password:", up to the end, for nobody knows where it ends.
// Before a colon stand host names too, so fewer words count there.
func (m *masker) inner(s Span) Span {
	text := s.Of(m.input)
	for i := 0; i < len(text); i++ {
		if text[i] != '=' && text[i] != ':' {
			continue
		}
		word := lastWord(text[:i])
		if secretWord(word) || text[i] == '=' && endsIn(word, "pass", "auth", "key", "credential", "credentials") {
			return trim(m.input, Span{s.Start + i + 1, s.End})
		}
	}
	return Span{}
}

// lastWord returns the letters and digits at the end of a text, blanks and
// quotes after them aside.
func lastWord(text string) string {
	text = strings.TrimRightFunc(text, func(r rune) bool { return isSpace(r) || r == '"' || r == '\'' })
	for i := len(text); i > 0; i-- {
		c := text[i-1] | 0x20
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return text[i:]
		}
	}
	return text
}

// secretWord reports whether a name is, ends in, or looks like a misspelt one
// for a password.
func secretWord(word string) bool {
	return endsIn(word, "password", "passwd", "passphrase", "pwd", "secret", "token", "accesskey") || nearPassword(word)
}

func endsIn(word string, ends ...string) bool {
	for _, end := range ends {
		if n := len(word) - len(end); n >= 0 && equalFold(end, word[n:]) {
			return true
		}
	}
	return false
}

// nearPassword reports whether a word is at most two edits away from password.
func nearPassword(word string) bool {
	const password = "password"
	if len(word) < len(password)-2 || len(word) > len(password)+2 {
		return false
	}
	var row [len(password) + 1]int
	for j := range row {
		row[j] = j
	}
	for i := 0; i < len(word); i++ {
		diagonal := row[0]
		row[0] = i + 1
		for j := 0; j < len(password); j++ {
			cost := 1
			if word[i]|0x20 == password[j] {
				cost = 0
			}
			next := min(row[j]+1, row[j+1]+1, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(password)] <= 2
}

// MaskHost returns Host with ***** for what may be a secret in it: the user and
// password of a URL.
func (e Endpoint) MaskHost() string {
	if e.Kind != DNS {
		return e.Host
	}
	m := masker{input: e.Host}
	all := Span{0, len(e.Host)}
	m.add(m.credentials(all, true))
	m.add(m.inner(all))
	return maskWithin(e.Host, all, m.spans)
}
