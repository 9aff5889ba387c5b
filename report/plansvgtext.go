package report

import (
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
)

// emOf is how wide a letter of DejaVu Sans is, in hundredths of the font's size.
func emOf(r rune) int {
	switch {
	case strings.ContainsRune("ijl'|", r):
		return 30
	case strings.ContainsRune(" .,:;!/I", r):
		return 35
	case strings.ContainsRune("ftr()[]-\\\"", r):
		return 41
	case strings.ContainsRune("mMwWQ@%&", r):
		return 99
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return 63
	case r >= 'A' && r <= 'Z':
		return 71
	}
	return [...]int{0, 72, 105}[visible.RuneCells(r)]
}

// textWidth is how many pixels a text takes at a size, at most.
func textWidth(s string, size float64) int {
	em := 0
	for _, r := range s {
		em += emOf(r)
	}
	return int(float64(em)*size/100 + 0.999)
}

// fitText cuts a text to a width.
func fitText(s string, size float64, width int) string {
	s = visible.String(s)
	if textWidth(s, size) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && textWidth(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// wrapText breaks a text into lines of a width, at most so many: the last one
// is cut.
func wrapText(s string, size float64, width, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(visible.String(s)) {
		for _, part := range splitWord(word, size, width) {
			switch {
			case line == "":
				line = part
			case textWidth(line+" "+part, size) <= width:
				line += " " + part
			default:
				lines = append(lines, line)
				line = part
			}
		}
	}
	lines = append(lines, line)
	if len(lines) > most {
		rest := strings.Join(lines[most-1:], " ")
		lines = append(lines[:most-1], fitText(rest, size, width))
	}
	return lines
}

// splitWord breaks a word that is wider than a line.
func splitWord(word string, size float64, width int) []string {
	if textWidth(word, size) <= width {
		return []string{word}
	}
	var parts []string
	from, used := 0, 0
	limit := int(float64(width) * 100 / size)
	for i, r := range word {
		if w := emOf(r); used+w > limit && i > from {
			parts = append(parts, word[from:i])
			from, used = i, 0
		}
		used += emOf(r)
	}
	return append(parts, word[from:])
}
