import { join } from "node:path";
import { missingPython, type Server, serve } from "../commands/discover/aurora/python";
import { fitting, workspaceOf } from "../module-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { mirrorDirectory } from "../standin/mirror";
import type { Result } from "../standin/terraform";
import type { Workspace } from "../standin/workspace";
import { actionsIn, documented, without } from "./documented";
import { account, asked, Gate, region } from "./gate";
import type { Policy } from "./mutants";

const missing = [
  ...missingTerraform(),
  ...missingPython,
  ...(mirrorDirectory() ? [] : ["no plugin mirror with hashicorp/aws on this machine"]),
];

/** What a user of the module does, in this order. */
const steps = ["apply", "plan", "change", "destroy"] as const;
type Step = (typeof steps)[number];

/** Values of another external id and database user. */
const changed = { external_id: "another-id", iam_auth_user: "another_user" };

describeUnless(
  missing,
  "The real AWS provider, before moto, which allows what the page does",
  () => {
    let moto: Server;
    let gate: Gate;
    let workspace: Workspace;
    let policy: Policy;

    beforeAll(async () => {
      moto = await serve(join(__dirname, "moto-existing-cluster.py"), []);
      gate = await Gate.before(moto.port);
      // The real provider answers for AWS.
      const answers = Object.fromEntries(
        Object.keys(fitting).map((kind) => [kind, () => ({})] as const),
      );
      workspace = await workspaceOf(
        { engine: "postgres", aurora: "existing" },
        {
          real: ["hashicorp/aws"],
          answers,
          variables: { aws_profile: null, cluster_identifier: "orders", name_prefix: "demo" },
          env: {
            AWS_ENDPOINT_URL: gate.url,
            AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
            AWS_SECRET_ACCESS_KEY: "x",
            AWS_EC2_METADATA_DISABLED: "true",
            AWS_CONFIG_FILE: "/dev/null",
            AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
          },
        },
      );
      expect(await workspace.init()).toMatchObject({ code: 0 });
      const [, group = ""] =
        /<VpcSecurityGroupId>(.*?)</.exec(await ask("DescribeDBClusters")) ?? [];
      policy = documented({ account, region, "security group": group, name_prefix: "demo" });
    }, 120_000);
    afterAll(async () => {
      await workspace?.close();
      gate?.close();
      await moto?.stop();
    });

    /** What the cluster's owner asks of moto, beside the gate. */
    async function ask(
      action: string,
      more: Readonly<Record<string, string>> = {},
    ): Promise<string> {
      const scope = `Credential=x/20260101/${region}/rds/aws4_request`;
      const answer = await fetch(`http://127.0.0.1:${moto.port}/`, {
        method: "POST",
        headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=x` },
        body: new URLSearchParams({
          Action: action,
          Version: "2014-10-31",
          DBClusterIdentifier: "orders",
          ...more,
        }),
      });
      expect(answer.status).toBe(200);
      return answer.text();
    }

    const doing: Readonly<Record<Step, () => Promise<Result>>> = {
      apply: () => workspace.apply(),
      plan: () => workspace.plan(),
      change: async () => {
        await ask("ModifyDBCluster", { Port: "5433" });
        return workspace.apply({ vars: changed });
      },
      destroy: () => workspace.destroy({ vars: changed }),
    };

    /** The step that asks for an action first. */
    const firstIn = new Map<string, Step>();

    test("lets it apply, plan again, change and destroy", async () => {
      gate.policy = policy;
      const ended: Record<string, unknown> = {};
      for (const step of steps) {
        const { code, diagnostics, changes } = await doing[step]();
        const errors = diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
        ended[step] = { code, errors, changes };
        for (const action of gate.seen) if (!firstIn.has(action)) firstIn.set(action, step);
      }
      expect(ended).toEqual({
        apply: { code: 0, errors: [], changes: { add: 16, change: 0, remove: 0 } },
        plan: { code: 0, errors: [], changes: { add: 0, change: 0, remove: 0 } },
        change: { code: 0, errors: [], changes: { add: 3, change: 4, remove: 3 } },
        destroy: { code: 0, errors: [], changes: { add: 0, change: 0, remove: 16 } },
      });
      expect([...gate.seen].sort()).toEqual(Object.keys(asked));
    }, 240_000);

    /** With the whole policy: what a step starts from. */
    const before: Readonly<Record<Step, () => Promise<Result>>> = {
      apply: doing.destroy,
      plan: doing.apply,
      change: async () => {
        await ask("ModifyDBCluster", { Port: "5432" });
        return workspace.apply();
      },
      destroy: () => workspace.apply({ vars: changed }),
    };

    // Two commands for each action, so in `npm run test:long` alone.
    const onlyLong = process.env.LONG ? test : () => {};
    onlyLong(
      "needs each action in it: without, the error names it",
      async () => {
        const told: Record<string, boolean> = {};
        for (const [action, step] of firstIn) {
          gate.policy = policy;
          expect(await before[step]()).toMatchObject({ code: 0, diagnostics: [] });
          gate.policy = without(action, policy);
          const { code, diagnostics } = await doing[step]();
          const said = diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join(" ");
          const names = said.replace(/\s+/g, " ").includes(`to perform: ${action} on resource`);
          told[`${step} without ${action}`] = code === 1 && names;
        }
        process.stderr.write(`${JSON.stringify(told, null, 1)}\n`);
        expect(Object.keys(told)).toHaveLength(actionsIn(policy).length);
        expect(Object.values(told)).not.toContain(false);
      },
      600_000,
    );
  },
);
