import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DiscoverOptions, discover } from "../../../commands/discover/command";
import { UsageError } from "../../../commands/usage-error";
import { account, cluster, id, RedpandaCloud } from "./redpanda-cloud";

let cloud: RedpandaCloud;
let folder: string;
beforeEach(async () => {
  cloud = await RedpandaCloud.start();
  folder = mkdtempSync(join(tmpdir(), "discover-"));
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const service = { REDPANDA_CLIENT_ID: account.id, REDPANDA_CLIENT_SECRET: account.secret };

/** One run of the command, with a cache that is the test's own. */
async function run(options: DiscoverOptions = { cluster: id }, { timeout = 30_000 } = {}) {
  const output = { code: -1, stdout: "", stderr: "" };
  output.code = await discover(options, {
    environment: { ...service, XDG_CACHE_HOME: folder },
    print: (text) => {
      output.stdout += text;
    },
    warn: (text) => {
      output.stderr += text;
    },
    cloud: { auth: cloud.url, api: cloud.url, timeout },
  });
  expect(JSON.stringify(output)).not.toContain("canary");
  return output;
}

const cache = () => join(folder, "rpcn-aurora");
const kept = () => join(cache(), readdirSync(cache())[0] as string);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

const lines = `# The Redpanda cluster runs in us-east-2. The variable region is Aurora's, which may differ.
redpanda_cidr       = "3.139.175.89/32"
redpanda_cluster_id = "curl3eo533cmsnt23dv0"
`;

describe("rpcn-aurora discover", () => {
  test("prints the lines, and says what they mean", async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: lines,
      stderr: `Cluster curl3eo533cmsnt23dv0 "demo": BYOC, AWS, us-east-2
- NAT gateway: pipelines come from 3.139.175.89, the one address to let in.
- Redpanda Connect: 4.92.0, which logs in with IAM.
- Private addresses: pipelines reach none, because no rule allows one. Public ones they reach. A module with --network routed or peering prints the call that adds its rule: allow_egress_command.
- AWS account: the API does not report it. Set redpanda_aws_acct_id to what \`aws sts get-caller-identity --query Account\` prints with the profile of the account in which the cluster runs.
`,
    });
    expect(cloud.asked).toEqual([
      {
        method: "POST",
        path: "/oauth/token",
        authorization: undefined,
        body: "grant_type=client_credentials&client_id=canary-client-id&client_secret=canary-client-secret&audience=cloudv2-production.redpanda.cloud",
      },
      {
        method: "GET",
        path: "/v1/clusters/curl3eo533cmsnt23dv0",
        authorization: "Bearer canary-token-1",
        body: "",
      },
    ]);
  });

  test.each([
    'redpanda_vpc_cidrs = ["10.0.0.0/16"]\n',
    'redpanda_route_table_ids = ["rtb-0aaaaaaaaaaaaaaa1"]\n',
  ])("adds no NAT gateway to the values of a private network: %s", async (values) => {
    const tfvars = join(folder, "private.tfvars");
    writeFileSync(tfvars, values);
    const { code, stdout } = await run({ cluster: id, tfvars });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Wrote redpanda_cluster_id to ${tfvars}.\n`,
    });
    expect(readFileSync(tfvars, "utf8")).not.toContain("redpanda_cidr");
  });

  test("writes them into a file, once", async () => {
    const tfvars = join(folder, "my.tfvars");
    writeFileSync(
      tfvars,
      '# Ours.\nredpanda_cidr = "192.0.2.1/32" # the old one\nregion="us-west-2"\n',
    );
    const { code, stdout } = await run({ cluster: id, tfvars });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Wrote redpanda_cidr, redpanda_cluster_id to ${tfvars}.\n`,
    });
    const written = `# Ours.
redpanda_cidr = "3.139.175.89/32" # the old one
region="us-west-2"

redpanda_cluster_id = "curl3eo533cmsnt23dv0"
`;
    expect(readFileSync(tfvars, "utf8")).toBe(written);

    expect(await run({ cluster: id, tfvars })).toMatchObject({
      code: 0,
      stdout: `${tfvars} already has these values.\n`,
    });
    expect(readFileSync(tfvars, "utf8")).toBe(written);
  });

  test("tells account and several addresses of a BYOVPC cluster, and takes an old address away", async () => {
    const aws = {
      agent_instance_profile: { arn: "arn:aws:iam::012345678901:instance-profile/agent" },
      something_new: ["not a resource"],
    };
    const differences = {
      nat_gateways: ["3.139.175.90", "3.139.175.89"],
      customer_managed_resources: { aws, gcp: null },
    };
    cloud.cluster = () => ({ body: { cluster: { ...cluster, ...differences } } });
    expect(await run()).toMatchObject({
      code: 0,
      stdout: `# The Redpanda cluster runs in us-east-2. The variable region is Aurora's, which may differ.
redpanda_cidrs       = ["3.139.175.89/32", "3.139.175.90/32"]
redpanda_aws_acct_id = "012345678901"
redpanda_cluster_id  = "curl3eo533cmsnt23dv0"
`,
    });
    const tfvars = join(folder, "my.tfvars");
    writeFileSync(tfvars, 'redpanda_cidr = "192.0.2.1/32"\nredpanda_aws_acct_id = "1"\n');
    await run({ cluster: id, tfvars });
    expect(readFileSync(tfvars, "utf8")).toBe(`redpanda_cidr = null
redpanda_aws_acct_id = "012345678901"

redpanda_cidrs      = ["3.139.175.89/32", "3.139.175.90/32"]
redpanda_cluster_id = "curl3eo533cmsnt23dv0"
`);
  });

  test("writes nothing for a cluster that no module fits", async () => {
    cloud.cluster = () => ({ body: { cluster: { ...cluster, type: "TYPE_SERVERLESS" } } });
    const tfvars = join(folder, "my.tfvars");
    writeFileSync(tfvars, "");
    expect(await run({ cluster: id, tfvars })).toEqual({
      code: 1,
      stdout: "",
      stderr: `Cluster curl3eo533cmsnt23dv0 "demo": SERVERLESS, AWS, us-east-2
- The cluster's type is SERVERLESS, and a module with a pipeline requires BYOC or DEDICATED. Run Redpanda Connect on a host of your own instead, which may write to this cluster: \`rpcn-aurora synth --topology ec2 --output redpanda\`.
`,
    });
    expect(readFileSync(tfvars, "utf8")).toBe("");
  });

  test("takes networks as well as addresses, each once", async () => {
    const nat_gateways = ["3.139.175.89/32", "3.139.175.89", "18.220.7.45/28"];
    cloud.cluster = () => ({ body: { cluster: { ...cluster, nat_gateways } } });
    const { code, stdout, stderr } = await run();
    expect({ code, line: stdout.split("\n")[1] }).toEqual({
      code: 0,
      line: 'redpanda_cidrs      = ["18.220.7.32/28", "3.139.175.89/32"]',
    });
    expect(stderr).toContain(
      "NAT gateways: pipelines come from any of 18.220.7.32/28, 3.139.175.89, so redpanda_cidrs lets in all of them.",
    );
  });

  test("without a cluster, lists those there are, page by page", async () => {
    const other = { id: "d0000000000000000001", name: "x\u001b[2J", state: "STATE_CREATING" };
    cloud.cluster = ({ path }) =>
      path === "/v1/clusters"
        ? { body: { clusters: [cluster], next_page_token: "a/b" } }
        : { body: { clusters: [other], next_page_token: "" } };
    expect(await run({})).toEqual({
      code: 0,
      stdout: `curl3eo533cmsnt23dv0  "demo"        BYOC  AWS  us-east-2  READY
d0000000000000000001  "x\\u001b[2J"  -     -    -          CREATING
`,
      stderr: "Give one of the clusters' ids as --cluster.\n",
    });
    expect(cloud.asked.map(({ path }) => path)).toEqual([
      "/oauth/token",
      "/v1/clusters",
      "/v1/clusters?page_token=a%2Fb",
    ]);
  });

  test("ends the list with an empty page, whatever token comes with it", async () => {
    cloud.cluster = () => ({ body: { clusters: [], next_page_token: "again" } });
    expect(await run({})).toEqual({
      code: 0,
      stdout: "",
      stderr:
        "The service account sees no cluster. Give it a role on one: Redpanda Cloud > Organization IAM > Service accounts.\n",
    });
    expect(cloud.asked).toHaveLength(2);
  });

  test("leaves an address in the file that only the operator can know", async () => {
    cloud.cluster = () => ({ body: { cluster: { ...cluster, nat_gateways: [] } } });
    const tfvars = join(folder, "my.tfvars");
    const hub = `redpanda_cidr = "192.0.2.1/32"\nredpanda_cluster_id = "${id}"\n`;
    writeFileSync(tfvars, hub);
    expect(await run({ cluster: id, tfvars })).toMatchObject({ code: 0 });
    expect(readFileSync(tfvars, "utf8")).toBe(hub);
  });
});

