package report

func versionFormats() []constructor[Document[Tool]] {
	return []constructor[Document[Tool]]{
		{"text", func(Options) Document[Tool] { return versionText{} }},
		{"json", func(o Options) Document[Tool] { return versionJSON{o.Tool} }},
	}
}

// VersionFormats are the names of the formats that version has.
func VersionFormats() []string { return names(versionFormats()) }

// NewVersion gives a format of version by its name, else a [*FormatError]. Its
// document has one piece.
func NewVersion(format string, o Options) (Document[Tool], error) {
	return construct(versionFormats(), format, o)
}

type versionText struct{}

func (versionText) Begin(buf []byte) []byte { return buf }

func (versionText) Append(buf []byte, t Tool) []byte {
	return append(buf, t.Name+" "+t.Version+"\n"...)
}

func (versionText) End(buf []byte) []byte { return buf }

type versionJSON struct{ tool Tool }

func (v versionJSON) Begin(buf []byte) []byte { return appendHead(buf, v.tool) }

func (versionJSON) Append(buf []byte, _ Tool) []byte { return buf }

func (versionJSON) End(buf []byte) []byte { return append(buf, "\n}\n"...) }
