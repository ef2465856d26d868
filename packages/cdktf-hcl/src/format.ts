import { parseTemplate } from "./parse";
import {
  type Entry,
  type Group,
  type Interpolation,
  type Part,
  quoted,
  type Sequence,
  type TemplatePart,
} from "./syntax";
import { heredocLiteral, quoteLiteral, unicodeEscape } from "./text";

/** Lines longer than this are broken where a bracket allows it. */
const WIDTH = 100;

/**
 * Lines as `terraform fmt` would leave them: callers say where lines end, this class indents and
 * aligns them by the same rules, so that `terraform fmt` finds nothing to change.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go
 */
export class Lines {
  private readonly done: Line[] = [];
  private current: Line = { lead: "", brackets: 0 };

  /** How many lines there are, the rows of heredocs included. */
  count = 0;

  /** How wide the current line is so far, given the depth its caller knows. */
  width(depth: number): number {
    const { lead, value } = this.current;
    return 2 * depth + lead.length + (value === undefined ? 0 : 1 + value.length);
  }

  /** Whether the current line is an argument's or a key's, so that a "=" in brackets is not its first. */
  get hasEquals(): boolean {
    return this.current.value !== undefined;
  }

  add(text: string): void {
    if (this.current.value === undefined) this.current.lead += text;
    else this.current.value += text;
  }

  /** Text that leaves a bracket open over the end of the line. */
  open(text: string): void {
    this.add(text);
    this.current.brackets++;
  }

  close(text: string): void {
    this.add(text);
    this.current.brackets--;
  }

  /** What follows on this line is a value, to be aligned with those of the lines around. */
  equals(): void {
    this.current.value = "= ";
  }

  /** The lines of a heredoc follow, up to its marker. */
  heredoc(marker: string, content: readonly string[]): void {
    this.add(`<<-${marker}`);
    this.current.heredoc = { marker, content };
  }

  end(): void {
    this.count += 1 + (this.current.heredoc?.content.length ?? 0);
    this.done.push(this.current);
    this.current = { lead: "", brackets: 0 };
  }

  blank(): void {
    this.end();
  }

  comment(text: string): void {
    this.add(`# ${text}`.trimEnd());
    this.end();
  }

  heading(text: string): void {
    const rule = "#".repeat(80);
    for (const line of [rule, `# ${text}`, rule]) {
      this.add(line);
      this.end();
    }
  }

  toString(): string {
    align(this.done);
    const text: string[] = [];
    const open: number[] = [];
    for (const line of this.done) {
      if (line.brackets < 0) closeBrackets(open, -line.brackets);
      const indent = "  ".repeat(open.length);
      if (line.brackets > 0) open.push(line.brackets);
      const content = line.lead + (line.value ?? "");
      text.push(content === "" ? "" : indent + content);
      if (line.heredoc) {
        for (const row of line.heredoc.content) text.push(row === "" ? "" : `${indent}  ${row}`);
        text.push(indent + line.heredoc.marker);
      }
    }
    return text.map((line) => `${line}\n`).join("");
  }
}

interface Line {
  lead: string;
  value?: string;
  /** Brackets opened less brackets closed on this line. */
  brackets: number;
  heredoc?: { readonly marker: string; readonly content: readonly string[] };
}

/** The values of successive lines stand below one another, unless they go on over the end of a line. */
function align(lines: readonly Line[]): void {
  let run: Line[] = [];
  const endRun = () => {
    const widest = Math.max(...run.map((line) => columns(line.lead)));
    for (const line of run) line.lead += " ".repeat(widest - columns(line.lead) + 1);
    run = [];
  };
  for (const line of lines) {
    if (line.value !== undefined && line.brackets === 0) {
      run.push(line);
      continue;
    }
    if (line.value !== undefined) line.lead += " ";
    endRun();
  }
  endRun();
}

/** Every character that is shown in front of a "=" is one column wide: see `visibleKey`. */
function columns(text: string): number {
  return [...text].length;
}

