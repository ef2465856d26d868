import { heredocLines, type Lines, spansLines, writeExpression } from "./format";
import type { Sequence } from "./syntax";
import { quoteLiteral } from "./text";
import { isPlainObject, type Reading, show, templateParts, toExpression } from "./value";

/** How one name within a block is written. */
export type Rule =
  | {
      readonly is: "argument";
      readonly reading: Reading;
      /** Whether `null` says something else here than leaving the argument out. @default false */
      readonly keepsNull?: boolean;
    }
  | {
      readonly is: "block";
      /** How many labels stand between its type and its `{`. */
      readonly labels: number;
      readonly body: (labels: readonly string[]) => Body;
    }
  /**
   * An attribute of the provider's schema that may also be written as blocks: with elements as
   * blocks, which may leave out what is null; without elements as `name = []`.
   *
   * @see https://developer.hashicorp.com/terraform/language/attr-as-blocks
   */
  | { readonly is: "attribute as blocks"; readonly body: Body };

export type Rules = Readonly<Record<string, Rule>>;

/** What may stand between the braces of a block, in the order it is written. */
export interface Body {
  /** One paragraph each, before everything else. */
  readonly first: readonly Rules[];
  /**
   * The rule for any other name, or a sentence that says why there is none.
   *
   * @default - no other names
   */
  readonly rest?: (name: string, value: unknown) => Rule | string;
  /** One paragraph each, after everything else. */
  readonly last?: readonly Rules[];
  /** Whether the other names share one paragraph, long ones too. @default false */
  readonly isDense?: boolean;
  /** Which of the other names come first, because they say what this is. @default - none */
  readonly isIdentity?: (name: string) => boolean;
  /** The order of the other names. @default - as they are given */
  readonly order?: (names: readonly string[]) => readonly string[];
}

/** Where the words of a block go, and whom to tell about those that cannot. */
export interface Page {
  readonly lines: Lines;
  readonly report: (problem: string) => void;
  /** The expression as it is written here: where a block has another name, with that name. */
  readonly renamed: (sequence: Sequence) => Sequence;
  /** The comment for an argument or nested block, by its path; each is asked for once. */
  readonly comment: (path: string) => readonly string[];
}

/** Names stay as they are. */
export const asItIs: Page["renamed"] = (sequence) => sequence;

export const argument: Rule = { is: "argument", reading: "template" };
export const literal: Rule = { is: "argument", reading: "literal" };
export const source: Rule = { is: "argument", reading: "source" };
/** An argument where `null` is a value of its own. */
export function nullable(reading: Reading): Rule {
  return { is: "argument", reading, keepsNull: true };
}
export function block(body: Body): Rule {
  return { is: "block", labels: 0, body: () => body };
}
/** A body that holds these arguments and blocks, and no others. */
export function only(rules: Rules): Body {
  return { first: [rules] };
}

interface Argument {
  readonly name: string;
  readonly path: string;
  readonly value: Sequence;
  readonly heredoc: readonly string[] | undefined;
}

interface Block {
  readonly type: string;
  readonly path: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly content: Readonly<Record<string, unknown>>;
}

type Item = Argument | Block;

/** Terraform's names; JSON would not pass with others either. */
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;
const HEREDOC_MARKER = "EOT";

/** Writes a whole block: type, labels, and its body between braces. */
export function writeBlock(
  page: Page,
  type: string,
  labels: readonly string[],
  body: Body,
  content: Readonly<Record<string, unknown>>,
  depth = 0,
  path = "",
): void {
  const paragraphs = arrange(page, body, content, path, depth + 1);
  const head = [type, ...labels.map((label) => `"${quoteLiteral(label)}"`)].join(" ");
  page.lines.open(`${head} {`);
  if (paragraphs.length > 0) page.lines.end();
  paragraphs.forEach((items, index) => {
    if (index > 0) page.lines.blank();
    for (const item of items) writeItem(page, item, depth + 1);
  });
  page.lines.close("}");
  page.lines.end();
}

/** Writes arguments alone, as in `locals`. */
export function writeArgument(page: Page, name: string, value: unknown, rule: Rule): void {
  for (const item of itemsOf(page, name, value, rule, name)) writeItem(page, item, 1);
}

function writeItem(page: Page, item: Item, depth: number): void {
  const { lines } = page;
  for (const line of page.comment(item.path)) lines.comment(line);
  if ("type" in item) {
    writeBlock(page, item.type, item.labels, item.body, item.content, depth, item.path);
    return;
  }
  lines.add(item.name);
  lines.equals();
  if (item.heredoc) lines.heredoc(HEREDOC_MARKER, item.heredoc);
  else writeExpression(lines, item.value, depth);
  lines.end();
}

