// Parses every command of plans, each in its shell: PowerShell with
// tree-sitter's grammar, sh with bash -n. Reads the JSON output of
// `xmlint plan` from the files that are named, and of pages in Markdown the
// blocks of these shells; prints what does not parse.
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { Parser, Language } from "web-tree-sitter";

const require = createRequire(import.meta.url);
await Parser.init();
const powershell = new Parser();
powershell.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));

function fault(node) {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError) return null;
  for (const child of node.children) {
    const found = child && fault(child);
    if (found) return found;
  }
  return node;
}

const parsers = {
  powershell(run) {
    const tree = powershell.parse(run + "\n");
    const bad = fault(tree.rootNode);
    tree.delete();
    return bad && `line ${bad.startPosition.row + 1}, column ${bad.startPosition.column + 1}: ${bad.text.slice(0, 60)}`;
  },
  sh(run) {
    const r = spawnSync("bash", ["-n", "-c", run], { encoding: "utf8" });
    return r.status === 0 ? null : r.stderr.trim();
  },
  cmd: () => null, // no grammar of cmd.exe is to be had; a test looks at its quotes
  sql: () => null,
};

const seen = new Set();
let failed = 0, count = 0;
function check(where, shell, run) {
  if (!run || seen.has(shell + "\0" + run)) return;
  seen.add(shell + "\0" + run);
  count++;
  const parse = parsers[shell];
  const why = parse ? parse(run) : `unknown shell ${shell}`;
  if (why) {
    failed++;
    console.log(`${where}: ${shell}: ${why}\n${run}\n`);
  }
}
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".md")) {
    for (const [, shell, run] of text.matchAll(/^```(powershell|sh)\n(.*?)^```$/gms)) check(file, shell, run);
    continue;
  }
  for (const plan of JSON.parse(text).plans) {
    for (const step of plan.steps) {
      for (const action of [...(step.do ?? []), ...(step.verify ?? []), ...(step.undo ?? [])]) {
        check(`${file}: step ${step.id}`, action.shell, action.run);
      }
    }
  }
}
console.log(`${count} commands, ${failed} that do not parse`);
process.exit(failed || count === 0 ? 1 : 0);
