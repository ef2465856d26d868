import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Comparison } from "./arrivals";
import { asSql, table, transactions } from "./changes";
import type { Kafka } from "./kafka";
import { type Arrival, Lane } from "./lane";
import type { Database } from "./prepared";
import { until } from "./process";
import { mysql, postgres } from "./shapes";

/** For all that must happen between two kills, on a machine that does other things as well. */
export const patience = 180_000;

const parts = ["Redpanda Connect", "broker", "database"] as const;

/**
 * Where something is killed: as soon as a part of the waiting changes has arrived, or where the lanes'
 * input stands still until then (`connect/input.go`).
 */
const places = ["before the position", "within a batch", "between batches"] as const;
export type Place = (typeof places)[number];

/** What was killed, when, and what came of it: a line of the table of duplicates. */
interface Kill {
  readonly part: (typeof parts)[number];
  readonly place: Place;
  /** How many changes were waiting to be read. */
  readonly waiting: number;
  /** How many of them had arrived. */
  readonly arrived: number;
  /** How many changes arrived once more than they needed to. */
  readonly duplicates: number;
}

export interface RowsProps {
  readonly changes: number;
  readonly kills: number;
  /** With the lanes' input, or with the pipeline's own, which knows one place alone. */
  readonly by: "connect" | "licensed";
}

