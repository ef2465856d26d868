import { recognise } from "../../commands/doctor/recognise";
import { describeUnless } from "../standin/judges";
import { Comparison } from "./arrivals";
import { asSql, table, transactions } from "./changes";
import { Kafka } from "./kafka";
import { type Arrival, Lane, missing } from "./lane";
import { databases } from "./prepared";
import { until } from "./process";
import { FIRST_BUILD_MS, program } from "./programs";
import { mysql, postgres } from "./shapes";

/** Of each engine; `npm run test:long` sets `LONG`. */
const [changesWanted, killsWanted] = process.env.LONG ? [100_000, 20] : [5_000, 3];

/** For all that must happen between two kills, on a machine that does other things as well. */
const patience = 180_000;

const parts = ["Redpanda Connect", "broker", "database"] as const;
type Part = (typeof parts)[number];

/** What was killed, when, and what came of it: a line of the table of duplicates. */
interface Kill {
  readonly part: Part;
  /** How many changes were waiting to be read. */
  readonly waiting: number;
  /** How many of them had arrived. */
  readonly arrived: number;
  /** How many changes arrived once more than they needed to. */
  duplicates: number;
}

const engines = {
  "aurora-postgres": {
    shape: postgres,
    quoted: (text: string) => `'${text.replaceAll("'", "''")}'`,
  },
  "aurora-mysql": {
    shape: mysql,
    quoted: (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`,
  },
};

describeUnless([...missing], "Lane 1, with an input of ours for the connector's", () => {
  let kafka: Kafka;
  beforeAll(async () => {
    await program("connect");
    kafka = await Kafka.start();
  }, FIRST_BUILD_MS);
  afterAll(() => kafka?.stop());

  describe.each(databases)("$name", ({ name, ...database }) => {
    const { shape, quoted } = engines[database.stack];
    let lane: Lane;
    beforeAll(async () => {
      lane = await Lane.start(
        kafka,
        { name, ...database },
        {
          variables: { cdc_tables: ["iamuser_test", "orders"] },
          tables: `${table}CREATE TABLE unlisted (id integer PRIMARY KEY);\n`,
        },
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

        /** Makes the next part of all changes, and of a table that nobody listed. */
        const change = async () => {
          let sql = `INSERT INTO unlisted VALUES (${kills.length});\n`;
          const before = comparison.changes.length;
          while (
            comparison.changes.length <
            (changesWanted * (kills.length + 1)) / (killsWanted + 1)
          ) {
            const changes = source.next().value;
            comparison.expect(changes);
            sql += asSql(changes, quoted);
          }
          await lane.prepared.write(sql);
          return comparison.changes.length - before;
        };
        const allArrived = () =>
          until(() => {
            for (; looked < lane.arrivals.length; looked++) {
              const arrival = lane.arrivals[looked];
              if (arrival && !isFirstRow(arrival)) comparison.take(arrival);
            }
            return comparison.isComplete;
          }, patience);

        for (let kill = 0; kill < killsWanted; kill++) {
          const part = parts[kill % parts.length] ?? "broker";
          const before = lane.arrivals.length;
          lane.pipeline?.pause();
          const waiting = await change();
          lane.pipeline?.resume();
          // At another place in the queue each time, the first time before anything of it is read.
          const share = ((kill * 7) % 20) / 20;
          await until(() => lane.arrivals.length - before >= waiting * share, patience);
          const arrived = lane.arrivals.length - before;
          await killAndRestart(lane, part);
          await allArrived();
          const { duplicates } = comparison;
          kills.push({ part, waiting, arrived, duplicates: duplicates - duplicatesBefore });
          duplicatesBefore = duplicates;
        }
        await change();
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
        process.stdout.write(asTable(name, comparison.changes.length, kills));
      },
      (killsWanted + 2) * patience,
    );

    if (database.stack === "aurora-mysql") {
      const files = async () => {
        const logs = (await lane.prepared.server.mysql?.query("root", "SHOW BINARY LOGS")) ?? [];
        return [...logs].map((line) => line.split("\t")[0] ?? "");
      };
      /** Only a table that nobody listed is written to, and the binary log begins a new file. */
      const quietly = async () => {
        await lane.prepared.write("INSERT INTO unlisted SELECT MAX(id) + 1 FROM unlisted;\n");
        await lane.prepared.server.mysql?.arrange("FLUSH BINARY LOGS");
        return (await files()).at(-1) ?? "";
      };
      /** As Aurora does it with what is older than binlog_retention_hours. */
      const purge = async () => {
        const last = (await files()).at(-1);
        await lane.prepared.server.mysql?.arrange(`PURGE BINARY LOGS TO '${last}'`);
        expect(await files()).toEqual([last]);
      };
      const kept = () => lane.lastPosition("demo-mysql.cdc_checkpoints");

      test(
        "its heartbeat moves the position while the tables are quiet, and sends nothing",
        async () => {
          // Every second instead of every minute.
          await lane.prepared.write("ALTER EVENT rpcn_heartbeat ON SCHEDULE EVERY 1 SECOND;\n");
          const file = await quietly();
          await until(async () => (await kept()).startsWith(`${file}@`), patience);
          expect(await kept()).toMatch(new RegExp(`^${file}@[0-9A-F]{8}$`));

          await lane.pipeline?.end();
          await purge();
          const before = lane.arrivals.length;
          await lane.startPipeline();
          await lane.prepared.write("INSERT INTO iamuser_test (local_time) VALUES ('now');\n");
          await until(() => lane.arrivals.length > before, patience);
          const tables = lane.arrivals.map(
            ({ headers }) => headers.find(({ key }) => key === "table")?.value,
          );
          expect(new Set(tables)).toEqual(new Set(["iamuser_test", "orders"]));
          expect(JSON.parse(lane.arrivals.at(-1)?.value ?? "")).toMatchObject({
            row: { local_time: "now" },
          });
        },
        patience,
      );

      test(
        "without a heartbeat it asks for a file that is purged, which doctor names",
        async () => {
          await lane.prepared.write("ALTER EVENT rpcn_heartbeat DISABLE;\n");
          const file = await quietly();
          await lane.pipeline?.end();
          await purge();
          await lane.startPipeline();
          const message =
            "ERROR 1236 (HY000): Could not find first log file name in binary log index file";
          await lane.pipeline?.said(message.replace(/[()]/g, "\\$&"));
          expect(recognise({ level: "ERROR", message })?.id).toBe("M10");
          expect((await kept()).startsWith(`${file}@`)).toBe(false);
        },
        patience,
      );
    }
  });
});

/** The row of the first test, of `first_row_command`. */
function isFirstRow({ headers }: Arrival): boolean {
  return headers.some(({ value }) => value === "iamuser_test");
}

async function killAndRestart(lane: Lane, part: Part): Promise<void> {
  switch (part) {
    case "Redpanda Connect":
      await lane.pipeline?.end();
      await lane.startPipeline();
      break;
    case "broker":
      await lane.kafka.kill();
      await lane.kafka.restart();
      break;
    case "database":
      await lane.prepared.server.crash();
  }
}

function asTable(name: string, changes: number, kills: readonly Kill[]): string {
  const lines = kills.map(
    ({ part, waiting, arrived, duplicates }, index) =>
      `| ${index + 1} | ${part} | ${waiting} | ${arrived} | ${duplicates} |`,
  );
  return `\n${name}: ${changes} changes, ${kills.length} kills, 0 lost
| kill | of | changes waiting | of them arrived by then | arrived twice |
|---|---|---|---|---|
${lines.join("\n")}\n`;
}
