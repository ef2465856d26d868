import { Token } from "cdktf";
import { IngressRules } from "../../constructs/ingress-rules";
import { rendered } from "./rendered";

test("a rule for each network, in a security group of somebody else", () => {
  const rules = rendered(
    (around) =>
      new IngressRules(around, "ingress", {
        securityGroupIds: around.given("data.aws_rds_cluster.aurora.vpc_security_group_ids"),
        port: Token.asNumber(around.given("data.aws_rds_cluster.aurora.port")),
        networks: ["var.allowed_cidr_blocks"],
      }),
  );
  expect(rules).toMatchInlineSnapshot(`
=== network.tf
################################################################################
# Who may reach the database
################################################################################

locals {
  security_group_id = var.security_group_id != null ? var.security_group_id : one(
    data.aws_rds_cluster.aurora.vpc_security_group_ids
  )
}

# Rules of their own, beside those of the group's owner. If the owner writes
# rules inline in Terraform, the owner's next apply removes these: then let the
# owner list the networks, and set manage_ingress = false.
resource "aws_vpc_security_group_ingress_rule" "redpanda" {
  for_each = toset([
    for network in var.allowed_cidr_blocks : network
    if var.manage_ingress && !contains(var.existing_ingress_cidrs, network)
  ])

  from_port         = data.aws_rds_cluster.aurora.port
  to_port           = data.aws_rds_cluster.aurora.port
  ip_protocol       = "tcp"
  cidr_ipv4         = each.value
  description       = "Redpanda Connect reads changes"
  security_group_id = local.security_group_id
}

=== what it hands out
ready:
  - aws_vpc_security_group_ingress_rule.redpanda
`);
});
