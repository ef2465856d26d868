/** A group of a pattern, or the whole of it: where each of its alternatives begins and ends. */
interface Alternatives {
  readonly from: number;
  readonly bars: number[];
}

/** Ways of a group that look around, and their opposites. */
const opposites: Readonly<Record<string, string>> = {
  "(?=": "(?!",
  "(?!": "(?=",
  "(?<=": "(?<!",
  "(?<!": "(?<=",
};

/**
 * Near misses of a regular expression's pattern: it takes everything, or nothing; one of its
 * anchors, quantifiers or alternatives is gone; a class or a look-around is turned round.
 */
export function mutantsOfPattern(pattern: string): string[] {
  const mutants = ["(?:)", "(?!)"];
  const change = (at: number, length: number, by: string) =>
    mutants.push(pattern.slice(0, at) + by + pattern.slice(at + length));
  const withoutAlternatives = ({ from, bars }: Alternatives, end: number) => {
    if (bars.length === 0) return;
    const starts = [from, ...bars.map((bar) => bar + 1)];
    const ends = [...bars, end];
    starts.forEach((start, index) => {
      // With the bar that follows it, or that went before the last one.
      if (index < bars.length) change(start, (ends[index] ?? 0) + 1 - start, "");
      else change(start - 1, end - start + 1, "");
    });
  };

  const open: Alternatives[] = [{ from: 0, bars: [] }];
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const escaped = /^\\(k<\w+>|.)/.exec(rest)?.[0];
    const group = /^\((?:\?(?:<?[=!]|:|<\w+>))?/.exec(rest)?.[0];
    const set = /^\[(?:\\.|[^\]\\])*\]/.exec(rest)?.[0];
    const quantifier = /^(?:[*+?]|\{\d+,?\d*\})\??/.exec(rest)?.[0];
    if (escaped) {
      const letter = escaped.charAt(1);
      if (/[dws]/i.test(letter)) {
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        change(at, 2, `\\${other}`);
      } else if (letter === "b") change(at, 2, "");
      at += escaped.length - 1;
    } else if (set) {
      if (set.startsWith("[^")) change(at, 2, "[");
      else change(at, 1, "[^");
      at += set.length - 1;
    } else if (group) {
      const opposite = opposites[group];
      if (opposite) change(at, group.length, opposite);
      open.push({ from: at + group.length, bars: [] });
      at += group.length - 1;
    } else if (quantifier) {
      change(at, quantifier.length, "");
      at += quantifier.length - 1;
    } else if (rest.startsWith("|")) {
      open.at(-1)?.bars.push(at);
    } else if (rest.startsWith(")")) {
      const closed = open.pop();
      if (closed) withoutAlternatives(closed, at);
    } else if (/^[$^]/.test(rest)) {
      change(at, 1, "");
    }
  }
  const [whole] = open;
  if (whole) withoutAlternatives(whole, pattern.length);
  return [...new Set(mutants)].filter((mutant) => mutant !== pattern && isPattern(mutant));
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, "s"));
  } catch {
    return false;
  }
}
