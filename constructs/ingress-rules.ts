import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable, TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface IngressRulesProps {
  /** The cluster's security groups: an expression, a list. */
  readonly securityGroupIds: string;
  /** TCP port of the database: the only one that opens. */
  readonly port: number;
  /** IPv4 networks that may connect: expressions, each of a list. */
  readonly networks: readonly string[];
}

/**
 * A rule for each network, in a security group of somebody else. An owner who writes the group's rules
 * inline in Terraform removes these at the next apply.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_ingress_rule
 */
export class IngressRules extends Construct {
  /** What must exist before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: IngressRulesProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Who may reach the database" });
    const { securityGroupIds, port, networks } = props;

    const group = new TerraformLocal(
      this,
      "local.security_group_id",
      `\${var.security_group_id != null ? var.security_group_id : one(${securityGroupIds})}`,
    );
    const all = networks.length === 1 ? networks[0] : `concat(${networks.join(", ")})`;
    const rule = new VpcSecurityGroupIngressRule(
      this,
      "aws_vpc_security_group_ingress_rule.redpanda",
      {
        securityGroupId: group.asString,
        description: "Redpanda Connect reads changes",
        cidrIpv4: "${each.value}",
        fromPort: port,
        toPort: port,
        ipProtocol: "tcp",
      },
    );
    rule.addOverride(
      "for_each",
      `\${toset([for network in ${all} : network if var.manage_ingress && !contains(var.existing_ingress_cidrs, network)])}`,
    );
    layout(rule, {
      comment:
        "Rules of their own, beside those of the group's owner. If the owner writes rules inline in Terraform, the owner's next apply removes these: then let the owner list the networks, and set manage_ingress = false.",
    });
    this.ready = [rule];
  }
}
