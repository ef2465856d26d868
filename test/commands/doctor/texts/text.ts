import type { Topology } from "../../../../choices";
import type { Hop } from "../../../../commands/doctor/hops";
import type { Level } from "../../../../commands/doctor/records";

/** By the flag that chooses it. */
export type Engine = "postgres" | "mysql";

/** The log that a text stands in. */
export type Log =
  /** Redpanda Connect's records, in its topic of logs or on its standard error. */
  | "connect"
  /** What else a container of Connect prints: Go's runtime, its last words, the image's entry point. */
  | "container"
  /** `kubectl get events`, `kubectl describe pod`. */
  | "kubernetes"
  /** As RDS writes it, with its `log_line_prefix` of `%t:%r:%u@%d:[%p]:`. */
  | "postgresql"
  | "mysql"
  | "iam-db-auth-error"
  | "rds-proxy"
  /** An event, as one line of JSON. */
  | "cloudtrail";

/** A line of a log. Level and fields are those of Connect's records; other logs are lines only. */
export interface Line {
  readonly message: string;
  readonly level?: Level;
  /** What stands beside the message: `err`, `error`, `lint`, an address. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * What a log says when something is wrong, as it was logged, and what is wrong.
 *
 * Accounts, hosts, users, databases, tables and addresses are mostly those of the module's examples;
 * the words around them are to the letter.
 */
export interface Text extends Line {
  readonly id: string;
  readonly log: Log;
  /** @default ERROR in Connect's records; other logs have none */
  readonly level?: Level;
  /** Where the chain breaks. */
  readonly hop: Hop;
  /** @default - either */
  readonly engine?: Engine;
  /** @default - either */
  readonly topology?: Topology;
  /** What is wrong, in a sentence. */
  readonly cause: string;
  /**
   * Ids of the catalogue's entries that are right about it, in cause and remedy.
   * @default - none: an entry that claims it is wrong
   */
  readonly entries?: readonly string[];
  /**
   * `reported`: somebody had it, and showed it (within Connect's own wrapping, where another program
   * was met by it); `documented`: by who makes the program; `source`: its format, filled in.
   */
  readonly known: "reported" | "documented" | "source";
  /** Where it was read. */
  readonly source: string;
}
