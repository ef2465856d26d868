import { describeWithRealAws } from "./judges";
import { OFFLINE_AWS } from "./mirror";
import { Workspace, type WorkspaceProps } from "./workspace";

const header = `
  terraform {
    required_providers {
      aws      = { source = "hashicorp/aws" }
      redpanda = { source = "redpanda-data/redpanda" }
    }
  }
  provider "aws" {
    region = "us-east-2"
    default_tags {
      tags = { project = "demo" }
    }
  }
`;

const role = (policy: string) => `${header}
  resource "aws_iam_role" "app" {
    name               = "app"
    assume_role_policy = ${policy}
  }
  resource "redpanda_resource_group" "app" { name = aws_iam_role.app.name }`;

/**
 * Where the stand-in is known to plan otherwise, nothing is configured here: sets with unknown elements
 * (wholly unknown in reality), rules and routes inside a group or table (unset is "" or [] in reality),
 * a parameter's default `apply_method`, and the computed blocks of roles.
 */
const database = `${header}
  resource "aws_vpc" "this" {
    cidr_block           = "10.0.0.0/16"
    enable_dns_hostnames = true
    tags                 = { Name = "demo" }
  }
  resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
  resource "aws_subnet" "public" {
    count                   = 2
    vpc_id                  = aws_vpc.this.id
    cidr_block              = cidrsubnet(aws_vpc.this.cidr_block, 2, count.index)
    map_public_ip_on_launch = true
  }
  resource "aws_route_table_association" "public" {
    subnet_id      = aws_subnet.public[0].id
    route_table_id = "rtb-0"
  }
  resource "aws_security_group" "db" {
    name   = "db"
    vpc_id = aws_vpc.this.id
  }
  resource "aws_db_subnet_group" "db" {
    name       = "db"
    subnet_ids = ["subnet-0"]
  }
  resource "aws_rds_cluster_parameter_group" "pg" {
    name   = "pg"
    family = "aurora-postgresql17"
    parameter {
      name         = "rds.force_ssl"
      value        = "1"
      apply_method = "pending-reboot"
    }
  }
  resource "aws_rds_cluster" "aurora" {
    cluster_identifier                  = "demo"
    engine                              = "aurora-postgresql"
    engine_version                      = "17.4"
    master_username                     = "postgres"
    master_password_wo                  = "not-in-any-plan"
    master_password_wo_version          = 1
    iam_database_authentication_enabled = true
    skip_final_snapshot                 = true
    enabled_cloudwatch_logs_exports     = ["postgresql"]
    db_subnet_group_name                = aws_db_subnet_group.db.name
    db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.pg.name
    serverlessv2_scaling_configuration {
      min_capacity = 0.5
      max_capacity = 2
    }
  }
  resource "aws_rds_cluster_instance" "aurora" {
    identifier          = "demo-1"
    cluster_identifier  = aws_rds_cluster.aurora.id
    engine              = aws_rds_cluster.aurora.engine
    instance_class      = "db.serverless"
    publicly_accessible = true
  }
  resource "aws_cloudwatch_log_group" "postgresql" {
    name              = "/aws/rds/cluster/demo/postgresql"
    retention_in_days = 7
  }
  resource "aws_iam_role_policy_attachment" "app" {
    policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    role       = "app"
  }
  resource "aws_iam_user" "app" { name = "app" }`;

describeWithRealAws("the real AWS provider, beside stand-ins for all others", () => {
  test("refuses a value that the stand-in takes", async () => {
    const files = { "main.tf": role('"nonsense"') };
    await using standIn = await Workspace.create({ files });
    await standIn.init();
    expect(await standIn.validate()).toMatchObject({ code: 0, diagnostics: [] });

    await using real = await Workspace.create({ files, real: ["hashicorp/aws"] });
    expect(await real.init()).toMatchObject({ code: 0 });
    expect(await real.validate()).toMatchObject({
      code: 1,
      diagnostics: [
        {
          severity: "error",
          summary: '"assume_role_policy" contains an invalid JSON policy: not a JSON object',
          address: "aws_iam_role.app",
        },
      ],
    });
  }, 60_000);

  test("plans without an account, and the stand-in plans the same", async () => {
    async function planned(props: WorkspaceProps) {
      const files = { "main.tf": database, "providers_override.tf": OFFLINE_AWS };
      await using ws = await Workspace.create({ ...props, files });
      await ws.init();
      expect(await ws.plan({ out: "plan" })).toMatchObject({ code: 0, diagnostics: [] });
      const { resource_changes } = (await ws.show("plan")) as {
        resource_changes: { address: string; change: Record<string, unknown> }[];
      };
      return resource_changes.map(({ address, change: { actions, after, after_unknown } }) => ({
        address,
        actions,
        after,
        after_unknown,
      }));
    }
    expect(await planned({})).toEqual(await planned({ real: ["hashicorp/aws"] }));
  }, 60_000);
});
