import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../standin/judges";
import { diagnosed } from "./diagnosed";
import { declareKafka } from "./kafka";
import { type Arrival, Lane, missing } from "./lane";
import { databases } from "./prepared";
import { until } from "./process";
import type { Avro, Field } from "./registry";
import { type Column, mysqlColumns, postgresColumns, postgresTypes, typesTable } from "./types";

const patience = 180_000;
const page = join(__dirname, "../../docs/avro.md");

const holdable = (columns: readonly Column[]) => columns.filter(({ notInAvro }) => !notInAvro);

const engines = {
  "aurora-postgres": {
    heading: "PostgreSQL",
    columns: postgresColumns,
    types: postgresTypes,
    session: "",
    rename: "ALTER TABLE orders RENAME note TO remark;",
    widen: "ALTER TABLE orders ALTER version TYPE bigint;",
    retype: "ALTER TABLE orders ALTER version TYPE text;",
    later: "INSERT INTO iamuser_test (x) VALUES (1);",
  },
  "aurora-mysql": {
    heading: "MySQL",
    columns: mysqlColumns,
    types: "",
    session: "SET SESSION sql_mode = 'ALLOW_INVALID_DATES';",
    rename: "ALTER TABLE orders RENAME COLUMN note TO remark;",
    widen: "ALTER TABLE orders MODIFY version bigint;",
    retype: "ALTER TABLE orders MODIFY version text;",
    later: "INSERT INTO iamuser_test (local_time) VALUES ('1');",
  },
};

describeUnless([...missing], "docs/avro.md", () => {
  const kafka = declareKafka("connect");

  describe.each(databases)("$name", (database) => {
    const { heading, columns, types, session, rename, widen, retype, later } =
      engines[database.stack];
    const { table, row } = typesTable(holdable(columns));
    let lane: Lane;
    const topic = () =>
      lane.made.topics.map(({ name }) => name).find((name) => /topic_test$/.test(name)) ?? "";
    /** Values of a table's rows, in the order of their ids. */
    const values = (of: string) =>
      lane.arrivals
        .filter((arrival) => header(arrival, "table") === of)
        .sort((one, other) => placeOf(one) - placeOf(other))
        .map(({ value }) => value && JSON.parse(value));
    const arrived = async (of: string, count: number) => {
      await until(() => values(of).length >= count, patience / 3);
      return values(of);
    };

    beforeAll(async () => {
      lane = await Lane.start(kafka(), database, {
        flags: { format: "avro" },
        variables: { cdc_tables: ["iamuser_test", "every_type", "orders"] },
        tables: `${session}${types}${table}CREATE TABLE orders (id integer PRIMARY KEY, version integer, note text);\n`,
      });
    }, patience);
    afterAll(() => lane?.[Symbol.asyncDispose]());

    test(
      "first_row_command shows a row, though its value is Avro",
      async () => {
        await lane.startPipeline();
        // Without a reader the command would wait ten seconds for one: `rows.ts` tests that.
        await lane.reads();
        lane.startConsumer();
        const row = await lane.run("first_row_command");
        expect(JSON.parse(row.split("\n")[0] ?? "")).toEqual(
          database.stack === "aurora-postgres"
            ? { id: 1, x: expect.any(Number) }
            : expect.objectContaining({ id: 1, local_time: expect.stringMatching(/^\d{10}$/) }),
        );
      },
      patience,
    );

    test(
      "a row of every type arrives with the values that it has as JSON; LANE_WRITE=1 writes the page",
      async () => {
        await lane.prepared.write(session + row);
        const [value] = await arrived("every_type", 1);
        const text =
          lane.arrivals.find((arrival) => header(arrival, "table") === "every_type")?.value ?? "";
        const exact = JSON.parse(
          text.replace(stringOrLong, (one) => (one.startsWith('"') ? one : `"#${one}#"`)),
        );
        expect(Object.keys(value)).toHaveLength(holdable(columns).length + 1);
        const fields =
          (await lane.registry?.latest(`${topic()}-every_type`))?.fields.slice(1) ?? [];
        for (const [index, { type, value: given }] of holdable(columns).entries()) {
          const field = fields[index];
          if (!field) throw new Error(`${type} is not in the schema`);
          const arrived = asJson(field.type[1], exact[field.name]);
          const before = asBefore(heading, type, given);
          // What Avro has no type for is the same JSON, as text.
          expect([type, given, [arrived, parsedText(arrived)]]).toEqual([
            type,
            given,
            expect.arrayContaining([before]),
          ]);
        }
        const made = section(heading, columns, fields, exact);
        const written = readFileSync(page, "utf8");
        const [, before = "", now = "", after = ""] =
          new RegExp(`^(.*)(## ${heading}\n.*?)(\n## .*)?$`, "s").exec(written) ?? [];
        if (process.env.LANE_WRITE) writeFileSync(page, `${before}${made}${after}`);
        else expect(now).toBe(made);
      },
      patience,
    );

    test(
      "columns come, are renamed, go and get wider; a deleted row is a tombstone; an incompatible schema holds the rows back",
      async () => {
        const { prepared } = lane;
        await prepared.write("INSERT INTO orders VALUES (1, 1, 'a');");
        expect(await arrived("orders", 1)).toEqual([{ id: 1, version: 1, note: "a" }]);
        await prepared.write("ALTER TABLE orders ADD extra integer;");
        await prepared.write("INSERT INTO orders VALUES (2, 1, 'b', 7);");
        expect((await arrived("orders", 2))[1]).toEqual({ id: 2, version: 1, note: "b", extra: 7 });
        await prepared.write(`${rename}\nINSERT INTO orders VALUES (3, 1, 'c', 7);`);
        expect((await arrived("orders", 3))[2]).toEqual({
          id: 3,
          version: 1,
          remark: "c",
          extra: 7,
        });
        await prepared.write("ALTER TABLE orders DROP COLUMN extra;");
        await prepared.write("INSERT INTO orders VALUES (4, 1, 'd');");
        expect((await arrived("orders", 4))[3]).toEqual({ id: 4, version: 1, remark: "d" });
        await prepared.write("DELETE FROM orders WHERE id = 4;");
        await arrived("orders", 5);
        const deleted = lane.arrivals.find((arrival) => header(arrival, "operation") === "delete");
        expect(deleted?.key).toBe('{"id":4}');
        expect(deleted).not.toHaveProperty("value");

        await prepared.write(`${widen}\nINSERT INTO orders VALUES (5, 3000000000, 'e');`);
        expect((await arrived("orders", 6))[5]).toEqual({
          id: 5,
          version: 3_000_000_000,
          remark: "e",
        });

        await prepared.write(`${retype}\nINSERT INTO orders VALUES (6, '6', 'f');`);
        await prepared.write(later);
        await lane.pipeline?.said("incompatible with an earlier schema for subject");
        const { cause, unknown } = diagnosed(lane.pipeline?.log ?? "");
        expect({ id: cause?.id, unknown }).toEqual({ id: "G1", unknown: [] });
        // What would overtake has had the time for it.
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect([values("orders").length, values("iamuser_test").length]).toEqual([6, 1]);
        await lane.registry?.takeAll(`${topic()}-orders`);
        expect((await arrived("orders", 7))[6]).toEqual({ id: 6, version: "6", remark: "f" });
        expect(await arrived("iamuser_test", 2)).toHaveLength(2);
        // What the pipeline asks is what its ACLs are for, and each schema is asked for once.
        const asked = lane.registry?.asked.filter((line) => line.includes("-every_type")) ?? [];
        expect(asked.filter((line) => line.includes("POST"))).toHaveLength(1);
      },
      patience,
    );
  });
});

