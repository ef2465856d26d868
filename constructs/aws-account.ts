import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

export interface AwsAccountProps {
  /** Whose account it is, for the reader of versions.tf. */
  readonly comment: string;
  /** Name of the variable with the profile of the AWS CLI that leads there. */
  readonly profile: string;
  /** By which resources name this configuration. @default - none: all others have it */
  readonly alias?: string;
  /** @default - the one of the database */
  readonly region?: string;
}

/** Access to one AWS account: a configuration of its provider. */
export class AwsAccount extends Construct {
  readonly provider: AwsProvider;

  constructor(scope: Construct, id: string, props: AwsAccountProps) {
    super(scope, id);
    const { alias, comment, profile, region = "${var.region}" } = props;
    this.provider = new AwsProvider(this, "aws", {
      alias,
      region,
      profile: `\${var.${profile}}`,
    });
    layout(this.provider, { file: "versions.tf", comment });
  }
}
