import { createReadStream, type Stats, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "../usage-error";
import { decoded } from "./encodings";

/** How often a file that is followed is looked at, in milliseconds. */
const pause = 500;

/** So much is read at once, in bytes, as of a stream: more is no faster, and lives until collected. */
const pieceLength = 64 * 1024;

/**
 * The text of the files, one after the other, as UTF-8. With `follow` the last one is read on as it
 * grows, until `signal` aborts: from its start again when it has become shorter, to its end and then
 * the new one when another has taken its name, and as soon as it is there when it is not yet.
 *
 * @throws {UsageError} when a file cannot be read
 */
export function bytesOf(
  files: readonly string[],
  { follow = false, signal }: { follow?: boolean; signal?: AbortSignal } = {},
): AsyncIterable<Buffer> {
  const last = files.length - 1;
  const kinds = files.map((file, index) => kindOf(file, follow && index === last));
  return (async function* () {
    for (const [index, file] of files.entries()) {
      const isFollowed = follow && index === last && kinds[index]?.isFile() !== false;
      yield* decoded(
        isFollowed ? growing(file, signal) : createReadStream(file),
        JSON.stringify(file),
      );
    }
  })();
}

/** What is in a file now, and what comes to it. */
async function* growing(file: string, signal?: AbortSignal): AsyncIterable<Buffer> {
  let handle: FileHandle | undefined;
  let position = 0;
  const buffer = Buffer.allocUnsafe(pieceLength);
  try {
    for (;;) {
      handle ??= await open(file).catch(ifNotThere);
      // What has the name now is looked at before the rest is read: nothing can come between.
      const now = statIfThere(file);
      const known = await handle?.stat();
      if (now && known && now.ino === known.ino && now.size < position) position = 0;
      while (handle) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        yield Buffer.from(buffer.subarray(0, bytesRead));
      }
      if (now && known && now.ino !== known.ino) {
        await handle?.close();
        handle = undefined;
        position = 0;
      } else {
        await sleep(pause, undefined, { signal });
      }
    }
  } finally {
    await handle?.close();
  }
}

function statIfThere(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false });
}

function ifNotThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function kindOf(file: string, mayBeAbsent: boolean): Stats | undefined {
  let kind: Stats;
  try {
    kind = statSync(file);
  } catch (error) {
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && mayBeAbsent) return undefined;
    throw new UsageError(`${JSON.stringify(file)} cannot be read (${code}). ${expected}`);
  }
  if (kind.isDirectory()) throw new UsageError(`${JSON.stringify(file)} is a folder. ${expected}`);
  return kind;
}

const expected =
  "Give files with log records, or pipe them in; for the folder of a module, use --state.";