/** Brackets that were opened on one line indent once, however many they are. */
function closeBrackets(open: number[], count: number): void {
  let left = count;
  while (left > 0 && open.length > 0) {
    const last = open.pop() as number;
    if (last > left) open.push(last - left);
    left -= last;
  }
}

/**
 * Writes an expression, over several lines where it is long or has structure.
 *
 * @param depth how deep the current line is indented
 */
export function writeExpression(
  lines: Lines,
  sequence: Sequence,
  depth: number,
  { isItem = false, follows }: Position = {},
): void {
  const logical = logicalClauses(sequence);
  const filter = filterOf(sequence);
  const breaksAtFilter = filter !== undefined && !fits(flat(sequence, "="), lines, depth);
  let before = "";
  let subject = follows ?? "=";
  for (let index = 0; index < sequence.length; index++) {
    const part = sequence[index] as Part;
    const breaksHere = breaksAtFilter && index === filter;
    if (breaksHere) lines.end();
    const isFirst = breaksHere || (index === 0 && follows === undefined);
    const spaceTo = (token: string) =>
      !isFirst && hasSpaceBetween(before, subject, token) ? " " : "";

    const clause = logical.get(index);
    if (clause && !fits(spaceTo(firstToken(part)) + flat(clause, subject), lines, depth)) {
      if (filter === index - 1 || (isItem && clause.length === sequence.length)) {
        writeOperands(lines, clause, depth, index > 0 ? subject : follows);
      } else {
        lines.add(spaceTo("("));
        lines.open("(");
        lines.end();
        writeOperands(lines, clause, depth + 1);
        lines.end();
        lines.close(")");
      }
      index += clause.length - 1;
      before = "";
      subject = ")";
      continue;
    }

    lines.add(spaceTo(firstToken(part)));
    if (isBroken(sequence, index, lines, depth)) writeBroken(lines, part as Group, depth);
    else lines.add(flatPart(part));
    before = subject;
    subject = lastToken(part);
  }
}

interface Position {
  /**
   * Whether it stands between brackets or commas that have lines of their own, so that a line may
   * end anywhere in it. @default false
   */
  readonly isItem?: boolean;
  /** The token before it on its line, without a space in between yet. @default - none, or a space */
  readonly follows?: string | undefined;
}

/** Whether an argument's value takes several lines, after `used` columns at that depth. */
export function spansLines(sequence: Sequence, depth: number, used: number): boolean {
  const lines = new Lines();
  lines.add(" ".repeat(used));
  writeExpression(lines, sequence, depth);
  return lines.count > 0;
}

function fits(text: string, lines: Lines, depth: number): boolean {
  return lines.width(depth) + text.length <= WIDTH;
}

// --- Conditions -----------------------------------------------------------------------------------

const AND = "&&";
const OR = "||";
/** What binds weaker than `||`: what stands between two of these can be put into brackets. */
const WEAKER: ReadonlySet<string> = new Set(["?", ":", "=>", "..."]);

function isOperator(part: Part | undefined, text: string): boolean {
  return part?.kind === "operator" && part.text === text;
}

function isLogical(part: Part): boolean {
  return isOperator(part, AND) || isOperator(part, OR);
}

/** The parts of an expression that `&&` and `||` hold together, by where they start. */
function logicalClauses(sequence: Sequence): ReadonlyMap<number, Sequence> {
  const clauses = new Map<number, Sequence>();
  if (!sequence.some(isLogical)) return clauses;
  const filter = filterOf(sequence);
  let start = 0;
  for (let index = 0; index <= sequence.length; index++) {
    const part = sequence[index];
    const isEnd =
      part === undefined || index === filter || (part.kind === "operator" && WEAKER.has(part.text));
    if (!isEnd) continue;
    const clause = sequence.slice(start, index);
    if (clause.some(isLogical) && !startsFor(clause)) clauses.set(start, clause);
    start = index + 1;
  }
  return clauses;
}

