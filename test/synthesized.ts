import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../commands/flags";
import { asArguments, type Flags } from "./combinations";

/** Made by test/setup.js for one run of Jest; outside of Jest nothing is kept. */
const folder = process.env.RUN_FOLDER;

/**
 * What `synthesize` makes of these flags: content by file name, by stack. Many test files want the
 * modules of all combinations, and each file has a fresh memory, so the first one to ask writes them.
 */
export function synthesized(flags: Flags): Map<string, Record<string, string>> {
  if (!folder) return anew(flags);
  const file = join(folder, `${asArguments(flags)}.json`);
  if (!existsSync(file)) {
    // Moved when complete, because another worker may look for it.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify([...anew(flags)]));
    renameSync(own, file);
  }
  return new Map(JSON.parse(readFileSync(file, "utf8")));
}

/** Loads CDKTF only now: that takes longer than most tests of a module that is there already. */
function anew(flags: Flags): Map<string, Record<string, string>> {
  const { synthesize } = require("../commands/synth") as typeof import("../commands/synth");
  return synthesize(parseFlags(flags));
}
