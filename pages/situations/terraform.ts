import type { Situation } from "./situation";

/** What happens to the module's state and to the objects in it, with either engine. */
export const terraformSituations: readonly Situation[] = [];
