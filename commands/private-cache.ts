import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/**
 * `$XDG_CACHE_HOME/rpcn-aurora`, or `~/.cache/rpcn-aurora`.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder({ XDG_CACHE_HOME = "" }: NodeJS.ProcessEnv): string {
  // A relative path is to be ignored, says the specification.
  const root = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(root, "rpcn-aurora");
}

/**
 * What a file of the cache holds, if nobody else could have read or written it: the folder must be
 * ours with mode 0700, the file a plain one of ours with mode 0600. On Windows, which has no such
 * modes, nothing is kept.
 */
export function keptPrivately(path: string): Buffer | undefined {
  let file: number | undefined;
  try {
    if (!isOursAlone(lstatSync(dirname(path)), 0o700)) return undefined;
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const status = fstatSync(file);
    return status.isFile() && isOursAlone(status, 0o600) ? readFileSync(file) : undefined;
  } catch {
    // Whatever is wrong with it, another one takes its place.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Keeps this in place of whatever was there.
 *
 * @throws when the folder is not ours, or cannot be written
 */
export function keepPrivately(path: string, content: string | Buffer): void {
  const folder = dirname(path);
  // Not as deep as it takes: Node goes on for ever where a file system has no folders to make.
  for (const each of [dirname(folder), folder]) {
    if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
  }
  chmodSync(folder, 0o700);
  // Where others could write, they could have left a link to some other file of ours.
  rmSync(path, { force: true, recursive: true });
  const { sync: writeFileAtomicSync } =
    require("write-file-atomic") as typeof import("write-file-atomic");
  writeFileAtomicSync(path, content, { mode: 0o600 });
}

function isOursAlone({ uid, mode }: Stats, expected: number): boolean {
  return uid === process.getuid?.() && (mode & 0o777) === expected;
}
