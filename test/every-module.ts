import { choices, flags as everyFlag } from "../choices";
import { asArguments, combinations, type Flags, refusal } from "./combinations";
import { covering, pairsOf } from "./covering";
import { synthesized } from "./synthesized";

/** The module of one stack, as one combination of flags makes it. */
export interface Module {
  /** The stack, and the flags that are not as usual: `aurora-postgres --grant attach`. */
  readonly name: string;
  readonly stack: string;
  /** Every flag that its topology has, as on a command line: `--grant artifact`. */
  readonly flags: readonly string[];
  /** How many of them are not as usual. */
  readonly distance: number;
  /** Content by file name. */
  readonly files: Record<string, string>;
}

/**
 * So many flags at once differ from the usual. What four do together, three of them have done: each flag
 * more would double the modules. All of them in `npm run test:long`.
 */
const AT_ONCE = process.env.LONG ? Number.POSITIVE_INFINITY : 3;

/** The modules of the combinations of flags that are allowed, those with the fewest flags first. */
export const everyModule: readonly Module[] = combinations
  .filter((given) => Object.keys(given).filter((name) => name !== "topology").length <= AT_ONCE)
  .filter((given) => refusal(given) === undefined)
  .flatMap((given) => {
    const { topology: _, ...unusual } = given;
    return [...synthesized(given)].map(([stack, files]) => ({
      name: `${stack} ${asArguments(unusual)}`.trimEnd(),
      stack,
      flags: ofTopology(given),
      distance: Object.keys(unusual).length,
      files,
    }));
  })
  .sort((one, other) => one.distance - other.distance);

/**
 * In which each two values of flags meet that can meet: for what takes seconds a module. All of them in
 * `npm run test:long`.
 */
export const pairwiseModules: readonly Module[] = process.env.LONG
  ? everyModule
  : covering(everyModule, ({ stack, flags }) => pairsOf([stack, ...flags]));

/** @throws where there is no such module */
export function moduleNamed(name: string): Module {
  const found = everyModule.find((module) => module.name === name);
  if (!found) throw new Error(`no combination of flags makes a module named ${name}`);
  return found;
}

function ofTopology(given: Flags): string[] {
  const { topology = choices.topology.default } = given;
  return Object.entries(everyFlag)
    .filter(([name, { only }]) => name !== "engine" && (only ?? topology) === topology)
    .map(([name, { default: usual }]) => `--${name} ${given[name] ?? usual}`);
}
