import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  App,
  Aspects,
  Fn,
  LocalBackend,
  S3Backend,
  TerraformElement,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { Construct } from "constructs";
import { layout, renderModule } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

function stackWith(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "example");
  build(stack);
  return stack;
}

/** The module, after `terraform fmt` has had its say. */
function rendered(build: (stack: TerraformStack) => void): Record<string, string> {
  const files = renderModule(stackWith(build));
  if (hasTerraform) expect(formattingOf(files)).toBe("");
  return files;
}

test("the smallest use", () => {
  const files = rendered((stack) => {
    const name = new TerraformVariable(stack, "name", { type: "string" });
    new TerraformOutput(stack, "greeting", { value: `Hello, ${name.value}!` });
  });
  expect(files).toEqual({
    "variables.tf": `variable "name" {
  type = string
}
`,
    "outputs.tf": `output "greeting" {
  value = "Hello, \${var.name}!"
}
`,
  });
});

test("each kind of block in its usual file, in the order of the construct tree", () => {
  const files = rendered((stack) => {
    stack.addOverride("terraform.required_version", ">= 1.11");
    stack.addOverride("terraform.required_providers.aws", { version: "~> 6.0" });
    new AwsProvider(stack, "aws", {
      region: "eu-west-1",
      defaultTags: [{ tags: { Team: "data" } }],
    });
    const other = new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" });
    new TerraformVariable(stack, "names", {
      description: "Who may come in",
      type: "list(string)",
      default: [],
      nullable: false,
      validation: [{ condition: "${length(var.names) < 3}", errorMessage: "Two at most." }],
    });
    const region = new DataAwsRegion(stack, "here", { provider: other });
    new TerraformLocal(stack, "prefix", `\${data.aws_region.here.name}-x`);
    new TerraformLocal(stack, "ports", [80, 443]);
    new SnsTopic(stack, "news", {
      name: "news",
      tags: { Name: "news", Region: region.id },
      dependsOn: [region],
      lifecycle: { preventDestroy: true },
    });
    new TerraformHclModule(stack, "vpc", {
      source: "terraform-aws-modules/vpc/aws",
      version: "~> 5.0",
      providers: [{ moduleAlias: "src", provider: other }],
      variables: { cidr: "10.0.0.0/16", azs: ["a", "b"], nothing: null },
    });
  });
  expect(files).toEqual({
    "versions.tf": `terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
`,
    "providers.tf": `provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Team = "data" }
  }
}

provider "aws" {
  alias = "other"

  region = "us-east-1"
}
`,
    "variables.tf": `variable "names" {
  description = "Who may come in"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.names) < 3
    error_message = "Two at most."
  }
}
`,
    "main.tf": `data "aws_region" "here" {
  provider = aws.other
}

locals {
  prefix = "\${data.aws_region.here.name}-x"
  ports  = [80, 443]
}

resource "aws_sns_topic" "news" {
  name = "news"

  tags = {
    Name   = "news"
    Region = data.aws_region.here.id
  }

  depends_on = [data.aws_region.here]

  lifecycle {
    prevent_destroy = true
  }
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"

  providers = { aws.src = aws.other }

  cidr    = "10.0.0.0/16"
  azs     = ["a", "b"]
  nothing = null
}
`,
  });
});

