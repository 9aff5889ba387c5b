package migrate

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf16"
)

// made is a file that was made up, and what an application sees in it.
type made struct {
	raw      []byte
	settings map[string]string // by path, as the file spells it
	encoding string
	eol      string
	comments int
}

// maker makes files up: the same settings written in every way.
type maker struct {
	*rand.Rand
	b        strings.Builder
	eol      string
	indent   string // one level; "" is a file on one line
	space    string // behind a colon, and inside braces on one line
	comments int    // one in so many places; 0 is none
	made     made
}

func newMaker(seed uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 1))}
	m.eol = pick(m, "\n", "\r\n", "\n", "\r\n")
	m.indent = pick(m, "  ", "    ", "\t", "  ", "")
	m.space = pick(m, " ", " ", "")
	m.comments = pick(m, 0, 0, 2, 5)
	m.made.settings = map[string]string{}
	m.made.eol = m.eol
	return m
}

func pick[T any](m *maker, all ...T) T { return all[m.IntN(len(all))] }

// chance is true once in n times.
func (m *maker) chance(n int) bool { return m.IntN(n) == 0 }

// remarks are what comments say: nothing that looks like a secret.
func (m *maker) remark() string {
	return pick(m, "set by hand", "Ünïcode ☃ und so", "see the runbook", "was off until May", "{ not \"json\" }", "a < b & c > d")
}

// line begins a line at a depth, or nothing in a file on one line.
func (m *maker) line(depth int) {
	if m.indent == "" {
		m.b.WriteString(m.space)
		return
	}
	m.b.WriteString(m.eol + strings.Repeat(m.indent, depth))
}

// finish encodes the text.
func (m *maker) finish() made {
	text := m.b.String()
	switch m.made.encoding = pick(m, "", "", "", "bom", "16"); m.made.encoding {
	case "bom":
		m.made.raw = append([]byte("\xEF\xBB\xBF"), text...)
	case "16":
		m.made.raw = encode16(text, pick(m, "le", "be"))
	default:
		m.made.raw = []byte(text)
	}
	return m.made
}

