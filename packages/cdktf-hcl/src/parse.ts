import {
  type Entry,
  type Interpolation,
  key,
  type Part,
  type Sequence,
  type TemplatePart,
} from "./syntax";

/** The text is not an expression or template that Terraform could read either. */
export class SyntaxProblem extends Error {}

/**
 * A string of Terraform's JSON syntax, which is a template without escapes (a backslash is a
 * backslash), as opposed to the text between quotes in HCL.
 *
 * @throws SyntaxProblem when an interpolation does not end or holds what is no expression
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function parseTemplate(source: string): TemplatePart[] {
  // Terraform skips a byte order mark at the start of a template, so the JSON means the text without it.
  const parser = new Parser(source.replace(/^\ufeff/, ""));
  return parser.template("bare");
}

/**
 * An expression: what stands between `${` and `}`.
 *
 * @throws SyntaxProblem
 */
export function parseExpression(source: string): Sequence {
  return new Parser(source).wholeExpression();
}

const SPACES = /[\s]/;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||::|[.,:?=<>!+\-*/%~]/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const CLOSING = { "(": ")", "[": "]", "{": "}" } as const;

/** What Go's unicode.IsSpace takes for a space, hence what `~` trims. */
const SPACE =
  "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const LEADING_SPACE = new RegExp(`^${SPACE}+`);
const TRAILING_SPACE = new RegExp(`${SPACE}+$`);

interface Directive {
  readonly keyword: "if" | "for";
  hasElse: boolean;
}

