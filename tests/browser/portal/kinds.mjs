// Pages of a built portal by kind, which is the class of their `body`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

function* pages(folder, below = "") {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* pages(folder, path);
    else if (path.endsWith(".html")) yield path;
  }
}

// The pages of each kind, shortest first.
function kinds(folder) {
  const found = new Map();
  for (const path of pages(folder)) {
    const html = readFileSync(join(folder, path), "utf8");
    const kind = /<body class="([^"]*)"/.exec(html)?.[1] ?? "redirect";
    if (!found.has(kind)) found.set(kind, []);
    found.get(kind).push([html.length, path]);
  }
  const bySize = ([one, first], [other, second]) => one - other || (first < second ? -1 : 1);
  return [...found.values()].map((list) => list.sort(bySize).map(([, path]) => path));
}

// Pages that only a handbook with a history has, and the home page of a handbook assessed for an earlier day.
const PAST = [
  ["past", "changes.html"], ["past", "changes/2026-q1.html"], ["past", "history.html"], ["past", "policy.html"],
  ["past", "versions/POL-CHG-001/index.html"], ["past", "versions/POL-CHG-001/changes.html"],
  ["past", "versions/POL-CHG-001/before.html"], ["earlier", "index.html"],
];

// A representative selection of pages, as [portal, path]: one of median length of each kind, document pages of the small
// portal, which have features that the model handbook lacks, and the pages of a handbook with a history.
export function typical(folder) {
  const model = kinds(join(folder, "model")).map((paths) => ["model", paths[paths.length >> 1]]);
  assert.ok(model.length >= 15, `only ${model.length} kinds of pages are known`);
  const own = [...pages(join(folder, "small"))].filter((path) => !path.includes("/") && /^(change|naive|old|tape|ten)/.test(path));
  assert.ok(own.length >= 5, "the small portal has its documents");
  const long = ["matrix.html", "register-2.html", "findings-2.html", "states/current.html"].map((path) => ["long", path]);
  // Several documents on one page, and several tables of one register, in English and German.
  const registers = ["print/9.html", "9-evaluation/audit-programme.html", "6-planning/objectives.html"];
  const several = ["model", "german"].flatMap((portal) => registers.map((path) => [portal, path]));
  return [...model, ...several, ...long, ["model", "8.6-resolution/incident-management.html"], ...own.map((path) => ["small", path]), ...PAST];
}
