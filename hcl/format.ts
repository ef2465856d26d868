import type { Entry, Group, Interpolation, Part, Sequence, TemplatePart } from "./syntax";
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
    return 2 * depth + this.current.lead.length + (this.current.value?.length ?? 0);
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
export function writeExpression(lines: Lines, sequence: Sequence, depth: number): void {
  let before = "";
  let subject = "=";
  for (const [index, part] of sequence.entries()) {
    if (index > 0 && hasSpaceBetween(before, subject, firstToken(part))) lines.add(" ");
    if (part.kind === "group" && !fits(part, lines, depth)) writeBroken(lines, part, depth);
    else lines.add(flatPart(part));
    before = subject;
    subject = lastToken(part);
  }
}

/** Whether an argument's value would take several lines, after `used` columns at that depth. */
export function spansLines(sequence: Sequence, depth: number, used: number): boolean {
  return sequence.some(
    (part) =>
      part.kind === "group" &&
      (mustBreak(part) || 2 * depth + used + flatPart(part).length > WIDTH),
  );
}

function fits(group: Group, lines: Lines, depth: number): boolean {
  if (mustBreak(group)) return false;
  return isIndex(group) || lines.width(depth) + flatPart(group).length <= WIDTH;
}

/** `[0]`, `["key"]`: nothing to gain from several lines. */
function isIndex(group: Group): boolean {
  return group.opens === "[" && group.items.length === 1 && flatPart(group).length < 20;
}

/** Structure is shown on several lines even where one would hold it. */
function mustBreak(part: Part): boolean {
  if (part.kind !== "group") return false;
  const known = breaks.get(part);
  if (known !== undefined) return known;
  const parts = itemsOf(part).flatMap((item) => item.value);
  const result =
    parts.some(mustBreak) ||
    (part.opens === "{" && part.items.length > 1) ||
    (part.opens === "[" && part.items.length > 1 && parts.some(isObject));
  breaks.set(part, result);
  return result;
}
const breaks = new WeakMap<Group, boolean>();

function isObject(part: Part): boolean {
  return part.kind === "group" && part.opens === "{";
}

function writeBroken(lines: Lines, group: Group, depth: number): void {
  const items = itemsOf(group);
  lines.open(group.opens);
  if (huggedLast(group)) {
    // jsonencode({ …, merge(a, { … and [{ …: the brackets share their lines.
    items.forEach((item, index) => {
      if (index > 0) lines.add(", ");
      if (index < items.length - 1) lines.add(flat(item.value, ","));
      else writeExpression(lines, item.value, depth);
    });
  } else {
    for (const item of items) {
      lines.end();
      writeItem(lines, item, depth + 1);
      if (group.opens === "[" && !isFor(group)) lines.add(",");
      if (group.opens === "(" && item !== items.at(-1)) lines.add(",");
    }
    lines.end();
  }
  lines.close(closing(group));
}

function writeItem(lines: Lines, item: Entry, depth: number): void {
  if (item.key) {
    lines.add(visibleKey(item.key));
    // A line whose key holds a "=" of its own is not aligned by terraform fmt.
    if (hasEquals(item.key)) lines.add(" = ");
    else lines.equals();
  }
  writeExpression(lines, item.value, depth);
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
function huggedLast(group: Group): boolean {
  if (group.opens === "{" || isFor(group)) return false;
  const last = group.items.at(-1);
  const others = group.items.slice(0, -1);
  if (last?.length !== (group.opens === "(" && last?.[0]?.kind === "name" ? 2 : 1)) return false;
  const bracket = last.at(-1) as Part;
  if (bracket.kind !== "group" || bracket.items.length === 0) return false;
  if (group.opens === "[" && !isObject(bracket)) return false;
  return (
    (group.opens === "(" || others.length === 0) &&
    others.every((item) => !item.some(mustBreak)) &&
    others.reduce((sum, item) => sum + flat(item, ",").length, 0) < WIDTH / 2
  );
}

function isFor(group: Group): boolean {
  if (group.opens === "{") return group.isFor;
  const first = group.items[0]?.[0];
  return first?.kind === "name" && first.text === "for";
}

function itemsOf(group: Group): readonly Entry[] {
  return group.opens === "{" ? group.items : group.items.map((value) => ({ value }));
}

function closing(group: Group): string {
  return { "(": ")", "[": "]", "{": "}" }[group.opens];
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
 * characters, a line that would end it.
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
    lines.every((line) => !/\s$/.test(line) && line.trim() !== marker);
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
