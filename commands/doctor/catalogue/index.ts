import { place } from "../hops";
import type { Entry } from "./entry";
import { mysql } from "./mysql";
import { output } from "./output";
import { postgres } from "./postgres";
import { roles } from "./roles";
import { start } from "./start";

export { type Engine, type Entry, type Marker, type Step, stepsOf, type Topology } from "./entry";
export { markers } from "./markers";

/** Every text that is known, in the order in which a record is compared with them. */
export const entries: readonly Entry[] = [...start, ...roles, ...postgres, ...mysql, ...output];

/** The same in the order of the chain; within a hop the vague ones come last. */
export const chain: readonly Entry[] = [...entries].sort(
  (one, other) =>
    place(one.hop) - place(other.hop) || Number(one.vague ?? false) - Number(other.vague ?? false),
);
