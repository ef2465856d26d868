import { Instance } from "@cdktf/provider-aws/lib/instance";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import {
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  type TerraformStack,
  TerraformVariable,
} from "cdktf";

/**
 * What CDKTF 0.21 makes of a stack as HCL, beside what this writer makes of it. If a test fails on
 * CDKTF's part, its renderer has become better.
 */
interface Defect {
  readonly build: (stack: TerraformStack) => void;
  /** What CDKTF writes. */
  readonly theirs?: string;
  /** What CDKTF does not write. */
  readonly notTheirs?: string;
  readonly ours: string;
}

/** A resource of a provider with nested attributes, as `cdktf get` generates its binding. */
class Topic extends TerraformResource {
  constructor(stack: TerraformStack) {
    super(stack, "topic", { terraformResourceType: "redpanda_shadow_link" });
  }

  protected override synthesizeAttributes() {
    return { client_options: { bootstrap_servers: ["a:9092"] } };
  }

  protected override synthesizeHclAttributes() {
    return {
      client_options: {
        isBlock: true,
        value: { bootstrap_servers: { isBlock: false, value: ["a:9092"] } },
      },
    };
  }
}

export const defects: Readonly<Record<string, Defect>> = {
  "text of several lines: a newline more": {
    build: (stack) => new SnsTopic(stack, "topic", { policy: "one\ntwo" }),
    theirs: "policy = <<EOF\none\ntwo\nEOF\n",
    ours: 'policy = "one\\ntwo"\n',
  },
  "text of several lines that ends with one: an empty line more": {
    build: (stack) => new SnsTopic(stack, "topic", { policy: "one\ntwo\n" }),
    theirs: "policy = <<EOF\none\ntwo\n\nEOF\n",
    ours: "policy = <<-EOT\n    one\n    two\n  EOT\n",
  },
  "CRLF: LF": {
    build: (stack) => new SnsTopic(stack, "topic", { policy: "one\r\ntwo" }),
    theirs: "one\ntwo\n",
    ours: 'policy = "one\\r\\ntwo"\n',
  },
  "a line EOF: ends the heredoc": {
    build: (stack) => new SnsTopic(stack, "topic", { policy: "one\nEOF\nEOT\n" }),
    theirs: "policy = <<EOF\none\nEOF\nEOT\n\nEOF\n",
    ours: 'policy = "one\\nEOF\\nEOT\\n"\n',
  },
  "several lines in a list: a raw newline between quotes": {
    build: (stack) => new TerraformLocal(stack, "lines", ["one\ntwo"]),
    theirs: '"one\ntwo"',
    ours: 'lines = ["one\\ntwo"]\n',
  },
  "several lines in an output: a raw newline between quotes": {
    build: (stack) => new TerraformOutput(stack, "lines", { value: "one\ntwo" }),
    theirs: 'value = "one\ntwo"',
    ours: 'value = "one\\ntwo"\n',
  },
  "several lines in a default: a raw newline between quotes": {
    build: (stack) => new TerraformVariable(stack, "lines", { default: "one\ntwo" }),
    theirs: 'default = "one\ntwo"',
    ours: 'default = "one\\ntwo"\n',
  },
  "several lines in an override: nothing of it": {
    build: (stack) => stack.addOverride("locals.lines", "one\ntwo"),
    notTheirs: "lines",
    ours: 'lines = "one\\ntwo"\n',
  },
  "a backslash: an escape": {
    build: (stack) => new TerraformLocal(stack, "path", "^\\d+$ C:\\new\\table"),
    theirs: 'path = "^\\d+$ C:\\new\\table"',
    ours: 'path = "^\\\\d+$ C:\\\\new\\\\table"\n',
  },
  "quotes beside an interpolation: unescaped": {
    build: (stack) => {
      const name = new TerraformVariable(stack, "name", {});
      new SnsTopic(stack, "topic", { policy: JSON.stringify({ a: name.stringValue }) });
    },
    theirs: 'policy = "{"a":"${var.name}"}"',
    ours: 'policy = "{\\"a\\":\\"${var.name}\\"}"\n',
  },
  "quotes beside an escaped interpolation: unescaped": {
    build: (stack) => new TerraformLocal(stack, "text", '$${NAME} "q"'),
    theirs: 'text = "$${NAME} "q""',
    ours: 'text = "$${NAME} \\"q\\""\n',
  },
  "a nested attribute: a block": {
    build: (stack) => new Topic(stack),
    theirs: "client_options {\n",
    ours: '  client_options = { bootstrap_servers = ["a:9092"] }\n',
  },
  "a default of false, and nullable = false: dropped": {
    build: (stack) => new TerraformVariable(stack, "on", { default: false, nullable: false }),
    theirs: 'variable "on" {\n\n}',
    ours: 'variable "on" {\n  default  = false\n  nullable = false\n}\n',
  },
  "a default of 0: dropped": {
    build: (stack) => new TerraformVariable(stack, "count", { default: 0 }),
    theirs: 'variable "count" {\n\n}',
    ours: 'variable "count" {\n  default = 0\n}\n',
  },
  'a default of "": dropped': {
    build: (stack) => new TerraformVariable(stack, "text", { default: "" }),
    theirs: 'variable "text" {\n\n}',
    ours: 'variable "text" {\n  default = ""\n}\n',
  },
  "keys of a default: renamed": {
    build: (stack) => new TerraformVariable(stack, "map", { default: { FooBar: 1, "a-b": 2 } }),
    theirs: "default = {\nfoo_bar = 1\na_b = 2\n}",
    ours: "  default = {\n    FooBar = 1\n    a-b    = 2\n  }\n",
  },
  "a local of false: dropped": {
    build: (stack) => new TerraformLocal(stack, "off", false),
    notTheirs: "off",
    ours: "off = false\n",
  },
  "a local of 0: dropped": {
    build: (stack) => new TerraformLocal(stack, "none", 0),
    notTheirs: "none",
    ours: "none = 0\n",
  },
  'a local of "": dropped': {
    build: (stack) => new TerraformLocal(stack, "empty", ""),
    notTheirs: "empty",
    ours: 'empty = ""\n',
  },
  "text that looks like a number: a number": {
    build: (stack) => new TerraformOutput(stack, "account", { value: "123456789012" }),
    theirs: "value = 123456789012",
    ours: 'value = "123456789012"\n',
  },
  'required_version: 0 = "required_version"': {
    build: (stack) => stack.addOverride("terraform.required_version", ">= 1.11"),
    theirs: '0 = "required_version"',
    ours: 'required_version = ">= 1.11"\n',
  },
  "check: dropped": {
    build: (stack) =>
      stack.addOverride("check.health", {
        data: { http: { site: { url: "https://example.com" } } },
        assert: [
          { condition: "${data.http.site.status_code == 200}", error_message: "It is down." },
        ],
      }),
    notTheirs: "check",
    ours: `check "health" {
  data "http" "site" {
    url = "https://example.com"
  }

  assert {
    condition     = data.http.site.status_code == 200
    error_message = "It is down."
  }
}
`,
  },
  "removed: dropped": {
    build: (stack) =>
      stack.addOverride("removed", [{ from: "aws_sns_topic.old", lifecycle: { destroy: false } }]),
    notTheirs: "removed",
    ours: `removed {
  from = aws_sns_topic.old

  lifecycle {
    destroy = false
  }
}
`,
  },
  "ephemeral: dropped": {
    build: (stack) =>
      stack.addOverride("ephemeral.aws_secretsmanager_secret_version.password", {
        secret_id: "${var.secret}",
      }),
    notTheirs: "ephemeral",
    ours: 'ephemeral "aws_secretsmanager_secret_version" "password" {\n  secret_id = var.secret\n}\n',
  },
  "import through an override: dropped": {
    build: (stack) => stack.addOverride("import", [{ to: "aws_sns_topic.a", id: "${var.arn}" }]),
    notTheirs: "import",
    ours: "import {\n  to = aws_sns_topic.a\n  id = var.arn\n}\n",
  },
  "a precondition: an argument": {
    build: (stack) =>
      new SnsTopic(stack, "topic", {
        lifecycle: { precondition: [{ condition: "${var.on}", errorMessage: "Off." }] },
      }),
    theirs: "precondition = [\n{",
    ours: `  lifecycle {
    precondition {
      condition     = var.on
      error_message = "Off."
    }
  }
`,
  },
  "a postcondition: an argument": {
    build: (stack) =>
      new SnsTopic(stack, "topic", {
        lifecycle: { postcondition: [{ condition: "${self.name != null}", errorMessage: "No." }] },
      }),
    theirs: "postcondition = [\n{",
    ours: `    postcondition {
      condition     = self.name != null
      error_message = "No."
    }
`,
  },
  "a precondition of an output: never written": {
    build: (stack) =>
      new TerraformOutput(stack, "one", {
        value: 1,
        precondition: { condition: "${var.on}", errorMessage: "Off." },
      }),
    notTheirs: "precondition",
    ours: `output "one" {
  value = 1

  precondition {
    condition     = var.on
    error_message = "Off."
  }
}
`,
  },
  "ignore_changes = all: quoted": {
    build: (stack) => new SnsTopic(stack, "topic", { lifecycle: { ignoreChanges: "all" } }),
    theirs: 'ignore_changes = "all"',
    ours: "ignore_changes = all\n",
  },
  "depends_on: quoted": {
    build: (stack) => new SnsTopic(stack, "b", { dependsOn: [new SnsTopic(stack, "a", {})] }),
    theirs: '"aws_sns_topic.a",',
    ours: "depends_on = [aws_sns_topic.a]\n",
  },
  "depends_on of an output: an interpolation, which Terraform rejects in JSON too": {
    build: (stack) =>
      new TerraformOutput(stack, "b", { value: 1, dependsOn: [new SnsTopic(stack, "a", {})] }),
    theirs: '"${aws_sns_topic.a}"\n',
    ours: "depends_on = [aws_sns_topic.a]\n",
  },
  "replace_triggered_by with a construct: an interpolation, which Terraform rejects in JSON too": {
    build: (stack) =>
      new SnsTopic(stack, "b", {
        lifecycle: { replaceTriggeredBy: [new SnsTopic(stack, "a", {})] },
      }),
    theirs: '"${aws_sns_topic.a}",',
    ours: "replace_triggered_by = [aws_sns_topic.a]\n",
  },
  "an aliased provider: quoted": {
    build: (stack) =>
      new SnsTopic(stack, "a", { provider: new AwsProvider(stack, "aws", { alias: "west" }) }),
    theirs: 'provider = "aws.west"',
    ours: "provider = aws.west\n",
  },
  "an override within a typed block: lost": {
    build: (stack) =>
      new Instance(stack, "vm", { rootBlockDevice: { volumeSize: 8 } }).addOverride(
        "root_block_device.volume_type",
        "gp3",
      ),
    theirs: "root_block_device {\nvolume_size = 8\n}",
    ours: '  root_block_device {\n    volume_size = 8\n    volume_type = "gp3"\n  }\n',
  },
  "an empty list that means none: dropped": {
    build: (stack) => new SecurityGroup(stack, "group", { egress: [] }),
    theirs: 'resource "aws_security_group" "group" {\n}',
    ours: "egress = []\n",
  },
  "map keys that are no names: unescaped": {
    build: (stack) => new TerraformLocal(stack, "map", { 'say "hi"': ["x"], "a b": { c: ["y"] } }),
    theirs: '"say "hi"" = [',
    ours: `  map = {
    "say \\"hi\\"" = ["x"]
    "a b"        = { c = ["y"] }
  }
`,
  },
  "a backend nobody asked for: left out": {
    build: (stack) => {
      stack.ensureBackendExists();
      new TerraformLocal(stack, "one", 1);
    },
    theirs: `path = "${process.cwd()}/terraform.example.tfstate"`,
    ours: "locals {\n  one = 1\n}\n",
  },
  "a provider's short source": {
    build: (stack) => {
      new AwsProvider(stack, "aws", {});
      stack.addOverride("terraform.required_providers.aws.version", "~> 6.0");
    },
    theirs: 'source = "aws"',
    ours: '      source  = "hashicorp/aws"\n      version = "~> 6.0"\n',
  },
};

/**
 * A page that shows each of them: what CDKTF writes, and what stands there here.
 */
export function faultsPage(): string {
  const block = (text: string) => `\`\`\`hcl\n${text.replace(/^\n+|\n+$/g, "")}\n\`\`\``;
  const sections = Object.entries(defects).map(([name, { theirs, notTheirs, ours }]) => {
    const shown =
      theirs === undefined
        ? `nothing with \`${notTheirs}\`.`
        : `\n\n${block(theirs.replace(process.cwd(), "/home/you/shop"))}`;
    return `## ${name[0]?.toUpperCase()}${name.slice(1)}\n\nCDKTF: ${shown}\n\nHere:\n\n${block(ours)}\n`;
  });
  return `${FAULTS_HEAD}\n${sections.join("\n")}`.replaceAll(": \n", ":\n");
}

const FAULTS_HEAD = `# What \`cdktf synth --hcl\` does, and what stands there here

Excerpts of what CDKTF 0.21 writes, each with what this writer makes of the same stack. [A test](test/defects.test.ts)
runs both. The page is written by \`npm run docs\`.
`;