test("files, sections and comments by layout", () => {
  const files = renderModule(
    stackWith((stack) => {
      const network = new Construct(stack, "network");
      layout(network, { file: "network.tf", section: "Network" });
      const cidr = new TerraformVariable(network, "cidr", { type: "string" });
      cidr.overrideLogicalId("cidr");
      const open = new TerraformLocal(network, "open", true);
      open.overrideLogicalId("open");
      layout(open, { comment: "Until the VPN is there." });
      new SnsTopic(stack, "loose", { name: "loose" });
      const topic = new SnsTopic(network, "topic", { name: "topic", fifoTopic: true });
      topic.overrideLogicalId("topic");
      layout(topic, {
        comment:
          "Alarms of the network go here, because whoever is on call for it reads this one topic and no other.\n\n- first",
        comments: { fifo_topic: "Alarms must stay in order." },
      });
    }),
    { banner: "Generated by a test.\nEdit the test instead." },
  );
  expect(files).toEqual({
    "variables.tf": `# Generated by a test.
# Edit the test instead.

################################################################################
# Network
################################################################################

variable "cidr" {
  type = string
}
`,
    "network.tf": `# Generated by a test.
# Edit the test instead.

################################################################################
# Network
################################################################################

locals {
  # Until the VPN is there.
  open = true
}

# Alarms of the network go here, because whoever is on call for it reads this
# one topic and no other.
#
# - first
resource "aws_sns_topic" "topic" {
  name = "topic"
  # Alarms must stay in order.
  fifo_topic = true
}
`,
    "main.tf": `# Generated by a test.
# Edit the test instead.

resource "aws_sns_topic" "loose" {
  name = "loose"
}
`,
  });
});

test("in a file the terraform block comes first, and locals stand apart where they need room", () => {
  const files = rendered((stack) => {
    layout(new AwsProvider(stack, "aws", {}), { file: "versions.tf" });
    stack.addOverride("terraform.required_providers", {
      aws: { version: "~> 6.0" },
      http: { source: "hashicorp/http", version: "~> 3.4" },
    });
    new TerraformLocal(stack, "a", 1);
    layout(new TerraformLocal(stack, "b", 2), { comment: "Why two." });
    new TerraformLocal(stack, "c", { d: 3, e: "4" });
    new TerraformLocal(stack, "f", 5);
  });
  expect(files).toEqual({
    "versions.tf": `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    http = {
      source  = "hashicorp/http"
      version = "~> 3.4"
    }
  }
}

provider "aws" {}
`,
    "main.tf": `locals {
  a = 1

  # Why two.
  b = 2

  c = {
    d = 3
    e = "4"
  }

  f = 5
}
`,
  });
});

test("a variable, an output and a provider go where their own layout says", () => {
  const files = rendered((stack) => {
    layout(stack, { file: "everything.tf" });
    layout(new AwsProvider(stack, "aws", {}), { file: "versions.tf" });
    layout(new TerraformVariable(stack, "a", {}), { file: "a.tf" });
    new TerraformVariable(stack, "b", {});
    layout(new TerraformOutput(stack, "c", { value: 1 }), { file: "a.tf" });
    new TerraformLocal(stack, "d", 1);
  });
  expect(Object.keys(files)).toEqual(["versions.tf", "variables.tf", "a.tf", "everything.tf"]);
});

test("what names a resource or a nested block comes first in it", () => {
  const files = rendered((stack) => {
    const group = new RdsClusterParameterGroup(stack, "logical", {
      description: "Logical replication",
      family: "aurora-postgresql17",
      name: "logical",
      parameter: [
        { applyMethod: "pending-reboot", name: "rds.logical_replication", value: "1" },
        { name: "max_replication_slots", value: "20" },
      ],
    });
    group.addOverride("dynamic.parameter", {
      for_each: { wal_sender_timeout: "0" },
      content: {
        apply_method: "immediate",
        value: "${parameter.value}",
        name: "${parameter.key}",
      },
    });
  });
  expect(files["main.tf"]).toBe(`resource "aws_rds_cluster_parameter_group" "logical" {
  name        = "logical"
  description = "Logical replication"
  family      = "aurora-postgresql17"

  parameter {
    name         = "rds.logical_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "max_replication_slots"
    value = "20"
  }

  dynamic "parameter" {
    for_each = { wal_sender_timeout = "0" }

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "immediate"
    }
  }
}
`);
});

