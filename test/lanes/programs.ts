import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** A first build takes some minutes, more on a busy machine. */
export const FIRST_BUILD_MS = 900_000;

const folders = ["connect", "licensed", "registry", "rpk"] as const;
export type Program = (typeof folders)[number];
const sources = [
  "go.mod",
  "go.sum",
  ...folders.flatMap((folder) =>
    readdirSync(join(__dirname, folder))
      .filter((file) => file.endsWith(".go"))
      .map((file) => join(folder, file)),
  ),
];
const hash = createHash("sha256");
for (const file of sources) hash.update(readFileSync(join(__dirname, file)));
const cache = join(__dirname, "../../node_modules/.cache");
/** Holds all programs, under their own names: so it can stand in a PATH. */
export const programs = join(cache, `rpcn-aurora-lanes-${hash.digest("hex").slice(0, 16)}`);

/** Why the programs in Go cannot be had on this machine: empty when they can. Answers at once. */
export function whyNoPrograms(): string[] {
  if (existsSync(programs)) return [];
  // Resolves, and where needed downloads, every module the programs consist of, but no others.
  const list = spawnSync("go", ["list", "-deps", "./..."], { cwd: __dirname, encoding: "utf8" });
  if (list.status === 0) return [];
  return [list.error ? "no go on the PATH" : String(list.stderr.trim().split("\n").at(-1))];
}

let built: Promise<void> | undefined;

/**
 * The path of a program. All are built once per version of their sources: `connect` is Redpanda
 * Connect with the inputs of the lanes, `licensed` with those of the generated pipelines, and `rpk`
 * stands in for rpk.
 */
export async function program(name: Program): Promise<string> {
  built ??= build();
  await built;
  return join(programs, name);
}

async function build(): Promise<void> {
  if (existsSync(programs)) return;
  mkdirSync(cache, { recursive: true });
  // Two workers may build at once: each into its own folder, and the first one's stays.
  const own = mkdtempSync(`${programs}.`);
  await promisify(execFile)(
    "go",
    [
      "build",
      "-buildvcs=false",
      "-trimpath",
      "-ldflags=-s -w",
      "-o",
      `${own}/`,
      ...folders.map((folder) => `./${folder}`),
    ],
    { cwd: __dirname },
  );
  if (!existsSync(programs)) renameSync(own, programs);
}
