/** A change of a row of {@link table}, and its place among the changes of that row. */
export interface Change {
  readonly id: number;
  readonly operation: "insert" | "update" | "delete";
  /** Counts the changes of the row, from 1. */
  readonly version: number;
  /** Empty after a delete. */
  readonly note: string;
}

/** The table that the changes are made to, as both engines make it. */
export const table =
  "CREATE TABLE orders (id integer PRIMARY KEY, version integer NOT NULL, note varchar(200) NOT NULL);\n";

/** What JSON, SQL and headers might stumble over. */
const notes = [
  "plain",
  `it's "quoted" and \\escaped\\`,
  "two\nlines\tand a tab",
  "ünïcödé ✓ 漢字 😀",
  "<b>&amp;</b> ${! @key } $1 %v",
  "",
];

/**
 * Changes without an end, in transactions of 1 to 50: rows come, change some times, and half of them
 * go for good. The same seed gives the same changes.
 *
 * @param first id of a row
 */
export function* transactions(seed: number, first = 1): Generator<Change[], never> {
  let state = seed;
  // mulberry32
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const alive: { id: number; version: number }[] = [];
  for (let next = first; ; ) {
    const changes: Change[] = [];
    for (let left = 1 + below(50); left > 0; left--) {
      const note = `${notes[below(notes.length)]}${"x".repeat(below(100))}`;
      const index = below(alive.length + 1);
      const row = alive[index];
      const chance = below(10);
      if (!row || chance < 3 || alive.length < 20) {
        changes.push({ id: next, operation: "insert", version: 1, note });
        alive.push({ id: next++, version: 1 });
      } else if (chance < 9) {
        row.version++;
        changes.push({ id: row.id, operation: "update", version: row.version, note });
      } else {
        alive.splice(index, 1);
        changes.push({ id: row.id, operation: "delete", version: row.version + 1, note: "" });
      }
    }
    yield changes;
  }
}

/** @param quoted a text as the engine's SQL has it */
export function asSql(changes: readonly Change[], quoted: (text: string) => string): string {
  const statements = changes.map(
    ({ id, operation, version, note }) =>
      ({
        insert: `INSERT INTO orders VALUES (${id}, ${version}, ${quoted(note)});`,
        update: `UPDATE orders SET version = ${version}, note = ${quoted(note)} WHERE id = ${id};`,
        delete: `DELETE FROM orders WHERE id = ${id};`,
      })[operation],
  );
  return `BEGIN;\n${statements.join("\n")}\nCOMMIT;\n`;
}
