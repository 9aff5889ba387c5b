package document

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// transcodeUTF16 appends UTF-16 as UTF-8. Lone surrogates and a last odd byte
// become U+FFFD; bad is the offset in src of the first, or -1.
func transcodeUTF16(dst, src []byte, bigEndian bool) (out []byte, bad int) {
	bad = -1
	dst = slices.Grow(dst, len(src)/2+len(src)/8)
	for i := 0; i < len(src); i += 2 {
		r, n := utf16At(src, i, bigEndian)
		if r < 0 {
			r = utf8.RuneError
			if bad < 0 {
				bad = i
			}
		}
		dst = utf8.AppendRune(dst, r)
		i += n - 2
	}
	return dst, bad
}

// utf16At decodes one code point; it is negative where there is none.
func utf16At(src []byte, i int, bigEndian bool) (rune, int) {
	unit := func(i int) rune {
		if i+2 > len(src) {
			return -1
		}
		if bigEndian {
			return rune(binary.BigEndian.Uint16(src[i:]))
		}
		return rune(binary.LittleEndian.Uint16(src[i:]))
	}
	r := unit(i)
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if r = utf16.DecodeRune(r, unit(i+2)); r == utf8.RuneError {
		return -1, 2
	}
	return r, 4
}

// transcodeUTF32 appends UTF-32 as UTF-8. What is no code point and up to
// three bytes at the end become U+FFFD; bad is the offset in src of the first,
// or -1.
func transcodeUTF32(dst, src []byte, bigEndian bool) (out []byte, bad int) {
	bad = -1
	dst = slices.Grow(dst, len(src)/4+len(src)/16)
	for i := 0; i < len(src); i += 4 {
		r := uint32(utf8.MaxRune + 1)
		switch {
		case i+4 > len(src):
		case bigEndian:
			r = binary.BigEndian.Uint32(src[i:])
		default:
			r = binary.LittleEndian.Uint32(src[i:])
		}
		if r > utf8.MaxRune || !utf8.ValidRune(rune(r)) {
			r = utf8.RuneError
			if bad < 0 {
				bad = i
			}
		}
		dst = utf8.AppendRune(dst, rune(r))
	}
	return dst, bad
}

