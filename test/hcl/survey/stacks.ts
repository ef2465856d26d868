import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A stack as a project has it: the JSON of a synthesis, or of a snapshot of its tests. */
export interface Found {
  /** Its file below the folder that was searched; of a snapshot, with the test's name. */
  readonly place: string;
  readonly text: string;
  /** Where its assets and local modules lie. @default - nowhere, as it is from a snapshot */
  readonly folder?: string;
}

/** What a package manager, Terraform or CDKTF brought: not the project's own. */
const BROUGHT = new Set(["node_modules", ".terraform", ".gen", ".git", ".venv", "vendor"]);

/** The blocks by which the JSON of a stack is told from other JSON. */
const BLOCKS = ["terraform", "provider", "resource", "data", "module", "output", "variable"];

/**
 * The stacks below a folder: each `cdk.tf.json`, and each test in a Jest snapshot whose value is the
 * JSON of a stack. Nothing is run: snapshots, which are programs, are read as text.
 */
export function stacksBelow(folder: string): Found[] {
  const found: Found[] = [];
  const visit = (place: string): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = join(place, entry.name);
      if (entry.isDirectory()) {
        if (!BROUGHT.has(entry.name)) visit(path);
      } else if (entry.isFile() && entry.name === "cdk.tf.json") {
        const text = readFileSync(path, "utf8");
        found.push({ place: relative(folder, path), text, folder: dirname(path) });
      } else if (entry.isFile() && entry.name.endsWith(".snap")) {
        for (const [test, text] of snapshots(readFileSync(path, "utf8"))) {
          found.push({ place: `${relative(folder, path)}: ${test}`, text });
        }
      }
    }
  };
  visit(folder);
  return found.sort((one, other) => (one.place < other.place ? -1 : 1));
}

/** @see https://github.com/jestjs/jest/blob/main/packages/jest-snapshot-utils/src/utils.ts */
const SNAPSHOT = /^exports\[`([\s\S]*?)`\] = `([\s\S]*?[^\\])`;$/gm;

/** The stacks in a snapshot, by the names of the tests. */
function snapshots(text: string): [test: string, json: string][] {
  return [...text.matchAll(SNAPSHOT)].flatMap(([, test = "", value = ""]) => {
    const [, printed] = /^\s*"(\{[\s\S]*\})"\s*$/.exec(value.replace(/\\([`\\$])/g, "$1")) ?? [];
    if (printed === undefined) return [];
    // Older versions of Jest put a backslash before quotes in text.
    const json = [printed, printed.replace(/\\(["\\])/g, "$1")].find(isStack);
    return json === undefined ? [] : [[test, json]];
  });
}

function isStack(text: string): boolean {
  try {
    return BLOCKS.some((block) => block in JSON.parse(text));
  } catch {
    return false;
  }
}
