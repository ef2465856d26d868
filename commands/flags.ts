import { existsSync, readFileSync } from "node:fs";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import {
  type Choice,
  type Choices,
  type Chosen,
  choices,
  exclusions,
  type FlagName,
  type Form,
  flags,
} from "../choices";
import { UsageError } from "./usage-error";

/** The checked flags of one run. */
export interface Flags extends Choices, Required<Form> {
  /** Directory for the modules: `<out>/<stack>/`. */
  readonly out: string;
  /** Compare instead of writing. */
  readonly check: boolean;
  /** Write the modules that are there again, by the flags that they were written with. */
  readonly update: boolean;
  /** Write also where resources of the module that is there would go. */
  readonly force: boolean;
}

/** Flags that are there or not. */
const switches = ["module", "check", "update", "force"] as const;
/** Flags that are not a choice. */
const others = ["out", ...switches];

/**
 * Checks the flags of the command line and of `context` in cdktf.json by the same rules; the
 * command line wins.
 *
 * @param given values by flag, from the command line; true for a flag without a value
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

  const choice = (name: string, { values, default: usual, only }: Choice): z.ZodType =>
    z
      .enum(values, {
        error: ({ input }) =>
          input === true
            ? `${shown(name)} has no value. Allowed are ${values.join(", ")}.`
            : `${shown(name)} is ${JSON.stringify(input)}. Allowed are ${values.join(", ")}${nearMiss(String(input), values)}`,
      })
      .superRefine((value, { addIssue }) => {
        const refuse = (message: string) => addIssue({ code: "custom", message });
        for (const { values: together, because } of exclusions) {
          const [[first, theirs] = [], ...rest] = Object.entries(together);
          if (first !== name || theirs !== value) continue;
          const isTogether = rest.every(
            ([other, otherValue]) =>
              (chosen[other] ?? flags[other as FlagName].default) === otherValue,
          );
          if (!isTogether) continue;
          const beside = rest.map(([other, otherValue]) => ` and ${other} is "${otherValue}"`);
          refuse(`${shown(name)} is "${value}"${beside.join("")}. ${because}`);
        }
        // A default of cdktf.json, or one that takes back what cdktf.json says, harms nothing.
        const isDefault = value === usual && (!isGiven(name) || Object.hasOwn(context, name));
        if (isTopology && only !== undefined && only !== topology && !isDefault) {
          refuse(
            `${shown(name)} belongs to --topology ${only}, and the topology is ${topology}. Leave it out.`,
          );
        }
      })
      .default(usual);

  const isOn = (name: (typeof switches)[number]) =>
    z
      .boolean({
        error: ({ input }) =>
          `${shown(name)} is ${JSON.stringify(input)}. It must be true or false.`,
      })
      .default(false);

  const schema = z.strictObject(
    {
      // A schema gives one of its flag's own values.
      ...(Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => [name, choice(name, flag)]),
      ) as { [Name in FlagName]: z.ZodType<Chosen<Name>> }),
      out: z
        .string({
          error: ({ input }) =>
            input === true
              ? `${shown("out")} has no value. It must be a directory, such as terraform.`
              : `${shown("out")} is ${JSON.stringify(input)}. It must be a directory, such as terraform.`,
        })
        .regex(/\S/, `${shown("out")} is empty. It must be a directory, such as terraform.`)
        .default("terraform"),
      module: isOn("module"),
      check: isOn("check"),
      update: isOn("update"),
      force: isOn("force"),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((name) => unknownFlag(name, shown)).join("\n")
          : undefined,
    },
  );
  const result = schema.safeParse(chosen);
  const beside = chosen.update === true ? [...Object.keys(choices), "module"].filter(isGiven) : [];
  const problems = [
    ...beside.map(
      (name) =>
        `--${name} is given beside --update, which takes the flags from the modules that are there. Leave one of them out.`,
    ),
    ...stray.map(belongsToNoFlag),
    ...(chosen.module === true && chosen.database === "provider"
      ? [
          `${shown("module")} is given and database is "provider". Terraform allows no for_each and no depends_on on a module that configures a provider itself: leave database out, or choose exec.`,
        ]
      : []),
    ...(result.error?.issues.map(({ message }) => message) ?? []),
  ];
  if (!result.success || problems.length > 0) throw new UsageError(problems.join("\n"));
  return result.data;
}

/** What is said of a word of the command line that no flag takes. */
export function belongsToNoFlag(word: string): string {
  return `"${word}" belongs to no flag. Flags are written --name value.`;
}

function meant(name: string, value: unknown): unknown {
  if (switches.some((one) => one === name)) {
    return value === "true" || value === "false" ? value === "true" : value;
  }
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
    throw new UsageError(
      `${file} must contain a JSON object whose "context", if any, is an object.`,
    );
  }
}
