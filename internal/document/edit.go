package document

// Edit replaces the bytes [Start, End) of a file by New. Offsets are into
// [Text.Raw]: an edit is made by a document, in the file's own encoding, and
// needs nothing but the file's bytes to be carried out.
type Edit struct {
	Start, End int
	New        []byte
}

// QuoteJSON stub.
func QuoteJSON(s string) string { return `"` + s + `"` }
