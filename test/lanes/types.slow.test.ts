import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../standin/judges";
import { declareKafka } from "./kafka";
import { type Arrival, Lane, missing } from "./lane";
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
    within: "public",
    tables: ["every_type", ...toasted.map(({ table }) => table)],
    several: "cdc_tables_by_schema",
    variables: {},
    before: `${[postgresTypes, ...toasted.map(({ create }) => create)].join("\n")}CREATE SCHEMA sales;\n`,
    session: "",
    rowOf: (value: string): Record<string, unknown> => JSON.parse(value),
    position: "lsn",
    /** How far each input has come: by slot. */
    kept: async ({ prepared }: Lane) => {
      const slots = await prepared.server.postgres?.query(
        "rdsadmin",
        "SELECT slot_name, confirmed_flush_lsn FROM pg_replication_slots ORDER BY 1",
      );
      return Object.fromEntries([...(slots ?? [])].map((line) => line.split("|")));
    },
    /** Of the two inputs. */
    keptAs: ["rpcn_iam_test", "rpcn_iam_test_sales"],
    /** What one of the inputs cannot do without, and what it says then. */
    taken: "DROP PUBLICATION pglog_stream_rpcn_iam_test_sales;",
    told: /pglog_stream_rpcn_iam_test_sales\W+ does not exist/,
  },
  "aurora-mysql": {
    heading: "MySQL",
    columns: mysqlColumns,
    within: "demo_db",
    tables: ["every_type"],
    several: "cdc_tables_by_database",
    // Which would move the positions.
    variables: { heartbeat: false },
    before: "CREATE DATABASE sales;\n",
    // Days that no month has are taken only then.
    session: "SET SESSION sql_mode = 'ALLOW_INVALID_DATES';",
    rowOf: (value: string): Record<string, unknown> => JSON.parse(value).row,
    position: "binlog_position",
    /** The same: by key. */
    kept: (lane: Lane) => lane.positions("demo-mysql.cdc_checkpoints"),
    keptAs: ["demo-mysql.iam_auth_topic_test", "demo-mysql.iam_auth_topic_test_sales"],
    taken: "DROP DATABASE sales;",
    told: "Unknown database 'sales'",
  },
};

