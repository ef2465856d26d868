import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

/** The region of the caller's provider. */
export class CalledRegion extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Region" });
    // Its name in versions 5 and 6 of the provider, other than `name` and `region`.
    new DataAwsRegion(this, "aws_region.current");
    new TerraformLocal(this, "local.region", "${data.aws_region.current.id}");
  }
}
