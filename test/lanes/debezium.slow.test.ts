import { describeUnless } from "../standin/judges";
import { Debezium, type Event, endDebezium, missing } from "./debezium";
import { databases, missing as missingDatabases, Prepared } from "./prepared";
import { mysqlColumns, postgresColumns, postgresTypes, typesTable } from "./types";

const patience = 120_000;
const listed = ["iamuser_test", "orders", "every_type"];

const engines = {
  "aurora-postgres": {
    types: postgresTypes,
    columns: postgresColumns,
    reads: "Processing messages",
    missing: [
      {
        what: "the publication",
        sql: "DROP PUBLICATION pglog_stream_rpcn_iam_test",
        snapshot: false,
        said: "Publication autocreation is disabled, please create one and restart the connector.",
      },
      {
        what: "replication",
        sql: "ALTER ROLE iam_demo_user NOREPLICATION",
        snapshot: false,
        said: "FATAL: permission denied to start WAL sender",
      },
      {
        what: "CONNECT on the database",
        sql: "REVOKE CONNECT ON DATABASE demo_db FROM iam_demo_user",
        snapshot: false,
        said: 'FATAL: permission denied for database "demo_db"',
      },
      {
        what: "USAGE on the schema",
        sql: "REVOKE USAGE ON SCHEMA public FROM PUBLIC, iam_demo_user",
        snapshot: true,
        said: "ERROR: permission denied for schema public",
      },
      {
        what: "SELECT on a table",
        sql: "REVOKE SELECT ON orders FROM iam_demo_user",
        snapshot: true,
        said: "ERROR: permission denied for table orders",
      },
    ],
  },
  "aurora-mysql": {
    types: "SET SESSION sql_mode = 'ALLOW_INVALID_DATES';",
    // Debezium stops at a day that no month has, which MySQL takes if told to.
    columns: mysqlColumns.filter(({ value }) => value !== "'2026-02-31'"),
    reads: "Keepalive thread is running",
    missing: [
      {
        what: "REPLICATION SLAVE",
        sql: "REVOKE REPLICATION SLAVE ON *.* FROM iam_demo_user",
        snapshot: false,
        said: "Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation",
      },
      {
        what: "REPLICATION CLIENT",
        sql: "REVOKE REPLICATION CLIENT ON *.* FROM iam_demo_user",
        snapshot: false,
        said: "Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this operation",
      },
      {
        what: "SELECT on a table, and LOCK TABLES",
        sql: "REVOKE SELECT ON demo_db.orders FROM iam_demo_user; REVOKE LOCK TABLES ON `demo\\_db`.* FROM iam_demo_user",
        snapshot: false,
        said: "Encountered change event for table demo_db.orders whose schema isn't known to this connector",
      },
      {
        what: "RELOAD",
        sql: "REVOKE RELOAD ON *.* FROM iam_demo_user",
        snapshot: true,
        said: "Access denied; you need (at least one of) the RELOAD or FLUSH_TABLES privilege(s) for this operation",
      },
    ],
  },
};

describeUnless([...missingDatabases, ...missing], "Lane 2: Debezium", () => {
  afterAll(endDebezium);

  describe.each(databases)("on $name", (database) => {
    const { types, columns, reads, missing: rights } = engines[database.stack];
    const { table, row } = typesTable(columns);
    let prepared: Prepared;
    let debezium: Debezium | undefined;
    beforeAll(async () => {
      prepared = await Prepared.start(database, {
        variables: { cdc_tables: listed },
        tables: [
          "CREATE TABLE orders (id integer PRIMARY KEY, x integer);",
          "CREATE TABLE unlisted (id integer PRIMARY KEY);",
          types,
          table,
        ].join("\n"),
      });
    }, patience);
    afterEach(async () => {
      await debezium?.stop();
      debezium = undefined;
      await prepared.server.postgres?.arrange(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active",
        "SELECT pg_sleep(0.5)",
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
      );
      await prepared.write("DELETE FROM orders;");
    });
    afterAll(() => prepared?.[Symbol.asyncDispose]());

    /** Waits until a row of `orders` has come, before which all else must have come. */
    async function until(id: number): Promise<Event[]> {
      await debezium?.said(new RegExp(`^lane\\S+\\.orders .*"after":\\{"id":${id},`, "m"));
      return debezium?.events ?? [];
    }

    test(
      "reads the changes of the tables listed, and of no other",
      async () => {
        debezium = await Debezium.start(prepared, {
          // In PostgreSQL, the publication alone decides. MySQL's log has all tables.
          ...(database.stack === "aurora-mysql" && { tables: listed }),
        });
        await debezium.said(reads, patience);
        await prepared.write(
          `INSERT INTO orders VALUES (1, 1);
           INSERT INTO unlisted VALUES (1);
           UPDATE orders SET x = 2 WHERE id = 1;
           DELETE FROM orders WHERE id = 1;
           INSERT INTO orders VALUES (2, NULL);`,
        );
        const events = await until(2);
        expect(events.map(({ table, op, after }) => ({ table, op, after }))).toEqual([
          { table: "orders", op: "c", after: { id: 1, x: 1 } },
          { table: "orders", op: "u", after: { id: 1, x: 2 } },
          { table: "orders", op: "d", after: null },
          { table: "orders", op: "c", after: { id: 2, x: null } },
        ]);
      },
      patience,
    );

    test(
      "reads what was there before, and every column of every type",
      async () => {
        await prepared.write("INSERT INTO orders VALUES (3, 3);");
        debezium = await Debezium.start(prepared, { snapshot: true, tables: listed });
        await debezium.said(reads, patience);
        await prepared.write(`${types.startsWith("SET") ? types : ""}${row}`);
        await prepared.write("INSERT INTO orders VALUES (4, 4);");
        const events = await until(4);
        expect(events.map(({ table, op }) => ({ table, op }))).toEqual([
          { table: "orders", op: "r" },
          { table: "every_type", op: "c" },
          { table: "orders", op: "c" },
        ]);
        expect(Object.keys(events[1]?.after ?? {})).toHaveLength(columns.length + 1);
      },
      patience,
    );

    test.each(rights)(
      "stops without $what",
      async ({ sql, snapshot, said }) => {
        const server = prepared.server.postgres ?? prepared.server.mysql;
        await server?.arrange(...sql.split("; "));
        try {
          debezium = await Debezium.start(prepared, {
            snapshot,
            ...(snapshot && { tables: listed }),
          });
          // What is denied only when a row comes.
          if (said.startsWith("Encountered")) {
            await debezium.said(reads, patience);
            await prepared.write("INSERT INTO orders VALUES (5, 5);");
          }
          expect(await debezium.end(patience)).toContain(said);
          expect(debezium.events).toEqual([]);
        } finally {
          await debezium?.stop();
          debezium = undefined;
          // What the setup gives, it gives again.
          await prepared.run("db_setup_command");
          await prepared.server.letIn();
        }
      },
      patience,
    );
  });
});
