import { choices } from "../../choices";
import { allowed, asArguments, type Flags, refusal } from "../combinations";
import { synthesized } from "../synthesized";
import { ModuleDifference } from "./module-difference";

/** One flag or two that are not as usual, and what they change. */
interface Choice {
  /** As on a command line: `--topology ec2 --hops 2`. */
  readonly name: string;
  /** Whether a file is of this choice, by its name. */
  readonly has: (file: string) => boolean;
  /** Content by file name, `<stack>--<flag>-<value>.diff`. */
  readonly files: () => Record<string, string>;
}

/**
 * What each flag changes in the default module of each stack, and what two flags change together that
 * neither does alone.
 */
export const flagDifferences: readonly Choice[] = choices.topology.values.flatMap(ofTopology);

function ofTopology(topology: string): Choice[] {
  const usual: Flags = topology === choices.topology.default ? {} : { topology };
  const before = memoized(synthesized);
  const differenceOf = memoized((flags: Flags) =>
    differences(before(usual), { ...usual, ...flags }),
  );
  return allowed(2)
    .filter((flags) => (flags.topology ?? choices.topology.default) === topology)
    .map(({ topology: _, ...flags }) => flags)
    .filter((flags) => Object.keys(flags).length > 0)
    .map((flags) => {
      const suffix = Object.entries(flags)
        .map(([name, value]) => `--${name}-${value}`)
        .join("");
      const isAlone = Object.keys(flags).length === 1;
      const beside = isAlone
        ? "beside the default module"
        : "beside what each of them changes alone";
      return {
        name: asArguments({ ...usual, ...flags }),
        has: (file) => {
          const stack = file.slice(0, file.indexOf("--"));
          return (
            file === `${stack}${suffix}.diff` && stack.endsWith("-ec2") === (topology === "ec2")
          );
        },
        files: () =>
          Object.fromEntries(
            [...differenceOf(flags)].flatMap(([stack, whole]) => {
              const alone = Object.entries(flags).flatMap(([name, value]) =>
                refusal({ ...usual, [name]: value }) === undefined
                  ? (differenceOf({ [name]: value }).get(stack) ?? [])
                  : [],
              );
              const difference = isAlone ? whole : whole.without(alone);
              const head = `${stack} with ${asArguments(flags)}, ${beside}`;
              return difference.isEmpty
                ? []
                : [[`${stack}${suffix}.diff`, `${head}\n\n${difference}`]];
            }),
          ),
      };
    });
}

function differences(
  before: ReturnType<typeof synthesized>,
  flags: Flags,
): Map<string, ModuleDifference> {
  return new Map(
    [...synthesized(flags)].map(([stack, files]) => [
      stack,
      ModuleDifference.between(before.get(stack) ?? {}, files),
    ]),
  );
}

function memoized<T>(make: (flags: Flags) => T): (flags: Flags) => T {
  const made = new Map<string, T>();
  return (flags) => {
    const key = asArguments(flags);
    const known = made.get(key) ?? make(flags);
    made.set(key, known);
    return known;
  };
}
