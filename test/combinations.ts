import { flags as everyFlag } from "../choices";
import { parseFlags } from "../commands/flags";
import { UsageError } from "../commands/usage-error";

/** Flags and their values, without those left at their default. */
export type Flags = Readonly<Record<string, string>>;

/** What somebody may write: every value of every flag but the engine. */
export const combinations: Flags[] = Object.entries(everyFlag)
  .filter(([name]) => name !== "engine")
  .reduce<Flags[]>(
    (all, [name, { values, default: usual }]) =>
      all.flatMap((flags) =>
        values.map((value) => (value === usual ? flags : { ...flags, [name]: value })),
      ),
    [{}],
  );

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
