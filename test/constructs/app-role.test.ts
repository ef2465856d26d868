import { AppRole, type AppRoleProps } from "../../constructs/app-role";
import { AwsAccount } from "../../constructs/aws-account";
import { rendered, type Surroundings } from "./rendered";

function appRole(around: Surroundings, props: Partial<AppRoleProps> = {}): AppRole {
  return new AppRole(around, "app-role", {
    host: "ec2",
    nameSuffix: "-mysql",
    databaseAccount: {
      id: around.given("data.aws_caller_identity.current.account_id"),
      dnsSuffix: around.given("data.aws_partition.current.dns_suffix"),
    },
    ...props,
  });
}

const onInstance = rendered((around) => appRole(around));

test("the role of an EC2 instance, and the profile by which the instance has it", () => {
  expect(onInstance).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM of Redpanda Connect's host
################################################################################

resource "aws_iam_role" "rpconnect_app_role" {
  name = join("-", compact([var.name_prefix, "rpconnect-app-role-mysql"]))

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TrustHost"
      Effect    = "Allow"
      Principal = { Service = "ec2.\${data.aws_partition.current.dns_suffix}" }
      Action    = "sts:AssumeRole"
    }]
  })

  tags = { Name = join("-", compact([var.name_prefix, "rpconnect-app-role-mysql"])) }
}

resource "aws_iam_instance_profile" "rpconnect_app_profile" {
  name = join("-", compact([var.name_prefix, "rpconnect-app-instance-profile-mysql"]))
  role = aws_iam_role.rpconnect_app_role.name
}

=== what it hands out
arn: \${aws_iam_role.rpconnect_app_role.arn}
instanceProfileName: \${aws_iam_instance_profile.rpconnect_app_profile.name}
ready:
  - aws_iam_role.rpconnect_app_role
`);
});

test("the role of an ECS task needs no profile", () => {
  const ofTask = rendered((around) => appRole(around, { host: "ecs" }));
  expect(ofTask.differenceTo(onInstance)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_role.rpconnect_app_role
-      Principal = { Service = "ec2.\${data.aws_partition.current.dns_suffix}" }
+      Principal = { Service = "ecs-tasks.amazonaws.com" }

@ aws_iam_instance_profile.rpconnect_app_profile
-resource "aws_iam_instance_profile" "rpconnect_app_profile" {
-  name = join("-", compact([var.name_prefix, "rpconnect-app-instance-profile-mysql"]))
-  role = aws_iam_role.rpconnect_app_role.name
-}

=== what it hands out
-instanceProfileName: \${aws_iam_instance_profile.rpconnect_app_profile.name}
`);
});

describe("In an account of its own", () => {
  const inAppAccount = (around: Surroundings) => {
    const { provider } = new AwsAccount(around, "app-account", {
      alias: "app",
      comment: "The account of Redpanda Connect's host.",
      profile: "app_aws_profile",
    });
    return appRole(around, { provider });
  };
  const role = rendered(inAppAccount);

  test("role and profile are made there, after a look whether it is another one", () => {
    expect(role.differenceTo(onInstance)).toMatchInlineSnapshot(`
=== iam.tf
@ data.aws_caller_identity.app
+data "aws_caller_identity" "app" {
+  provider = aws.app
+}

@ aws_iam_role.rpconnect_app_role
+  provider = aws.app
+  lifecycle {
+    precondition {
+      condition     = data.aws_caller_identity.app.account_id != data.aws_caller_identity.current.account_id
+      error_message = "aws_profile and app_aws_profile both lead to account \${data.aws_caller_identity.current.account_id}. This module is for two accounts: give the other one's profile, or synthesize with --accounts one."
+    }
+  }

@ aws_iam_instance_profile.rpconnect_app_profile
+  provider = aws.app

=== versions.tf
@ provider.aws
+# The account of Redpanda Connect's host.
+provider "aws" {
+  alias = "app"
+  region  = var.region
+  profile = var.app_aws_profile
+}
`);
  });

  test("the policy is made there too, and presents the external id", () => {
    const allowed = rendered((around) => {
      const made = inAppAccount(around);
      made.allowToAssume(
        around.given("aws_iam_role.db_access_role.arn"),
        around.given("var.external_id"),
      );
      return made;
    });
    expect(allowed.differenceTo(role)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_policy.assume_db_access_policy
+# This one role and nothing else: no administrator access, and no trust in a
+# whole account, because the two roles name each other.
+resource "aws_iam_policy" "assume_db_access_policy" {
+  provider = aws.app
+  name = join("-", compact([var.name_prefix, "AssumeDbAccessRolePolicy-mysql"]))
+  policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid       = "AssumeDbAccessRole"
+      Effect    = "Allow"
+      Action    = "sts:AssumeRole"
+      Resource  = aws_iam_role.db_access_role.arn
+      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
+    }]
+  })
+}

@ aws_iam_role_policy_attachment.assume_db_access_attach
+resource "aws_iam_role_policy_attachment" "assume_db_access_attach" {
+  provider = aws.app
+  role       = aws_iam_role.rpconnect_app_role.name
+  policy_arn = aws_iam_policy.assume_db_access_policy.arn
+}
`);
  });
});

test("allowToAssume lets it assume that role, and no other", () => {
  const allowed = rendered((around) => {
    const role = appRole(around);
    role.allowToAssume(around.given("aws_iam_role.db_access_role.arn"));
    return role;
  });
  expect(allowed.differenceTo(onInstance)).toMatchInlineSnapshot(`
=== iam.tf
@ aws_iam_policy.assume_db_access_policy
+# This one role and nothing else: no administrator access, and no trust in a
+# whole account, because the two roles name each other.
+resource "aws_iam_policy" "assume_db_access_policy" {
+  name = join("-", compact([var.name_prefix, "AssumeDbAccessRolePolicy-mysql"]))
+  policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Sid      = "AssumeDbAccessRole"
+      Effect   = "Allow"
+      Action   = "sts:AssumeRole"
+      Resource = aws_iam_role.db_access_role.arn
+    }]
+  })
+}

@ aws_iam_role_policy_attachment.assume_db_access_attach
+resource "aws_iam_role_policy_attachment" "assume_db_access_attach" {
+  role       = aws_iam_role.rpconnect_app_role.name
+  policy_arn = aws_iam_policy.assume_db_access_policy.arn
+}
`);
});
