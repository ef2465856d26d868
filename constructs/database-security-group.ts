import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { layout } from "../hcl";

export interface DatabaseSecurityGroupProps {
  /** Terraform's name. */
  readonly address: string;
  /** AWS's name, which must not start with `sg-`. Cannot change. */
  readonly name: string;
  /** Cannot change: another text replaces the group. */
  readonly description: string;
  readonly vpcId: string;
  /** TCP port of the database: the only one that opens. */
  readonly port: number;
  /** IPv4 networks that may connect. */
  readonly cidrBlocks: string[];
}

/** Lets the networks listed reach the database's port, and nothing else in or out. */
export class DatabaseSecurityGroup extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: DatabaseSecurityGroupProps) {
    super(scope, id);
    const { address, name, description, vpcId, port, cidrBlocks } = props;
    const group = new SecurityGroup(this, `aws_security_group.${address}`, {
      name,
      description,
      vpcId,
      ingress: [
        {
          description: "Database port",
          fromPort: port,
          toPort: port,
          protocol: "tcp",
          cidrBlocks,
        },
      ],
      egress: [],
      tags: { Name: name },
    });
    layout(group, {
      comments: {
        description: "AWS cannot change this text: another one would replace the group.",
        ingress:
          "Inline, because a rule of its own for what an inline rule allows already fails at apply (InvalidPermission.Duplicate).",
        egress: "The database answers; it opens no connections of its own.",
      },
    });
    this.securityGroupId = group.id;
  }
}
