import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { ITerraformDependable } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Names } from "../engines/engine";

export interface DatabaseSecurityGroupProps {
  readonly names: Names;
  /** Heading in network.tf. @default - that of the construct around it */
  readonly section?: string;
  readonly vpcId: string;
  /** TCP port of the database: the only one that opens. */
  readonly port: number;
  /** IPv4 networks that may connect. */
  readonly cidrBlocks: string[];
}

/** Lets the networks listed reach the database's port, and nothing else in or out. */
export class DatabaseSecurityGroup extends Construct {
  readonly securityGroupId: string;
  /** What must exist before anyone connects. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseSecurityGroupProps) {
    super(scope, id);
    layout(this, { file: "network.tf", section: props.section });
    const { names, vpcId, port, cidrBlocks } = props;
    const { securityGroup: name, addresses } = names;
    const group = new SecurityGroup(this, `aws_security_group.${addresses.securityGroup}`, {
      name,
      description: names.securityGroupDescription,
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
          "Inline, because a separate rule for what an inline rule already allows fails at apply (InvalidPermission.Duplicate).",
        egress: "The database answers; it opens no connections of its own.",
      },
    });
    this.securityGroupId = group.id;
    this.ready = [group];
  }
}
