import type { DatabaseChoices } from "../../choices";
import { MASTER, type Mysql } from "./mysql";
import { catalog } from "./mysql-catalog";
import { render } from "./render";
import type { Result } from "./server";

const defaults = {
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  region: "us-east-2",
  cluster_identifier: "orders-production",
  administrator: MASTER,
  heartbeat: true,
  binlog_retention_hours: 168,
  tables_by_database: { demo_db: ["iamuser_test"], sales: ["orders"] },
};

const databases = [
  "CREATE DATABASE sales",
  "CREATE TABLE sales.orders(no int, line int, PRIMARY KEY (no, line))",
  "CREATE TABLE sales.unlisted(id int PRIMARY KEY)",
];

/** The SQL where several databases are read, on a server that is reset before each test. */
export function ofDatabases(of: () => Mysql): void {
  type Given = Readonly<Record<string, unknown>>;
  async function run(
    name: "cdc_setup" | "cdc_cleanup" | "insert",
    given: Given = {},
    aurora: DatabaseChoices["aurora"] = "new",
  ): Promise<Result> {
    const values = { ...defaults, ...given } as typeof defaults;
    const sql = await render(`mysql/${name}`, values, { aurora });
    // Only Aurora has this plugin, and knows its instance by this name.
    return of().run(
      sql
        .replace("WITH AWSAuthenticationPlugin", "WITH auth_socket")
        .replace("'aurora_server_id'", "'hostname'"),
    );
  }
  const granted = () => of().query(MASTER, "SHOW GRANTS FOR iam_demo_user");
  const heartbeats = () =>
    of().query(
      MASTER,
      "SELECT event_schema FROM information_schema.events WHERE event_name = 'rpcn_heartbeat' ORDER BY 1",
    );
  const well = { code: 0, stdout: "", stderr: "" };

  beforeEach(() => of().arrange("DROP DATABASE IF EXISTS sales", ...databases));
  afterEach(() => of().arrange("DROP DATABASE IF EXISTS sales"));

  test("the user may read the tables of each, and each has a heartbeat", async () => {
    expect(await run("cdc_setup")).toEqual(well);
    expect(await run("cdc_setup")).toEqual(well);
    const to = "TO `iam_demo_user`@`%`";
    expect(await granted()).toEqual([
      `GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* ${to}`,
      `GRANT LOCK TABLES ON \`sales\`.* ${to}`,
      `GRANT LOCK TABLES ON \`demo\\_db\`.* ${to}`,
      `GRANT SELECT ON \`demo_db\`.\`iamuser_test\` ${to}`,
      `GRANT SELECT ON \`demo_db\`.\`rpcn_heartbeat\` ${to}`,
      `GRANT SELECT ON \`sales\`.\`orders\` ${to}`,
      `GRANT SELECT ON \`sales\`.\`rpcn_heartbeat\` ${to}`,
    ]);
    expect(await heartbeats()).toEqual(["demo_db", "sales"]);
    expect(await run("insert")).toEqual(well);
  });

  test("of a database that was taken out, nothing may be read, and its heartbeat is told", async () => {
    await run("cdc_setup");
    const { stdout } = await run("cdc_setup", {
      tables_by_database: { demo_db: ["iamuser_test"] },
    });
    expect(stdout).toBe(
      "left_over\nDROP EVENT `sales`.`rpcn_heartbeat`; DROP TABLE `sales`.`rpcn_heartbeat`;\n",
    );
    expect(String(await granted())).not.toContain("SELECT ON `sales`");
  });

  test.each(["new", "existing"] as const)(
    "the cleanup of a cluster that is %s takes all of it away",
    async (aurora) => {
      if (aurora === "existing") {
        await of().arrange("UPDATE mysql.rds_configuration SET value = 168");
      }
      const before = await catalog(of());
      expect(await run("cdc_setup", {}, aurora)).toEqual(well);
      expect(await heartbeats()).toEqual(["demo_db", "sales"]);
      for (const _ of ["first", "again"]) {
        expect(await run("cdc_cleanup", {}, aurora)).toEqual(well);
      }
      expect(await heartbeats()).toEqual([]);
      if (aurora === "existing") expect(await catalog(of())).toEqual(before);
    },
  );

  test.each(["new", "existing"] as const)(
    "a table that is missing is named with its database, in a cluster that is %s",
    async (aurora) => {
      const { code, stdout, stderr } = await run(
        "cdc_setup",
        { tables_by_database: { demo_db: ["iamuser_test"], sales: ["lines"] } },
        aurora,
      );
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(
        aurora === "new"
          ? "In sales, create these tables, or take them out of cdc_tables_by_database: lines"
          : "there is no table lines in sales. Create it, or take it out of cdc_tables_by_database and apply",
      );
    },
  );

  test("keys that no table has are refused, and those that do not tell rows apart are told", async () => {
    const keyed = (columns: string[]) =>
      run("cdc_setup", { key_columns_by_table: { "sales.orders": columns } });
    expect(await keyed(["no", "lien"])).toEqual({
      code: 1,
      stdout:
        "no_column\nERROR cdc_key_columns_by_table names what is no column: sales.orders.lien\n",
      stderr: expect.stringContaining(
        "Correct cdc_key_columns_by_table, apply, and run this file again.",
      ),
    });
    expect(await keyed(["no"])).toEqual({
      ...well,
      stdout:
        "not_unique\nWARNING cdc_key_columns_by_table gives several rows of sales.orders one key (no): a topic that is compacted keeps the last of them alone.\n",
    });
    expect(await keyed(["line", "no"])).toEqual(well);
  });
}
