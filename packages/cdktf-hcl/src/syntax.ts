/**
 * An expression as the writer sees it: a run of words, operators, quoted templates and bracketed
 * groups. It knows brackets and strings, not operator precedence: what it does not understand it
 * passes on in the order it came, which is all that writing needs.
 */
export type Sequence = readonly Part[];

export type Part =
  | { readonly kind: "name" | "number" | "operator"; readonly text: string }
  | { readonly kind: "template"; readonly parts: readonly TemplatePart[] }
  | Group;

/** Literal text (decoded, nothing escaped), `${ … }` or `%{ … }`. */
export type TemplatePart = string | Interpolation;

export interface Interpolation {
  readonly opens: "${" | "%{";
  readonly inner: Sequence;
}

export type Group =
  /** `( … )`, `[ … ]`: the items between commas. A `for` expression is one item. */
  | { readonly kind: "group"; readonly opens: "(" | "["; readonly items: readonly Sequence[] }
  /** `{ … }`: an object, or with `isFor` the single item of a `for` expression. */
  | {
      readonly kind: "group";
      readonly opens: "{";
      readonly isFor: boolean;
      readonly items: readonly Entry[];
    };

export interface Entry {
  /** Absent where an item could not be told apart into key and value, and in `for` expressions. */
  readonly key?: Sequence;
  readonly value: Sequence;
}

/** A name that needs no quotes as a key. Others than ASCII letters keep their quotes. */
export const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Names that would be read as something else if they stood as a bare key. */
export const KEYWORDS: ReadonlySet<string> = new Set(["for", "null", "true", "false"]);

export function name(text: string): Part {
  return { kind: "name", text };
}

export function quoted(...parts: TemplatePart[]): Part {
  return { kind: "template", parts };
}

export function list(items: readonly Sequence[]): Group {
  return { kind: "group", opens: "[", items };
}

export function object(items: readonly Entry[]): Group {
  return { kind: "group", opens: "{", isFor: false, items };
}

/** A key as it is best read: bare where it can be. */
export function key(text: string): Sequence {
  return [PLAIN_NAME.test(text) && !KEYWORDS.has(text) ? name(text) : quoted(text)];
}
