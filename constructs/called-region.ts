import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";

/** The region of the caller's provider. */
export class CalledRegion extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    layout(this, { file: "network.tf", section: "Region" });
    new DataAwsRegion(this, "aws_region.current");
    const region = new TerraformLocal(
      this,
      "local.region",
      '${split(".", data.aws_region.current.endpoint)[1]}',
    );
    layout(region, {
      comment:
        "Out of ec2.<region>.amazonaws.com: version 5 of the provider has no attribute region, and version 6 warns of the others.",
    });
  }
}
