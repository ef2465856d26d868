import { chmodSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { tablesBy } from "../../commands/discover/aurora/tables";
import { redpandaCloud } from "../../commands/discover/request";
import { Asker } from "../../commands/doctor/live/ask";
import { live } from "../../commands/doctor/live/command";
import type { LiveReport } from "../../commands/doctor/live/report-schema";
import { mysql as mysqlEngine } from "../../engines/mysql";
import { postgres as postgresEngine } from "../../engines/postgres";
import { moduleWith } from "../modules";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { clientFolder, Mysql, missing as missingMysql } from "./mysql";
import { INSTANCE, missing as missingPostgres, newest, Postgres } from "./postgres";
import { client, loopback, missingForTls } from "./server";

const modules = synthesized({ database: "exec" });

/** Every character that RDS takes in a password, as often as passwords of this length are needed. */
function passwords(length: number): string[] {
  const all = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
    .filter((character) => !'/"@'.includes(character))
    .join("");
  const parts = all.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
  // What a shell, SQL or a client might take for something else.
  return [
    ...parts,
    "--password=x",
    "$(id)`id`'\\'\\\\",
    "'; DROP USER postgres; --",
    "-p'$HOME'%s\\n",
  ].map((password) => password.replaceAll(" ", "_").slice(0, length));
}

const systems = [
  ...(missingPostgres.length > 0
    ? []
    : // What the same file does to others, postgres.slow.test.ts shows.
      newest.map(({ name, ...server }) => ({
        name,
        engine: postgresEngine,
        start: (address: string) => Postgres.start({ name, ...server }, { address }),
        granted: `SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)
                  WHERE grantee = '"iam_demo_user"'::regrole ORDER BY 1`,
        grants: (tables: string[]) => tables.map((table) => `${table}|SELECT`),
        users: "SELECT rolname FROM pg_roles WHERE rolname = 'iam_demo_user'",
        looked: {
          "database-user": "ok: iam_demo_user is a member of rds_iam and rds_replication.",
          "database-publication": "ok: pglog_stream_rpcn_iam_test has iamuser_test.",
          "database-slot": "broken: There is no slot rpcn_iam_test.",
        },
        tables: {
          made: [
            "CREATE TABLE customers(id int PRIMARY KEY, name text)",
            "INSERT INTO customers VALUES (1), (2), (3)",
            'CREATE TABLE lines(a int, "b|c" int, PRIMARY KEY ("b|c", a))',
            "CREATE TABLE visits(at int)",
            "CREATE TABLE late(id int PRIMARY KEY DEFERRABLE)",
            "CREATE TABLE whole(x int); ALTER TABLE whole REPLICA IDENTITY FULL",
            "CREATE TABLE by_index(x int NOT NULL UNIQUE)",
            "ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_x_key",
            "CREATE UNLOGGED TABLE scratch(id int PRIMARY KEY)",
            'CREATE TABLE "Mixed|Case"(id int PRIMARY KEY)',
            "CREATE TABLE keyed(at int PRIMARY KEY) PARTITION BY RANGE (at)",
            "CREATE TABLE keyed_low PARTITION OF keyed FOR VALUES FROM (0) TO (10)",
            "INSERT INTO keyed VALUES (1), (2)",
            "CREATE TABLE readings(at int) PARTITION BY RANGE (at)",
            "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
            "CREATE SCHEMA sales; CREATE TABLE sales.orders(id int PRIMARY KEY)",
            "CREATE VIEW seen AS SELECT * FROM visits",
            "ANALYZE",
          ],
          found: `Tables of demo_db, as postgres sees them, with primary key and estimated size:
  public.by_index   no primary key  0 rows  8 kB     replica identity by an index
  public.customers  id              3 rows  32 kB
  public.keyed      at              2 rows  24 kB
  public.late       id              0 rows  8 kB     no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL
  public.lines      b?c, a          0 rows  8 kB
  public.readings   no primary key  0 rows  0 bytes  no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL
  public.scratch    id              0 rows  16 kB    unlogged, so no change is in the log
  public.visits     no primary key  0 rows  0 bytes  no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL
  public.whole      no primary key  0 rows  0 bytes  replica identity FULL
  sales.orders      id              0 rows  8 kB
  and 1 whose names cdc_tables does not take
Choose from them for cdc_tables, those of one schema, or for cdc_tables_by_schema.
Primary keys other than id, for cdc_key_columns_by_table:
  "public.keyed" = ["at"]
`,
        },
        refusedWith: 2,
        refused: (address: string) =>
          `psql: error: connection to server at "${address}", port 5432 failed: FATAL:  password authentication failed for user "postgres"`,
        unverified: (address: string) =>
          `psql: error: connection to server at "${address}", port 5432 failed: SSL error: certificate verify failed`,
        unreachable: (address: string) =>
          `psql: error: connection to server at "${address}", port 5432 failed: Connection refused`,
        /** Parameters of the parameter group that wait for a reboot, and what the apply says then. */
        waiting: {
          boot: (server: Postgres | Mysql) =>
            (server as Postgres).reboot({ wal_level: "replica", "rds.logical_replication": "off" }),
          reboot: (server: Postgres | Mysql) => (server as Postgres).reboot(),
          message: `psql:generated_cdc_setup.sql:60: ERROR:  The database cannot be replicated from: wal_level is replica, not logical; rds.logical_replication is off, not on\nHINT:  Nothing has changed. The parameter group sets this, once the writer is rebooted: aws rds reboot-db-instance --db-instance-identifier ${INSTANCE} --region us-east-2. Then run this file, or apply, again.`,
        },
        missingTable:
          'psql:generated_cdc_setup.sql:168: ERROR:  cdc_tables lists what is no table in schema "public": orders\nHINT:  Create the table, or take it out of cdc_tables and apply; then run this file again.',
      }))),
  ...(missingMysql.length > 0
    ? []
    : [
        {
          name: "MySQL",
          engine: mysqlEngine,
          start: (address: string) => Mysql.start(address),
          granted: `SELECT table_name, privilege_type FROM information_schema.table_privileges
                    WHERE grantee = "'iam_demo_user'@'%'" ORDER BY 1`,
          grants: (tables: string[]) =>
            [...tables, "rpcn_heartbeat"].map((table) => `${table}\tSELECT`),
          users: "SELECT user FROM mysql.user WHERE user = 'iam_demo_user'",
          // Aurora alone has its plugin: another stands in.
          looked: {
            "database-user":
              "broken: iam_demo_user logs in by auth_socket, not by AWSAuthenticationPlugin.",
            "database-grants": "ok: iam_demo_user may SELECT, and read the binary log.",
            "database-binary-log": "ok: It is on, with format ROW and complete rows.",
            "database-reader": "broken: iam_demo_user does not read the binary log.",
          },
          tables: {
            made: [
              "CREATE TABLE customers(id INT PRIMARY KEY, name TEXT)",
              "INSERT INTO customers VALUES (1, ''), (2, ''), (3, '')",
              "CREATE TABLE `lines`(a INT, b INT, PRIMARY KEY (b, a))",
              "CREATE TABLE visits(at INT)",
              "CREATE TABLE `an odd name`(id INT PRIMARY KEY)",
              "CREATE VIEW seen AS SELECT * FROM visits",
              "ANALYZE TABLE customers",
            ],
            found: `Tables of demo_db, as admin sees them, with primary key and estimated size:
  demo_db.customers  id              3 rows  16 kB
  demo_db.lines      b, a            0 rows  16 kB
  demo_db.visits     no primary key  0 rows  16 kB  no primary key: a snapshot cannot read it
  and 1 whose names cdc_tables does not take
Choose from them for cdc_tables.
`,
          },
          refusedWith: 1,
          refused: () =>
            "ERROR 1045 (28000): Access denied for user 'admin'@'localhost' (using password: YES)",
          unverified: () =>
            "ERROR 2026 (HY000): SSL connection error: error:0A000086:SSL routines::certificate verify failed",
          unreachable: (address: string) =>
            `ERROR 2003 (HY000): Can't connect to MySQL server on '${address}:3306' (111)`,
          waiting: {
            boot: (server: Postgres | Mysql) =>
              (server as Mysql).arrange("SET GLOBAL binlog_row_image = MINIMAL"),
            reboot: (server: Postgres | Mysql) =>
              (server as Mysql).arrange("SET GLOBAL binlog_row_image = FULL"),
            message: `aws rds reboot-db-instance --db-instance-identifier ${hostname()} --region us-east-2\nERROR 1644 (45000) at line 32: Reboot the writer and run/apply again: binlog_row_image=MINIMAL`,
          },
          missingTable:
            "ERROR 1644 (45000) at line 86: Create these tables, or take them out of cdc_tables: orders",
        },
      ]),
];

const lacking = [...missingTerraform(), ...missingForTls, ...missingPostgres, ...missingMysql];

describeUnless(lacking, "With --database exec, on a real server and over TLS,", () => {
  const folder = clientFolder();
  const PATH = `${folder}:${process.env.PATH}`;
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(systems)("$name", ({ engine, ...system }) => {
    const address = loopback();
    let server: Postgres | Mysql;
    beforeAll(async () => {
      server = await system.start(address);
    }, 60_000);
    afterAll(() => server?.stop());
    beforeEach(async () => {
      await server.reset();
      await server.setPassword("the-right-one");
    });

    function workspaceOf(
      variables: Record<string, unknown> = {},
      endpoint = address,
      answers: object = {},
    ) {
      const { files } = moduleWith(engine.names.byoc.stack);
      return Workspace.create({
        files: {
          ...files,
          ...modules.get(engine.names.byoc.stack),
          "terraform.tfvars": (files["terraform.tfvars"] ?? "").replace(/^db_password .*$/m, ""),
        },
        variables: { db_password: "the-right-one", rds_ca_pem: server.pem, ...variables },
        answers: { aws_rds_cluster: { endpoint }, ...answers },
        env: { PATH },
      });
    }

    const granted = () => server.query(server.superuser, system.granted);

    /** What `doctor --live` finds in the database by the real client, by check. */
    async function look(workspace: Workspace, password = "the-right-one") {
      let printed = "";
      await live(
        { state: workspace.dir, json: true },
        (text) => {
          printed += text;
        },
        {
          environment: {
            PATH: `${folder}:/usr/bin:/bin`,
            HOME: folder,
            AWS_EC2_METADATA_DISABLED: "true",
            [engine.client.password]: password,
          },
        },
      );
      const { checks } = JSON.parse(printed) as LiveReport;
      const asked = checks.filter(({ id }) => Object.keys(system.looked).includes(id));
      return Object.fromEntries(asked.map(({ id, state, says }) => [id, `${state}: ${says}`]));
    }

    test("is prepared by the apply, once, and again after a change of cdc_tables", async () => {
      await using workspace = await workspaceOf();
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await granted()).toEqual(system.grants(["iamuser_test"]));
      expect(await look(workspace)).toEqual(system.looked);
      const refused = `skipped: ${engine.client.program} ended with code ${system.refusedWith} and said: ${system.refused(address).replace("FATAL:  ", "FATAL: ")}`;
      expect(new Set(Object.values(await look(workspace, "a-wrong-one")))).toEqual(
        new Set([refused]),
      );
      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });

      const again = await workspace.apply({ args: ["-replace=terraform_data.database_setup"] });
      expect(again).toMatchObject({ code: 0, diagnostics: [] });
      expect(await granted()).toEqual(system.grants(["iamuser_test"]));

      await server.prepare("CREATE TABLE orders(id int PRIMARY KEY)");
      const vars = { cdc_tables: ["iamuser_test", "orders"] };
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect(await granted()).toEqual(system.grants(["iamuser_test", "orders"]));
    });

    test("shows its tables to discover --aurora", async () => {
      await server.prepare(...system.tables.made);
      jest.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(server.pem));
      const { masterUser, port } = engine;
      const found = (password: string) =>
        tablesBy(
          {
            engine,
            region: "us-east-2",
            connection: {
              host: address,
              port: String(port),
              user: masterUser.default,
              database: "demo_db",
            },
          },
          {
            environment: { PATH, HOME: folder, [engine.client.password]: password },
            cloud: redpandaCloud,
            limit: 20_000,
          },
        );
      try {
        expect(await found("the-right-one")).toBe(system.tables.found);
        expect(await found("a-wrong-one")).toBe(
          `Tables were not looked at: ${engine.client.program} ended with code ${system.refusedWith} and said: ${system.refused(address)}\n`,
        );
      } finally {
        jest.restoreAllMocks();
      }
    });

    // MySQL's client has no such switch: what it is asked is all that keeps it from changing anything.
    if (Object.keys(engine.client.readOnly).length > 0) {
      test("is not changed by the client of doctor --live", async () => {
        await using workspace = await workspaceOf();
        workspace.write("generated_rds-ca.pem", server.pem);
        const asker = new Asker({
          folder: workspace.dir,
          environment: { PATH, [engine.client.password]: "the-right-one" },
          engine,
          cloud: redpandaCloud,
          limit: 20_000,
          profiles: {},
          warn: () => undefined,
        });
        const names = {
          db_cluster_endpoint: address,
          db_port: String(engine.port),
          db_username: "postgres",
          db_name: "demo_db",
        };
        const { answer } = asker.asking({ sql: "CREATE TABLE changed(x int);" }, names);
        expect(await answer()).toEqual({
          refused:
            "psql ended with code 1 and said: ERROR:  cannot execute CREATE TABLE in a read-only transaction",
        });
      });
    }

    test("keeps no user in the end", async () => {
      await using workspace = await workspaceOf();
      expect(await workspace.apply()).toMatchObject({ code: 0 });
      const { db_cleanup_command } = await workspace.output();
      for (const _ of ["once", "again"]) {
        const command = String(db_cleanup_command).replace(" --password ", " ");
        const result = await client("sh", ["-c", command], {
          cwd: workspace.dir,
          env: { ...process.env, PATH, [engine.client.password]: "the-right-one" },
        });
        expect(result).toMatchObject({ code: 0, stderr: "" });
        expect(await server.query(server.superuser, system.users)).toEqual([]);
      }
    });

    test("takes the password that Secrets Manager has, by the apply and by the commands", async () => {
      const password = "'$(id)`id`\\\"%s{}";
      await server.setPassword(password);
      const secret = JSON.stringify({ username: "of RDS", password });
      await using workspace = await workspaceOf(
        { db_password: null, manage_master_password: true },
        address,
        { "ephemeral.aws_secretsmanager_secret_version": { secret_string: secret } },
      );
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await granted()).toEqual(system.grants(["iamuser_test"]));

      workspace.write("bin/aws", `#!/bin/sh\ncat "${workspace.dir}/secret"\n`);
      chmodSync(join(workspace.dir, "bin/aws"), 0o755);
      workspace.write("secret", secret);
      const { db_cleanup_command, db_setup_command } = await workspace.output();
      const run = (command: unknown) =>
        client("sh", ["-c", String(command)], {
          cwd: workspace.dir,
          env: { ...process.env, PATH: `${workspace.dir}/bin:${PATH}` },
        });
      expect(await run(db_cleanup_command)).toMatchObject({ code: 0, stderr: "" });
      expect(await server.query(server.superuser, system.users)).toEqual([]);
      expect(await run(db_setup_command)).toMatchObject({ code: 0 });
      expect(await granted()).toEqual(system.grants(["iamuser_test"]));
    });

    test.each(passwords(engine.masterPasswordMaxLength))(
      "takes the password %s",
      async (password) => {
        await server.setPassword(password);
        await using workspace = await workspaceOf({ db_password: password });
        expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
        expect(await granted()).toEqual(system.grants(["iamuser_test"]));
      },
    );

    test.each<[string, Record<string, unknown>, string]>([
      ["a wrong password", { db_password: "a-wrong-one" }, system.refused(address)],
      ["a table that is not there", { cdc_tables: ["orders"] }, system.missingTable],
    ])("stops the apply at %s", async (_what, variables, message) => {
      await using workspace = await workspaceOf(variables);
      expect(await said(workspace)).toBe(message);
    });

    test("stops the apply before a reboot, and the next completes after it", async () => {
      const { boot, reboot, message } = system.waiting;
      await boot(server);
      await using workspace = await workspaceOf();
      expect(await said(workspace)).toBe(message);
      await reboot(server);
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await granted()).toEqual(system.grants(["iamuser_test"]));
    });

    test("stops the apply where nobody listens", async () => {
      const nowhere = loopback();
      await using workspace = await workspaceOf({}, nowhere);
      expect(await said(workspace)).toBe(system.unreachable(nowhere));
    });

    test("stops the apply at a server that somebody else certifies", async () => {
      const other = await system.start(loopback());
      await using workspace = await workspaceOf({ rds_ca_pem: other.pem });
      await other.stop();
      expect(await said(workspace)).toBe(system.unverified(address));
    });
  });
});

/** What a failing apply shows of the client. */
async function said(workspace: Workspace): Promise<string | undefined> {
  const { code, diagnostics } = await workspace.apply();
  expect(code).toBe(1);
  return diagnostics[0]?.detail.split("Output: ")[1]?.split(/\n\w+ could not run /)[0];
}
