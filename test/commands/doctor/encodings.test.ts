import { gzipSync } from "node:zlib";
import { decoded } from "../../../commands/doctor/encodings";
import { UsageError } from "../../../commands/usage-error";

/** What is read of these bytes, that come `size` at a time. */
async function read(bytes: Buffer, size = bytes.length || 1): Promise<string> {
  const chunks = (async function* () {
    for (let start = 0; start < bytes.length; start += size) {
      yield bytes.subarray(start, start + size);
    }
  })();
  const read: Buffer[] = [];
  for await (const chunk of decoded(chunks, '"connect.log"')) read.push(chunk);
  return Buffer.concat(read).toString();
}

const text = '{"message":"Grüße — 世界"}\nlevel=info\n';

test("text stays as it is", async () => {
  expect(await read(Buffer.from(text))).toBe(text);
});

describe.each([1, 2, 3, 1000])("%i bytes at a time", (size) => {
  test.each<[encoding: string, bytes: Buffer]>([
    ["UTF-8", Buffer.from(text)],
    ["gzip", gzipSync(text)],
    ["gzip in two members", Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))])],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16, most significant byte first", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["nothing", Buffer.alloc(0)],
    ["less than a mark", Buffer.from("\n")],
    ["what begins like ZIP", Buffer.from("PK: no archive")],
  ])("%s", async (encoding, bytes) => {
    const expected = /nothing|less|ZIP/.test(encoding) ? bytes.toString() : text;
    expect(await read(bytes, size)).toBe(expected);
  });
});

test.each([
  [[0x50, 0x4b, 3, 4, 0], "a ZIP archive", "unzip -p"],
  [[0x28, 0xb5, 0x2f, 0xfd, 0], "packed by Zstandard", "zstd -dc"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "packed by xz", "xz -dc"],
  [[0x42, 0x5a, 0x68, 0x39, 0], "packed by bzip2", "bzip2 -dc"],
])("%p is named with the command that unpacks it", async (bytes, what, command) => {
  await expect(read(Buffer.from(bytes))).rejects.toThrow(
    new UsageError(
      `"connect.log" is ${what}, which is not read. Unpack it on the way:\n  ${command} "connect.log" | rpcn-aurora doctor`,
    ),
  );
});

test.each([
  ["text", Buffer.from("l"), "l"],
  ["what begins like xz", Buffer.from([0xfd, 0x61]), "\ufffda"],
])("the first bytes of %s are there before the next come", async (_what, bytes, first) => {
  expect(await firstOf(bytes)).toBe(first);
});

test("what is packed is refused as soon as its first bytes tell", async () => {
  await expect(firstOf(Buffer.from("BZh"))).rejects.toThrow(/^"connect.log" is packed by bzip2,/);
});

/** What is read of these bytes alone, where nobody knows whether more will come. */
async function firstOf(bytes: Buffer): Promise<string> {
  const chunks = (async function* () {
    yield bytes;
    throw new Error("nothing has been read so far");
  })();
  for await (const chunk of decoded(chunks, '"connect.log"')) return chunk.toString();
  return "";
}

test("of standard input the message leaves a place for the file", async () => {
  const refusal = (bytes: Buffer) =>
    (async () => {
      const chunks = (async function* () {
        yield bytes;
      })();
      for await (const _ of decoded(chunks));
    })();
  await expect(refusal(Buffer.from("BZh9"))).rejects.toThrow(
    new UsageError(
      "What comes in is packed by bzip2, which is not read. Unpack it on the way:\n  bzip2 -dc <file> | rpcn-aurora doctor",
    ),
  );
  await expect(refusal(gzipSync(text).subarray(0, -9))).rejects.toThrow(
    new UsageError(
      "What comes in cannot be unpacked (Z_BUF_ERROR): it is cut off or damaged. What is left of it: gunzip -c <file> | rpcn-aurora doctor",
    ),
  );
});

test("what is cut off says so", async () => {
  await expect(read(gzipSync(text).subarray(0, -9))).rejects.toThrow(
    new UsageError(
      '"connect.log" cannot be unpacked (Z_BUF_ERROR): it is cut off or damaged. What is left of it: gunzip -c "connect.log" | rpcn-aurora doctor',
    ),
  );
});

test("a stream that breaks off is no damage", async () => {
  const broken = (async function* () {
    yield gzipSync(text).subarray(0, 12);
    throw Object.assign(new Error("the pipe is broken"), { code: "EPIPE" });
  })();
  await expect(async () => {
    for await (const _ of decoded(broken));
  }).rejects.toThrow("the pipe is broken");
});
