import type { Engine } from "../../../engines/engine";
import { type Cloud, CloudError, getAny, proxyOf } from "../../discover/request";
import { withToken } from "../../discover/token";
import { cacheFolder } from "../../private-cache";
import { type Answer, answerOf } from "../../programs/answer";
import { askAws } from "../../programs/aws";
import { askDatabase } from "../../programs/database-client";
import { type Around, run } from "../../programs/run";
import { asCommand, inRegion } from "../../programs/shell";
import type { Names } from "../names";
import type { Account, Question } from "./check";

/** A question with its names filled in, as a person would ask it. */
export interface Asking {
  /** For a shell, or an HTTP request. */
  readonly command: string;
  readonly answer: () => Promise<Answer>;
}

/** What the questions are asked with. */
export interface Tools {
  /** The module's folder. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly engine: Engine;
  readonly cloud: Cloud;
  /** For one program, in milliseconds. */
  readonly limit: number;
  /** The file with the database's certificates, from the module's folder. @default - the default workspace's */
  readonly caFile?: string;
  /** Profile of the AWS CLI for each account. @default - the environment's credentials */
  readonly profiles: Readonly<Partial<Record<Account, string>>>;
  /** Takes a warning. */
  readonly warn: (text: string) => void;
}

/** Asks AWS, Redpanda Cloud and the database, each by what the person at the keyboard has for it. */
export class Asker {
  private token: string | undefined;
  /** Origin of the cluster's data plane API, once the cluster was asked for. */
  dataPlane: string | undefined;

  constructor(private readonly tools: Tools) {}

  /** @throws {MissingName} where the module does not tell a name in the question */
  asking(question: Question, names: Names): Asking {
    const { engine } = this.tools;
    if ("aws" in question) {
      const profile = this.tools.profiles[question.account];
      const args = [
        ...inRegion(question.aws).map((word) => filled(word, names)),
        ...["--output", "json"],
        ...(profile ? ["--profile", profile] : []),
      ];
      return { command: asCommand("aws", args), answer: () => askAws(args, this.around) };
    }
    if ("sql" in question) {
      const sql = filled(question.sql, names);
      const connection = {
        host: filled("<db_cluster_endpoint>", names),
        port: filled("<db_port>", names),
        user: filled("<db_username>", names),
        database: filled("<db_name>", names),
        caFile: this.tools.caFile ?? "generated_rds-ca.pem",
      };
      const args = engine.client.query(connection, sql);
      return {
        command: asCommand(engine.client.program, args),
        answer: () => askDatabase(engine, connection, sql, this.around),
      };
    }
    if ("rpk" in question) {
      return {
        command: asCommand("rpk", question.rpk),
        answer: async () =>
          answerOf("rpk", await run("rpk", question.rpk, this.around), (text) => text),
      };
    }
    const path = filled(question.get, names, encodeURIComponent);
    const origin =
      question.plane === "control" ? this.tools.cloud.api : (this.dataPlane ?? "<data plane>");
    return { command: `GET ${origin}${path}`, answer: () => this.get(question.plane, path) };
  }

  private get around(): Around {
    const { folder, environment, limit } = this.tools;
    return { cwd: folder, environment, limit };
  }

  private async get(plane: "control" | "data", path: string): Promise<Answer> {
    const { environment, warn } = this.tools;
    const cloud = { ...this.tools.cloud, proxy: proxyOf(environment) };
    const { REDPANDA_CLIENT_ID: id, REDPANDA_CLIENT_SECRET: secret } = environment;
    if (!id || !secret) {
      return {
        refused: "REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET are not in the environment.",
      };
    }
    const origin = plane === "control" ? cloud.api : this.dataPlane;
    // The token goes nowhere but to whom Redpanda Cloud itself names.
    if (!origin) return { refused: "Redpanda Cloud has not told where the cluster's API is." };
    const ask = (token: string) => {
      this.token = token;
      return getAny({ url: `${origin}${path}`, token, cloud });
    };
    try {
      const around = { cloud, cache: cacheFolder(environment), warn };
      return {
        value: this.token ? await ask(this.token) : await withToken({ id, secret }, around, ask),
      };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return { code: String(error.status), says: error.message };
    }
  }
}

/** Names that stand in no state: an answer tells them to the questions after it. */
const told = new Set(["access_key_id"]);

/** A name that nothing tells, or that must not stand in a command. */
export class MissingName extends Error {
  constructor(name: string, problem?: string) {
    const who = told.has(name) ? "No answer before this tells" : "The module's state does not tell";
    super(problem ?? `${who} ${name}.`);
  }
}

/** What a shell, SQL or a URL would read as more than a name. */
const unsafe = /[\s'"`\\;$<>|&]|^-/;

function filled(text: string, names: Names, encode = (value: string) => value): string {
  return text.replace(/<([a-z][a-z_]+)>/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new MissingName(name);
    if (unsafe.test(value)) throw new MissingName(name, `The state's ${name} is no name.`);
    return encode(value);
  });
}
