import { MASTER, missing, newest, Postgres, servers } from "../sql/postgres";
import { render } from "../sql/render";
import { loopback, missingForTls } from "../sql/server";
import { workspaceOf } from "../stacks/provider-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { missingProvider, pinned } from "../standin/mirror";
import type { Workspace } from "../standin/workspace";
import { postgresqlProvider } from "./postgresql-provider";

// Each run of Terraform starts the real provider anew: on a busy machine, four take more than Jest's minute.
jest.setTimeout(180_000);

const unchanged = { add: 0, change: 0, remove: 0 };

const provider = "cyrilgdn/postgresql";
const version = "1.26.0";

const ways = [
  { by: `what ${provider} is known to do`, real: false, lacking: [] },
  { by: `${provider} ${version} itself`, real: true, lacking: missingProvider(provider, version) },
].flatMap((way) => servers.map((server) => ({ ...way, server })));

const lacking = [...missingTerraform(), ...missing, ...missingForTls];

for (const { by, real, server, ...way } of ways) {
  const title = `The database user in ${server.name}, by ${by}`;
  describeUnless([...lacking, ...way.lacking], title, () => {
    const address = loopback();
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await Postgres.start(server, { address });
    }, 60_000);
    afterAll(() => postgres?.stop());
    beforeEach(async () => {
      await postgres.reset();
      await postgres.setPassword("the-right-one");
    });

    /** The module, whose provider of the database works on the server. */
    async function start(variables: object = {}): Promise<Workspace> {
      const workspace = await workspaceOf(
        { engine: "postgres", topology: "ec2" },
        {
          db_name: postgres.database,
          db_master_password: "the-right-one",
          iam_auth_user: "iam_demo_user",
          ...variables,
        },
        { address, real: real ? [provider] : [] },
      );
      workspace.write("rds-ca.pem", postgres.pem);
      if (real) {
        workspace.write("versions_override.tf", pinned(provider, version));
        expect(await workspace.init()).toMatchObject({ code: 0 });
      } else {
        workspace.onCall(postgresqlProvider((statements) => postgres.transact(statements), MASTER));
      }
      return workspace;
    }

    /** All that there is of the user, its rights and publications, whoever made it. */
    function found(): Promise<string[] | string> {
      const granted = (acl: string, on: string) =>
        `SELECT ${on} || ': ' || privilege_type FROM ${acl} WHERE grantee = to_regrole('iam_demo_user')`;
      const all = [
        // VALID UNTIL 'infinity' is what a role without the clause has.
        `SELECT format('user: %s', to_jsonb(pg_roles) - '{oid,rolname,rolpassword}'::text[]
           || jsonb_build_object('rolvaliduntil', nullif(rolvaliduntil, 'infinity')))
         FROM pg_roles WHERE rolname = 'iam_demo_user'`,
        `SELECT 'member of ' || roleid::regrole
         FROM pg_auth_members WHERE member = to_regrole('iam_demo_user')`,
        granted("pg_database, aclexplode(datacl)", "datname"),
        granted("pg_namespace, aclexplode(nspacl)", "nspname"),
        granted("pg_class, aclexplode(relacl)", "relname"),
        granted("pg_attribute, aclexplode(attacl)", "attname"),
        `SELECT format('publication of %s: %s', pubowner::regrole, to_jsonb(pg_publication) - '{oid,pubowner}'::text[])
         FROM pg_publication`,
        "SELECT format('published: %s.%s', schemaname, tablename) FROM pg_publication_tables",
      ];
      return postgres.query(MASTER, `${all.join(" UNION ALL ")} ORDER BY 1`);
    }

    function asUser(statement: string) {
      return postgres.query("iam_demo_user", statement);
    }

    const tables = [
      "CREATE TABLE orders(id int PRIMARY KEY)",
      "CREATE TABLE customers(id int PRIMARY KEY)",
      "CREATE TABLE secrets(id int PRIMARY KEY)",
    ];
    const ready = { cdc_tables_ready: true };

    test("comes at once, reads tables once they are there, and goes without a trace", async () => {
      await using workspace = await start({ cdc_tables: ["orders", "customers"] });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
      const user = expect.stringMatching(/^user: .*"rolcanlogin": true/);
      expect(await found()).toEqual([
        "demo_db: CONNECT",
        "member of rds_iam",
        "member of rds_replication",
        "public: USAGE",
        user,
      ]);

      await postgres.prepare(...tables);
      expect(await asUser("SELECT FROM orders")).toBe("ERROR:  permission denied for table orders");
      expect(await workspace.apply({ vars: ready })).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan({ vars: ready })).changes).toEqual(unchanged);
      expect(await found()).toEqual([
        "customers: SELECT",
        "demo_db: CONNECT",
        "member of rds_iam",
        "member of rds_replication",
        "orders: SELECT",
        "public: USAGE",
        expect.stringMatching(/^publication of postgres: .*"pglog_stream_rpcn_iam_test"/),
        "published: public.customers",
        "published: public.orders",
        user,
      ]);
      expect(await asUser("SELECT FROM orders UNION ALL SELECT FROM customers")).toEqual([]);
      expect(await asUser("SELECT FROM secrets")).toBe(
        "ERROR:  permission denied for table secrets",
      );
      expect(await asUser("DELETE FROM orders")).toBe("ERROR:  permission denied for table orders");

      expect(await workspace.destroy({ vars: ready })).toMatchObject({ code: 0, diagnostics: [] });
      expect(await found()).toEqual([]);
    });

    test.each<{
      what: string;
      /** Statements of the superuser, and of the master user. */
      arranged?: string[];
      prepared?: string[];
      schema: string;
      listed: string[];
    }>([
      {
        what: "a partitioned table",
        prepared: [
          "CREATE TABLE readings(id int PRIMARY KEY) PARTITION BY RANGE (id)",
          "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
        ],
        schema: "public",
        listed: ["readings"],
      },
      {
        what: "names that are words of SQL",
        prepared: [
          'CREATE SCHEMA "table"',
          'CREATE TABLE "table"."order"(id int PRIMARY KEY)',
          'CREATE TABLE "table"."user"(id int PRIMARY KEY)',
        ],
        schema: "table",
        listed: ["order", "user"],
      },
      {
        what: "a table of another owner",
        arranged: [
          "CREATE ROLE accounting",
          "CREATE TABLE orders(id int PRIMARY KEY)",
          "ALTER TABLE orders OWNER TO accounting",
          "GRANT accounting TO postgres",
        ],
        schema: "public",
        listed: ["orders"],
      },
    ])(
      "has the rights that the SQL gives, no more and no less: $what",
      async ({ arranged = [], prepared = [], schema, listed }) => {
        await postgres.arrange(...arranged);
        await postgres.prepare(...prepared);
        const vars = { ...ready, cdc_schema: schema, cdc_tables: listed };
        await using workspace = await start();
        expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
        expect((await workspace.plan({ vars })).changes).toEqual(unchanged);
        const byTerraform = await found();
        expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
        expect(await found()).toEqual([]);

        const names = {
          region: "us-east-2",
          iam_auth_user: "iam_demo_user",
          slot_name: "rpcn_iam_test",
          schema,
        };
        const variables = { ...names, db_name: postgres.database, tables: listed };
        const sql = await render("postgres/cdc_setup", variables);
        expect(await postgres.run("cdc_setup.sql", sql)).toMatchObject({ code: 0, stderr: "" });
        expect(await found()).toEqual(byTerraform);
      },
    );

    // Only which role may grant what is another matter on older servers.
    if (!newest.includes(server)) return;

    test("follows the list of tables, and what is done by hand", async () => {
      await postgres.prepare(...tables);
      const both = { ...ready, cdc_tables: ["orders", "customers"] };
      await using workspace = await start();
      expect((await workspace.apply({ vars: both })).code).toBe(0);
      const other = { ...ready, cdc_tables: ["orders", "secrets"] };
      expect(await workspace.apply({ vars: other })).toMatchObject({ code: 0, diagnostics: [] });
      const rights = await found();
      expect(rights).toEqual(
        expect.arrayContaining([
          "orders: SELECT",
          "secrets: SELECT",
          "published: public.orders",
          "published: public.secrets",
        ]),
      );
      expect(rights).not.toContain("customers: SELECT");
      expect(rights).not.toContain("published: public.customers");

      await postgres.prepare(
        "REVOKE SELECT ON orders FROM iam_demo_user",
        "GRANT DELETE ON secrets TO iam_demo_user",
        "ALTER PUBLICATION pglog_stream_rpcn_iam_test DROP TABLE orders",
      );
      expect((await workspace.plan({ vars: other })).actions).toEqual({
        'postgresql_grant.select["orders"]': "update",
        'postgresql_grant.select["secrets"]': "update",
        "postgresql_publication.pglog_stream[0]": "update",
      });
      expect(await workspace.apply({ vars: other })).toMatchObject({ code: 0, diagnostics: [] });
      expect(await found()).toEqual(rights);
    });

    test("said too early that the tables are there, an apply names one that is not", async () => {
      await using workspace = await start({ cdc_tables: ["orders"], ...ready });
      const { code, diagnostics } = await workspace.apply();
      expect(code).toBe(1);
      const named = expect.stringContaining('relation "public.orders" does not exist');
      expect(diagnostics.map(({ summary }) => summary)).toEqual([named, named]);
      await postgres.prepare(...tables);
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
    });

    test("goes in spite of a slot, a right and a table that Terraform knows nothing of", async () => {
      await postgres.prepare(...tables);
      await using workspace = await start({ cdc_tables: ["orders"], ...ready });
      expect((await workspace.apply()).code).toBe(0);
      await postgres.letReplicate("iam_demo_user");
      const [slot] = await postgres.replicate(
        "iam_demo_user",
        "CREATE_REPLICATION_SLOT rpcn_iam_test LOGICAL pgoutput",
      );
      expect(slot).toMatch(/^rpcn_iam_test\|/);
      await postgres.prepare(
        "GRANT SELECT ON secrets TO iam_demo_user",
        "GRANT CREATE ON SCHEMA public TO iam_demo_user",
      );
      expect(await asUser("CREATE TABLE of_its_own()")).toEqual([]);

      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await found()).toEqual([]);
      // What it owned is the master user's now.
      expect(await postgres.query(MASTER, "SELECT FROM of_its_own")).toEqual([]);
    });

    describe("the SQL that is left to a person", () => {
      async function run(listed: string[]) {
        const variables = {
          region: "us-east-2",
          iam_auth_user: "iam_demo_user",
          db_name: postgres.database,
          schema: "public",
          tables: listed,
          slot_name: "rpcn_iam_test",
        };
        return postgres.run(
          "s.sql",
          await render("postgres/cdc_setup", variables, { database: "provider" }),
        );
      }

      test("makes the demo table and nothing else, and may be run again", async () => {
        expect(await run(["iamuser_test"])).toMatchObject({ code: 0, stderr: "" });
        expect(await run(["iamuser_test"])).toMatchObject({ code: 0, stderr: "" });
        expect(await found()).toEqual([]);
        await using workspace = await start(ready);
        expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
        expect(await asUser("SELECT id, x FROM iamuser_test")).toEqual([]);
      });

      test("says which tables publishing would break", async () => {
        await postgres.prepare("CREATE TABLE orders(id int)");
        const { code, stderr } = await run(["orders", "iamuser_test"]);
        expect(code).toBe(3);
        expect(stderr).toContain(
          "ERROR:  Without a primary key, publishing would make UPDATE and DELETE fail on: orders\n",
        );
        expect(await postgres.query(MASTER, "SELECT to_regclass('iamuser_test') IS NULL")).toEqual([
          "t",
        ]);
      });
    });
  });
}
