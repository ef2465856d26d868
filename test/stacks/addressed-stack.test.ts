import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformLocal, TerraformOutput, TerraformVariable } from "cdktf";
import { renderModule } from "cdktf-hcl";
import { Construct, RootConstruct } from "constructs";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { AddressedStack, type AddressedStackProps } from "../../stacks/addressed-stack";
import { templates } from "../../templates";
import { Rendered } from "../constructs/rendered";

const stack = (props: Partial<AddressedStackProps> = {}) =>
  new AddressedStack(new RootConstruct(), {
    engine: postgres,
    names: postgres.names.byoc,
    choices: { aurora: "new", database: "sql" },
    providers: ["aws", "local"],
    template: { destination: "cloud" },
    ...props,
  });

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

test("is named as its module's folder is, and knows engine and templates", () => {
  const made = stack({
    engine: mysql,
    names: mysql.names.ec2,
    choices: { aurora: "new", database: "exec" },
  });
  expect(made.node.id).toBe("aurora-mysql-ec2");
  expect(made.engine).toBe(mysql);
  expect(made.templates).toEqual(
    templates(mysql, { destination: "cloud", aurora: "new", database: "exec" }),
  );
});

test("wants the engine's own provider where Terraform makes the user", () => {
  const wanting = (engine: typeof mysql) =>
    new Rendered(renderModule(stack({ engine, choices: { aurora: "new", database: "provider" } })));
  const usual = new Rendered(renderModule(stack()));
  expect(wanting(postgres).differenceTo(usual)).toMatchInlineSnapshot(`
=== versions.tf
@ terraform
+    postgresql = {
+      source  = "cyrilgdn/postgresql"
+      version = "~> 1.26"
+    }
`);
  expect(wanting(mysql).differenceTo(usual)).toMatchInlineSnapshot(`
=== versions.tf
@ terraform
+    mysql = {
+      source  = "petoju/mysql"
+      version = "~> 3.0, >= 3.0.66"
+    }
`);
});
