import { DatabaseAccess } from "../../constructs/database-access";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const access = (looksUpOperator: boolean) =>
  rendered(
    (around) =>
      new DatabaseAccess(around, "database-access", {
        names: postgres.names.byoc,
        vpcId: around.given("aws_vpc.this.id"),
        port: 5432,
        looksUpOperator,
      }),
  );

test("Redpanda's NAT gateways and the operator reach the port", () => {
  expect(access(true)).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Who may reach the database
################################################################################

# The address from which Terraform runs, so that psql and mysql work from there.
# Set admin_cidrs where applies come from several places: otherwise each would
# let in only itself.
data "http" "home_ip" {
  count = var.admin_cidrs == null ? 1 : 0

  url = "https://checkip.amazonaws.com"

  lifecycle {
    postcondition {
      condition     = self.status_code == 200 && can(cidrnetmask("\${chomp(self.response_body)}/32"))
      error_message = "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status \${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none."
    }
  }
}

locals {
  redpanda_cidrs = distinct(compact(concat([var.redpanda_cidr], var.redpanda_cidrs)))
  admin_cidrs = var.admin_cidrs != null ? var.admin_cidrs : [
    "\${chomp(data.http.home_ip[0].response_body)}/32",
  ]
}

resource "aws_security_group" "db" {
  name = "\${var.name_prefix}-db-sg"
  # AWS cannot change this text: another one would replace the group.
  description = "Allow Postgres from home IP"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = aws_vpc.this.id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = distinct(concat(local.admin_cidrs, local.redpanda_cidrs))
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== what it hands out
securityGroupId: \${aws_security_group.db.id}
ready:
  - aws_security_group.db
`);
});

test("nobody else but those who are named", () => {
  expect(access(false).differenceTo(access(true))).toMatchInlineSnapshot(`
=== network.tf
@ aws_security_group.db
-    cidr_blocks = distinct(concat(local.admin_cidrs, local.redpanda_cidrs))
+    cidr_blocks = distinct(concat(var.admin_cidrs, local.redpanda_cidrs))

@ data.http.home_ip
-# The address from which Terraform runs, so that psql and mysql work from there.
-# Set admin_cidrs where applies come from several places: otherwise each would
-# let in only itself.
-data "http" "home_ip" {
-  count = var.admin_cidrs == null ? 1 : 0
-  url = "https://checkip.amazonaws.com"
-  lifecycle {
-    postcondition {
-      condition     = self.status_code == 200 && can(cidrnetmask("\${chomp(self.response_body)}/32"))
-      error_message = "https://checkip.amazonaws.com did not return this machine's IPv4 address (HTTP status \${self.status_code}). Set admin_cidrs to the networks from which people connect, or to [] for none."
-    }
-  }
-}

@ local.admin_cidrs
-  admin_cidrs = var.admin_cidrs != null ? var.admin_cidrs : [
-    "\${chomp(data.http.home_ip[0].response_body)}/32",
-  ]
`);
});
