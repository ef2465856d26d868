import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { allowEgressCommand } from "../../outputs/output";
import { describeUnless } from "../standin/judges";

interface Rule {
  readonly cidr: string;
  readonly port_start: number;
  readonly port_end?: number;
}

const list = "redpanda_connect.allowed_destination_cidr_ports";

/**
 * Why the API takes no such update: a body that is not the cluster's fields alone, no mask, and what the
 * definition of `CidrPort` says of a rule and of their number.
 * @see https://github.com/redpanda-data/api-docs/blob/52f5a28/cloud-controlplane/cloud-controlplane.yaml (CidrPort, RedpandaConnect)
 * @see https://github.com/redpanda-data/skills (cloud-byoc, clusters-and-agent.md: patterns, unique rules, update_mask)
 */
function refusal(mask: string | null, body: string): string | undefined {
  if (!mask) return "update_mask: value is required";
  if (mask !== list) return `update_mask: ${mask} is no field`;
  const update: { redpanda_connect?: { allowed_destination_cidr_ports?: Rule[] } } =
    // An empty body is a message without fields, as gRPC's gateway reads it.
    body === "" ? {} : JSON.parse(body);
  const [unknown] = Object.keys(update).filter((name) => name !== "redpanda_connect");
  if (unknown) return `unknown field "${unknown}"`;
  const rules = update.redpanda_connect?.allowed_destination_cidr_ports ?? [];
  if (rules.length > 16) return `${list}: value must contain no more than 16 item(s)`;
  const keys = rules.map((rule) => [rule.cidr, rule.port_start, rule.port_end ?? 0].join(":"));
  if (new Set(keys).size < keys.length) return `${list}: repeated value must contain unique items`;
  const isPort = (port: unknown, least: number) =>
    Number.isInteger(port) && Number(port) >= least && Number(port) <= 65535;
  const wrong = rules.find(
    ({ cidr, port_start, port_end = 0 }) =>
      !/^([0-9]{1,3}\.){3}[0-9]{1,3}\/[0-9]{1,2}$/.test(cidr) ||
      !isPort(port_start, 1) ||
      !isPort(port_end, 0) ||
      (port_end !== 0 && port_end < port_start),
  );
  return wrong && `${list}: ${JSON.stringify(wrong)}`;
}

/** The API tells `port_end` of every rule: of one port, it is the same as `port_start`. */
const told = (rules: readonly Rule[]) =>
  rules.map(({ cidr, port_start, port_end }) => ({
    cidr,
    port_start,
    port_end: port_end || port_start,
  }));

/** A cluster's rules behind Redpanda's API, and what the command for some rules did to them. */
async function allowed(
  rules: readonly Rule[],
  before: readonly Rule[] | undefined,
  { token = "canary-token", broken = false } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "egress-"));
  writeFileSync(join(folder, "rpk"), `#!/bin/sh\n[ "$*" = "cloud auth token" ] && echo ${token}\n`);
  chmodSync(join(folder, "rpk"), 0o755);
  let after = before;
  const answer = async (request: IncomingMessage) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://api");
    const body = await text(request);
    if (request.headers.authorization !== "Bearer canary-token") return { status: 401 };
    if (pathname !== "/v1/clusters/curl3eo533cmsnt23dv0") return { status: 404 };
    if (request.method === "GET") {
      if (broken) return { status: 503 };
      const connect = { version: "4.108.0", ...(after && { [rulesOf]: told(after) }) };
      return { status: 200, body: { cluster: { name: "demo", redpanda_connect: connect } } };
    }
    if (request.method !== "PATCH") return { status: 501 };
    if (request.headers["content-type"] !== "application/json") return { status: 415 };
    const message = refusal(searchParams.get("update_mask"), body);
    if (message) return { status: 400, body: { code: "INVALID_ARGUMENT", message } };
    after = body === "" ? [] : JSON.parse(body).redpanda_connect[rulesOf];
    return { status: 202, body: { operation: { state: "STATE_IN_PROGRESS" } } };
  };
  const api = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status).end(body && JSON.stringify(body));
  });
  await once(api.listen(0, "127.0.0.1"), "listening");
  const command = allowEgressCommand("rules")
    .replaceAll(
      "https://api.redpanda.com",
      `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    )
    .replaceAll("${var.redpanda_cluster_id}", "curl3eo533cmsnt23dv0")
    .replace("${jsonencode(rules)}", JSON.stringify(rules));
  const run = spawn("/bin/sh", ["-c", command], {
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(run.stdout),
    text(run.stderr),
    once(run, "exit"),
  ]);
  await once(api.close(), "close");
  rmSync(folder, { recursive: true });
  return { code, stdout, stderr, after };
}

const rulesOf = "allowed_destination_cidr_ports";
const database: Rule = { cidr: "10.0.1.0/24", port_start: 5432, port_end: 5432 };
const others: Rule = { cidr: "10.9.0.0/16", port_start: 8000, port_end: 8100 };
const lacking = ["curl", "jq"]
  .filter((program) => spawnSync(program, ["--version"]).status !== 0)
  .map((program) => `no ${program} on the PATH`);

describeUnless(lacking, "allow_egress_command", () => {
  test("adds its rules to a list that is not there yet", async () => {
    expect(await allowed([database], undefined)).toEqual({
      code: 0,
      stdout: '{"operation":{"state":"STATE_IN_PROGRESS"}}',
      stderr: "",
      after: [database],
    });
  });

  test("leaves the rules that there are, and may be run again", async () => {
    const { after } = await allowed([database], [others]);
    expect(after).toEqual([database, others]);
    expect(await allowed([database], after)).toMatchObject({ code: 0, after: [database, others] });
  });

  test("knows a rule again that the API tells with a port_end of its own", async () => {
    const { cidr, port_start } = database;
    expect((await allowed([database], [{ cidr, port_start }])).after).toEqual([database]);
  });

  test("says why the API refuses more than 16 rules", async () => {
    const sixteen = Array.from({ length: 16 }, (_, i) => ({ ...others, cidr: `10.${i}.0.0/16` }));
    expect(await allowed([database], sixteen)).toEqual({
      code: 22,
      stdout: `{"code":"INVALID_ARGUMENT","message":"${list}: value must contain no more than 16 item(s)"}`,
      stderr: "curl: (22) The requested URL returned error: 400\n",
      after: sixteen,
    });
  });

  test.each([
    ["rpk is not logged in", { token: "" }, 401],
    ["the API does not tell them", { broken: true }, 503],
  ])("takes no rule away where %s", async (_, state, status) => {
    expect(await allowed([database], [others], state)).toEqual({
      code: 1,
      stdout: "",
      stderr: `curl: (22) The requested URL returned error: ${status}\n`,
      after: [others],
    });
  });
});
