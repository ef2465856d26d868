import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Asked, askAurora } from "../../../../commands/discover/aurora/ask";
import { findings } from "../../../../commands/discover/aurora/findings";
import { questions } from "../../../../commands/discover/aurora/questions";
import type { Login } from "../../../../commands/discover/aurora/refusals";
import { discover } from "../../../../commands/discover/command";
import { describeUnless } from "../../../standin/judges";
import {
  type Answers,
  answersFor,
  arnOf,
  mysqlCluster,
  mysqlParameters,
  postgresCluster,
} from "./answers";
import { missingPython, python, type Server, serve } from "./python";

describeUnless(missingPython, "By the AWS CLI itself", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "aws-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the CLI finds around it: a key, and a server in place of AWS's. */
  const environment = (port: number): NodeJS.ProcessEnv => ({
    ...python,
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_DEFAULT_REGION: "us-east-2",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "x",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  });

  describe("At AWS's own wire format", () => {
    let server: Server;
    const plan = () => join(folder, "plan.json");
    beforeAll(async () => {
      server = await serve(join(__dirname, "wire.py"), [plan()]);
    });
    afterAll(() => server.stop());

    interface Plan {
      readonly answers?: Readonly<Record<string, object>>;
      /** Status, code and message, by action. */
      readonly refusals?: Readonly<Record<string, readonly [number, string, string]>>;
      /** Members of a list in one answer. */
      readonly page?: number;
    }

    const ask = (what: Plan, more: NodeJS.ProcessEnv = {}, login: Login = {}) => {
      writeFileSync(plan(), JSON.stringify(what));
      const around = {
        cwd: folder,
        environment: { ...environment(server.port), ...more },
        limit: 60_000,
      };
      return askAurora("orders", login, around);
    };

    /** As {@link answersFor} has them, by action. */
    const byAction = (answers: Answers) => ({
      DescribeDBClusters: answers["aws rds describe-db-clusters"],
      DescribeDBInstances: answers["aws rds describe-db-instances of"],
      DescribeDBClusterParameters: answers["aws rds describe-db-cluster-parameters"],
      DescribeDBSubnetGroups: answers["aws rds describe-db-subnet-groups"],
      DescribeSecurityGroups: answers["aws ec2 describe-security-groups"],
      DescribeBlueGreenDeployments: answers["aws rds describe-blue-green-deployments"],
      DescribeGlobalClusters: answers["aws rds describe-global-clusters"],
    });

    /** What must have been understood of them. */
    const understood = (given: Answers): Asked => {
      const answers = JSON.parse(JSON.stringify(given)) as Answers;
      return {
        cluster: questions.cluster("").answer.parse(answers["aws rds describe-db-clusters"]),
        instances: questions
          .instances("")
          .answer.parse(answers["aws rds describe-db-instances of"]),
        parameters: questions
          .parameters("")
          .answer.parse(answers["aws rds describe-db-cluster-parameters"]),
        subnetGroup: questions
          .subnetGroup("")
          .answer.parse(answers["aws rds describe-db-subnet-groups"]),
        securityGroups: questions
          .securityGroups([])
          .answer.parse(answers["aws ec2 describe-security-groups"]),
        deployments: questions
          .deployments()
          .answer.parse(answers["aws rds describe-blue-green-deployments"]),
        globalClusters: questions
          .globalClusters()
          .answer.parse(answers["aws rds describe-global-clusters"]),
        untold: [],
      };
    };

    test("every answer is understood, on two pages", async () => {
      const answers = answersFor();
      server.asked.length = 0;
      expect(await ask({ answers: byAction(answers), page: 4 })).toEqual(understood(answers));
      const of = (action: string) => server.asked.filter((one) => one === action).length;
      expect(of("DescribeDBClusterParameters")).toBe(2);
      expect(server.asked).toHaveLength(8);
    }, 120_000);

    // Fields that moto does not model: express configuration, Limitless, pending values, Serverless
    // v2's capacity, certificates, global members and deployments.
    test("every field that decides is one that AWS has", async () => {
      const cluster = {
        ...mysqlCluster,
        VPCNetworkingEnabled: true,
        ReplicationSourceIdentifier: arnOf("source"),
        PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
      };
      const answers = {
        ...answersFor(cluster, mysqlParameters),
        "aws rds describe-blue-green-deployments": {
          BlueGreenDeployments: [
            {
              BlueGreenDeploymentIdentifier: "bgd-1",
              Source: arnOf("orders"),
              Target: arnOf("green"),
              Status: "AVAILABLE",
            },
          ],
        },
        "aws rds describe-global-clusters": {
          GlobalClusters: [
            {
              GlobalClusterIdentifier: "world",
              GlobalClusterMembers: [{ DBClusterArn: arnOf("orders"), IsWriter: false }],
            },
          ],
        },
      };
      expect(await ask({ answers: byAction(answers) })).toEqual(understood(answers));
    }, 120_000);

    test("each denied action is named, and the cluster is known all the same", async () => {
      const { DescribeDBClusters, ...others } = byAction(answersFor());
      const refusals = Object.fromEntries(
        Object.keys(others).map((action) => [
          action,
          [
            403,
            action === "DescribeSecurityGroups" ? "UnauthorizedOperation" : "AccessDenied",
            `User: x is not authorized to perform: rds:${action}`,
          ] as const,
        ]),
      );
      const { untold, cluster } = await ask({ answers: { DescribeDBClusters }, refusals });
      expect(cluster.DBClusterIdentifier).toBe("orders");
      expect(untold.map((sentence) => sentence.split(". ")[0])).toEqual([
        "ec2:DescribeSecurityGroups is denied to these credentials",
        "rds:DescribeBlueGreenDeployments is denied to these credentials",
        "rds:DescribeDBClusterParameters is denied to these credentials",
        "rds:DescribeDBInstances is denied to these credentials",
        "rds:DescribeDBSubnetGroups is denied to these credentials",
        "rds:DescribeGlobalClusters is denied to these credentials",
      ]);
    }, 120_000);

    test("a cluster that is not there is looked for among the others", async () => {
      const refusals = {
        DescribeDBClusters: [404, "DBClusterNotFoundFault", "DBCluster orders not found."],
        DescribeDBInstances: [404, "DBInstanceNotFound", "DBInstance orders not found."],
      } as const;
      await expect(ask({ refusals }, {}, { region: "eu-west-1" })).rejects.toThrow(
        "There is no cluster orders in eu-west-1. Which there are is not known.",
      );
    }, 120_000);

    /** Nothing that names credentials. */
    const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    test.each<[string, NodeJS.ProcessEnv, Login, string]>([
      [
        "no credentials",
        nobody,
        {},
        "aws finds no credentials. Name a profile with --profile (`aws configure list-profiles` lists yours), or set AWS_PROFILE.",
      ],
      [
        "expired SSO",
        nobody,
        { profile: "sso" },
        "The SSO session has expired. Log in again: `aws sso login --profile sso`.",
      ],
      [
        "no such profile",
        {},
        { profile: "nobody" },
        'aws has no profile "nobody". `aws configure list-profiles` lists those there are.',
      ],
      [
        "no region",
        { AWS_DEFAULT_REGION: undefined, AWS_ENDPOINT_URL: undefined },
        {},
        "aws knows no region. Name the cluster's with --region, such as --region us-east-2.",
      ],
      [
        "no network",
        { AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
        {},
        "http://127.0.0.1:1/ cannot be reached. Check the region (--region), the network, and the proxy that HTTPS_PROXY names.",
      ],
    ])(
      "its own words are understood: %s",
      async (_case, more, login, message) => {
        // https://github.com/boto/botocore/blob/develop/botocore/tokens.py
        const cache = join(folder, ".aws/sso/cache");
        mkdirSync(cache, { recursive: true });
        const name = createHash("sha1").update("work").digest("hex");
        const token = { accessToken: "x", expiresAt: "2020-01-01T00:00:00Z" };
        writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
        writeFileSync(
          join(folder, "config"),
          `[profile sso]
sso_session = work
sso_account_id = 111122223333
sso_role_name = reader

[sso-session work]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-2
sso_registration_scopes = sso:account:access
`,
        );
        await expect(ask({}, more, login)).rejects.toThrow(message);
      },
      60_000,
    );

    test("every command that is asked or printed is one of the CLI's", () => {
      const lacking = findings(
        {
          ...understood(
            answersFor({
              ...postgresCluster,
              DBClusterParameterGroup: "default.aurora-postgresql16",
              IAMDatabaseAuthenticationEnabled: false,
              Status: "stopped",
            }),
          ),
          parameters: undefined,
          instances: [
            {
              ...questions.instance("").answer.parse(answersFor()["aws rds describe-db-instances"]),
              CertificateDetails: { ValidTill: "2024-08-22T17:08:50+00:00" },
            },
          ],
          deployments: [
            {
              BlueGreenDeploymentIdentifier: "bgd-1",
              Source: arnOf("orders"),
              Target: "",
              Status: "",
            },
          ],
        },
        {},
        { now: new Date(), chosen: () => undefined },
      ).steps.flatMap(({ commands }) => commands);
      expect(lacking.map((command) => command.split(" ")[2])).toEqual([
        "start-db-cluster",
        "switchover-blue-green-deployment",
        "modify-db-instance",
        "modify-db-cluster",
        "create-db-cluster-parameter-group",
        "modify-db-cluster-parameter-group",
        "modify-db-cluster",
        "reboot-db-instance",
        "reboot-db-instance",
      ]);
      const inSentences = [
        "aws rds promote-read-replica-db-cluster --db-cluster-identifier orders --region us-east-2",
        "aws rds describe-db-clusters --query DBClusters[].DBClusterIdentifier",
      ];
      const asked = [
        ...[questions.cluster("a"), questions.clusters(), questions.instance("a")],
        ...[questions.instances("a"), questions.parameters("a"), questions.subnetGroup("a")],
        ...[questions.securityGroups(["a", "b"]), questions.deployments()],
        questions.globalClusters(),
      ].map(({ args }) => args);
      writeFileSync(plan(), "{}");
      const wrong = ["rds", "modify-db-cluster", "--db-cluster-id", "orders", "--apply-now"];
      const run = [...[...lacking, ...inSentences].map(words), ...asked, wrong];
      const { stdout, stderr } = spawnSync("python3", [join(__dirname, "commands.py")], {
        input: JSON.stringify(run),
        env: environment(server.port),
        encoding: "utf8",
      });
      if (!stdout) throw new Error(stderr);
      const ended: { code: number; says: string }[] = JSON.parse(stdout);
      expect(ended.slice(0, -1)).toEqual(run.slice(0, -1).map(() => ({ code: 0, says: "" })));
      expect(ended.at(-1)?.code).not.toBe(0);
    }, 120_000);
  });

  // moto models clusters, groups, networks, rules and global databases, and neither default groups
  // nor a change of IAM authentication.
  describe("At moto, which keeps what it is told", () => {
    let server: Server;
    beforeAll(async () => {
      server = await serve(join(__dirname, "moto-server.py"), []);
    }, 60_000);
    afterAll(() => server.stop());

    async function run() {
      const output = { code: -1, stdout: "", stderr: "" };
      output.code = await discover(
        { aurora: "orders" },
        {
          environment: environment(server.port),
          print: (text) => {
            output.stdout += text;
          },
          warn: (text) => {
            output.stderr += text;
          },
          limit: 120_000,
        },
      );
      const plain = (text: string) =>
        text
          .replace(/\b(sg|vpc|subnet)-[0-9a-f]{17}/g, "$1-x")
          .replace(/cluster-\w{12}\./g, "cluster-x.")
          .replace(/rds!cluster-[\w-]+/g, "rds!cluster-x");
      return { ...output, stdout: plain(output.stdout), stderr: plain(output.stderr) };
    }

    test("what is missing is told, and no longer once the commands have run", async () => {
      const before = await run();
      expect({ ...before, stderr: "" }).toEqual({
        code: 0,
        stderr: "",
        stdout: `region                 = "us-east-2"
cluster_identifier     = "orders"
security_group_id      = "sg-x"
existing_ingress_cidrs = ["3.139.175.89/32"]
db_name                = "shop"
db_username            = "shop_admin"
`,
      });
      expect(
        before.stderr.split("Missing")[0],
      ).toBe(`Aurora cluster orders (account 123456789012, us-east-2): PostgreSQL 16.6, available
- Engine: aurora-postgresql 16.6, which postgres_cdc reads. The module: \`rpcn-aurora synth --aurora existing --engine postgres\`.
- Address: orders.cluster-x.us-east-2.rds.amazonaws.com:5432, which is public.
- Network: vpc-x, subnet group orders-subnets: subnet-x (us-east-2a).
- Security group: sg-x (orders-db). It lets in 3.139.175.89/32 on port 5432 already: existing_ingress_cidrs leaves these out, because AWS refuses a second rule for the same.
- Parameter group: default.aurora-postgresql16, AWS's own, in-sync: rds.logical_replication not set, rds.iam_auth_for_replication not set, rds.force_ssl not set, max_replication_slots not set, max_wal_senders not set.
- IAM authentication: off.
- Logs in CloudWatch: postgresql. iam-db-auth-error would tell why a login is refused; nothing requires it.
- Encryption: on, by default_kms_key_id. The pipeline needs no right to the key.
- Writer: orders-1, db.r6g.large, us-east-2a, available, public, rds-ca-default, parameters in-sync.
- Global database: primary of world. A switchover to another region ends the stream: its position is in this cluster.
- Master user: shop_admin, whose password RDS keeps in arn:aws:secretsmanager:us-east-2:123456789012:secret:rds!cluster-x: with master_secret_arn = null, it is taken from there.
- Data API: off.
`);
      const commands = before.stderr.match(/(?<=^ {5})aws .*$/gm) ?? [];
      expect(commands).toHaveLength(5);
      const { status, stderr } = spawnSync("sh", ["-e", "-c", commands.join("\n")], {
        env: environment(server.port),
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

      const after = await run();
      expect(after.stderr).toContain(
        "- Parameter group: orders-cdc, your own, in-sync: rds.logical_replication 1, rds.iam_auth_for_replication 1, ",
      );
      expect(after.stderr.match(/^\d[.].*$/gm)).toEqual([
        "1. Turn IAM authentication on: it is off. Costs nothing: no restart, and passwords go on working.",
      ]);
      expect(after.stdout).toBe(before.stdout);
    }, 240_000);
  });
});

/** A command as a shell reads it: its arguments, without the program. */
function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)]
    .slice(1)
    .map(([, quoted, word]) => quoted ?? word ?? "");
}
