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
import { laneInput, type Made, madeBy, makeOn, runPipeline, withInput } from "./byoc";
import { Kafka, missing as missingKafka } from "./kafka";
import { Process } from "./process";
import { programs, whyNoPrograms } from "./programs";

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
  readonly input: Record<string, Record<string, unknown>>;
  readonly postgres?: Postgres;
  readonly mysql?: Mysql;
  /** Statements of the master user. */
  write(sql: string): Promise<Result>;
  /** Lets the pipeline's user log in without a token, and do what RDS lets members of its roles do. */
  letIn(): Promise<void>;
  crash(): Promise<void>;
  stop(): Promise<void>;
}

async function startPostgres(server: PostgresServer, address: string): Promise<Server> {
  const postgres = await Postgres.start(server, address);
  await postgres.reset();
  await postgres.setPassword(password);
  return {
    pem: postgres.pem,
    input: { lane_postgres: { dsn: postgres.dsn(user) } },
    postgres,
    write: (sql) => postgres.run("changes.sql", sql),
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
    input: { lane_mysql: { socket: mysql.socket, user, database: "demo_db" } },
    mysql,
    write: (sql) => mysql.run(sql),
    letIn: () => mysql.letIn(user),
    crash: () => mysql.crash(),
    stop: () => mysql.stop(),
  };
}

/** The newest PostgreSQL on this machine, and MySQL. */
export const databases: readonly Database[] = [
  ...servers.slice(0, 1).map(
    (server): Database => ({
      name: server.name,
      stack: "aurora-postgres",
      start: (address) => startPostgres(server, address),
      passwordVariable: "PGPASSWORD",
    }),
  ),
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

/** What the lanes lack on this machine. */
export const missing: readonly string[] = [
  ...missingTerraform(),
  ...missingForTls,
  ...missingPostgres,
  ...missingMysql,
  ...missingKafka,
  ...whyNoPrograms(),
];

/** A record as `rpk topic consume` prints it. */
export interface Arrival {
  readonly key: string;
  readonly value: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly partition: number;
  readonly offset: number;
}

export interface LaneProps {
  /** Of the module. */
  readonly variables?: Record<string, unknown>;
  /** Statements of the master user, before the setup: tables of people's own. */
  readonly tables?: string;
}

/**
 * A module's whole way from the table to the topic: its own setup on a real database, its own topics,
 * users and ACLs on a real broker, and its own pipeline, but for the input, in real Redpanda Connect.
 */
export class Lane {
  /** Records of the topic, as `consume_command` has printed them so far. */
  readonly arrivals: Arrival[] = [];
  pipeline: Process | undefined;
  #consumer: Process | undefined;
  #output: Record<string, unknown> = {};

  private constructor(
    private readonly database: Database,
    readonly server: Server,
    readonly kafka: Kafka,
    private readonly workspace: Workspace,
    private readonly clients: string,
    readonly made: Made,
  ) {}

  /** Applies the module, prepares the database by `db_setup_command`, and makes what Redpanda makes. */
  static async start(database: Database, { variables, tables = "" }: LaneProps = {}) {
    const address = loopback();
    const [server, kafka] = await Promise.all([database.start(address), Kafka.start()]);
    const clients = clientFolder();
    const workspace = await Workspace.create({
      ...moduleWith(database.stack),
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
    const made = madeBy(workspace.calls);
    const lane = new Lane(database, server, kafka, workspace, clients, made);
    lane.#output = await workspace.output();
    await makeOn(kafka, made);
    await lane.write(tables);
    await lane.run("db_setup_command");
    await server.letIn();
    workspace.write(
      "lane.yaml",
      withInput(lane.generated, laneInput(lane.generated, server.input)),
    );
    return lane;
  }

  /** The configuration that the apply wrote. */
  get generated(): string {
    return this.workspace.read("generated_pipeline.yaml");
  }

  get topic(): string {
    return String(this.#output.cdc_output_topic);
  }

  /** Where the configuration is that {@link startPipeline} runs. */
  get file(): string {
    return join(this.workspace.dir, "lane.yaml");
  }

  /**
   * Runs one of the module's own commands, in its folder, and gives what it prints.
   * @throws {Error} with what it says when it fails
   */
  async run(output: string): Promise<string> {
    // Nobody is there to be asked for the password.
    const command = String(this.#output[output]).replace(" --password ", " ");
    const { code, stdout, stderr } = await client("sh", ["-c", command], this.#surroundings);
    if (code !== 0) throw new Error(`${output}: ${stderr}`);
    return stdout;
  }

  get #surroundings() {
    return {
      cwd: this.workspace.dir,
      env: {
        ...this.kafka.environment,
        PATH: `${this.clients}:${programs}:${process.env.PATH}`,
        [this.database.passwordVariable]: password,
      },
    };
  }

  /** Statements of the master user, which must succeed. */
  async write(sql: string): Promise<void> {
    const { code, stderr } = await this.server.write(sql);
    if (code !== 0) throw new Error(stderr);
  }

  /** Starts Redpanda Connect, and waits until it reads. */
  async startPipeline({ authority = this.kafka.authority } = {}): Promise<Process> {
    this.pipeline = await runPipeline(this.file, {
      brokers: this.kafka.address,
      authority,
      secrets: this.made.secrets,
      cwd: this.workspace.dir,
    });
    await this.pipeline.said("Input type lane_");
    return this.pipeline;
  }

  /** Lets `consume_command` run from now on, as {@link arrivals}. */
  startConsumer(): void {
    let text = "";
    const { env, cwd } = this.#surroundings;
    this.#consumer = new Process("sh", ["-c", `exec ${this.#output.consume_command}`], {
      cwd,
      env,
      onOutput: (more) => {
        const records = (text + more).split(/(?<=^\})\n/m);
        text = records.pop() ?? "";
        this.arrivals.push(...records.map((record) => JSON.parse(record) as Arrival));
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.pipeline?.end(), this.#consumer?.end()]);
    await Promise.all([this.kafka.stop(), this.server.stop(), this.workspace.close()]);
    rmSync(this.clients, { recursive: true });
  }
}
