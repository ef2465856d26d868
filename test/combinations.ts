import { choices, flags as everyFlag } from "../choices";
import { parseFlags } from "../commands/flags";
import { UsageError } from "../commands/usage-error";

/** Flags and their values, without those left at their default. */
export type Flags = Readonly<Record<string, string>>;

/**
 * What somebody may write for one topology or the other: every value of every flag that it has, but the
 * engine.
 *
 * @param atMost so many flags that are not as usual, the topology not among them. @default - all
 */
export function combinations(atMost = Number.POSITIVE_INFINITY): Flags[] {
  return choices.topology.values.flatMap((topology) => {
    const usual: Flags = topology === choices.topology.default ? {} : { topology };
    return Object.entries(everyFlag)
      .filter(([name, { only }]) => !isElsewhere(name) && (only ?? topology) === topology)
      .reduce<Flags[]>(
        (all, [name, { values, default: asUsual }]) =>
          all.flatMap((flags) =>
            values
              .map((value) => (value === asUsual ? flags : { ...flags, [name]: value }))
              .filter((flags) => unusual(flags).length <= atMost),
          ),
        [usual],
      );
  });
}

const isElsewhere = (name: string) => name === "engine" || name === "topology";

/** Every flag that the topology has, as on a command line: `--grant artifact`. */
export function ofTopology(given: Flags): string[] {
  const { topology = choices.topology.default } = given;
  return Object.entries(everyFlag)
    .filter(([name, { only }]) => name !== "engine" && (only ?? topology) === topology)
    .map(([name, { default: usual }]) => `--${name} ${given[name] ?? usual}`);
}

/** The flags of a combination that are not as usual, without the topology. */
export const unusual = (flags: Flags) => Object.keys(flags).filter((name) => !isElsewhere(name));

/** Those that are not refused. */
export const allowed = (atMost?: number) =>
  combinations(atMost).filter((flags) => refusal(flags) === undefined);

/** Why these flags are refused; undefined where they are not. */
export function refusal(flags: Flags): string | undefined {
  try {
    parseFlags(flags);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** As on a command line: `--topology ec2 --hops 2`. */
export function asArguments(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, value]) => `--${name} ${value}`)
    .join(" ");
}