func encode16(text, kind string) []byte {
	var order binary.AppendByteOrder = binary.LittleEndian
	if kind == "be" {
		order = binary.BigEndian
	}
	out := order.AppendUint16(nil, 0xFEFF)
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// decode is the text of a made file, by other code than the project's.
func decode(raw []byte) string {
	var order binary.ByteOrder
	switch {
	case strings.HasPrefix(string(raw), "\xFF\xFE"):
		order = binary.LittleEndian
	case strings.HasPrefix(string(raw), "\xFE\xFF"):
		order = binary.BigEndian
	default:
		return strings.TrimPrefix(string(raw), "\xEF\xBB\xBF")
	}
	var units []uint16
	for i := 2; i+1 < len(raw); i += 2 {
		units = append(units, order.Uint16(raw[i:]))
	}
	return string(utf16.Decode(units))
}

// node is a value of a made JSON file: members, or a literal.
type node struct {
	key     string
	literal string
	value   string // what an application gets
	members []node
	list    bool
}

// jsonFile makes an appsettings.json up.
func jsonFile(seed uint64) made {
	m := newMaker(seed)
	root := node{members: m.filler(2)}
	switch m.IntN(8) {
	case 0: // no section at all
	case 1: // keys with colons
		root.members = append(root.members, node{key: "xmpro:" + m.cased("autoScale"), members: m.autoScale()})
	case 2:
		root.members = append(root.members, node{key: "xmpro:autoScale:enabled", literal: "false", value: "False"})
	default:
		section := node{key: m.cased("xmpro"), members: append([]node{{key: "appDesigner", members: m.filler(2)}}, m.filler(1)...)}
		switch m.IntN(6) {
		case 0:
		case 1:
			section.members = append(section.members, node{key: "autoScale", literal: "{}"})
		case 2:
			section.members = append(section.members, node{key: "autoScale", literal: "null"})
		default:
			section.members = append(section.members, node{key: m.cased("autoScale"), members: m.autoScale()})
		}
		if m.chance(2) {
			section.members = append(section.members, node{key: "healthChecks", members: m.filler(1)})
		}
		root.members = append(root.members, section)
	}
	if m.chance(2) {
		root.members = append(root.members, m.filler(1)...)
	}
	m.skip()
	m.value(&root, 0, "")
	if m.chance(2) {
		m.skip()
	}
	if m.chance(2) && m.indent != "" {
		m.b.WriteString(m.eol)
	}
	return m.finish()
}

// cased spells a name, now and then in another casing.
func (m *maker) cased(name string) string {
	switch m.IntN(8) {
	case 0:
		return strings.ToLower(name)
	case 1:
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

func (m *maker) autoScale() []node {
	var all []node
	if !m.chance(4) {
		all = append(all, pick(m, node{literal: "false", value: "False"}, node{literal: `"false"`, value: "false"}, node{literal: `"False"`, value: "False"},
			node{literal: "true", value: "True"}, node{literal: "null"}, node{literal: `"yes"`, value: "yes"}))
		all[0].key = m.cased("enabled")
	}
	if !m.chance(4) {
		c := pick(m, node{literal: `""`}, node{literal: `"-"`, value: "-"}, node{literal: "null"},
			node{literal: `"old:6379\u002cabortConnect=False"`, value: "old:6379,abortConnect=False"})
		c.key = m.cased("connectionString")
		all = append(all, c)
	}
	if m.chance(3) {
		all = append(all, node{key: "note", literal: `"☃ \"quoted\""`, value: `☃ "quoted"`})
	}
	m.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// filler are settings that nobody is interested in.
func (m *maker) filler(depth int) []node {
	var all []node
	for i := range 1 + m.IntN(3) {
		n := node{key: fmt.Sprintf("%s%d", pick(m, "alpha", "Beta", "ga mma", "ünï"), i*100+m.IntN(100))}
		switch kind := m.IntN(7); {
		case kind == 0 && depth > 0:
			n.members = m.filler(depth - 1)
		case kind == 1 && depth > 0:
			n.list, n.members = true, m.filler(0)
		case kind == 2:
			n.literal, n.value = "1.50", "1.50"
		case kind == 3:
			n.literal, n.value = `"C:\\inetpub\\☃ // no comment"`, `C:\inetpub\☃ // no comment`
		case kind == 4:
			n.literal, n.value = "true", "True"
		default:
			n.literal, n.value = `"x"`, "x"
		}
		all = append(all, n)
	}
	return all
}

// skip writes a comment, now and then.
func (m *maker) skip() {
	if m.comments == 0 || !m.chance(m.comments) {
		return
	}
	m.made.comments++
	if m.indent != "" && m.chance(2) {
		m.b.WriteString("// " + m.remark() + m.eol)
		return
	}
	m.b.WriteString("/* " + m.remark() + " */")
}

func (m *maker) value(n *node, depth int, path string) {
	if n.literal != "" {
		m.b.WriteString(n.literal)
		if n.literal != "{}" {
			m.made.settings[path] = n.value
		}
		return
	}
	brackets := "{}"
	if n.list {
		brackets = "[]"
	}
	m.b.WriteByte(brackets[0])
	flat := m.indent != "" && depth > 0 && m.chance(5) // on one line
	for i := range n.members {
		c := &n.members[i]
		if i > 0 {
			m.b.WriteByte(',')
			m.skip()
		}
		if flat {
			m.b.WriteString(m.space)
		} else {
			m.line(depth + 1)
		}
		m.skip()
		at := c.key
		if n.list {
			at = fmt.Sprint(i)
		} else {
			m.b.WriteString(`"` + c.key + `":` + m.space)
		}
		if path != "" {
			at = path + ":" + at
		}
		m.value(c, depth+1, at)
		if m.chance(4) {
			m.skip()
		}
	}
	if len(n.members) > 0 && m.chance(6) {
		m.b.WriteByte(',')
	}
	if flat {
		m.b.WriteString(m.space)
	} else if len(n.members) > 0 {
		m.line(depth)
	}
	m.b.WriteByte(brackets[1])
}
