import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { type ProviderSchema, schemaMessage } from "./schema";

const PROTOCOL = loadSync(join(__dirname, "tfplugin6.proto"), {
  keepCase: true,
  longs: Number,
  defaults: true,
})["tfplugin6.Provider"] as grpc.ServiceDefinition;

/** Schemas are encoded once: they are large, and every Terraform process asks for them. */
const encodedSchemas = new WeakMap<ProviderSchema, Buffer>();

function encodedSchema(schema: ProviderSchema): Buffer {
  const known = encodedSchemas.get(schema);
  if (known) return known;
  const encoded = PROTOCOL.GetProviderSchema?.responseSerialize(schemaMessage(schema));
  encodedSchemas.set(schema, encoded as Buffer);
  return encoded as Buffer;
}

const SERVICE: grpc.ServiceDefinition = {
  ...PROTOCOL,
  GetProviderSchema: {
    ...(PROTOCOL.GetProviderSchema as grpc.MethodDefinition<unknown, unknown>),
    responseSerialize: (schema) => encodedSchema(schema as ProviderSchema),
  },
};

/** What answers the calls of the protocol, by their names. */
export type Answering = object;

/**
 * Providers on sockets. Terraform, told of them by an environment variable, neither downloads nor
 * starts any. It must not run by `spawnSync`: nobody would answer it.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#running-terraform-with-a-provider-in-debug-mode
 */
export class Sockets {
  /**
   * @param answering makes a provider for each connection: Terraform opens one for each configuration,
   * aliases included
   */
  static async open(
    schemas: readonly ProviderSchema[],
    answering: (schema: ProviderSchema) => Answering,
  ): Promise<Sockets> {
    const sockets = new Sockets(schemas);
    await Promise.all(schemas.map((schema, index) => sockets.#listen(schema, index, answering)));
    return sockets;
  }

  readonly #servers: Server[] = [];
  readonly #connections = new Set<grpc.Server>();
  /** Short, because names of sockets end at 107 bytes. */
  readonly #folder = mkdtempSync(join(tmpdir(), "tf-"));
  /** Terraform kills the process that it is told of when a socket does not answer: so not this one. */
  readonly #expendable = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });

  private constructor(private readonly schemas: readonly ProviderSchema[]) {}

  /** For `TF_REATTACH_PROVIDERS`, in the environment of `terraform` or of a program that runs it. */
  get attached(): Record<string, unknown> {
    const attached = this.schemas.map(({ address }, index) => [
      address,
      {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: this.#expendable.pid,
        Test: true,
        Addr: { Network: "unix", String: join(this.#folder, String(index)) },
      },
    ]);
    return Object.fromEntries(attached);
  }

  /** Ends everything that was started. */
  async close(): Promise<void> {
    const closed = this.#servers.map((server) => once(server, "close"));
    for (const server of this.#servers) server.close();
    for (const connection of this.#connections) connection.forceShutdown();
    this.#expendable.kill();
    await Promise.all([...closed, once(this.#expendable, "exit")]);
    rmSync(this.#folder, { recursive: true });
  }

  async #listen(
    schema: ProviderSchema,
    index: number,
    answering: (schema: ProviderSchema) => Answering,
  ): Promise<void> {
    const server = createServer((socket) => {
      const connection = new grpc.Server({
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
      });
      connection.addService(SERVICE, handlers(answering(schema)));
      connection
        .createConnectionInjector(grpc.ServerCredentials.createInsecure())
        .injectConnection(socket);
      this.#connections.add(connection);
      socket.once("close", () => this.#connections.delete(connection));
    });
    this.#servers.push(server);
    await once(server.listen(join(this.#folder, String(index))), "listening");
  }
}

function handlers(provider: Answering): grpc.UntypedServiceImplementation {
  const implementation: grpc.UntypedServiceImplementation = {};
  for (const name of Object.keys(SERVICE)) {
    const answer = provider[name as keyof Answering] as (request: unknown) => unknown;
    const handle: grpc.handleUnaryCall<unknown, unknown> = async ({ request }, callback) => {
      try {
        callback(null, await answer.call(provider, request));
      } catch (error) {
        callback({ code: grpc.status.INTERNAL, details: String((error as Error).stack) });
      }
    };
    implementation[name] = handle;
  }
  return implementation;
}
