import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { expression } from "../templates/expression";
import { AwsAccount } from "./aws-account";
import type { RedpandaCluster } from "./redpanda-cluster";

export interface RedpandaAccountProps {
  readonly cluster: Pick<RedpandaCluster, "region">;
  /** Whether whoever calls the module passes the provider. @default false: the module configures it */
  readonly isPassed?: boolean;
}

/** Access to the AWS account that the Redpanda cluster runs in, in the cluster's region. */
export class RedpandaAccount extends Construct {
  readonly provider: TerraformProvider;

  constructor(scope: Construct, id: string, { cluster, isPassed }: RedpandaAccountProps) {
    super(scope, id);
    this.provider = new AwsAccount(this, "aws-account", {
      alias: "redpanda",
      comment: "The account that Redpanda runs in.",
      profile: "redpanda_aws_profile",
      isPassed,
      region: expression(`coalesce(var.redpanda_region, ${cluster.region})`),
    }).provider;
  }
}