test("arguments that are read together stand in the order in which people write them", () => {
  const files = rendered((stack) => {
    new AwsProvider(stack, "aws", { profile: "data", region: "eu-west-1", maxRetries: 3 });
    const group = new SecurityGroup(stack, "db", {
      name: "db",
      egress: [],
      ingress: [
        { cidrBlocks: ["10.0.0.0/16"], fromPort: 5432, protocol: "tcp", toPort: 5432 },
        { description: "itself", fromPort: 0, toPort: 0, protocol: "-1", selfAttribute: true },
      ],
    });
    layout(group, { comments: { "ingress.protocol": "No UDP." } });
    new DataAwsIamPolicyDocument(stack, "connect", {
      statement: [
        {
          actions: ["rds-db:connect"],
          condition: [{ test: "Bool", values: ["true"], variable: "aws:SecureTransport" }],
          effect: "Allow",
          principals: [{ identifiers: ["*"], type: "AWS" }],
          resources: ["*"],
          sid: "Connect",
        },
      ],
    });
  });
  expect(`${files["providers.tf"]}\n${files["main.tf"]}`).toBe(`provider "aws" {
  max_retries = 3
  region      = "eu-west-1"
  profile     = "data"
}

resource "aws_security_group" "db" {
  name   = "db"
  egress = []

  ingress {
    from_port = 5432
    to_port   = 5432
    # No UDP.
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }

  ingress {
    description = "itself"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    self        = true
  }
}

data "aws_iam_policy_document" "connect" {
  statement {
    sid       = "Connect"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}
`);
});

test("what a module is given stands as its author wrote it", () => {
  const files = rendered((stack) => {
    new TerraformHclModule(stack, "db", {
      source: "./db",
      skipAssetCreationFromLocalModules: true,
      variables: { profile: "data", region: "eu-west-1" },
    });
  });
  expect(files["main.tf"]).toBe(`module "db" {
  source = "./db"

  profile = "data"
  region  = "eu-west-1"
}
`);
});

test("a policy reads as structure", () => {
  const files = rendered((stack) => {
    const topic = new SnsTopic(stack, "topic", {});
    new IamRole(stack, "role", {
      name: "publisher",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Principal: { Service: "ec2.amazonaws.com" },
            Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
          },
        ],
      }),
    });
  });
  expect(files["main.tf"]).toBe(`resource "aws_sns_topic" "topic" {}

resource "aws_iam_role" "role" {
  name = "publisher"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "ec2.amazonaws.com" }
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.topic.arn } }
    }]
  })
}
`);
});

test("objects in one list item stand on lines of their own where terraform fmt would align across them", () => {
  const files = rendered((stack) => {
    new TerraformLocal(stack, "statements", [
      '${merge({ "${var.key}" = 1 }, { effect = "Allow", action = "*" })}',
      '${var.isOpen ? { a = 1 } : { effect = "Allow", action = "*" }}',
    ]);
    new TerraformLocal(stack, "tags", "${merge({ a = 1 }, { b = 2, long = 3 })}");
  });
  expect(files["main.tf"]).toBe(`locals {
  statements = [
    merge(
      { "\${var.key}" = 1 },
      {
        effect = "Allow"
        action = "*"
      }
    ),
    var.isOpen ? {
      a = 1
      } : {
      effect = "Allow"
      action = "*"
    },
  ]

  tags = merge({ a = 1 }, {
    b    = 2
    long = 3
  })
}
`);
});

describe("a backend is written if the author chose one", () => {
  test("not the one that CDKTF adds, with a path of this machine", () => {
    expect(rendered((stack) => stack.ensureBackendExists())).toEqual({});
  });

  test("a local one with a path", () => {
    const files = rendered((stack) => new LocalBackend(stack, { path: "state/here.tfstate" }));
    expect(files["versions.tf"]).toBe(`terraform {
  backend "local" {
    path = "state/here.tfstate"
  }
}
`);
  });

  test("any other", () => {
    const files = rendered(
      (stack) => new S3Backend(stack, { bucket: "states", key: "${not evaluated}", region: "eu" }),
    );
    expect(files["versions.tf"]).toBe(`terraform {
  backend "s3" {
    bucket = "states"
    key    = "$\${not evaluated}"
    region = "eu"
  }
}
`);
  });
});

