import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client, type Result, ServerFolder } from "./server";

const root = join(__dirname, "../../node_modules/.cache/rpcn-aurora-mysql");

/** What the tests lack on this machine. */
export const missing: readonly string[] = existsSync(root)
  ? []
  : ["no MySQL server: test/sql/mysql-from-debian.sh fetches one"];

/** The programs bring their libraries along, those of C and their loader included. */
const loader = join(root, "usr/lib64/ld-linux-x86-64.so.2");

function program(path: string): string[] {
  const libraries = join(root, "usr/lib/x86_64-linux-gnu");
  return ["--library-path", libraries, join(root, path), "--no-defaults"];
}

/** The program, and what comes before its own arguments: to stand in a shell script. */
export const clientProgram = [
  loader,
  ...["--library-path", join(root, "usr/lib/x86_64-linux-gnu")],
  join(root, "usr/bin/mysql"),
];

/**
 * A folder with a `mysql` that is MySQL's own, to stand first in the PATH. In the place of Aurora's
 * plugin, which nobody else has, it puts one that takes the same text, and no password either; in the
 * place of the variable with the instance's name, the one with the machine's.
 */
export function clientFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "clients-"));
  const mysql = clientProgram.map((word) => `'${word}'`).join(" ");
  writeFileSync(
    join(folder, "mysql"),
    `#!/bin/sh\nsed -u 's/AWSAuthenticationPlugin/auth_socket/; s/aurora_server_id/hostname/' | ${mysql} "$@"\n`,
  );
  chmodSync(join(folder, "mysql"), 0o755);
  return folder;
}

/** Who runs the setup. */
export const MASTER = "admin";

/** The role through which Aurora's master user has its privileges. It is no superuser. */
const masterRole = [
  "CREATE ROLE rds_superuser_role",
  `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER,
     SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE,
     REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT,
     TRIGGER, CREATE ROLE, DROP ROLE ON *.* TO rds_superuser_role WITH GRANT OPTION`,
  `CREATE USER ${MASTER} DEFAULT ROLE rds_superuser_role`,
];

/**
 * Aurora's own table and procedure: the parameter is there and null, a name that is not there and a
 * value out of range are refused, and the binary log has nothing of it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-configuring.html
 */
const configuration = `
  CREATE TABLE mysql.rds_configuration (
    name VARCHAR(100) NOT NULL PRIMARY KEY, value VARCHAR(100), description VARCHAR(300) NOT NULL
  );
  INSERT INTO mysql.rds_configuration VALUES ('binlog retention hours', NULL,
    'binlog retention hours specifies the duration in hours before binary logs are automatically deleted.');
  DELIMITER ;;
  CREATE PROCEDURE mysql.rds_set_configuration(IN name VARCHAR(30), IN value INT)
  BEGIN
    IF name <> 'binlog retention hours' THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Cannot set unknown configuration parameter';
    ELSEIF value NOT BETWEEN 1 AND 2160 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
        'For binlog retention hours the value must be between 1 and 2160 inclusive or be NULL';
    END IF;
    SET @@sql_log_bin = OFF;
    UPDATE mysql.rds_configuration SET rds_configuration.value = value;
    SET @@sql_log_bin = ON;
  END;;
  DELIMITER `;

/** What the module's parameter group sets, of what can be set while a server runs. */
const parameters = { binlog_format: "ROW", binlog_row_image: "FULL", event_scheduler: "ON" };

/** A running MySQL server that stands in for Aurora, with one empty database. */
export class Mysql {
  readonly #folder = new ServerFolder();
  readonly superuser = "root";
  /** By which clients verify the server, in PEM; empty without an address. */
  pem = "";

  #password = "";

  private constructor() {}