/** Where the `if` of a `for` expression stands. */
function filterOf(sequence: Sequence): number | undefined {
  if (!startsFor(sequence)) return undefined;
  const index = sequence.findIndex(
    (part, at) => part.kind === "name" && part.text === "if" && !isOperator(sequence[at - 1], "."),
  );
  return index === -1 ? undefined : index;
}

/**
 * One operand a line, which wants brackets around it: a line ends only within some. Those that are
 * added group what was grouped before, because nothing in between binds weaker than the operator.
 */
function writeOperands(lines: Lines, clause: Sequence, depth: number, follows?: string): void {
  const operator = clause.some((part) => isOperator(part, OR)) ? OR : AND;
  let start = 0;
  for (let index = 0; index <= clause.length; index++) {
    if (index < clause.length && !isOperator(clause[index], operator)) continue;
    const operand = clause.slice(start, index);
    writeExpression(lines, operand, depth, { follows: start === 0 ? follows : undefined });
    if (index < clause.length) {
      lines.add(` ${operator}`);
      lines.end();
    }
    start = index + 1;
  }
}

// --- Brackets -------------------------------------------------------------------------------------

function isBroken(sequence: Sequence, index: number, lines: Lines, depth: number): boolean {
  const part = sequence[index] as Part;
  if (part.kind !== "group" || isIndex(sequence, index)) return false;
  if (mustBreak(part) || !(isSmallList(part) || fits(flatPart(part), lines, depth))) return true;
  const rest = sequence.slice(index + 1);
  const mayOpen = mustSpan(rest) || !fits(flat(sequence.slice(index), ""), lines, depth);
  return mayOpen && rest.some(isGroup) && isAlignedByFmt([part], lines);
}

/**
 * Whether terraform fmt would align the rest of the line, if that leaves a bracket open, with the
 * lines in that bracket: it takes the first "=" of a line for an argument's.
 */
function isAlignedByFmt(sequence: Sequence, lines: Lines): boolean {
  return !lines.hasEquals && hasEquals(sequence);
}

/** `x[0]`, `f()["key"]`, `y.*[0]`: not a list, so that a comma after its last item is an error. */
function isIndex(sequence: Sequence, index: number): boolean {
  const [part, before] = [sequence[index], sequence[index - 1]];
  if (part?.kind !== "group" || part.opens !== "[" || before === undefined) return false;
  return before.kind === "operator" ? before.text === "*" : lastToken(before) !== "in";
}

/** Nothing to gain from several lines. */
function isSmallList(group: Group): boolean {
  return group.opens === "[" && group.items.length === 1 && flatPart(group).length < 20;
}

/** Structure is shown on several lines even where one would hold it. */
function mustBreak(group: Group): boolean {
  const known = breaks.get(group);
  if (known !== undefined) return known;
  const items = itemsOf(group).map((item) => item.value);
  const result =
    items.some(mustSpan) ||
    (group.opens === "{" && group.items.length > 1) ||
    (group.opens === "[" && group.items.length > 1 && items.flat().some(isObject));
  breaks.set(group, result);
  return result;
}
const breaks = new WeakMap<Group, boolean>();

function mustSpan(sequence: Sequence): boolean {
  return sequence.some(
    (part, index) => part.kind === "group" && mustBreak(part) && !isIndex(sequence, index),
  );
}

function isGroup(part: Part): part is Group {
  return part.kind === "group";
}

function isObject(part: Part): boolean {
  return isGroup(part) && part.opens === "{";
}

