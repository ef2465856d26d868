import type { Assertion } from "../../constructs/check";
import { CurrentAccount } from "../../constructs/current-account";
import { rendered } from "./rendered";

const account = (postconditions?: readonly Assertion[]) =>
  rendered(
    (around) =>
      new CurrentAccount(around, "account", { section: "IAM of the database", postconditions }),
  );

test("id, partition and DNS suffix of the account, as AWS tells them", () => {
  expect(account()).toMatchInlineSnapshot(`
=== iam.tf
################################################################################
# IAM of the database
################################################################################

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

=== what it hands out
id: \${data.aws_caller_identity.current.account_id}
partition: \${data.aws_partition.current.partition}
dnsSuffix: \${data.aws_partition.current.dns_suffix}
`);
});

test("what must hold of it", () => {
  const condition = '${self.account_id != "861276079005"}';
  const asserted = account([{ condition, errorMessage: "It is Redpanda's." }]);
  expect(asserted.differenceTo(account())).toMatchInlineSnapshot(`
=== iam.tf
@ data.aws_caller_identity.current
-data "aws_caller_identity" "current" {}
+data "aws_caller_identity" "current" {
+  lifecycle {
+    postcondition {
+      condition     = self.account_id != "861276079005"
+      error_message = "It is Redpanda's."
+    }
+  }
+}
`);
});
