package lint

import (
	"context"
	"go/token"
	"path"
	"path/filepath"
	"testing/fstest"

	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

// readOtherFiles makes a deployment of the files that a foreign driver lists
// beside the Go code, through the driver's own ReadFile where it has one. The
// result is nil where none of them is configuration of XMPro.
func readOtherFiles(pass *analysis.Pass) (any, error) {
	files := fstest.MapFS{}
	for _, name := range pass.OtherFiles {
		if pass.ReadFile == nil {
			break
		}
		text, err := pass.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[inTree(name)] = &fstest.MapFile{Data: text}
	}
	all, err := deployment.Load(context.Background(), files, ".", deployment.Options{})
	if err != nil || len(all) == 0 {
		return (*deployment.Deployment)(nil), err
	}
	return all[0], nil
}

// inTree is a file's name as an fs.FS has it.
func inTree(name string) string {
	slashed := path.Clean(filepath.ToSlash(name))
	for len(slashed) > 0 && slashed[0] == '/' {
		slashed = slashed[1:]
	}
	return slashed
}

// diagnose passes findings to a foreign driver as plain diagnostics. Files
// enter the driver's file set only where something is reported in them. The
// driver of this package wants none: it takes the [Report].
func diagnose(pass *analysis.Pass, findings []Finding) {
	if len(pass.OtherFiles) == 0 {
		return
	}
	added := map[*deployment.File]*token.File{}
	for _, f := range findings {
		file := f.Place.File
		if file == nil || file.Text == nil {
			continue
		}
		tf := added[file]
		if tf == nil {
			tf = pass.Fset.AddFile(file.Path, -1, len(file.Text.Bytes))
			tf.SetLinesForContent(file.Text.Bytes)
			added[file] = tf
		}
		pass.Report(analysis.Diagnostic{
			Pos:      tf.Pos(int(f.Place.Span.Start)),
			End:      tf.Pos(int(f.Place.Span.End)),
			Category: pass.Analyzer.Name,
			Message:  f.Message,
			URL:      pass.Analyzer.URL,
		})
	}
}
