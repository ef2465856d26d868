import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jars, javaOptions, missingJars } from "./kafka";
import type { Prepared } from "./prepared";
import { Process } from "./process";

/** What the tests with Debezium lack on this machine. */
export const missing: readonly string[] = [
  ...missingJars("debezium"),
  // A program of one file is compiled as it starts.
  ...(spawnSync("javac", ["-version"]).status === 0 ? [] : ["no javac on the PATH"]),
];

/** A change as Debezium tells it. */
export interface Event {
  /** Such as `orders`. */
  readonly table: string;
  /** `c`reate, `u`pdate, `d`elete, or `r`ead by the snapshot. */
  readonly op: "c" | "u" | "d" | "r";
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** A process in which one Debezium runs after the other: loading it takes longer than most tests. */
let shared: Process | undefined;

/** Ends the process that all of them have. */
export async function endDebezium(): Promise<void> {
  await shared?.end();
  shared = undefined;
}

/**
 * Debezium, a change data capture that knows nothing of ours, on what a module has prepared: its user,
 * its slot and publication, or the binary log.
 */
export class Debezium {
  private constructor(private readonly process: Process) {}

  /** All so far. Its log comes the same way. */
  get events(): Event[] {
    const lines = this.process.log.matchAll(/^lane\.(?:public|demo_db)\.(\w+) (\{.*)$/gm);
    return [...lines].map(([, table, value]) => ({ table, ...JSON.parse(value ?? "") }));
  }

  /**
   * Waits for a line in its log.
   * @throws {Error} with the log, after `timeout` milliseconds
   */
  said(text: string | RegExp, timeout?: number): Promise<void> {
    return this.process.said(text, timeout);
  }

  /** Why it stopped: the error, and those that caused it. */
  async end(timeout: number): Promise<string> {
    await this.said("Debezium ended: ", timeout);
    return this.process.log.slice(this.process.log.indexOf("Debezium ended: "));
  }

  /** Stops it, if it still runs. */
  async stop(): Promise<void> {
    this.process.ask("");
    await this.said("Debezium is stopped\n");
  }

  /**
   * @param snapshot whether it reads first what is there
   * @param tables the only ones it may look at. @default - whatever the database lets it see
   */
  static async start(
    prepared: Prepared,
    { snapshot = false, tables }: { readonly snapshot?: boolean; readonly tables?: string[] } = {},
  ): Promise<Debezium> {
    const { server, address, workspace } = prepared;
    const password = await prepared.givePassword();
    const file = prepared.file(`debezium-${readdirSync(workspace.dir).length}.properties`);
    writeFileSync(
      file,
      Object.entries({
        name: "lane",
        "topic.prefix": "lane",
        "offset.storage": "org.apache.kafka.connect.storage.MemoryOffsetBackingStore",
        "database.hostname": address,
        "database.user": "iam_demo_user",
        "database.password": password,
        "snapshot.mode": snapshot ? "initial" : "no_data",
        "converter.schemas.enable": "false",
        "errors.max.retries": "0",
        ...(server.postgres
          ? {
              "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
              "database.port": "5432",
              "database.dbname": "demo_db",
              "database.sslmode": "require",
              "plugin.name": "pgoutput",
              "slot.name": "rpcn_iam_test",
              "publication.name": "pglog_stream_rpcn_iam_test",
              "publication.autocreate.mode": "disabled",
              "slot.max.retries": "0",
              // By default it leaves out columns of types that it does not know.
              "include.unknown.datatypes": "true",
              ...(tables && {
                "table.include.list": tables.map((table) => `public.${table}`).join(","),
              }),
            }
          : {
              "connector.class": "io.debezium.connector.mysql.MySqlConnector",
              "database.port": "3306",
              "database.server.id": "5400",
              "database.ssl.mode": "required",
              "database.include.list": "demo_db",
              "schema.history.internal": "io.debezium.relational.history.MemorySchemaHistory",
              ...(tables && {
                "table.include.list": tables.map((table) => `demo_db.${table}`).join(","),
              }),
            }),
      })
        .map(([key, value]) => `${key}=${value}\n`)
        .join(""),
    );
    if (!shared?.isRunning) {
      shared = new Process(
        "java",
        [
          ...[...javaOptions, "-Dorg.apache.logging.log4j.level=INFO"],
          ...["-cp", `${jars("debezium")}/*`, join(__dirname, "debezium/Debezium.java")],
        ],
        { cwd: tmpdir(), isAsked: true },
      );
    }
    shared.log = "";
    shared.ask(file);
    return new Debezium(shared);
  }
}
