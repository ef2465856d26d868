/**
 * JSON as Terraform reads it: every digit of a number counts, and no name is special. JavaScript's
 * own parser rounds numbers beyond 2^53, takes the last of two equal names, and forgets `__proto__`.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */

/** A number that JavaScript would round or spell in another way. */
export class ExactNumber {
  constructor(
    /** As the JSON has it, such as `12345678901234567890` or `1.0`. */
    readonly text: string,
  ) {}
}

/** The text is no JSON, or has a name twice. */
export class JsonProblem extends Error {
  override readonly name = "JsonProblem";
}

/**
 * Objects have no prototype; numbers that a JavaScript number does not hold to the letter are
 * `ExactNumber`s.
 *
 * @throws JsonProblem with line and column
 */
export function parseJson(text: string): unknown {
  return new JsonParser(text).whole();
}

/** The JSON of what `parseJson` gives, indented by two blanks. */
export function writeJson(value: unknown, indent = ""): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => writeJson(item, inner))
    : Object.entries(value).map(([name, item]) => {
        return `${JSON.stringify(name)}: ${writeJson(item, inner)}`;
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class JsonParser {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): unknown {
    this.skip("\ufeff");
    const value = this.value();
    this.match(BLANK);
    if (this.at < this.text.length) this.fail("more text after the end");
    return value;
  }

  private value(): unknown {
    this.match(BLANK);
    if (this.skip("{")) return this.object();
    if (this.skip("[")) return this.array();
    if (this.text[this.at] === '"') return this.string();
    const number = this.match(NUMBER);
    if (number !== undefined) {
      const value = Number(number);
      // From 2^53 on, nobody can tell a number of JavaScript from its neighbours.
      const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
      return isExact && String(value) === number ? value : new ExactNumber(number);
    }
    const word = this.match(WORD);
    return word === undefined ? this.fail("no value") : WORDS.get(word);
  }

  private object(): Record<string, unknown> {
    const object: Record<string, unknown> = Object.create(null);
    this.match(BLANK);
    if (this.skip("}")) return object;
    for (;;) {
      this.match(BLANK);
      if (this.text[this.at] !== '"') this.fail("no name");
      const key = this.string();
      if (key in object && key !== "//") this.fail(`${JSON.stringify(key)} for the second time`);
      this.match(BLANK);
      if (!this.skip(":")) this.fail('no ":"');
      object[key] = this.value();
      this.match(BLANK);
      if (this.skip("}")) return object;
      if (!this.skip(",")) this.fail('neither "," nor "}"');
    }
  }

  private array(): unknown[] {
    const array: unknown[] = [];
    this.match(BLANK);
    if (this.skip("]")) return array;
    for (;;) {
      array.push(this.value());
      this.match(BLANK);
      if (this.skip("]")) return array;
      if (!this.skip(",")) this.fail('neither "," nor "]"');
    }
  }

  private string(): string {
    const start = this.at;
    try {
      return JSON.parse(this.match(STRING) ?? "");
    } catch {
      this.at = start;
      return this.fail("a string that does not end, or with an escape that JSON does not have");
    }
  }

  private skip(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(what: string): never {
    const before = this.text.slice(0, this.at).split("\n");
    throw new JsonProblem(
      `${what} in line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`,
    );
  }
}
