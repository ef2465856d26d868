import { type TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { AssumeRolesGrant } from "../constructs/assume-roles-grant";
import { AwsAccount } from "../constructs/aws-account";
import { providers, requiredTerraformVersion } from "../providers/required-providers";
import { grants } from "../variables/grants";
import { declareVariables } from "../variables/variable";

/** In Redpanda's account: the pipeline role of one cluster may assume the roles of a fleet's pipelines. */
export class GrantsStack extends TerraformStack {
  constructor(scope: Construct) {
    super(scope, "grants");
    this.addOverride("terraform.required_version", requiredTerraformVersion);
    this.addOverride("terraform.required_providers", { aws: providers.aws });
    declareVariables(this, [["Grants", grants]]);
    new AwsAccount(this, "aws-account", {
      comment: "The account that Redpanda runs in.",
      profile: "redpanda_aws_profile",
      region: "${var.redpanda_region}",
    });
    new AssumeRolesGrant(this, "assume-roles-grant");
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { id } = "node" in element ? element.node : element;
    return id.slice(id.lastIndexOf(".") + 1);
  }
}
