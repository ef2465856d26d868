import { readFileSync } from "node:fs";
import { parseExpression, type Sequence, SyntaxProblem } from "cdktf-hcl";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import { UsageError } from "../usage-error";
import type { Assignment } from "./assignments";

/**
 * The text of a tfvars file that can be edited.
 *
 * @throws {UsageError} when it cannot be read, or is not a list of names with plain values
 */
export function readTfvars(file: string): string {
  const refuse = (problem: string) =>
    new UsageError(
      `--tfvars is ${JSON.stringify(file)}, which ${problem}. It must be a file of lines name = value: copy one of those in tfvars/, or leave --tfvars out to see the lines.`,
    );
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw refuse(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    // With its byte order mark, if there is one: all bytes are written back.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    valuesOf(text);
    return text;
  } catch (error) {
    const problem = error instanceof SyntaxProblem ? error.message : "it is not UTF-8";
    throw refuse(`cannot be edited: ${problem}`);
  }
}

/** In Terraform's syntax. Not in angle brackets: Terraform's `jsonencode` in messages escapes these. */
export const placeholder = '"FILL IN"';

/**
 * Whether a value stands for one that is to be filled in, as in the examples of tfvars/. Each
 * variable's validation refuses it.
 */
export function isPlaceholder(value: string): boolean {
  return value === placeholder || value === `[${placeholder}]`;
}

/**
 * Every value of a tfvars file, by name, in Terraform's syntax and in its order.
 *
 * @throws SyntaxProblem when the text is not a list of names with plain values
 */
export function valuesIn(source: string): Map<string, string> {
  return new Map(
    [...valuesOf(source)].map(([name, { start, end }]) => [name, source.slice(start, end)]),
  );
}

/**
 * The text that a tfvars file gives a variable; undefined where it gives none, or another kind of
 * value, or cannot be read, and for a placeholder.
 */
export function textIn(file: string, name: string): string | undefined {
  try {
    const source = readTfvars(file);
    const span = valuesOf(source).get(name);
    const text = span ? source.slice(span.start, span.end) : "";
    const [value] = text === "" || isPlaceholder(text) ? [] : parseExpression(text);
    return value?.kind === "template" ? value.parts.join("") : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/**
 * Gives a tfvars file these values, and leaves all else in it as it is.
 *
 * @returns the names that got another value than before
 * @throws {UsageError} as `readTfvars` does
 * @throws when the file cannot be written
 */
export function writeTfvars(file: string, assignments: readonly Assignment[]): string[] {
  const { text, changed } = edit(readTfvars(file), assignments);
  if (changed.length > 0) writeFileAtomicSync(file, text);
  return changed;
}

/**
 * Replaces values that differ, and appends those of names that are not there.
 *
 * @throws SyntaxProblem when the text is not a list of names with plain values
 */
export function edit(
  source: string,
  assignments: readonly Assignment[],
): { text: string; changed: string[] } {
  const values = valuesOf(source);
  const differing = assignments
    .map((assignment) => ({ ...assignment, at: values.get(assignment.name) }))
    .filter(({ at, value, onlyIfThere, onlyIfMissing, notBeside = [] }) =>
      at
        ? (!onlyIfMissing || isPlaceholder(source.slice(at.start, at.end))) &&
          !isSame(source.slice(at.start, at.end), value)
        : !onlyIfThere && !notBeside.some((name) => values.has(name)),
    );

  let text = source;
  const present = differing.flatMap(({ at, value }) => (at ? [{ ...at, value }] : []));
  // From the last one on, so that what stands before stays where it was.
  for (const { start, end, value } of present.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + value + text.slice(end);
  }
  const missing = differing.filter(({ at }) => !at);
  if (missing.length > 0) {
    const newline = source.includes("\r\n") ? "\r\n" : "\n";
    if (text !== "" && !text.endsWith("\n")) text += newline;
    if (text !== "") text += newline;
    text += asLines(missing)
      .map((line) => line + newline)
      .join("");
  }
  return { text, changed: differing.map(({ name }) => name) };
}

/** Aligned as `terraform fmt` aligns them. */
function asLines(assignments: readonly Assignment[]): string[] {
  const width = Math.max(...assignments.map(({ name }) => name.length));
  return assignments.map(({ name, value }) => `${name.padEnd(width)} = ${value}`);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const BLANK = /(?:[ \t\r\n\ufeff]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
/** The value starts on the same line. */
const NAME_AND_EQUALS = /([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*=[ \t]*(?=[^\s=#/])/uy;
const POSSIBLE_END = /\n|#|\/\/|\/\*|$/g;

/** Where each value stands. */
function valuesOf(source: string): Map<string, Span> {
  const values = new Map<string, Span>();
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    at += found?.[0].length ?? 0;
    return found;
  };
  for (;;) {
    match(BLANK);
    if (at >= source.length) return values;
    const start = at;
    const refuse = (problem: string): never => {
      const line = source.slice(0, start).split("\n").length;
      throw new SyntaxProblem(`line ${line}: ${problem}`);
    };
    const name = match(NAME_AND_EQUALS)?.[1] ?? refuse("expected a line such as name = value");
    if (values.has(name)) refuse(`${name} is set a second time`);
    const end = endOfValue(source, at) ?? refuse(`the value of ${name} is not a plain one`);
    values.set(name, { start: at, end });
    at = end;
  }
}

/**
 * A value goes up to the first end of a line, or start of a comment, before which there is a whole
 * one: before all others a bracket, a quote or a heredoc is still open.
 */
function endOfValue(source: string, start: number): number | undefined {
  POSSIBLE_END.lastIndex = start;
  for (const { 0: sign, index } of source.matchAll(POSSIBLE_END)) {
    // A heredoc is one only with the end of its first line.
    const text = source.slice(start, sign === "\n" ? index + 1 : index);
    if (isPlainValue(text)) return start + text.trimEnd().length;
  }
  return undefined;
}

function isPlainValue(text: string): boolean {
  try {
    return isPlain(parseExpression(text));
  } catch (error) {
    if (error instanceof SyntaxProblem) return false;
    throw error;
  }
}

/** A tfvars file has no variables or functions: strings, numbers, true, false, null and their collections. */
function isPlain(sequence: Sequence): boolean {
  const [first, second, ...more] = sequence;
  if (!first || more.length > 0) return false;
  if (second) return first.kind === "operator" && first.text === "-" && second.kind === "number";
  switch (first.kind) {
    case "template":
      return first.parts.every((part) => typeof part === "string");
    case "number":
      return true;
    case "name":
      return ["true", "false", "null"].includes(first.text);
    case "operator":
      return false;
    case "group":
      if (first.opens === "{") {
        return !first.isFor && first.items.every(({ value }) => isPlain(value));
      }
      return first.opens === "[" && first.items.every(isPlain);
  }
}

/** Whether two values are one, however they are laid out. */
export function isSame(one: string, other: string): boolean {
  return JSON.stringify(parseExpression(one)) === JSON.stringify(parseExpression(other));
}
