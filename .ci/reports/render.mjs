// Reads Markdown from standard input and writes the HTML that GitHub's flavour
// makes of it: render.mjs < report.md. HTML in it is passed on, so that a test
// sees it.
import { readFileSync, writeFileSync } from 'node:fs'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const html = micromark(readFileSync(0), 'utf8', {
  allowDangerousHtml: true,
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
})
writeFileSync(1, html)
