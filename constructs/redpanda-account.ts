import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ByocChoices, Form } from "../choices";
import { expression } from "../templates/expression";
import { AwsAccount } from "./aws-account";
import type { RedpandaCluster } from "./redpanda-cluster";
import type { RedpandaSide } from "./vpc-peering";

export interface RedpandaAccountProps {
  readonly cluster: Pick<RedpandaCluster, "region" | "networkId">;
  readonly choices: Pick<ByocChoices, "credentials"> & Form;
}

/** Access to the AWS account that the Redpanda cluster runs in, in the cluster's region. */
export class RedpandaAccount extends Construct implements RedpandaSide {
  readonly provider: TerraformProvider;
  readonly cluster: RedpandaSide["cluster"];
  readonly hasAccountId: boolean;

  constructor(scope: Construct, id: string, { cluster, choices }: RedpandaAccountProps) {
    super(scope, id);
    this.cluster = cluster;
    this.hasAccountId = choices.credentials === "role";
    this.provider = new AwsAccount(this, "aws-account", {
      alias: "redpanda",
      comment: "The account that Redpanda runs in.",
      profile: "redpanda_aws_profile",
      isPassed: choices.module,
      region: expression(`coalesce(var.redpanda_region, ${cluster.region})`),
    }).provider;
  }
}
