package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// envNames goes through the environment variables of a node that were meant
// for Auto Scale and do not reach it. path is the setting that was meant;
// misplaced tells that the name leads elsewhere, else it is mistyped.
func envNames(n *deployment.Node, report func(s *deployment.EnvSetting, path string, misplaced bool) bool) bool {
	for i := range n.Views[0].Layers {
		l := &n.Views[0].Layers[i]
		if l.Kind != deployment.Environment {
			continue
		}
		for j := range l.Env {
			s := &l.Env[j]
			if s.Prefix == "" && hasPrefix(s.Path) {
				continue // it stands in the layer of those with the prefix
			}
			path, misplaced := envMeant(s.Path)
			if path != "" && !report(s, path, misplaced) {
				return false
			}
		}
	}
	return true
}

// hasVariables reports whether a node has environment variables at all.
func hasVariables(n *deployment.Node) bool {
	for i := range n.Views[0].Layers {
		if n.Views[0].Layers[i].Kind == deployment.Environment {
			return true
		}
	}
	return false
}

// hasPrefix reports whether a variable has the prefix xm__.
func hasPrefix(path string) bool {
	const prefix = "xm:"
	return len(path) > len(prefix) && strings.EqualFold(path[:len(prefix)], prefix)
}

// envMeant is the Auto Scale setting that a variable was meant for, where it
// does not reach it; empty for a right one and for one of another setting.
func envMeant(path string) (setting string, misplaced bool) {
	if document.EqualFold(path, schema.Enabled) || document.EqualFold(path, schema.Connection) {
		return "", false
	}
	last := path[strings.LastIndexByte(path, ':')+1:]
	if last != path {
		rest := path[:len(path)-len(last)-1]
		parent := rest[strings.LastIndexByte(rest, ':')+1:]
		which, s := spell([]byte(last), 2)
		_, p := spell([]byte(parent), 1)
		switch {
		case s == other || p == other:
		case strings.Count(path, ":") == 2 && nearRoot(path[:strings.IndexByte(path, ':')]):
			return paths[2][which], false
		case s != typo && p != typo:
			return paths[2][which], true
		}
	}
	// One underscore where two belong: XM_XMPRO_AUTOSCALE_ENABLED.
	squeezed := strings.ToLower(strings.NewReplacer("_", "", ":", "").Replace(path))
	squeezed = strings.TrimPrefix(squeezed, "xmxmpro")
	squeezed = strings.TrimPrefix(squeezed, "xmpro")
	switch squeezed {
	case "autoscaleenabled":
		return schema.Enabled, false
	case "autoscaleconnectionstring":
		return schema.Connection, false
	}
	return "", false
}

// nearRoot reports whether a name is xmpro or near to it.
func nearRoot(name string) bool {
	_, s := spell([]byte(name), 0)
	return s != other
}
