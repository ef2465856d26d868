import { instrument } from "./mutants";
import { Plan, rooms } from "./plan";
import { mutantsOfPattern } from "./regular-expressions";
import { survivors } from "./survivors";

/** Names of the mutants of some code, without the place. */
const changes = (code: string) =>
  instrument("a.ts", code).mutants.map(({ name }) => name.replace(/^[\w.]*: /, ""));

test("a file with its mutants in it, each of them asleep", () => {
  const { mutants, source } = instrument(
    "a.ts",
    'export function ended(rest: string): boolean {\n  return rest !== "";\n}\n',
    7,
  );
  expect(mutants).toEqual([
    { file: "a.ts", line: 1, name: "ended: { … } → {}" },
    { file: "a.ts", line: 2, name: 'ended: rest !== "" → rest === ""' },
    { file: "a.ts", line: 2, name: 'ended: "" → "mutant"' },
  ]);
  expect(source).toBe(
    'export function ended(rest: string): boolean { if (__mutant(7)) return; {\n  return (__mutant(8) ? (rest === "") : (rest !== (__mutant(9) ? ("mutant") : (""))));\n} }\n',
  );
});

test.each<[code: string, ...changes: string[]]>([
  ["f(a && b || c)", "f(a && b || c) → void 0", "a && b || c → (a && b) && c", "a && b → a || b"],
  ["x = a ?? b", "a ?? b → a && b"],
  ["x = a < b", "a < b → a <= b", "a < b → a >= b"],
  ["x = a >= b", "a >= b → a > b", "a >= b → a < b"],
  ["if (a === b) c;", "a === b → true", "a === b → false"],
  ["x = a !== b", "a !== b → a === b"],
  ["x = a ? b : c", "a → true", "a → false"],
  ["while (a) b;", "a → false"],
  ["for (; a; ) b;", "a → false"],
  ["do b; while (a);", "a → false"],
  ["x = a + b * c", "a + b * c → a - (b * c)", "b * c → b / c"],
  [
    "a += b - c / d % e",
    "a += b - c / d % e → a -= (b - c / d % e)",
    "b - c / d % e → b + (c / d % e)",
    "c / d % e → (c / d) * e",
    "c / d → c * d",
  ],
  ["a ||= b", "a ||= b → a &&= b"],
  ["a ??= b", "a ??= b → a = b"],
  ["x = !a", "!a → a"],
  ["x = -a", "-a → a"],
  ["a++", "a++ → a--"],
  ["x = [true, false]", "[true, false] → []", "true → false", "false → true"],
  ["x = []", '[] → ["mutant"]'],
  ["x = { 1: 2 }", "{ 1: 2 } → {}", "2 → 2 + 1"],
  ["x = {}"],
  ["[a, b] = c"],
  ['x = { "a": "b" }', '{ "a": "b" } → {}', '"b" → ""'],
  ["x = `a${b}`", '`a${b}` → ""'],
  ["x = ``", '`` → "mutant"'],
  ["x = String.raw`a`"],
  ['import a from "a"; export * from "b"; require("c").d;'],
  ['let x: "a" | "b" = y as "c"'],
  ['interface A { readonly a: "b" }'],
  ["x = a.filter(b)", "a.filter(b) → a"],
  ["x = a.some(b)", "a.some(b) → a.every(b)"],
  ["x = Math.max(a, b)", "Math.max(a, b) → Math.min(a, b)"],
  ["x = a?.trim().slice(b)"],
  ["await a", "await a → void 0"],
  ["class A extends B { constructor() { super(); } }"],
  ["class A { get a() { return b; } }", "{ … } → {}"],
  ["x = /a/", "/a/ → /(?:)/", "/a/ → /(?!)/"],
])("%s", (code, ...wanted) => {
  expect(changes(code)).toEqual(wanted);
});

test("a name tells where, and the second of the same change is told from the first", () => {
  const code = "class A { m() { const x = y => y === z; return a === b || a === b; } }";
  expect(instrument("a.ts", code).mutants.map(({ name }) => name)).toEqual([
    "A.m: { … } → {}",
    "A.m.x: y === z → y !== z",
    "A.m: a === b || a === b → (a === b) && (a === b)",
    "A.m: a === b → a !== b",
    "A.m: a === b → a !== b (2)",
  ]);
});

test.each<[pattern: string, ...mutants: string[]]>([
  ["ab"],
  ["^a$", "a$", "^a"],
  ["a+b*?c{2,3}", "ab*?c{2,3}", "a+bc{2,3}", "a+b*?c"],
  ["a|b|c", "b|c", "a|c", "a|b"],
  ["x(?:a|b(?<n>c|d))", "x(?:a|b(?<n>d))", "x(?:a|b(?<n>c))", "x(?:b(?<n>c|d))", "x(?:a)"],
  ["\\d\\W\\b\\.\\|", "\\D\\W\\b\\.\\|", "\\d\\w\\b\\.\\|", "\\d\\W\\.\\|"],
  ["[ab|][^\\]c]", "[^ab|][^\\]c]", "[ab|][\\]c]"],
  [
    "(?=a)(?!b)(?<=c)(?<!d)",
    "(?!a)(?!b)(?<=c)(?<!d)",
    "(?=a)(?=b)(?<=c)(?<!d)",
    "(?=a)(?!b)(?<!c)(?<!d)",
    "(?=a)(?!b)(?<=c)(?<=d)",
  ],
  ["(a)\\1(?<n>b)\\k<n>"],
])("near misses of /%s/", (pattern, ...mutants) => {
  expect(mutantsOfPattern(pattern)).toEqual(["(?:)", "(?!)", ...mutants]);
});

test("every survivor that is listed is a mutant, of a file that is changed", () => {
  const plan = Plan.of(process.cwd(), Object.keys(rooms));
  const names = new Set(plan.mutants.map(({ file, name }) => `${file} ${name}`));
  const listed = Object.entries(survivors).flatMap(([file, byReason]) =>
    Object.values(byReason).flatMap((some) => some.map((name) => `${file} ${name}`)),
  );
  expect(listed.filter((name) => !names.has(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