describe("Nothing is asked before options and environment are right", () => {
  test("all problems are told at once, without the secret", async () => {
    const tfvars = join(folder, "none.tfvars");
    const nothing = { environment: {}, print: fail, warn: fail };
    await expect(discover({ cluster: "CURL3EO", tfvars }, nothing)).rejects.toEqual(
      new UsageError(`--cluster is "CURL3EO". It must be a cluster's id, 20 lower-case letters and digits such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview, or \`rpcn-aurora discover\`, which lists them.
REDPANDA_CLIENT_ID is not in the environment. Set it to the service account's: Redpanda Cloud > Organization IAM > Service accounts.
REDPANDA_CLIENT_SECRET is not in the environment. Set it to the service account's: Redpanda Cloud > Organization IAM > Service accounts.
--tfvars is "${tfvars}", which cannot be read (ENOENT). It must be a file of lines name = value: copy one of those in tfvars/, or leave --tfvars out to see the lines.`),
    );
    const environment = { REDPANDA_CLIENT_ID: "id", REDPANDA_CLIENT_SECRET: "canary\n" };
    await expect(discover({ tfvars: "/dev/null" }, { ...nothing, environment })).rejects.toEqual(
      new UsageError(`--tfvars also requires --cluster or --aurora: \`rpcn-aurora discover\` alone lists the clusters of Redpanda.
REDPANDA_CLIENT_SECRET (not shown) contains a space or a line break: copy it again without.`),
    );
  });

  test("a file that cannot be edited is refused", async () => {
    const tfvars = join(folder, "my.tfvars");
    writeFileSync(tfvars, 'region = "us-east-2"\n\nname_prefix = "demo\n');
    await expect(run({ cluster: id, tfvars })).rejects.toEqual(
      new UsageError(
        `--tfvars is "${tfvars}", which cannot be edited: line 3: the value of name_prefix is not a plain one. It must be a file of lines name = value: copy one of those in tfvars/, or leave --tfvars out to see the lines.`,
      ),
    );
    writeFileSync(tfvars, Buffer.from([0x23, 0xff, 0x0a]));
    await expect(run({ cluster: id, tfvars })).rejects.toEqual(
      new UsageError(
        `--tfvars is "${tfvars}", which cannot be edited: it is not UTF-8. It must be a file of lines name = value: copy one of those in tfvars/, or leave --tfvars out to see the lines.`,
      ),
    );
    expect(cloud.asked).toEqual([]);
  });
});

