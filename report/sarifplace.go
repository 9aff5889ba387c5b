package report

import "github.com/xmlint/xmlint/lint"

// region is a part of a file.
type region struct{ start, end lint.Position }

// appendLocation appends the member physicalLocation.
func appendLocation(dst []byte, path string, r region) []byte {
	dst = append(dst, `"physicalLocation":{"artifactLocation":{`...)
	dst = append(appendArtifact(dst, path), `},"region":`...)
	return append(appendRegion(dst, r), '}')
}

// appendArtifact appends the members of an artifactLocation.
func appendArtifact(dst []byte, path string) []byte {
	uri, relative := fileURI(path)
	dst = appendString(append(dst, `"uri":`...), uri)
	if relative {
		dst = append(dst, `,"uriBaseId":"SRCROOT"`...)
	}
	return dst
}

func appendRegion(dst []byte, r region) []byte {
	line, column := max(r.start.Line, 1), max(r.start.Column, 1)
	endLine, endColumn := max(r.end.Line, line), max(r.end.Column, 1)
	if endLine == line {
		endColumn = max(endColumn, column)
	}
	dst = appendInt(append(dst, `{"startLine":`...), line)
	dst = appendNumber(dst, "startColumn", column)
	dst = appendNumber(dst, "endLine", endLine)
	return append(appendNumber(dst, "endColumn", endColumn), '}')
}
