import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { redpandaCloud } from "../../../../commands/discover/request";
import { Asker } from "../../../../commands/doctor/live/ask";
import { checksOf } from "../../../../commands/doctor/live/checks";
import { live } from "../../../../commands/doctor/live/command";
import type { LiveReport } from "../../../../commands/doctor/live/report-schema";
import { postgres } from "../../../../engines/postgres";
import { describeUnless } from "../../../standin/judges";
import { accessKeyUser, dbConnectRole, kinds, shown } from "./module";
import { answerTo } from "./wire";

const isThere = spawnSync("aws", ["--version"]).status === 0;

describeUnless(isThere ? [] : ["no aws on the PATH"], "By the AWS CLI itself", () => {
  let folder: string;
  let server: Server;
  /** Status, code and message of errors, by the action that they answer. */
  let refusals: Readonly<Record<string, readonly [number, string, string]>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "aws-"));
    server = createServer(async (request, response) => {
      const parameters = new URLSearchParams(await text(request));
      const key = /Credential=(\w+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const [status, code, message] = refusals[parameters.get("Action") ?? ""] ?? [200];
      response
        .writeHead(status, { "content-type": "text/xml" })
        .end(
          code
            ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`
            : answerTo(parameters, key),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    writeFileSync(join(folder, "state.json"), JSON.stringify(shown));
    writeFileSync(join(folder, "a.auto.tfvars"), 'redpanda_aws_profile = "redpanda"\n');
    writeFileSync(
      join(folder, "config"),
      ["database", "redpanda"]
        .map(
          (profile) =>
            `[profile ${profile}]\naws_access_key_id = AKIA${profile.toUpperCase()}\naws_secret_access_key = x\n`,
        )
        .join(""),
    );
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    refusals = {};
  });

  const environment = (config: string): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, config),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_MAX_ATTEMPTS: "1",
  });

  /** What it says of AWS, by check. */
  async function look(config = "config"): Promise<Record<string, string>> {
    let printed = "";
    await live(
      { state: join(folder, "state.json"), json: true },
      (json) => {
        printed += json;
      },
      {
        environment: environment(config),
      },
    );
    const { checks } = JSON.parse(printed) as LiveReport;
    return Object.fromEntries(
      checks
        .filter(({ command }) => command?.startsWith("aws "))
        .map(({ id, state, says }) => [id, `${state}: ${says}`]),
    );
  }

  test("every command is taken, and every answer is understood", async () => {
    expect(await look()).toMatchInlineSnapshot(`
{
  "assume-policy": "ok: demo-assume-dbconnect-policy allows sts:AssumeRole on arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.",
  "assume-role": "ok: sts:AssumeRole on arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user: allowed.",
  "cluster": "ok: It is available, IAM authentication is on, and demo-aurora-pg-1 is in sync.",
  "connect-account": "ok: They are of arn:aws:iam::861276079005:user/operator.",
  "connect-as-user": "ok: rds-db:connect as iam_demo_user: allowed.",
  "database-account": "ok: They are of arn:aws:iam::111122223333:user/operator.",
  "parameters": "ok: rds.logical_replication is 1, rds.iam_auth_for_replication is 1, rds.force_ssl is 1.",
  "principal": "ok: arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline exists, without a boundary, last used 2026-11-20T18:00:00Z.",
  "security-group": "unclear: It lets in 3.139.175.89/32 on port 5432. The cluster's NAT gateways are not known here.",
  "trust": "ok: It trusts arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.",
  "writer-address": "ok: It has one, and is available.",
}
`);
  });

  test("so they are of a user with an access key", async () => {
    const kind = kinds.find(({ isUser }) => isUser) as (typeof kinds)[number];
    const asker = new Asker({
      folder,
      environment: environment("config"),
      engine: postgres,
      cloud: redpandaCloud,
      limit: 30_000,
      profiles: { connect: "database" },
      warn: () => undefined,
    });
    const ids = ["principal", "access-key", "access-key-use", "assume-policy"];
    const said: Record<string, string> = {};
    for (const check of checksOf(kind, kind.names).filter(({ id }) => ids.includes(id))) {
      const answer = await asker.asking(check.question, kind.names).answer();
      const { value } = answer as { value: unknown };
      const { state, says } = check.judge(check.read(value), { names: kind.names });
      said[check.id] = `${state}: ${says.replace(/\d+ days/, "some days")}`;
    }
    expect(said).toEqual({
      principal: `ok: ${accessKeyUser} exists, without a boundary.`,
      "access-key":
        "ok: The access key that ends in MPLE is active, created on 2026-01-02, some days ago.",
      "access-key-use":
        "unclear: It was never used: the pipeline has another key, or has not come so far. AWS tells a use some hours late.",
      "assume-policy": `ok: demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole}.`,
    });
  });

  test("a refusal is told by its code", async () => {
    refusals = {
      GetRole: [404, "NoSuchEntity", "The role with name x cannot be found."],
      GetRolePolicy: [403, "AccessDenied", "User: x is not authorized"],
      DescribeDBClusters: [404, "DBClusterNotFoundFault", "DBCluster demo not found."],
      DescribeDBClusterParameters: [400, "Throttling", "Rate exceeded"],
      DescribeSecurityGroups: [403, "UnauthorizedOperation", "You are not authorized"],
    };
    expect(await look()).toMatchInlineSnapshot(`
{
  "assume-policy": "skipped: AccessDenied: User: x is not authorized",
  "assume-role": "ok: sts:AssumeRole on arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user: allowed.",
  "cluster": "broken: There is no cluster demo-aurora-pg in us-east-2.",
  "connect-account": "ok: They are of arn:aws:iam::861276079005:user/operator.",
  "connect-as-user": "ok: rds-db:connect as iam_demo_user: allowed.",
  "database-account": "ok: They are of arn:aws:iam::111122223333:user/operator.",
  "parameters": "skipped: Throttling: Rate exceeded",
  "principal": "broken: There is no role redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline: pipelines of this cluster have no role of their own.",
  "security-group": "skipped: UnauthorizedOperation: You are not authorized",
  "trust": "broken: There is no role demo-allow_connect_to_aurora-iam-demo-user.",
  "writer-address": "ok: It has one, and is available.",
}
`);
  });

  test("it says itself what is missing", async () => {
    expect((await look("none"))["connect-account"]).toBe(
      "skipped: aws ended with code 255 and said: The config profile (redpanda) could not be found",
    );
  });
});
