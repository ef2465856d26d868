import { parseExpression, parseTemplate, type Sequence, type TemplatePart } from "cdktf-hcl";

/** Variables are every construct's to read, and the others speak of the block itself. */
const free: readonly string[] = ["var", "each", "count", "self", "path", "terraform"];

/** What an address begins with, but a resource's. */
const kinds: readonly string[] = ["data", "ephemeral"];

/** Arguments whose text is an expression and no template. */
const expressions: readonly string[] = ["depends_on", "replace_triggered_by"];

/** How others refer to the blocks that an element's JSON declares. */
export function declaredIn(json: Readonly<Record<string, object>>): string[] {
  const { resource, data, ephemeral, locals } = json;
  const ofTypes = (byType: object = {}) =>
    Object.entries(byType).flatMap(([type, byName]) =>
      Object.keys(byName).map((name) => `${type}.${name}`),
    );
  return [
    ...ofTypes(resource),
    ...ofTypes(data).map((address) => `data.${address}`),
    ...ofTypes(ephemeral).map((address) => `ephemeral.${address}`),
    ...ofTypes({ local: locals ?? {} }),
  ];
}

/** The addresses that an element's JSON, or a part of it, refers to, variables left out. */
export function referencesIn(
  value: unknown,
  argument = "",
  known: readonly string[] = free,
): string[] {
  if (typeof value === "string") {
    return expressions.includes(argument)
      ? inSequence(parseExpression(value), known)
      : inTemplate(parseTemplate(value), known);
  }
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, argument, known));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    // A dynamic block is its own iterator.
    referencesIn(inner, name, argument === "dynamic" ? [...known, name] : known),
  );
}

function inTemplate(parts: readonly TemplatePart[], known: readonly string[]): string[] {
  return parts.flatMap((part) => (typeof part === "string" ? [] : inSequence(part.inner, known)));
}

function inSequence(sequence: Sequence, outer: readonly string[]): string[] {
  const known = [...outer, ...boundBy(sequence)];
  return sequence.flatMap((part, index): string[] => {
    if (part.kind === "template") return inTemplate(part.parts, known);
    if (part.kind === "group") {
      const items = part.opens === "{" ? part.items.flatMap(sequences) : part.items;
      return items.flatMap((item) => inSequence(item, known));
    }
    if (part.kind !== "name" || isDot(sequence[index - 1]) || known.includes(part.text)) return [];
    const path = pathFrom(sequence, index);
    return path.length === 1 ? [] : [path.slice(0, kinds.includes(part.text) ? 3 : 2).join(".")];
  });
}

const sequences = ({ key, value }: { key?: Sequence; value: Sequence }): Sequence[] =>
  key ? [key, value] : [value];

const isDot = (part: Sequence[number] | undefined) =>
  part?.kind === "operator" && part.text === ".";

/** `for key, value in …` → key, value. */
function boundBy(sequence: Sequence): string[] {
  const words = sequence.map((part) => ("text" in part ? part.text : ""));
  return words[0] === "for" ? words.slice(1, words.indexOf("in")) : [];
}

/** The names that dots join, from `start` on. */
function pathFrom(sequence: Sequence, start: number): string[] {
  const path: string[] = [];
  for (let index = start; ; index += 2) {
    const part = sequence[index];
    if (part?.kind !== "name") return path;
    path.push(part.text);
    if (!isDot(sequence[index + 1])) return path;
  }
}
