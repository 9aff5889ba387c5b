module github.com/xmlint/xmlint

go 1.26
