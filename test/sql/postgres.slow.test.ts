import { postgres as engine } from "../../engines/postgres";
import { describeUnless, terraformVersion } from "../standin/judges";
import { INSTANCE, MASTER, missing, missingFetched, Postgres, said, servers } from "./postgres";
import { asFound } from "./postgres-as-found";
import { ofSchemas } from "./postgres-schemas";
import { render } from "./render";
import type { Result } from "./server";

const SETUP = "generated_cdc_setup.sql";
const INSERT = "generated_insert.sql";
const CLEANUP = "generated_cdc_cleanup.sql";

const defaults = {
  region: "us-east-2",
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  schema: "public",
  tables: ["iamuser_test"],
  slot_name: "rpcn_iam_test",
};

/** What the original's setup did: a table without a key, and more rights than are needed. */
const original = [
  "CREATE USER iam_demo_user",
  "GRANT rds_iam TO iam_demo_user",
  "GRANT rds_replication TO iam_demo_user",
  "GRANT CONNECT, CREATE ON DATABASE demo_db TO iam_demo_user",
  "CREATE TABLE iamuser_test(x int)",
  "INSERT INTO iamuser_test VALUES (1)",
  "CREATE PUBLICATION pglog_stream_rpcn_iam_test FOR TABLE public.iamuser_test",
];

const lacking = [...missing, ...(terraformVersion() ? [] : ["no terraform on the PATH"])];

if (process.env.LONG) {
  describeUnless([...missingFetched], "Versions of PostgreSQL", () => {
    test("every one that the connector reads is here", () => {
      expect(servers.map(({ major }) => major)).toEqual(expect.arrayContaining([18, 17, 16, 14]));
    });
  });
}

