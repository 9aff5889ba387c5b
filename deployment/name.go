package deployment

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// ManifestName is the name of a deployment's manifest.
const ManifestName = "xmpro.yaml"

// roleOf tells a file's role by its name, ignoring case; zero for a file of no
// interest.
func roleOf(name string) Role {
	const base, json, deps = "appsettings", ".json", ".deps.json"
	switch {
	case len(name) == len("web.config") && strings.EqualFold(name, "web.config"):
		return RoleSectionHost
	case len(name) == len(ManifestName) && strings.EqualFold(name, ManifestName):
		return RoleManifest
	case !hasSuffixFold(name, json):
		return 0
	case len(name) == len(base)+len(json) && strings.EqualFold(name[:len(base)], base):
		return RoleBase
	case len(name) > len(base)+len(".")+len(json) && strings.EqualFold(name[:len(base)+1], base+"."):
		return RoleOverlay
	case len(name) > len(deps) && hasSuffixFold(name, deps):
		return RoleDeps
	case strings.EqualFold(name, "sm-metadata.json"):
		return RoleMetadata
	}
	return 0
}

// IsConfiguration reports whether [Discover] reads a file of that name: a
// configuration file of a product, or a manifest.
func IsConfiguration(name string) bool {
	switch roleOf(name) {
	case RoleManifest, RoleBase, RoleOverlay, RoleSectionHost:
		return true
	}
	return false
}

// environmentOf is the middle of appsettings.<Environment>.json.
func environmentOf(name string) string {
	return name[len("appsettings.") : len(name)-len(".json")]
}

// copyEndings are endings under which a web server hands a file out, or which
// it may be told to: IIS refuses .config and serves the rest.
var copyEndings = [...]string{".txt", ".xml", ".bak", ".old", ".orig", ".zip", ".backup", ".copy", ".save", ".json"}

// isCopy reports whether a file is by its name a copy of a configuration file
// that a web server would serve: web.config.txt, web.xml, appsettings.json.bak,
// appsettings.zip, "appsettings - Copy.json", AppDesigner.zip.
// web.config.bak.config is not one.
//
// Source: IIS request filtering hides the extension .config, and no other of a
// copy's.
func isCopy(name string) bool {
	ending := func(name string, endings []string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.EqualFold(name, e) })
	}
	if rest, ok := cutPrefixFold(name, "web.config"); ok {
		return rest != "" && strings.IndexByte(".-_~( ", rest[0]) >= 0 && !hasSuffixFold(rest, ".config")
	}
	if rest, ok := cutPrefixFold(name, "web"); ok {
		return ending(rest, copyEndings[:])
	}
	rest, ok := cutPrefixFold(name, "appsettings")
	switch {
	case !ok:
		if !hasSuffixFold(name, ".zip") {
			return false
		}
		stem := name[:len(name)-len(".zip")]
		return strings.EqualFold(stem, "config") || strings.EqualFold(stem, "configuration") || schema.ProductOfFolder(stem) != ""
	case hasSuffixFold(rest, ".json"):
		return isCopyMark(rest[:len(rest)-len(".json")])
	}
	return ending(rest, copyEndings[:]) || strings.Contains(strings.ToLower(rest), ".json")
}

// isCopyMark reports whether what stands behind a file's name is what people
// and Windows put there for a copy: " - Copy", "_old", " (2)".
func isCopyMark(rest string) bool {
	if rest == "" || strings.IndexByte("-_~( ", rest[0]) < 0 {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(rest), func(r rune) bool { return strings.ContainsRune("-_~() .", r) })
	return slices.ContainsFunc(words, func(word string) bool {
		switch word {
		case "copy", "old", "orig", "original", "bak", "backup", "save", "saved":
			return true
		}
		return strings.Trim(word, "0123456789") == ""
	})
}

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
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
		case strings.EqualFold(name, ".hg"):
			return skipControl
		}
	case 4:
		if strings.EqualFold(name, ".git") || strings.EqualFold(name, ".svn") {
			return skipControl
		}
	case 12:
		if strings.EqualFold(name, "node_modules") {
			return skipOther
		}
	}
	return notSkipped
}

// PassedOver reports whether a path below a source leads through a folder that
// [Discover] passes over.
func PassedOver(name string) bool {
	for segment := range strings.SplitSeq(name, "/") {
		if skipped(segment) != notSkipped {
			return true
		}
	}
	return false
}
