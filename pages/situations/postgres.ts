import type { Situation } from "./situation";

/** What happens to a replication slot and its database. */
export const postgresSituations: readonly Situation[] = [];
