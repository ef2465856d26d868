import { choices } from "../../choices";
import { combinations, type Flags, refusal } from "../combinations";
import { synthesized } from "../synthesized";
import { ModuleDifference } from "./module-difference";

/**
 * What each flag changes in the default module of each stack, and what two flags change together that
 * neither does alone: content by file name, `<stack>--<flag>-<value>.diff`.
 */
export function flagDifferences(): Record<string, string> {
  const topologies = choices.topology.values;
  return Object.fromEntries(topologies.flatMap((topology) => [...ofTopology(topology)]));
}

function ofTopology(topology: string): Map<string, string> {
  const usual: Flags = topology === choices.topology.default ? {} : { topology };
  const given = combinations.filter(
    (flags) =>
      (flags.topology ?? choices.topology.default) === topology && refusal(flags) === undefined,
  );
  const before = synthesized(usual);
  const differenceOf = memoized((flags: Flags) => differences(before, { ...usual, ...flags }));
  const chosen = given.map(({ topology: _, ...flags }) => flags);
  const written = new Map<string, string>();
  const write = (stack: string, flags: Flags, difference: ModuleDifference, head: string) => {
    const names = Object.entries(flags).map(([name, value]) => `--${name}-${value}`);
    if (!difference.isEmpty)
      written.set(`${stack}${names.join("")}.diff`, `${head}\n\n${difference}`);
  };

  for (const flags of chosen.filter((flags) => Object.keys(flags).length === 1)) {
    for (const [stack, difference] of differenceOf(flags)) {
      write(
        stack,
        flags,
        difference,
        `${stack} with ${asOptions(flags)}, beside the default module`,
      );
    }
  }
  for (const flags of chosen.filter((flags) => Object.keys(flags).length === 2)) {
    for (const [stack, difference] of differenceOf(flags)) {
      const alone = Object.entries(flags).flatMap(([name, value]) =>
        refusal({ ...usual, [name]: value }) === undefined
          ? (differenceOf({ [name]: value }).get(stack) ?? [])
          : [],
      );
      write(
        stack,
        flags,
        difference.without(alone),
        `${stack} with ${asOptions(flags)}, beside what each of them changes alone`,
      );
    }
  }
  return written;
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

const asOptions = (flags: Flags) =>
  Object.entries(flags)
    .map(([name, value]) => `--${name} ${value}`)
    .join(" ");

function memoized<T>(make: (flags: Flags) => T): (flags: Flags) => T {
  const made = new Map<string, T>();
  return (flags) => {
    const key = asOptions(flags);
    const known = made.get(key) ?? make(flags);
    made.set(key, known);
    return known;
  };
}
