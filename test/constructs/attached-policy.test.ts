import { AttachedPolicy } from "../../constructs/attached-policy";
import { RedpandaAccount } from "../../constructs/redpanda-account";
import { rendered } from "./rendered";

test("the policy on the pipeline role, by a provider for Redpanda's account", () => {
  const attached = rendered((around) => {
    const cluster = {
      region: around.given("data.redpanda_cluster.byoc.region"),
      networkId: around.given("data.redpanda_cluster.byoc.network_id"),
    };
    const { provider } = new RedpandaAccount(around, "redpanda-account", {
      cluster,
      choices: { credentials: "role" },
    });
    return new AttachedPolicy(around, "attached-policy", {
      policy: {
        document: around.given("local.assume_db_connect_role_policy"),
        name: around.given("local.assume_role_policy_name"),
        principalName: around.given("local.trusted_principal_name"),
      },
      trustedPrincipal: {
        arn: around.given("local.trusted_principal_arn"),
        kind: around.given("local.trusted_principal_kind"),
      },
      cluster,
      provider,
      isPassed: false,
      dependsOn: around.ready("redpanda_topic.topic"),
    });
  });
  expect(attached).toMatchInlineSnapshot(`
=== versions.tf
# The account that Redpanda runs in.
provider "aws" {
  alias = "redpanda"

  region  = coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)
  profile = var.redpanda_aws_profile
}

=== iam.tf
################################################################################
# IAM in Redpanda's account
################################################################################

data "aws_caller_identity" "redpanda" {
  provider = aws.redpanda

  lifecycle {
    postcondition {
      condition     = self.account_id == var.redpanda_aws_acct_id
      error_message = "redpanda_aws_profile leads to account \${self.account_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
    }
  }
}

# Read first, so that a mistake fails the plan, and not the apply after seven
# minutes.
data "aws_iam_role" "pipeline" {
  provider = aws.redpanda

  name = local.trusted_principal_name

  lifecycle {
    precondition {
      condition     = local.trusted_principal_kind == "role"
      error_message = "trusted_principal_arn is \${local.trusted_principal_arn}, which is not a role. The apply attaches the policy only to a role: synthesize with --grant artifact for a user."
    }

    precondition {
      condition     = strcontains(local.trusted_principal_arn, "::\${var.redpanda_aws_acct_id}:")
      error_message = "trusted_principal_arn is \${local.trusted_principal_arn}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. The apply attaches the policy only to a role in that account: correct one of them, or synthesize with --grant artifact."
    }

    precondition {
      condition     = var.redpanda_region == null ? true : var.redpanda_region == data.redpanda_cluster.byoc.region
      error_message = "redpanda_region is \${jsonencode(var.redpanda_region)}, and the cluster runs in \${data.redpanda_cluster.byoc.region}. Leave redpanda_region out, or correct it (Aurora's region, which may differ, is region)."
    }
  }
}

resource "aws_iam_role_policy" "assume_db_connect_role" {
  provider = aws.redpanda

  name   = local.assume_role_policy_name
  role   = data.aws_iam_role.pipeline.name
  policy = local.assume_db_connect_role_policy

  depends_on = [redpanda_topic.topic]
}

=== what it hands out
ready:
  - aws_iam_role_policy.assume_db_connect_role
`);
});
