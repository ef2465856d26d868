import { asArguments, type Flags } from "../combinations";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Result } from "../standin/terraform";
import type { Values } from "../standin/values";
import type { Workspace } from "../standin/workspace";

/** What an apply or a plan says of the pipeline, without the sentences of Terraform's own around it. */
const said = ({ code, diagnostics }: Result) => [
  code,
  ...diagnostics.map(
    ({ severity, detail }) =>
      `${severity}: ${detail.replace(/\n\nThis (was checked by|is a bug)[\s\S]*/, "")}`,
  ),
];

/** What the module says of a pipeline that does not run. */
const notRunning = (id: string, why: string, address = "redpanda_pipeline.pipeline") =>
  `The pipeline does not run: ${why}. What it logged: rpk topic consume __redpanda.connect.logs --offset :end --format '%k %v\\n' | grep '^${id} ' (logs_command follows the log). A step that is yours may be missing. Fix that, and apply with -replace='${address}': the new pipeline goes on where this one stopped. One that you start in Redpanda Cloud needs no replacement.`;

const stopped =
  'When applying changes to redpanda_pipeline.pipeline, provider "provider[\\"registry.terraform.io/redpanda-data/redpanda\\"]" produced an unexpected new value: .state: was cty.StringVal("running"), but now cty.StringVal("stopped").';

function pipelineOf(workspace: Workspace) {
  const [pipeline] = workspace.objectsOf("redpanda_pipeline");
  if (!pipeline) throw new Error("there is no pipeline");
  return pipeline;
}

const idOf = (workspace: Workspace) => String(pipelineOf(workspace).state.id);

/** With what it takes until there is a pipeline. */
const counted: Flags = { engine: "postgres", credentials: "static" };

