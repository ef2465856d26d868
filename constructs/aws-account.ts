import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { CalledRegion } from "./called-region";

export interface AwsAccountProps {
  /** Whose account it is, for the reader of versions.tf. */
  readonly comment: string;
  /** Name of the variable with the profile of the AWS CLI that leads there. */
  readonly profile: string;
  /** Whether whoever calls the module passes it. @default false: the module configures it */
  readonly isPassed?: boolean;
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
    const Provider = props.isPassed ? PassedAwsProvider : AwsProvider;
    this.provider = new Provider(this, "aws", {
      alias,
      region,
      profile: `\${var.${profile}}`,
    });
    if (props.isPassed && alias === undefined) new CalledRegion(this, "region");
    layout(this.provider, { file: "versions.tf", comment });
  }
}

/** A configuration that the module only names. */
class PassedAwsProvider extends AwsProvider {
  override toTerraform(): object {
    return {};
  }
}
