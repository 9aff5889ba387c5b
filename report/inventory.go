package report

import (
	"io"
	"strings"

	"github.com/xmlint/xmlint/deployment"
)

// The inventory of a large tree is a text of many megabytes that can only be
// written when the last finding has been. Until then it is kept on a tape:
// JSON in which the words that come again and again, and the deployment's
// root, are single bytes below blank. No such byte stands in JSON itself.

// word is a byte of the tape that stands for a word.
type word byte

const (
	tapeEnd  word = iota + 1 // ends the root that an entry begins with, and the entry
	tapeRoot                 // the root
	tapeOpen                 // the first of the words of tapeWords
	tapeRootMember
	tapeProducts
	tapeProduct
	tapeVersion
	tapeState
	tapePlain
	tapeEncrypted
	tapeInstances
	tapeNoInstances
	tapeNoFiles
	tapeFiles
	tapeBetween
	tapeJSON
	tapeXML
	tapeClose
	tapeLast
)

// tapeWords are the words, from tapeOpen on.
var tapeWords = [...]string{
	`{"name":"`,
	`","root":"`,
	`","products":[`,
	`{"name":"`,
	`","version":"`,
	`","auto_scale":"`,
	`","encrypted":false`,
	`","encrypted":true`,
	`,"instances":`,
	`,"instances":0`,
	`,"files":[]}`,
	`,"files":["`,
	`","`,
	`/appsettings.json`,
	`/web.config`,
	`"]}`,
	`]}`,
}

// entry is one deployment, being put on a tape.
type entry struct {
	tape []byte
	root string
}

func (e *entry) word(w word) { e.tape = append(e.tape, byte(w)) }

func (e *entry) text(s string) { e.tape = appendEscaped(e.tape, s) }

// path puts a path below the root, which stands for itself.
func (e *entry) path(s string) {
	if rest, ok := strings.CutPrefix(s, e.root+"/"); ok {
		e.word(tapeRoot)
		s = "/" + rest
	}
	for w := tapeJSON; w <= tapeXML; w++ {
		if rest, ok := strings.CutSuffix(s, tapeWords[w-tapeOpen]); ok {
			e.text(rest)
			e.word(w)
			return
		}
	}
	e.text(s)
}

// appendInventory appends a deployment as an entry of a tape.
func appendInventory(dst []byte, d *deployment.Deployment) []byte {
	e := entry{tape: dst, root: d.Root}
	e.text(d.Root)
	e.word(tapeEnd)
	e.word(tapeOpen)
	e.text(d.Name)
	e.word(tapeRootMember)
	e.word(tapeRoot)
	e.word(tapeProducts)
	for i, p := range d.Products {
		if i > 0 {
			e.tape = append(e.tape, ',')
		}
		e.product(p)
	}
	e.word(tapeLast)
	e.word(tapeEnd)
	return e.tape
}

func (e *entry) product(p *deployment.Product) {
	e.word(tapeProduct)
	e.text(string(p.ID))
	if v := p.Version(); v.Known() {
		e.word(tapeVersion)
		e.text(v.Text)
	}
	e.word(tapeState)
	e.text(p.State().String())
	if p.Encrypted() {
		e.word(tapeEncrypted)
	} else {
		e.word(tapePlain)
	}
	if p.Instances == 0 {
		e.word(tapeNoInstances)
	} else {
		e.word(tapeInstances)
		e.tape = appendInt(e.tape, p.Instances)
	}
	files := p.Files()
	if len(files) == 0 {
		e.word(tapeNoFiles)
		return
	}
	e.word(tapeFiles)
	for i, f := range files {
		if i > 0 {
			e.word(tapeBetween)
		}
		e.path(f.Path)
	}
	e.word(tapeClose)
}

// tape keeps entries in pieces of a fixed size: a slice that grows would be
// there twice.
type tape struct{ pieces [][]byte }

const pieceSize = 64 << 10

func (t *tape) add(entry []byte) {
	for len(entry) > 0 {
		last := len(t.pieces) - 1
		if last < 0 || len(t.pieces[last]) == pieceSize {
			t.pieces = append(t.pieces, make([]byte, 0, pieceSize))
			continue
		}
		n := min(len(entry), pieceSize-len(t.pieces[last]))
		t.pieces[last] = append(t.pieces[last], entry[:n]...)
		entry = entry[n:]
	}
}

// write writes the tape out as the elements of an array, one per line.
func (t *tape) write(w io.Writer) error {
	var buf, root []byte
	inRoot, first := true, true
	for _, piece := range t.pieces {
		for _, c := range piece {
			switch code := word(c); {
			case code == tapeEnd && inRoot:
				inRoot = false
				if !first {
					buf = append(buf, ',')
				}
				buf, first = append(buf, '\n'), false
			case code == tapeEnd:
				inRoot, root = true, root[:0]
			case inRoot:
				root = append(root, c)
			case code == tapeRoot:
				buf = append(buf, root...)
			case c < ' ':
				buf = append(buf, tapeWords[code-tapeOpen]...)
			default:
				buf = append(buf, c)
			}
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	return nil
}