/** The body's paragraphs. */
function arrange(
  page: Page,
  body: Body,
  content: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): Item[][] {
  const left = new Map(Object.entries(content));
  left.delete("//");
  const items = (name: string, rule: Rule) => {
    const value = left.get(name);
    left.delete(name);
    return itemsOf(page, name, value, rule, path === "" ? name : `${path}.${name}`);
  };
  const named = (paragraphs: readonly Rules[]) =>
    paragraphs.flatMap((rules) => {
      const found = Object.entries(rules).flatMap(([name, rule]) => items(name, rule));
      return [found.filter(isArgument), ...found.filter(isBlock).map((item) => [item])];
    });

  const first = named(body.first);
  const last = named(body.last ?? []);
  const names = [...left.keys()];
  const rest = (body.order?.(names) ?? names).flatMap((name) => {
    const value = left.get(name);
    const rule =
      body.rest?.(name, value) ?? `is not known here. Remove it: Terraform has no such argument`;
    if (typeof rule !== "string") return items(name, rule);
    page.report(`${path === "" ? name : `${path}.${name}`} ${rule}`);
    return [];
  });

  const args = rest.filter(isArgument).filter((item) => item.name !== "tags");
  const isLong = (item: Argument) =>
    !body.isDense &&
    (item.heredoc !== undefined || spansLines(item.value, depth, item.name.length + 3));
  const short = args.filter((item) => !isLong(item));
  const isIdentity = (item: Argument) => body.isIdentity?.(item.name) ?? false;
  return [
    ...first,
    [...short.filter(isIdentity), ...short.filter((item) => !isIdentity(item))],
    ...args.filter(isLong).map((item) => [item]),
    ...rest.filter(isBlock).map((item) => [item]),
    rest.filter(isArgument).filter((item) => item.name === "tags"),
    ...last,
  ].filter((paragraph) => paragraph.length > 0);
}

function isArgument(item: Item): item is Argument {
  return "name" in item;
}

function isBlock(item: Item): item is Block {
  return "type" in item;
}

function itemsOf(page: Page, name: string, value: unknown, rule: Rule, path: string): Item[] {
  if (!IDENTIFIER.test(name)) {
    page.report(
      `${path}: ${show(name)} is not a name that Terraform allows for an argument. Use letters, digits, "_" and "-"`,
    );
    return [];
  }
  if (value === undefined || (value === null && !(rule.is === "argument" && rule.keepsNull))) {
    return [];
  }
  if (rule.is === "block") return blocks(page, name, value, rule, path);
  if (rule.is === "attribute as blocks" && isListOfObjects(value)) {
    return blocks(page, name, value, block(rule.body), path);
  }
  const reading = rule.is === "argument" ? rule.reading : "template";
  const sequence = page.renamed(
    toExpression(value, reading, (problem) => page.report(`${path} ${problem}`)),
  );
  const parts = templateParts(sequence);
  return [{ name, path, value: sequence, heredoc: parts && heredocLines(parts, HEREDOC_MARKER) }];
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

/** JSON writes a block as an object, several as a list, and labels as keys in between. */
function blocks(page: Page, type: string, value: unknown, rule: Rule, path: string): Block[] {
  if (rule.is !== "block") return [];
  const found = labelled(value, rule.labels, (wrong) =>
    page.report(
      `${path} is ${show(wrong)}, but ${type} is a block and needs an object${rule.labels > 0 ? " by label" : ""}. For a number of blocks only known to Terraform use a dynamic block`,
    ),
  );
  const counts = new Map<string, number>();
  return found.map(({ labels, content }) => {
    const stem = [path, ...labels].join(".");
    const index = counts.get(stem) ?? 0;
    counts.set(stem, index + 1);
    // The first of several goes without a number, so that a path does not change when one is added.
    return {
      type,
      labels,
      content,
      body: rule.body(labels),
      path: index === 0 ? stem : `${stem}.${index}`,
    };
  });
}

/** The blocks in a piece of JSON, each with its labels. */
export function labelled(
  value: unknown,
  count: number,
  report: (value: unknown) => void,
  labels: readonly string[] = [],
): { labels: readonly string[]; content: Record<string, unknown> }[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => labelled(item, count, report, labels));
  if (!isPlainObject(value)) {
    report(value);
    return [];
  }
  if (labels.length === count) return [{ labels, content: value }];
  return Object.entries(value)
    .filter(([label]) => label !== "//")
    .flatMap(([label, item]) => labelled(item, count, report, [...labels, label]));
}
