import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import type { Addresses } from "./addresses";

const project = join(__dirname, "../..");
const folder = join(project, "releases");

/** What every released version made, by version. */
export function released(): [version: string, addresses: Addresses][] {
  return readdirSync(folder).map((file) => [
    file.slice(0, -".json".length),
    JSON.parse(readFileSync(join(folder, file), "utf8")),
  ]);
}

/**
 * Writes the file of the version that package.json names.
 * @throws when that version is released already: what it made cannot change any more
 */
export function release(addresses: Addresses): void {
  const tag = `v${version}`;
  const tags = execFileSync("git", ["tag", "--list", tag], { cwd: project, encoding: "utf8" });
  if (tags !== "") {
    throw new Error(
      `${tag} is released, and releases/${version}.json is what it made: raise the version.`,
    );
  }
  writeFileSync(join(folder, `${version}.json`), `${JSON.stringify(addresses, null, 2)}\n`);
}
