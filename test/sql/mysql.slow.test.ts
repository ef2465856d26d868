import { hostname } from "node:os";
import { describeUnless, terraformVersion } from "../standin/judges";
import { MASTER, Mysql, missing } from "./mysql";
import { asFound } from "./mysql-as-found";
import { ofDatabases } from "./mysql-databases";
import { render } from "./render";
import type { Result } from "./server";

const defaults = {
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  region: "us-east-2",
  tables: ["iamuser_test"],
  heartbeat: true,
  binlog_retention_hours: 168,
};

/** Aurora alone has its plugin. This one stands in: it takes the same text, and no password either. */
const plugin = { aurora: "AWSAuthenticationPlugin", standIn: "auth_socket" };

/** What the original's setup did: one grant for every table, and none for snapshots. */
const original = [
  `CREATE USER IF NOT EXISTS 'iam_demo_user'@'%' IDENTIFIED WITH ${plugin.standIn} AS 'RDS'`,
  "GRANT SELECT ON demo_db.* TO 'iam_demo_user'@'%'",
  "GRANT REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO 'iam_demo_user'@'%'",
  `CREATE TABLE IF NOT EXISTS iamuser_test (
     id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
     local_time VARCHAR(32) NOT NULL DEFAULT (DATE_FORMAT(NOW(), '%Y-%m-%d %H:%i:%s'))
   )`,
  "INSERT INTO iamuser_test VALUES ()",
];

const lacking = [...missing, ...(terraformVersion() ? [] : ["no terraform on the PATH"])];

