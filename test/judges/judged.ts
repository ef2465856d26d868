import { type Choice, choices } from "../../choices";
import { asArguments, type Flags, refusal } from "../combinations";
import { synthesized } from "../synthesized";

/** A module that is judged. */
export interface Judged {
  /** Its folder among the others: the stack, and the flags that are not as usual. */
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  /** What decides how its cluster is kept and reached: `--aurora new`. */
  readonly flags: readonly string[];
}

/** The flags that decide it. Those that there are not yet are left out. */
const deciding = Object.entries<Choice>(choices).filter(([name]) =>
  ["topology", "aurora", "profile", "network"].includes(name),
);

const combinations = deciding.reduce<Flags[]>(
  (all, [name, { values }]) =>
    all.flatMap((flags) => values.map((value) => ({ ...flags, [name]: value }))),
  [{}],
);

/** The modules of all stacks, as these flags make them. */
export const judged: readonly Judged[] = combinations
  .filter((flags) => refusal(flags) === undefined)
  .flatMap((flags) =>
    [...synthesized(flags)].map(([stack, files]) => ({
      folder: `${stack} ${asArguments(flags)}`.replaceAll(" ", "_"),
      files,
      flags: Object.entries(flags).map(([name, value]) => `--${name} ${value}`),
    })),
  );