describeUnless([...missing], "docs/types.md", () => {
  const kafka = declareKafka("connect");

  describe.each(databases)("$name", (database) => {
    const { heading, columns, within, tables, several, variables, before, session, ...more } =
      engines[database.stack];
    const { rowOf, position, kept, keptAs, taken, told } = more;
    const { table, row } = typesTable(columns);
    let lane: Lane;
    beforeAll(async () => {
      lane = await Lane.start(kafka(), database, {
        // Each table's rows then tell by their topic how the pipeline took them.
        flags: { topics: "per-table" },
        variables: {
          [several]: { [within]: [...tables, "orders"], sales: ["orders", "visits"] },
          cdc_key_columns_by_table: { "sales.orders": ["shop_no", "no"] },
          ...variables,
        },
        tables: `${session}${before}${table}
          CREATE TABLE ${within}.orders (id integer PRIMARY KEY, note varchar(20));
          CREATE TABLE sales.orders (
            shop_no integer, no integer, note varchar(20), PRIMARY KEY (shop_no, no)
          );
          CREATE TABLE sales.visits (visitor integer PRIMARY KEY);
`,
      });
      await lane.startPipeline();
      await lane.reads(2);
      lane.startConsumer();
    }, patience);
    afterAll(() => lane?.[Symbol.asyncDispose]());

    test(
      "shows how its types arrive; LANE_WRITE=1 writes it",
      async () => {
        await lane.prepared.write(session + row);
        await until(() => lane.arrivals.length > 0, patience / 2);
        const text = lane.arrivals[0]?.value;
        expect(text).toBeDefined();
        const large = database.stack === "aurora-postgres" ? await unchanged(lane) : "";
        // As text: what JavaScript's numbers cannot hold is shown too.
        const exact = (text ?? "").replace(/(?<=:)-?\d{16,}(?=[,}])/g, '"#$&#"');
        const made = section(heading, columns, rowOf(exact)) + large;
        const written = readFileSync(page, "utf8");
        const [, start = "", now = "", after = ""] =
          new RegExp(`^(.*)(## ${heading}\n.*?)(\n## .*)?$`, "s").exec(written) ?? [];
        if (process.env.LANE_WRITE) writeFileSync(page, `${start}${made}${after}`);
        else expect(now).toBe(made);
      },
      patience,
    );

    const topicOf = (name: string) => `${database.stack.replace("aurora", "demo")}.${name}`;

    /** The rows that arrive after these statements, sorted: the two inputs are in no order. */
    const arrivedAfter = async (count: number, act: () => Promise<unknown>) => {
      const from = lane.arrivals.length;
      await act();
      await until(() => lane.arrivals.length >= from + count, patience / 3);
      return lane.arrivals
        .slice(from)
        .map(({ topic, key, value, headers }) => {
          const { table_schema, table, operation } = named(headers);
          const { _pg_meta, ...row } = rowOf(value);
          expect(topic).toBe(topicOf(`${table_schema}.${table}`));
          return [`${table_schema}.${table}`, operation, key, row];
        })
        .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
    };
    const write = (sql: string) => () => lane.prepared.write(sql);
    const here = (id: number) => `INSERT INTO ${within}.orders VALUES (${id}, 'here');\n`;
    const there = (no: number) => `INSERT INTO sales.orders VALUES (7, ${no}, 'there');\n`;
    const arrivedHere = (id: number) => [
      `${within}.orders`,
      "insert",
      `{"id":${id}}`,
      { id, note: "here" },
    ];
    const arrivedThere = (no: number) => [
      "sales.orders",
      "insert",
      `{"no":${no},"shop_no":7}`,
      { shop_no: 7, no, note: "there" },
    ];

    /** How far both inputs have come, once that is past all that has arrived from them. */
    const settled = async () => {
      const reached = [within, "sales"].map((name) => {
        const from = lane.arrivals.filter(({ headers }) => named(headers).table_schema === name);
        return placeOf(named(from.at(-1)?.headers ?? [])[position]);
      });
      let places: readonly string[] = [];
      await until(async () => {
        const all: Readonly<Record<string, string>> = await kept(lane);
        places = keptAs.map((name) => all[name] ?? "");
        return places.every((place, nth) => placeOf(place) > (reached[nth] ?? 0));
      }, patience / 3);
      return places;
    };

    test(
      "tables of one name arrive from two places, each row with the key of its own table",
      async () => {
        const visit = "INSERT INTO sales.visits VALUES (3);";
        expect(await arrivedAfter(3, write(here(1) + there(1) + visit))).toEqual([
          arrivedHere(1),
          arrivedThere(1),
          // Without a column of a key.
          ["sales.visits", "insert", "sales.visits", { visitor: 3 }],
        ]);
      },
      patience,
    );

    test(
      "each place has a position of its own, which its own rows move, and from which it goes on",
      async () => {
        const first = await settled();
        expect(await arrivedAfter(1, write(there(2)))).toEqual([arrivedThere(2)]);
        const second = await settled();
        expect([second[0] === first[0], second[1] === first[1]]).toEqual([true, false]);
        expect(await arrivedAfter(1, write(here(2)))).toEqual([arrivedHere(2)]);
        const third = await settled();
        expect([third[0] === second[0], third[1] === second[1]]).toEqual([false, true]);

        await lane.pipeline?.end();
        await lane.prepared.write(here(3) + there(3));
        expect(await arrivedAfter(2, () => lane.startPipeline())).toEqual([
          arrivedHere(3),
          arrivedThere(3),
        ]);
      },
      patience,
    );

    test(
      "a table is renamed",
      async () => {
        await settled();
        const rename = (from: string, to: string) =>
          `ALTER TABLE ${within}.${from} RENAME TO ${to};\n`;
        const there = "INSERT INTO sales.visits VALUES (4);\n";
        const visit = ["sales.visits", "insert", "sales.visits", { visitor: 4 }];
        const renamed = `${rename("orders", "renamed")}INSERT INTO ${within}.renamed VALUES (10, 'new');\n`;
        if (database.stack === "aurora-postgres") {
          // Under its new name it has no topic, and all wait for it.
          const from = lane.arrivals.length;
          await lane.prepared.write(renamed);
          await lane.pipeline?.said(/UNKNOWN_TOPIC_OR_PARTITION/);
          await lane.prepared.write(there);
          expect(lane.arrivals.slice(from)).toEqual([]);
          expect(
            await arrivedAfter(1, () =>
              lane.kafka.rpk("topic", "create", topicOf("public.renamed"), "-p", "1", "-r", "1"),
            ),
          ).toEqual([visit]);
          const late = await lane.kafka.rpk(
            "topic",
            "consume",
            topicOf("public.renamed"),
            "--offset",
            "start:end",
          );
          expect(JSON.parse(late)).toMatchObject({ key: '{"id":10}', offset: 0 });
          await lane.kafka.rpk("topic", "delete", topicOf("public.renamed"));
        } else {
          // Under its new name nobody reads it, and nothing says so.
          expect(await arrivedAfter(1, write(renamed + there))).toEqual([visit]);
        }
        // What came meanwhile is in no topic of the old name.
        expect(await arrivedAfter(1, write(rename("renamed", "orders") + here(11)))).toEqual([
          arrivedHere(11),
        ]);
      },
      patience,
    );

    test(
      "where one cannot be read, the other goes on",
      async () => {
        await settled();
        await lane.pipeline?.end();
        await lane.prepared.write(taken);
        await lane.startPipeline();
        expect(await arrivedAfter(1, write(here(4)))).toEqual([arrivedHere(4)]);
        await lane.pipeline?.said(told);
      },
      patience,
    );
  });
});

const named = (headers: Arrival["headers"]): Readonly<Record<string, string>> =>
  Object.fromEntries(headers.map(({ key, value }) => [key, value]));

/** The place in the log of a position such as `0/1923BA0` or `binlog.000001@00003517`. */
const placeOf = (position = "") => Number.parseInt(position.split(/[/@]/).at(-1) ?? "", 16);

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
