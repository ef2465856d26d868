import { flags as allFlags, choices, type FlagName } from "../../choices";
import { engines } from "../../engines";
import { redpandaAccount } from "../../variables/redpanda";
import { type Flags, parseFlags } from "../flags";
import { type SynthesizedModule, synthesizeOne } from "../synth";
import { UsageError } from "../usage-error";
import type { Fleet, PipelineEntry } from "./fleet-file";
import { type Declarations, declarationsOf, problemOf, variablesOf } from "./variables";

/** A pipeline of the fleet, with all that holds for it. */
export interface Member {
  readonly name: string;
  /** Where it stands in the file: `fleet.yaml:12`. */
  readonly place: string;
  /** AWS account that owns the database. */
  readonly account: string;
  /** As chosen; the module is synthesized with `grant` at `artifact`. */
  readonly flags: Flags;
  readonly module: SynthesizedModule;
  /** What the file gives for variables, in the order in which the module declares them. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The same with the defaults of the others. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What the file gives for the module that grants the role. */
  readonly grant: Readonly<Record<string, unknown>>;
  /** Variables that are secrets, and must come from elsewhere. */
  readonly secrets: readonly string[];
  readonly backend?: Readonly<Record<string, unknown>> | undefined;
  /** The same backend for a module of another name. */
  backendOf(name: string): Readonly<Record<string, unknown>> | undefined;
  /** How many replication slots its cluster allows. */
  readonly slots: number;
}

/** What the module that grants a role is given. */
const granted = declarationsOf(redpandaAccount({ grant: "attach", network: "public" }));

/** Aurora's default of max_replication_slots. */
const usualSlots = 20;

/**
 * The pipelines of a fleet file, each with its defaults, and their modules: one rendering for all that
 * have the same flags.
 *
 * @throws {UsageError} all problems, each with its line
 * @throws {SynthesisError}
 */
export function membersOf({ file, place }: Fleet): Member[] {
  const problems: string[] = [];
  const used = new Set<string>();
  const places = new Map<string, string>();

  const members = file.pipelines.flatMap((entry, index): Member[] => {
    const at = place("pipelines", index);
    const refuse = (problem: string, ...keys: readonly string[]) => {
      problems.push(`${place("pipelines", index, ...keys)}: ${entry.name}: ${problem}`);
    };
    const before = places.get(entry.name);
    if (before) refuse(`this name is taken by the pipeline at ${before}: choose another.`, "name");
    places.set(entry.name, at);

    const flags = flagsOf(entry, file.defaults.flags, (problem) => refuse(problem, "flags"));
    if (!flags) return [];
    const module = rendered({ ...flags, grant: "artifact" });
    const { declared } = module;

    const grant = flags.grant === "attach" ? granted : {};
    const known = { ...declared, ...grant };
    const own: Record<string, unknown> = { ...entry.values };
    for (const [name, value] of Object.entries(entry.values)) {
      const problem = problemOf(name, value, known);
      if (problem) refuse(problem, "values", name);
    }
    for (const [name, value] of Object.entries(file.defaults.values)) {
      if (!(name in known)) continue;
      if (!used.has(name)) {
        const problem = problemOf(name, value, known);
        if (problem) problems.push(`${place("defaults", "values", name)}: defaults: ${problem}`);
      }
      used.add(name);
      if (!(name in own)) own[name] = value;
    }
    const account = entry.account ?? file.defaults.account;
    if (account === undefined) {
      refuse("account is missing: the 12 digits of the AWS account that owns the database.");
    }
    for (const [name, { sensitive, ...variable }] of Object.entries(known)) {
      if ("default" in variable || sensitive || name in own) continue;
      refuse(`${name} is missing. ${variable.description ?? ""}`.trim());
    }
    const backend = entry.backend ?? file.defaults.backend;
    if (backend) {
      for (const secret of secretsOf(backend)) {
        refuse(
          `backend gives ${secret}, and this file is no place for a secret: leave it out, and give it where Terraform runs, by the environment.`,
          "backend",
        );
      }
    }

    const order = Object.keys(declared);
    const givenFor = (names: readonly string[]) =>
      Object.fromEntries(names.flatMap((name) => (name in own ? [[name, own[name]]] : [])));
    const given = givenFor(order);
    return [
      {
        name: entry.name,
        place: at,
        account: account ?? "",
        flags,
        module,
        given,
        values: Object.fromEntries(
          order.map((name) => [name, name in given ? given[name] : declared[name]?.default]),
        ),
        grant: givenFor(Object.keys(grant)),
        secrets: order.filter((name) => declared[name]?.sensitive),
        backend: backend && named(backend, entry.name),
        backendOf: (name) => backend && named(backend, name),
        slots: entry.max_replication_slots ?? file.defaults.max_replication_slots ?? usualSlots,
      },
    ];
  });
  if (members.length === file.pipelines.length) {
    for (const name of Object.keys(file.defaults.values)) {
      if (used.has(name)) continue;
      problems.push(
        `${place("defaults", "values", name)}: defaults: no pipeline has a variable ${name}.`,
      );
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return members;
}

interface Rendered extends SynthesizedModule {
  readonly declared: Declarations;
}

/** By flags: values are in tfvars, so one rendering does for all that have the same. */
const modules = new Map<string, Rendered>();

function rendered(flags: Flags): Rendered {
  const key = JSON.stringify(flags);
  const known = modules.get(key);
  if (known) return known;
  const { stack, files, json } = synthesizeOne(flags);
  const made = { stack, files, json, declared: variablesOf(json) };
  modules.set(key, made);
  return made;
}

/** A pipeline's flags; undefined, and refused, where they cannot be. */
function flagsOf(
  { flags: own }: PipelineEntry,
  defaults: Readonly<Record<string, unknown>>,
  refuse: (problem: string) => void,
): Flags | undefined {
  const topology = own.topology ?? defaults.topology ?? choices.topology.default;
  // A default for the other topology is none for this pipeline.
  const usual = Object.entries(defaults).filter(([name]) => {
    const only = allFlags[name as FlagName]?.only;
    return only === undefined || only === topology;
  });
  const given: Record<string, unknown> = { ...Object.fromEntries(usual), ...own };
  const others = Object.keys(given).filter((name) => !(name in allFlags));
  for (const name of others) {
    refuse(`${name} is no flag of a pipeline. There are ${Object.keys(allFlags).join(", ")}.`);
  }
  if (others.length > 0) return undefined;
  const names = engines.map(({ flag }) => flag);
  if (given.engine === undefined || given.engine === "all") {
    refuse(`flags must name the engine, ${names.join(" or ")}: a pipeline reads one.`);
    return undefined;
  }
  try {
    return parseFlags(given);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    for (const problem of error.message.split("\n")) refuse(problem);
    return undefined;
  }
}

/** The backend with the pipeline's name wherever it says {name}. */
function named(
  backend: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(backend).replaceAll("{name}", name));
}

/**
 * Arguments of Terraform's backends that are secrets, all of which can come from the environment.
 * @see https://developer.hashicorp.com/terraform/language/backend
 */
const secretArguments = [
  ...["access_key", "secret_key", "token", "password", "username", "sas_token", "client_secret"],
  ...["client_certificate_password", "credentials", "access_token", "encryption_key", "oidc_token"],
  ...["sse_customer_key", "client_private_key_pem", "conn_str", "oidc_request_token"],
];

function secretsOf(backend: object): string[] {
  return Object.entries(backend).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? secretsOf(value)
      : secretArguments.includes(name)
        ? [name]
        : [],
  );
}
