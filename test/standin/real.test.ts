import { describeWithRealAws } from "./judges";
import { OFFLINE_AWS } from "./mirror";
import { Workspace } from "./workspace";

const main = `
  terraform {
    required_providers {
      aws      = { source = "hashicorp/aws" }
      redpanda = { source = "redpanda-data/redpanda" }
    }
  }
  provider "aws" { region = "us-east-2" }
  resource "aws_iam_role" "app" {
    name               = "app"
    assume_role_policy = "nonsense"
  }
  resource "redpanda_resource_group" "group" { name = aws_iam_role.app.name }`;

describeWithRealAws("the real AWS provider", () => {
  test("says what no schema says", async () => {
    const ws = await Workspace.create({ files: { "main.tf": main } });
    console.log(await ws.init(), await ws.validate());
    await ws.close();
    const real = await Workspace.create({ files: { "main.tf": main }, real: ["hashicorp/aws"] });
    console.time("init");
    console.log(await real.init(), real.files());
    console.timeEnd("init");
    console.time("validate");
    console.log(await real.validate());
    console.timeEnd("validate");
    real.write(
      "main.tf",
      main.replace('"nonsense"', 'jsonencode({ Version = "2012-10-17", Statement = [] })'),
    );
    real.write("providers_override.tf", OFFLINE_AWS);
    console.time("plan");
    console.log(await real.plan());
    console.timeEnd("plan");
    real.write("main.tf", main.replace('region = "us-east-2"', ""));
    console.log(await real.plan());
    await real.close();
  }, 60_000);
});