const header = ({ headers }: Arrival, name: string) =>
  headers.find(({ key }) => key === name)?.value;

/** In JSON: what JavaScript's numbers cannot hold, and what only looks like that. */
const stringOrLong = /"(?:[^"\\]|\\.)*"|-?\d{16,}/g;

/** By the row's id, and then by what came first. */
const placeOf = ({ key, offset }: Arrival) => JSON.parse(key).id + offset / 1e6;

/** As a schema's author would say it. */
function nameOf(type: Avro): string {
  if (typeof type === "string") return type;
  const { logicalType, precision, scale, items } = type;
  if (logicalType === "decimal") return `bytes, decimal(${precision},${scale})`;
  return items ? `array of ${items}` : `${type.type}, ${logicalType}`;
}

/** The value as JSON has it. */
function asJson(type: Avro, value: unknown): string {
  const text = JSON.stringify(value).replace(/"#(-?\d+)#"/g, "$1");
  if (value === null || typeof type === "string") {
    return type === "bytes" && typeof value === "string"
      ? JSON.stringify(Buffer.from(value, "latin1").toString("base64"))
      : text;
  }
  if (type.logicalType === "timestamp-micros") {
    const micros = BigInt(text);
    const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, 19);
    const fraction = `.${`${micros % 1_000_000n}`.padStart(6, "0")}`.replace(/\.?0+$/, "");
    return `"${seconds}${fraction}Z"`;
  }
  if (type.logicalType === "decimal") {
    const bytes = Buffer.from(String(value), "latin1").toString("hex");
    const digits = BigInt.asIntN(bytes.length * 4, BigInt(`0x${bytes || "0"}`));
    const whole = `${digits}`.padStart((type.scale ?? 0) + 1, "0");
    const point = whole.length - (type.scale ?? 0);
    return `"${whole.slice(0, point)}${type.scale ? "." : ""}${whole.slice(point)}"`;
  }
  return text;
}

/** The JSON in a string, as the other page writes it. */
function parsedText(arrived: string): string {
  const text: unknown = JSON.parse(arrived);
  return typeof text === "string" ? text : arrived;
}

/** What docs/types.md says of the same value. */
function asBefore(heading: string, type: string, value: string): string {
  const page = readFileSync(join(__dirname, "../../docs/types.md"), "utf8");
  const [, part = ""] = page.split(`## ${heading}\n`);
  const begin = `| ${code(type)} | ${code(value)} | `;
  const line = part.split("\n").find((one) => one.startsWith(begin)) ?? "";
  return (/^`(.*?)` \|/.exec(line.slice(begin.length))?.[1] ?? line).replaceAll("\\|", "|");
}

const code = (text: string) => `\`${text.replaceAll("|", "\\|").replaceAll("\n", "\\n")}\``;

function section(
  heading: string,
  columns: readonly Column[],
  fields: readonly Field[],
  row: Record<string, unknown>,
): string {
  const held = holdable(columns);
  const lines = columns.map((column) => {
    const { type, value, notInAvro = "" } = column;
    const field = fields[held.indexOf(column)];
    if (!field) return `| ${code(type)} | ${code(value)} |  |  | ${notInAvro} |`;
    const [, avro] = field.type;
    const arrived = asJson(avro, row[field.name]);
    return `| ${code(type)} | ${code(value)} | ${nameOf(avro)} | ${code(arrived)} |  |`;
  });
  return `## ${heading}

| type | value | Avro type | arrives as | cannot be held |
|---|---|---|---|---|
${lines.join("\n")}
`;
}
