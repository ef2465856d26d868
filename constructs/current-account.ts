import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Assertion } from "./check";

export interface CurrentAccountProps {
  /** Heading in iam.tf. */
  readonly section: string;
  /** What must hold of the account: expressions of `self`. @default - nothing */
  readonly postconditions?: readonly Assertion[];
}

/** The database account, as AWS reports it. */
export class CurrentAccount extends Construct {
  /** 12 digits. */
  readonly id: string;
  /** Such as `aws` or `aws-us-gov`. */
  readonly partition: string;
  /** End of service names, such as `amazonaws.com`. */
  readonly dnsSuffix: string;

  constructor(scope: Construct, id: string, { section, postconditions }: CurrentAccountProps) {
    super(scope, id);
    layout(this, { file: "iam.tf", section });
    const identity = new DataAwsCallerIdentity(this, "aws_caller_identity.current", {
      lifecycle: postconditions && { postcondition: [...postconditions] },
    });
    const partition = new DataAwsPartition(this, "aws_partition.current");
    this.id = identity.accountId;
    this.partition = partition.partition;
    this.dnsSuffix = partition.dnsSuffix;
  }
}