describe("What Redpanda Cloud says no to, or does not say, ends with 1 and a message", () => {
  const wayOut = "Check the network and its firewall. A proxy is used where HTTPS_PROXY names it.";
  const inBetween =
    "Redpanda Cloud never answers this kind of request so: something in between, such as a proxy, may have answered.";
  const unknown =
    "REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET must be those of one service account that still exists: Redpanda Cloud > Organization IAM > Service accounts.";
  // A server that repeats what it was sent must not make us print it.
  const echo = { error: "access_denied", error_description: account.secret };

  test.each([
    ["401", 401, {}, unknown],
    ["403", 403, {}, unknown],
    ["503", 503, {}, "Redpanda Cloud has a problem: try again in a few minutes."],
    ["a redirection", 307, { location: "http://127.0.0.1:1/canary" }, inBetween],
  ])("%s for the service account", async (_name, status, headers, message) => {
    cloud.token = () => ({ status, headers, body: echo });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/oauth/token answered HTTP ${status}. ${message}\n`,
    });
    expect(cloud.asked).toHaveLength(1);
    expect(existsSync(cache())).toBe(false);
  });

  test.each([
    ["b=per_day;q=300;r=0;t=3600", " (b=per_day;q=300;r=0;t=3600)"],
    ["canary repeated", ""],
  ])("429 for the service account, with the quota %j", async (header, shown) => {
    cloud.token = () => ({
      status: 429,
      headers: { "Auth0-Organization-Quota-Limit": header },
      body: { error: "too_many_requests", error_description: "Organization quota exceeded" },
    });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/oauth/token answered HTTP 429. The organisation's quota of tokens for today is used up${shown}. Every login with a service account counts, those of Terraform's provider too. Until it is renewed, take the values from Redpanda Cloud > the cluster > Overview. Once issued, a token is kept in ${cache()}, and used until it expires.\n`,
    });
  });

  test.each([
    [401, {}, "The API does not accept the token that Redpanda Cloud has just issued. Try again."],
    [
      403,
      {},
      "The service account may not see this cluster. Give it a role that may, on the cluster or on its resource group: Redpanda Cloud > Organization IAM > Service accounts.",
    ],
    [
      404,
      {},
      "The service account's organisation has no cluster with this id. `rpcn-aurora discover` shows its clusters; REDPANDA_CLIENT_ID may belong to another organisation.",
    ],
    [429, {}, "Too many requests: try again in a minute."],
    [429, { "retry-after": "7" }, "Too many requests: try again in 7 seconds."],
    [500, {}, "Redpanda Cloud has a problem: try again in a few minutes."],
    [418, {}, inBetween],
  ])("%i for the cluster (%j)", async (status, headers, message) => {
    cloud.cluster = ({ authorization }) => ({ status, headers, body: { message: authorization } });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/v1/clusters/${id} answered HTTP ${status}. ${message}\n`,
    });
  });

  test.each([["/oauth/token"], [`/v1/clusters/${id}`]])("no answer from %s", async (path) => {
    if (path === "/oauth/token") cloud.token = () => undefined;
    else cloud.cluster = () => undefined;
    expect(await run({ cluster: id }, { timeout: 300 })).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}${path} did not answer within 0.3 seconds. ${wayOut}\n`,
    });
  });

  test("no server", async () => {
    const { url } = cloud;
    await cloud.stop();
    const output = { stdout: "", stderr: "" };
    const code = await discover(
      { cluster: id },
      {
        environment: { ...service, XDG_CACHE_HOME: folder },
        print: fail,
        warn: (text) => {
          output.stderr += text;
        },
        cloud: { auth: url, api: url, timeout: 30_000 },
      },
    );
    expect({ code, ...output }).toEqual({
      code: 1,
      stdout: "",
      stderr: `${url}/oauth/token cannot be reached (ECONNREFUSED). ${wayOut}\n`,
    });
    cloud = await RedpandaCloud.start();
  });

  test.each([
    ["a page", "<html>canary</html>"],
    ["half an answer", '{"cluster": {"name": "canary'],
  ])("%s instead of JSON", async (_name, body) => {
    cloud.cluster = () => ({ body });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/v1/clusters/${id} did not answer in JSON. Something in between, such as a proxy or the login page of a network, may have answered.\n`,
    });
  });

  test.each([
    [[], "  the answer: Invalid input: expected object, received array"],
    [{}, "  cluster: Invalid input: expected object, received undefined"],
    [
      { cluster: { nat_gateways: ["3.139.175.89/33", "canary"], region: 'x"\ncanary' } },
      `  cluster.region: Invalid string: must match pattern /^[a-z0-9-]*$/
  cluster.nat_gateways.0: must be an IPv4 address, with or without a prefix length
  cluster.nat_gateways.1: must be an IPv4 address, with or without a prefix length`,
    ],
    [
      {
        cluster: {
          nat_gateways: [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1/32",
            "192.168.0.1",
            "172.31.0.0/16",
            "3.0.0.0/15",
          ],
        },
      },
      `  cluster.nat_gateways.0: is 0.0.0.0, and must be public: no pipeline comes from there
  cluster.nat_gateways.1: is 10.1.2.3, and must be public: no pipeline comes from there
  cluster.nat_gateways.2: is 100.64.0.1/32, and must be public: no pipeline comes from there
  cluster.nat_gateways.3: is 192.168.0.1, and must be public: no pipeline comes from there
  cluster.nat_gateways.4: is 172.31.0.0/16, and must be public: no pipeline comes from there
  cluster.nat_gateways.5: is 3.0.0.0/15, and must be /16 or smaller`,
    ],
  ])("another shape: %j", async (body, problems) => {
    cloud.cluster = () => ({ body });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/v1/clusters/${id} returned what this version does not understand:
${problems}
Until a newer version does, take the values from Redpanda Cloud > the cluster > Overview.
`,
    });
  });

  test("a token that fits into no header", async () => {
    cloud.token = () => ({ body: { access_token: "canary\r\nx: y" } });
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: `${cloud.url}/oauth/token returned what this version does not understand:
  access_token: must be printable ASCII
Until a newer version does, take the values from Redpanda Cloud > the cluster > Overview.
`,
    });
  });
});