function writeBroken(lines: Lines, group: Group, depth: number): void {
  const items = itemsOf(group);
  lines.open(group.opens);
  if (hugsLast(group, lines)) {
    // jsonencode({ …, merge(a, { … and [{ …: the brackets share their lines.
    items.forEach((item, index) => {
      if (index > 0) lines.add(", ");
      if (index < items.length - 1) lines.add(flat(item.value, ","));
      else writeExpression(lines, item.value, depth);
    });
  } else {
    const isItem = group.opens !== "{" && !isFor(group);
    for (const item of items) {
      lines.end();
      writeItem(lines, item, depth + 1, isItem);
      if (group.opens === "[" && isItem) lines.add(",");
      if (group.opens === "(" && item !== items.at(-1)) lines.add(",");
    }
    lines.end();
  }
  lines.close(closing(group));
}

function writeItem(lines: Lines, item: Entry, depth: number, isItem: boolean): void {
  if (item.key) {
    lines.add(visibleKey(item.key));
    // A line whose key holds a "=" of its own is not aligned by terraform fmt.
    if (hasEquals(item.key)) lines.add(" = ");
    else lines.equals();
  }
  writeExpression(lines, item.value, depth, { isItem });
}

/**
 * A key whose width nobody can disagree about: characters that might combine with others into one
 * column are escaped, so that the alignment is the same on every machine.
 */
function visibleKey(key: Sequence): string {
  return flat(key, "{").replace(/[^\x20-\x7e]/gu, (char) =>
    PLAIN_LETTER.test(char) ? char : unicodeEscape(char),
  );
}
const PLAIN_LETTER =
  /^(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}가-힣]$/u;

function hasEquals(sequence: Sequence): boolean {
  return sequence.some((part) => {
    if (part.kind === "template")
      return part.parts.some((piece) => typeof piece !== "string" && hasEquals(piece.inner));
    return part.kind === "group" && itemsOf(part).some((item) => item.key || hasEquals(item.value));
  });
}

/** Whether only the last item needs several lines, and is a bracket itself. */
function hugsLast(group: Group, lines: Lines): boolean {
  if (group.opens === "{" || isFor(group)) return false;
  const last = group.items.at(-1);
  const others = group.items.slice(0, -1);
  if (last?.length !== (group.opens === "(" && last?.[0]?.kind === "name" ? 2 : 1)) return false;
  const bracket = last.at(-1) as Part;
  if (bracket.kind !== "group" || bracket.items.length === 0) return false;
  if (group.opens === "[" && !isObject(bracket)) return false;
  return (
    (group.opens === "(" || others.length === 0) &&
    !others.some((item) => mustSpan(item) || isAlignedByFmt(item, lines)) &&
    others.reduce((sum, item) => sum + flat(item, ",").length, 0) < WIDTH / 2
  );
}

function isFor(group: Group): boolean {
  return group.opens === "{" ? group.isFor : startsFor(group.items[0] ?? []);
}

function startsFor([first]: Sequence): boolean {
  return first?.kind === "name" && first.text === "for";
}

function itemsOf(group: Group): readonly Entry[] {
  return group.opens === "{" ? group.items : group.items.map((value) => ({ value }));
}

function closing(group: Group): string {
  return { "(": ")", "[": "]", "{": "}" }[group.opens];
}

/**
 * The expression, on one line, whose value is that of the template `source`: the text in quotes, or
 * what stands between `${` and `}` where that is all there is.
 *
 * @throws SyntaxProblem
 */
export function asExpression(source: string): string {
  const parts = parseTemplate(source);
  const [only] = parts;
  const isInterpolation = parts.length === 1 && typeof only === "object" && only.opens === "${";
  return flat(isInterpolation ? only.inner : [quoted(...parts)], "");
}

/** An expression on one line, spaced as `terraform fmt` spaces it. `start`: the token before it. */
export function flat(sequence: Sequence, start: string): string {
  let text = "";
  let before = "";
  let subject = start;
  for (const [index, part] of sequence.entries()) {
    if (index > 0 && hasSpaceBetween(before, subject, firstToken(part))) text += " ";
    text += flatPart(part);
    before = subject;
    subject = lastToken(part);
  }
  return text;
}

