import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flags } from "../combinations";
import { missingPython, python, type Server, serve } from "../commands/discover/aurora/python";
import { fitting, workspaceOf } from "../module-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { mirrorDirectory } from "../standin/mirror";
import type { Result } from "../standin/terraform";
import type { Workspace } from "../standin/workspace";
import { actionsIn, additions, documented, documentedForAlarms, without } from "./documented";
import { account, accounts, Gate, redpandaAccount, region } from "./gate";
import type { Policy } from "./mutants";

const missing = [
  ...missingTerraform(),
  ...missingPython,
  ...(mirrorDirectory() ? [] : ["no plugin mirror with hashicorp/aws on this machine"]),
];

/** What a user of the module does, in this order. */
const steps = ["apply", "plan", "change", "destroy"] as const;
type Step = (typeof steps)[number];

/** A module, and what its apply, a change of its values and a destroy add, change and remove. */
interface Case {
  readonly what: string;
  readonly flags: Flags;
  /** Of the page's table. @default - none: the policy is the page's, whole */
  readonly rows?: readonly string[];
  /** Whether a topic is told, which has a policy of its own. @default false */
  readonly alarms?: boolean;
  readonly counts: Readonly<Record<"apply" | "change" | "destroy", readonly number[]>>;
}

const cases: readonly Case[] = [
  {
    what: "with the flags as they are by default",
    flags: { engine: "postgres" },
    counts: { apply: [16, 0, 0], change: [3, 4, 3], destroy: [0, 0, 16] },
  },
  // A minute each and more, so in `npm run test:long` alone.
  ...(process.env.LONG ? others() : []),
];

function others(): Case[] {
  return [
    {
      what: "with Aurora MySQL",
      flags: { engine: "mysql" },
      counts: { apply: [20, 0, 0], change: [3, 4, 3], destroy: [0, 0, 20] },
    },
    {
      what: "with alarms",
      flags: { engine: "postgres" },
      alarms: true,
      counts: { apply: [24, 0, 0], change: [3, 5, 3], destroy: [0, 0, 24] },
    },
    {
      what: "with --grant attach",
      flags: { engine: "postgres", grant: "attach" },
      rows: ["--grant attach"],
      counts: { apply: [17, 0, 0], change: [3, 4, 3], destroy: [0, 0, 17] },
    },
    {
      what: "with --credentials static",
      flags: { engine: "postgres", credentials: "static" },
      rows: ["--credentials static"],
      counts: { apply: [20, 0, 0], change: [3, 4, 3], destroy: [0, 0, 20] },
    },
    {
      what: "with --database exec and a secret",
      flags: { engine: "postgres", database: "exec" },
      rows: ["--database exec"],
      counts: { apply: [17, 0, 0], change: [4, 4, 4], destroy: [0, 0, 17] },
    },
    {
      what: "with --database data-api",
      flags: { engine: "postgres", database: "data-api" },
      rows: ["--database data-api"],
      counts: { apply: [17, 0, 0], change: [4, 4, 4], destroy: [0, 0, 17] },
    },
    {
      what: "with --topology ec2",
      flags: { engine: "postgres", topology: "ec2" },
      rows: ["--topology ec2", "--host ec2"],
      counts: { apply: [14, 0, 0], change: [3, 2, 3], destroy: [0, 0, 14] },
    },
    {
      what: "with --topology ec2 --hops 2",
      flags: { engine: "postgres", topology: "ec2", hops: "2" },
      rows: ["--hops 2", "--topology ec2", "--host ec2"],
      counts: { apply: [16, 0, 0], change: [3, 2, 3], destroy: [0, 0, 16] },
    },
  ];
}

/** Only what fails is taken back. */
const takesBack = ["rds-data:RollbackTransaction"];

/** One run, instead of twenty and more in `npm run test:long`. */
const sample = ["ec2:AuthorizeSecurityGroupIngress", "iam:CreateRole"];

/** Values of another external id and database user. */
const changed = { external_id: "another-id", iam_auth_user: "another_user" };

const topic = `arn:aws:sns:${region}:${account}:on-call`;
const pipelineRole = "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline";

const [key, redpandaKey] = Object.keys(accounts);
const credentials = `[default]
aws_access_key_id = ${key}
aws_secret_access_key = x
[redpanda]
aws_access_key_id = ${redpandaKey}
aws_secret_access_key = x
`;

// Removed with the run.
const credentialsFile = join(mkdtempSync(join(tmpdir(), "aws-")), "credentials");
writeFileSync(credentialsFile, credentials);

