import { AwsAccount } from "../../constructs/aws-account";
import { rendered } from "./rendered";

test("the configuration that resources have without naming one", () => {
  const account = rendered(
    (around) =>
      new AwsAccount(around, "aws-account", {
        comment: "The account that owns the database.",
        profile: "aws_profile",
      }),
  );
  expect(account).toMatchInlineSnapshot(`
=== versions.tf
# The account that owns the database.
provider "aws" {
  region  = var.region
  profile = var.aws_profile
}

=== what it hands out
provider: aws
`);
});

test("one that resources name, in a region of its own", () => {
  const account = rendered(
    (around) =>
      new AwsAccount(around, "aws-account", {
        alias: "redpanda",
        comment: "The account that Redpanda runs in.",
        profile: "redpanda_aws_profile",
        region: around.given("data.redpanda_cluster.byoc.region"),
      }),
  );
  expect(account).toMatchInlineSnapshot(`
=== versions.tf
# The account that Redpanda runs in.
provider "aws" {
  alias = "redpanda"

  region  = data.redpanda_cluster.byoc.region
  profile = var.redpanda_aws_profile
}

=== what it hands out
provider: aws.redpanda
`);
});
