import type { Addresses } from "./addresses";

/** Old address to new one, of a stack's modules. */
export type Moves = Record<string, Map<string, string>>;

/** The `moved` blocks of a module's files. */
export function movedBlocks(files: Record<string, string>): [from: string, to: string][] {
  return Object.values(files).flatMap((text) =>
    [...text.matchAll(/^moved \{\s+from\s+= (.*)\s+to\s+= (.*)\s+\}/gm)].map(
      ([, from = "", to = ""]): [string, string] => [from, to],
    ),
  );
}

/**
 * What somebody would lose who applied a released version and plans the present one: every address that
 * no longer exists and is not moved, and every object that would be made anew.
 */
export function lost(released: Addresses, present: Addresses, moves: Moves): string[] {
  return Object.entries(released).flatMap(([stack, objects]) =>
    Object.entries(objects).flatMap(([old, { flag, fixed }]) => {
      const address = follow(old, moves[stack] ?? new Map());
      const known = present[stack]?.[address];
      const what = `${address} of ${[stack, ...(flag ? [flag] : [])].join(" ")}`;
      if (!known) {
        return [`${what} is gone, and would be destroyed: add moved { from = ${old}, to = … }`];
      }
      return [
        ...separate(known.flag)
          .filter((one) => !holds(one, [...separate(flag), ...later]))
          .map((one) => `${what} would be destroyed where there is no ${one}`),
        ...Object.entries(fixed)
          .filter(([name, value]) => JSON.stringify(known.fixed[name]) !== JSON.stringify(value))
          .map(
            ([name, value]) =>
              `${what} would be replaced: ${name} was ${JSON.stringify(value)}, and is ${JSON.stringify(known.fixed[name])}`,
          ),
      ];
    }),
  );
}

/** Defaults of flags that came after the first release: whoever applied that has no other value of them. */
const later = ["--aurora new", "--profile demonstration", "--network public", "--topics one"];

/** `--hops 2 --host ec2` → both. */
export function separate(flags = ""): string[] {
  return flags === "" ? [] : flags.split(/ (?=--)/);
}

/** Whether one of these flags, each with one value, is the one with several. */
export function holds(flag: string, given: readonly string[]): boolean {
  const [name, values = ""] = flag.split(" ");
  return values.split("|").some((value) => given.includes(`${name} ${value}`));
}

/** Where an address has gone: a block for a resource moves all its instances, and blocks may follow each other. */
function follow(address: string, moves: Map<string, string>): string {
  const [, resource = "", instance = ""] = /^([^[]*)(.*)$/.exec(address) ?? [];
  const to =
    moves.get(address) ?? (moves.has(resource) ? moves.get(resource) + instance : undefined);
  return to === undefined ? address : follow(to, moves);
}
