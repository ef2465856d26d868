import { type Entry, entries, type Marker, markers } from "./catalogue";
import type { LogRecord } from "./records";

const problems = entries.filter(({ level }) => level === undefined);
const silentProblems = entries.filter(({ level }) => level === "DEBUG");

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

/** The marker that a record is an example of. */
export function recogniseSuccess({ level, message }: LogRecord): Marker | undefined {
  if (level === "WARN" || level === "ERROR") return undefined;
  return markers.find(({ pattern }) => pattern.test(message));
}
