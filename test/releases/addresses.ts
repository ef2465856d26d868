import { everyModule, type Module } from "../every-module";
import { caFile, fitting, valuesFor } from "../module-workspace";
import facts from "../standin/plan-facts.json";
import { Workspace } from "../standin/workspace";
import { holds } from "./lost";

/** What a state knows of one object, and cannot change without its being made anew. */
export interface Known {
  /**
   * The flags without which a module does not have it, as on a command line, several values of one with
   * a bar between them: `--database exec|data-api --aurora new`. @default - every module of the stack has it
   */
  readonly flag?: string;
  /** The arguments whose change would replace it, as far as they are known when planned. */
  readonly fixed: Record<string, unknown>;
}

/** Every managed object, by stack and address; without the index where there is one alone. */
export type Addresses = Record<string, Record<string, Known>>;

/** All that the modules would make now, of the same values at any time. */
export async function presentAddresses(): Promise<Addresses> {
  const stacks = everyModule.filter(({ distance }) => distance === 0);
  const addresses: Addresses = {};
  for (const usual of stacks) {
    const others = everyModule.filter(
      ({ stack, distance }) => stack === usual.stack && distance === 1,
    );
    const objects: Objects = {};
    for (const module of [...others, usual]) {
      if (
        [...resourcesOf(module.files)].some((address) => /_by_(?:schema|database)$/.test(address))
      ) {
        Object.assign(objects, await planned(module, bySchema));
      }
      Object.assign(objects, await planned(module));
    }
    addresses[usual.stack] = sorted(
      Object.fromEntries(
        Object.entries(objects).map(([address, fixed]) => [
          address,
          { ...flagsOf(address, usual.stack), fixed },
        ]),
      ),
    );
  }
  return addresses;
}

type Objects = Record<string, Record<string, unknown>>;

interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Record<string, unknown>;
}

/** Tables of one schema, or database, given by its name: some objects are there for each. */
const bySchema = {
  cdc_tables: null,
  cdc_tables_by_schema: { public: ["iamuser_test"], sales: ["orders"] },
  cdc_tables_by_database: { demo_db: ["iamuser_test"], sales: ["orders"] },
};

/** What a plan of the module makes, as fixed arguments by address. */
export async function planned(
  { files, stack }: Pick<Module, "files" | "stack">,
  values: Record<string, unknown> = {},
): Promise<Objects> {
  await using workspace = await Workspace.create({
    files: { ...files, ...caFile },
    variables: {
      ...valuesFor(stack),
      alarm_topic_arns: ["arn:aws:sns:us-east-2:790616983188:on-call"],
      ...values,
    },
    answers: {
      ...fitting,
      "data.redpanda_cluster": { cluster_api_url: "https://api.example.com" },
    },
  });
  const { code, diagnostics } = await workspace.plan({ out: "plan" });
  if (code !== 0) throw new Error(JSON.stringify(diagnostics));
  const { planned_values: planned } = await workspace.show("plan");
  const resources: PlannedResource[] = planned.root_module.resources.filter(
    // Data that is read in the apply is planned, too.
    ({ mode }: PlannedResource) => mode === "managed",
  );
  // With a count or without, Terraform takes a single object for the same.
  const all = new Set(resources.map(({ address }) => address));
  const counted = (address: string) =>
    all.has(address.replace(/\[0\]$/, "[1]")) ? address : address.replace(/\[0\]$/, "");
  return Object.fromEntries(
    resources.map(({ address, type, values: given }) => [
      counted(address),
      Object.fromEntries(
        Object.entries(given).filter(
          ([name, value]) => forcing(type).includes(name) && value !== null,
        ),
      ),
    ]),
  );
}

/** Files on the disk of whoever applies, and a run of a command: nobody loses anything by a new one. */
const ofNoConsequence = ["local_file", "terraform_data"];

/** The arguments whose change replaces an object of this type. */
function forcing(type: string): string[] {
  if (ofNoConsequence.includes(type)) return [];
  const known = Object.values(facts as Record<string, Record<string, { forceNew: string[] }>>)
    .map((types) => types[type])
    .find((fact) => fact !== undefined);
  // Any change would pass for harmless.
  if (!known) throw new Error(`test/standin/plan-facts.json does not know ${type}`);
  return known.forceNew;
}

/** The fewest flags by which a module of the stack is one that has this resource. */
function flagsOf(address: string, stack: string): Pick<Known, "flag"> {
  const resource = address.replace(/\[.*/, "");
  const ofStack = everyModule.filter((module) => module.stack === stack);
  const having = ofStack.filter(({ files }) => resourcesOf(files).has(resource));
  const without = ofStack.filter((module) => !having.includes(module));
  const suffice = (flags: readonly string[]) =>
    without.every((module) => !flags.every((flag) => holds(flag, module.flags)));
  let needed = valuesByName(having);
  // Some are of no consequence, or come along with others that exclude their other values.
  for (const flag of needed) {
    const others = needed.filter((one) => one !== flag);
    if (suffice(others)) needed = others;
  }
  return needed.length > 0 ? { flag: needed.join(" ") } : {};
}

/** Every flag with all values that it has in these modules. */
function valuesByName(modules: readonly Module[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const [name = "", value = ""] of modules.flatMap(({ flags }) =>
    flags.map((flag) => flag.split(" ")),
  )) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values].map(([name, ofName]) => `${name} ${[...ofName].join("|")}`);
}

/** The addresses of a module's resources, as its files declare them. */
export function resourcesOf(files: Record<string, string>): Set<string> {
  const text = Object.values(files).join("\n");
  return new Set(
    [...text.matchAll(/^resource "(\w+)" "(\w+)" \{/gm)].map(([, type, id]) => `${type}.${id}`),
  );
}

function sorted<Value>(object: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
