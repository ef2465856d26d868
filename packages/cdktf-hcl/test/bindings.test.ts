import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Lazy, TerraformProvider, TerraformResource, TerraformStack, Testing } from "cdktf";
import { type RenderOptions, renderModule } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

/** What a generated binding tells of its blocks, where no schema of them is known. */

function rendered(build: (stack: TerraformStack) => void, options?: RenderOptions) {
  const stack = new TerraformStack(Testing.app(), "example");
  build(stack);
  const files = renderModule(stack, options);
  if (hasTerraform) expect(formattingOf(files)).toBe("");
  return files;
}

const FUNCTION = { functionName: "f", role: "arn:aws:iam::123456789012:role/r" };

test("a block that only an override speaks of", () => {
  const files = rendered((stack) => {
    const lambda = new LambdaFunction(stack, "f", FUNCTION);
    lambda.addOverride("environment", { variables: { A: "1" } });
    lambda.addOverride("architectures", []);
    lambda.addOverride("tags", { a: "b" });
  });
  expect(files["main.tf"]).toBe(`resource "aws_lambda_function" "f" {
  function_name = "f"
  architectures = []
  role          = "arn:aws:iam::123456789012:role/r"

  environment {
    variables = { A = "1" }
  }

  tags = { a = "b" }
}
`);
});

test("a block within a block, and a dynamic one, that only overrides speak of", () => {
  const files = rendered((stack) => {
    const group = new AutoscalingGroup(stack, "g", {
      minSize: 0,
      maxSize: 1,
      mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: {} } },
    });
    group.addOverride("mixed_instances_policy.launch_template.override", [
      { instance_requirements: { memory_mib: { min: 1 }, vcpu_count: { min: 1 } } },
    ]);
    group.addOverride("dynamic.tag", {
      for_each: { Name: "x" },
      content: { key: "${tag.key}", value: "${tag.value}", propagate_at_launch: true },
    });
  });
  expect(files["main.tf"]).toBe(`resource "aws_autoscaling_group" "g" {
  min_size = 0
  max_size = 1

  mixed_instances_policy {
    launch_template {
      launch_template_specification {}

      override {
        instance_requirements {
          memory_mib {
            min = 1
          }

          vcpu_count {
            min = 1
          }
        }
      }
    }
  }

  dynamic "tag" {
    for_each = { Name = "x" }

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
`);
});

test("blocks of a list that is made late", () => {
  const files = rendered((stack) => {
    new LbListener(stack, "l", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:l",
      defaultAction: Lazy.anyValue({
        produce: () => [
          { type: "forward", forward: { target_group: [{ arn: "arn:1" }, { arn: "arn:2" }] } },
        ],
      }) as never,
    });
  });
  expect(files["main.tf"]).toBe(`resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:l"

  default_action {
    type = "forward"

    forward {
      target_group {
        arn = "arn:1"
      }

      target_group {
        arn = "arn:2"
      }
    }
  }
}
`);
});

test("a binding written by hand, which does something with what it is given", () => {
  class Thing extends TerraformResource {
    constructor(
      stack: TerraformStack,
      private readonly sizes: readonly number[],
    ) {
      super(stack, "thing", {
        terraformResourceType: "aws_thing",
        terraformGeneratorMetadata: { providerName: "aws" },
      });
    }

    protected override synthesizeAttributes() {
      return { disk: this.sizes.map((size) => ({ size })) };
    }

    protected override synthesizeHclAttributes() {
      const value = this.sizes
        .filter((size) => size > 0)
        .map((size) => ({ size: { value: size } }));
      return { disk: { isBlock: true, type: "list", storageClassType: "DiskList", value } };
    }
  }
  expect(rendered((stack) => new Thing(stack, [1]))["main.tf"]).toBe(`resource "aws_thing" "thing" {
  disk {
    size = 1
  }
}
`);
});

const WEB_ACL = {
  name: "acl",
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: {
    cloudwatchMetricsEnabled: false,
    metricName: "acl",
    sampledRequestsEnabled: false,
  },
};

test('what a binding declares as "any" is refused without a schema, and written with one', () => {
  const build = (stack: TerraformStack) => {
    new Wafv2WebAcl(stack, "acl", {
      ...WEB_ACL,
      rule: [
        {
          name: "geo",
          priority: 1,
          statement: { geo_match_statement: { country_codes: ["AQ"] } },
          visibilityConfig: WEB_ACL.visibilityConfig,
        },
      ],
    });
  };
  expect(() => rendered(build)).toThrow(
    `Stack example cannot be written as HCL, 1 problem:
  - example/acl: resource.aws_wafv2_web_acl.acl: rule.statement is not in the schema of resource type aws_wafv2_web_acl, so there is no telling whether it is a block or an attribute. Pass the schema of the provider version in use: renderModule(stack, { schemas: [...] })`,
  );
  const statement = {
    block_types: {
      geo_match_statement: {
        nesting_mode: "list",
        block: { attributes: { country_codes: { type: ["list", "string"] } } },
      },
    },
  };
  const schema = {
    provider_schemas: {
      "registry.terraform.io/hashicorp/aws": {
        resource_schemas: {
          aws_wafv2_web_acl: {
            block: {
              block_types: {
                rule: {
                  nesting_mode: "set",
                  block: { block_types: { statement: { nesting_mode: "list", block: statement } } },
                },
              },
            },
          },
        },
      },
    },
  };
  expect(rendered(build, { schemas: [schema] })["main.tf"]).toContain(`    statement {
      geo_match_statement {
        country_codes = ["AQ"]
      }
    }
`);
});

test("schemas that are given join those that are known", () => {
  const thing = {
    provider_schemas: {
      "registry.terraform.io/acme/acme": {
        resource_schemas: {
          acme_thing: {
            block: { attributes: { settings: { nested_type: { nesting_mode: "single" } } } },
          },
        },
      },
    },
  };
  const files = rendered(
    (stack) => {
      new TerraformResource(stack, "thing", { terraformResourceType: "acme_thing" }).addOverride(
        "settings",
        { size: 1 },
      );
      new TerraformResource(stack, "topic", {
        terraformResourceType: "redpanda_topic",
      }).addOverride("configuration", { "cleanup.policy": "compact" });
    },
    { schemas: [thing] },
  );
  expect(files["main.tf"]).toBe(`resource "acme_thing" "thing" {
  settings = { size = 1 }
}

resource "redpanda_topic" "topic" {
  configuration = { "cleanup.policy" = "compact" }
}
`);
});

test("a provider without a source, and one without a version", () => {
  class Acme extends TerraformProvider {}
  const files = rendered((stack) => {
    new Acme(stack, "acme", { terraformResourceType: "acme" });
    new Acme(stack, "other", {
      terraformResourceType: "other",
      terraformProviderSource: "acme/other",
    });
    new AwsProvider(stack, "aws", {});
  });
  expect(files["versions.tf"]).toBe(`terraform {
  required_providers {
    acme  = {}
    other = { source = "acme/other" }
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}
`);
});
