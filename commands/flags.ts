import { existsSync, readFileSync } from "node:fs";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { ByocChoices } from "../stacks/byoc";
import type { Ec2Choices } from "../stacks/ec2";
import { UsageError } from "./usage-error";

/** A flag that takes one of a few values. */
export interface Choice {
  readonly values: readonly string[];
  readonly default: string;
  readonly description: string;
  /** The only topology that the flag belongs to. */
  readonly only?: string;
}

/**
 * What is chosen when synthesizing, because it decides which resources exist. Everything else is a
 * Terraform variable. The names are also the keys of `context` in cdktf.json.
 */
export const choices = {
  engine: {
    values: ["postgres", "mysql", "all"],
    default: "all",
    description: "which stacks",
  },
  topology: {
    values: ["byoc", "ec2"],
    default: "byoc",
    description: "where Redpanda Connect runs",
  },
  grant: {
    values: ["artifact", "attach"],
    default: "artifact",
    only: "byoc",
    description: "write the policy for the pipeline role, or attach it as well",
  },
  database: {
    values: ["sql", "exec", "provider"],
    default: "sql",
    description: "how the database user is made",
  },
  credentials: {
    values: ["role", "static"],
    default: "role",
    only: "byoc",
    description: "what starts the chain of roles",
  },
  accounts: {
    values: ["one", "two"],
    default: "one",
    only: "ec2",
    description: "app role and database in one account or in two",
  },
  hops: {
    values: ["1", "2"],
    default: "1",
    only: "ec2",
    description: "roles between the app and the database",
  },
  host: {
    values: ["ec2", "ecs"],
    default: "ec2",
    only: "ec2",
    description: "who may wear the app role",
  },
  output: {
    values: ["stdout", "redpanda"],
    default: "stdout",
    only: "ec2",
    description: "where the pipeline sends rows",
  },
} as const satisfies Record<string, Choice>;

/** Flags that are not a choice. */
const others = ["out", "check"];

/** The checked flags of one run. */
export interface Flags extends ByocChoices, Ec2Choices {
  readonly engine: "postgres" | "mysql" | "all";
  readonly topology: "byoc" | "ec2";
  /** Directory for the modules: `<out>/<stack>/`. */
  readonly out: string;
  /** Compare instead of writing. */
  readonly check: boolean;
}

/**
 * Checks the flags of the command line and of `context` in cdktf.json by the same rules; the
 * command line wins.
 *
 * @param given values by flag, from the command line
 * @param context the same, from cdktf.json
 * @param stray words of the command line that belong to no flag
 * @throws {UsageError} with every problem: what was given, what is allowed, the nearest match
 */
export function parseFlags(given: object, context: object = {}, stray: string[] = []): Flags {
  const isGiven = (name: string) => Object.hasOwn(given, name);
  const shown = (name: string) =>
    isGiven(name) ? `--${name}` : `"${name}" in the context of cdktf.json`;
  const chosen: Record<string, unknown> = Object.fromEntries(
    // JSON and the command line write `"hops": 1` and `--check=true` differently from what they mean.
    Object.entries({ ...context, ...given }).map(([name, value]) => [name, meant(name, value)]),
  );
  const topology = chosen.topology ?? choices.topology.default;
  const isTopology = choices.topology.values.some((value) => value === topology);

  const choice = (name: string, flag: Choice) =>
    z
      .enum(flag.values, {
        error: ({ input }) =>
          input === true
            ? `${shown(name)} has no value. Allowed are ${flag.values.join(", ")}.`
            : `${shown(name)} is ${JSON.stringify(input)}. Allowed are ${flag.values.join(", ")}${nearMiss(String(input), flag.values)}`,
      })
      .superRefine((value, { addIssue }) => {
        const refuse = (message: string) => addIssue({ code: "custom", message });
        if (name === "grant" && value === "attach" && chosen.credentials === "static") {
          refuse(
            `${shown(name)} is "attach" and credentials is "static". With an access key there is no pipeline role in the chain: leave grant out.`,
          );
        }
        // A default of cdktf.json, or one that takes back what cdktf.json says, harms nothing.
        const isDefault =
          value === flag.default && (!isGiven(name) || Object.hasOwn(context, name));
        const elsewhere = isTopology && flag.only !== undefined && flag.only !== topology;
        if (elsewhere && !isDefault) {
          refuse(
            `${shown(name)} belongs to --topology ${flag.only}, and the topology is ${topology}. Leave it out.`,
          );
        }
      })
      .default(flag.default);

  const schema = z.strictObject(
    {
      ...Object.fromEntries(
        Object.entries<Choice>(choices).map(([name, flag]) => [name, choice(name, flag)]),
      ),
      out: z
        .string({
          error: ({ input }) =>
            input === true
              ? `${shown("out")} has no value. It must be a directory, such as terraform.`
              : `${shown("out")} is ${JSON.stringify(input)}. It must be a directory, such as terraform.`,
        })
        .regex(/\S/, `${shown("out")} is empty. It must be a directory, such as terraform.`)
        .default("terraform"),
      check: z
        .boolean({
          error: ({ input }) =>
            `${shown("check")} is ${JSON.stringify(input)}. It must be true or false.`,
        })
        .default(false),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((name) => unknownFlag(name, shown)).join("\n")
          : undefined,
    },
  );
  const result = schema.safeParse(chosen);
  const problems = [
    ...stray.map((word) => `"${word}" belongs to no flag. Flags are written --name value.`),
    ...(result.error?.issues.map(({ message }) => message) ?? []),
  ];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return result.data as unknown as Flags;
}

function meant(name: string, value: unknown): unknown {
  if (name === "check") return value === "true" || value === "false" ? value === "true" : value;
  return name in choices && typeof value === "number" ? String(value) : value;
}

/** The end of a sentence that lists what is allowed; nothing is meant that shares no letter with it. */
function nearMiss(input: string, allowed: readonly string[]): string {
  const given = input.trim().toLowerCase();
  const nearest = closest(given, allowed);
  const shares = distance(given, nearest) < Math.max(given.length, nearest.length);
  return shares ? `; did you mean ${nearest}?` : ".";
}

function unknownFlag(name: string, shown: (name: string) => string): string {
  const names = [...Object.keys(choices), ...others];
  return `${shown(name)} does not exist; did you mean ${closest(name, names)}? There are ${names.join(", ")}.`;
}

/**
 * `context` of the cdktf.json in the working directory: the defaults of the flags, because
 * `cdktf deploy` cannot pass any. Empty where there is no such file.
 *
 * @throws {UsageError} when the file is no JSON object
 */
export function readContext(file: string): object {
  if (!existsSync(file)) return {};
  try {
    return z
      .object({ context: z.object().loose().default({}) })
      .parse(JSON.parse(readFileSync(file, "utf8"))).context;
  } catch {
    throw new UsageError(`${file} must hold a JSON object whose "context", if any, is an object.`);
  }
}
