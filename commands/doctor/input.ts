import { createReadStream, type Stats, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "../usage-error";

/** How often a file that is followed is looked at, in milliseconds. */
const pause = 500;

/**
 * The bytes of the files, one after the other. With `follow` the last one is read on as it grows,
 * until `signal` aborts, and from its start again when it has become shorter.
 *
 * @throws {UsageError} when a file cannot be read
 */
export function bytesOf(
  files: readonly string[],
  { follow = false, signal }: { follow?: boolean; signal?: AbortSignal } = {},
): AsyncIterable<Buffer> {
  const kinds = files.map(kindOf);
  return (async function* () {
    for (const [index, file] of files.entries()) {
      const isFollowed = follow && index === files.length - 1 && kinds[index]?.isFile();
      let position = 0;
      do {
        // Pipes have no positions.
        const start = position > 0 ? { start: position } : {};
        for await (const bytes of createReadStream(file, {
          ...start,
          highWaterMark: 1024 * 1024,
        })) {
          position += bytes.length;
          yield bytes as Buffer;
        }
        if (isFollowed) {
          await sleep(pause, undefined, { signal });
          if (statSync(file).size < position) position = 0;
        }
      } while (isFollowed);
    }
  })();
}

function kindOf(file: string): Stats {
  let kind: Stats;
  try {
    kind = statSync(file);
  } catch (error) {
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    throw new UsageError(`${JSON.stringify(file)} cannot be read (${code}). ${expected}`);
  }
  if (kind.isDirectory()) throw new UsageError(`${JSON.stringify(file)} is a folder. ${expected}`);
  return kind;
}

const expected =
  "Give files with log records, or pipe them in; for the folder of a module, use --state.";
