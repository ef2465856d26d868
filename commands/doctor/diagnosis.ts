import type { Topology } from "../../choices";
import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import { chain, type Entry, engineOf } from "./catalogue";
import { type Hop, hops, place, through } from "./hops";
import { isProblem, recognise, recogniseSuccess } from "./recognise";
import type { LogRecord } from "./records";
import { UnknownMessages } from "./unknown";

/** An error that nothing has proved to be over. */
export interface Finding {
  readonly entry: Entry;
  /** Of the last record, as it is: secrets included. */
  readonly message: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

/**
 * What the records of one pipeline say together, so far. It grows with the catalogue and not with
 * the log.
 */
export class Diagnosis {
  /** Records that were looked at. */
  records = 0;
  readonly unknown = new UnknownMessages();
  private readonly findings = new Map<Entry, Finding>();
  private readonly proven = new Set<Hop>();
  private isInputActive = false;
  private connector: Engine | undefined;
  private hasPipelineIds = false;

  add(record: LogRecord): void {
    this.records++;
    this.hasPipelineIds ||= record.pipelineId !== undefined;

    const success = recogniseSuccess(record);
    if (success) {
      for (const hop of success.proves) this.proven.add(hop);
      for (const entry of this.findings.keys()) {
        if (success.proves.includes(entry.hop)) this.findings.delete(entry);
      }
      this.isInputActive ||= record.message.startsWith("Input type ");
      this.learnConnector(record.message);
      return;
    }

    const entry = recognise(record);
    if (entry) {
      const { count = 0, first = record.time } = this.findings.get(entry) ?? {};
      const { message, time: last } = record;
      this.findings.set(entry, { entry, message, count: count + 1, first, last });
      this.isInputActive = false;
      // Whatever comes after this hop is no longer proven; rows under way are written all the same.
      for (const { id } of hops.slice(place(entry.hop))) {
        if (id !== "write" || entry.hop === "write") this.proven.delete(id);
      }
      this.connector ??= engineOf(entry);
      this.learnConnector(message);
    } else if (isProblem(record) && looksLikeAProblem(record)) {
      this.unknown.add(record.message);
    }
  }

  /** The error nearest to the start of the chain; one that wraps others only where it is alone. */
  get cause(): Finding | undefined {
    const active = chain.flatMap((entry) => this.findings.get(entry) ?? []);
    return active.find(({ entry }) => !entry.vague) ?? active[0];
  }

  /** All other errors, in the order of the chain. */
  get others(): Finding[] {
    const { cause } = this;
    return chain.flatMap((entry) => {
      const finding = this.findings.get(entry);
      return finding && finding !== cause ? [finding] : [];
    });
  }

  /**
   * Rows are being read: Connect says so at DEBUG only for PostgreSQL, so an active input without an
   * error since counts as well.
   */
  get isStreaming(): boolean {
    return !this.cause && (this.proven.has("read") || this.isInputActive);
  }

  /**
   * What is known of each hop. An error says that everything before it works, except two things: a
   * part of the configuration is looked at only when the database is reached, and writing is another
   * way than reading.
   */
  get hops(): { hop: Hop; label: string; state: "done" | "failed" | "unknown" }[] {
    const failed = this.cause?.entry.hop;
    const passed = new Set(this.proven);
    if (failed !== undefined && failed !== "write") {
      for (const hop of through(failed)) passed.add(hop);
      if (place(failed) < place("login") && !this.proven.has("config")) passed.delete("config");
    }
    return hops.map(({ id, label }) => {
      const state = id === failed ? "failed" : passed.has(id) ? "done" : "unknown";
      return { hop: id, label, state };
    });
  }

  /** As the records tell it: pipelines have ids in Redpanda Cloud only. */
  get topology(): Topology | undefined {
    if (this.records === 0) return undefined;
    return this.hasPipelineIds ? "byoc" : "ec2";
  }

  get engine(): Engine | undefined {
    return this.connector;
  }

  private learnConnector(message: string): void {
    const named = engines.find(({ connector: { input, aliases = [] } }) =>
      [input, ...aliases].some((name) => message.includes(name)),
    );
    if (named) this.connector = named;
  }
}

/** A line without a level may be anything. */
function looksLikeAProblem({ level, message }: LogRecord): boolean {
  return (
    level !== undefined ||
    /\b(?:error|fail|fatal|panic|denied|refused|unable|invalid)/i.test(message)
  );
}
