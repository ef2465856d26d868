/**
 * The way of a change from the database to the topic, in order: the cause to fix first is the one
 * nearest to the start. `label` stands in the line of ticks, `failed` heads a report and a section
 * of the page.
 */
export const hops = [
  { id: "start", label: "starts", failed: "Redpanda Connect does not start" },
  { id: "config", label: "configuration", failed: "The configuration is not valid" },
  { id: "identity", label: "identity", failed: "Connect has no AWS identity of its own" },
  { id: "role", label: "role", failed: "Connect may not assume the db-connect role" },
  { id: "token", label: "token", failed: "Connect cannot sign a token for the database" },
  { id: "network", label: "network", failed: "Connect cannot reach the database" },
  { id: "tls", label: "TLS", failed: "There is no TLS connection to the right server" },
  { id: "login", label: "login", failed: "The database refuses the login" },
  { id: "database", label: "database", failed: "The database is not prepared" },
  { id: "position", label: "position", failed: "Connect does not know where in the log to start" },
  { id: "read", label: "rows read", failed: "Connect has trouble reading changes" },
  { id: "write", label: "rows written", failed: "Rows do not reach the topic" },
] as const;

export type Hop = (typeof hops)[number]["id"];

/** Place in the chain, from 0. */
export function place(hop: Hop): number {
  return hops.findIndex(({ id }) => id === hop);
}

/** All hops from the start up to and including `hop`. */
export function through(hop: Hop): Hop[] {
  return hops.slice(0, place(hop) + 1).map(({ id }) => id);
}
