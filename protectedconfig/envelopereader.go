package protectedconfig

import "strings"

// envelopeReader walks one section. Elements are known by their path below the
// section, each step a namespace's letter and a local name.
type envelopeReader struct {
	*envelope
	scan  *scanner
	paths []string         // of the open elements
	text  *strings.Builder // collects a KeyName
}

// The paths that mean something. Below any other nothing does.
const (
	inData         = "/e:EncryptedData"
	inDataMethod   = inData + "/e:EncryptionMethod"
	inDataInfo     = inData + "/d:KeyInfo"
	inDataName     = inDataInfo + "/d:KeyName"
	inDataElse     = inDataInfo + "/d:RetrievalMethod"
	inDataCipher   = inData + "/e:CipherData"
	inDataValue    = inDataCipher + "/e:CipherValue"
	inDataRef      = inDataCipher + "/e:CipherReference"
	inKey          = inDataInfo + "/e:EncryptedKey"
	inKeyMethod    = inKey + "/e:EncryptionMethod"
	inKeyInfo      = inKey + "/d:KeyInfo"
	inKeyName      = inKeyInfo + "/d:KeyName"
	inKeyElse      = inKeyInfo + "/d:RetrievalMethod"
	inKeyCipher    = inKey + "/e:CipherData"
	inKeyValue     = inKeyCipher + "/e:CipherValue"
	inKeyRef       = inKeyCipher + "/e:CipherReference"
	inPlainData    = "/-:EncryptedData" // as the DPAPI provider writes it
	inPlainCipher  = inPlainData + "/-:CipherData"
	inPlainValue   = inPlainCipher + "/-:CipherValue"
	inUnknown      = "?"
	longestElement = len("EncryptionMethod")
)

// readEnvelope reads a section to its end, or as far as it is well-formed: what
// was seen until then is in the envelope also beside an error.
func readEnvelope(section []byte) (*envelope, error) {
	e := &envelope{extra: -1, reference: -1}
	scan, err := newScanner(section)
	if err != nil {
		return e, err
	}
	r := envelopeReader{envelope: e, scan: scan}
	for {
		t, err := scan.next()
		if err == nil {
			err = r.read(t)
		}
		if err != nil || t.kind == tokenDone {
			return e, err
		}
	}
}

func (r *envelopeReader) read(t token) error {
	switch t.kind {
	case tokenStart:
		if len(r.paths) == 0 {
			return r.root(t)
		}
		return r.start(t)
	case tokenEnd:
		r.end()
	case tokenText, tokenCDATA:
		return r.characters(t)
	}
	return nil
}

// root reads the section's own tag. Like .NET it takes an empty provider for none.
func (r *envelopeReader) root(t token) error {
	r.paths = append(r.paths, "")
	r.section = t.name.qualified
	provider, err := r.attribute(t, "configProtectionProvider")
	r.provider, r.hasProvider = provider, provider != ""
	return err
}

func (r *envelopeReader) start(t token) (err error) {
	path := step(r.paths[len(r.paths)-1], t.name)
	switch path {
	case inData, inPlainData:
		if r.encrypted+r.plainData == 0 {
			r.dataStart = t.span.start
		}
		if path == inData {
			r.encrypted++
		} else {
			r.plainData++
		}
	case inDataMethod:
		r.data.methods++
		r.data.algorithm, err = r.attribute(t, "Algorithm")
	case inKeyMethod:
		r.key.methods++
		r.key.algorithm, err = r.attribute(t, "Algorithm")
	case inDataValue, inPlainValue:
		r.data.ciphers++
	case inKeyValue:
		r.key.ciphers++
	case inKey:
		r.keys++
	case inDataName, inKeyName:
		r.text = new(strings.Builder)
	case inDataElse, inKeyElse:
		r.retrieval = true
	case inDataRef, inKeyRef:
		r.reference = t.span.start
	case inDataInfo, inDataCipher, inKeyInfo, inKeyCipher, inPlainCipher:
	default:
		if len(r.paths) == 1 {
			r.extra = t.span.start
		}
		path = inUnknown
	}
	r.paths = append(r.paths, path)
	return err
}

// step is the path of an element below another's.
func step(parent string, n name) string {
	if parent == inUnknown || len(n.local) > longestElement {
		return inUnknown
	}
	switch n.space {
	case encryptionSpace:
		return parent + "/e:" + n.local
	case signatureSpace:
		return parent + "/d:" + n.local
	case "":
		return parent + "/-:" + n.local
	}
	return inUnknown
}

func (r *envelopeReader) end() {
	switch r.paths[len(r.paths)-1] {
	case inDataName:
		r.data.name, r.text = r.text.String(), nil
		r.data.names++
	case inKeyName:
		r.key.name, r.text = r.text.String(), nil
		r.key.names++
	}
	r.paths = r.paths[:len(r.paths)-1]
}

func (r *envelopeReader) characters(t token) error {
	if len(r.paths) == 0 {
		return nil // blanks around the section
	}
	switch path := r.paths[len(r.paths)-1]; path {
	case "":
		if t.kind == tokenCDATA || !blank(r.scan.src[t.span.start:t.span.end]) {
			r.extra = t.span.start
		}
	case inDataValue, inPlainValue:
		r.data.cipher.add(t)
	case inKeyValue:
		r.key.cipher.add(t)
	case inDataName, inKeyName:
		text, ok := characterData(r.scan.src, t)
		if !ok {
			return r.scan.fail(t.span.start, "a reference that stands for nothing in a key's name")
		}
		r.text.WriteString(text)
	}
	return nil
}

// attribute is the value of a tag's attribute, empty where it has none.
func (r *envelopeReader) attribute(t token, name string) (string, error) {
	for _, a := range t.attrs {
		if a.name != name {
			continue
		}
		value, ok := unescape(r.scan.src[a.value.start:a.value.end])
		if !ok {
			return "", r.scan.fail(a.value.start, "a reference that stands for nothing in "+name)
		}
		return value, nil
	}
	return "", nil
}
