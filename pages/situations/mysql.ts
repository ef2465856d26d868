import type { Situation } from "./situation";

/** What happens to the binary log and to the checkpoint in it. */
export const mysqlSituations: readonly Situation[] = [];
