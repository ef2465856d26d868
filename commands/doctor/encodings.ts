import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UsageError } from "../usage-error";

type Reader = (bytes: AsyncIterable<Buffer>, file?: string) => AsyncIterable<Buffer>;

/** How what is no plain text begins, and what reads it. */
const formats: readonly [magic: readonly number[], read: Reader][] = [
  [[0x1f, 0x8b], gunzipped],
  [[0xff, 0xfe], (bytes) => transcoded(bytes, "utf-16le")],
  [[0xfe, 0xff], (bytes) => transcoded(bytes, "utf-16be")],
  [[0x50, 0x4b, 0x03, 0x04], refused("a ZIP archive", "unzip -p")],
  [[0x28, 0xb5, 0x2f, 0xfd], refused("packed by Zstandard", "zstd -dc")],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], refused("packed by xz", "xz -dc")],
  [[0x42, 0x5a, 0x68], refused("packed by bzip2", "bzip2 -dc")],
];

/**
 * UTF-8, whatever the bytes are: text, gzip, or UTF-16 with its mark.
 *
 * @param file as a shell takes it. @default - standard input
 * @throws {UsageError} when it is packed otherwise, or damaged
 */
export async function* decoded(bytes: AsyncIterable<Buffer>, file?: string): AsyncIterable<Buffer> {
  const chunks = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  // Whoever follows a log sees its first byte at once.
  while (formats.some(([magic]) => mayBecome(magic, head))) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = (async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  const read = formats.find(([magic]) => magic.every((byte, at) => head[at] === byte))?.[1];
  yield* read ? read(whole, file) : whole;
}

function mayBecome(magic: readonly number[], head: Buffer): boolean {
  return head.length < magic.length && head.every((byte, at) => magic[at] === byte);
}

/** @param command unpacks the file whose name comes after it */
function refused(what: string, command: string): Reader {
  return (_bytes, file) => {
    throw new UsageError(
      `${file ?? "What comes in"} is ${what}, which is not read. Unpack it on the way:\n  ${command} ${file ?? "<file>"} | rpcn-aurora doctor`,
    );
  };
}

async function* gunzipped(bytes: AsyncIterable<Buffer>, file?: string): AsyncIterable<Buffer> {
  // What breaks reaches whoever reads.
  const gunzip = pipeline(Readable.from(bytes), createGunzip(), () => {});
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith("Z_")) throw error;
    throw new UsageError(
      `${file ?? "What comes in"} cannot be unpacked (${code}): it is cut off or damaged. What is left of it: gunzip -c ${file ?? "<file>"} | rpcn-aurora doctor`,
    );
  }
}

async function* transcoded(bytes: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
