import { choices } from "../choices";
import { allowed, asArguments, type Flags, ofTopology, unusual } from "./combinations";
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
 * So many flags at once differ from the usual. Each flag more would double the modules, and the pairwise
 * ones below have more of them at once.
 */
const AT_ONCE = process.env.LONG ? 3 : 2;

/** The modules of the combinations of flags that are allowed, those with the fewest flags first. */
export const everyModule: readonly Module[] = allowed(AT_ONCE)
  .flatMap(modulesOf)
  .sort((one, other) => one.distance - other.distance);

/**
 * In which each two values of flags meet that can meet, however many are not as usual: for what takes
 * seconds a module. Those of `everyModule` in `npm run test:long`.
 */
export const pairwiseModules = (): readonly Module[] =>
  process.env.LONG
    ? everyModule
    : covering(
        allowed().flatMap((given) => engineNames.map((engine): Flags => ({ ...given, engine }))),
        (given) => pairsOf([`${given.engine} ${given.topology}`, ...ofTopology(given)]),
      ).flatMap(modulesOf);

const engineNames = choices.engine.values.filter((engine) => engine !== "all");

/** @throws where there is no such module */
export function moduleNamed(name: string): Module {
  const found = everyModule.find((module) => module.name === name);
  if (!found) throw new Error(`no combination of flags makes a module named ${name}`);
  return found;
}

/** Of both engines, or of one. */
function modulesOf(given: Flags): Module[] {
  const { topology: _, engine: __, ...others } = given;
  return [...synthesized(given)].map(([stack, files]) => ({
    name: `${stack} ${asArguments(others)}`.trimEnd(),
    stack,
    flags: ofTopology(given),
    distance: unusual(given).length,
    files,
  }));
}
