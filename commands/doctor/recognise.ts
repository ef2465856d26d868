import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import { type Entry, entries, type Marker, markers } from "./catalogue";
import type { Hop } from "./hops";
import type { LogRecord } from "./records";
import { behind, breaksAt, isError } from "./structure";

/** What a record says is wrong. */
export interface Symptom {
  /** The text that is known. Without one, only where it breaks may be. */
  readonly entry?: Entry;
  readonly hop?: Hop;
  /** Hops that it proves to be behind it. */
  readonly behind: readonly Hop[];
  /** Over as soon as a connection to the brokers stands. */
  readonly untilConnected?: true;
  /** The engine whose connector the message names. */
  readonly connector?: Engine;
}

const problems = entries.filter(({ level }) => level === undefined);
const silentProblems = entries.filter(({ level }) => level === "DEBUG");

/** The engine whose connector a message names. */
export function connectorIn(message: string): Engine | undefined {
  return engines.find(({ connector: { input, aliases = [] } }) =>
    [input, ...aliases].some((name) => message.includes(name)),
  );
}

/** Whether a record of this level, or of none, tells of a problem rather than of progress. */
export function isProblem({ level }: LogRecord): boolean {
  return level === undefined || level === "WARN" || level === "ERROR";
}

/**
 * The entry that a record is an example of: the first that is not vague, or else the first.
 * Connect writes errors of a stream that had started as warnings, so both levels count.
 */
export function recognise(record: LogRecord): Entry | undefined {
  const candidates = isProblem(record) ? problems : record.level === "DEBUG" ? silentProblems : [];
  let vague: Entry | undefined;
  for (const entry of candidates) {
    if (!entry.pattern.test(record.message)) continue;
    if (!entry.vague) return entry;
    vague ??= entry;
  }
  return vague;
}

/** So many messages are remembered: what fails is tried again, and says the same again. */
const capacity = 1000;

const remembered = new Map<string, Symptom | undefined>();

/** Of a longer message only both ends are judged, in characters: what is between is data. */
const longest = 20_000;

/** {@link judge}, but for what was said before. */
export function symptomOf(record: LogRecord): Symptom | undefined {
  const { message, level } = record;
  if (level === "INFO") return undefined;
  if (message.length > longest) {
    const ends = `${message.slice(0, longest / 2)} … ${message.slice(-longest / 2)}`;
    return judge({ ...record, message: ends });
  }
  const key = `${level} ${record.path} ${message}`;
  if (remembered.has(key)) return remembered.get(key);
  if (remembered.size >= capacity) remembered.clear();
  const judged = judge(record);
  const connector = connectorIn(message);
  const symptom = judged && { ...judged, ...(connector ? { connector } : {}) };
  remembered.set(key, symptom);
  return symptom;
}

/**
 * What is wrong, by the catalogue; where that does not know the message, by its structure. An entry
 * that wraps others speaks only where the structure does not know better.
 */
function judge(record: LogRecord): Symptom | undefined {
  const entry = recognise(record);
  if (entry && !entry.vague) return of(entry);
  const place = isProblem(record) ? breaksAt(record) : undefined;
  if (entry && (place === undefined || place.hop === entry.hop)) return of(entry);
  if (place) {
    const { hop, untilConnected } = place;
    return { hop, behind: behind(hop), ...(untilConnected ? { untilConnected } : {}) };
  }
  return isError(record) ? { behind: [] } : undefined;
}

function of(entry: Entry): Symptom {
  const { hop, untilConnected } = entry;
  return {
    entry,
    hop,
    behind: entry.behind ?? behind(hop),
    ...(untilConnected ? { untilConnected } : {}),
  };
}

/** The marker that a record is an example of. */
export function recogniseSuccess({ level, message }: LogRecord): Marker | undefined {
  if (level === "WARN" || level === "ERROR") return undefined;
  return markers.find(({ pattern }) => pattern.test(message));
}
