import type { Change } from "./changes";
import type { Arrival } from "./lane";
import type { Shape } from "./shapes";

interface Row {
  readonly changes: Change[];
  /** How many of them have arrived. */
  arrived: number;
  /** Which of them arrived last, counted from 1. */
  last: number;
  partition?: number;
}

/**
 * Compares what arrives with what was changed: each change at least once, and the changes of one row
 * in their order. Where something is repeated, all that follows it in its row is repeated too, so that
 * the last that comes is the last that was made.
 */
export class Comparison {
  readonly changes: Change[] = [];
  /** Arrivals that no change explains, or that differ from it. */
  readonly foreign: Arrival[] = [];
  /** Arrivals that did not follow the change before them in their row, or came in another partition. */
  readonly outOfOrder: Arrival[] = [];
  /** How many arrivals repeat a change that had arrived already. */
  duplicates = 0;
  readonly #rows = new Map<number, Row>();
  #arrived = 0;

  constructor(private readonly shape: Shape) {}

  expect(changes: readonly Change[]): void {
    for (const change of changes) {
      const row = this.#rows.get(change.id) ?? { changes: [], arrived: 0, last: 0 };
      row.changes.push(change);
      this.changes.push(change);
      this.#rows.set(change.id, row);
    }
  }

  /** @throws {Error} where key, value and headers contradict one another */
  take(arrival: Arrival): void {
    const { id, operation, version, note } = this.shape.changeOf(arrival);
    const row = this.#rows.get(id);
    // A row is deleted once: its last change.
    const place = operation === "delete" ? row?.changes.length : version;
    const change = row?.changes[(place ?? 0) - 1];
    if (
      !row ||
      place === undefined ||
      change?.operation !== operation ||
      (note ?? change.note) !== change.note
    ) {
      this.foreign.push(arrival);
      return;
    }
    row.partition ??= arrival.partition;
    // Back, to repeat what follows from there, but never onward past a change.
    if (place > row.last + 1 || row.partition !== arrival.partition) this.outOfOrder.push(arrival);
    if (place <= row.arrived) this.duplicates++;
    this.#arrived += Math.max(place - row.arrived, 0);
    row.arrived = Math.max(row.arrived, place);
    row.last = place;
  }

  get isComplete(): boolean {
    return this.#arrived === this.changes.length;
  }

  /** Changes that have not arrived. */
  get lost(): Change[] {
    return [...this.#rows.values()].flatMap(({ changes, arrived }) => changes.slice(arrived));
  }

  /** Changes that arrived, and after them an older one of their row that was not made good. */
  get overtaken(): Change[] {
    return [...this.#rows.values()].flatMap(({ changes, arrived, last }) =>
      last < arrived ? changes.slice(last, arrived) : [],
    );
  }
}
