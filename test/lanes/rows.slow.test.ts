import { recognise } from "../../commands/doctor/recognise";
import { describeUnless } from "../standin/judges";
import { declareKafka } from "./kafka";
import { missing } from "./lane";
import { databases, olderDatabases } from "./prepared";
import { until } from "./process";
import { patience, testRows } from "./rows";

/** Of each engine; `npm run test:long` sets `LONG`. */
const [changes, kills] = process.env.LONG ? [100_000, 20] : [5_000, 3];

describeUnless([...missing], "Lane 1, with an input of ours for the connector's", () => {
  const kafka = declareKafka("connect");

  describe.each(databases)("$name", (database) => {
    const lane = testRows(kafka, database, { changes, kills, by: "connect" });

    if (database.stack === "aurora-mysql") {
      const files = async () => {
        const logs = (await lane().prepared.server.mysql?.query("root", "SHOW BINARY LOGS")) ?? [];
        return [...logs].map((line) => line.split("\t")[0] ?? "");
      };
      /** Only a table that nobody listed is written to, and the binary log begins a new file. */
      const quietly = async () => {
        await lane().prepared.write("INSERT INTO unlisted SELECT MAX(id) + 1 FROM unlisted;\n");
        await lane().prepared.server.mysql?.arrange("FLUSH BINARY LOGS");
        return (await files()).at(-1) ?? "";
      };
      /** As Aurora does it with what is older than binlog_retention_hours. */
      const purge = async () => {
        const last = (await files()).at(-1);
        await lane().prepared.server.mysql?.arrange(`PURGE BINARY LOGS TO '${last}'`);
        expect(await files()).toEqual([last]);
      };
      const kept = async () =>
        Object.values(await lane().positions("demo-mysql.cdc_checkpoints")).join();

      test(
        "its heartbeat moves the position while the tables are quiet, and sends nothing",
        async () => {
          // Every second instead of every minute.
          await lane().prepared.write("ALTER EVENT rpcn_heartbeat ON SCHEDULE EVERY 1 SECOND;\n");
          const file = await quietly();
          await until(async () => (await kept()).startsWith(`${file}@`), patience);
          expect(await kept()).toMatch(new RegExp(`^${file}@[0-9A-F]{8}$`));

          await lane().pipeline?.end();
          await purge();
          const before = lane().arrivals.length;
          await lane().startPipeline();
          await lane().prepared.write("INSERT INTO iamuser_test (local_time) VALUES ('now');\n");
          await until(() => lane().arrivals.length > before, patience);
          const tables = lane().arrivals.map(
            ({ headers }) => headers.find(({ key }) => key === "table")?.value,
          );
          expect(new Set(tables)).toEqual(new Set(["iamuser_test", "orders"]));
          expect(JSON.parse(lane().arrivals.at(-1)?.value ?? "")).toMatchObject({
            row: { local_time: "now" },
          });
        },
        patience,
      );

      test(
        "without a heartbeat it asks for a file that is purged, which doctor names",
        async () => {
          await lane().prepared.write("ALTER EVENT rpcn_heartbeat DISABLE;\n");
          const file = await quietly();
          await lane().pipeline?.end();
          await purge();
          await lane().startPipeline();
          const message =
            "ERROR 1236 (HY000): Could not find first log file name in binary log index file";
          await lane().pipeline?.said(message.replace(/[()]/g, "\\$&"));
          expect(recognise({ level: "ERROR", message })?.id).toBe("M10");
          expect((await kept()).startsWith(`${file}@`)).toBe(false);
        },
        patience,
      );
    }
  });

  // A sample: what the setup and the log of another version may do otherwise shows in any row.
  for (const database of olderDatabases) {
    describe(database.name, () => {
      testRows(kafka, database, { changes: 500, kills: 1, by: "connect" });
    });
  }
});
