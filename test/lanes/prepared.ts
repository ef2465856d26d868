import { rmSync } from "node:fs";
import { join } from "node:path";
import { moduleWith } from "../modules";
import { clientFolder, Mysql, missing as missingMysql } from "../sql/mysql";
import {
  missing as missingPostgres,
  Postgres,
  type PostgresServer,
  servers,
} from "../sql/postgres";
import { client, loopback, missingForTls, type Result } from "../sql/server";
import { missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import type { Connector } from "./byoc";

const password = "of-the-master-user";
/** Of the user who writes to the topic: such as a YAML file would stumble over. */
const saslPassword = `a "quoted" \\ 'one': # \${x} {`;
const user = "iam_demo_user";

/** An engine's real server, and how the lanes' input reads it. */
export interface Database {
  readonly name: string;
  readonly stack: "aurora-postgres" | "aurora-mysql";
  readonly start: (address: string) => Promise<Server>;
  /** By which the module's commands get the password. */
  readonly passwordVariable: "PGPASSWORD" | "MYSQL_PWD";
}

interface Server {
  readonly pem: string;
  /** The lanes' input that reads what a connector with this DSN would. */
  readonly input: (dsn: string) => Connector;
  readonly postgres?: Postgres;
  readonly mysql?: Mysql;
  /** Statements of the master user. */
  write(sql: string): Promise<Result>;
  /** How many read the log; in MySQL also those that were killed, until the next row. */
  readers(): Promise<number>;
  /** Lets the pipeline's user log in without a token, and do what RDS lets members of its roles do. */
  letIn(): Promise<void>;
  crash(): Promise<void>;
  stop(): Promise<void>;
}

async function numberFrom(server: Postgres | Mysql, rows: string): Promise<number> {
  return Number((await server.query(server.superuser, `SELECT count(*) FROM ${rows}`))[0]);
}

async function startPostgres(server: PostgresServer, address: string): Promise<Server> {
  const postgres = await Postgres.start(server, { address });
  await postgres.reset();
  await postgres.setPassword(password);
  return {
    pem: postgres.pem,
    input: () => ({ lane_postgres: { dsn: postgres.dsn(user) } }),
    postgres,
    write: (sql) => postgres.run("changes.sql", sql),
    readers: () => numberFrom(postgres, "pg_replication_slots WHERE active"),
    letIn: () => postgres.letReplicate(user),
    crash: () => postgres.crash(),
    stop: () => postgres.stop(),
  };
}

async function startMysql(address: string): Promise<Server> {
  const mysql = await Mysql.start(address);
  await mysql.keepCommits();
  await mysql.reset();
  await mysql.setPassword(password);
  return {
    pem: mysql.pem,
    input: (dsn) => ({
      lane_mysql: { socket: mysql.socket, user, database: /\)\/([^?]+)/.exec(dsn)?.[1] },
    }),
    mysql,
    write: (sql) => mysql.run(sql),
    readers: () =>
      numberFrom(mysql, "information_schema.processlist WHERE command LIKE 'Binlog Dump%'"),
    letIn: () => mysql.letIn(user),
    crash: () => mysql.crash(),
    stop: () => mysql.stop(),
  };
}

const [newest, ...older] = servers.map(
  (server): Database => ({
    name: server.name,
    stack: "aurora-postgres",
    start: (address) => startPostgres(server, address),
    passwordVariable: "PGPASSWORD",
  }),
);

/** Other versions of PostgreSQL on this machine, in `npm run test:long`. */
export const olderDatabases: readonly Database[] = process.env.LONG ? older : [];

/** The newest PostgreSQL on this machine, and MySQL. */
export const databases: readonly Database[] = [
  ...(newest ? [newest] : []),
  ...(missingMysql.length > 0
    ? []
    : [
        {
          name: "MySQL",
          stack: "aurora-mysql",
          start: startMysql,
          passwordVariable: "MYSQL_PWD",
        } satisfies Database,
      ]),
];

/** What a prepared database lacks on this machine. */
export const missing: readonly string[] = [
  ...missingTerraform(),
  ...missingForTls,
  ...missingPostgres,
  ...missingMysql,
];

export interface PreparedProps {
  /** Of the module. */
  readonly variables?: Record<string, unknown>;
  /** Statements of the master user, before the setup: tables of people's own. */
  readonly tables?: string;
  /** The module's flags. @default - those of everybody */
  readonly flags?: Readonly<Record<string, string>>;
}

/** A real database, prepared by a module's own `db_setup_command`. */
export class Prepared {
  private constructor(
    readonly database: Database,
    readonly server: Server,
    /** Where the database listens: the port is the engine's own. */
    readonly address: string,
    readonly workspace: Workspace,
    private readonly clients: string,
    private readonly output: Record<string, unknown>,
  ) {}

  static async start(database: Database, { variables, tables = "", flags }: PreparedProps = {}) {
    const address = loopback();
    const server = await database.start(address);
    const workspace = await Workspace.create({
      ...moduleWith(database.stack, flags && synthesized(flags)),
      variables: {
        db_password: password,
        rp_sasl_password: saslPassword,
        rds_ca_pem: server.pem,
        ...variables,
      },
      answers: { aws_rds_cluster: { endpoint: address } },
    });
    const { code, diagnostics } = await workspace.apply();
    if (code !== 0) throw new Error(JSON.stringify(diagnostics));
    const output = await workspace.output();
    const prepared = new Prepared(database, server, address, workspace, clientFolder(), output);
    await prepared.write(tables);
    await prepared.run("db_setup_command");
    await server.letIn();
    return prepared;
  }

  /** One of the module's own commands, as somebody pastes it whom nobody asks for a password. */
  command(output: string): string {
    return String(this.output[output]).replace(" --password ", " ");
  }

  /** Where it is pasted. `path` comes first in the PATH. */
  surroundings(env: NodeJS.ProcessEnv = process.env, path = "") {
    return {
      cwd: this.workspace.dir,
      env: {
        ...env,
        PATH: [path, this.clients, process.env.PATH].filter(Boolean).join(":"),
        [this.database.passwordVariable]: password,
      },
    };
  }

  /**
   * Runs one of the module's own commands, in its folder, and gives what it prints.
   * @throws {Error} with what it says when it fails
   */
  async run(output: string, surroundings = this.surroundings()): Promise<string> {
    const { code, stdout, stderr } = await client("sh", ["-c", this.command(output)], surroundings);
    if (code !== 0) throw new Error(`${output}: ${stderr}`);
    return stdout;
  }

  /** Statements of the master user, which must succeed. */
  async write(sql: string): Promise<void> {
    const { code, stderr } = await this.server.write(sql);
    if (code !== 0) throw new Error(stderr);
  }

  /** Gives the pipeline's user a password, by whoever stands in for RDS, since nobody here has tokens. */
  async givePassword(): Promise<string> {
    const token = "in-the-place-of-a-token";
    await this.server.postgres?.takeToken(user, token);
    await this.server.mysql?.arrange(
      `ALTER USER ${user} IDENTIFIED WITH caching_sha2_password BY '${token}'`,
    );
    return token;
  }

  /** A file in the module's folder. */
  file(name: string): string {
    return join(this.workspace.dir, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.server.stop(), this.workspace.close()]);
    rmSync(this.clients, { recursive: true });
  }
}
