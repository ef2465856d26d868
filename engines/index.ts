import type { Engine } from "./engine";
import { mysql } from "./mysql";
import { postgres } from "./postgres";

/** Every engine, in the order in which stacks are created and listed. */
export const engines: readonly [Engine, ...Engine[]] = [postgres, mysql];
