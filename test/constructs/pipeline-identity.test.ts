import type { ByocChoices } from "../../choices";
import { PipelineIdentity } from "../../constructs/pipeline-identity";
import { RedpandaAccount } from "../../constructs/redpanda-account";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

const identity = (choices: Pick<ByocChoices, "grant" | "credentials">) =>
  rendered((around) => {
    const cluster = {
      type: around.given("data.redpanda_cluster.byoc.cluster_type"),
      region: around.given("data.redpanda_cluster.byoc.region"),
      networkId: around.given("data.redpanda_cluster.byoc.network_id"),
    };
    return new PipelineIdentity(around, "pipeline-identity", {
      files: generatedFiles(around),
      choices,
      attaching:
        choices.grant === "attach"
          ? new RedpandaAccount(around, "redpanda-account", { cluster, choices }).provider
          : undefined,
      clusterResourceId: around.given("aws_rds_cluster.aurora.cluster_resource_id"),
      cluster,
      dependsOn: around.ready("redpanda_topic.topic"),
    });
  });

const byRole = identity({ credentials: "role", grant: "artifact" });

test("the pipeline role assumes the db-connect role, once somebody has attached the policy", () => {
  expect(byRole).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM
################################################################################

data "aws_caller_identity" "current" {
  lifecycle {
    postcondition {
      condition     = self.account_id != var.redpanda_aws_acct_id
      error_message = "aws_profile leads to account \${self.account_id}, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: set aws_profile to a profile of the account that owns it."
    }
  }
}

data "aws_partition" "current" {}

locals {
  # Redpanda Cloud names the role of a cluster's pipelines after the cluster.
  trusted_principal_arn = coalesce(
    var.trusted_principal_arn,
    "arn:\${data.aws_partition.current.partition}:iam::\${var.redpanda_aws_acct_id}:role/redpanda-\${var.redpanda_cluster_id}-redpanda-connect-pipeline"
  )

  trusted_principal_kind = one(regex(":(role|user)/", local.trusted_principal_arn))

  # Empty without an external id.
  external_id_condition = {
    for id in compact([var.external_id]) : "Condition" => {
      StringEquals = { "sts:ExternalId" = id }
    }
  }

  # A database user has an ARN of its own, with the cluster's resource id, never
  # its identifier or endpoint.
  db_user_arn = "arn:\${data.aws_partition.current.partition}:rds-db:\${var.region}:\${data.aws_caller_identity.current.account_id}:dbuser:\${aws_rds_cluster.aurora.cluster_resource_id}/\${var.iam_auth_user}"

  # For the principal that the role trusts. Text instead of jsonencode, laid out
  # for the people who read and paste it.
  assume_db_connect_role_policy = <<-EOT
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AssumeDbConnectRole",
                "Effect": "Allow",
                "Action": [
                    "sts:AssumeRole"
                ],
                "Resource": [
                    "\${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}"
                ],
                "Condition": {
                    "StringEquals": {
                        "aws:ResourceTag/redpanda_scope_redpanda_connect": "true"
                    }
                }
            }
        ]
    }
  EOT

  trusted_principal_name  = basename(local.trusted_principal_arn)
  assume_role_policy_name = "\${var.name_prefix}-assume-dbconnect-policy"
  fetch_iam_policy_json   = var.write_files ? "" : "terraform output -raw iam_policy_json >\\"$d\\"/x-account-rds-iam-policy.json && "
}

# The pipeline assumes this role. IAM resolves the principal when it saves the
# policy: it must exist by then, and one created again under the same name is
# another principal.
resource "aws_iam_role" "allow_connect_to_aurora_iam_demo_user" {
  name = "\${var.name_prefix}-allow_connect_to_aurora-iam-demo-user"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      merge(
        {
          Sid       = "TrustPipeline"
          Effect    = "Allow"
          Principal = { AWS = local.trusted_principal_arn }
          Action    = "sts:AssumeRole"
        },
        local.external_id_condition
      ),
    ]
  })

  # The principal's own policy allows only roles with this tag.
  tags = { redpanda_scope_redpanda_connect = "true" }

  lifecycle {
    precondition {
      condition = (
        var.trusted_principal_arn != null ||
        data.redpanda_cluster.byoc.cluster_type == "byoc"
      )
      error_message = "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
    }
  }
}

