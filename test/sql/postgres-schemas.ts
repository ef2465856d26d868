import type { DatabaseChoices } from "../../choices";
import { statements } from "../../engines/postgres-status";
import type { Row, StatusStatement } from "../../engines/status";
import { MASTER, type Postgres, said } from "./postgres";
import { catalog } from "./postgres-catalog";
import { render } from "./render";
import type { Result } from "./server";

const defaults = {
  region: "us-east-2",
  cluster_identifier: "orders-production",
  administrator: MASTER,
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  slot_name: "rpcn",
  tables_by_schema: { public: ["iamuser_test"], sales: ["orders"], stock: ["orders", "items"] },
};

const schemas = [
  "CREATE SCHEMA sales",
  "CREATE SCHEMA stock",
  "CREATE TABLE sales.orders(no int, line int, PRIMARY KEY (no, line))",
  "CREATE TABLE stock.orders(id int PRIMARY KEY)",
  "CREATE TABLE stock.items(id int PRIMARY KEY)",
];

const slots = ["rpcn", "rpcn_sales", "rpcn_stock"];

/** The SQL where several schemas are read, on a server that is reset before each test. */
export function ofSchemas(of: () => Postgres): void {
  type Given = Readonly<Record<string, unknown>>;
  async function run(
    name: "cdc_setup" | "cdc_cleanup",
    given: Given = {},
    aurora: DatabaseChoices["aurora"] = "new",
  ): Promise<Result> {
    const values = { ...defaults, ...given } as typeof defaults;
    return of().run(`generated_${name}.sql`, await render(`postgres/${name}`, values, { aurora }));
  }
  const published = () =>
    of().query(
      MASTER,
      "SELECT pubname, schemaname, tablename FROM pg_publication_tables ORDER BY 1, 2, 3",
    );
  const createSlots = (names = slots) =>
    of().arrange(
      ...names.map((name) => `SELECT pg_create_logical_replication_slot('${name}', 'pgoutput')`),
    );
  const slotsLeft = () =>
    of().query(MASTER, "SELECT slot_name FROM pg_replication_slots ORDER BY 1");

  test("each has a publication of its own, and the user may read all tables and no others", async () => {
    await of().prepare(...schemas);
    for (const _ of ["first", "again"]) {
      const result = await run("cdc_setup");
      expect({ code: result.code, said: said(result) }).toEqual({ code: 0, said: [] });
    }
    expect(await published()).toEqual([
      "pglog_stream_rpcn|public|iamuser_test",
      "pglog_stream_rpcn_sales|sales|orders",
      "pglog_stream_rpcn_stock|stock|items",
      "pglog_stream_rpcn_stock|stock|orders",
    ]);
    expect(await of().query("iam_demo_user", "SELECT count(*) FROM sales.orders")).toEqual(["0"]);
    await run("cdc_setup", {
      tables_by_schema: { ...defaults.tables_by_schema, sales: ["lines"] },
    });
    await of().prepare("CREATE TABLE sales.lines(id int PRIMARY KEY)");
    const result = await run("cdc_setup", {
      tables_by_schema: { ...defaults.tables_by_schema, sales: ["lines"] },
    });
    expect(said(result)).toEqual([]);
    expect(await of().query("iam_demo_user", "SELECT count(*) FROM sales.orders")).toBe(
      "ERROR:  permission denied for table orders",
    );
  });

  test("a schema that was taken out is told, with what drops its slot", async () => {
    await of().prepare(...schemas);
    await run("cdc_setup");
    await createSlots();
    const { stock: _, ...left } = defaults.tables_by_schema;
    const result = await run("cdc_setup", { tables_by_schema: left });
    const removal =
      "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'rpcn_stock'; DROP PUBLICATION pglog_stream_rpcn_stock;";
    expect(said(result)).toEqual([
      "WARNING:  Schemas were taken out of cdc_tables_by_schema, and their publications are there: pglog_stream_rpcn_stock",
      `HINT:  Their replication slots keep the write-ahead log until the disk is full. Once the pipeline has restarted without them: ${removal}`,
    ]);
    await of().arrange(...removal.split("; "));
    expect(said(await run("cdc_setup", { tables_by_schema: left }))).toEqual([]);
    expect(await slotsLeft()).toEqual(["rpcn", "rpcn_sales"]);
  });

  test("doctor --live is sure of such a slot, unless its publication is gone, and names no other", async () => {
    const { sql, judge } = statements.find(({ id }) => id === "slot") as StatusStatement;
    await of().prepare(...schemas);
    await run("cdc_setup");
    await run("cdc_setup", {
      slot_name: "rpcn_other",
      tables_by_schema: { stock: ["items"], sales: ["orders"] },
    });
    await createSlots(["rpcn", "rpcn_sales", "rpcn_stock", "rpcn_other_stock", "rpcn_gone"]);
    const json = await of().query(MASTER, `SELECT to_json(rows) FROM (${sql.slice(0, -1)}) rows`);
    const rows = (json as string[]).map((row): Row => {
      const { slot_name, active, ...rest } = JSON.parse(row);
      // As psql prints it, while the pipeline runs.
      const texts = Object.entries(rest).map(([name, value]) => [name, value ?? ""]);
      const isRead = ["rpcn", "rpcn_sales"].includes(slot_name) || active;
      return { ...Object.fromEntries(texts), slot_name, active: isRead ? "t" : "f" };
    });
    const inputs = 'public rpcn ["iamuser_test"]\nsales rpcn_sales ["orders"]';
    const judgement = judge(rows, { slot_name: "rpcn", db_name: "demo_db", inputs });
    const [, says = ""] = Object.entries(judgement)[0] as [string, string];
    expect(
      says.replace(/retains \d+ \w+/g, "retains some").split(/(?<=[.;]) (?=Nobody|rpcn)/),
    ).toEqual([
      "rpcn is being read, and retains some of WAL.",
      "rpcn_sales is being read, and retains some of WAL.",
      "Nobody reads the slot rpcn_gone, which retains some of WAL, and more until the disk is full. It has no publication, and may be of a schema that was taken out. If nobody else reads it: SELECT pg_drop_replication_slot('rpcn_gone');",
      "Nobody reads the slot rpcn_stock, which retains some of WAL, and more until the disk is full. It is of a schema that was taken out: SELECT pg_drop_replication_slot('rpcn_stock'); DROP PUBLICATION pglog_stream_rpcn_stock;",
    ]);
  });

  test("another pipeline whose slot begins with the same name is nobody's that was taken out", async () => {
    await of().prepare(...schemas);
    await run("cdc_setup", { slot_name: "rpcn_other", tables_by_schema: { stock: ["items"] } });
    expect(said(await run("cdc_setup", { tables_by_schema: { sales: ["orders"] } }))).toEqual([]);
  });

  test.each(["new", "existing"] as const)(
    "the cleanup of a cluster that is %s takes all of it away, schemas that were taken out too",
    async (aurora) => {
      await of().prepare(...schemas);
      await of().letReplicate(MASTER);
      const before = await catalog(of());
      const set = await run("cdc_setup", {}, aurora);
      expect({ code: set.code, said: said(set) }).toEqual({ code: 0, said: [] });
      await createSlots();
      const { stock: _, ...left } = defaults.tables_by_schema;
      await run("cdc_setup", { tables_by_schema: left }, aurora);
      for (const _ of ["first", "again"]) {
        const result = await run("cdc_cleanup", { tables_by_schema: left }, aurora);
        expect({ code: result.code, said: said(result) }).toEqual({ code: 0, said: [] });
      }
      expect([await published(), await slotsLeft()]).toEqual([[], []]);
      if (aurora === "existing") expect(await catalog(of())).toEqual(before);
    },
  );

  test("a table that is missing is named with its schema", async () => {
    await of().prepare(...schemas);
    const tables = { ...defaults.tables_by_schema, stock: ["orders", "lines"] };
    expect(said(await run("cdc_setup", { tables_by_schema: tables }))).toEqual([
      'ERROR:  cdc_tables_by_schema lists what is no table in schema "stock": lines',
      "HINT:  Create the table, or take it out of cdc_tables_by_schema and apply; then run this file again.",
    ]);
  });

  test.each(["new", "existing"] as const)(
    "there must be a slot for each, in a cluster that is %s",
    async (aurora) => {
      await of().prepare(...schemas);
      const most = Number((await of().query(MASTER, "SHOW max_replication_slots"))[0]);
      const others = Array.from({ length: most - 2 }, (_, index) => `other_${index}`);
      await createSlots(others);
      const wrong = `of ${most} replication slots, one for each of 3 schemas must be free or the pipeline's`;
      expect(said(await run("cdc_setup", {}, aurora))[0]).toBe(
        aurora === "new"
          ? `ERROR:  The database cannot be replicated from: ${wrong}`
          : `ERROR:  The database is not ready for the pipeline: ${wrong}`,
      );
      await of().arrange("SELECT pg_drop_replication_slot('other_0')");
      expect(said(await run("cdc_setup", {}, aurora))).toEqual([]);
    },
  );

  test("keys that no table has are refused, and those that do not tell rows apart are told", async () => {
    await of().prepare(...schemas);
    const keyed = (columns: string[]) =>
      run("cdc_setup", { key_columns_by_table: { "sales.orders": columns } });
    expect(said(await keyed(["no", "lien"]))).toEqual([
      "ERROR:  cdc_key_columns_by_table names what is no column: sales.orders.lien",
      "HINT:  Correct it and apply; then run this file again.",
    ]);
    expect(said(await keyed(["no"]))).toEqual([
      "WARNING:  cdc_key_columns_by_table gives several rows of these tables one key: sales.orders (no)",
      "HINT:  A topic that is compacted keeps the last of them alone. The columns of a primary key or of another unique index tell rows apart.",
    ]);
    expect(said(await keyed(["line", "no"]))).toEqual([]);
  });
}