// windows1252 holds what 0x80 to 0x9F stand for. As in .NET, the five bytes
// that the code page leaves open are the C1 controls of the same number.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// transcodeLatin appends windows-1252, iso-8859-1 or a code page as UTF-8.
func transcodeLatin(dst, src []byte, enc Encoding) []byte {
	dst = slices.Grow(dst, len(src)+len(src)/16)
	for _, c := range src {
		r := rune(c)
		switch {
		case c < utf8.RuneSelf:
		case isPage(enc):
			r = pageRune(enc, c)
		case enc == Windows1252 && c < 0xA0:
			r = windows1252[c-0x80]
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// transcodeASCII appends us-ascii as UTF-8.
func transcodeASCII(dst, src []byte) []byte {
	dst = slices.Grow(dst, len(src)+len(src)/16)
	for _, c := range src {
		r := rune(c)
		if c >= utf8.RuneSelf {
			r = utf8.RuneError
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// validUTF8 is [utf8.Valid] without its slow path for a text that is ASCII in
// nearly all of its places.
func validUTF8(b []byte) bool {
	i := 0
	for {
		for i+32 <= len(b) {
			w := b[i : i+32 : i+32]
			x := binary.LittleEndian.Uint64(w) | binary.LittleEndian.Uint64(w[8:]) |
				binary.LittleEndian.Uint64(w[16:]) | binary.LittleEndian.Uint64(w[24:])
			if x&highBits != 0 {
				break
			}
			i += 32
		}
		for i < len(b) && b[i] < utf8.RuneSelf {
			i++
		}
		for i < len(b) && b[i] >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				return false
			}
			i += n
		}
		if i == len(b) {
			return true
		}
	}
}

// repairUTF8 appends src with U+FFFD for every maximal part of a malformed
// sequence, as .NET and the Unicode standard (section 3.9) do it.
func repairUTF8(dst, src []byte) []byte {
	for i := 0; i < len(src); {
		r, n := decodeUTF8(src[i:])
		dst = utf8.AppendRune(dst, r)
		i += n
	}
	return dst
}

// decodeUTF8 is [utf8.DecodeRune], but takes a truncated sequence as one.
func decodeUTF8(b []byte) (rune, int) {
	r, n := utf8.DecodeRune(b)
	if r != utf8.RuneError || n != 1 {
		return r, n
	}
	// The second byte has a narrower range after some first bytes: there a
	// wrong one ends the sequence, so that each byte is malformed on its own.
	lo, hi, size := byte(0x80), byte(0xBF), bits.LeadingZeros8(^b[0])
	switch c := b[0]; {
	case c < 0xC2 || c > 0xF4:
		return r, 1
	case c == 0xE0:
		lo = 0xA0
	case c == 0xED:
		hi = 0x9F
	case c == 0xF0:
		lo = 0x90
	case c == 0xF4:
		hi = 0x8F
	}
	for n = 1; n < min(size, len(b)) && lo <= b[n] && b[n] <= hi; n++ {
		lo, hi = 0x80, 0xBF
	}
	return r, n
}

// RawOffset is the offset in Raw of an offset in Bytes. The cost is constant
// for valid UTF-8 and one pass over the text before it otherwise.
func (t *Text) RawOffset(off int32) int {
	before := t.Bytes[:min(max(int(off), 0), len(t.Bytes))]
	n := len(before)
	switch t.Encoding {
	case UTF16LE, UTF16BE:
		n = 0
		for i := 0; i < len(before); {
			_, size := utf8.DecodeRune(before[i:])
			i += size
			n += 2 + 2*(size/utf8.UTFMax)
		}
	case UTF32LE, UTF32BE:
		n = 4 * utf8.RuneCount(before)
	case UTF8:
		if t.repaired {
			n = 0
			for i := 0; i < len(before); {
				r, size := decodeUTF8(t.Raw[t.BOM+n:])
				i += utf8.RuneLen(r)
				n += size
			}
		}
	default:
		n = utf8.RuneCount(before)
	}
	return min(t.BOM+n, len(t.Raw))
}

// Encode puts s into the file's encoding. It reports false where s is not
// valid UTF-8 or the encoding has no place for one of its characters.
func (t *Text) Encode(s string) ([]byte, bool) {
	if !utf8.ValidString(s) {
		return nil, false
	}
	if t.Encoding == UTF8 {
		return []byte(s), true
	}
	var out []byte
	for _, r := range s {
		switch t.Encoding {
		case UTF16LE, UTF16BE:
			for _, u := range utf16.AppendRune(make([]uint16, 0, 2), r) {
				if t.Encoding == UTF16LE {
					out = binary.LittleEndian.AppendUint16(out, u)
				} else {
					out = binary.BigEndian.AppendUint16(out, u)
				}
			}
		case UTF32LE:
			out = binary.LittleEndian.AppendUint32(out, uint32(r))
		case UTF32BE:
			out = binary.BigEndian.AppendUint32(out, uint32(r))
		default:
			c, ok := latinByte(r, t.Encoding)
			if !ok {
				return nil, false
			}
			out = append(out, c)
		}
	}
	return out, true
}

func latinByte(r rune, enc Encoding) (byte, bool) {
	if isPage(enc) {
		return pageByte(r, enc)
	}
	if enc == Windows1252 {
		if i := slices.Index(windows1252[:], r); i >= 0 {
			return byte(0x80 + i), true
		}
		if r >= 0x80 && r < 0xA0 {
			return 0, false
		}
	}
	if enc == ASCII {
		return byte(r), r < utf8.RuneSelf
	}
	return byte(r), r < 0x100
}
