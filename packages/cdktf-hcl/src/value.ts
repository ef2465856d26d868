import { ExactNumber } from "./json";
import { parseExpression, parseTemplate } from "./parse";
import {
  type Entry,
  KEYWORDS,
  key,
  list,
  name,
  object,
  type Part,
  PLAIN_NAME,
  quoted,
  type Sequence,
  type TemplatePart,
} from "./syntax";

/**
 * How Terraform reads the strings of a value in JSON.
 *
 * - `template`: `${ … }` and `%{ … }` are evaluated
 * - `literal`: the text itself
 * - `source`: an address or a keyword, written bare in HCL
 * - `type`: a type constraint, also written bare
 * - `requirement`: what a module requires of a provider, all of it literal but the addresses in
 *   `configuration_aliases`
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export type Reading = "template" | "literal" | "source" | "type" | "requirement";

/** Tells of a value that cannot be written. The sentence goes on after "<argument>". */
export type Report = (problem: string) => void;

/** The HCL expression that means what this value means in JSON. */
export function toExpression(value: unknown, reading: Reading, report: Report): Sequence {
  switch (typeof value) {
    case "boolean":
      return [name(String(value))];
    case "number":
      return [{ kind: "number", text: number(value, report) }];
    case "string":
      return text(value, reading, report);
    case "object":
      if (value === null) return [name("null")];
      if (value instanceof ExactNumber) return [{ kind: "number", text: value.text }];
      if (Array.isArray(value))
        return [list(value.map((item) => toExpression(item, reading, report)))];
      if (isPlainObject(value)) return [object(entries(value, reading, report))];
  }
  report(
    `is ${show(value)}, which JSON cannot hold. Give text, a number, a boolean, a list, an object or a token`,
  );
  return [name("null")];
}

/** A string's parts if it is read as a template, for the choice between quotes and a heredoc. */
export function templateParts(sequence: Sequence): readonly TemplatePart[] | undefined {
  const [only] = sequence;
  return sequence.length === 1 && only?.kind === "template" ? only.parts : undefined;
}

/** A value as it stands in a message: on one line and not too long. */
export function show(value: unknown): string {
  let shown: string | undefined;
  try {
    shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  } catch {
    // BigInts and circular structures.
  }
  shown ??= String(value);
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function number(value: number, report: Report): string {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) {
    return String(value === 0 ? 0 : value);
  }
  report(
    Number.isFinite(value)
      ? `is the number ${value}, beyond 2^53, where JavaScript rounds. Give it as text: Terraform converts "123" to a number where one is expected`
      : `is ${value}, which is no number to Terraform. Give a finite number`,
  );
  return "0";
}

function text(value: string, reading: Reading, report: Report): Sequence {
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) {
    report(`is ${show(value)}, half of a surrogate pair, which no UTF-8 file can hold`);
  }
  if (reading === "literal" || reading === "requirement")
    return [quoted(...(value === "" ? [] : [value]))];
  try {
    if (reading === "source" || reading === "type") {
      const bare = /^\$\{(.*)\}$/s.exec(value)?.[1] ?? value;
      // The old short forms, as terraform fmt writes them.
      const isShort = reading === "type" && /^(?:list|map|set)$/.test(bare);
      return parseExpression(isShort ? `${bare}(any)` : bare);
    }
    return template(parseTemplate(value));
  } catch (error) {
    report(
      `is ${show(value)}, which Terraform cannot read: ${(error as Error).message}. Escape "\${" as "$\${" and "%{" as "%%{" where they are meant as text`,
    );
    return [name("null")];
  }
}

function template(parts: readonly TemplatePart[]): Sequence {
  const [only, ...others] = parts.filter((part) => part !== "");
  const isOneValue = others.length === 0 && typeof only === "object" && only.opens === "${";
  if (!isOneValue) return [quoted(...parts)];
  // Blanks that a trim mark took away leave a template that makes text of its only value.
  if (parts.length > 1) return [quoted(only, { opens: "${", inner: [quoted()] })];
  const inner = templateParts(only.inner);
  return inner ? template(inner) : only.inner;
}

function entries(value: Record<string, unknown>, reading: Reading, report: Report): Entry[] {
  // In Terraform's JSON a key "//" is a comment at any depth.
  const items = Object.entries(value).filter(([name]) => name !== "//");
  return items.map(([name, item]) => ({
    key: entryKey(name, reading, report),
    value: toExpression(
      item,
      reading === "requirement" && name === "configuration_aliases" ? "source" : reading,
      report,
    ),
  }));
}

function entryKey(text: string, reading: Reading, report: Report): Sequence {
  if (PLAIN_NAME.test(text) && !KEYWORDS.has(text)) return key(text);
  if (reading === "literal" || reading === "requirement") return key(text);
  const sequence = toExpression(text, reading, report);
  // The keys of a module's "providers" are addresses.
  if (reading === "source") return sequence;
  const parts = templateParts(sequence);
  if (parts === undefined) return [{ kind: "group", opens: "(", items: [sequence] } as Part];
  const [only] = parts;
  return parts.length === 1 && typeof only === "string" ? key(only) : sequence;
}
