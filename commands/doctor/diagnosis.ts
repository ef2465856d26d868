import type { Topology } from "../../choices";
import type { Engine } from "../../engines/engine";
import { chain, type Entry, engineOf, type Marker } from "./catalogue";
import { type Hop, hops, place } from "./hops";
import { connectorIn, isProblem, recogniseSuccess, type Symptom, symptomOf } from "./recognise";
import type { LogRecord } from "./records";
import { isEnd, Runs } from "./runs";
import { behind } from "./structure";
import { UnknownMessages } from "./unknown";

/** An error that nothing has proved to be over. */
export interface Finding {
  /** Without one the cause is not known. */
  readonly entry?: Entry;
  /** Where it breaks, as far as can be told. */
  readonly hop?: Hop;
  /** Of the last record, as it is: secrets included. */
  readonly message: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

interface Active extends Finding {
  /** Over as soon as a connection to the brokers stands. */
  readonly untilConnected?: true;
  /** Said before Connect was started again, and not since. */
  isOfEarlierStart: boolean;
  /** Greater than that of what was said before, 0 of what only adds to it. */
  readonly turn: number;
}

/**
 * What the records of one pipeline say together, so far: what holds now, in the pod that started
 * last. It grows with the catalogue and not with the log.
 */
export class Diagnosis {
  /** Records that were looked at. */
  records = 0;
  /** Connect was stopped, and has not been started since. */
  isStopped = false;
  readonly unknown = new UnknownMessages();
  private readonly runs = new Runs();
  private readonly active = new Map<Entry | string, Active>();
  private readonly passed = new Map<Entry | string, Active>();
  private readonly proven = new Set<Hop>();
  private isInputActive = false;
  private connector: Engine | undefined;
  private hasPipelineIds = false;

  add(record: LogRecord): void {
    this.records++;
    this.hasPipelineIds ||= record.pipelineId !== undefined;
    const from = this.runs.of(record);
    if (from === "before") return;
    const isOver = isEnd(record);
    if (isOver || from === "new") {
      this.startAgain();
      this.isStopped = isOver;
    }

    const success = recogniseSuccess(record);
    if (success) {
      this.succeed(success);
      this.isInputActive ||= record.message.startsWith("Input type ");
      this.connector = connectorIn(record.message) ?? this.connector;
      return;
    }
    const symptom = symptomOf(record);
    if (symptom) this.fail(symptom, record);
    if (!symptom?.entry && isProblem(record) && looksLikeAProblem(record)) {
      this.unknown.add(record.message);
    }
  }

  /** The error whose cause is known and to be removed first. */
  get cause(): (Finding & { readonly entry: Entry }) | undefined {
    const { lead } = this;
    return lead?.entry ? { ...lead, entry: lead.entry } : undefined;
  }

  /** The error to look at first, where nobody knows its cause. */
  get failing(): Finding | undefined {
    return this.lead?.entry ? undefined : this.lead;
  }

  /** All other errors that are known, in the order of the chain. */
  get others(): (Finding & { readonly entry: Entry })[] {
    const { cause } = this;
    return inChain(this.active).filter(({ entry }) => entry !== cause?.entry);
  }

  /** Errors that something has proved to be over since, in the order of the chain. */
  get over(): (Finding & { readonly entry: Entry })[] {
    return inChain(this.passed);
  }

  /**
   * Rows are being read: Connect says so at DEBUG only for PostgreSQL, so an active input without an
   * error since counts as well.
   */
  get isStreaming(): boolean {
    return !this.lead && !this.isStopped && (this.proven.has("read") || this.isInputActive);
  }

  /** What is known of each hop. */
  get hops(): { hop: Hop; label: string; state: "done" | "failed" | "unknown" }[] {
    const failed = this.lead?.hop;
    const passed = new Set([...this.proven, ...behind(failed)]);
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

  /**
   * Of each way, to the database and to the brokers, the error nearest to its start; of those, one
   * whose cause is known, or at least its hop.
   */
  private get lead(): Active | undefined {
    const all = [...this.active.values()];
    const leads = [
      nearest(all.filter(({ hop }) => hop !== "write")),
      nearest(all.filter(({ hop }) => hop === "write")),
    ].filter((one) => one !== undefined);
    return (
      leads.find(claims) ??
      leads.find(({ entry }) => entry) ??
      leads.find(({ hop }) => hop) ??
      leads[0]
    );
  }

  private startAgain(): void {
    for (const finding of this.active.values()) finding.isOfEarlierStart = true;
    this.proven.clear();
    this.isInputActive = false;
  }

  private succeed({ proves, connects }: Marker): void {
    for (const hop of proves) this.proven.add(hop);
    const isIn = proves.includes("login");
    this.end(({ hop, isOfEarlierStart, untilConnected }) => {
      if (hop !== undefined && proves.includes(hop)) return true;
      if (hop === "write")
        return connects === true && (isOfEarlierStart || untilConnected === true);
      return isIn && (hop === undefined || isOfEarlierStart);
    });
  }

  private fail(symptom: Symptom, { message, level, time }: LogRecord): void {
    const { entry, hop, behind, connector, untilConnected } = symptom;
    const key = entry ?? `${hop} ${untilConnected}`;
    const isOfWriting = hop === "write";
    const same = this.active.get(key);
    if (behind.length > 0) {
      const passed: readonly (Hop | undefined)[] = behind;
      this.end((other) => {
        const isOfSameWay = (other.hop === "write") === isOfWriting;
        return passed.includes(other.hop) || (other.isOfEarlierStart && isOfSameWay);
      });
    }
    this.active.set(key, {
      entry,
      hop,
      untilConnected,
      message,
      count: (same?.count ?? 0) + 1,
      first: same?.first ?? time,
      last: time ?? same?.last,
      isOfEarlierStart: false,
      // A line without a level may explain the one before, as a server's DETAIL does.
      turn: entry || level ? this.records : (same?.turn ?? 0),
    });
    this.passed.delete(key);
    this.isInputActive = false;
    // Whatever comes after this hop is no longer proven; rows under way are written all the same.
    const from = place(hop ?? "read");
    for (const id of this.proven) {
      if (place(id) >= from && (id !== "write" || isOfWriting)) this.proven.delete(id);
    }
    this.connector = connector ?? this.connector ?? (entry && engineOf(entry));
  }

  private end(isOver: (finding: Active) => boolean): void {
    for (const [key, finding] of this.active) {
      if (!isOver(finding)) continue;
      this.active.delete(key);
      this.passed.set(key, finding);
    }
  }
}

const claims = ({ entry }: Finding) => entry !== undefined && !entry.vague;

/** The one nearest to the start; at one hop the last; what is vague or nowhere only if it is alone. */
function nearest(findings: readonly Active[]): Active | undefined {
  const rank = ({ entry, hop }: Active) => {
    if (hop === undefined) return Number.POSITIVE_INFINITY;
    return entry?.vague ? hops.length : place(hop);
  };
  return [...findings].sort((one, other) => rank(one) - rank(other) || other.turn - one.turn)[0];
}

function inChain(findings: ReadonlyMap<Entry | string, Finding>) {
  return chain.flatMap((entry) => {
    const finding = findings.get(entry);
    return finding ? [{ ...finding, entry }] : [];
  });
}

/** A line without a level may be anything. */
function looksLikeAProblem({ level, message }: LogRecord): boolean {
  return (
    level !== undefined ||
    /\b(?:error|fail|fatal|panic|denied|refused|unable|invalid)/i.test(message)
  );
}