  /**
   * @param address where the server also listens, by TLS alone. @default - nowhere
   * @param options of the server, beside the usual ones. @default - none
   */
  static async start(address?: string, options: readonly string[] = []): Promise<Mysql> {
    const mysql = new Mysql();
    const data = join(mysql.#folder.data, "data");
    const server = [
      ...program("usr/sbin/mysqld"),
      `--basedir=${join(root, "usr")}`,
      `--plugin-dir=${join(root, "usr/lib/mysql/plugin")}`,
      `--datadir=${data}`,
    ];
    mysql.#folder.prepareOnce("mysql", data, () =>
      mysql.#folder.prepare(loader, [...server, "--initialize-insecure"]),
    );
    const settings = [
      ...(address ? mysql.#tls(address) : ["--skip-networking"]),
      ...["--mysqlx=OFF", `--socket=${mysql.socket}`],
      ...["--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0", "--secure-file-priv=NULL"],
      "--plugin-load-add=auth_socket.so",
      ...Object.entries(parameters).map(([name, value]) => `--${name}=${value}`),
      ...options,
    ];
    await mysql.#folder.serve(loader, [...server, ...settings], "ready for connections");
    await mysql.arrange(...masterRole, configuration);
    return mysql;
  }

  /** Kills the server, and starts it again. */
  async crash(): Promise<void> {
    await this.#folder.crash();
    await this.keepCommits();
  }

  /** Ends the server in order, and starts it again with more options than before. */
  async restart(options: readonly string[]): Promise<void> {
    // With nothing left to write, as one that may only read must find it.
    await this.#folder.restart("SIGTERM", options);
  }

  /** What is committed survives a crash, as on Aurora: by default, a second of it stays in memory. */
  keepCommits(): Promise<void> {
    return this.arrange("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
  }

  stop(): Promise<void> {
    return this.#folder.remove("SIGKILL");
  }

  #tls(address: string): string[] {
    const { certificate, key, pem } = this.#folder.certify(address);
    this.pem = pem;
    return [
      ...[`--bind-address=${address}`, "--port=3306", "--require-secure-transport=ON"],
      ...[`--ssl-ca=${certificate}`, `--ssl-cert=${certificate}`, `--ssl-key=${key}`],
    ];
  }

  /** Of the master user, who no longer gets in without it. */
  setPassword(password: string): Promise<void> {
    this.#password = password;
    const quoted = password.replaceAll("\\", "\\\\").replaceAll("'", "''");
    return this.arrange(`ALTER USER ${MASTER} IDENTIFIED BY '${quoted}'`);
  }

  /** By which clients on this machine connect. */
  get socket(): string {
    return join(this.#folder.data, "socket");
  }

  /** Drops all that the tests made, and makes the database anew. */
  async reset(): Promise<void> {
    await this.arrange(
      "DROP DATABASE IF EXISTS demo_db",
      "DROP DATABASE IF EXISTS demoxdb",
      "DROP USER IF EXISTS iam_demo_user, `select`, accounting, auditing",
      "SET GLOBAL read_only = OFF",
      "UPDATE mysql.rds_configuration SET value = NULL",
      ...Object.entries(parameters).map(([name, value]) => `SET GLOBAL ${name} = ${value}`),
      "CREATE DATABASE demo_db",
      "RESET BINARY LOGS AND GTIDS",
    );
  }

  /** Statements of the administrator. */
  arrange(...statements: string[]): Promise<void> {
    return this.#execute(this.superuser, statements);
  }

  /** The same of the master user, in the tests' database. */
  prepare(...statements: string[]): Promise<void> {
    return this.#execute(MASTER, ["USE demo_db", ...statements]);
  }

  /**
   * Reads a file the way `db_setup_command` and `db_insert_command` do: what the person reads.
   * @param user who runs it. @default - the master user
   */
  run(sql: string, user: string = MASTER): Promise<Result> {
    return this.#client(user, ["--database=demo_db"], sql);
  }

  /** Rows of one statement's answer, columns separated by tabs; or the error. */
  async query(user: string, statement: string): Promise<string[] | string> {
    return answered(await this.#client(user, ask(statement)));
  }

  /** Waits until a statement answers with one row, which is this. */
  async until(user: string, statement: string, row: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await this.query(user, statement);
      if (answer.length === 1 && answer[0] === row) return;
      if (Date.now() > deadline) throw new Error(`${statement}: ${answer} and not ${row}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The same of the master user, before anything else happens in this process. */
  queryNow(statement: string): string[] | string {
    const args = this.#arguments(MASTER, ask(statement));
    const { status, stdout, stderr } = spawnSync(loader, args, {
      cwd: this.#folder.path,
      env: this.#environment(MASTER),
      encoding: "utf8",
    });
    return answered({ code: status ?? 1, stdout, stderr });
  }

  /** Lets the user log in without a token. */
  letIn(user: string): Promise<void> {
    return this.arrange(`ALTER USER ${user} IDENTIFIED WITH caching_sha2_password BY ''`);
  }

  /** The end of the binary log, such as `binlog.000001@158`. */
  async position(): Promise<string> {
    const [status = ""] = await this.query(this.superuser, "SHOW BINARY LOG STATUS");
    return status.split("\t").slice(0, 2).join("@");
  }

  /** The binary log's rows, as somebody reads them who replicates from a position on; or the error. */
  async binaryLog(user: string, position = "binlog.000001@4"): Promise<string> {
    const [file = "", offset] = position.split("@");
    const { code, stdout, stderr } = await client(
      loader,
      [
        ...program("usr/bin/mysqlbinlog"),
        ...[`--socket=${this.socket}`, `--user=${user}`, "--read-from-remote-server"],
        ...[
          "--verbose",
          "--base64-output=DECODE-ROWS",
          "--to-last-log",
          `--start-position=${offset}`,
          file,
        ],
      ],
      { cwd: this.#folder.path },
    );
    return code === 0 ? stdout : stderr;
  }

  async #execute(user: string, statements: string[]): Promise<void> {
    const { code, stderr } = await this.#client(user, [], `${statements.join(";\n")};\n`);
    if (code !== 0) throw new Error(stderr);
  }

  #client(user: string, args: string[], input?: string): Promise<Result> {
    const env = this.#environment(user);
    return client(loader, this.#arguments(user, args), { cwd: this.#folder.path, input, env });
  }

  #environment(user: string): NodeJS.ProcessEnv {
    return { ...process.env, ...(user === MASTER && { MYSQL_PWD: this.#password }) };
  }

  #arguments(user: string, args: string[]): string[] {
    const connection = [`--socket=${this.socket}`, `--user=${user}`];
    return [...program("usr/bin/mysql"), ...connection, ...args];
  }
}

const ask = (statement: string) => [
  "--database=demo_db",
  "--raw",
  "--skip-column-names",
  `--execute=${statement}`,
];

function answered({ code, stdout, stderr }: Result): string[] | string {
  return code === 0 ? stdout.split("\n").slice(0, -1) : stderr.trim();
}
