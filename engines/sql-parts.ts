import type { Chosen, DatabaseChoices } from "../choices";

/**
 * What is left to the SQL: all, the tables where Terraform creates the user, or all by calls of the Data
 * API.
 */
type Extent = "all" | "tables" | "calls";

const extents: Readonly<Record<Chosen<"database">, Extent>> = {
  sql: "all",
  exec: "all",
  "data-api": "calls",
  provider: "tables",
};

/** The parts of one file of SQL, in order: by whose the cluster is, and by what is left to the SQL. */
export function partsBy(
  parts: Readonly<Record<Chosen<"aurora">, Readonly<Record<Extent, readonly string[]>>>>,
): (choices: DatabaseChoices) => readonly string[] {
  return ({ aurora, database }) => parts[aurora][extents[database]];
}
