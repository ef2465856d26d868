import { recognise } from "../../commands/doctor/recognise";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Mysql, missing } from "./mysql";
import { render } from "./render";

const table = "CREATE TABLE orders (id int PRIMARY KEY, note varchar(20))";

/** The rows that whoever goes on at a position is sent, by what they do and their first column. */
async function rowsFrom(server: Mysql, position: string): Promise<string[] | string> {
  const log = await server.binaryLog("root", position);
  if (!log.includes("SET @@SESSION")) return log.trim();
  return [
    ...log.matchAll(
      /^### (INSERT|UPDATE|DELETE) .*`(\w+)`\n(?:### WHERE\n)?(?:### SET\n)?### {3}@1=(\d+)/gm,
    ),
  ].map(([, what, name, id]) => `${what} ${name} ${id}`);
}

/** What `doctor` makes of the server's answer. */
function entryFor(answer: string | string[]): string | undefined {
  const [, message] = /(?:Got error reading packet from server: )(.*)/.exec(String(answer)) ?? [];
  return recognise({
    level: "ERROR",
    message: `error during MySQL CDC: starting streaming: ERROR 1236 (HY000): ${message}`,
  })?.id;
}

describeUnless([...missing], "A position in MySQL's binary log", () => {
  let first: Mysql;
  let other: Mysql;
  beforeAll(async () => {
    [first, other] = await Promise.all([Mysql.start(), Mysql.start()]);
  }, 120_000);
  afterAll(() => Promise.all([first?.stop(), other?.stop()]));
  beforeEach(async () => {
    await first.reset();
    await first.prepare(table, "INSERT INTO orders VALUES (1, 'read')");
  });

  test("still holds after the server was killed, or another instance took over its storage", async () => {
    await first.keepCommits();
    const position = await first.position();
    await first.prepare("INSERT INTO orders VALUES (2, 'before')");
    await first.crash();
    await first.prepare("INSERT INTO orders VALUES (3, 'after')");
    expect(await rowsFrom(first, position)).toEqual(["INSERT orders 2", "INSERT orders 3"]);
  });

  test("does not hold once its file is purged, which the server says", async () => {
    const position = await first.position();
    await first.arrange("FLUSH BINARY LOGS");
    const [file] = (await first.position()).split("@");
    await first.arrange(`PURGE BINARY LOGS TO '${file}'`);
    const answer = await rowsFrom(first, position);
    expect(answer).toContain("Could not find first log file name in binary log index file");
    expect(entryFor(answer)).toBe("M10");
  });

  describe("in another cluster's log, which has files of the same names,", () => {
    /** As a restore does it: the same rows, and a log of its own. */
    const restore = async () => {
      await other.reset();
      await other.prepare(table);
      for (const row of (await first.query("root", "SELECT id, note FROM orders")) as string[]) {
        const [id, note] = row.split("\t");
        await other.prepare(`INSERT INTO orders VALUES (${id}, '${note}')`);
      }
    };

    test("is past the end as long as that is shorter, which the server says", async () => {
      await first.prepare(
        ...Array.from({ length: 20 }, (_, id) => `INSERT INTO orders VALUES (${id + 2}, 'read')`),
      );
      const position = await first.position();
      await other.reset();
      await other.prepare(table);
      const answer = await rowsFrom(other, position);
      expect(answer).toContain("requested source to start replication from position > file size");
      expect(entryFor(answer)).toBe("M10");
    });

    test("skips rows without a word, so that it has a key of its own", async () => {
      await first.prepare("INSERT INTO orders VALUES (2, 'read')");
      const position = await first.position();
      // Less was written there, and then what the pipeline has not read.
      await other.reset();
      await other.prepare(table, "INSERT INTO orders VALUES (1, 'read')");
      const unread = await other.position();
      await other.prepare(
        "INSERT INTO orders VALUES (3, 'lost')",
        "INSERT INTO orders VALUES (4, 'sent')",
      );
      expect(await rowsFrom(other, unread)).toEqual(["INSERT orders 3", "INSERT orders 4"]);
      expect(await rowsFrom(other, position)).toEqual(["INSERT orders 4"]);
    });

    test("is the same file again after a restore, and another place in it", async () => {
      await first.prepare("UPDATE orders SET note = 'changed'");
      const position = await first.position();
      await restore();
      const [file] = position.split("@");
      expect((await other.position()).split("@")).toEqual([
        file,
        expect.not.stringMatching(position.split("@")[1] ?? ""),
      ]);
    });
  });

  test("passes by what was not written as rows: rows of that time are lost", async () => {
    const position = await first.position();
    await first.arrange(
      "SET SESSION binlog_format = STATEMENT; USE demo_db; INSERT INTO orders VALUES (2, 'lost')",
    );
    await first.prepare("INSERT INTO orders VALUES (3, 'sent')");
    expect(await rowsFrom(first, position)).toEqual(["INSERT orders 3"]);
  });

  test("still holds when a column is added, and later rows have it", async () => {
    const position = await first.position();
    await first.prepare(
      "INSERT INTO orders VALUES (2, 'before')",
      "ALTER TABLE orders ADD COLUMN more int",
      "INSERT INTO orders VALUES (3, 'after', 7)",
    );
    expect(await rowsFrom(first, position)).toEqual(["INSERT orders 2", "INSERT orders 3"]);
    expect(await first.binaryLog("root", position)).toMatch(
      /@1=3\n### {3}@2='after'\n### {3}@3=7\n/,
    );
  });

  test("stands still once the user who ran the setup is dropped: its event ends in an error", async () => {
    await first.arrange(
      "CREATE USER before_us IDENTIFIED BY 'secret'",
      "GRANT ALL ON demo_db.* TO before_us",
      "USE demo_db",
      "CREATE TABLE rpcn_heartbeat (id tinyint PRIMARY KEY, beat_at timestamp)",
      `CREATE DEFINER = before_us EVENT rpcn_heartbeat ON SCHEDULE EVERY 1 SECOND
         DO INSERT INTO rpcn_heartbeat VALUES (1, NOW()) ON DUPLICATE KEY UPDATE beat_at = NOW()`,
    );
    const beat = "SELECT COUNT(*) FROM demo_db.rpcn_heartbeat";
    await first.until("root", beat, "1");
    await first.arrange("DROP USER before_us", "TRUNCATE demo_db.rpcn_heartbeat");
    const errors =
      "SELECT COUNT(*) > 0 FROM performance_schema.error_log WHERE data LIKE '%before_us%'";
    await first.until("root", errors, "1");
    expect(await first.query("root", beat)).toEqual(["0"]);
  });
});

describeUnless([...missing, ...missingTerraform()], "A MySQL server without a binary log", () => {
  test("is refused by the setup, and says so to whoever reads it", async () => {
    const server = await Mysql.start(undefined, ["--skip-log-bin"]);
    try {
      await server.arrange("CREATE DATABASE demo_db");
      expect(await server.query("root", "SHOW BINARY LOG STATUS")).toEqual([]);
      const setup = await render("mysql/cdc_setup", {
        iam_auth_user: "iam_demo_user",
        db_name: "demo_db",
        region: "us-east-2",
        tables: ["iamuser_test"],
        heartbeat: true,
        binlog_retention_hours: 168,
      });
      expect(await server.run(setup)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^ERROR 1644 \(45000\) at line \d+: Reboot the writer and run\/apply again: log_bin=OFF\n$/,
        ),
      });
      const answer = await rowsFrom(server, "@4");
      expect(answer).toContain("Binary log is not open");
      expect(entryFor(answer)).toBe("M6");
    } finally {
      await server.stop();
    }
  }, 60_000);
});