export const engines = {
  "aurora-postgres": {
    shape: postgres,
    quoted: (text: string) => `'${text.replaceAll("'", "''")}'`,
  },
  "aurora-mysql": {
    shape: mysql,
    quoted: (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`,
  },
};

/**
 * Declares the tests of a database's rows, through a lane of their own.
 *
 * @returns the lane, once they run
 */
export function testRows(kafka: () => Kafka, database: Database, props: RowsProps): () => Lane {
  const { changes: changesWanted, kills: killsWanted, by } = props;
  const { shape, quoted } = engines[database.stack];
  let lane: Lane;
  beforeAll(async () => {
    lane = await Lane.start(
      kafka(),
      database,
      {
        variables: { cdc_tables: ["iamuser_test", "orders"] },
        tables: `${table}CREATE TABLE unlisted (id integer PRIMARY KEY);\n`,
      },
      by,
    );
  }, patience);
  afterAll(() => lane?.[Symbol.asyncDispose]());

  test(
    "first_row_command waits until the pipeline reads, inserts a row, and sees it on the topic",
    async () => {
      const command = lane.run("first_row_command");
      // Long enough for the first statement, which must insert nothing.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await lane.startPipeline();
      const lines = (await command).trimEnd().split("\n");
      expect(JSON.parse(lines[0] ?? "")).toEqual(
        database.stack === "aurora-postgres"
          ? {
              _pg_meta: {
                lsn: expect.any(String),
                operation: "insert",
                table: "iamuser_test",
              },
              id: 1,
              x: expect.any(Number),
            }
          : expect.objectContaining({
              op: "insert",
              key: { id: 1 },
              row: { id: 1, local_time: expect.stringMatching(/^\d{10}$/) },
            }),
      );
    },
    patience,
  );

  test(
    `${changesWanted} changes arrive in order and none is lost, though parts are killed ${killsWanted} times`,
    async () => {
      lane.startConsumer();
      const source = transactions(20_261_121);
      const comparison = new Comparison(shape);
      const kills: Kill[] = [];
      let looked = 0;
      let duplicatesBefore = 0;

      /** Makes changes until there are so many of all, and one to a table that nobody listed. */
      const change = async (share: number) => {
        let sql = `INSERT INTO unlisted VALUES (${comparison.changes.length});\n`;
        const before = comparison.changes.length;
        while (comparison.changes.length < (changesWanted * share) / (killsWanted + 1)) {
          const changes = source.next().value;
          comparison.expect(changes);
          sql += asSql(changes, quoted);
        }
        await lane.prepared.write(sql);
        return comparison.changes.length - before;
      };
      const allArrived = (more = () => true) =>
        until(() => {
          for (; looked < lane.arrivals.length; looked++) {
            const arrival = lane.arrivals[looked];
            if (arrival && !isFirstRow(arrival)) comparison.take(arrival);
          }
          return comparison.isComplete && more();
        }, patience);

      for (let kill = 0; kill < killsWanted; kill++) {
        const part = parts[kill % parts.length] ?? "broker";
        // Another pair each time, for nine times.
        const place =
          by === "licensed"
            ? "within a batch"
            : (places[(kill + Math.floor(kill / 3)) % places.length] ?? "within a batch");
        const hold = lane.prepared.file("hold");
        const before = lane.arrivals.length;
        if (place === "within a batch") lane.pipeline?.pause();
        else writeFileSync(hold, `${place}, ${kill}`);
        const waiting = await change(kill + 1);
        if (place === "within a batch") {
          lane.pipeline?.resume();
          // At another place in the queue each time, the first time with its first rows.
          const share = ((kill * 7) % 20) / 20;
          await until(() => lane.arrivals.length - before > waiting * share, patience);
        } else {
          await lane.pipeline?.said(`Held ${place}, ${kill}`, patience);
        }
        const arrived = lane.arrivals.length - before;
        await killAndRestart(lane, part, () => rm(hold, { force: true }));
        // What is written and not noted as written is read again: so the kill came at its place.
        const isRepeated = part === "Redpanda Connect" && place === "before the position";
        await allArrived(() => !isRepeated || comparison.duplicates > duplicatesBefore);
        const { duplicates } = comparison;
        if (isRepeated) expect(duplicates).toBeGreaterThan(duplicatesBefore);
        kills.push({ part, place, waiting, arrived, duplicates: duplicates - duplicatesBefore });
        duplicatesBefore = duplicates;
      }
      await change(killsWanted + 1);
      await allArrived();
      // A repetition comes after what it repeats.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await allArrived();

      const { lost, foreign, outOfOrder, overtaken } = comparison;
      const samples = [...lost, ...foreign, ...outOfOrder, ...overtaken].slice(0, 3);
      expect({
        lost: lost.length,
        foreign: foreign.length,
        outOfOrder: outOfOrder.length,
        overtaken: overtaken.length,
        samples,
      }).toEqual({ lost: 0, foreign: 0, outOfOrder: 0, overtaken: 0, samples: [] });
      process.stdout.write(asTable(database.name, by, comparison.changes.length, kills));
    },
    (killsWanted + 2) * patience,
  );

  return () => lane;
}

/** The row of the first test, of `first_row_command`. */
function isFirstRow({ headers }: Arrival): boolean {
  return headers.some(({ value }) => value === "iamuser_test");
}

/** @param goOn lets the input go on: when what it would have noted cannot be noted any more */
async function killAndRestart(
  lane: Lane,
  part: Kill["part"],
  goOn: () => Promise<void>,
): Promise<void> {
  switch (part) {
    case "Redpanda Connect":
      await lane.pipeline?.end();
      await goOn();
      await lane.startPipeline();
      break;
    case "broker":
      await lane.kafka.kill();
      await goOn();
      await lane.kafka.restart();
      break;
    case "database": {
      const crash = lane.prepared.server.crash();
      await goOn();
      await crash;
    }
  }
}

function asTable(
  name: string,
  by: RowsProps["by"],
  changes: number,
  kills: readonly Kill[],
): string {
  const lines = kills.map(
    ({ part, place, waiting, arrived, duplicates }, index) =>
      `| ${index + 1} | ${part} | ${place} | ${waiting} | ${arrived} | ${duplicates} |`,
  );
  const input = by === "connect" ? "an input of ours" : "the licensed input";
  return `\n${name}, by ${input}: ${changes} changes, ${kills.length} kills, 0 lost
| kill | of | place | changes waiting | of them arrived by then | arrived twice |
|---|---|---|---|---|---|
${lines.join("\n")}\n`;
}
