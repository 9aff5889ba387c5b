// Command peers is the pipeline that one writes first: every JSON file through
// hujson and jsonschema, every XML file through etree. The benchmark compares
// xmlint with it.
package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/beevik/etree"
	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/tailscale/hujson"
)

func main() {
	schema := jsonschema.MustCompile(os.Args[1])
	names := make(chan string, 256)
	var mu sync.Mutex
	faults := 0
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for name := range names {
				if err := check(schema, name); err != nil {
					mu.Lock()
					faults++
					mu.Unlock()
				}
			}
		})
	}
	err := filepath.WalkDir(os.Args[2], func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names <- name
		}
		return err
	})
	close(names)
	workers.Wait()
	fmt.Println(faults, "faults", err)
}

func check(schema *jsonschema.Schema, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !strings.HasSuffix(name, ".json") {
		return etree.NewDocument().ReadFromBytes(text)
	}
	strict, err := hujson.Standardize(text)
	if err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal(strict, &value); err != nil {
		return err
	}
	return schema.Validate(value)
}
