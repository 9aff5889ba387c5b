package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// ManifestName is the name of a deployment's manifest.
const ManifestName = "xmpro.yaml"

// roleOf tells a file's role by its name, ignoring case; zero for a file of no
// interest.
func roleOf(name string) Role {
	switch n := len(name); {
	case n == len("web.config") && strings.EqualFold(name, "web.config"):
		return RoleSectionHost
	case n == len(ManifestName) && strings.EqualFold(name, ManifestName):
		return RoleManifest
	case n >= len("appsettings.json") && strings.EqualFold(name[n-len(".json"):], ".json"):
		switch {
		case strings.EqualFold(name[:len("appsettings")], "appsettings"):
			switch {
			case n == len("appsettings.json"):
				return RoleBase
			case name[len("appsettings")] == '.' && n > len("appsettings..json"):
				return RoleOverlay
			}
		case n > len(".deps.json") && strings.EqualFold(name[n-len(".deps.json"):], ".deps.json"):
			return RoleDeps
		case strings.EqualFold(name, "sm-metadata.json"):
			return RoleMetadata
		}
	}
	return 0
}

// environmentOf is the middle of appsettings.<Environment>.json.
func environmentOf(name string) string {
	return name[len("appsettings.") : len(name)-len(".json")]
}

// copyEndings are endings under which a web server hands a file out, or which
// it may be told to: IIS refuses .config and serves the rest.
var copyEndings = [...]string{".txt", ".xml", ".json", ".bak", ".old", ".orig", ".zip", ".backup", ".copy", ".save"}

// isCopy tells whether a file is by its name a copy of a configuration file
// that a web server would serve: web.config.txt, web.xml.bak is not one.
//
// Source: IIS request filtering hides the extension .config, and no other of a
// copy's.
func isCopy(name string) bool {
	lower := strings.ToLower(name)
	if !strings.HasPrefix(lower, "web.config") && !strings.HasPrefix(lower, "appsettings") &&
		!strings.HasPrefix(lower, "web.") {
		return false
	}
	if strings.HasPrefix(lower, "web.config.") || strings.HasPrefix(lower, "web.config-") || strings.HasPrefix(lower, "web.config_") ||
		strings.HasPrefix(lower, "web.config~") || strings.HasPrefix(lower, "web.config (") || strings.HasPrefix(lower, "web.config ") {
		return !strings.HasSuffix(lower, ".config")
	}
	if strings.HasPrefix(lower, "appsettings") && strings.Contains(lower, ".json") && !strings.HasSuffix(lower, ".json") {
		return true
	}
	for _, ending := range copyEndings {
		if lower == "web"+ending || lower == "appsettings"+ending && ending != ".json" {
			return true
		}
	}
	return false
}

type skip uint8

const (
	notSkipped skip = iota
	skipOther
	skipBin
	skipControl
)

// skipped tells whether a folder of that name is passed over.
func skipped(name string) skip {
	switch len(name) {
	case 3:
		switch {
		case strings.EqualFold(name, "bin"):
			return skipBin
		case strings.EqualFold(name, "obj"):
			return skipOther
		case name == ".hg":
			return skipControl
		}
	case 4:
		if name == ".git" || name == ".svn" {
			return skipControl
		}
	case 12:
		if name == "node_modules" {
			return skipOther
		}
	}
	return notSkipped
}

// productOf tells a product by the name of its folder; empty where the name
// tells nothing.
func productOf(folder string) schema.Product { return schema.ProductOfFolder(folder) }

// PassedOver tells whether a path below a source leads through a folder that
// [Discover] passes over.
func PassedOver(name string) bool {
	for segment := range strings.SplitSeq(name, "/") {
		if skipped(segment) != notSkipped {
			return true
		}
	}
	return false
}
