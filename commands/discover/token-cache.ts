import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
} from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import { z } from "zod";

/** Which token: whose, and of which server. */
export interface Key {
  /** Folder of the cache. */
  readonly cache: string;
  /** Origin that gave the token. */
  readonly url: string;
  readonly clientId: string;
}

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

const content = z.object({ token: z.string().regex(/^[\x21-\x7e]+$/), expiresAt: z.number() });

/** A request takes its time: a token is no longer used in its last minute, in milliseconds. */
const margin = 60_000;

/**
 * The token, if it is good for another minute, and if nobody else could have read or written it:
 * the folder must be ours with mode 0700, the file a plain one of ours with mode 0600.
 */
export function keptToken(key: Key): string | undefined {
  let file: number | undefined;
  try {
    if (!isOursAlone(lstatSync(key.cache), 0o700)) return undefined;
    file = openSync(path(key), constants.O_RDONLY | constants.O_NOFOLLOW);
    const status = fstatSync(file);
    if (!status.isFile() || !isOursAlone(status, 0o600)) return undefined;
    const { token, expiresAt } = content.parse(JSON.parse(readFileSync(file, "utf8")));
    return expiresAt - margin > Date.now() ? token : undefined;
  } catch {
    // Whatever is wrong with it, a new token fixes it.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Keeps the token in place of whatever was there.
 *
 * @throws when the folder is not ours, or cannot be written
 */
export function keepToken(key: Key, token: z.infer<typeof content>): void {
  mkdirSync(key.cache, { recursive: true, mode: 0o700 });
  chmodSync(key.cache, 0o700);
  // Where others could write, they could have left a link to some other file of ours.
  rmSync(path(key), { force: true, recursive: true });
  writeFileAtomicSync(path(key), JSON.stringify(token), { mode: 0o600 });
}

function path({ cache, url, clientId }: Key): string {
  const name = createHash("sha256").update(`${url}\n${clientId}`).digest("hex").slice(0, 16);
  return join(cache, `token-${name}.json`);
}

function isOursAlone({ uid, mode }: Stats, expected: number): boolean {
  return uid === process.getuid?.() && (mode & 0o777) === expected;
}
