import { X509Certificate } from "node:crypto";
import { HOME_IP, RDS_CA_PEM } from "./answers/http";
import { describeWithTerraform } from "./judges";
import { Workspace, type WorkspaceProps } from "./workspace";

/** Applies the module and returns its one output. */
async function outcome(value: string, main: string, props: WorkspaceProps = {}): Promise<unknown> {
  const header = 'provider "aws" { region = "us-east-2" }\n';
  await using ws = await Workspace.create({
    ...props,
    files: {
      "main.tf": `${header}${main}\noutput "it" {\n value = ${value}\n sensitive = true\n}`,
    },
  });
  const applied = await ws.apply();
  expect(applied).toMatchObject({ code: 0, diagnostics: [] });
  return (await ws.output()).it;
}

describeWithTerraform("what the stand-ins answer", () => {
  test("Aurora: endpoints, port and resource id in the shapes of RDS", async () => {
    const main = `
      resource "aws_rds_cluster" "this" {
        cluster_identifier = "demo"
        engine             = "aurora-mysql"
      }
      resource "aws_rds_cluster_instance" "this" {
        identifier         = "demo-1"
        cluster_identifier = aws_rds_cluster.this.id
        engine             = aws_rds_cluster.this.engine
        instance_class     = "db.serverless"
      }`;
    const cluster = (await outcome("aws_rds_cluster.this", main)) as Record<string, unknown>;
    expect(cluster).toMatchObject({
      id: "demo",
      arn: "arn:aws:rds:us-east-2:111122223333:cluster:demo",
      port: 3306,
      cluster_resource_id: expect.stringMatching(/^cluster-[A-Z0-9]{26}$/),
      endpoint: expect.stringMatching(
        /^demo\.cluster-c[a-z0-9]{11}\.us-east-2\.rds\.amazonaws\.com$/,
      ),
      reader_endpoint: expect.stringMatching(/^demo\.cluster-ro-c[a-z0-9]{11}\.us-east-2\.rds\./),
    });
    expect(await outcome("aws_rds_cluster_instance.this", main)).toMatchObject({
      id: "demo-1",
      endpoint: expect.stringMatching(/^demo-1\.c[a-z0-9]{11}\.us-east-2\.rds\.amazonaws\.com$/),
      writer: true,
    });
    // The same in every run.
    expect(await outcome("aws_rds_cluster.this", main)).toEqual(cluster);
  });

  test("IAM: names are ids", async () => {
    const main = `
      resource "aws_iam_role" "this" {
        name               = "app"
        path               = "/team/"
        assume_role_policy = "{}"
      }
      resource "aws_iam_role_policy" "this" {
        name   = "connect"
        role   = aws_iam_role.this.id
        policy = "{}"
      }`;
    expect(await outcome("[aws_iam_role.this.arn, aws_iam_role_policy.this.id]", main)).toEqual([
      "arn:aws:iam::111122223333:role/team/app",
      "app:connect",
    ]);
  });

  test("a policy document, laid out as the real data source does", async () => {
    const main = `
      data "aws_iam_policy_document" "this" {
        statement {
          actions   = ["sts:AssumeRole"]
          resources = ["b", "a"]
          principals {
            type        = "AWS"
            identifiers = ["arn:aws:iam::111122223333:role/app"]
          }
          condition {
            test     = "StringEquals"
            variable = "sts:ExternalId"
            values   = ["42"]
          }
        }
      }`;
    expect(await outcome("data.aws_iam_policy_document.this.json", main)).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": [
        "b",
        "a"
      ],
      "Principal": {
        "AWS": "arn:aws:iam::111122223333:role/app"
      },
      "Condition": {
        "StringEquals": {
          "sts:ExternalId": "42"
        }
      }
    }
  ]
}`);
  });

  test.each([
    ["us-east-2", ["us-east-2a", "us-east-2b", "us-east-2c"], "use2-az1"],
    ["us-west-2", ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"], "usw2-az1"],
    ["ap-southeast-1", ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"], "apse1-az1"],
    ["us-gov-west-1", ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"], "usgw1-az1"],
  ])("the zones of %s", async (region, names, firstId) => {
    const main = `
      provider "aws" {
        alias  = "there"
        region = "${region}"
      }
      data "aws_availability_zones" "this" { provider = aws.there }`;
    const zones = (await outcome("data.aws_availability_zones.this", main)) as {
      names: string[];
      zone_ids: string[];
    };
    expect(zones.names).toEqual(names);
    expect(zones.zone_ids[0]).toBe(firstId);
  });

  const get = (url: string) => `data "http" "it" {\n url = "${url}"\n}`;

  test("the web: the operator's address, certificates that parse, and 404 everywhere else", async () => {
    const page = "[data.http.it.status_code, data.http.it.response_body]";
    expect(await outcome(page, get("https://checkip.amazonaws.com"))).toEqual([
      200,
      `${HOME_IP}\n`,
    ]);
    const rds = "https://truststore.pki.rds.amazonaws.com/us-east-2/us-east-2-bundle.pem";
    expect(await outcome(page, get(rds))).toEqual([200, RDS_CA_PEM]);
    expect(new X509Certificate(RDS_CA_PEM).ca).toBe(true);
    expect(await outcome(page, get("https://example.com"))).toEqual([404, "404 Not Found\n"]);
  });

  test("a test may answer otherwise, and leaves the rest as it was", async () => {
    const answered = await outcome(
      "[data.http.it.status_code, data.http.it.response_body]",
      get("https://checkip.amazonaws.com"),
      { answers: { "data.http": { status_code: 503 } } },
    );
    expect(answered).toEqual([503, `${HOME_IP}\n`]);
  });

  test("a Redpanda cluster: one URL for its API, brokers with their port", async () => {
    const main = `
      terraform {
        required_providers {
          redpanda = { source = "redpanda-data/redpanda" }
        }
      }
      data "redpanda_cluster" "this" { id = "curl3eo533cmsnt23dv0" }`;
    expect(await outcome("data.redpanda_cluster.this", main)).toMatchObject({
      cluster_type: "byoc",
      cluster_api_url: expect.stringMatching(
        /^https:\/\/api-[0-9a-f]{7}\.curl3eo533cmsnt23dv0\.byoc\.prd\.cloud\.redpanda\.com$/,
      ),
      kafka_api: { seed_brokers: [expect.stringMatching(/:9092$/)] },
    });
  });
});
