import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import {
  CloudBackend,
  conditional,
  DataResource,
  DataTerraformRemoteStateS3,
  Fn,
  NamedCloudWorkspace,
  propertyAccess,
  TerraformCount,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from "cdktf";
import { renderModule } from "../src";
import {
  describeWithTerraform,
  formattingOf,
  inTemporaryFolder,
  jsonModule,
  terraform,
} from "./terraform";

/** All of Terraform's language that needs no provider, as far as CDKTF can say it. */
function everything(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "everything");
  stack.addOverride("terraform.required_version", ">= 1.11");

  const names = new TerraformVariable(stack, "names", {
    type: "list(string)",
    description: 'Names, such as "${not evaluated}" and %{ if x }\n- of people\n- of places\n',
    default: ["a", "b"],
    nullable: false,
    validation: [
      { condition: "${length(var.names) > 0}", errorMessage: "At least one." },
      { condition: '${!contains(var.names, "")}', errorMessage: "Not ${length(var.names)}." },
    ],
  });
  new TerraformVariable(stack, "shape", {
    type: "object({ name = string, size = optional(number, 3), kinds = set(object({ k = any })) })",
  }).addOverride("default", null);
  new TerraformVariable(stack, "legacy", { type: "map", default: {} });
  const token = new TerraformVariable(stack, "token", {
    type: "string",
    default: "t",
    sensitive: true,
  });
  token.addOverride("ephemeral", true);

  new TerraformLocal(stack, "by_name", Fn.zipmap(names.listValue, names.listValue));
  new TerraformLocal(stack, "first", propertyAccess(names.listValue, [0]));
  new TerraformLocal(
    stack,
    "chosen",
    conditional(Fn.contains(names.listValue, "a"), { a: [1], b: 1 }, { a: [2], b: 2 }),
  );
  new TerraformLocal(stack, "raw", Fn.join(Fn.rawString('"'), ["a", Fn.upper("b")]));

  const each = new DataResource(stack, "each", {
    forEach: TerraformIterator.fromList(names.listValue),
    input: { key: "${each.key}" },
  });
  const counted = new DataResource(stack, "counted", {
    count: TerraformCount.of(Fn.lengthOf(names.listValue)),
    lifecycle: {
      createBeforeDestroy: true,
      ignoreChanges: ["triggers_replace"],
      precondition: [{ condition: "${length(var.names) < 9}", errorMessage: "Too many." }],
      postcondition: [
        { condition: "${self.input != null}", errorMessage: "Nothing in ${self.id}." },
      ],
    },
    dependsOn: [each],
    input: { index: "${count.index}" },
    provisioners: [
      { type: "local-exec", command: "true", environment: { A: "1" }, interpreter: ["sh", "-c"] },
      { type: "local-exec", command: "true", when: "destroy" },
    ],
    connection: { type: "ssh", host: "localhost" },
  });
  counted.addOverride("lifecycle.replace_triggered_by", [
    "terraform_data.each",
    "terraform_data.new[count.index].id",
  ]);
  new DataResource(stack, "new", { count: 9 }).moveFromId("terraform_data.old");

  new TerraformHclModule(stack, "child", {
    source: "./child",
    skipAssetCreationFromLocalModules: true,
    variables: { value: Token.asAny("${terraform_data.each}"), nothing: null },
    dependsOn: [counted],
  });
  stack.addOverride("check.health", {
    assert: [
      { condition: "${length(var.names) > 1}", error_message: "Few." },
      { condition: '${local.first == "a"}', error_message: "First is ${local.first}." },
    ],
  });
  stack.addOverride("removed", [{ from: "terraform_data.gone", lifecycle: { destroy: false } }]);
  stack.addOverride("import", [{ to: "terraform_data.new[0]", id: "${var.names[0]}" }]);

  const output = new TerraformOutput(stack, "out", {
    value: { each: "${terraform_data.each}", list: [1, { a: true }] },
    description: "What\tis",
    sensitive: true,
    precondition: { condition: "${length(var.names) > 0}", errorMessage: "None." },
  });
  // The part of an output that CDKTF's JSON leaves out, so that the two can be compared.
  output.addOverride("precondition", [
    { condition: "${length(var.names) > 0}", error_message: "None." },
  ]);
  return stack;
}

function planOf(files: Record<string, string>) {
  return inTemporaryFolder(files, (dir) => {
    mkdirSync(join(dir, "child"));
    writeFileSync(
      join(dir, "child", "main.tf"),
      'variable "value" {}\nvariable "nothing" { default = 1 }\noutput "nothing" { value = var.nothing }\n',
    );
    terraform(dir, "init", "-backend=false");
    terraform(dir, "validate");
    terraform(dir, "plan", "-out=plan");
    const { timestamp, configuration, ...plan } = JSON.parse(
      terraform(dir, "show", "-json", "plan"),
    );
    return plan;
  });
}

describeWithTerraform("everything in Terraform's language", () => {
  test("is formatted", () => {
    expect(formattingOf(renderModule(everything()))).toBe("");
  });

  test("plans as the JSON does", () => {
    const json = planOf(jsonModule(everything()));
    expect(json.checks).toHaveLength(4);
    expect(planOf(renderModule(everything()))).toEqual(json);
  });
});

test("expressions that CDKTF makes", () => {
  expect(renderModule(everything())["main.tf"]).toContain(`locals {
  by_name = zipmap(var.names, var.names)
  first   = var.names.0
  chosen = contains(var.names, "a") ? {
    a = [1]
    b = 1
    } : {
    a = [2]
    b = 2
  }

  raw = join("\\"", ["a", upper("b")])
}
`);
});

function mainOf(build: (stack: TerraformStack) => void, file = "main.tf"): string | undefined {
  const stack = new TerraformStack(Testing.app(), "example");
  build(stack);
  return renderModule(stack)[file];
}

test("dynamic blocks, with a schema and without", () => {
  const main = mainOf((stack) => {
    const teams = TerraformIterator.fromList(["a", "b"]);
    new DataAwsIamPolicyDocument(stack, "document", {
      statement: teams.dynamic({ sid: teams.value, resources: ["*"], condition: [] }),
    });
    new AutoscalingGroup(stack, "group", {
      minSize: 0,
      maxSize: 1,
      tag: teams.dynamic({ key: teams.value, value: "", propagate_at_launch: true }),
    });
  });
  expect(main).toBe(`data "aws_iam_policy_document" "document" {
  dynamic "statement" {
    for_each = toset(["a", "b"])
    iterator = each

    content {
      sid       = each.value
      resources = ["*"]
    }
  }
}

resource "aws_autoscaling_group" "group" {
  min_size = 0
  max_size = 1

  dynamic "tag" {
    for_each = toset(["a", "b"])
    iterator = each

    content {
      key                 = each.value
      value               = ""
      propagate_at_launch = true
    }
  }
}
`);
});

test("Terraform Cloud", () => {
  const versions = mainOf(
    (stack) =>
      new CloudBackend(stack, { organization: "acme", workspaces: new NamedCloudWorkspace("a") }),
    "versions.tf",
  );
  expect(versions).toBe(`terraform {
  cloud {
    organization = "acme"

    workspaces {
      name = "a"
    }
  }
}
`);
});

test("the state of others", () => {
  const main = mainOf(
    (stack) =>
      new DataTerraformRemoteStateS3(stack, "network", {
        bucket: "states",
        key: "network",
        region: "eu-west-1",
      }),
  );
  expect(main).toBe(`data "terraform_remote_state" "network" {
  backend = "s3"

  config = {
    bucket = "states"
    key    = "network"
    region = "eu-west-1"
  }
}
`);
});
