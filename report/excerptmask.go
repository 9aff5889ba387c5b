package report

import (
	"bytes"
	"sort"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// patchesOf says what to replace in the bytes [start, end) of a file so that
// they can be shown. Where the file was understood its nodes say what is a
// secret; where it was not, everything is one that is not plainly structure.
func patchesOf(f *deployment.File, start, end int32) []patch {
	switch {
	case f.JSON != nil && len(f.JSON.Nodes) > 0:
		return jsonPatches(f.JSON, start, end)
	case f.XML != nil && f.Err == nil && len(f.XML.Nodes) > 0:
		return xmlPatches(f.XML, start, end)
	case f.Role == deployment.RoleManifest:
		return yamlPatches(f.Text.Bytes, start, end)
	}
	return structurePatches(f, start, end)
}

// jsonPatches masks values by their paths, and comments.
func jsonPatches(d *document.JSON, start, end int32) []patch {
	patches := commentPatches(d.Bytes, d.Comments, start, end)
	first := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].Value.Start >= start })
	for i := max(first-1, 0); i < len(d.Nodes) && d.Nodes[i].Value.Start < end; i++ {
		n := &d.Nodes[i]
		id := document.NodeID(i)
		if n.Value.End <= start || !d.IsLeaf(id) {
			continue
		}
		value, _ := d.Str(id)
		if n.Kind != document.String {
			if value != "" && isSecret(d.Path(id)) {
				patches = append(patches, patch{n.Value.Start, n.Value.End, schema.Mask})
			}
			continue
		}
		inner := document.Span{Start: n.Value.Start + 1, End: n.Value.End - 1}
		patches = maskSpan(patches, d.Bytes, inner, d.Path(id), value)
	}
	return patches
}

// xmlPatches masks attributes by their paths, and text and comments whole.
func xmlPatches(d *document.XML, start, end int32) []patch {
	patches := commentPatches(d.Bytes, d.Comments, start, end)
	if overlaps(d.Doctype, start, end) {
		patches = append(patches, patch{d.Doctype.Start, d.Doctype.End, "<!DOCTYPE …>"})
	}
	first := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].StartTag.Start >= start })
	for i := max(first-1, 0); i < len(d.Nodes) && d.Nodes[i].StartTag.Start < end; i++ {
		n := &d.Nodes[i]
		id := document.NodeID(i)
		if !overlaps(n.StartTag, start, end) {
			continue
		}
		if n.Kind == document.Element {
			patches = attributePatches(patches, d, id, start, end)
			continue
		}
		// Settings stand in attributes. Text may be anything: a cipher value, a
		// password, a comment that lost its marks.
		patches = append(patches, patch{n.StartTag.Start, n.StartTag.End, schema.Mask})
	}
	return patches
}

func attributePatches(patches []patch, d *document.XML, id document.NodeID, start, end int32) []patch {
	n := &d.Nodes[id]
	// <add key="..." value="..."/> and its kind: the key names the value.
	named, ok := d.Attr(id, "key")
	if !ok {
		named, ok = d.Attr(id, "name")
	}
	for a := n.AttrFrom; a < n.AttrTo; a++ {
		span := d.Attrs[a].Value
		if !overlaps(span, start, end) {
			continue
		}
		name := d.AttrName(a)
		path := d.Path(id) + "/" + name
		if ok && (name == "value" || name != "key" && name != "name" && isSecret(named)) {
			path = named
		}
		inner := document.Span{Start: span.Start + 1, End: span.End - 1}
		if strings.EqualFold(name, "validationKey") || strings.EqualFold(name, "decryptionKey") {
			patches = append(patches, patch{inner.Start, inner.End, schema.Mask})
			continue
		}
		patches = maskSpan(patches, d.Bytes, inner, path, d.AttrValue(a))
	}
	return patches
}

// maskSpan masks a value where its path or its content asks for it. inner is
// the span of the value as written, without quotes.
func maskSpan(patches []patch, text []byte, inner document.Span, path, value string) []patch {
	masked := maskValue(path, value)
	if masked == value {
		return patches
	}
	if raw := text[inner.Start:inner.End]; string(raw) == value && masked != schema.Mask {
		if parts, ok := maskedParts(value, masked); ok {
			for _, p := range parts {
				patches = append(patches, patch{inner.Start + p.start, inner.Start + p.end, p.text})
			}
			return patches
		}
	}
	return append(patches, patch{inner.Start, inner.End, masked})
}

// maskValue is deployment.Mask, and careful where a fault may hide what a value
// is: everything below a secret's name is secret, and every string near Auto
// Scale is read as a Redis connection string, also under a misspelt key.
func maskValue(path, value string) string {
	switch {
	case value == "":
		return ""
	case isSecret(path):
		return schema.Mask
	case strings.Contains(strings.ToLower(path), "autoscale"):
		value = deployment.Mask(schema.Connection, value)
	}
	return deployment.Mask(path, value)
}

// isSecret tells whether a setting or one that it lies in is a secret.
func isSecret(path string) bool {
	for {
		if schema.IsSecret(path) {
			return true
		}
		i := strings.LastIndexAny(path, ":/")
		if i < 0 {
			return false
		}
		path = path[:i]
	}
}

// maskedParts finds the parts of a value that are masked, where masked is the
// value with some of its parts replaced; false where that cannot be told.
func maskedParts(value, masked string) ([]patch, bool) {
	kept := strings.Split(masked, schema.Mask)
	last := len(kept) - 1
	if last == 0 || !strings.HasPrefix(value, kept[0]) || !strings.HasSuffix(value, kept[last]) {
		return nil, false
	}
	end := len(value) - len(kept[last])
	at := len(kept[0])
	var parts []patch
	for i := 1; i <= last; i++ {
		next := end
		if i < last {
			j := strings.Index(value[min(at, end):end], kept[i])
			if j < 0 || kept[i] == "" {
				return nil, false
			}
			next = at + j
		}
		if next < at {
			return nil, false
		}
		parts = append(parts, patch{int32(at), int32(next), schema.Mask})
		at = next + len(kept[i])
	}
	return parts, true
}

// commentPatches hides what comments say: nothing tells whether an old
// password stands there. A directive to xmlint is shown.
func commentPatches(text []byte, comments []document.Span, start, end int32) []patch {
	var patches []patch
	first := sort.Search(len(comments), func(i int) bool { return comments[i].End > start })
	for _, c := range comments[first:] {
		if c.Start >= end {
			break
		}
		comment := text[c.Start:c.End]
		open, close := "// …", ""
		switch {
		case bytes.HasPrefix(comment, []byte("<!--")):
			open, close = "<!-- … -->", "-->"
		case bytes.HasPrefix(comment, []byte("/*")):
			open, close = "/* … */", "*/"
		}
		body := strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(string(comment), "/<!-*"), close))
		if strings.HasPrefix(body, "xmlint:") {
			patches = maskSpan(patches, text, c, "", string(comment))
			continue
		}
		patches = append(patches, patch{c.Start, c.End, open})
	}
	return patches
}

func overlaps(s document.Span, start, end int32) bool { return s.Start < end && s.End > start }
