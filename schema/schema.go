package schema

import (
	"embed"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

//go:embed *.schema.json
var files embed.FS

// File gives a JSON Schema by its name, as "manifest"; ok is false where there
// is none.
func File(name string) (schema []byte, ok bool) {
	b, err := files.ReadFile(name + ".schema.json")
	return b, err == nil
}

// Files are the names of the JSON Schemas.
func Files() []string {
	entries, _ := files.ReadDir(".")
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".schema.json"))
	}
	return names
}

// Manifest is the compiled schema of xmpro.yaml.
var Manifest = sync.OnceValue(func() *jsonschema.Schema {
	return compile("manifest")
})

// Config is the compiled schema of .xmlint.yaml.
var Config = sync.OnceValue(func() *jsonschema.Schema {
	return compile("config")
})

// compile compiles a schema under its own address. A bare name would be taken
// for a file below the working directory, whose name may be none that a URL can
// have.
func compile(name string) *jsonschema.Schema {
	text, _ := File(name)
	return jsonschema.MustCompileString("https://github.com/xmlint/xmlint/schema/"+name+".schema.json", string(text))
}
