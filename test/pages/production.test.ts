import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engines } from "../../engines";
import type { Names } from "../../engines/engine";
import { postgres } from "../../engines/postgres";
import { differences, prices, productionPage } from "../../pages/production";
import { synthesized } from "../synthesized";

const project = join(__dirname, "../..");

test("docs/production.md is what would be generated: `npm run docs` writes it", () => {
  expect(readFileSync(join(project, "docs/production.md"), "utf8")).toBe(productionPage());
});

/** The text of each argument and nested block of a module, by address and name; of outputs none. */
function argumentsOf(files: Record<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, kind, labels = "", body = ""] of Object.values(files).flatMap((text) => [
    ...text.matchAll(/^(resource|data|variable|locals) ?((?:"[^"]+" ?)*)\{\n(.*?)^\}$/gms),
  ])) {
    const names = labels.replaceAll('"', "").trim().split(" ").join(".");
    const address = { resource: names, variable: `var.${names}`, locals: "local" }[kind ?? ""];
    // Comments go, and what aligns; a name that comes twice, such as parameter, is one.
    for (const [, name = "", rest = ""] of `${body.replace(/^ *#.*\n/gm, "")}END`.matchAll(
      /^ {2}(\w+)(.*?)(?=^ {2}\w|^END)/gms,
    )) {
      const at = `${address ?? `data.${names}`}.${name}`;
      found.set(at, (found.get(at) ?? "") + rest.replace(/\s+/g, " "));
    }
  }
  return found;
}

/** What differs, as the page names it: what is new or gone as a whole by its address. */
function differencesOf(stack: string, topology: string): string[] {
  const [before, after] = ["demonstration", "production"].map((profile) =>
    argumentsOf(synthesized({ topology, profile }).get(stack) ?? {}),
  ) as [Map<string, string>, Map<string, string>];
  const blocksOf = (all: Map<string, string>) =>
    new Set([...all.keys()].map((at) => (at.startsWith("local.") ? at : at.replace(/\.\w+$/, ""))));
  const [blocksBefore, blocksAfter] = [blocksOf(before), blocksOf(after)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (at) => before.get(at) !== after.get(at),
  );
  const whole = [...blocksAfter, ...blocksBefore].filter(
    (block) => !(blocksBefore.has(block) && blocksAfter.has(block)),
  );
  const isWithin = (at: string) =>
    whole.some((block) => at === block || at.startsWith(`${block}.`));
  return [
    // A variable that only one profile has is told with what it is for.
    ...whole.filter((block) => !block.startsWith("var.")),
    ...changed.filter((at) => !isWithin(at) && !at.startsWith("var.")),
    ...changed.flatMap((at) =>
      isWithin(at) ? [] : (/^(var\.\w+)\.default$/.exec(at) ?? []).slice(1),
    ),
  ];
}

/** As in `aurora-postgres`. */
function inPostgres(at: string, { addresses }: Names): string {
  const usual = postgres.names.byoc.addresses;
  return Object.entries({
    aws_rds_cluster: ["cluster"],
    aws_rds_cluster_instance: ["instance"],
    aws_rds_cluster_parameter_group: ["parameterGroup"],
    aws_security_group: ["securityGroup"],
  } as const).reduce(
    (text, [type, [name]]) =>
      text.replace(new RegExp(`^${type}\\.${addresses[name]}(?=\\.|$)`), `${type}.${usual[name]}`),
    at,
  );
}

const found = engines.flatMap((engine) =>
  (["byoc", "ec2"] as const).map((topology) => {
    const { [topology]: names } = engine.names;
    const differing = differencesOf(names.stack, topology).map((at) => inPostgres(at, names));
    return [names.stack, differing] as const;
  }),
);

test.each(found)("each difference of %s has a row", (_stack, differing) => {
  const told = differences.flatMap(({ at }) => at);
  expect(differing.length).toBeGreaterThan(15);
  expect(differing.filter((at) => !told.includes(at))).toEqual([]);
});

test("each row is a difference of a module, and none stands twice", () => {
  const told = differences.flatMap(({ at }) => at);
  const all = found.flatMap(([, differing]) => differing);
  expect(told.filter((at) => !all.includes(at))).toEqual([]);
  expect(told).toEqual([...new Set(told)]);
});

test("each cost has its source with a date, or says where to look it up", () => {
  expect(
    Object.values(prices).filter(({ source }) => !/\]\(https:.*\d{4}-\d\d-\d\d$/.test(source)),
  ).toEqual([]);
  const unfounded = differences.filter(
    ({ cost }) => !cost.startsWith("nothing") && !cost.includes("](https:"),
  );
  expect(unfounded).toEqual([]);
});
