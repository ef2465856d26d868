import { renderValues } from "cdktf-hcl";
import { edit, isPlaceholder, placeholder, valuesIn } from "../discover/tfvars";
import type { Declarations } from "../fleet/variables";

/**
 * Variables that init asks for: those that the module has no default for, or one that it refuses, and
 * that are no secrets, and those whose default does for few.
 */
export function asked(declared: Declarations): string[] {
  return Object.entries(declared)
    .filter(([name, { sensitive, ...variable }]) =>
      ["aws_profile", "app_aws_profile", "redpanda_cidr"].includes(name)
        ? true
        : !sensitive && (!("default" in variable) || wantsOne(name, declared)),
    )
    .map(([name]) => name);
}

/** Whether an empty list is refused. */
function wantsOne(name: string, declared: Declarations): boolean {
  return (declared[name]?.validation ?? []).some(
    ({ condition }) => condition === `\${length(var.${name}) > 0}`,
  );
}

/**
 * An example of tfvars/ for the module: without the paragraphs of variables that it does not have,
 * and with placeholders for values that only one of its flags wants.
 */
export function fittedTo(declared: Declarations, example: string): string {
  const paragraphs = example.split("\n\n").filter((paragraph) => {
    const names = [...paragraph.matchAll(/^(\w+) *=/gm)].map(([, name = ""]) => name);
    return names.length === 0 || names.some((name) => name in declared);
  });
  const text = paragraphs
    .map((paragraph) =>
      paragraph.replace(/^(\w+) *=.*\n?/gm, (line, name: string) => (name in declared ? line : "")),
    )
    .join("\n\n");
  const there = valuesIn(text);
  const missing = asked(declared).filter(
    (name) =>
      !there.has(name) ||
      (wantsOne(name, declared) && ["[]", "null"].includes(there.get(name) ?? "")),
  );
  return missing.reduce((before, name) => {
    const value = placeholderOf(name, declared);
    const mentioned = new RegExp(`^# (${name} +=) .*$`, "m");
    return mentioned.test(before)
      ? before.replace(mentioned, (_line, start: string) => `${start} ${value}`)
      : edit(before, [{ name, value }]).text;
  }, text);
}

function placeholderOf(name: string, declared: Declarations): string {
  return isList(name, declared) ? `[${placeholder}]` : placeholder;
}

/** Those that nobody has filled in. */
export function placeholdersIn(text: string): string[] {
  return [...valuesIn(text)].filter(([, value]) => isPlaceholder(value)).map(([name]) => name);
}

/** What somebody has typed, in Terraform's syntax: a list's elements stand between commas. */
export function asValue(name: string, answer: string, declared: Declarations): string {
  const value = isList(name, declared)
    ? answer.split(",").map((element) => element.trim())
    : answer === "null" || /^(bool|number)$/.test(declared[name]?.type ?? "")
      ? JSON.parse(answer)
      : answer;
  return renderValues({ [name]: value })
    .slice(`${name} = `.length)
    .trimEnd();
}

function isList(name: string, declared: Declarations): boolean {
  return /^(list|set)\(/.test(declared[name]?.type ?? "");
}

/**
 * Why a variable refuses an answer, in its own words; undefined where it does not, or where only
 * Terraform can tell: its conditions are read as far as they are regular expressions.
 */
export function refusalOf(
  name: string,
  answer: string,
  declared: Declarations,
): string | undefined {
  const variable = declared[name];
  if (variable?.type !== "string" || answer === "null") return undefined;
  const broken = (variable.validation ?? []).find(({ condition }) =>
    parts(condition, name).some(({ not, pattern }) => asInNode(pattern).test(answer) === not),
  );
  return broken?.error_message.replaceAll(`\${jsonencode(var.${name})}`, () =>
    JSON.stringify(answer),
  );
}

/** Of RE2's syntax, what Node lacks before version 23: `(?i:…)` around all that is between `^` and `$`. */
function asInNode(pattern: string): RegExp {
  const [, inner] = /^\^\(\?i:([^()]*)\)\$$/.exec(pattern) ?? [];
  return inner === undefined ? new RegExp(pattern, "u") : new RegExp(`^(?:${inner})$`, "iu");
}

/** The regular expressions of a condition; none where there is anything else in it. */
function parts(condition: string, name: string): { not: boolean; pattern: string }[] {
  const [, inner = ""] = /^\$\{(?:var\.\w+ == null \? true : )?(.*)\}$/s.exec(condition) ?? [];
  const one = new RegExp(`^(!?)can\\(regex\\("((?:[^"\\\\]|\\\\.)*)", var\\.${name}\\)\\)$`);
  const found = inner.split(" && ").map((part) => one.exec(part));
  if (found.some((part) => part === null)) return [];
  return found.map((part) => ({
    not: part?.[1] === "!",
    pattern: JSON.parse(`"${part?.[2] ?? ""}"`),
  }));
}
