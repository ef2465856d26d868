import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformLocal, TerraformOutput, TerraformVariable } from "cdktf";
import { renderModule } from "cdktf-hcl";
import { Construct, RootConstruct } from "constructs";
import { AddressedStack } from "../../stacks/addressed-stack";
import { Rendered } from "../constructs/rendered";

const stack = () =>
  new AddressedStack(new RootConstruct(), { name: "a-module", providers: ["aws", "local"] });

test("ids are addresses, wherever in the stack", () => {
  const made = stack();
  const inside = new Construct(made, "network");
  new TerraformVariable(made, "var.region", { type: "string" });
  const vpc = new Vpc(inside, "aws_vpc.this", { cidrBlock: "10.0.0.0/16" });
  new TerraformLocal(new Construct(inside, "deeper"), "local.vpc_id", vpc.id);
  new TerraformOutput(inside, "output.vpc_id", { value: "${local.vpc_id}" });
  expect(new Rendered(renderModule(made))).toMatchInlineSnapshot(`
=== versions.tf
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
    local = {
      source  = "hashicorp/local"
      version = "~> 2.5"
    }
  }
}

=== variables.tf
variable "region" {
  type = string
}

=== main.tf
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

locals {
  vpc_id = aws_vpc.this.id
}

=== outputs.tf
output "vpc_id" {
  value = local.vpc_id
}
`);
  expect(made.getLogicalId(vpc.node)).toBe("this");
});

test("is named as its module's folder is", () => {
  expect(stack().node.id).toBe("a-module");
});

test("names what its caller passes beside the default provider", () => {
  const called = new AddressedStack(new RootConstruct(), {
    name: "a-module",
    providers: ["aws", "local"],
    aliases: ["redpanda"],
  });
  const difference = new Rendered(renderModule(called)).differenceTo(
    new Rendered(renderModule(stack())),
  );
  expect(difference).toMatchInlineSnapshot(`
=== versions.tf
@ terraform
-      source  = "hashicorp/aws"
-      version = ">= 5.100.0, < 7.0.0"
+      source                = "hashicorp/aws"
+      version               = ">= 5.100.0, < 7.0.0"
+      configuration_aliases = [aws.redpanda]
`);
});
