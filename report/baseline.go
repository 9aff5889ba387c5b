package report

import (
	"github.com/xmlint/xmlint/baseline"
)

func baselineFormats() []constructor[Document[baseline.Deployment]] {
	return []constructor[Document[baseline.Deployment]]{
		{"json", newBaseline},
	}
}

// BaselineFormats are the names of the formats that baselines have.
func BaselineFormats() []string { return names(baselineFormats()) }

// NewBaseline gives a format of baselines by its name, else a [*FormatError].
func NewBaseline(format string, o Options) (Document[baseline.Deployment], error) {
	return construct(baselineFormats(), format, o)
}

// newBaseline is a baseline with one finding per line, so that a comparison of
// two of them shows which came and went.
func newBaseline(o Options) Document[baseline.Deployment] {
	return &jsonList[baseline.Deployment]{tool: o.Tool, member: "deployments", encode: appendBaseline}
}

func appendBaseline(buf []byte, d baseline.Deployment) []byte {
	buf = appendString(append(buf, `{"name":`...), d.Name)
	buf = appendString(appendName(buf, "root"), d.Root)
	buf = append(appendName(buf, "findings"), '[')
	for i, e := range d.Findings {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendValue(append(buf, '\n'), e)
	}
	return append(buf, "]}"...)
}