describeUnless(lacking, "The SQL for PostgreSQL", () => {
  describe.each(servers)("on $name", (server) => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await Postgres.start(server);
    }, 60_000);
    afterAll(() => postgres?.stop());
    beforeEach(() => postgres.reset());

    async function run(variables: Partial<typeof defaults> = {}): Promise<Result> {
      return postgres.run(SETUP, await render("postgres/cdc_setup", { ...defaults, ...variables }));
    }

    /** Runs the setup, which must succeed and has nothing to say but psql's names of commands. */
    async function setUp(variables: Partial<typeof defaults> = {}): Promise<void> {
      const { code, stderr, stdout } = await run(variables);
      expect({ code, stderr, last: stdout.split("\n").at(-2) }).toEqual({
        code: 0,
        stderr: "",
        last: "COMMIT",
      });
    }

    async function insert({ schema, tables }: Pick<typeof defaults, "schema" | "tables">) {
      const variables = { schema, tables, slot_name: defaults.slot_name };
      return postgres.run(INSERT, await render("postgres/insert", variables));
    }

    async function cleanUp(variables: Partial<typeof defaults> = {}): Promise<Result> {
      const values = { ...defaults, ...variables };
      return postgres.run(CLEANUP, await render("postgres/cdc_cleanup", values));
    }

    /** The very query by which the connector decides whether it would have to alter anything. */
    function published(slot = defaults.slot_name) {
      return postgres.query(
        MASTER,
        `SELECT DISTINCT tablename FROM pg_publication_tables WHERE pubname = 'pglog_stream_${slot}' ORDER BY 1`,
      );
    }

    /** Every right on a table, a sequence or a column that somebody gave to the user itself. */
    function granted(user = defaults.iam_auth_user) {
      return postgres.query(
        MASTER,
        `SELECT relnamespace::regnamespace::text, relname::text, privilege_type
         FROM pg_class, aclexplode(relacl) WHERE grantee = '"${user}"'::regrole
         UNION ALL
         SELECT attrelid::regclass::text, attname, privilege_type
         FROM pg_attribute, aclexplode(attacl) WHERE grantee = '"${user}"'::regrole
         ORDER BY 1, 2, 3`,
      );
    }

    /** Every right on the database that somebody gave to the user itself. */
    function grantedOnDatabase() {
      return postgres.query(
        MASTER,
        `SELECT privilege_type FROM pg_database, aclexplode(datacl)
         WHERE datname = 'demo_db' AND grantee = 'iam_demo_user'::regrole`,
      );
    }

    function asUser(statement: string) {
      return postgres.query(defaults.iam_auth_user, statement);
    }

    describe("setup", () => {
      test("prepares an empty database, and may be run again", async () => {
        await setUp();
        const first = [await published(), await granted(), await grantedOnDatabase()];
        await setUp();
        expect([await published(), await granted(), await grantedOnDatabase()]).toEqual(first);
        expect(first).toEqual([["iamuser_test"], ["public|iamuser_test|SELECT"], ["CONNECT"]]);
      });

      test("makes a user that logs in by token alone and belongs to two roles", async () => {
        await setUp();
        expect(
          await postgres.query(
            MASTER,
            `SELECT rolsuper, rolcreaterole, rolcreatedb, rolcanlogin,
               (SELECT string_agg(roleid::regrole::text, ',' ORDER BY roleid::regrole::text)
                FROM pg_auth_members WHERE member = pg_roles.oid)
             FROM pg_roles WHERE rolname = 'iam_demo_user'`,
          ),
        ).toEqual(["f|f|f|t|rds_iam,rds_replication"]);
      });

      test("takes over what the original made", async () => {
        await postgres.prepare(...original);
        expect(await asUser("CREATE SCHEMA of_its_own")).toEqual([]);
        await setUp();
        await setUp();
        expect(await asUser("SELECT id, x FROM iamuser_test")).toEqual(["1|1"]);
        expect(await asUser("CREATE SCHEMA another")).toBe(
          "ERROR:  permission denied for database demo_db",
        );
        expect([await published(), await granted()]).toEqual([
          ["iamuser_test"],
          ["public|iamuser_test|SELECT"],
        ]);
        // Publishing a table without a key would make this fail.
        await postgres.prepare("UPDATE iamuser_test SET x = 2", "DELETE FROM iamuser_test");
      });

      test("leaves nothing of all privileges on the database but to connect", async () => {
        await postgres.prepare(
          "CREATE USER iam_demo_user WITH LOGIN",
          "GRANT ALL PRIVILEGES ON DATABASE demo_db TO iam_demo_user",
        );
        await setUp();
        expect(await grantedOnDatabase()).toEqual(["CONNECT"]);
      });

      test("leaves the demo table alone where it has a key of its own", async () => {
        await postgres.prepare("CREATE TABLE iamuser_test(x int PRIMARY KEY)");
        await setUp();
        await setUp();
        expect(
          await postgres.query(
            MASTER,
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'iamuser_test'::regclass AND contype = 'p'",
          ),
        ).toEqual(["PRIMARY KEY (x)"]);
      });

      test("makes the demo table only where it is listed", async () => {
        await postgres.prepare("CREATE TABLE orders(id int PRIMARY KEY)");
        await setUp({ tables: ["orders"] });
        expect(await postgres.query(MASTER, "SELECT to_regclass('iamuser_test') IS NULL")).toEqual([
          "t",
        ]);
        expect(await published()).toEqual(["orders"]);
      });

      test("takes rights and publication from a table that is no longer listed", async () => {
        await postgres.prepare(
          "CREATE TABLE orders(id int PRIMARY KEY)",
          "CREATE TABLE customers(id int PRIMARY KEY)",
        );
        await setUp({ tables: ["orders", "customers"] });
        expect(await asUser("SELECT FROM orders UNION ALL SELECT FROM customers")).toEqual([]);
        expect(await published()).toEqual(["customers", "orders"]);
        await setUp({ tables: ["customers"] });
        expect(await asUser("SELECT FROM customers")).toEqual([]);
        expect(await asUser("SELECT FROM orders")).toBe(
          "ERROR:  permission denied for table orders",
        );
        expect([await published(), await granted()]).toEqual([
          ["customers"],
          ["public|customers|SELECT"],
        ]);
      });

      test("takes them from the tables of a former schema", async () => {
        await setUp();
        await postgres.prepare(
          "CREATE SCHEMA sales",
          "CREATE TABLE sales.orders(id int PRIMARY KEY)",
        );
        await setUp({ schema: "sales", tables: ["orders", "iamuser_test"] });
        expect([await published(), await granted()]).toEqual([
          ["iamuser_test", "orders"],
          ["sales|iamuser_test|SELECT", "sales|orders|SELECT"],
        ]);
        expect(await asUser("SELECT FROM public.iamuser_test")).toBe(
          "ERROR:  permission denied for table iamuser_test",
        );
      });

      test("publishes a partitioned table under its own name", async () => {
        await postgres.prepare(
          "CREATE TABLE readings(id int PRIMARY KEY) PARTITION BY RANGE (id)",
          "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
          "CREATE TABLE readings_high PARTITION OF readings FOR VALUES FROM (10) TO (20)",
          // As the connector would have made it: it names the partitions.
          "CREATE PUBLICATION pglog_stream_rpcn_iam_test FOR TABLE readings",
        );
        expect(await published()).toEqual(["readings_high", "readings_low"]);
        await setUp({ tables: ["readings"] });
        expect(await published()).toEqual(["readings"]);
        await postgres.prepare("INSERT INTO readings VALUES (1), (11)");
        expect(await asUser("SELECT id FROM readings ORDER BY id")).toEqual(["1", "11"]);
      });

      test("asks the partitions for a key, not the partitioned table", async () => {
        await postgres.prepare(
          "CREATE TABLE readings(id int) PARTITION BY RANGE (id)",
          "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
          "ALTER TABLE readings_low ADD PRIMARY KEY (id)",
        );
        await setUp({ tables: ["readings"] });
        await postgres.prepare("INSERT INTO readings VALUES (1)", "UPDATE readings SET id = 2");
      });

      test("takes a table of another owner once the master user belongs to that role", async () => {
        await postgres.arrange(
          "CREATE ROLE accounting",
          "CREATE TABLE orders(id int PRIMARY KEY)",
          "ALTER TABLE orders OWNER TO accounting",
          "GRANT accounting TO postgres",
        );
        await setUp({ tables: ["orders"] });
        await setUp({ tables: ["orders"] });
        expect([await published(), await granted()]).toEqual([
          ["orders"],
          ["public|orders|SELECT"],
        ]);
        // Its grant was made in the owner's name, and is taken back in that name.
        await setUp();
        expect(await granted()).toEqual(["public|iamuser_test|SELECT"]);
      });

      test("takes names that are words of SQL", async () => {
        await postgres.prepare(
          'CREATE SCHEMA "table"',
          ...["order", "user", "group"].map(
            (name) => `CREATE TABLE "table"."${name}"(id int PRIMARY KEY)`,
          ),
        );
        const tables = ["order", "user", "group", "iamuser_test"];
        const words = { iam_auth_user: "select", schema: "table", tables, slot_name: "select" };
        await setUp(words);
        await setUp(words);
        expect(await published("select")).toEqual([...tables].sort());
        expect(await granted("select")).toEqual(
          [...tables].sort().map((name) => `"table"|${name}|SELECT`),
        );
        expect((await insert(words)).code).toBe(0);
        expect(
          await postgres.query("select", 'SELECT x FROM "table".iamuser_test ORDER BY x'),
        ).toEqual(["10000", "10001", "10011"]);
      });

      test("takes every word of SQL as a table, and as a user all but those that the module refuses", async () => {
        const words = (await postgres.query(
          MASTER,
          'SELECT word FROM pg_get_keywords() ORDER BY word COLLATE "C"',
        )) as string[];
        expect(words.length).toBeGreaterThan(400);
        await postgres.prepare(
          words.map((word) => `CREATE TABLE "${word}"(id int PRIMARY KEY);`).join("\n"),
        );
        await setUp({ tables: words });
        expect(await published()).toEqual(words);

        await postgres.arrange(
          `CREATE FUNCTION pg_temp.refused(name text) RETURNS boolean LANGUAGE plpgsql AS $$
           BEGIN
             EXECUTE format('CREATE ROLE "%s"', name);
             EXECUTE format('DROP ROLE "%s"', name);
             RETURN FALSE;
           EXCEPTION WHEN reserved_name THEN
             RETURN TRUE;
           END $$;
           CREATE TABLE public.refused AS SELECT word FROM (
             SELECT word FROM pg_get_keywords() UNION VALUES ('public'), ('pg_'), ('pg_mine')
           ) AS words WHERE pg_temp.refused(word)`,
        );
        const refused = (await postgres.query(
          postgres.superuser,
          "SELECT word FROM public.refused ORDER BY word",
        )) as string[];
        expect(refused).toEqual(["none", "pg_", "pg_mine", "public"]);
        const pattern = new RegExp(engine.iamUser.reservedPattern);
        expect(refused.filter((name) => !pattern.test(name))).toEqual([]);
      });

      test.each(["user", "current_user", "session_user", "all", "default", "null"])(
        "takes the word %s for a user, who is dropped again",
        async (user) => {
          await setUp({ iam_auth_user: user });
          expect(await granted(user)).toEqual(["public|iamuser_test|SELECT"]);
          expect((await cleanUp({ iam_auth_user: user })).code).toBe(0);
          const left = `SELECT count(*) FROM pg_roles WHERE rolname = '${user}'`;
          expect(await postgres.query(MASTER, left)).toEqual(["0"]);
        },
      );
    });

    describe("of a cluster that is there", () => asFound(() => postgres));

    describe("of several schemas", () => ofSchemas(() => postgres));

    describe("setup asks the server first", () => {
      afterAll(() => postgres.reboot());

      const reboot = `The parameter group sets this, once the writer is rebooted: aws rds reboot-db-instance --db-instance-identifier ${INSTANCE} --region us-east-2.`;

      test("whether its parameters are there, and completes once they are", async () => {
        await postgres.reboot({ wal_level: "replica", "rds.iam_auth_for_replication": "off" });
        const result = await run();
        expect(result.code).toBe(3);
        expect(said(result)).toEqual([
          "ERROR:  The database cannot be replicated from: wal_level is replica, not logical; rds.iam_auth_for_replication is off, not on",
          `HINT:  Nothing has changed. ${reboot} Then run this file, or apply, again.`,
        ]);
        expect(
          await postgres.query(MASTER, "SELECT FROM pg_roles WHERE rolname = 'iam_demo_user'"),
        ).toEqual([]);
        await postgres.reboot({ "rds.iam_auth_for_replication": "1" });
        await setUp();
        expect(await published()).toEqual(["iamuser_test"]);
      });

      test("whether the pipeline can have a slot and a WAL sender", async () => {
        await postgres.reboot({ max_replication_slots: "1", max_wal_senders: "0" });
        await postgres.letReplicate(MASTER);
        const create = (slot: string) =>
          postgres.query(
            MASTER,
            `SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`,
          );
        await create("somebody_s");
        expect(said(await run())).toEqual([
          "ERROR:  The database cannot be replicated from: all 1 replication slots are taken; all 0 WAL senders are busy",
          "HINT:  Nothing has changed. Drop a slot that nobody needs: SELECT slot_name, active FROM pg_replication_slots; SELECT pg_drop_replication_slot('<slot_name>'). Raise max_wal_senders in the parameter group, and reboot the writer. Then run this file, or apply, again.",
        ]);
        await postgres.reboot({ max_replication_slots: "1" });
        await postgres.prepare("SELECT pg_drop_replication_slot('somebody_s')");
        await setUp();
        await create("rpcn_iam_test");
        await setUp();
      });

      test("and names what a server does not tell", async () => {
        await postgres.reboot({
          "rds.logical_replication": undefined,
          "rds.iam_auth_for_replication": undefined,
        });
        const result = await run();
        expect({ code: result.code, said: said(result) }).toEqual({
          code: 0,
          said: [
            "NOTICE:  This server does not tell, so nobody has checked: rds.logical_replication, rds.iam_auth_for_replication",
          ],
        });
      });
    });

    test("setup names the tables whose large values do not arrive with an update that leaves them", async () => {
      await postgres.letReplicate(MASTER);
      await postgres.prepare(
        "CREATE TABLE small(id int PRIMARY KEY, code varchar(10))",
        "CREATE TABLE documents(id int PRIMARY KEY, x int, body text)",
        "CREATE TABLE complete(id int PRIMARY KEY, x int, body text)",
        "ALTER TABLE complete REPLICA IDENTITY FULL",
        "CREATE TABLE readings(id int PRIMARY KEY, x int, body text) PARTITION BY RANGE (id)",
        "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE readings_high PARTITION OF readings FOR VALUES FROM (10) TO (20)",
        // Of the partitioned table itself, which counts for nothing.
        "ALTER TABLE readings REPLICA IDENTITY FULL",
        "ALTER TABLE readings_high REPLICA IDENTITY FULL",
      );
      const tables = ["small", "documents", "complete", "readings"];
      for (const _ of ["once", "again"]) {
        const { code, stderr } = await run({ tables });
        expect(code).toBe(0);
        expect(stderr.replace(/^psql:generated_cdc_setup\.sql:\d+: /, "")).toBe(
          `NOTICE:  A value above about 2 kB arrives as unchanged_toast_value (by default null) when an UPDATE leaves it as it is: documents, readings_low
HINT:  ALTER TABLE ... REPLICA IDENTITY FULL sends it along, and more write-ahead log with it.
`,
        );
      }

      await postgres.query(
        MASTER,
        "SELECT pg_create_logical_replication_slot('rpcn_iam_test', 'pgoutput')",
      );
      await postgres.prepare(
        ...["documents", "complete", "readings"].flatMap((table) => [
          `ALTER TABLE ${table} ALTER body SET STORAGE EXTERNAL`,
          `INSERT INTO ${table} VALUES (1, 1, repeat('-', 3000))`,
          `UPDATE ${table} SET x = 2`,
        ]),
      );
      // U, the table's number of four bytes, and then the tuples: O is the row before, N the row after,
      // u a value that is not in the log.
      // https://www.postgresql.org/docs/17/protocol-logicalrep-message-formats.html
      expect(
        await postgres.query(
          MASTER,
          `SELECT chr(get_byte(data, 5)), position('---'::bytea in data) > 0,
             chr(get_byte(data, length(data) - 1))
           FROM pg_logical_slot_get_binary_changes('rpcn_iam_test', NULL, NULL,
             'proto_version', '1', 'publication_names', 'pglog_stream_rpcn_iam_test')
           WHERE chr(get_byte(data, 0)) = 'U'`,
        ),
      ).toEqual(["N|f|u", "O|t|u", "N|f|u"]);
    });

    describe("the user", () => {
      beforeEach(async () => {
        await postgres.prepare("CREATE TABLE secrets(id int PRIMARY KEY)");
        await setUp();
      });

      test("reads the table, and may do nothing else", async () => {
        expect(await asUser("SELECT count(*) FROM iamuser_test")).toEqual(["0"]);
        const refusals = {
          "SELECT FROM secrets": "permission denied for table secrets",
          "INSERT INTO iamuser_test(x) VALUES (1)": "permission denied for table iamuser_test",
          "UPDATE iamuser_test SET x = 1": "permission denied for table iamuser_test",
          "DELETE FROM iamuser_test": "permission denied for table iamuser_test",
          "TRUNCATE iamuser_test": "permission denied for table iamuser_test",
          "DROP TABLE iamuser_test": "must be owner of table iamuser_test",
          "CREATE TABLE of_its_own()": "permission denied for schema public",
          "CREATE TEMPORARY TABLE of_its_own()":
            'permission denied to create temporary tables in database "demo_db"',
          "CREATE SCHEMA of_its_own": "permission denied for database demo_db",
          "CREATE PUBLICATION of_its_own": "permission denied for database demo_db",
          "ALTER PUBLICATION pglog_stream_rpcn_iam_test DROP TABLE iamuser_test":
            "must be owner of publication pglog_stream_rpcn_iam_test",
        };
        for (const [statement, refusal] of Object.entries(refusals)) {
          expect(await asUser(statement)).toBe(`ERROR:  ${refusal}`);
        }
      });

      test("streams the table's changes from the slot, and no others", async () => {
        await postgres.letReplicate(defaults.iam_auth_user);
        const [slot] = await postgres.replicate(
          defaults.iam_auth_user,
          "CREATE_REPLICATION_SLOT rpcn_iam_test LOGICAL pgoutput",
        );
        expect(slot).toMatch(/^rpcn_iam_test\|[0-9A-F/]+\|[^|]+\|pgoutput$/);
        await postgres.prepare("INSERT INTO secrets VALUES (7)");
        expect((await insert(defaults)).code).toBe(0);
        const changes = await asUser(
          // The binary fields left out, what remains is kind, names, and values behind a t each.
          `SELECT regexp_replace(encode(data, 'escape'), '\\\\[0-7]{3}|[^ -~]', '', 'g')
           FROM pg_logical_slot_get_binary_changes('rpcn_iam_test', NULL, NULL,
             'proto_version', '1', 'publication_names', 'pglog_stream_rpcn_iam_test')
           WHERE chr(get_byte(data, 0)) NOT IN ('B', 'C')`,
        );
        expect(changes).toEqual([
          expect.stringMatching(/^R.*publiciamuser_testdidx$/),
          expect.stringMatching(/^I.*Nt1t10000$/),
          expect.stringMatching(/^I.*Nt2t10001$/),
          expect.stringMatching(/^I.*Nt3t10010$/),
          expect.stringMatching(/^U.*Nt3t10011$/),
        ]);
      });
    });

    describe("insert", () => {
      test("makes three rows and a change, after the original's too", async () => {
        await postgres.prepare(...original);
        await setUp();
        expect(await insert(defaults)).toEqual({
          code: 0,
          stdout: "INSERT 0 3\nUPDATE 1\n",
          stderr: "",
        });
        expect(await postgres.query(MASTER, "SELECT id, x FROM iamuser_test ORDER BY id")).toEqual([
          "1|1",
          "2|10000",
          "3|10001",
          "4|10011",
        ]);
      });

      test("says where to insert when there is no demo table", async () => {
        expect(await insert({ schema: "public", tables: ["orders", "user"] })).toEqual({
          code: 0,
          stdout: [
            " streamed_table ",
            "----------------",
            " public.orders",
            " public.user",
            "(2 rows)",
            "\n",
          ].join("\n"),
          stderr: "",
        });
      });
    });

    describe("cleanup", () => {
      /** What there is of slot, publication and user. */
      const left = () =>
        postgres.query(
          MASTER,
          `SELECT slot_name FROM pg_replication_slots
           UNION ALL SELECT pubname FROM pg_publication
           UNION ALL SELECT rolname FROM pg_roles WHERE rolname = 'iam_demo_user'`,
        );

      beforeEach(async () => {
        await postgres.letReplicate(MASTER);
        await setUp();
        await postgres.query(
          MASTER,
          "SELECT pg_create_logical_replication_slot('rpcn_iam_test', 'pgoutput')",
        );
      });

      test("leaves neither slot nor publication nor user, and may be run again", async () => {
        expect(await left()).toEqual([
          "rpcn_iam_test",
          "pglog_stream_rpcn_iam_test",
          "iam_demo_user",
        ]);
        expect(await cleanUp()).toMatchObject({ code: 0, stderr: "" });
        expect(await left()).toEqual([]);
        expect(await cleanUp()).toMatchObject({ code: 0, stderr: "" });
        expect(await postgres.query(MASTER, "SELECT count(*) FROM iamuser_test")).toEqual(["0"]);
      });

      test("leaves nothing of what the original granted, nor of tables that somebody added", async () => {
        await postgres.prepare(
          "GRANT CREATE ON DATABASE demo_db TO iam_demo_user",
          "CREATE SCHEMA sales",
          "CREATE TABLE sales.orders(id int PRIMARY KEY)",
          "GRANT USAGE ON SCHEMA sales TO iam_demo_user",
          "GRANT SELECT ON sales.orders TO iam_demo_user",
        );
        expect(await cleanUp()).toMatchObject({ code: 0, stderr: "" });
        expect(await left()).toEqual([]);
      });

      test("and a setup after it starts anew", async () => {
        expect(await cleanUp()).toMatchObject({ code: 0 });
        await setUp();
        expect(await published()).toEqual(["iamuser_test"]);
      });

      test("takes nothing away while the slot is being read", async () => {
        await postgres.prepare("SELECT pg_drop_replication_slot('rpcn_iam_test')");
        await using reader = await postgres.holdSlot("rpcn_iam_test");
        expect(await cleanUp()).toMatchObject({
          code: 3,
          stderr: `psql:${CLEANUP}:23: ERROR:  The replication slot rpcn_iam_test is being read, by process ${reader.pid}
HINT:  Stop the pipeline; then run this file again.
CONTEXT:  PL/pgSQL function inline_code_block line 8 at RAISE
`,
        });
        expect(await left()).toHaveLength(3);
      });
    });

    describe("setup stops, and leaves nothing behind, at", () => {
      interface Failure {
        readonly what: string;
        /** Statements of the superuser. */
        readonly given?: string[];
        readonly variables: Partial<typeof defaults>;
        readonly message: string[];
      }

      const again = "then run this file again.";
      const raised = /\nCONTEXT: {2}PL\/pgSQL function inline_code_block line \d+ at RAISE\n$/;

      test.each<Failure>([
        {
          what: "missing tables",
          given: ["CREATE TABLE customers(id int PRIMARY KEY)"],
          variables: { tables: ["orders", "iamuser_test", "customers", "user"] },
          message: [
            'ERROR:  cdc_tables lists what is no table in schema "public": orders, user',
            `HINT:  Create the table, or take it out of cdc_tables and apply; ${again}`,
          ],
        },
        {
          what: "a view",
          given: ["CREATE VIEW orders AS SELECT 1 AS id"],
          variables: { tables: ["orders"] },
          message: [
            'ERROR:  cdc_tables lists what is no table in schema "public": orders',
            `HINT:  Create the table, or take it out of cdc_tables and apply; ${again}`,
          ],
        },
        {
          what: "a table in another schema",
          given: ["CREATE SCHEMA sales", "CREATE TABLE sales.orders(id int PRIMARY KEY)"],
          variables: { tables: ["orders"] },
          message: [
            'ERROR:  cdc_tables lists what is no table in schema "public": orders',
            `HINT:  Create the table, or take it out of cdc_tables and apply; ${again}`,
          ],
        },
        {
          what: "tables of other owners",
          given: [
            "CREATE ROLE accounting",
            "CREATE TABLE orders(id int PRIMARY KEY)",
            "ALTER TABLE orders OWNER TO accounting",
            "CREATE TABLE customers(id int PRIMARY KEY)",
          ],
          variables: { tables: ["orders", "customers"] },
          message: [
            "ERROR:  postgres may not publish tables of other owners: customers (owner: rdsadmin), orders (owner: accounting)",
            `HINT:  GRANT <owner> TO postgres; ${again}`,
          ],
        },
        {
          what: "tables without a key that identifies rows",
          given: [
            "CREATE TABLE keyless(id int)",
            "CREATE TABLE unidentified(id int PRIMARY KEY)",
            "ALTER TABLE unidentified REPLICA IDENTITY NOTHING",
            "CREATE TABLE deferred(id int PRIMARY KEY DEFERRABLE)",
            "CREATE TABLE readings(id int) PARTITION BY RANGE (id)",
            "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
            // Of the partitioned table itself: its partitions keep what they have.
            "ALTER TABLE readings REPLICA IDENTITY FULL",
            "CREATE TABLE complete(id int)",
            "ALTER TABLE complete REPLICA IDENTITY FULL",
            ...["keyless", "unidentified", "deferred", "readings", "complete"].map(
              (table) => `ALTER TABLE ${table} OWNER TO postgres`,
            ),
          ],
          variables: { tables: ["keyless", "unidentified", "deferred", "readings", "complete"] },
          message: [
            "ERROR:  Without a primary key, publishing would make UPDATE and DELETE fail on: deferred, keyless, readings_low, unidentified",
            `HINT:  Add a primary key (no deferrable one), or ALTER TABLE ... REPLICA IDENTITY FULL; ${again}`,
          ],
        },
        {
          what: "a partition beside its table",
          given: [
            "CREATE TABLE readings(id int PRIMARY KEY) PARTITION BY RANGE (id)",
            "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
            "ALTER TABLE readings OWNER TO postgres",
            "ALTER TABLE readings_low OWNER TO postgres",
          ],
          variables: { tables: ["readings", "readings_low"] },
          message: [
            "ERROR:  cdc_tables lists partitions of tables that it lists too: readings_low",
            `HINT:  Their rows arrive as rows of the partitioned table. Take the partitions out of cdc_tables and apply; ${again}`,
          ],
        },
      ])("$what", async ({ given = [], variables, message }) => {
        await postgres.arrange(...given);
        const { code, stderr } = await run(variables);
        expect(code).toBe(3);
        expect(stderr).toMatch(raised);
        expect(stderr.replace(/^psql:generated_cdc_setup\.sql:\d+: /, "").replace(raised, "")).toBe(
          message.join("\n"),
        );
        await nothing();
      });

      test.each<Failure>([
        {
          what: "a schema that does not exist",
          variables: { schema: "sales" },
          message: ['ERROR:  schema "sales" does not exist'],
        },
        {
          what: "a demo table of another owner",
          given: ["CREATE TABLE iamuser_test(x int)"],
          variables: {},
          message: ["ERROR:  must be owner of table iamuser_test"],
        },
        {
          what: "a publication of another owner",
          given: ["CREATE PUBLICATION pglog_stream_rpcn_iam_test"],
          variables: {},
          message: ["ERROR:  must be owner of publication pglog_stream_rpcn_iam_test"],
        },
      ])("$what", async ({ given = [], variables, message }) => {
        await postgres.arrange(...given);
        const { code, stderr } = await run(variables);
        expect(code).toBe(3);
        expect(stderr.replace(/^psql:generated_cdc_setup\.sql:\d+: /, "").trimEnd()).toBe(
          message.join("\n"),
        );
        await nothing();
      });

      async function nothing(): Promise<void> {
        expect(
          await postgres.query(
            MASTER,
            `SELECT rolname FROM pg_roles WHERE rolname = 'iam_demo_user'
             UNION ALL SELECT pubname FROM pg_publication WHERE pg_get_userbyid(pubowner) = '${MASTER}'
             UNION ALL SELECT relname FROM pg_class
               WHERE relname = 'iamuser_test' AND pg_get_userbyid(relowner) = '${MASTER}'`,
          ),
        ).toEqual([]);
      }
    });
  });
});
