// Package docs is the documentation. Its Go code only says how the parts that
// are made of something else are written anew: rules' pages, the files and
// tables of ci.md. The tests see that they are what they are made of.
package docs

//go:generate go test ../report -run ^TestRulePages$ -count=1 -update
//go:generate go test . -run ^TestCI$ -count=1 -update