describe("before and after app.synth()", () => {
  test("aspects and references between stacks are in it, once", () => {
    const app = Testing.app();
    const one = new TerraformStack(app, "one");
    const two = new TerraformStack(app, "two");
    let visits = 0;
    Aspects.of(one).add({
      visit: (construct) => {
        if (!TerraformElement.isTerraformElement(construct)) return;
        visits++;
        if (construct instanceof SnsTopic) construct.displayName = "visited";
      },
    });
    new AwsProvider(one, "aws", {});
    const topic = new SnsTopic(one, "topic", {});
    new TerraformOutput(two, "arn", { value: topic.arn });

    const before = renderModule(one);
    expect(before["main.tf"]).toContain('display_name = "visited"');
    expect(before["outputs.tf"]).toContain("value     = aws_sns_topic.topic.arn");
    app.synth();
    const visitsOfSynth = visits;
    expect(renderModule(one)).toEqual(before);
    expect(visits).toBe(visitsOfSynth);
  });
});

describe("a stack that is rendered again", () => {
  test("is the same, though an aspect adds constructs to it", () => {
    const stack = stackWith((stack) => {
      new TerraformLocal(stack, "a", 1);
      Aspects.of(stack).add({
        visit: (construct) => {
          const { id, scope } = construct.node;
          // One that CDKTF lets the aspect visit, and one that it does not.
          if (id === "a") new TerraformLocal(construct, "below", 2);
          if (id !== "example" && scope === stack) new TerraformLocal(stack, `${id}_beside`, 3);
        },
      });
    });
    const once = renderModule(stack);
    expect(once["main.tf"]).toBe(`locals {
  a                = 1
  a_below_91831868 = 2
  a_beside         = 3
}
`);
    expect(renderModule(stack)).toEqual(once);
  });

  test("has what was added in between, aspects and references to other stacks included", () => {
    const app = Testing.app();
    const one = new TerraformStack(app, "one");
    const two = new TerraformStack(app, "two");
    const topic = new SnsTopic(one, "topic", {});
    expect(renderModule(two)).toEqual({});
    new TerraformLocal(two, "arn", topic.arn);
    new TerraformLocal(two, "b", 1);
    Aspects.of(two).add({
      visit: (construct) => {
        if (construct.node.id === "b") (construct as TerraformLocal).expression = 2;
      },
    });
    expect(renderModule(two)["main.tf"]).toContain(`  arn = data.terraform_remote_state.`);
    expect(renderModule(two)["main.tf"]).toContain(`  b   = 2\n`);
    expect(renderModule(one)["outputs.tf"]).toContain("value     = aws_sns_topic.topic.arn");
  });
});

test("each stack of an App is prepared twice at most, however many there are", () => {
  const app = Testing.app();
  const stacks = ["a", "b", "c", "d", "e"].map((id) => new TerraformStack(app, id));
  const prepared = stacks.map((stack) => jest.spyOn(stack, "prepareStack"));
  for (const stack of stacks) renderModule(stack);
  expect(prepared.map(({ mock }) => mock.calls.length)).toEqual([1, 2, 2, 2, 2]);
});

test("a stack of an App is looked through as often, however many others there are", () => {
  const looks = [3, 30].map((count) => {
    const app = Testing.app();
    const stacks = Array.from({ length: count }, (_, id) => new TerraformStack(app, `${id}`));
    const inside = new Construct(stacks[1] as TerraformStack, "inside");
    const children = jest.spyOn(inside.node, "children", "get");
    for (const stack of stacks) renderModule(stack);
    return children.mock.calls.length;
  });
  expect(looks[1]).toBe(looks[0]);
});