describeUnless(
  missing,
  "The real AWS provider, before moto, which allows what the page does",
  () => {
    describe.each(cases)("$what", ({ flags, rows = [], alarms = false, counts }) => {
      const isByoc = flags.topology !== "ec2";
      const port = flags.engine === "mysql" ? 3306 : 5432;
      let moto: Server;
      let gate: Gate;
      let workspace: Workspace;
      let policy: Policy;
      /** Those of the policy that are to be proven here. */
      let proven: readonly string[];

      beforeAll(async () => {
        moto = await serve(join(__dirname, "../commands/discover/aurora/moto-ready.py"), [
          String(flags.engine),
        ]);
        const [secret = ""] = moto.asked;
        gate = await Gate.before(moto.port);
        if (flags.grant === "attach") {
          const document = '{"Version": "2012-10-17", "Statement": []}';
          await ask("CreateRole", { RoleName: pipelineRole, AssumeRolePolicyDocument: document });
        }
        // The real provider answers for AWS.
        const answers = Object.fromEntries(
          Object.keys(fitting).map((kind) => [kind, () => ({})] as const),
        );
        const hasSecret = flags.database === "exec" || flags.database === "data-api";
        workspace = await workspaceOf(
          { aurora: "existing", ...flags },
          {
            real: ["hashicorp/aws"],
            answers,
            variables: {
              aws_profile: null,
              cluster_identifier: "orders",
              ...(isByoc
                ? { name_prefix: "demo", redpanda_aws_acct_id: redpandaAccount }
                : { allowed_cidr_blocks: ["10.0.0.0/16"] }),
              ...(alarms ? { alarm_topic_arns: [topic] } : {}),
              ...(hasSecret ? { master_secret_arn: secret } : {}),
              ...(flags.database === "exec" ? { db_password: null } : {}),
            },
            env: {
              AWS_ENDPOINT_URL: gate.url,
              AWS_EC2_METADATA_DISABLED: "true",
              AWS_CONFIG_FILE: "/dev/null",
              AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
              AWS_MAX_ATTEMPTS: "1",
              // The real CLI is the Data API's client.
              ...(flags.database === "data-api" ? python : {}),
            },
          },
        );
        // A provider that waits for Terraform has one configuration; here are two, of two accounts.
        const init = flags.grant === "attach" ? workspace.run(["init"]) : workspace.init();
        expect(await init).toMatchObject({ code: 0 });
        const [, group = ""] =
          /<VpcSecurityGroupId>(.*?)</.exec(await ask("DescribeDBClusters")) ?? [];
        const names = {
          account,
          region,
          "security group": group,
          name_prefix: "demo",
          cluster_identifier: "orders",
          "Redpanda's account": redpandaAccount,
          "pipeline role": pipelineRole,
          "ARN of the secret": secret,
          alarms: "demo-aurora-pg",
          cluster: "orders",
        };
        const ofAlarms = alarms ? documentedForAlarms(names).Statement : [];
        const base = documented(names);
        const more = additions(names).filter(({ flag }) => rows.includes(flag));
        const { Version, Statement } = isByoc ? base : without(["rds:DescribeDBInstances"], base);
        policy = {
          Version,
          Statement: [
            ...Statement.filter(({ Sid }) => isByoc || Sid !== "ManageDbConnectRole"),
            ...ofAlarms,
            ...more.map(({ actions, resources }) => ({
              Effect: "Allow",
              Action: actions,
              Resource: resources,
            })),
          ],
        };
        proven =
          alarms || rows.length > 0
            ? [
                ...actionsIn({ Version, Statement: ofAlarms }),
                ...more.flatMap(({ actions }) => actions),
              ]
            : actionsIn(policy);
      }, 120_000);
      afterAll(async () => {
        await workspace?.close();
        gate?.close();
        await moto?.stop();
      });

      /** What others ask of moto, beside the gate. */
      async function ask(
        action: string,
        more: Readonly<Record<string, string>> = {},
      ): Promise<string> {
        const service = action.includes("DB") ? "rds" : "iam";
        const scope = `Credential=x/20260101/${region}/${service}/aws4_request`;
        const answer = await fetch(`http://127.0.0.1:${moto.port}/`, {
          method: "POST",
          headers: {
            authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=x`,
            "x-moto-account-id": "RoleName" in more ? redpandaAccount : account,
          },
          body: new URLSearchParams({
            Action: action,
            Version: service === "rds" ? "2014-10-31" : "2010-05-08",
            ...(service === "rds" ? { DBClusterIdentifier: "orders" } : {}),
            ...more,
          }),
        });
        expect(answer.status).toBe(200);
        return answer.text();
      }

      const doing: Readonly<Record<Step, () => Promise<Result>>> = {
        apply: async () => {
          const result = await workspace.apply();
          // A person creates the key.
          if (flags.credentials === "static" && result.code === 0) {
            await ask("CreateAccessKey", { UserName: "demo-redpanda-connect" });
          }
          return result;
        },
        plan: () => workspace.plan(),
        change: async () => {
          await ask("ModifyDBCluster", { Port: String(port + 1) });
          return workspace.apply({ vars: changed });
        },
        destroy: () => workspace.destroy({ vars: changed }),
      };

      test("lets it apply, plan again, change and destroy", async () => {
        gate.policy = policy;
        const ended: Record<string, unknown> = {};
        for (const step of steps) {
          const { code, diagnostics, changes } = await doing[step]();
          const errors = diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
          ended[step] = { code, errors, changes };
        }
        const done = ([add, change, remove]: readonly number[]) => ({
          code: 0,
          errors: [],
          changes: { add, change, remove },
        });
        expect(ended).toEqual({
          apply: done(counts.apply),
          plan: done([0, 0, 0]),
          change: done(counts.change),
          destroy: done(counts.destroy),
        });
        expect([...gate.seen].sort()).toEqual(
          actionsIn(policy).filter((action) => !takesBack.includes(action)),
        );
      }, 600_000);

      test("needs each of its actions: refused, it ends a step with an error that names it", async () => {
        await ask("ModifyDBCluster", { Port: String(port) });
        // Each run stops wherever an action is missing, and the next one goes on from there with it.
        let refused = process.env.LONG
          ? proven
          : proven.filter((action) => sample.includes(action));
        for (const step of steps) {
          while (refused.length > 0) {
            gate.policy = without(refused, policy);
            const { code, diagnostics } = await doing[step]();
            const said = diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join(" ");
            const named = refused.filter((action) =>
              said.replace(/\s+/g, " ").includes(`to perform: ${action} on resource`),
            );
            expect({ step, code, diagnostics }).toMatchObject(
              named.length > 0 ? { code: 1 } : { code: 0, diagnostics: [] },
            );
            if (named.length === 0) break;
            refused = refused.filter((action) => !named.includes(action));
          }
        }
        expect(refused).toEqual(proven.filter((action) => takesBack.includes(action)));
      }, 1_200_000);
    });
  },
);
