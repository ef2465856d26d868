import { setTimeout } from "node:timers/promises";
import { asArguments, type Flags } from "../combinations";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Call, Reply } from "../standin/provider";
import { Client } from "./client";
import {
  atOnce,
  inTwoLanes,
  interrupted,
  largest,
  MANY_COMMANDS_MS,
  oneByOne,
  typeOf,
} from "./interrupt";
import { asIn, identity, isCreate, type Outcome, outcomeOf } from "./outcome";

/** How the making of an object goes wrong: at the first time, and at the second. */
const failures: Reply[] = [
  { error: "refused" },
  // Terraform knows that it is there, and not whether it is whole: it is tainted, and made anew.
  { error: "timed out", state: {} },
];

/** The same of a pipeline, whose provider only warns that it has not started. */
const failuresOfPipeline: Reply[] = [
  { error: "refused" },
  { warning: "pipeline failed to reach desired state", state: { state: "stopped" } },
];

/** What Terraform and the module say of that state. */
const followUps = [
  "Provider produced inconsistent result after apply",
  "Resource postcondition failed",
  // For each `self` in the postcondition of a counted pipeline that could not be created.
  "Invalid index",
];

describeWithTerraform("An apply that was interrupted, and applied again", () => {
  test("makes what is missing, and nothing else", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    const heal = workspace.onCall((call) =>
      isCreate(call) && call.type === "redpanda_topic"
        ? { error: "Failed to create topic", detail: "deadline exceeded" }
        : undefined,
    );
    expect(await workspace.apply()).toMatchObject({
      code: 1,
      diagnostics: [{ summary: "Failed to create topic", address: "redpanda_topic.topic" }],
    });
    heal();
    expect(await workspace.apply()).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: {
        "local_file.pipeline_yaml[0]": "create",
        "redpanda_acl.topic_describe_for_produce": "create",
        "redpanda_acl.topic_write": "create",
        "redpanda_pipeline.pipeline": "create",
        "redpanda_topic.topic": "create",
      },
    });
    expect((await workspace.plan()).actions).toEqual({});
  });

  test(
    `${asArguments(largest)}: a resource is refused, then fails half made, then is made`,
    async () => {
      const { expected, resources, creates } = await uninterrupted(largest);
      const chosen = oneByOne(creates);
      const ends: [address: string, Outcome][] = [];
      await inTwoLanes(chosen, async (create) => {
        const { outcome, failed, untainted } = await applyUntilDone(
          largest,
          (call) => identity(call) === create,
        );
        const [address = "", ...again] = failed;
        expect(again).toEqual([address]);
        expect(untainted).toEqual([address].filter(isReplacedFirst));
        ends.push([address, asIn(expected, outcome)]);
      });
      const addresses = ends.map(([address]) => address);
      expect(resources).toEqual(expect.arrayContaining(addresses));
      expect(new Set(addresses).size).toBe(chosen.length);
      expect(addresses.map((address) => address.split(".")[0]).sort()).toEqual(
        chosen.map(typeOf).sort(),
      );
      expect(Object.fromEntries(ends)).toEqual(
        Object.fromEntries(addresses.map((address) => [address, expected])),
      );
    },
    MANY_COMMANDS_MS,
  );

  test.each(atOnce.map((flags) => [asArguments(flags), flags] as const))(
    "%s: the same for all at once",
    async (_arguments, flags) => {
      const { expected, resources } = await uninterrupted(flags);
      const { outcome, failed, untainted } = await applyUntilDone(flags, () => true);
      expect(failed.sort()).toEqual([...resources, ...resources].sort());
      expect(untainted).toEqual(resources.filter(isReplacedFirst));
      expect(asIn(expected, outcome)).toEqual(expected);
    },
    MANY_COMMANDS_MS,
  );

  test.each<[string, Reply | undefined, string | undefined]>([
    ["is made all the same", undefined, undefined],
    ["is given up half made", { error: "context canceled", state: {} }, "replace"],
  ])("goes on after Ctrl+C, where the cluster %s", async (_what, reply, action) => {
    const { expected } = await uninterrupted(largest);
    await using workspace = await workspaceOf(largest);
    const { code, messages } = await interrupted(
      workspace,
      (props) => workspace.apply(props),
      (call) => isCreate(call) && call.type === "aws_rds_cluster",
      reply,
    );
    expect(code).toBe(1);
    expect(messages).toContain("Stopping operation...");
    const again = await workspace.apply();
    expect(again).toMatchObject({ code: 0, diagnostics: [] });
    expect(again.actions["aws_rds_cluster.aurora"]).toBe(action);
    expect(again.actions["aws_rds_cluster_instance.aurora_instance"]).toBe("create");
    expect(asIn(expected, outcomeOf(workspace))).toEqual(expected);
  });

  test("runs the setup of the database again, because nobody knows how far it got", async () => {
    const flags = { engine: "postgres", database: "exec" };
    const { expected } = await uninterrupted(flags);
    // The first time it goes on until the folder is gone.
    using client = new Client(
      "psql",
      'if mkdir "$TMPDIR/first"; then while test -e "$TMPDIR"; do sleep 0.1; done; fi',
    );
    await using workspace = await workspaceOf(flags, { env: client.environment });
    const interrupt = new AbortController();
    const applied = workspace.apply({ interrupt: interrupt.signal });
    while (client.calls.length === 0) await setTimeout(10);
    interrupt.abort("SIGINT");
    expect((await applied).code).toBe(1);
    const again = await workspace.apply();
    expect(again).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: { "terraform_data.database_setup": "replace" },
    });
    expect(client.calls).toHaveLength(2);
    expect(asIn(expected, outcomeOf(workspace))).toEqual(expected);
  });

  test("does not know of an object whose answer was lost; it is imported", async () => {
    const { expected } = await uninterrupted(largest);
    const cluster = expected.objects.find(({ type }) => type === "aws_rds_cluster");
    await using workspace = await workspaceOf(largest);
    const heal = workspace.onCall((call) => {
      if (!isCreate(call) || call.type !== "aws_rds_cluster") return undefined;
      if (cluster) workspace.objects.set("lost", cluster);
      return { error: "connection reset by peer" };
    });
    expect(await workspace.apply()).toMatchObject({ code: 1 });
    heal();
    expect(await workspace.apply()).toMatchObject({
      code: 1,
      diagnostics: [
        {
          summary: "AlreadyExists",
          detail: "demo-mysql-aurora-mysql",
          address: "aws_rds_cluster.aurora",
        },
      ],
    });
    const imported = ["import", "aws_rds_cluster.aurora", "demo-mysql-aurora-mysql"];
    expect(await workspace.run(imported)).toMatchObject({ code: 0 });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(asIn(expected, outcomeOf(workspace))).toEqual(expected);
  });
});

