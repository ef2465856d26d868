import { parse } from "yaml";
import { type Row, type System, systems } from "../../pages/who-can-connect";
import { moduleWith } from "../modules";
import { workspaceOf as ec2WorkspaceOf } from "../stacks/ec2-workspace";
import { describeWithTerraform } from "../standin/judges";
import { Workspace, type WorkspaceProps } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { type Cast, castOf, requestOf, sentence } from "./cast";
import { type Document, Iam, resourcesOf } from "./iam";
import { mutantsOf } from "./mutants";

/** Accounts of the originals, by the profiles that lead to them. */
const accounts: Record<string, string> = {
  se_demo: "211125444193",
  redpanda: "861276079005",
  "account-a": "927854233827",
};

function answersOf({ partition }: System): NonNullable<WorkspaceProps["answers"]> {
  return {
    "data.aws_caller_identity": ({ providerConfig }) => ({
      account_id: accounts[String(providerConfig.profile)] ?? "082958828786",
    }),
    "data.redpanda_cluster": { region: "us-west-2", cluster_type: "byoc" },
    ...(partition
      ? {
          "data.aws_partition": { partition },
          aws_iam_role: ({ values, account }) => ({
            arn: `arn:${partition}:iam::${account}:role/${values.name}`,
          }),
        }
      : {}),
  };
}

function workspaceOf(system: System): Promise<Workspace> {
  const { flags, variables } = system;
  const answers = answersOf(system);
  if (flags.topology === "ec2") return ec2WorkspaceOf(flags, variables, answers);
  const [made] = synthesized({ engine: "postgres", ...flags });
  const [stack, module] = made ?? ["", {}];
  const { "terraform.tfvars": values = "" } = moduleWith(stack).files;
  return Workspace.create({
    files: {
      ...module,
      "terraform.tfvars":
        flags.credentials === "static" ? values.replace(/^redpanda_aws_acct_id.*$/m, "") : values,
    },
    variables,
    answers,
  });
}

/** An applied system: its policies, and whom and what its rows name. */
interface Applied {
  readonly iam: Iam;
  readonly cast: Cast;
  /** What Redpanda Connect reads, as YAML. */
  readonly pipeline: string;
}

async function apply(system: System): Promise<Applied> {
  await using workspace = await workspaceOf(system);
  expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
  const resources = await resourcesOf(workspace);
  const cast = castOf(system, resources);
  return {
    iam: Iam.of(resources, attachedByHand(system, cast, workspace)),
    cast,
    pipeline: workspace.read("generated_pipeline.yaml"),
  };
}

/** The policy that somebody attaches, where the module has no hold of the one who needs it. */
function attachedByHand({ flags, start }: System, cast: Cast, workspace: Workspace): Document[] {
  const module = flags.topology === "ec2" || flags.credentials === "static" || flags.grant;
  if (module) return [];
  const file = "generated_x-account-rds-iam-policy.json";
  const owner = String(cast.principals.get(start)?.name);
  return [{ name: file, owner, kind: "permission", policy: JSON.parse(workspace.read(file)) }];
}

/** Whether AWS answers as the row says. */
async function holds(row: Row, { iam, cast }: Pick<Applied, "iam" | "cast">): Promise<boolean> {
  return (await iam.allows(requestOf(row, cast))) === (row[0] === "allowed");
}

/** The system with one policy changed, for every such change. */
function changed({ iam, cast }: Applied): { name: string; iam: Iam; cast: Cast }[] {
  return iam.documents.flatMap((document) =>
    mutantsOf(document).map(({ name, policy }) => ({
      name: `${document.name}: ${name}`,
      iam: iam.with(document, policy),
      cast,
    })),
  );
}

/** Changes that no row notices. */
async function survivors(rows: readonly Row[], applied: Applied): Promise<string[]> {
  const survived: string[] = [];
  for (const system of changed(applied)) {
    if (await every(rows, (row) => holds(row, system))) survived.push(system.name);
  }
  return survived;
}

/** Rows that hold whatever is changed. */
async function idle(rows: readonly Row[], applied: Applied): Promise<string[]> {
  const systems = changed(applied);
  const held: string[] = [];
  for (const row of rows) {
    if (await every(systems, (system) => holds(row, system))) held.push(sentence(row));
  }
  return held;
}

/** One after the other, until one does not. */
async function every<T>(items: readonly T[], does: (item: T) => Promise<boolean>) {
  for (const item of items) if (!(await does(item))) return false;
  return true;
}

describeWithTerraform("Who can connect as whom?", () => {
  describe.each(systems)("$title", (system) => {
    let applied: Applied;
    beforeAll(async () => {
      applied = await apply(system);
    });

    test.each(system.rows.map((row) => [sentence(row), row] as const))("%s", async (_, row) => {
      expect(await holds(row, applied)).toBe(true);
    });

    test("the pipeline asks for what is allowed, from its start to the database user", async () => {
      const { iam, cast, pipeline } = applied;
      const { dsn, aws } = parse(pipeline).input[`${system.flags.engine ?? "postgres"}_cdc`];
      let principal = cast.principals.get(system.start) ?? { name: "nobody" };
      for (const { role, role_external_id: externalId } of aws.roles) {
        const request = { principal, action: "sts:AssumeRole", target: { arn: role }, externalId };
        expect([request, await iam.allows(request)]).toEqual([request, true]);
        principal = { name: role };
      }
      const target = cast.targets.get("the database user") ?? { arn: "" };
      expect(await iam.allows({ principal, action: "rds-db:connect", target })).toBe(true);
      expect(target.arn.split(":")[3]).toBe(aws.region);
      expect(target.arn.split("/")[1]).toBe(/(\w+)@/.exec(dsn)?.[1]);
    });

    test("a policy that says more, or less, turns a row red", async () => {
      expect(await survivors(system.rows, applied)).toEqual([]);
    });

    test("a row turns red by some policy, or is about having none", async () => {
      const rows = system.rows.filter(([, who]) => !who.endsWith("without a policy"));
      expect(await idle(rows, applied)).toEqual([]);
    });
  });

  test("a row that is missing lets a change survive", async () => {
    const [system] = systems as [System];
    const rows = system.rows.filter(([, , , what]) => !what.includes("without its tag"));
    expect(await survivors(rows, await apply(system))).toEqual([
      "generated_x-account-rds-iam-policy.json: Condition StringEquals aws:ResourceTag/redpanda_scope_redpanda_connect: IfExists",
    ]);
  });
});
