import type { Construct } from "constructs";
import { AssumeRolesGrant } from "../constructs/assume-roles-grant";
import { AwsAccount } from "../constructs/aws-account";
import { grants } from "../variables/grants";
import { declareVariables } from "../variables/variable";
import { AddressedStack } from "./addressed-stack";

/** In Redpanda's account: the pipeline role of one cluster may assume the roles of a fleet's pipelines. */
export class GrantsStack extends AddressedStack {
  constructor(scope: Construct) {
    super(scope, { name: "grants", providers: ["aws"] });
    declareVariables(this, [["Grants", grants]]);
    new AwsAccount(this, "aws-account", {
      comment: "The account that Redpanda runs in.",
      profile: "redpanda_aws_profile",
      region: "${var.redpanda_region}",
    });
    new AssumeRolesGrant(this, "assume-roles-grant");
  }
}