class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

  wholeExpression(): Sequence {
    const sequence = this.sequence([]);
    if (this.at < this.source.length)
      this.fail(`unexpected ${JSON.stringify(this.source[this.at])}`);
    if (sequence.length === 0) this.fail("empty expression");
    return sequence;
  }

  /**
   * A template up to its closing quote or the end of the text.
   *
   * The trim marks of `${~` and `~}` are applied here, because what they trim depends on the form:
   * one line of a bare template, but everything up to the next interpolation within quotes.
   */
  template(form: "bare" | "heredoc" | "quoted"): TemplatePart[] {
    const isQuoted = form === "quoted";
    const parts: TemplatePart[] = [];
    const open: Directive[] = [];
    let text = "";
    let trimNext = false;
    let isPlainFromHere = false;

    const endText = (trimEnd: boolean) => {
      if (text === "") return;
      // A bare template is read line by line, and a trim mark reaches one line only.
      const lines = isQuoted ? [text] : text.split(/(?<=\n)/);
      if (trimNext) lines[0] = lines[0]?.replace(LEADING_SPACE, "") ?? "";
      if (trimEnd) lines.push(lines.pop()?.replace(TRAILING_SPACE, "") ?? "");
      parts.push(lines.join(""));
      text = "";
    };

    for (;;) {
      const char = this.source[this.at];
      if (char === undefined || (isQuoted && char === '"')) {
        if (isQuoted && char === undefined) this.fail("a string that does not end");
        this.at++;
        endText(false);
        const directive = open.at(-1);
        if (directive)
          this.fail(`"%{ ${directive.keyword} }" without its "%{ end${directive.keyword} }"`);
        return parts;
      }
      if (char === "$" || char === "%") {
        const run = this.match(char === "$" ? /\$+/y : /%+/y) as string;
        if (this.source[this.at] !== "{") {
          text += run;
        } else if (isPlainFromHere || run.length > 1) {
          // "$${" stands for "${"; in plain text signs are taken in pairs.
          this.at++;
          text += `${isPlainFromHere && run.length % 2 === 1 ? run : run.slice(1)}{`;
        } else {
          this.at++;
          const trimEnd = this.skip("~");
          endText(trimEnd);
          const inner = this.sequence(["}", "~}"]);
          trimNext = this.skip("~");
          if (!this.skip("}")) this.fail(`"${char}{" without its "}"`);
          if (char === "%") this.directive(inner, open);
          else if (inner.length === 0) this.fail('"${" without an expression');
          parts.push({ opens: `${char}{` as Interpolation["opens"], inner });
        }
      } else if (isQuoted && char === "\\") {
        text += this.escape();
      } else if (isQuoted && char === "\n") {
        this.fail("a quoted string over several lines");
      } else {
        const run = this.match(isQuoted ? /[^$%\\"\n]+/y : /[^$%]+/y) as string;
        // From a "\r" without "\n" on, Terraform takes a bare template for plain text.
        isPlainFromHere ||= form === "bare" && /\r(?!\n)/.test(run);
        text += run;
      }
    }
  }

  /** What stands in `%{ … }`, given those directives before it that are still open. */
  private directive([first, ...rest]: Sequence, open: Directive[]): void {
    const keyword = first?.kind === "name" ? first.text : "";
    const last = open.at(-1);
    if (keyword === "if" || keyword === "for") {
      if (rest.length === 0) this.fail(`"%{ ${keyword} }" without an expression`);
      open.push({ keyword, hasElse: false });
    } else if (keyword === "else" && last?.keyword === "if" && !last.hasElse) {
      last.hasElse = true;
    } else if (last && keyword === `end${last.keyword}`) {
      open.pop();
    } else if (/^(?:else|endif|endfor)$/.test(keyword)) {
      this.fail(`"%{ ${keyword} }" where nothing is open that it belongs to`);
    } else {
      this.fail('"%{" without one of if, else, endif, for, endfor');
    }
  }

  private escape(): string {
    const sign = this.match(/\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y);
    if (sign === undefined) this.fail(`unknown escape ${this.source.slice(this.at, this.at + 2)}`);
    const simple: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
    return simple[sign[1] as string] ?? String.fromCodePoint(Number.parseInt(sign.slice(2), 16));
  }

  /** Parts up to one of `ends` (not consumed), or to the end of the text. */
  private sequence(ends: readonly string[]): Part[] {
    const parts: Part[] = [];
    const newlineEnds = ends.includes("\n");
    for (;;) {
      this.skipBlank(!newlineEnds);
      if (this.at >= this.source.length) return parts;
      if (ends.some((end) => this.source.startsWith(end, this.at))) {
        // The "=" and ":" that end a key are not the start of "==", "=>" or "::".
        const operator = this.peek(OPERATOR);
        if (operator === undefined || ends.includes(operator) || operator === "~") return parts;
      }
      parts.push(this.part());
    }
  }

  private part(): Part {
    const char = this.source[this.at] as string;
    if (char === '"') {
      this.at++;
      return { kind: "template", parts: this.template("quoted") };
    }
    if (char === "(" || char === "[") return this.items(char);
    if (char === "{") return this.braces();
    const heredoc = this.heredoc();
    if (heredoc) return heredoc;
    for (const [kind, pattern] of [
      ["name", NAME],
      ["number", NUMBER],
      ["operator", OPERATOR],
    ] as const) {
      const text = this.match(pattern);
      if (text !== undefined) return { kind, text };
    }
    return this.fail(`unexpected ${JSON.stringify(char)}`);
  }

  private items(opens: "(" | "["): Part {
    const items: Sequence[] = [];
    const close = CLOSING[opens];
    this.at++;
    this.skipBlank(true);
    const isFor = this.peek(NAME) === "for";
    while (!this.skipAfterBlank(close)) {
      // The commas of "for k, v in" separate nothing.
      const item = this.sequence(isFor ? [close] : [",", close]);
      if (item.length === 0)
        this.fail(`unexpected ${JSON.stringify(this.source[this.at] ?? "end")}`);
      items.push(item);
      this.skip(",");
    }
    return { kind: "group", opens, items };
  }

  private braces(): Part {
    this.at++;
    this.skipBlank(true);
    if (this.peek(NAME) === "for") {
      const value = this.sequence(["}"]);
      if (!this.skip("}")) this.fail('"{" without its "}"');
      return { kind: "group", opens: "{", isFor: true, items: [{ value }] };
    }
    const items: Entry[] = [];
    while (!this.skipAfterBlank("}")) {
      items.push(this.entry());
      this.skipBlank(false);
      this.skip(",");
    }
    return { kind: "group", opens: "{", isFor: false, items };
  }

  private entry(): Entry {
    const key = this.sequence(["=", ":", "}"]);
    if (key.length === 0) this.fail("an object's entry without a key");
    if (!this.skip("=") && !this.skip(":")) this.fail("an object's entry without a value");
    const value = this.sequence([",", "\n", "}"]);
    if (value.length === 0) this.fail("an object's entry without a value");
    return { key: bareKey(key), value };
  }

  private heredoc(): Part | undefined {
    HEREDOC.lastIndex = this.at;
    const opening = HEREDOC.exec(this.source);
    if (!opening) return undefined;
    const start = this.at + opening[0].length;
    const closing = new RegExp(`^[ \\t]*${opening[2]}(?=\\r?\\n|$|[^\\p{ID_Continue}-])`, "mu");
    const end = closing.exec(this.source.slice(start));
    if (!end) this.fail(`a heredoc without its ${opening[2]}`);
    const text = this.source.slice(start, start + end.index);
    this.at = start + end.index + end[0].length;
    const parts = new Parser(text).template("heredoc");
    return { kind: "template", parts: opening[1] === "-" ? withoutIndentation(parts) : parts };
  }

  private skipBlank(newlines: boolean): void {
    for (;;) {
      const char = this.source[this.at];
      if (char !== undefined && SPACES.test(char) && (newlines || char !== "\n")) this.at++;
      else if (
        this.match(/\/\*[\s\S]*?\*\//y) === undefined &&
        this.match(/(?:#|\/\/)[^\n]*/y) === undefined
      )
        return;
    }
  }

  private skipAfterBlank(text: string): boolean {
    this.skipBlank(true);
    if (this.at >= this.source.length) this.fail(`missing ${JSON.stringify(text)}`);
    return this.skip(text);
  }

  private skip(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.source)?.[0];
  }

  private match(pattern: RegExp): string | undefined {
    const text = this.peek(pattern);
    if (text !== undefined) this.at += text.length;
    return text;
  }

  private fail(what: string): never {
    throw new SyntaxProblem(`${what} at character ${this.at + 1}`);
  }
}

/** `"Statement" = …` reads better as `Statement = …`, and means the same. */
function bareKey(sequence: Sequence): Sequence {
  const [only] = sequence;
  if (sequence.length !== 1 || only?.kind !== "template") return sequence;
  const [text, ...more] = only.parts;
  return typeof text === "string" && more.length === 0 ? key(text) : sequence;
}

/** What `<<-` takes away: the indentation of the least indented line. */
function withoutIndentation(parts: readonly TemplatePart[]): TemplatePart[] {
  const lines: TemplatePart[][] = [[]];
  for (const part of parts) {
    if (typeof part !== "string") {
      lines.at(-1)?.push(part);
      continue;
    }
    for (const piece of part.split(/(?<=\n)/)) {
      lines.at(-1)?.push(piece);
      if (piece.endsWith("\n")) lines.push([]);
    }
  }
  const isBlank = (line: TemplatePart[]) =>
    line.length === 0 || (typeof line[0] === "string" && /^\s*\n$/.test(line[0]));
  const indentations = lines
    .filter((line) => !isBlank(line))
    .map(([first]) =>
      typeof first === "string" ? (LEADING_SPACE.exec(first)?.[0].length ?? 0) : 0,
    );
  const common = Math.min(...indentations);
  return lines.flatMap((line) => {
    const [first, ...rest] = line;
    return isBlank(line) || typeof first !== "string" ? line : [first.slice(common), ...rest];
  });
}
