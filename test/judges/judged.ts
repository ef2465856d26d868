import { type Choice, choices } from "../../choices";
import { asArguments, type Flags, refusal } from "../combinations";
import { synthesized } from "../synthesized";

/** A module that is judged. */
export interface Judged {
  /** Its folder among the others: the stack, and the flags that are not as usual. */
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  /** Those flags: `--aurora existing`. */
  readonly flags: readonly string[];
}

/** What decides how a cluster is kept and reached, as far as there are such flags. */
const deciding = Object.entries<Choice>(choices).filter(([name]) =>
  ["topology", "aurora", "profile", "network"].includes(name),
);

const combinations = deciding.reduce<Flags[]>(
  (all, [name, { values, default: usual }]) =>
    all.flatMap((flags) =>
      values.map((value) => (value === usual ? flags : { ...flags, [name]: value })),
    ),
  [{}],
);

/** The modules of all stacks, as these flags make them. */
export const judged: readonly Judged[] = combinations
  .filter((flags) => refusal(flags) === undefined)
  .flatMap((flags) =>
    [...synthesized(flags)].map(([stack, files]) => ({
      folder: `${stack} ${asArguments(flags)}`.trimEnd().replaceAll(" ", "_"),
      files,
      flags: Object.entries(flags).map(([name, value]) => `--${name} ${value}`),
    })),
  );
