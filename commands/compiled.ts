import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { cacheFolder, keepPrivately, keptPrivately } from "./private-cache";

/** Commands that run different code, and are worth a file each of what V8 has compiled of it. */
const commands = ["synth", "graph", "doctor", "discover"];

/**
 * V8's flag, by Node's major version, with which it optimizes what runs ten times as often as it would
 * without: of the processor's time of a run, a quarter and more went into code that hardly ran afterwards. Version
 * 24 gained nothing, and a version that does not know a flag complains.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/v8.html#v8setflagsfromstringflags
 */
export const optimizesLater: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=1000000",
  22: "--invocation-count-for-turbofan=30000",
};

/**
 * Runs a bundle as Node would run it as a module, but that V8 need not compile again what it has
 * compiled in an earlier run: reading that takes a third of the time. It is kept in the user's cache,
 * as nobody else may write it: V8 trusts it. Node itself can do this from version 22.8 on.
 *
 * @param path of the bundle, in CommonJS
 * @param hash of its content: V8 itself compares lengths alone
 * @see https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
export function runCompiled(path: string, hash: string): void {
  const command = commandOf(process.argv.slice(2));
  const later = optimizesLater[process.versions.node.split(".")[0] ?? ""];
  // What V8 has compiled is of use under the same flags alone: each command has always the same.
  if (later && (command === "synth" || command === "graph")) setFlagsFromString(later);
  const kept = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : cacheFile(command);
  const bytes = kept === undefined ? undefined : keptPrivately(kept);
  // Behind the data, which V8 wants at the beginning of its memory.
  const cachedData =
    bytes?.subarray(-hash.length).toString("latin1") === hash
      ? bytes.subarray(0, -hash.length)
      : undefined;
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "utf8")}\n})`,
    { filename: path, cachedData },
  );
  if (kept && (!cachedData || script.cachedDataRejected)) {
    process.once("exit", (code) => {
      // After a mistake in its flags, hardly any of the command was compiled.
      if (code !== 2) keep(kept, Buffer.concat([script.createCachedData(), Buffer.from(hash)]));
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
}

function commandOf(words: readonly string[]): string {
  const isHelp = words.some((word) => word === "--help" || word === "-h");
  return commands.find((name) => name === words[0] && !isHelp) ?? "other";
}

/** Of one command and one version of Node: V8 refuses what another version has compiled. */
function cacheFile(command: string): string {
  return join(cacheFolder(process.env), `compiled-${command}-${process.version}-${process.arch}`);
}

function keep(path: string, content: Buffer): void {
  try {
    keepPrivately(path, content);
  } catch {
    // A home that cannot be written costs time alone.
  }
}
