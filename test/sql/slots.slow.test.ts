import { describeUnless, missingTerraform } from "../standin/judges";
import { MASTER, missing, newest, Postgres, said } from "./postgres";
import { render } from "./render";

const SLOT = "rpcn_iam_test";
const USER = "iam_demo_user";
const values = {
  region: "us-east-2",
  iam_auth_user: USER,
  db_name: "demo_db",
  schema: "public",
  tables: ["orders"],
  slot_name: SLOT,
};

const lacking = [...missing, ...missingTerraform()];

// What the server answers to the statements of the connector, which the licence keeps from running here:
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/logical_stream.go
// https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/pglogrepl.go
describeUnless(lacking, "A replication slot", () => {
  describe.each(newest)("of $name", (server) => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await Postgres.start(server);
      await postgres.letReplicate(MASTER);
    }, 60_000);
    afterAll(() => postgres?.stop());
    beforeEach(async () => {
      await postgres.reset();
      await write("CREATE TABLE orders(id int PRIMARY KEY)");
      await setUp();
      await postgres.letReplicate(USER);
    });

    const write = (...statements: string[]) => postgres.prepare(...statements);
    const insert = (...ids: number[]) =>
      write(...ids.map((id) => `INSERT INTO orders VALUES (${id})`));

    /** Runs the setup, which must succeed: what it says, without the numbers of lines. */
    async function setUp(tables: string[] = values.tables): Promise<string[]> {
      const sql = await render("postgres/cdc_setup", { ...values, tables });
      const result = await postgres.run("generated_cdc_setup.sql", sql);
      expect(result.code).toBe(0);
      return said(result);
    }

    /** What it says of tables that it puts back into the publication. */
    const missed = (...tables: string[]) => [
      `WARNING:  The publication had lost these tables, which were created anew or taken out of it: ${tables.join(", ")}`,
      `HINT:  Rows written to them meanwhile arrive only if the pipeline reads all rows once more: stop it, drop the slot ${SLOT}, and start it with stream_snapshot = true.`,
    ];

    /** As the connector makes it where there is none: on its first connection, and on any other. */
    const create = () =>
      postgres.replicate(USER, `CREATE_REPLICATION_SLOT ${SLOT} LOGICAL pgoutput`);

    /** As the connector starts to read it; only what refuses that is to be seen here. */
    const start = () =>
      postgres.replicate(
        USER,
        `START_REPLICATION SLOT ${SLOT} LOGICAL 0/0 (proto_version '1', publication_names 'pglog_stream_${SLOT}')`,
      );

    /**
     * What the slot has, and no longer has then: a letter for each change and the numbers in its row.
     * Transactions and descriptions of tables are left out.
     */
    const read = () =>
      postgres.query(
        USER,
        `SELECT chr(get_byte(data, 0)) || regexp_replace(encode(substring(data from 6), 'escape'), '\\\\[0-7]{3}|[^0-9]', '', 'g')
         FROM pg_logical_slot_get_binary_changes('${SLOT}', NULL, NULL,
           'proto_version', '1', 'publication_names', 'pglog_stream_${SLOT}')
         WHERE chr(get_byte(data, 0)) NOT IN ('B', 'C', 'R')`,
      );

    /** What the server says of a slot that is lost. */
    const unreadable = `ERROR:  ${
      server.major >= 18
        ? "can no longer access replication slot"
        : server.major >= 16
          ? "can no longer get changes from replication slot"
          : "cannot read from logical replication slot"
    } "${SLOT}"`;

    const drop = () => postgres.prepare(`SELECT pg_drop_replication_slot('${SLOT}')`);

    test("keeps what is written while nobody reads, through a crash of the server too", async () => {
      await create();
      await insert(1);
      await postgres.crash();
      await insert(2);
      expect(await read()).toEqual(["I1", "I2"]);
    });

    test("begins with what is written after it was made", async () => {
      await insert(1);
      await create();
      await insert(2);
      expect(await read()).toEqual(["I2"]);
    });

    test("that was dropped is made anew without a word, and what was written meanwhile is in none", async () => {
      await create();
      await insert(1);
      await drop();
      await insert(2);
      expect(await create()).toEqual([expect.stringMatching(/^rpcn_iam_test\|/)]);
      await insert(3);
      expect(await read()).toEqual(["I3"]);
    });

    test("that is gone when the setup runs once more is missed by it, once", async () => {
      await create();
      expect(await setUp()).toEqual([]);
      await drop();
      expect(await setUp()).toEqual([
        `WARNING:  The replication slot ${SLOT} is gone, which was there at the last run of this file`,
        "HINT:  What was written since then arrives only if the pipeline starts with stream_snapshot = true.",
      ]);
      expect(await setUp()).toEqual([]);
    });

    test("that has fallen behind max_slot_wal_keep_size refuses to be read, and says so", async () => {
      await postgres.reboot({ max_slot_wal_keep_size: "1MB" });
      await create();
      for (const id of [1, 2, 3]) {
        await insert(id);
        await postgres.arrange("SELECT pg_switch_wal()");
      }
      await postgres.arrange("CHECKPOINT");
      expect(await postgres.query(MASTER, "SELECT wal_status FROM pg_replication_slots")).toEqual([
        "lost",
      ]);
      expect(await start()).toBe(unreadable);

      // docs/production.md: the way on.
      const cleanup = await render("postgres/cdc_cleanup", values);
      expect(await postgres.run("generated_cdc_cleanup.sql", cleanup)).toMatchObject({ code: 0 });
      expect(await postgres.query(MASTER, "SELECT slot_name FROM pg_replication_slots")).toEqual(
        [],
      );
      await setUp();
      await postgres.letReplicate(USER);
      await create();
      expect(await start()).not.toContain("ERROR");
      await postgres.reboot();
    });

    if (server.major >= 18) {
      test("that nobody reads for idle_replication_slot_timeout refuses to be read, and says so", async () => {
        await postgres.reboot({ idle_replication_slot_timeout: "1s" });
        await create();
        await postgres.arrange("SELECT pg_sleep(2)", "CHECKPOINT");
        expect(
          await postgres.query(
            MASTER,
            "SELECT wal_status, invalidation_reason FROM pg_replication_slots",
          ),
        ).toEqual(["lost|idle_timeout"]);
        expect(await start()).toBe(unreadable);
        await drop();
        await postgres.reboot();
      });
    }

    test("that somebody else reads refuses a second reader", async () => {
      await using reader = await postgres.holdSlot(SLOT);
      expect(await start()).toBe(
        `ERROR:  replication slot "${SLOT}" is active for PID ${reader.pid}`,
      );
    });

    test("that is there already is no second reader's to make", async () => {
      await create();
      await expect(postgres.holdSlot(SLOT)).rejects.toEqual(
        new Error(`ERROR:  replication slot "${SLOT}" already exists\n`),
      );
    });

    test("of another plugin is told from ours by its name, and could not be read", async () => {
      await write(`SELECT pg_create_logical_replication_slot('${SLOT}', 'test_decoding')`);
      expect(
        await postgres.query(
          USER,
          `SELECT plugin FROM pg_replication_slots WHERE slot_name = '${SLOT}'`,
        ),
      ).toEqual(["test_decoding"]);
      expect(await create()).toBe(`ERROR:  replication slot "${SLOT}" already exists`);
    });

    test("of another database is found by its name, and refuses to be read", async () => {
      await postgres.createSlotElsewhere(SLOT);
      expect(
        await postgres.query(
          USER,
          `SELECT plugin FROM pg_replication_slots WHERE slot_name = '${SLOT}'`,
        ),
      ).toEqual(["pgoutput"]);
      expect(await start()).toBe(
        `ERROR:  replication slot "${SLOT}" was not created in this database`,
      );
    });

    test("is stuck where the publication was dropped, even after it is made anew; from PostgreSQL 18 on, it skips what was written", async () => {
      await create();
      await insert(1);
      await write(`DROP PUBLICATION pglog_stream_${SLOT}`);
      await insert(2);
      expect(
        await postgres.query(
          USER,
          `CREATE PUBLICATION pglog_stream_${SLOT} FOR TABLE "public"."orders"`,
        ),
      ).toBe("ERROR:  permission denied for database demo_db");
      expect(await setUp()).toEqual([
        `WARNING:  The publication pglog_stream_${SLOT} was gone, and the replication slot ${SLOT} was there`,
        `HINT:  What was written without the publication arrives only if the pipeline reads all rows once more: stop it, drop the slot ${SLOT}, and start it with stream_snapshot = true.`,
      ]);
      expect(await setUp()).toEqual([]);
      await insert(3);
      expect(await read()).toEqual(
        server.major >= 18
          ? ["I1", "I3"]
          : `ERROR:  publication "pglog_stream_${SLOT}" does not exist`,
      );
    });

    test("lacks what is written while the table is not in the publication", async () => {
      await write("CREATE TABLE customers(id int PRIMARY KEY)");
      await setUp(["orders", "customers"]);
      await create();
      await write(`ALTER PUBLICATION pglog_stream_${SLOT} DROP TABLE orders`);
      await insert(1);
      // What the connector tries on its next connection.
      expect(
        await postgres.query(
          USER,
          `ALTER PUBLICATION pglog_stream_${SLOT} ADD TABLE "public"."orders"`,
        ),
      ).toBe(`ERROR:  must be owner of publication pglog_stream_${SLOT}`);
      expect(await setUp(["orders", "customers"])).toEqual(missed("public.orders"));
      await insert(2);
      expect(await read()).toEqual(["I2"]);
      // Of a table that is listed anew, nothing was promised.
      expect(await setUp(["customers"])).toEqual([]);
      expect(await setUp(["orders", "customers"])).toEqual([]);
    });

    test("lacks what is written into a table that was dropped and made anew, until the setup has run", async () => {
      await create();
      await write("DROP TABLE orders", "CREATE TABLE orders(id int PRIMARY KEY)");
      await insert(1);
      // The connector takes a publication without tables for one of all tables, and says nothing.
      expect(
        await postgres.query(
          USER,
          `SELECT tablename FROM pg_publication_tables WHERE pubname = 'pglog_stream_${SLOT}'`,
        ),
      ).toEqual([]);
      expect(await setUp()).toEqual(missed("public.orders"));
      await insert(2);
      expect(await read()).toEqual(["I2"]);
    });

    test("goes on with a table that was renamed, under its new name", async () => {
      await create();
      await write("ALTER TABLE orders RENAME TO sales", "INSERT INTO sales VALUES (1)");
      expect(await read()).toEqual(["I1"]);
      expect(
        await postgres.query(
          USER,
          `SELECT tablename FROM pg_publication_tables WHERE pubname = 'pglog_stream_${SLOT}'`,
        ),
      ).toEqual(["sales"]);
    });

    test("has the columns that a table had when each row was written", async () => {
      await create();
      await insert(1);
      await write(
        "ALTER TABLE orders ADD COLUMN amount int",
        "INSERT INTO orders VALUES (2, 22)",
        "ALTER TABLE orders DROP COLUMN amount",
      );
      await insert(3);
      expect(await read()).toEqual(["I1", "I222", "I3"]);
    });

    test("has the rows of a partition that was attached later", async () => {
      await write("CREATE TABLE readings(id int PRIMARY KEY) PARTITION BY RANGE (id)");
      await setUp(["readings"]);
      await create();
      await write(
        "CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (10)",
        "INSERT INTO readings VALUES (1)",
      );
      expect(await read()).toEqual(["I1"]);
    });

    test("has no rows that a table without an identity refuses to change", async () => {
      await create();
      await insert(1);
      await write("ALTER TABLE orders REPLICA IDENTITY NOTHING");
      expect(await postgres.query(MASTER, "UPDATE orders SET id = 2")).toBe(
        'ERROR:  cannot update table "orders" because it does not have a replica identity and publishes updates',
      );
      expect(await read()).toEqual(["I1"]);
    });

    test("has a TRUNCATE as one change without rows", async () => {
      await create();
      await insert(1, 2);
      await write("TRUNCATE orders");
      expect(await read()).toEqual(["I1", "I2", expect.stringMatching(/^T/)]);
    });
  });
});
