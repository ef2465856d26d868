import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** As the service account has them, and as they must appear nowhere. */
export const account = { id: "canary-client-id", secret: "canary-client-secret" };

export const id = "curl3eo533cmsnt23dv0";

/**
 * What the API says of the cluster in the hand-written original's README. `redpanda_connect` is in
 * redpanda-data/terraform-provider-redpanda, internal/schemagen/data/apidescriptions.yaml.
 */
export const cluster = {
  id,
  name: "demo",
  state: "STATE_READY",
  type: "TYPE_BYOC",
  cloud_provider: "CLOUD_PROVIDER_AWS",
  connection_type: "CONNECTION_TYPE_PUBLIC",
  region: "us-east-2",
  zones: ["use2-az1"],
  nat_gateways: ["3.139.175.89"],
  redpanda_connect: { version: "4.92.0" },
  customer_managed_resources: null,
};

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly authorization?: string;
  readonly body: string;
}

/** An answer: JSON, unless `body` is a string; `undefined`: none at all. */
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** Stands in for both servers of Redpanda Cloud, on the loopback. */
export class RedpandaCloud {
  readonly asked: Asked[] = [];
  /** What the next requests get; by default a new token each time, and the cluster. */
  token: () => Answer | undefined = () => ({
    body: {
      access_token: `canary-token-${this.tokens}`,
      expires_in: 36000,
      token_type: "Bearer",
    },
  });
  cluster: (asked: Asked) => Answer | undefined = () => ({ body: { cluster } });

  private readonly server = createServer((request, response) => void this.serve(request, response));

  static async start(): Promise<RedpandaCloud> {
    const cloud = new RedpandaCloud();
    await new Promise<void>((resolve) => cloud.server.listen(0, "127.0.0.1", resolve));
    return cloud;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many tokens were asked for. */
  get tokens(): number {
    return this.asked.filter(({ path }) => path === "/oauth/token").length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path, headers } = request;
    const asked = { method, path, authorization: headers.authorization, body: await text(request) };
    this.asked.push(asked);
    const answer = path === "/oauth/token" ? this.token() : this.cluster(asked);
    if (!answer) return;
    const { status = 200, headers: more = {}, body } = answer;
    response.writeHead(status, { "content-type": "application/json", ...more });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}
