package lint

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"

	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

// ErrSeveral is wrapped by the error of [Source] under a foreign driver that
// lists the files of several deployments: an analysis is of one.
var ErrSeveral = errors.New("the files are of several deployments")

// readOtherFiles makes a deployment of the files that a foreign driver lists
// beside the Go code, through the driver's own ReadFile where it has one. The
// result is nil where none of them is configuration of XMPro.
func readOtherFiles(pass *analysis.Pass) (any, error) {
	files := fstest.MapFS{}
	read := pass.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	var above string // what the names have in front that a name in an fs.FS has not
	for i, name := range pass.OtherFiles {
		head, rest := inTree(name)
		if i > 0 && head != above {
			return nil, fmt.Errorf("%s: it does not begin as %s does", name, pass.OtherFiles[0])
		}
		text, err := read(name)
		if err != nil {
			return nil, err
		}
		above, files[rest] = head, &fstest.MapFile{Data: text}
	}
	groups, err := deployment.Discover(context.Background(), []deployment.Source{{FS: files, Dir: ".", Shown: above}}, nil)
	if err != nil {
		return nil, err
	}
	var found *deployment.Deployment
	for _, g := range groups {
		for _, d := range g.Load(context.Background(), deployment.Options{}) {
			if found != nil {
				return nil, fmt.Errorf("%w: %s, %s", ErrSeveral, found.Root, d.Root)
			}
			found = d
		}
	}
	return found, nil
}

// inTree is a file's name as an fs.FS has it, and what stands before it: a
// slash, or a number of steps up.
func inTree(name string) (above, rest string) {
	rest = filepath.ToSlash(filepath.Clean(name))
	for {
		switch {
		case strings.HasPrefix(rest, "/"):
			above, rest = "/", strings.TrimLeft(rest, "/")
		case strings.HasPrefix(rest, "../"):
			above, rest = above+"../", rest[len("../"):]
		default:
			return above, rest
		}
	}
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
		place := f.Place
		if place.IsZero() {
			place = pass.ResultOf[Source].(*deployment.Deployment).Fallback()
		}
		file := place.File
		if file == nil || file.Text == nil {
			continue
		}
		tf := added[file]
		if tf == nil {
			tf = pass.Fset.AddFile(filepath.FromSlash(file.Path), -1, len(file.Text.Bytes))
			tf.SetLinesForContent(file.Text.Bytes)
			added[file] = tf
		}
		pass.Report(analysis.Diagnostic{
			Pos:      tf.Pos(int(place.Span.Start)),
			End:      tf.Pos(int(place.Span.End)),
			Category: pass.Analyzer.Name,
			Message:  f.Message,
			URL:      pass.Analyzer.URL,
		})
	}
}
