import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithTerraform, terraformVersion } from "./judges";
import { Workspace } from "./workspace";

describeWithTerraform("a workspace", () => {
  test("the smallest use", async () => {
    const ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" { region = "us-east-2" }
          resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
          output "arn" { value = aws_vpc.this.arn }`,
      },
    });

    expect(await ws.init()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await ws.apply()).toMatchObject({
      code: 0,
      messages: [
        `Terraform ${terraformVersion()}`,
        "aws_vpc.this: Plan to create",
        "Plan: 1 to add, 0 to change, 0 to destroy.",
        "Outputs: 1",
        "aws_vpc.this: Creating...",
        "aws_vpc.this: Creation complete after 0s [id=vpc-0182961b1fc043226]",
        "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
        "Outputs: 1",
      ],
      diagnostics: [],
      changes: { add: 1, change: 0, remove: 0 },
      actions: { "aws_vpc.this": "create" },
    });
    expect(await ws.output()).toEqual({
      arn: "arn:aws:ec2:us-east-2:111122223333:vpc/vpc-0182961b1fc043226",
    });

    expect(await ws.plan()).toMatchObject({ changes: { add: 0, change: 0, remove: 0 } });
    expect(await ws.destroy()).toMatchObject({ changes: { add: 0, change: 0, remove: 1 } });
    expect([...ws.objects.keys()]).toEqual([]);
    await ws.close();
  });

  const echo = `
    variable "text" { default = "default" }
    variable "list" {
      type    = list(string)
      default = []
    }
    output "all" { value = [var.text, var.list] }`;

  test("gives variables as they are, and a command's instead of its own", async () => {
    await using ws = await Workspace.create({
      files: { "main.tf": echo },
      variables: { text: "a ${b} %{c}", list: ['"', "${d} %{e} $${f}"] },
    });
    await ws.apply();
    expect(await ws.output()).toEqual({ all: ["a ${b} %{c}", ['"', "${d} %{e} $${f}"]] });
    await ws.apply({ vars: { text: null, list: ["other"] } });
    expect(await ws.output()).toEqual({ all: ["default", ["other"]] });
    const told = JSON.parse((await ws.run(["output", "-json"])).stdout);
    expect(told).toMatchObject({ all: { value: ["default", ["other"]] } });
    expect(ws.files()).toEqual(["main.tf", "terraform.tfstate", "terraform.tfstate.backup"]);
  });

  test("copies a module, and leaves the original alone", async () => {
    const original = mkdtempSync(join(tmpdir(), "original-"));
    writeFileSync(join(original, "main.tf"), echo);
    await using ws = await Workspace.create({
      from: original,
      files: { "terraform.tfvars": 'text = "from a file"' },
    });
    rmSync(original, { recursive: true });
    await ws.apply();
    expect(await ws.output()).toEqual({ all: ["from a file", []] });
    await ws.apply({ args: ["-var=text=from an argument"] });
    expect(await ws.output()).toEqual({ all: ["from an argument", []] });
  });

  test("evaluates expressions", async () => {
    await using ws = await Workspace.create({ files: { "main.tf": echo } });
    expect(await ws.console('{ a = [1, var.text], b = "$${x} \\"" }')).toEqual({
      a: [1, "default"],
      b: '${x} "',
    });
    await expect(ws.console("var.missing")).rejects.toThrow(
      "Reference to undeclared input variable",
    );
  });

  test("reports what is wrong", async () => {
    await using ws = await Workspace.create({
      files: { "main.tf": 'resource "aws_vpc" "this" {\n  vpc_cidr_range = 1\n}' },
    });
    expect(await ws.validate()).toMatchObject({
      code: 1,
      diagnostics: [
        {
          severity: "error",
          summary: "Unsupported argument",
          detail: 'An argument named "vpc_cidr_range" is not expected here.',
        },
      ],
    });
  });

  test("applies a plan file, with ephemeral values given again", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" { region = "us-east-2" }
          variable "password" {
            type      = string
            ephemeral = true
          }
          resource "aws_rds_cluster" "this" {
            engine                     = "aurora-mysql"
            master_password_wo         = var.password
            master_password_wo_version = 1
          }`,
      },
      variables: { password: "secret" },
    });
    await ws.plan({ out: "plan" });
    expect(await ws.apply({ args: ["plan"] })).toMatchObject({ code: 0, diagnostics: [] });
    expect(await ws.plan({ destroy: true })).toMatchObject({ changes: { remove: 1 } });
    const applied = ws.calls.find(({ method }) => method === "ApplyResourceChange");
    expect(applied?.config?.master_password_wo).toBe("secret");
  });

  test("inherits no variable of AWS or Terraform", async () => {
    process.env.TF_VAR_text = "inherited";
    process.env.AWS_REGION = "eu-west-1";
    try {
      await using ws = await Workspace.create({ files: { "main.tf": echo } });
      await ws.apply();
      expect(await ws.output()).toEqual({ all: ["default", []] });
      expect(ws.environment).not.toHaveProperty("AWS_REGION");
    } finally {
      delete process.env.TF_VAR_text;
      delete process.env.AWS_REGION;
    }
  });
});
