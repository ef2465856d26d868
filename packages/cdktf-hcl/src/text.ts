/** Literal text as HCL spells it, between quotes and in heredocs. */

/**
 * Characters that a reader could not see or that could change how the rest is shown: controls,
 * format characters (among them the ones that reverse the reading direction), every blank but the
 * space, and characters of private use.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const SHORT_ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * The text as it stands between quotes.
 *
 * @param beforeInterpolation `$` or `%` when an interpolation or directive that starts with it
 *   follows: a literal one directly before it would be taken for an escape
 */
export function quoteLiteral(text: string, beforeInterpolation: "$" | "%" | "" = ""): string {
  const escaped = escapeMarks(text.replace(/[\\"]/g, "\\$&")).replace(
    INVISIBLE,
    (char) => SHORT_ESCAPES[char] ?? unicodeEscape(char),
  );
  return beforeInterpolation !== "" && escaped.endsWith(beforeInterpolation)
    ? escaped.slice(0, -1) + unicodeEscape(beforeInterpolation)
    : escaped;
}

/**
 * The text as it stands in a heredoc, where a backslash is a backslash and only `${` and `%{` can
 * be escaped; `undefined` where that is not enough, or where a reader could not see what is there.
 */
export function heredocLiteral(
  text: string,
  beforeInterpolation: "$" | "%" | "" = "",
): string | undefined {
  if (beforeInterpolation !== "" && text.endsWith(beforeInterpolation)) return undefined;
  if (text.replaceAll("\n", "").search(INVISIBLE) !== -1) return undefined;
  return escapeMarks(text);
}

/** `${` is written `$${`, `$${` is written `$$${`, and so on: always one sign more. */
function escapeMarks(text: string): string {
  if (!text.includes("{")) return text;
  return text.replace(/\$+(?=\{)/g, "$&$").replace(/%+(?=\{)/g, "$&%");
}

/** `\\u00e9`: a character as it can be written between quotes. */
export function unicodeEscape(char: string): string {
  const hex = (char.codePointAt(0) as number).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
