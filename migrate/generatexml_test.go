package migrate

import (
	"fmt"
	"strings"
)

// webFile makes a web.config of Subscription Manager up.
func webFile(seed uint64) made {
	m := newMaker(seed)
	w := &webMaker{maker: m, quote: pick(m, `"`, `"`, `'`), close: pick(m, " />", "/>"), wrap: m.indent != "" && m.chance(4)}
	decl := `<?xml version="1.0" encoding="utf-8"?>`
	wide := m.chance(5)
	if wide {
		decl = `<?xml version="1.0" encoding="utf-16"?>`
	}
	if wide || !m.chance(4) {
		m.b.WriteString(decl)
		if m.indent != "" {
			m.b.WriteString(m.eol)
		}
	}
	m.b.WriteString("<configuration>")
	w.open(1, "configSections")
	w.empty(2, "", "section", "name", "xmpro", "type", "T, A")
	w.end(1, "configSections")
	w.section(1)
	if m.chance(2) {
		w.open(1, "appSettings")
		w.empty(2, "", "add", "key", "serilog:minimum-level", "value", "Warning")
		m.made.settings["appSettings:serilog:minimum-level"] = "Warning"
		if m.chance(3) {
			w.empty(2, "", "add", "key", "xmpro__autoScale__enabled", "value", "false")
			m.made.settings["appSettings:xmpro__autoScale__enabled"] = "false"
		}
		w.end(1, "appSettings")
	}
	w.remark(1)
	m.line(0)
	m.b.WriteString("</configuration>")
	if m.chance(2) && m.indent != "" {
		m.b.WriteString(m.eol)
	}
	m.made.settings["configSections:section:name"] = "xmpro"
	m.made.settings["configSections:section:type"] = "T, A"
	text := m.b.String()
	if wide {
		m.made.encoding, m.made.raw = "16", encode16(text, pick(m, "le", "be"))
		return m.made
	}
	if m.chance(4) {
		m.made.encoding, text = "bom", "\xEF\xBB\xBF"+text
	}
	m.made.raw = []byte(text)
	return m.made
}

type webMaker struct {
	*maker
	quote, close string
	wrap         bool // attributes go over several lines
}

// section makes <xmpro> up, with or without its parts.
func (w *webMaker) section(depth int) {
	w.remark(depth)
	w.open(depth, "xmpro")
	if !w.chance(5) {
		w.open(depth+1, "xmidentity")
		w.empty(depth+2, "xmpro:xmidentity", "data", "connectionString", `a&amp;b "x"'y`)
		w.empty(depth+2, "xmpro:xmidentity", "server", "baseUrl", "https://sm", "serverUUID", "u", "enableLogging", "false")
		w.end(depth+1, "xmidentity")
	}
	w.remark(depth + 1)
	if !w.chance(3) {
		w.autoScale(depth + 1)
	}
	if !w.chance(4) {
		w.empty(depth+1, "xmpro", "xmsettings", "adminRole", "Administrator")
	}
	w.remark(depth + 1)
	if w.chance(2) {
		w.empty(depth+1, "xmpro", "xmcryptography", "note", "☃")
	}
	w.end(depth, "xmpro")
}

func (w *webMaker) autoScale(depth int) {
	var attrs []string
	if !w.chance(4) {
		attrs = append(attrs, "enabled", pick(w.maker, "false", "False", "true", "yes"))
	}
	if !w.chance(4) {
		attrs = append(attrs, "connectionString", pick(w.maker, "", "-", "old:6379,abortConnect=False"))
	}
	if len(attrs) == 4 && w.chance(3) {
		attrs = []string{attrs[2], attrs[3], attrs[0], attrs[1]}
	}
	w.empty(depth, "xmpro", "autoScale", attrs...)
}

func (w *webMaker) remark(depth int) {
	if w.comments == 0 || !w.chance(w.comments) {
		return
	}
	w.made.comments++
	w.line(depth)
	w.b.WriteString("<!-- " + w.maker.remark() + " -->")
}

func (w *webMaker) open(depth int, name string) {
	w.line(depth)
	w.b.WriteString("<" + name + ">")
	if w.comments > 0 && w.chance(3*w.comments) {
		w.made.comments++
		w.b.WriteString("<!-- " + w.maker.remark() + " -->")
	}
}

func (w *webMaker) end(depth int, name string) {
	w.line(depth)
	w.b.WriteString("</" + name + ">")
}

// empty writes an element without content; attrs are names and values, the
// values as they mean. Where path is set its settings are remembered.
func (w *webMaker) empty(depth int, path, name string, attrs ...string) {
	w.line(depth)
	w.b.WriteString("<" + name)
	for i := 0; i < len(attrs); i += 2 {
		gap := " "
		if w.wrap && i > 0 {
			gap = w.eol + strings.Repeat(w.indent, depth+1)
		}
		value := strings.NewReplacer("&", "&amp;", "<", "&lt;", w.quote, "&#34;").Replace(attrs[i+1])
		if w.quote == "'" {
			value = strings.ReplaceAll(value, "&#34;", "&#39;")
		}
		fmt.Fprintf(&w.b, "%s%s=%s%s%s", gap, attrs[i], w.quote, value, w.quote)
		if path != "" {
			w.made.settings[path+":"+name+":"+attrs[i]] = attrs[i+1]
		}
	}
	if w.chance(6) {
		w.b.WriteString("></" + name + ">")
		return
	}
	w.b.WriteString(w.close)
}
