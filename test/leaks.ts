import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";

/**
 * What to look for, by how it is written. Of a word of letters and digits: JSON, URLs, HTML and shells
 * leave such a word alone, whatever stands around it. Case does not count, but in base64.
 */
function formsOf(word: string): Record<string, string> {
  const bytes = Buffer.from(word);
  return {
    plain: word.toLowerCase(),
    hex: bytes.toString("hex"),
    ...Object.fromEntries(
      [0, 1, 2].flatMap((before) => [
        [`base64 after ${before} bytes`, base64Of(bytes, before, "base64")],
        [`base64url after ${before} bytes`, base64Of(bytes, before, "base64url")],
      ]),
    ),
  };
}

/** The part that does not depend on what stands before and after. */
function base64Of(bytes: Buffer, before: number, encoding: "base64" | "base64url"): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
  const digits = (count: number) => (count * 8) / 6;
  return encoded.slice(Math.ceil(digits(before)), Math.floor(digits(before + bytes.length)));
}

/** The words, by name, that stand somewhere in `content`, each with how it is written. */
export function leaksIn(content: Buffer, words: Record<string, string>): string[] {
  const anyCase = Buffer.from(content.toString("latin1").toLowerCase(), "latin1");
  return Object.entries(words).flatMap(([name, word]) => {
    const [form] =
      Object.entries(formsOf(word)).find(([how, text]) =>
        (how.startsWith("base64") ? content : anyCase).includes(text),
      ) ?? [];
    return form === undefined ? [] : `${name} (${form})`;
  });
}

/**
 * The same for every file below `folder`, hidden ones too. Archives, as plans are, are opened.
 *
 * @returns such as `terraform.tfstate: db_password (plain)`
 */
export function leaksBelow(folder: string, words: Record<string, string>): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => contents(relative(folder, path), readFileSync(path)))
    .flatMap(([name, content]) => leaksIn(content, words).map((leak) => `${name}: ${leak}`));
}

function contents(name: string, content: Buffer): [name: string, content: Buffer][] {
  if (content.subarray(0, 4).toString("latin1") !== "PK\u0003\u0004") return [[name, content]];
  return Object.entries(unzipSync(content)).map(([member, bytes]) => [
    `${name}/${member}`,
    Buffer.from(bytes),
  ]);
}