resource "aws_iam_role_policy" "allow_aurora_iam_demo_user_connect_policy" {
  name = "\${var.name_prefix}-allow_aurora-iam-demo-user-connect_policy"
  role = aws_iam_role.allow_connect_to_aurora_iam_demo_user.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ConnectAsDatabaseUser"
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = local.db_user_arn
    }]
  })
}

resource "local_file" "iam_policy_json" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}x-account-rds-iam-policy.json"
  content         = local.assume_db_connect_role_policy
  file_permission = "0600"
}

=== what it hands out
role:
  arn: \${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}
  rolesExpression: "[{ role = \${aws_iam_role.allow_connect_to_aurora_iam_demo_user.arn}, external_id = var.external_id }]"
  ready:
    - aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy
trustedPrincipal:
  arn: \${local.trusted_principal_arn}
  kind: \${local.trusted_principal_kind}
  preconditions:
    - condition: \${var.trusted_principal_arn != null || data.redpanda_cluster.byoc.cluster_type == "byoc"}
      errorMessage: "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
policy:
  file:
    path: \${local.files}x-account-rds-iam-policy.json
    content: \${local.assume_db_connect_role_policy}
    fetch: \${local.fetch_iam_policy_json}
    filename: \${join("", local_file.iam_policy_json[*].filename)}
    outputs:
      iam_policy_json:
        - '\${var.write_files ? "" : local.assume_db_connect_role_policy}'
        - Policy that lets the trusted role (or user) assume the db-connect role. Empty where write_files is true.
    ready:
      - local_file.iam_policy_json
  document: \${local.assume_db_connect_role_policy}
  name: \${local.assume_role_policy_name}
  principalName: \${local.trusted_principal_name}
  ready:
    - local_file.iam_policy_json
isGranted: false
ready:
  - aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy
`);
});

test("the apply attaches the policy", () => {
  const attached = identity({ credentials: "role", grant: "attach" });
  expect(attached.differenceTo(byRole)).toMatchInlineSnapshot(`
=== iam.tf
@ data.aws_caller_identity.redpanda
+data "aws_caller_identity" "redpanda" {
+  provider = aws.redpanda
+  lifecycle {
+    postcondition {
+      condition     = self.account_id == var.redpanda_aws_acct_id
+      error_message = "redpanda_aws_profile leads to account \${self.account_id}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. Give the profile of Redpanda's account, or correct the id."
+    }
+  }
+}

@ data.aws_iam_role.pipeline
+# Read first, so that a mistake fails the plan, and not the apply after seven
+# minutes.
+data "aws_iam_role" "pipeline" {
+  provider = aws.redpanda
+  name = local.trusted_principal_name
+  lifecycle {
+    precondition {
+      condition     = local.trusted_principal_kind == "role"
+      error_message = "trusted_principal_arn is \${local.trusted_principal_arn}, which is not a role. The apply attaches the policy only to a role: synthesize with --grant artifact for a user."
+    }
+    precondition {
+      condition     = strcontains(local.trusted_principal_arn, "::\${var.redpanda_aws_acct_id}:")
+      error_message = "trusted_principal_arn is \${local.trusted_principal_arn}, and redpanda_aws_acct_id is \${var.redpanda_aws_acct_id}. The apply attaches the policy only to a role in that account: correct one of them, or synthesize with --grant artifact."
+    }
+    precondition {
+      condition     = var.redpanda_region == null ? true : var.redpanda_region == data.redpanda_cluster.byoc.region
+      error_message = "redpanda_region is \${jsonencode(var.redpanda_region)}, and the cluster runs in \${data.redpanda_cluster.byoc.region}. Leave redpanda_region out, or correct it (Aurora's region, which may differ, is region)."
+    }
+  }
+}

