import { Token } from "cdktf";
import { DatabaseSecurityGroup } from "../../constructs/database-security-group";
import type { Names } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const group = (names: Names, port: number, section?: string) =>
  rendered(
    (around) =>
      new DatabaseSecurityGroup(around, "security-group", {
        names,
        section,
        vpcId: "${var.vpc_id}",
        port,
        cidrBlocks: Token.asList(around.given("local.admin_cidrs")),
      }),
  );

test("networks reach the database's port, and nothing else goes in or out", () => {
  expect(group(postgres.names.ec2, 5432, "Network")).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Network
################################################################################

resource "aws_security_group" "aurora_sg" {
  name = join("-", compact([var.name_prefix, "aurora-postgres-sg"]))
  # AWS cannot change this text: another one would replace the group.
  description = "Security group for Aurora PostgreSQL"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = var.vpc_id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = local.admin_cidrs
  }

  tags = { Name = join("-", compact([var.name_prefix, "aurora-postgres-sg"])) }
}

=== what it hands out
securityGroupId: \${aws_security_group.aurora_sg.id}
ready:
  - aws_security_group.aurora_sg
`);
});

test("without a heading of its own, for MySQL", () => {
  const other = group(mysql.names.byoc, 3306);
  expect(other).toMatchInlineSnapshot(`
=== network.tf
resource "aws_security_group" "db" {
  name = "\${var.name_prefix}-db-sg"
  # AWS cannot change this text: another one would replace the group.
  description = "Allow MySQL from home IP"
  # The database answers; it opens no connections of its own.
  egress = []
  vpc_id = var.vpc_id

  # Inline, because a separate rule for what an inline rule already allows fails
  # at apply (InvalidPermission.Duplicate).
  ingress {
    description = "Database port"
    from_port   = 3306
    to_port     = 3306
    protocol    = "tcp"
    cidr_blocks = local.admin_cidrs
  }

  tags = { Name = "\${var.name_prefix}-db-sg" }
}

=== what it hands out
securityGroupId: \${aws_security_group.db.id}
ready:
  - aws_security_group.db
`);
});
