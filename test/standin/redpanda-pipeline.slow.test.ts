import { describeWithTerraform } from "./judges";
import type { Result } from "./terraform";
import { Workspace } from "./workspace";

const main = (more = "") => `
  terraform {
    required_providers {
      redpanda = { source = "redpanda-data/redpanda" }
    }
  }
  resource "redpanda_pipeline" "this" {
    cluster_api_url = "https://api.example.com"
    display_name    = "pipeline"
    config_yaml     = "input: {}"
    state           = "running"
    allow_deletion  = true
    ${more}
  }
  output "pipeline" { value = [redpanda_pipeline.this.state, redpanda_pipeline.this.status.error] }`;
const workspaceWith = (more?: string) => Workspace.create({ files: { "main.tf": main(more) } });

/** Without the ids and what Terraform says to those who write providers. */
const said = ({ diagnostics }: Result) =>
  diagnostics.map(({ severity, summary, detail }) => [
    severity,
    summary,
    detail.replace(/Pipeline \w+ /, "Pipeline <id> ").split("\n\nThis is a bug")[0],
  ]);

const unexpected = (what: string) => [
  "error",
  "Provider produced inconsistent result after apply",
  `When applying changes to redpanda_pipeline.this, provider "provider[\\"registry.terraform.io/redpanda-data/redpanda\\"]" produced an unexpected new value: ${what}.`,
];
const notRunning = unexpected(
  '.state: was cty.StringVal("running"), but now cty.StringVal("stopped")',
);
const failed = (done: string, why: string) => [
  "warning",
  "pipeline failed to reach desired state",
  `Pipeline <id> was ${done} but failed to start within the timeout. Run 'terraform apply' again to retry: timed out waiting for pipeline to reach running state: ${why}`,
];

describeWithTerraform("a pipeline of Redpanda's", () => {
  test("is started, waited for and runs", async () => {
    await using ws = await workspaceWith();
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await ws.output()).toEqual({ pipeline: ["running", ""] });
    expect((await ws.plan()).actions).toEqual({});
  });

  test.each(["STARTING", "RUNNING"] as const)(
    "is not waited for where it is %s",
    async (created) => {
      await using ws = await workspaceWith();
      ws.pipelineApi = { created, startSeconds: 3600, error: "no such secret" };
      expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await ws.output()).toEqual({ pipeline: ["running", ""] });
      await ws.plan({ out: "plan" });
      expect((await ws.show("plan")).resource_changes[0].change).toMatchObject({
        actions: ["update"],
        before: { state: "stopped", status: { error: "no such secret" } },
        // The provider plans what it knows.
        after: { state: "running", status: { error: "no such secret" } },
      });
    },
  );

  test("that fails to start is not the one planned, and the next apply replaces it", async () => {
    await using ws = await workspaceWith();
    ws.pipelineApi = { error: "no such secret" };
    const apply = await ws.apply();
    expect([apply.code, ...said(apply)]).toEqual([
      1,
      failed("created", "pipeline entered error state"),
      notRunning,
    ]);
    ws.pipelineApi = {};
    expect(await ws.apply()).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: { "redpanda_pipeline.this": "replace" },
    });
    expect((await ws.plan()).actions).toEqual({});
  });

  test("may take two minutes to start", async () => {
    await using ws = await workspaceWith();
    ws.pipelineApi = { startSeconds: 120 };
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
  });

  test.each([
    ["", "2m0s"],
    ['timeouts = { update = "10m" }', "2m0s"],
    ['timeouts = { create = "4m" }', "4m0s"],
  ])("times out with %j after %s", async (more, after) => {
    await using ws = await workspaceWith(more);
    ws.pipelineApi = { startSeconds: 500 };
    expect(said(await ws.apply())).toEqual([
      failed(
        "created",
        `timed out after ${after}: pipeline in state STATE_STARTING, waiting for STATE_RUNNING`,
      ),
      notRunning,
    ]);
  });

  test("may take longer where timeouts say so", async () => {
    await using ws = await workspaceWith('timeouts = { create = "10m" }');
    ws.pipelineApi = { startSeconds: 500 };
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
  });

  test("that runs again after an error is not the one planned, either", async () => {
    await using ws = await workspaceWith();
    ws.pipelineApi = { created: "STARTING", error: "no such secret" };
    await ws.apply();
    ws.pipelineApi = {};
    const mending = await ws.apply();
    expect([mending.code, ...said(mending)]).toEqual([
      1,
      unexpected('.status.error: was cty.StringVal("no such secret"), but now cty.StringVal("")'),
    ]);
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [], actions: {} });
    expect(await ws.output()).toEqual({ pipeline: ["running", ""] });
  });

  test("that fails in an update stays, and is updated again", async () => {
    await using ws = await workspaceWith();
    await ws.apply();
    ws.write("main.tf", main('description = "another"'));
    ws.pipelineApi = { error: "no such secret" };
    expect(said(await ws.apply())).toEqual([
      failed("updated", "pipeline entered error state"),
      notRunning,
    ]);
    expect((await ws.plan()).actions).toEqual({ "redpanda_pipeline.this": "update" });
  });

  test("that is to be stopped is not started", async () => {
    await using ws = await Workspace.create({
      files: { "main.tf": main().replace('"running"', '"stopped"') },
    });
    ws.pipelineApi = { created: "RUNNING", error: "no such secret" };
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await ws.output()).toEqual({ pipeline: ["stopped", ""] });
    expect((await ws.plan()).actions).toEqual({});
  });
});