@ aws_iam_role_policy.assume_db_connect_role
+resource "aws_iam_role_policy" "assume_db_connect_role" {
+  provider = aws.redpanda
+  name   = local.assume_role_policy_name
+  role   = data.aws_iam_role.pipeline.name
+  policy = local.assume_db_connect_role_policy
+  depends_on = [redpanda_topic.topic]
+}

=== versions.tf
@ provider.aws
+# The account that Redpanda runs in.
+provider "aws" {
+  alias = "redpanda"
+  region  = coalesce(var.redpanda_region, data.redpanda_cluster.byoc.region)
+  profile = var.redpanda_aws_profile
+}

=== what it hands out
-isGranted: false
+isGranted: true
+  - aws_iam_role_policy.assume_db_connect_role
`);
});

test("the user of an access key assumes the db-connect role", () => {
  const byKey = identity({ credentials: "static", grant: "artifact" });
  expect(byKey.differenceTo(byRole)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_user.redpanda_connect
+resource "aws_iam_user" "redpanda_connect" {
+  name = "\${var.name_prefix}-redpanda-connect"
+  # Keys are created by hand; destroy deletes them too.
+  force_destroy = true
+}

@ aws_iam_user_policy.assume_db_connect_role
+resource "aws_iam_user_policy" "assume_db_connect_role" {
+  name   = local.assume_role_policy_name
+  user   = aws_iam_user.redpanda_connect.name
+  policy = local.assume_db_connect_role_policy
+}

@ data.aws_caller_identity.current
-data "aws_caller_identity" "current" {
-  lifecycle {
-    postcondition {
-      condition     = self.account_id != var.redpanda_aws_acct_id
-      error_message = "aws_profile leads to account \${self.account_id}, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: set aws_profile to a profile of the account that owns it."
-    }
-  }
-}
+data "aws_caller_identity" "current" {}

@ local.trusted_principal_arn
-  # Redpanda Cloud names the role of a cluster's pipelines after the cluster.
-  trusted_principal_arn = coalesce(
-    var.trusted_principal_arn,
-    "arn:\${data.aws_partition.current.partition}:iam::\${var.redpanda_aws_acct_id}:role/redpanda-\${var.redpanda_cluster_id}-redpanda-connect-pipeline"
-  )
+  # The user whose key the pipeline holds.
+  trusted_principal_arn = aws_iam_user.redpanda_connect.arn

@ aws_iam_role.allow_connect_to_aurora_iam_demo_user
-  lifecycle {
-    precondition {
-      condition = (
-        var.trusted_principal_arn != null ||
-        data.redpanda_cluster.byoc.cluster_type == "byoc"
-      )
-      error_message = "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
-    }
-  }

@ local.trusted_principal_kind
-  trusted_principal_kind = one(regex(":(role|user)/", local.trusted_principal_arn))

=== outputs.tf
@ output.create_access_key_command
+output "create_access_key_command" {
+  description = "Creates the access key and prints it: set TF_VAR_access_key_id and TF_VAR_secret_access_key to it and access_key_version to 1, and apply again."
+  value       = "aws iam create-access-key --user-name \${aws_iam_user.redpanda_connect.name} --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text\${var.aws_profile == null ? "" : " --profile \${var.aws_profile}"}"
+}

=== what it hands out
-  kind: \${local.trusted_principal_kind}
-  preconditions:
-    - condition: \${var.trusted_principal_arn != null || data.redpanda_cluster.byoc.cluster_type == "byoc"}
-      errorMessage: "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster of type \${data.redpanda_cluster.byoc.cluster_type}. Only a BYOC cluster has a pipeline role in an account of yours: synthesize with --credentials static for another one."
+  kind: user
-isGranted: false
+isGranted: true
+  - aws_iam_user_policy.assume_db_connect_role
`);
});
