import { parseExpression, SyntaxProblem } from "cdktf-hcl";
import type { Attributes, Synthesized } from "../graph/module";

/**
 * What the files of a written module declare, as its stack would be synthesized: each expression as
 * one of Terraform's JSON, `${…}`, and each kind of nested block as a list.
 *
 * It reads what `synth` has written, of any version: one argument or block a line, laid out as
 * `terraform fmt` does.
 *
 * @param files of the module, by name; those that are not in Terraform's language are left out
 * @throws {SyntaxProblem} where somebody has written in them
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function configurationIn(files: Readonly<Record<string, string>>): Synthesized {
  const resource: Record<string, Record<string, Attributes>> = {};
  const data: Record<string, Record<string, Attributes>> = {};
  const locals: Record<string, unknown> = {};
  const variable: Record<string, { readonly default?: unknown }> = {};
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith(".tf")) continue;
    for (const { type, labels, body } of new Reader(name, text).blocks()) {
      const [first = "", second = ""] = labels;
      if (type === "locals") Object.assign(locals, body());
      if (type === "variable") {
        const { default: usual } = body();
        variable[first] = { default: usual === asJson("null") ? null : usual };
      }
      const ofKind = { resource, data }[type];
      if (!ofKind) continue;
      ofKind[first] = { ...ofKind[first], [second]: body() };
    }
  }
  return { resource, data, locals, variable };
}

interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** What is between its braces, read when it is wanted. */
  readonly body: () => Attributes;
}

const BLOCK = /^( *)([\w-]+)((?: "[^"]*")*) \{(\})?$/;
const ARGUMENT = /^( *)([\w-]+) *= (.*)$/;

class Reader {
  readonly #lines: readonly string[];

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.#lines = text.split(/\r?\n/);
  }

  /** Those that are in no other. */
  blocks(): Block[] {
    return this.#within(0, this.#lines.length).blocks;
  }

  /** The lines from `start` up to `end`, which are of one body. */
  #within(start: number, end: number): { blocks: Block[]; attributes: Record<string, unknown> } {
    const blocks: Block[] = [];
    const attributes: Record<string, unknown> = {};
    for (let at = start; at < end; at += 1) {
      const line = this.#lines[at] ?? "";
      if (/^ *(#|$)/.test(line)) continue;
      const [, indent = "", type, labels = "", isEmpty] = BLOCK.exec(line) ?? [];
      if (type !== undefined) {
        const [from, to] = [at + 1, isEmpty ? at + 1 : this.#closing(at, indent, end)];
        blocks.push({
          type,
          labels: [...labels.matchAll(/"([^"]*)"/g)].map(([, label = ""]) => label),
          body: () => this.#body(from, to),
        });
        if (!isEmpty) at = to;
        continue;
      }
      const [, margin = "", name, first] = ARGUMENT.exec(line) ?? [];
      if (name === undefined || first === undefined) throw this.#problem(at);
      const { expression, last } = this.#expression(at, { first, margin, end });
      attributes[name] = asJson(expression);
      at = last;
    }
    return { blocks, attributes };
  }

  #body(start: number, end: number): Attributes {
    const { blocks, attributes } = this.#within(start, end);
    const nested = new Map<string, Attributes[]>();
    for (const { type, body } of blocks) nested.set(type, [...(nested.get(type) ?? []), body()]);
    return { ...attributes, ...Object.fromEntries(nested) };
  }

  /** A brace as far in as the block itself. */
  #closing(start: number, indent: string, end: number): number {
    const at = this.#lines.indexOf(`${indent}}`, start);
    if (at === -1 || at >= end) throw this.#problem(start);
    return at;
  }

  /** It goes on as long as a bracket, a quote or a heredoc is open, whose lines are further in. */
  #expression(
    start: number,
    { first, margin, end }: { first: string; margin: string; end: number },
  ) {
    const lines = [first];
    for (let at = start; at < end; at += 1) {
      const line = this.#lines[at] ?? "";
      if (at > start) lines.push(line);
      if (at > start && line.startsWith(`${margin} `)) continue;
      const expression = lines.join("\n");
      if (isExpression(`${expression}\n`)) return { expression, last: at };
    }
    throw this.#problem(start);
  }

  #problem(at: number): SyntaxProblem {
    return new SyntaxProblem(`${this.file}:${at + 1}: not as rpcn-aurora writes it`);
  }
}

/** With a line end, without which no heredoc ends. */
function asJson(expression: string): string {
  return `\${${expression}\n}`;
}

function isExpression(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxProblem) return false;
    throw error;
  }
}
