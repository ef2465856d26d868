import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../standin/judges";
import { declareKafka } from "./kafka";
import { Lane, missing } from "./lane";
import { databases } from "./prepared";
import { until } from "./process";
import {
  type Column,
  mysqlColumns,
  postgresColumns,
  postgresTypes,
  toasted,
  typesTable,
} from "./types";

const patience = 180_000;
const page = join(__dirname, "../../docs/types.md");

const engines = {
  "aurora-postgres": {
    heading: "PostgreSQL",
    columns: postgresColumns,
    types: [postgresTypes, ...toasted.map(({ create }) => create)].join("\n"),
    tables: ["every_type", ...toasted.map(({ table }) => table)],
    session: "",
    rowOf: (value: string): Record<string, unknown> => JSON.parse(value),
  },
  "aurora-mysql": {
    heading: "MySQL",
    columns: mysqlColumns,
    types: "",
    tables: ["every_type"],
    // Days that no month has are taken only then.
    session: "SET SESSION sql_mode = 'ALLOW_INVALID_DATES';",
    rowOf: (value: string): Record<string, unknown> => JSON.parse(value).row,
  },
};

describeUnless([...missing], "docs/types.md", () => {
  const kafka = declareKafka("connect");

  test.each(databases)(
    "shows how the types of $name arrive; LANE_WRITE=1 writes it",
    async (database) => {
      const { heading, columns, types, tables, session, rowOf } = engines[database.stack];
      const { table, row } = typesTable(columns);
      await using lane = await Lane.start(kafka(), database, {
        variables: { cdc_tables: tables },
        tables: `${session}${types}${table}`,
      });
      await lane.startPipeline();
      lane.startConsumer();
      // Rows that the pipeline sees from its start on: it is there when this one has come.
      for (let id = 1; lane.arrivals.length === 0 && id < 50; id++) {
        await lane.prepared.write(session + row.replace("(1,", `(${id},`));
        await until(() => lane.arrivals.length > 0, 2_000);
      }
      const text = lane.arrivals[0]?.value;
      expect(text).toBeDefined();
      const large = database.stack === "aurora-postgres" ? await unchanged(lane) : "";
      // As text: what JavaScript's numbers cannot hold is shown too.
      const exact = (text ?? "").replace(/(?<=:)-?\d{16,}(?=[,}])/g, '"#$&#"');
      const made = section(heading, columns, rowOf(exact)) + large;
      const written = readFileSync(page, "utf8");
      const [, before = "", now = "", after = ""] =
        new RegExp(`^(.*)(## ${heading}\n.*?)(\n## .*)?$`, "s").exec(written) ?? [];
      if (process.env.LANE_WRITE) writeFileSync(page, `${before}${made}${after}`);
      else expect(now).toBe(made);
    },
    patience,
  );
});

/** Lines for large values that an update leaves as they were. */
async function unchanged(lane: Lane): Promise<string> {
  const lines: string[] = [];
  for (const { table, identity, update } of toasted) {
    await lane.prepared.write(update);
    const updated = () =>
      lane.arrivals
        .map(({ value }) => JSON.parse(value))
        .find(({ _pg_meta }) => _pg_meta.table === table && _pg_meta.operation === "update");
    await until(() => updated() !== undefined, patience / 2);
    expect(updated()).toMatchObject({ id: 1, small: 2 });
    const { large } = updated();
    lines.push(
      `| \`text\`, outside its row, which an update leaves as it was; \`REPLICA IDENTITY ${identity}\` | \`repeat('x', 3000)\` | ${
        large === null ? "`null` |  | the value" : `${large.length} letters |  |`
      } |\n`,
    );
  }
  return lines.join("");
}

function section(
  heading: string,
  columns: readonly Column[],
  row: Record<string, unknown>,
): string {
  const code = (text: string) => `\`${text.replaceAll("|", "\\|").replaceAll("\n", "\\n")}\``;
  const lines = columns.map(({ type, value, source, lost = "" }, index) => {
    const arrived = JSON.stringify(row[`c${index + 1}`]).replace(/"#(-?\d+)#"/g, "$1");
    const told = source === undefined ? "" : /^[[{"\d]/.test(source) ? code(source) : source;
    return `| ${code(type)} | ${code(value)} | ${code(arrived)} | ${told} | ${lost} |`;
  });
  return `## ${heading}

| type | value | arrives as | from source, where otherwise | lost |
|---|---|---|---|---|
${lines.join("\n")}
`;
}
