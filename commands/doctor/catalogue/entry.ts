import type { EngineName, Topology } from "../../../choices";
import type { Hop } from "../hops";

/**
 * One step of a fix: a sentence, a command for the shell, SQL for the master user, or lines of the
 * pipeline's configuration.
 *
 * `<name>` stands for a value of the module, by the name of its Terraform output or variable: see
 * `names.ts` for all of them.
 */
export type Step =
  | string
  | { readonly shell: string }
  | { readonly sql: string }
  | { readonly yaml: string };

/**
 * One for everybody, or one per topology; `static` is for a pipeline in a BYOC cluster that starts
 * from an access key of the module's, `private` for one whose database has no public address.
 */
export type Fix =
  | readonly Step[]
  | (Readonly<Record<Topology, readonly Step[]>> &
      Readonly<Partial<Record<Variant, readonly Step[]>>>);

/** What tells the variants of a module in topology `byoc`: an output that no other has. */
const variants = {
  private: "allow_egress_command",
  static: "create_access_key_command",
} as const;

export type Variant = keyof typeof variants;

/** A text that Redpanda Connect logs when something is wrong, and what it means. */
export interface Entry {
  /** Such as `A9` (roles), `P8` (PostgreSQL), `M2` (MySQL), `O1` (output), `L1` (licence), `E1` (environment). */
  readonly id: string;
  /** The text as a person would search for it, with `…` for what differs. */
  readonly text: string;
  /** Tested on the message of a record of level WARN or ERROR, or of none. */
  readonly pattern: RegExp;
  /** Recognised at DEBUG instead. @default - WARN, ERROR, or no level */
  readonly level?: "DEBUG";
  readonly hop: Hop;
  /** Who says it. */
  readonly speaker: "AWS" | "The database" | "Redpanda" | "Redpanda Connect";
  /** The engine whose connector or database says it. @default - it may be any */
  readonly engine?: EngineName;
  readonly cause: string;
  readonly fix: Fix;
  /** Wraps or accompanies another error: the cause only where nothing else is recognised. */
  readonly vague?: true;
  /**
   * Hops that it proves to be over, where it is of another connection than its hop's.
   * @default - what is before its hop: see `behind` in structure.ts
   */
  readonly behind?: readonly Hop[];
  /** Over as soon as a connection to the brokers stands. @default - only when a row was written */
  readonly untilConnected?: true;
  /** Versions of Redpanda Connect that can log it. */
  readonly versions: string;
  /** Where the text was read, or is documented. */
  readonly source: string;
}

/** A text that Redpanda Connect logs when something went well, and the hops that it proves. */
export interface Marker {
  readonly id: string;
  readonly text: string;
  readonly pattern: RegExp;
  /** At which level it is logged: DEBUG is silent unless `log_level` says so. */
  readonly level: "DEBUG" | "INFO";
  /** Errors at these hops that came before are over. */
  readonly proves: readonly Hop[];
  /** A connection to the brokers stands, which does not say yet that they take rows. */
  readonly connects?: true;
  readonly source: string;
}

/** The steps for this topology. @param outputs names of the module's outputs. @default - not known */
export function stepsOf(
  fix: Fix,
  topology: Topology,
  outputs: ReadonlySet<string> = new Set(),
): readonly Step[] {
  if (!("byoc" in fix)) return fix;
  const variant = (Object.keys(variants) as Variant[]).find(
    (one) => topology === "byoc" && fix[one] && outputs.has(variants[one]),
  );
  return (variant && fix[variant]) ?? fix[topology];
}
