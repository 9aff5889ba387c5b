// Package docs is the documentation. Its Go code only says how the pages that
// are made of the program itself are written anew; the tests see that they are
// what the program says today.
package docs

//go:generate go test ../report -run ^TestRulePages$ -count=1 -update