describeUnless(lacking, "The SQL for MySQL", () => {
  let mysql: Mysql;
  beforeAll(async () => {
    mysql = await Mysql.start();
  }, 60_000);
  afterAll(() => mysql?.stop());
  beforeEach(() => mysql.reset());

  async function run(variables: Partial<typeof defaults> = {}): Promise<Result> {
    const values = { ...defaults, ...variables };
    const sql = await render("mysql/cdc_setup", values);
    // Only Aurora knows its instance by this name.
    expect(sql).toContain("'aurora_server_id'");
    const createUser = (name: string) =>
      `\nCREATE USER IF NOT EXISTS '${values.iam_auth_user}'@'%' IDENTIFIED WITH ${name} AS 'RDS';\n`;
    expect(sql).toContain(createUser(plugin.aurora));
    return mysql.run(
      sql
        .replace("'aurora_server_id'", "'hostname'")
        .replace(createUser(plugin.aurora), createUser(plugin.standIn)),
    );
  }

  /** Runs the setup, which must succeed and has nothing to say. */
  async function setUp(variables: Partial<typeof defaults> = {}): Promise<void> {
    expect(await run(variables)).toEqual({ code: 0, stdout: "", stderr: "" });
  }

  async function insert(tables = defaults.tables): Promise<Result> {
    return mysql.run(await render("mysql/insert", { tables }));
  }

  function granted(user = defaults.iam_auth_user) {
    return mysql.query(MASTER, `SHOW GRANTS FOR \`${user}\``);
  }

  /** Every grant that a user has after a setup. */
  function exactly(tables: string[], user = defaults.iam_auth_user): string[] {
    const to = `TO \`${user}\`@\`%\``;
    return [
      `GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* ${to}`,
      `GRANT LOCK TABLES ON \`demo\\_db\`.* ${to}`,
      ...[...tables, "rpcn_heartbeat"]
        .sort()
        .map((table) => `GRANT SELECT ON \`demo_db\`.\`${table}\` ${to}`),
    ];
  }

  function retention() {
    return mysql.query(
      MASTER,
      "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'",
    );
  }

  function asUser(statement: string) {
    return mysql.query(defaults.iam_auth_user, statement);
  }

  describe("setup", () => {
    test("prepares an empty database, and may be run again", async () => {
      await setUp();
      expect(await granted()).toEqual(exactly(["iamuser_test"]));
      await setUp();
      expect(await granted()).toEqual(exactly(["iamuser_test"]));
      expect(await retention()).toEqual(["168"]);
      expect(await mysql.query(MASTER, "SHOW PROCEDURE STATUS WHERE Db = 'demo_db'")).toEqual([]);
    });

    test("makes a user that logs in by the plugin alone", async () => {
      await setUp();
      expect(
        await mysql.query(
          MASTER,
          "SELECT host, plugin, authentication_string FROM mysql.user WHERE user = 'iam_demo_user'",
        ),
      ).toEqual(["%\tauth_socket\tRDS"]);
      expect(await asUser("SELECT 1")).toBe(
        "ERROR 1698 (28000): Access denied for user 'iam_demo_user'@'localhost'",
      );
    });

    test.each(["demo_db", "`demo\\_db`"])(
      "takes over and narrows a SELECT ON %s.*",
      async (form) => {
        await mysql.prepare(
          ...original.map((statement) =>
            statement.replace("SELECT ON demo_db.", `SELECT ON ${form}.`),
          ),
          "CREATE TABLE secrets(id int PRIMARY KEY)",
        );
        expect(await granted()).toContain(
          `GRANT SELECT ON \`${form.replaceAll("`", "")}\`.* TO \`iam_demo_user\`@\`%\``,
        );
        await setUp();
        await setUp();
        expect(await granted()).toEqual(exactly(["iamuser_test"]));
        expect(await mysql.query(MASTER, "SELECT id FROM iamuser_test")).toEqual(["1"]);
      },
    );

    test("makes the demo table only where it is listed", async () => {
      await mysql.prepare("CREATE TABLE orders(id int PRIMARY KEY)");
      await setUp({ tables: ["orders"] });
      expect(await mysql.query(MASTER, "SHOW TABLES")).toEqual(["orders", "rpcn_heartbeat"]);
      expect(await granted()).toEqual(exactly(["orders"]));
    });

    test("takes the SELECT from a table that is no longer listed", async () => {
      await mysql.prepare(
        "CREATE TABLE orders(id int PRIMARY KEY)",
        "CREATE TABLE Orders(id int PRIMARY KEY)",
        "CREATE TABLE customers(id int PRIMARY KEY)",
      );
      await setUp({ tables: ["orders", "customers"] });
      expect(await granted()).toEqual(exactly(["customers", "orders"]));
      await setUp({ tables: ["Orders"] });
      expect(await granted()).toEqual(exactly(["Orders"]));
    });

    describe("of the heartbeat", () => {
      const beats = () =>
        mysql.query(MASTER, "SELECT id, beat_at <= NOW(), COUNT(*) OVER () FROM rpcn_heartbeat");
      const events = () =>
        mysql.query(
          MASTER,
          `SELECT event_name, definer, status, interval_value, interval_field
           FROM information_schema.events WHERE event_schema = 'demo_db'`,
        );

      test("makes one row, which an event of the master user's updates every minute", async () => {
        await setUp();
        expect(await events()).toEqual(["rpcn_heartbeat\tadmin@%\tENABLED\t1\tMINUTE"]);
        await mysql.prepare(
          "UPDATE rpcn_heartbeat SET beat_at = '2026-01-01'",
          "ALTER EVENT rpcn_heartbeat ON SCHEDULE EVERY 1 SECOND",
        );
        const moved = "SELECT COUNT(*) FROM rpcn_heartbeat WHERE beat_at > '2026-02-01'";
        await mysql.until(MASTER, moved, "1");
        expect(await beats()).toEqual(["1\t1\t1"]);
      });

      test("makes it anew where AWS left it disabled", async () => {
        await setUp();
        await mysql.prepare("ALTER EVENT rpcn_heartbeat DISABLE ON REPLICA");
        expect(await events()).toEqual([expect.stringContaining("_DISABLED\t")]);
        await setUp();
        expect(await events()).toEqual([expect.stringContaining("\tENABLED\t")]);
      });

      test("makes none where heartbeat is false, and takes away what was there", async () => {
        await setUp();
        await setUp({ heartbeat: false });
        expect(await events()).toEqual([]);
        expect(await mysql.query(MASTER, "SHOW TABLES")).toEqual(["iamuser_test"]);
        expect(await granted()).toEqual(
          exactly(["iamuser_test"]).filter((grant) => !grant.includes("rpcn_heartbeat")),
        );
        await setUp();
        expect(await granted()).toEqual(exactly(["iamuser_test"]));
      });
    });

    test.each([
      { kept: "NULL", wanted: 24, hours: "24" },
      { kept: "24", wanted: 168, hours: "168" },
      { kept: "168", wanted: 168, hours: "168" },
      { kept: "2160", wanted: 168, hours: "2160" },
    ])("keeps the binary log $hours hours: $wanted are wanted, $kept set", async (row) => {
      await mysql.prepare(
        `CALL mysql.rds_set_configuration('binlog retention hours', ${row.kept})`,
      );
      await setUp({ binlog_retention_hours: row.wanted });
      expect(await retention()).toEqual([row.hours]);
    });

    test("takes names that are words of SQL", async () => {
      const tables = ["a$b", "group", "iamuser_test", "order", "user"];
      await mysql.prepare(
        ...tables
          .filter((table) => table !== "iamuser_test")
          .map((table) => `CREATE TABLE \`${table}\`(id int PRIMARY KEY)`),
      );
      const words = { iam_auth_user: "select", tables };
      await setUp(words);
      await setUp(words);
      expect(await granted("select")).toEqual(exactly(tables, "select"));
      await setUp({ ...words, tables: ["order"] });
      expect(await granted("select")).toEqual(exactly(["order"], "select"));
    });

    test("takes every word that MySQL reserves, as a table and as a user", async () => {
      const words = (await mysql.query(
        MASTER,
        "SELECT LOWER(word) FROM information_schema.keywords WHERE reserved ORDER BY 1",
      )) as string[];
      expect(words.length).toBeGreaterThan(200);
      await mysql.prepare(...words.map((word) => `CREATE TABLE \`${word}\`(id int PRIMARY KEY)`));
      await setUp({ tables: words });
      expect([...(await granted())].sort()).toEqual(exactly(words).sort());

      const users = words.map(
        (word) =>
          `CREATE USER '${word}'@'%' IDENTIFIED WITH auth_socket AS 'RDS'; DROP USER '${word}'@'%'`,
      );
      expect(await mysql.query(MASTER, users.join("; "))).toEqual([]);
    });
  });

  describe("the user", () => {
    beforeEach(async () => {
      await mysql.prepare("CREATE TABLE secrets(id int PRIMARY KEY)");
      await setUp();
      await mysql.letIn(defaults.iam_auth_user);
    });

    test("reads the table, and may do nothing else", async () => {
      expect(await asUser("SELECT count(*) FROM iamuser_test")).toEqual(["0"]);
      const table = (command: string, name: string) =>
        `ERROR 1142 (42000) at line 1: ${command} command denied to user 'iam_demo_user'@'localhost' for table '${name}'`;
      const refusals = {
        "SELECT * FROM secrets": table("SELECT", "secrets"),
        "INSERT INTO iamuser_test VALUES ()": table("INSERT", "iamuser_test"),
        "UPDATE iamuser_test SET id = 1": table("UPDATE", "iamuser_test"),
        "DELETE FROM iamuser_test": table("DELETE", "iamuser_test"),
        "DROP TABLE iamuser_test": table("DROP", "iamuser_test"),
        "CREATE TABLE of_its_own(id int)": table("CREATE", "of_its_own"),
        "CREATE DATABASE of_its_own":
          "ERROR 1044 (42000) at line 1: Access denied for user 'iam_demo_user'@'%' to database 'of_its_own'",
      };
      for (const [statement, refusal] of Object.entries(refusals)) {
        expect(await asUser(statement)).toBe(refusal);
      }
    });

    test("takes a snapshot as the connector does", async () => {
      expect((await insert()).code).toBe(0);
      expect(
        await asUser(
          "FLUSH TABLES iamuser_test WITH READ LOCK; START TRANSACTION WITH CONSISTENT SNAPSHOT; SHOW BINARY LOG STATUS; UNLOCK TABLES; SELECT id FROM iamuser_test",
        ),
      ).toEqual([expect.stringMatching(/^binlog\.000001\t\d+\t/), "1", "2", "3"]);
    });

    test("reads the table's changes from the binary log", async () => {
      expect((await insert()).code).toBe(0);
      const log = await mysql.binaryLog(defaults.iam_auth_user);
      expect(
        log.match(/^### INSERT INTO `demo_db`.`iamuser_test`\n### SET\n### {3}@1=\d+$/gm),
      ).toEqual(
        [1, 2, 3].map(
          (id) => `### INSERT INTO \`demo_db\`.\`iamuser_test\`\n### SET\n###   @1=${id}`,
        ),
      );
    });

    test("locks no table in a database whose name is alike", async () => {
      await mysql.prepare(
        "CREATE DATABASE demoxdb",
        "CREATE TABLE demoxdb.secrets(id int)",
        // Whoever locks a table must be able to read it: so that the other right is what is missing.
        "GRANT SELECT ON demoxdb.secrets TO iam_demo_user",
      );
      expect(await asUser("LOCK TABLES demo_db.iamuser_test READ")).toEqual([]);
      expect(await asUser("LOCK TABLES demoxdb.secrets READ")).toBe(
        "ERROR 1044 (42000) at line 1: Access denied for user 'iam_demo_user'@'%' to database 'demoxdb'",
      );
    });
  });

  describe("insert", () => {
    test("makes three rows, after the original's too", async () => {
      await mysql.prepare(...original);
      await setUp();
      expect(await insert()).toEqual({ code: 0, stdout: "", stderr: "" });
      const now = "local_time BETWEEN DATE_SUB(NOW(), INTERVAL 1 MINUTE) AND NOW()";
      expect(await mysql.query(MASTER, `SELECT id, ${now} FROM iamuser_test`)).toEqual([
        "1\t1",
        "2\t1",
        "3\t1",
        "4\t1",
      ]);
    });

    test("says where to insert when there is no demo table", async () => {
      expect(await insert(["orders", "user"])).toEqual({
        code: 0,
        stdout: "streamed_tables\norders, user\n",
        stderr: "",
      });
    });
  });

  describe("cleanup", () => {
    const cleanUp = async () => mysql.run(await render("mysql/cdc_cleanup", defaults));

    test("leaves no user, and may be run again", async () => {
      await setUp();
      expect(await cleanUp()).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(await granted()).toMatch(/There is no such grant defined for user 'iam_demo_user'/);
      expect(await cleanUp()).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(await mysql.query(MASTER, "SELECT count(*) FROM iamuser_test")).toEqual(["0"]);
      expect(await mysql.query(MASTER, "SHOW TABLES")).toEqual(["iamuser_test"]);
      expect(await mysql.query(MASTER, "SHOW EVENTS")).toEqual([]);
      await setUp();
      expect(await granted()).toEqual(exactly(["iamuser_test"]));
    });
  });

  describe("of a cluster that is there", () => asFound(() => mysql));

  describe("of several databases", () => ofDatabases(() => mysql));

  describe("setup stops, before anything is changed, at a server", () => {
    test.each([
      {
        waiting: { binlog_format: "STATEMENT" },
        message: "Reboot the writer and run/apply again: binlog_format=STATEMENT",
      },
      {
        waiting: { binlog_row_image: "MINIMAL", event_scheduler: "OFF" },
        message:
          "Reboot the writer and run/apply again: binlog_row_image=MINIMAL, event_scheduler=OFF",
      },
    ])("that waits for a reboot, and goes on after it: $waiting", async ({ waiting, message }) => {
      const set = (value: (name: string, value: string) => string) =>
        mysql.arrange(
          ...Object.entries(waiting).map(([name, v]) => `SET GLOBAL ${name} = ${value(name, v)}`),
        );
      await set((_, value) => value);
      expect(await run()).toEqual({
        code: 1,
        stdout: `reboot_command\naws rds reboot-db-instance --db-instance-identifier ${hostname()} --region us-east-2\n`,
        stderr: expect.stringMatching(
          new RegExp(`^ERROR 1644 \\(45000\\) at line \\d+: ${message}\n$`),
        ),
      });
      expect(await mysql.query(MASTER, "SHOW TABLES")).toEqual([]);
      expect(await granted()).toMatch(/There is no such grant defined for user 'iam_demo_user'/);
      expect(await retention()).toEqual(["NULL"]);
      // What a reboot does: the values of the parameter group come into effect.
      await set((name) => ({ binlog_format: "ROW", binlog_row_image: "FULL" })[name] ?? "ON");
      await setUp();
      expect(await granted()).toEqual(exactly(["iamuser_test"]));
      expect(await mysql.query(MASTER, "SHOW PROCEDURE STATUS WHERE Db = 'demo_db'")).toEqual([]);
    });

    test("that has no events, unless heartbeat is false", async () => {
      await mysql.arrange("SET GLOBAL event_scheduler = OFF");
      expect((await run()).code).toBe(1);
      await setUp({ heartbeat: false });
    });
  });

  describe("setup stops, before there is a user, at", () => {
    const advice = "Create these tables, or take them out of cdc_tables:";

    test.each([
      {
        what: "missing tables",
        given: ["CREATE TABLE customers(id int)"],
        tables: ["order", "iamuser_test", "customers", "cities"],
        message: `${advice} cities, order`,
      },
      {
        what: "a view",
        given: ["CREATE VIEW orders AS SELECT 1 AS id"],
        tables: ["orders"],
        message: `${advice} orders`,
      },
      {
        what: "a name in other letters",
        given: ["CREATE TABLE orders(id int)"],
        tables: ["Orders"],
        message: `${advice} Orders`,
      },
      {
        what: "one name of full length",
        given: [],
        tables: ["a".repeat(64)],
        message: `${advice} ${"a".repeat(64)}`,
      },
      {
        what: "more names than a message holds",
        given: [],
        tables: ["a".repeat(64), "b".repeat(64)],
        message: `${advice} ${"a".repeat(64)}, bbbbbb...`,
      },
    ])("$what", async ({ given, tables, message }) => {
      await mysql.prepare(...given);
      const { code, stdout, stderr } = await run({ tables });
      expect({ code, stdout, stderr: stderr.replace(/at line \d+/, "at line …") }).toEqual({
        code: 1,
        stdout: "",
        stderr: `ERROR 1644 (45000) at line …: ${message}\n`,
      });
      expect(await granted()).toBe(
        "ERROR 1141 (42000) at line 1: There is no such grant defined for user 'iam_demo_user' on host '%'",
      );
    });

    test("and once the table is there, nothing is in the way", async () => {
      expect((await run({ tables: ["orders"] })).code).toBe(1);
      await mysql.prepare("CREATE TABLE orders(id int PRIMARY KEY)");
      await setUp({ tables: ["orders"] });
      expect(await granted()).toEqual(exactly(["orders"]));
      expect(await mysql.query(MASTER, "SHOW PROCEDURE STATUS WHERE Db = 'demo_db'")).toEqual([]);
    });
  });
});