function isFailure(summary: string): boolean {
  return [...failures, ...failuresOfPipeline].some(({ error, warning }) =>
    [error, warning].includes(summary),
  );
}

/** A new parameter group is made before the old one goes, and while that is there its name is taken. */
function isReplacedFirst(address: string): boolean {
  return address.startsWith("aws_rds_cluster_parameter_group.");
}

/** Of each choice of flags, once. */
const ends = new Map<string, ReturnType<typeof endOf>>();

/** What an apply leaves that nothing disturbs, and its calls that make something. */
function uninterrupted(flags: Flags) {
  const line = asArguments(flags);
  const end = ends.get(line) ?? endOf(flags);
  ends.set(line, end);
  return end;
}

async function endOf(flags: Flags) {
  await using workspace = await workspaceOf(flags);
  expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
  // An end that equals this one, in state, cloud and folder, has the same plan.
  expect((await workspace.plan()).actions).toEqual({});
  const outcome = outcomeOf(workspace);
  const creates = workspace.calls.filter(isCreate).map(identity);
  expect(new Set(creates).size).toBe(creates.length);
  // Terraform makes its own terraform_data without a provider.
  const resources = Object.keys(outcome.instances).filter(
    (address) => !/^(data|terraform_data)\./.test(address),
  );
  return { expected: asIn(outcome, outcome), resources: resources.sort(), creates };
}

/** How it ended. */
interface End {
  readonly outcome: Outcome;
  /** Addresses in the order in which they failed. */
  readonly failed: string[];
  /** Those that a person had to untaint. */
  readonly untainted: string[];
}

/** Applies until nothing fails. The making of each object that is `chosen` fails in all the ways there are. */
async function applyUntilDone(flags: Flags, chosen: (call: Call) => boolean): Promise<End> {
  await using workspace = await workspaceOf(flags);
  const failing = new Map<string, Iterator<Reply>>();
  workspace.onCall((call) => {
    if (!isCreate(call) || !chosen(call)) return undefined;
    const ways = call.type === "redpanda_pipeline" ? failuresOfPipeline : failures;
    const replies = failing.get(identity(call)) ?? ways.values();
    failing.set(identity(call), replies);
    return replies.next().value;
  });
  const failed: string[] = [];
  const untainted: string[] = [];
  for (let applies = 0; applies < 40; applies++) {
    const { code, diagnostics } = await workspace.apply();
    if (code === 0) return { outcome: outcomeOf(workspace), failed, untainted };
    const isPipeline = diagnostics.some(
      ({ severity, address = "" }) =>
        severity === "warning" || address.startsWith("redpanda_pipeline."),
    );
    for (const { summary, detail, address = "" } of diagnostics) {
      if (isFailure(summary)) failed.push(address);
      else if (summary === "AlreadyExists") {
        untainted.push(address);
        await workspace.run(["untaint", address]);
      } else if (!(isPipeline && followUps.includes(summary))) {
        throw new Error(`${address}: ${summary} ${detail}`);
      }
    }
  }
  throw new Error(`40 applies were not enough; these failed: ${failed.join(", ")}`);
}
