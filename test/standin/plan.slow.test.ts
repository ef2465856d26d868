import { describeWithTerraform } from "./judges";
import { UNKNOWN } from "./values";
import { Workspace } from "./workspace";

const providers = `
  terraform {
    required_providers {
      redpanda = { source = "redpanda-data/redpanda" }
    }
  }
  provider "aws" { region = "us-east-2" }
`;

const cluster = `${providers}
  variable "engine" { default = "aurora-postgresql" }
  variable "backup" { default = null }
  variable "password" {
    ephemeral = true
    sensitive = true
    default   = null
  }
  resource "aws_rds_cluster" "this" {
    cluster_identifier         = "demo"
    engine                     = var.engine
    backup_retention_period    = var.backup
    master_password_wo         = var.password
    master_password_wo_version = 1
    serverlessv2_scaling_configuration {
      min_capacity = 0.5
      max_capacity = 2
    }
  }
  output "endpoint" { value = aws_rds_cluster.this.endpoint }`;

/** The names of unknown attributes, at every depth. */
const unknownNames = (after: object): string[] =>
  Object.entries(after).flatMap(([name, value]) =>
    value === true ? name : typeof value === "object" ? unknownNames(value) : [],
  );

describeWithTerraform("a plan", () => {
  test("holds defaults, and leaves open what the provider computes", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": cluster } });
    await ws.plan({ out: "plan" });
    const { resource_changes, output_changes } = await ws.show("plan");
    const { after, after_unknown } = resource_changes[0].change;
    expect(after).toMatchObject({
      engine_mode: "provisioned",
      skip_final_snapshot: false,
      serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 2 }],
      deletion_protection: null,
    });
    expect(after_unknown).toMatchObject({ endpoint: true, cluster_resource_id: true, port: true });
    expect(output_changes.endpoint.after_unknown).toBe(true);
  });

  test("updates in place, or replaces what forces a new object", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": cluster } });
    await ws.apply();
    expect(await ws.plan({ vars: { backup: 7 } })).toMatchObject({
      actions: { "aws_rds_cluster.this": "update" },
    });
    expect(await ws.plan({ vars: { engine: "aurora-mysql" } })).toMatchObject({
      actions: { "aws_rds_cluster.this": "replace" },
    });
    const before = (await ws.console("aws_rds_cluster.this.cluster_resource_id")) as string;
    expect(await ws.apply({ vars: { engine: "aurora-mysql" } })).toMatchObject({
      changes: { add: 1, change: 0, remove: 1 },
    });
    expect(await ws.console("aws_rds_cluster.this.cluster_resource_id")).not.toBe(before);
    expect([...ws.objects.values()]).toHaveLength(1);
  });

  test("keeps what was computed, except what every change computes anew", async () => {
    const main = (name: string) => `${providers}
      resource "aws_instance" "this" { tags = { Name = "${name}" } }
      resource "redpanda_shadow_link" "this" {
        name               = "link"
        shadow_redpanda_id = "shadow"
        client_options     = { bootstrap_servers = ["${name}"] }
      }`;
    await using ws = await Workspace.create({ files: { "main.tf": main("old") } });
    await ws.apply();
    ws.write("main.tf", main("new"));
    await ws.plan({ out: "plan" });
    const { resource_changes } = await ws.show("plan");
    const [instance, link] = resource_changes.map(
      ({ change }: { change: { after_unknown: object } }) => change.after_unknown,
    );
    expect(unknownNames(instance)).toEqual(["public_dns", "public_ip"]);
    expect(unknownNames(link)).toEqual([]);
  });

  test("goes back to the default where a value is no longer configured", async () => {
    const main = (state: string) => `${providers}
      resource "redpanda_pipeline" "this" {
        cluster_api_url = "https://api.example.com"
        display_name    = "pipeline"
        config_yaml     = "input: {}"
        ${state}
      }
      output "state" { value = redpanda_pipeline.this.state }`;
    await using ws = await Workspace.create({ files: { "main.tf": main('state = "running"') } });
    await ws.apply();
    expect(await ws.output()).toEqual({ state: "running" });
    ws.write("main.tf", main(""));
    await ws.apply();
    expect(await ws.output()).toEqual({ state: "stopped" });
  });

  test("shows the provider's default tags", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" {
            region = "us-east-2"
            default_tags {
              tags = { project = "demo", owner = "nobody" }
            }
          }
          resource "aws_vpc" "this" { tags = { owner = "me" } }`,
      },
    });
    await ws.plan({ out: "plan" });
    const { resource_changes } = await ws.show("plan");
    expect(resource_changes[0].change.after.tags_all).toEqual({ project: "demo", owner: "me" });
  });

  test("write-only values reach the provider, and no state and no plan", async () => {
    const secret = "pw-that-occurs-nowhere-else";
    const nested = `
      resource "redpanda_pipeline" "this" {
        cluster_api_url = "https://api.example.com"
        display_name    = "pipeline"
        config_yaml     = "input: {}"
        allow_deletion  = true
        service_account = { client_id = "id", client_secret = var.password }
      }`;
    await using ws = await Workspace.create({
      files: { "main.tf": cluster + nested },
      variables: { password: secret },
    });
    await ws.plan({ out: "plan" });
    await ws.apply();

    const applied = ws.calls.filter(({ method }) => method === "ApplyResourceChange");
    expect(applied.map(({ type, config }) => ({ type, config }))).toEqual(
      expect.arrayContaining([
        {
          type: "aws_rds_cluster",
          config: expect.objectContaining({ master_password_wo: secret }),
        },
        {
          type: "redpanda_pipeline",
          config: expect.objectContaining({
            service_account: { client_id: "id", client_secret: secret, secret_version: null },
          }),
        },
      ]),
    );
    for (const { plannedState } of applied) {
      expect(JSON.stringify(plannedState)).not.toContain(secret);
    }
    expect(ws.read("terraform.tfstate")).not.toContain(secret);
    expect(JSON.stringify(await ws.show("plan"))).not.toContain(secret);
  });

  test("ephemeral values reach the provider too", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": cluster.replace(
          "= var.password",
          "= ephemeral.aws_secretsmanager_random_password.this.random_password",
        ),
        "password.tf": 'ephemeral "aws_secretsmanager_random_password" "this" {}',
      },
      answers: { "ephemeral.aws_secretsmanager_random_password": { random_password: "made up" } },
    });
    expect(await ws.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const applied = ws.calls.find(({ method }) => method === "ApplyResourceChange");
    expect(applied?.config?.master_password_wo).toBe("made up");
    expect(ws.read("terraform.tfstate")).not.toContain("made up");
  });

  test("a new element of a set gets values of its own", async () => {
    const main = (devices: string[]) => `${providers}
      resource "aws_instance" "this" {
        ${devices.map((name) => `ebs_block_device {\n device_name = "${name}"\n }`).join("\n")}
      }
      output "devices" { value = aws_instance.this.ebs_block_device[*].device_name }`;
    await using ws = await Workspace.create({ files: { "main.tf": main(["/dev/b", "/dev/d"]) } });
    await ws.apply();
    ws.write("main.tf", main(["/dev/a", "/dev/c", "/dev/d"]));
    await ws.plan({ out: "plan" });
    const { change } = (await ws.show("plan")).resource_changes[0];
    const computed = change.after_unknown.ebs_block_device.map(
      ({ volume_id }: { volume_id?: boolean }) => volume_id ?? false,
    );
    expect(computed.sort()).toEqual([false, true, true]);
    await ws.apply();
    expect(await ws.plan()).toMatchObject({ code: 0, actions: {} });
  });

  test("what is not known yet is UNKNOWN in a recorded call", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" { region = "us-east-2" }
          resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
          resource "aws_iam_role" "this" {
            name               = "role-\${aws_vpc.this.id}"
            assume_role_policy = "{}"
          }`,
      },
    });
    await ws.plan();
    const planned = ws.calls.find(
      ({ method, type }) => method === "PlanResourceChange" && type === "aws_iam_role",
    );
    expect(planned?.config?.name).toBe(UNKNOWN);
    expect(planned?.config?.assume_role_policy).toBe("{}");
  });
});