describeWithTerraform("A pipeline that fails", () => {
  test("after a green apply makes the next plan red, and goes when it is replaced", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    workspace.pipelineApi = { created: "STARTING", error: "no such secret" };
    expect(said(await workspace.apply())).toEqual([0]);

    const message = notRunning(idOf(workspace), "no such secret");
    expect(said(await workspace.plan())).toEqual([1, `error: ${message}`]);
    expect(said(await workspace.apply())).toEqual([1, `error: ${message}`]);
    expect(said(await workspace.plan({ args: ["-refresh-only"] }))).toEqual([
      0,
      `warning: ${message}`,
    ]);

    workspace.pipelineApi = {};
    const mending = await workspace.apply({ args: ["-replace=redpanda_pipeline.pipeline"] });
    expect(said(mending)).toEqual([0]);
    expect(mending.actions["redpanda_pipeline.pipeline"]).toBe("replace");
    expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
  });

  test("and still fails after the replacement makes that red", async () => {
    await using workspace = await workspaceOf({ engine: "mysql" });
    workspace.pipelineApi = { created: "STARTING", error: "no such secret" };
    await workspace.apply();
    workspace.pipelineApi = { error: "no such secret" };
    const again = await workspace.apply({ args: ["-replace=redpanda_pipeline.pipeline"] });
    expect(again.code).toBe(1);
    expect(said(again)).toContain(`error: ${stopped}`);
  });

  test("and was started in Redpanda Cloud needs nothing", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    workspace.pipelineApi = { created: "STARTING", error: "no such secret" };
    await workspace.apply();
    Object.assign(pipelineOf(workspace).state, { state: "running", status: { error: "" } });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
  });

  test("without telling why is started by the next apply", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    Object.assign(pipelineOf(workspace).state, { state: "stopped" });
    expect(said(await workspace.plan({ args: ["-refresh-only"] }))).toEqual([
      0,
      `warning: ${notRunning(idOf(workspace), "Redpanda gives no reason")}`,
    ]);
    expect(await workspace.apply()).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: { "redpanda_pipeline.pipeline": "update" },
    });
  });

  test("does not keep anybody from destroying it", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    workspace.pipelineApi = { created: "STARTING", error: "no such secret" };
    await workspace.apply();
    expect((await workspace.destroy()).code).toBe(0);
    expect([...workspace.objects.keys()]).toEqual([]);
  });

  test("while it is created makes the apply red, and the next one makes another", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    workspace.pipelineApi = { error: "no such secret" };
    const apply = await workspace.apply();
    const id = idOf(workspace);
    expect(said(apply)).toEqual([
      1,
      `warning: Pipeline ${id} was created but failed to start within the timeout. Run 'terraform apply' again to retry: timed out waiting for pipeline to reach running state: pipeline entered error state`,
      `error: ${stopped}`,
      `error: ${notRunning(id, "Redpanda gives no reason")}`,
    ]);
    // So the message has to hold what an output would have.
    expect(Object.keys(await workspace.output())).not.toContain("logs_command");

    workspace.pipelineApi = {};
    const again = await workspace.apply();
    expect(said(again)).toEqual([0]);
    expect(again.actions["redpanda_pipeline.pipeline"]).toBe("replace");
  });

  test("while it is updated is fixed by replacing it, too", async () => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    await workspace.apply();
    const vars = { log_level: "DEBUG" };
    workspace.pipelineApi = { error: "no such secret" };
    expect(said(await workspace.apply({ vars }))).toContain(`error: ${stopped}`);
    expect(said(await workspace.plan({ vars }))).toEqual([
      1,
      `error: ${notRunning(idOf(workspace), "no such secret")}`,
    ]);
    workspace.pipelineApi = {};
    const args = ["-replace=redpanda_pipeline.pipeline"];
    expect(said(await workspace.apply({ vars, args }))).toEqual([0]);
    expect((await workspace.plan({ vars })).actions).toEqual({});
  });

  test.each<[string, Values | null]>([
    ["no error", { error: null }],
    ["no status yet", null],
  ])("is not one that has %s", async (_what, status) => {
    await using workspace = await workspaceOf(
      { engine: "postgres" },
      { answers: { redpanda_pipeline: { status } } },
    );
    expect(said(await workspace.apply())).toEqual([0]);
  });

  // Redpanda's API says that a status "may contain an error message", and not whether a pipeline that
  // runs, and only cannot log in yet, has one. If it has, the first apply is red, and its steps go on:
  // https://docs.redpanda.com/api/doc/cloud-dataplane/operation/operation-pipelineservice_getpipeline
  test("may be one that cannot log in yet: the steps that are left are printed", async () => {
    let error = "unable to generate IAM auth token";
    await using workspace = await workspaceOf(
      { engine: "postgres" },
      { answers: { redpanda_pipeline: () => ({ status: { error } }) } },
    );
    expect(said(await workspace.apply())).toEqual([
      1,
      `error: ${notRunning(idOf(workspace), error)}`,
    ]);
    expect(await workspace.output()).toMatchObject({
      attach_policy_command: expect.stringMatching(/^aws iam put-role-policy /),
      db_setup_command: expect.stringMatching(/^psql /),
    });
    error = "";
    Object.assign(pipelineOf(workspace).state, { status: { error } });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
    expect(await workspace.output()).toMatchObject({ rpcn_pipeline_id: idOf(workspace) });
  });

  test.each([
    ["ten minutes are enough", 500, 0],
    ["and no more", 1000, 1],
  ])("to start in time: %s", async (_what, startSeconds, code) => {
    await using workspace = await workspaceOf({ engine: "postgres" });
    workspace.pipelineApi = { startSeconds };
    expect((await workspace.apply()).code).toBe(code);
  });

  test(`${asArguments(counted)}: is named with its index`, async () => {
    await using workspace = await workspaceOf(counted);
    const vars = {
      access_key_id: "AKIASTANDIN000000000",
      secret_access_key: "0".repeat(40),
      access_key_version: 1,
    };
    workspace.pipelineApi = { created: "STARTING", error: "no such secret" };
    await workspace.apply({ vars });
    const address = "redpanda_pipeline.pipeline[0]";
    expect(said(await workspace.plan({ vars }))).toEqual([
      1,
      `error: ${notRunning(idOf(workspace), "no such secret", address)}`,
    ]);
    workspace.pipelineApi = {};
    const args = [`-replace=${address}`];
    expect(said(await workspace.apply({ vars, args }))).toEqual([0]);
  });
});
