import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discover } from "../../../commands/discover/command";
import { proxyOf, redpandaCloud } from "../../../commands/discover/request";
import { account, cluster, id, RedpandaCloud } from "./redpanda-cloud";

let cloud: RedpandaCloud;
let proxy: Server;
let folder: string;
/** What the proxy was asked to connect to. */
let tunnels: (string | undefined)[];
/** Whether it does. */
let isOpen: boolean;
const sockets = new Set<Socket>();

beforeEach(async () => {
  cloud = await RedpandaCloud.start();
  folder = mkdtempSync(join(tmpdir(), "proxy-"));
  tunnels = [];
  isOpen = true;
  proxy = createServer().on("connect", (request: IncomingMessage, client: Socket) => {
    sockets.add(client);
    tunnels.push(request.url);
    if (!isOpen) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const [host = "", port] = request.url?.split(":") ?? [];
    const server = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      server.pipe(client).pipe(server);
    });
    sockets.add(server);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => proxy.close(resolve));
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const address = () => `http://canary:canary@127.0.0.1:${(proxy.address() as AddressInfo).port}`;

async function run(environment: NodeJS.ProcessEnv, origin = cloud.url) {
  const output = { code: -1, stdout: "", stderr: "" };
  output.code = await discover(
    { cluster: id },
    {
      environment: {
        REDPANDA_CLIENT_ID: account.id,
        REDPANDA_CLIENT_SECRET: account.secret,
        XDG_CACHE_HOME: folder,
        ...environment,
      },
      print: (text) => {
        output.stdout += text;
      },
      warn: (text) => {
        output.stderr += text;
      },
      cloud: { auth: origin, api: origin, timeout: 10_000 },
    },
  );
  expect(JSON.stringify(output)).not.toContain("canary");
  return output;
}

test("requests go by the proxy that the environment names", async () => {
  const direct = await run({});
  expect(tunnels).toEqual([]);
  rmSync(join(folder, "rpcn-aurora"), { recursive: true });

  expect(await run({ HTTP_PROXY: address() })).toEqual(direct);
  const { host } = new URL(cloud.url);
  expect(tunnels).toEqual([host, host]);
  expect(cloud.asked.map(({ path }) => path)).toEqual([
    "/oauth/token",
    `/v1/clusters/${cluster.id}`,
    "/oauth/token",
    `/v1/clusters/${cluster.id}`,
  ]);
});

test("hosts that NO_PROXY excepts are asked directly", async () => {
  expect(await run({ http_proxy: address(), no_proxy: "127.0.0.1" })).toMatchObject({ code: 0 });
  expect(tunnels).toEqual([]);
});

test("Redpanda Cloud is asked through HTTPS_PROXY, and a refusal names the variable", async () => {
  isOpen = false;
  expect(await run({ HTTPS_PROXY: address() }, redpandaCloud.auth)).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "https://auth.prd.cloud.redpanda.com/oauth/token cannot be reached (the proxy answered HTTP 407). HTTPS_PROXY is set: check that this proxy lets the request through, or except the host by NO_PROXY.\n",
  });
  expect(tunnels).toEqual(["auth.prd.cloud.redpanda.com:443"]);
});

test("a proxy that is not there is told as well", async () => {
  expect(await run({ https_proxy: "http://127.0.0.1:1" }, redpandaCloud.auth)).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "https://auth.prd.cloud.redpanda.com/oauth/token cannot be reached (ECONNREFUSED). HTTPS_PROXY is set: check that this proxy lets the request through, or except the host by NO_PROXY.\n",
  });
});

test.each<[NodeJS.ProcessEnv, string, string | undefined]>([
  [{ HTTPS_PROXY: "http://a", https_proxy: "http://b" }, "https://api.redpanda.com", "http://b"],
  [{ HTTPS_PROXY: "http://a", HTTP_PROXY: "http://c" }, "http://api.redpanda.com", "http://c"],
  [{ HTTP_PROXY: "http://c" }, "https://api.redpanda.com", undefined],
  [{ HTTPS_PROXY: "http://a", NO_PROXY: "x, redpanda.com" }, "https://api.redpanda.com", undefined],
  [{ HTTPS_PROXY: "http://a", no_proxy: ".redpanda.com" }, "https://api.redpanda.com", undefined],
  [{ HTTPS_PROXY: "http://a", NO_PROXY: "*.redpanda.com" }, "https://redpanda.com", undefined],
  [{ HTTPS_PROXY: "http://a", NO_PROXY: "panda.com" }, "https://redpanda.com", "http://a"],
  [{ HTTPS_PROXY: "http://a", NO_PROXY: "*" }, "https://api.redpanda.com", undefined],
])("with %j, %s is asked through %s", (environment, url, proxy) => {
  expect(proxyOf(environment)?.of(new URL(url))).toBe(proxy);
});

test("no variable, no proxy", () => {
  expect(proxyOf({ HTTPS_PROXY: "", NO_PROXY: "x" })).toBeUndefined();
});
