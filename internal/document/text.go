package document

// Encoding is how the bytes of a file stand for text.
type Encoding uint8

// The encodings that .NET's readers tell apart.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	UTF32LE
	UTF32BE
	Windows1252
	Latin1
)

// Text is a file decoded to UTF-8. Spans of documents are offsets into Bytes;
// [Text.Raw] offsets differ where the file has a byte order mark or is not
// UTF-8.
type Text struct {
	Name       string   // how the file is called in messages
	Raw        []byte   // the file as it is on disk; never changed
	Bytes      []byte   // the text as UTF-8 without byte order mark; shares memory with Raw where it can
	Encoding   Encoding // of Raw
	BOM        int      // length of the byte order mark in Raw, in bytes
	crEndsLine bool     // XML: a lone CR ends a line
}
