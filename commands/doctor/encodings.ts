import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UsageError } from "../usage-error";

/** How packed files begin that are not read, and what unpacks them. */
const packed: readonly [
  magic: readonly number[],
  name: string,
  command: (file: string) => string,
][] = [
  [[0x50, 0x4b, 0x03, 0x04], "a ZIP archive", (file) => `unzip -p ${file}`],
  [[0x28, 0xb5, 0x2f, 0xfd], "packed by Zstandard", (file) => `zstd -dc ${file}`],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "packed by xz", (file) => `xz -dc ${file}`],
  [[0x42, 0x5a, 0x68], "packed by bzip2", (file) => `bzip2 -dc ${file}`],
];

/** Enough to tell an encoding by. */
const longest = 5;

/**
 * UTF-8, whatever the bytes are: text, gzip, or UTF-16 with its mark.
 *
 * @param name the file, or where else it comes from
 * @throws {UsageError} when it is packed otherwise, or damaged
 */
export async function* decoded(bytes: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  const chunks = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < longest) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
    // Whoever follows a log sees its first byte at once.
    if (head.length > 0 && !mayBeEncoded(head)) break;
  }
  const whole = (async function* () {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  yield* reader(head, name)(whole);
}

type Reader = (bytes: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

function reader(head: Buffer, name: string): Reader {
  if (begins(head, [0x1f, 0x8b])) return (bytes) => gunzipped(bytes, name);
  if (begins(head, [0xff, 0xfe])) return (bytes) => transcoded(bytes, "utf-16le");
  if (begins(head, [0xfe, 0xff])) return (bytes) => transcoded(bytes, "utf-16be");
  for (const [magic, what, command] of packed) {
    if (begins(head, magic)) {
      throw new UsageError(
        `${name} is ${what}, which is not read. Unpack it on the way:\n  ${command(name)} | rpcn-aurora doctor`,
      );
    }
  }
  return (bytes) => bytes;
}

const begins = (head: Buffer, magic: readonly number[]) =>
  magic.every((byte, index) => head[index] === byte);

function mayBeEncoded(head: Buffer): boolean {
  const magics = [[0x1f], [0xff], [0xfe], ...packed.map(([magic]) => magic)];
  return magics.some((magic) => head[0] === magic[0]);
}

async function* gunzipped(bytes: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  // What breaks reaches whoever reads.
  const gunzip = pipeline(Readable.from(bytes), createGunzip(), () => {});
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!code.startsWith("Z_")) throw error;
    throw new UsageError(
      `${name} cannot be unpacked (${code}): it is cut off or damaged. What is left of it: gunzip -c ${name} | rpcn-aurora doctor`,
    );
  }
}

async function* transcoded(bytes: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
