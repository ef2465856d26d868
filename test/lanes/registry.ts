import { tmpdir } from "node:os";
import type { Made } from "./byoc";
import { Process } from "./process";
import { program } from "./programs";

/** A column's type in Avro, beside null. */
export type Avro =
  | string
  | {
      readonly type: string;
      readonly logicalType?: string;
      readonly items?: string;
      readonly precision?: number;
      readonly scale?: number;
    };

export interface Field {
  readonly name: string;
  readonly type: readonly ["null", Avro];
}

/** A Schema Registry with the module's user and ACLs: `registry/`. */
export class Registry {
  readonly #process: Process;

  private constructor(
    process: Process,
    readonly url: string,
  ) {
    this.#process = process;
  }

  static async start({ users, registryAcls }: Pick<Made, "users" | "registryAcls">) {
    const [user] = users;
    const acls = registryAcls.map(({ resource_type, pattern_type, resource_name, operation }) =>
      [resource_type, pattern_type, resource_name, operation].join(":"),
    );
    const args = [user?.name ?? "", user?.password_wo ?? "", ...acls];
    const started = new Process(await program("registry"), args, { cwd: tmpdir() });
    await started.said(/^http:.*\n/);
    return new Registry(started, started.log.split("\n")[0] ?? "");
  }

  /** What was asked so far, such as `POST /subjects/demo.topic-orders/versions`, by the pipeline's user. */
  get asked(): string[] {
    return this.#process.log.split("\n").filter((line) => / \/(?:subjects|schemas)\//.test(line));
  }

  /** The newest schema of a subject. */
  async latest(subject: string): Promise<{ readonly fields: readonly Field[] }> {
    const answer = await fetch(`${this.url}/subjects/${subject}/versions/latest`, asAdministrator);
    return JSON.parse(JSON.parse(await answer.text()).schema);
  }

  /** Lets any schema follow another one. */
  async takeAll(subject: string): Promise<void> {
    const body = JSON.stringify({ compatibility: "NONE" });
    await fetch(`${this.url}/config/${subject}`, { method: "PUT", ...asAdministrator, body });
  }

  stop(): Promise<void> {
    return this.#process.end();
  }
}

const asAdministrator = { headers: { authorization: `Basic ${btoa("admin:")}` } };
