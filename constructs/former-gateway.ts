import { TerraformElement } from "cdktf";

/**
 * Lets an internet gateway that was there before go while the instance loses its public address. At the
 * old address Terraform would first wait until the gateway is gone: whatever depended on it in the state
 * is changed afterwards. AWS detaches no gateway while there is a public address, so neither would end.
 * Under another address nothing in the state depends on it, and the provider tries again until AWS agrees.
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/transform_destroy_edge.go
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
 */
export class FormerGateway extends TerraformElement {
  override toTerraform() {
    return {
      moved: [{ from: "aws_internet_gateway.this", to: "aws_internet_gateway.former" }],
    };
  }
}