describe("The token", () => {
  const authorizations = () =>
    cloud.asked.flatMap(({ authorization }) => (authorization ? [authorization] : []));

  test("is asked for once, and kept where nobody else can read it", async () => {
    await run();
    await run();
    expect(cloud.tokens).toBe(1);
    expect(authorizations()).toEqual(["Bearer canary-token-1", "Bearer canary-token-1"]);
    expect([modeOf(cache()), modeOf(kept())]).toEqual(["700", "600"]);
    expect(readdirSync(cache())).toHaveLength(1);
    expect(readFileSync(kept(), "utf8")).not.toContain("canary-client");
  });

  test("is kept as well where the server does not say for how long it is good", async () => {
    cloud.token = () => ({ body: { access_token: "canary-token" } });
    await run();
    await run();
    expect(cloud.tokens).toBe(1);
  });

  test("is another one for another service account", async () => {
    await run();
    const before = service.REDPANDA_CLIENT_ID;
    service.REDPANDA_CLIENT_ID = "canary-other-id";
    await run();
    service.REDPANDA_CLIENT_ID = before;
    await run();
    expect(cloud.tokens).toBe(2);
  });

  test("is asked for anew in its last minute", async () => {
    cloud.token = () => ({ body: { access_token: "canary-token", expires_in: 59 } });
    await run();
    await run();
    expect(cloud.tokens).toBe(2);
  });

  test("is asked for anew, once, when it is refused", async () => {
    await run();
    cloud.cluster = ({ authorization }) =>
      authorization === "Bearer canary-token-1" ? { status: 401, body: {} } : { body: { cluster } };
    expect(await run()).toMatchObject({ code: 0, stdout: lines });
    expect(await run()).toMatchObject({ code: 0 });
    expect(cloud.tokens).toBe(2);
  });

  test("is not asked for anew when the cluster is not to be seen", async () => {
    await run();
    cloud.cluster = () => ({ status: 403, body: {} });
    expect(await run()).toMatchObject({ code: 1 });
    expect(cloud.tokens).toBe(1);
  });

  test.each<[string, () => void]>([
    ["readable by others", () => chmodSync(kept(), 0o644)],
    ["in a folder that others may write", () => chmodSync(cache(), 0o777)],
    ["no JSON", () => writeFileSync(kept(), "{")],
    ["of another shape", () => writeFileSync(kept(), '{"token": 1}')],
    [
      "a link to a file elsewhere",
      () => {
        const elsewhere = join(folder, "elsewhere");
        writeFileSync(elsewhere, readFileSync(kept()), { mode: 0o600 });
        const link = kept();
        rmSync(link);
        symlinkSync(elsewhere, link);
      },
    ],
    [
      "a folder",
      () => {
        const path = kept();
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])("is not trusted when its file is %s, and kept anew", async (_name, spoil) => {
    await run();
    spoil();
    await run();
    await run();
    expect(cloud.tokens).toBe(2);
    expect(authorizations().slice(1)).toEqual(["Bearer canary-token-2", "Bearer canary-token-2"]);
    expect([modeOf(cache()), modeOf(kept())]).toEqual(["700", "600"]);
    const elsewhere = join(folder, "elsewhere");
    if (existsSync(elsewhere)) {
      expect(readFileSync(elsewhere, "utf8")).toContain("canary-token-1");
    }
  });

  test("that cannot be kept is used all the same", async () => {
    writeFileSync(cache(), "in the way");
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 0, stdout: lines });
    expect(stderr.split("\n")[0]).toBe(
      `Warning: the token cannot be kept in ${cache()} (ENOTDIR), so each run uses up another one of the organisation's daily quota. Set XDG_CACHE_HOME to a folder of your own.`,
    );
  });
});

function fail(text: string): never {
  throw new Error(`printed ${text}`);
}
