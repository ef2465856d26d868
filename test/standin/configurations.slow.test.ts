import { describeWithTerraform } from "./judges";
import { Workspace } from "./workspace";

describeWithTerraform("configurations of a provider", () => {
  test("each alias is an account and a region of its own", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" { region = "us-east-2" }
          provider "aws" {
            alias   = "database"
            region  = "eu-central-1"
            profile = "database"
          }
          provider "aws" {
            alias  = "role"
            region = "us-gov-west-1"
            assume_role { role_arn = "arn:aws-us-gov:iam::012345678901:role/admin" }
          }
          data "aws_caller_identity" "default" {}
          data "aws_caller_identity" "database" { provider = aws.database }
          data "aws_caller_identity" "role" { provider = aws.role }
          data "aws_region" "database" { provider = aws.database }
          data "aws_partition" "role" { provider = aws.role }
          resource "aws_iam_role" "role" {
            provider           = aws.role
            name               = "app"
            assume_role_policy = "{}"
          }
          output "all" {
            value = [
              data.aws_caller_identity.default.account_id,
              data.aws_caller_identity.database.account_id,
              data.aws_caller_identity.role.account_id,
              data.aws_region.database.name,
              data.aws_partition.role.partition,
              aws_iam_role.role.arn,
            ]
          }`,
      },
    });
    await ws.apply();
    expect(await ws.output()).toEqual({
      all: [
        "111122223333",
        "590220102894",
        "012345678901",
        "eu-central-1",
        "aws-us-gov",
        "arn:aws-us-gov:iam::012345678901:role/app",
      ],
    });
    const { providerConfig } =
      ws.calls.find(
        ({ method, type }) => method === "ApplyResourceChange" && type === "aws_iam_role",
      ) ?? {};
    expect(providerConfig).toMatchObject({ region: "us-gov-west-1" });
  });

  test("the region may come from the environment, and must come from somewhere", async () => {
    const files = {
      "main.tf":
        'data "aws_region" "this" {}\noutput "region" { value = data.aws_region.this.name }',
    };
    await using lost = await Workspace.create({ files });
    const { code, diagnostics } = await lost.plan();
    expect(code).toBe(1);
    expect(diagnostics[0]?.summary).toBe("invalid AWS Region: ");
    await using ws = await Workspace.create({ files, env: { AWS_REGION: "eu-west-1" } });
    await ws.apply();
    expect(await ws.output()).toEqual({ region: "eu-west-1" });
  });

  test("a test may say which account a profile leads to", async () => {
    await using ws = await Workspace.create({
      files: {
        "main.tf": `
          provider "aws" {
            region  = "us-east-2"
            profile = "se_demo"
          }
          resource "aws_vpc" "this" {}
          output "owner" { value = aws_vpc.this.owner_id }`,
      },
      answers: {
        "data.aws_caller_identity": ({ providerConfig }) =>
          providerConfig.profile === "se_demo" ? { account_id: "861276079005" } : {},
      },
    });
    await ws.apply();
    expect(await ws.output()).toEqual({ owner: "861276079005" });
  });
});
