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
    expect(ws.objects).toEqual(new Map());
    await ws.close();
  });
});