function flatPart(part: Part): string {
  if (part.kind === "template") return flatTemplate(part.parts);
  if (part.kind !== "group") return part.text;
  const known = flatGroups.get(part);
  if (known !== undefined) return known;
  let text: string;
  if (part.items.length === 0) text = part.opens + closing(part);
  else if (part.opens === "{") {
    const items = part.items.map((item) =>
      item.key ? `${flat(item.key, "{")} = ${flat(item.value, "=")}` : flat(item.value, "{"),
    );
    text = `{ ${items.join(", ")} }`;
  } else {
    const items = part.items.map((item, index) => flat(item, index === 0 ? part.opens : ","));
    text = part.opens + items.join(", ") + closing(part);
  }
  flatGroups.set(part, text);
  return text;
}
const flatGroups = new WeakMap<Group, string>();

function flatTemplate(parts: readonly TemplatePart[]): string {
  const text = parts.map((part, index) => {
    if (typeof part !== "string") return flatInterpolation(part);
    return quoteLiteral(part, signOf(parts[index + 1]));
  });
  return `"${text.join("")}"`;
}

function flatInterpolation({ opens, inner }: Interpolation): string {
  const first = inner[0];
  const last = inner.at(-1);
  const before = first && isObject(first) ? " " : "";
  const after = last && isObject(last) ? " " : "";
  return `${opens}${before}${flat(inner, opens)}${after}}`;
}

function signOf(part: TemplatePart | undefined): "$" | "%" | "" {
  if (part === undefined || typeof part === "string") return "";
  return part.opens === "${" ? "$" : "%";
}

/**
 * The lines of a heredoc that stands for exactly this text; `undefined` where only quotes do:
 * fewer than two lines, an end other than a newline, blanks at the end of a line, invisible
 * characters, combining ones at the start of a line, a line that would end it.
 */
export function heredocLines(parts: readonly TemplatePart[], marker: string): string[] | undefined {
  const last = parts.at(-1);
  if (typeof last !== "string" || !last.endsWith("\n")) return undefined;
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (typeof part !== "string") {
      text += flatInterpolation(part);
      continue;
    }
    const literal = heredocLiteral(part, signOf(parts[index + 1]));
    if (literal === undefined) return undefined;
    text += literal;
  }
  const lines = text.slice(0, -1).split("\n");
  const isExact =
    lines.length > 1 &&
    // "<<-" takes away the indentation that all lines share: one line must have none of its own.
    lines.some((line) => /^\S/.test(line)) &&
    // Nor may what combines with the character before it stand after the indentation.
    lines.every((line) => !/\s$|^\s*[\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}]/u.test(line)) &&
    lines.every((line) => line.trim() !== marker);
  return isExact ? lines : undefined;
}

// --- Spaces between tokens ------------------------------------------------------------------------

function firstToken(part: Part): string {
  if (part.kind === "group") return part.opens;
  return part.kind === "operator" ? part.text : part.kind;
}

function lastToken(part: Part): string {
  if (part.kind === "group") return closing(part);
  // "in" is the one name with a rule of its own.
  return part.kind === "name" && part.text === "in" ? "in" : firstToken(part);
}

const NEGATED_AFTER = new Set("( { [ = : , ? + * / % - == != > >= < <= && || !".split(" "));

/**
 * The rules of `terraform fmt`, oddities included (`"a" [0]`, `=> - x`), since its word is final.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go
 */
function hasSpaceBetween(before: string, subject: string, after: string): boolean {
  const isName = subject === "name" || subject === "in";
  if (isName && (after === "(" || after === "::")) return false;
  if (subject === "::" && after === "name") return false;
  if (subject === "." || after === ".") return false;
  if (after === "," || after === "...") return false;
  if (subject === ",") return true;
  if (subject === "in" && before === "name") return true;
  if (after === "[" && (isName || subject === "number" || /^[)\]}]$/.test(subject))) return false;
  if (subject === "!") return false;
  if (subject === "-") return !NEGATED_AFTER.has(before) && before !== "";
  return true;
}
