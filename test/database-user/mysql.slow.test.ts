import { MASTER, Mysql, missing } from "../sql/mysql";
import { render } from "../sql/render";
import { loopback, missingForTls } from "../sql/server";
import { workspaceOf } from "../stacks/provider-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { missingProvider, pinned } from "../standin/mirror";
import type { Workspace } from "../standin/workspace";
import { mysqlProvider } from "./mysql-provider";

const unchanged = { add: 0, change: 0, remove: 0 };

/** Aurora alone has its plugin. This one stands in: it takes the same text, and no password either. */
const anotherPlugin = `resource "mysql_user" "iam_auth_user" {
  auth_plugin        = "auth_socket"
  auth_string_hashed = "RDS"
}
`;
const withoutAurora = (sql: string) => sql.replace("AWSAuthenticationPlugin", "auth_socket");

const provider = "petoju/mysql";
const version = "3.0.88";

const ways = [
  { by: `what ${provider} is known to do`, real: false, lacking: [] },
  { by: `${provider} ${version} itself`, real: true, lacking: missingProvider(provider, version) },
];

const lacking = [...missingTerraform(), ...missing, ...missingForTls];

for (const { by, real, ...way } of ways) {
  describeUnless([...lacking, ...way.lacking], `The database user in MySQL, by ${by}`, () => {
    const address = loopback();
    let mysql: Mysql;
    beforeAll(async () => {
      mysql = await Mysql.start(address);
    }, 60_000);
    afterAll(() => mysql?.stop());
    beforeEach(async () => {
      await mysql.reset();
      await mysql.setPassword("the-right-one");
    });

    /** The module, whose provider of the database works on the server. */
    async function start(variables: object = {}): Promise<Workspace> {
      const workspace = await workspaceOf(
        { engine: "mysql", topology: "ec2" },
        {
          db_name: "demo_db",
          db_master_password: "the-right-one",
          iam_auth_user: "iam_demo_user",
          rds_ca_pem: mysql.pem,
          ...variables,
        },
        { address, real: real ? [provider] : [] },
      );
      if (real) {
        workspace.write("versions_override.tf", pinned(provider, version));
        workspace.write("database-user_override.tf", anotherPlugin);
        expect(await workspace.init()).toMatchObject({ code: 0 });
      } else {
        workspace.onCall(mysqlProvider((statement) => mysql.queryNow(withoutAurora(statement))));
      }
      return workspace;
    }

    /** All that there is of the user and what goes with it, whoever made it. */
    async function found() {
      return {
        user: await mysql.query(
          MASTER,
          "SELECT host, plugin, authentication_string, ssl_type FROM mysql.user WHERE user = 'iam_demo_user'",
        ),
        grants: await mysql.query(MASTER, "SHOW GRANTS FOR iam_demo_user"),
        configuration: await mysql.query(MASTER, "SELECT name, value FROM mysql.rds_configuration"),
      };
    }

    const nothing = {
      user: [],
      grants:
        "ERROR 1141 (42000) at line 1: There is no such grant defined for user 'iam_demo_user' on host '%'",
    };

    /** For the setup SQL. */
    const names = {
      iam_auth_user: "iam_demo_user",
      db_name: "demo_db",
      region: "us-east-2",
      heartbeat: false,
      binlog_retention_hours: 168,
    };
    const tables = ["orders", "customers", "secrets"].map(
      (name) => `CREATE TABLE ${name}(id int PRIMARY KEY)`,
    );
    const ready = { cdc_tables_ready: true };

    test("comes at once, reads tables once they are there, and goes without a trace", async () => {
      await using workspace = await start({ cdc_tables: ["orders", "customers"] });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
      const atOnce = [
        "GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `iam_demo_user`@`%`",
        "GRANT LOCK TABLES ON `demo\\_db`.* TO `iam_demo_user`@`%`",
      ];
      expect(await found()).toEqual({
        user: ["%\tauth_socket\tRDS\t"],
        grants: atOnce,
        configuration: ["binlog retention hours\t168"],
      });

      await mysql.prepare(...tables);
      expect(await workspace.apply({ vars: ready })).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan({ vars: ready })).changes).toEqual(unchanged);
      expect((await found()).grants).toEqual([
        ...atOnce,
        "GRANT SELECT ON `demo_db`.`customers` TO `iam_demo_user`@`%`",
        "GRANT SELECT ON `demo_db`.`orders` TO `iam_demo_user`@`%`",
      ]);

      expect(await workspace.destroy({ vars: ready })).toMatchObject({ code: 0, diagnostics: [] });
      expect(await found()).toEqual({
        ...nothing,
        configuration: ["binlog retention hours\tNULL"],
      });
    });

    test.each([
      { what: "two tables", listed: ["customers", "orders"] },
      { what: "names that are words of SQL", listed: ["a$b", "group", "user"] },
      { what: "a name in capitals", listed: ["Orders"] },
    ])("has the rights that the SQL gives, no more and no less: $what", async ({ listed }) => {
      await mysql.prepare(...listed.map((name) => `CREATE TABLE \`${name}\`(id int PRIMARY KEY)`));
      const vars = { ...ready, cdc_tables: listed };
      await using workspace = await start();
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan({ vars })).changes).toEqual(unchanged);
      const byTerraform = await found();
      expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect(await found()).toMatchObject(nothing);

      const variables = { ...names, tables: listed };
      const sql = withoutAurora(await render("mysql/cdc_setup", variables));
      expect(await mysql.run(sql)).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(await found()).toEqual(byTerraform);
    });

    test("follows the list of tables, and what is done by hand", async () => {
      await mysql.prepare(...tables);
      const both = { ...ready, cdc_tables: ["orders", "customers"] };
      await using workspace = await start();
      expect((await workspace.apply({ vars: both })).code).toBe(0);
      const other = { ...ready, cdc_tables: ["orders", "secrets"] };
      expect((await workspace.plan({ vars: other })).actions).toMatchObject({
        'mysql_grant.select["customers"]': "delete",
        'mysql_grant.select["secrets"]': "create",
      });
      expect(await workspace.apply({ vars: other })).toMatchObject({ code: 0, diagnostics: [] });
      const { grants } = await found();
      expect(grants).toContain("GRANT SELECT ON `demo_db`.`secrets` TO `iam_demo_user`@`%`");
      expect(grants).not.toContain("GRANT SELECT ON `demo_db`.`customers` TO `iam_demo_user`@`%`");

      await mysql.prepare("REVOKE SELECT ON orders FROM iam_demo_user");
      expect((await workspace.plan({ vars: other })).actions).toEqual({
        'mysql_grant.select["orders"]': "create",
      });
      expect(await workspace.apply({ vars: other })).toMatchObject({ code: 0, diagnostics: [] });
      expect((await found()).grants).toEqual(grants);
    });

    test("said too early that the tables are there, an apply names one that is not", async () => {
      await using workspace = await start({ cdc_tables: ["orders"], ...ready });
      const { code, diagnostics } = await workspace.apply();
      expect(code).toBe(1);
      expect(diagnostics.map(({ summary }) => summary)).toEqual([
        expect.stringContaining("Table 'demo_db.orders' doesn't exist"),
      ]);
      await mysql.prepare(...tables);
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
    });

    test("lets the user read the heartbeat, once that SQL has made it", async () => {
      const listed = { ...names, tables: ["iamuser_test"], heartbeat: true };
      const sql = await render("mysql/cdc_setup", listed, { database: "provider" });
      expect(await mysql.run(sql)).toEqual({ code: 0, stdout: "", stderr: "" });
      await using workspace = await start({ ...ready, heartbeat: true });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
      expect((await found()).grants).toContain(
        "GRANT SELECT ON `demo_db`.`rpcn_heartbeat` TO `iam_demo_user`@`%`",
      );
    });

    test("the SQL that is left to a person makes the demo table and nothing else", async () => {
      const listed = { ...names, tables: ["iamuser_test"] };
      const sql = await render("mysql/cdc_setup", listed, { database: "provider" });
      expect(await mysql.run(sql)).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(await mysql.run(sql)).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(await found()).toEqual({
        ...nothing,
        configuration: ["binlog retention hours\tNULL"],
      });
      await using workspace = await start(ready);
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      await mysql.letIn("iam_demo_user");
      expect(await mysql.query("iam_demo_user", "SELECT count(*) FROM iamuser_test")).toEqual([
        "0",
      ]);
    });
  });
}
