import type { Change } from "./changes";
import type { Arrival } from "./lane";
import type { Shape } from "./shapes";

/** What is wrong with what arrived; empty when nothing is. */
export interface Verdict {
  /** Changes that did not arrive. */
  readonly lost: readonly Change[];
  /** Arrivals that no change explains, or that differ from it. */
  readonly foreign: readonly Arrival[];
  /** Arrivals that did not follow the change before them in their row, or came in another partition. */
  readonly outOfOrder: readonly Arrival[];
  /** How many arrivals repeat a change that had arrived already. */
  readonly duplicates: number;
}

/**
 * Compares what arrived with what was changed: each change at least once, and the changes of one row
 * in their order. Where something is repeated, all that follows it in its row is repeated too, so that
 * the last that comes is the last that was made.
 */
export function judge(
  changes: readonly Change[],
  arrivals: readonly Arrival[],
  { changeOf }: Shape,
): Verdict {
  const rows = new Map<
    number,
    { changes: Change[]; seen: number; last: number; partition: number }
  >();
  for (const change of changes) {
    const row = rows.get(change.id) ?? { changes: [], seen: 0, last: 0, partition: -1 };
    row.changes.push(change);
    rows.set(change.id, row);
  }
  const foreign: Arrival[] = [];
  const outOfOrder: Arrival[] = [];
  let duplicates = 0;
  for (const arrival of arrivals) {
    const told = changeOf(arrival);
    const row = rows.get(told.id);
    // A row is deleted once: its last change.
    const place =
      told.operation === "delete" ? (row?.changes.length ?? 0) : (told.version ?? Number.NaN);
    const change = row?.changes[place - 1];
    if (
      !row ||
      change?.operation !== told.operation ||
      (told.note ?? change.note) !== change.note
    ) {
      foreign.push(arrival);
      continue;
    }
    if (row.partition === -1) row.partition = arrival.partition;
    // Back, to repeat what follows from there, but never onward past a change.
    if (place > row.last + 1 || row.partition !== arrival.partition) outOfOrder.push(arrival);
    if (place <= row.seen) duplicates++;
    row.seen = Math.max(row.seen, place);
    row.last = place;
  }
  for (const row of rows.values()) {
    if (row.seen > 0 && row.last !== row.seen) {
      const [change] = row.changes.slice(-1);
      outOfOrder.push(...arrivals.filter((one) => changeOf(one).id === change?.id).slice(-1));
    }
  }
  const lost = [...rows.values()].flatMap((row) => row.changes.slice(row.seen));
  return { lost, foreign, outOfOrder, duplicates };
}