describe("a stack that was added since another was written has what it refers to", () => {
  type Place = (app: App, one: TerraformStack, two: TerraformStack) => Construct;
  const places: [string, Place][] = [
    ["beside it", (app) => app],
    ["in a scope of the App", (app) => new Construct(app, "scope")],
    ["in the other", (_, one) => new Construct(one, "scope")],
    ["in a stack of the other", (_, __, two) => two],
  ];

  test.each(places)("%s", (_, place) => {
    const app = Testing.app();
    const one = new TerraformStack(app, "one");
    const two = new TerraformStack(one, "two");
    const topic = new SnsTopic(one, "topic", {});
    expect(renderModule(one)["outputs.tf"]).toBeUndefined();
    const three = new TerraformStack(place(app, one, two), "three");
    new TerraformLocal(three, "arn", topic.arn);
    expect(renderModule(one)["outputs.tf"]).toContain("value     = aws_sns_topic.topic.arn");
  });

  test("by an aspect of the other", () => {
    const app = Testing.app();
    const one = new TerraformStack(app, "one");
    new TerraformStack(app, "two");
    const topic = new SnsTopic(one, "topic", {});
    Aspects.of(one).add({
      visit: (construct) => {
        if (construct !== topic) return;
        new TerraformLocal(new TerraformStack(one, "inner"), "arn", topic.arn);
      },
    });
    expect(renderModule(one)["outputs.tf"]).toBeUndefined();
    expect(renderModule(one)["outputs.tf"]).toContain("value     = aws_sns_topic.topic.arn");
  });
});

test("a resource that moved and one that is imported", () => {
  const files = rendered((stack) => {
    new SnsTopic(stack, "new", {}).moveFromId("aws_sns_topic.old");
    new SnsTopic(stack, "found", {}).importFrom("arn:aws:sns:eu-west-1:1:found");
  });
  expect(files["main.tf"]).toBe(`resource "aws_sns_topic" "new" {}

moved {
  from = aws_sns_topic.old
  to   = aws_sns_topic.new
}

resource "aws_sns_topic" "found" {}

import {
  to = aws_sns_topic.found
  id = "arn:aws:sns:eu-west-1:1:found"
}
`);
});

test("App is the whole tree: a stack within a stack is not written", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const outer = new TerraformStack(app, "outer");
  new TerraformLocal(new TerraformStack(outer, "inner"), "hidden", 1);
  new TerraformLocal(outer, "shown", 1);
  expect(renderModule(outer)).toEqual({ "main.tf": "locals {\n  shown = 1\n}\n" });
});

test("an ephemeral resource, which CDKTF has no class for", () => {
  const files = rendered((stack) => {
    stack.addOverride("ephemeral.some_secret.s", {
      lifecycle: { postcondition: [{ condition: '${self.text != ""}', error_message: "Empty." }] },
      depends_on: ["some_machine.m"],
      secret_id: "${var.secret}",
      count: "${var.secret == null ? 0 : 1}",
    });
  });
  expect(files["main.tf"]).toBe(`ephemeral "some_secret" "s" {
  count = var.secret == null ? 0 : 1

  secret_id = var.secret

  depends_on = [some_machine.m]

  lifecycle {
    postcondition {
      condition     = self.text != ""
      error_message = "Empty."
    }
  }
}
`);
});

test("provisioners, connection and repetition", () => {
  class Machine extends TerraformResource {
    protected override synthesizeAttributes() {
      return { image: "x" };
    }
  }
  const files = rendered((stack) => {
    const machine = new Machine(stack, "m", {
      terraformResourceType: "some_machine",
      count: 2,
      connection: { type: "ssh", host: "${self.ip}" },
      provisioners: [{ type: "local-exec", command: 'echo "$HOME" \\d', when: "destroy" }],
    });
    machine.addOverride("lifecycle.ignore_changes", "all");
    machine.addOverride("lifecycle.replace_triggered_by", ["terraform_data.x[count.index]"]);
    machine.addOverride("lifecycle.precondition", [
      { condition: "${true}", error_message: "Never." },
    ]);
  });
  expect(files["main.tf"]).toBe(`resource "some_machine" "m" {
  count = 2

  image = "x"

  connection {
    type = "ssh"
    host = self.ip
  }

  provisioner "local-exec" {
    when = destroy

    command = "echo \\"$HOME\\" \\\\d"
  }

  lifecycle {
    ignore_changes       = all
    replace_triggered_by = [terraform_data.x[count.index]]

    precondition {
      condition     = true
      error_message = "Never."
    }
  }
}
`);
});
