import type { Engine } from "../engines/engine";
import { providers, requiredTerraformVersion } from "../providers/required-providers";
import { marker } from "./written-modules";

/** A variable or an output of a module, as its files declare it. */
interface Declared {
  readonly name: string;
  readonly description: string;
  /** @default - an output */
  readonly type?: string;
  /** In HCL. @default - it must be given */
  readonly default?: string;
}

type Files = Readonly<Record<string, string>>;

/**
 * What people expect beside a module that others call: a page with its inputs and outputs, an example, and
 * tests that need no credentials. Content by path.
 * @param files those of the module in Terraform's language, by name
 */
export function documents(stack: string, engine: Engine, files: Files): Record<string, string> {
  const inputs = declared("variable", files["variables.tf"] ?? "");
  const outputs = declared("output", files["outputs.tf"] ?? "");
  const versions = files["versions.tf"] ?? "";
  const names = Object.keys(providers).filter((name) => versions.includes(`    ${name} = {`));
  const alias = /configuration_aliases = \[aws\.(\w+)\]/.exec(versions)?.[1];
  const module: Module = { stack, engine, files, inputs, outputs, names, alias };
  return {
    "README.md": readme(module),
    ".tflint.hcl": `# ${edit}\n\nplugin "terraform" {\n  enabled = true\n  preset  = "recommended"\n}\n`,
    "examples/databases/main.tf": example(module),
    ...(isTestable(files) ? { "tests/plan.tftest.hcl": tests(module) } : {}),
  };
}

interface Module {
  readonly stack: string;
  readonly engine: Engine;
  readonly files: Files;
  readonly inputs: readonly Declared[];
  readonly outputs: readonly Declared[];
  /** Of its providers. */
  readonly names: readonly string[];
  /** Of AWS's provider, beside the default one. @default - none */
  readonly alias: string | undefined;
}

const edit = `${marker}. Do not edit: run \`rpcn-aurora synth --module\` again, and review the difference.`;

function declared(kind: "variable" | "output", text: string): Declared[] {
  const blocks = text.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n((?: .*\\n|\\n)*)\\}`, "gm"));
  return [...blocks]
    .map(([, name = "", body = ""]) => {
      const argument = (of: string) => new RegExp(`^ {2}${of} += (.*)`, "m").exec(body)?.[1];
      const description = String(JSON.parse(argument("description") ?? '""'));
      return {
        name,
        description: description.replaceAll("$${", "${"),
        type: argument("type"),
        default: argument("default"),
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Terraform 1.11 has no mocks of ephemeral resources, and refuses a module with one whatever its count. */
const isTestable = (files: Files) => !Object.values(files).join("\n").includes('\nephemeral "');

/** In the shape of terraform-docs: https://terraform-docs.io/reference/markdown-table/ */
function readme({ stack, inputs, outputs, names, files }: Module): string {
  const versions: readonly [name: string, version: string][] = [
    ["terraform", requiredTerraformVersion],
    ...names.map((name): [string, string] => [
      name,
      providers[name as keyof typeof providers].version,
    ]),
  ];
  const anchored = (kind: string, name: string) =>
    `<a name="${kind}_${name}"></a> [${name.replaceAll("_", "\\_")}](#${kind}\\_${name.replaceAll("_", "\\_")})`;
  const rows = (lines: readonly (readonly string[])[]) =>
    lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
  const [, command = ""] = files["versions.tf"]?.split("\n") ?? [];
  return `<!-- ${edit} -->

# ${stack}

Streams changes from Amazon Aurora into Redpanda with Redpanda Connect, over RDS IAM authentication. Written by \`${command.replace(/^# /, "")}\`. [examples/databases](examples/databases/main.tf) calls it${isTestable(files) ? "; `terraform test` plans it with mocks, without credentials" : ""}.

<!-- BEGIN_TF_DOCS -->
## Requirements

| Name | Version |
|------|---------|
${rows(versions.map(([name, version]) => [anchored("requirement", name), version]))}
## Inputs

| Name | Description | Type | Default | Required |
|------|-------------|------|---------|:--------:|
${rows(
  inputs.map(({ name, description, type, default: usual }) => [
    anchored("input", name),
    asCell(description),
    `\`${type}\``,
    usual === undefined ? "n/a" : `\`${usual}\``,
    usual === undefined ? "yes" : "no",
  ]),
)}
## Outputs

| Name | Description |
|------|-------------|
${rows(outputs.map(({ name, description }) => [anchored("output", name), asCell(description)]))}<!-- END_TF_DOCS -->
`;
}

/** Outside of code, Markdown would read more in these. */
function asCell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith("`")
        ? part.replaceAll("|", "\\|")
        : part.replace(/[_*|]/g, "\\$&").replaceAll("<", "&lt;"),
    )
    .join("");
}

const isOfPrivateNetwork = (input: string) => /^redpanda_(vpc_cidrs|route_table_ids)$/.test(input);

/** A value for each input that may have to be given, in HCL; secrets are the caller's own variables. */
function exampleValues({ engine, inputs }: Module): Readonly<Record<string, string>> {
  const isPrivate = inputs.some(({ name }) => isOfPrivateNetwork(name));
  return {
    admin_cidrs: isPrivate ? '["10.8.0.0/24"]' : '["198.51.100.7/32"]',
    name_prefix: '"orders"',
    redpanda_cidr: '"3.139.175.89/32"',
    redpanda_aws_acct_id: '"861276079005"',
    redpanda_cluster_id: '"curl3eo533cmsnt23dv0"',
    rp_sasl_user: '"orders"',
    rp_sasl_password: "var.redpanda_password",
    db_password: "var.database_password",
    db_master_password: "var.database_password",
    engine_version: JSON.stringify(engine.version.default),
    cluster_identifier: '"orders-production"',
    db_name: '"orders"',
    db_username: '"cdc_setup"',
    db_master_username: '"cdc_setup"',
    master_secret_arn: '"arn:aws:secretsmanager:us-east-2:111122223333:secret:orders-AbCdEf"',
    cdc_tables: '["orders"]',
    vpc_cidr: '"10.200.0.0/16"',
    vpc_id: '"vpc-0342476ccc1ef05f4"',
    db_subnet_ids: '["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"]',
    allowed_cidr_blocks: '["10.0.1.0/24"]',
    redpanda_vpc_cidrs: '["10.0.0.0/16"]',
    external_id: '"an-id-of-your-choice"',
    checkpoint_key: '"rpconnect-orders"',
    redpanda_brokers: '["seed-0.example.com:9092"]',
    redpanda_schema_registry_url: '"https://schema-registry.example.com:30081"',
  };
}

/**
 * Inputs that the example gives although they have defaults: validations want one of several, and
 * two modules in one account want names of their own.
 */
const alwaysGiven = [
  "name_prefix",
  "redpanda_cidr",
  "allowed_cidr_blocks",
  "db_password",
  "db_master_password",
];

/**
 * What the example, and the tests, give the module: name and value.
 * @param also given although they have a default. @default - none
 */
function given(module: Module, also: readonly string[] = []): [name: string, value: string][] {
  const values = exampleValues(module);
  const isExisting = module.inputs.some(({ name }) => name === "cluster_identifier");
  const needsSecret = !module.inputs.some(({ name }) => /^db_(master_)?password$/.test(name));
  return module.inputs.flatMap(({ name, default: usual }): [string, string][] => {
    const value = values[name];
    // Of a cluster that is there, validations want them.
    const isWanted =
      (isExisting && (name === "cdc_tables" || (name === "master_secret_arn" && needsSecret))) ||
      // The apply itself connects.
      (name === "admin_cidrs" &&
        module.files["variables.tf"]?.includes("length(var.admin_cidrs) > 0"));
    const isOptional =
      usual !== undefined && !alwaysGiven.includes(name) && !also.includes(name) && !isWanted;
    if (isOptional) return [];
    if (value === undefined) throw new Error(`There is no example of ${name}.`);
    return [[name, value]];
  });
}

/** Arguments of a block as `terraform fmt` aligns them. */
function aligned(values: readonly (readonly [string, string])[], indent: string): string {
  const width = Math.max(...values.map(([name]) => name.length));
  return values.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}\n`).join("");
}

function example(module: Module): string {
  const { names, alias, inputs } = module;
  const secrets = ["database_password", "redpanda_password"].filter((name) =>
    given(module).some(([, value]) => value === `var.${name}`),
  );
  const hasPrefix = inputs.some(({ name }) => name === "name_prefix");
  // Redpanda's network has a way to each of them.
  const hasNetworks =
    inputs.some(({ name }) => name === "vpc_cidr") &&
    inputs.some(({ name }) => isOfPrivateNetwork(name));
  // Two in one account need names of their own.
  const own: Readonly<Record<string, string>> = {
    ...(hasPrefix ? { name_prefix: "each.key", rp_sasl_user: "each.key" } : {}),
    ...(hasNetworks ? { vpc_cidr: "each.value" } : {}),
  };
  const arguments_ = given(module, ["name_prefix", ...(hasNetworks ? ["vpc_cidr"] : [])]).map(
    ([name, value]) => [name, own[name] ?? value] as const,
  );
  const instances = hasNetworks
    ? `{\n${aligned(
        [
          ["orders", '"10.200.0.0/16"'],
          ["stock", '"10.201.0.0/16"'],
        ],
        "    ",
      )}  }`
    : 'toset(["orders", "stock"])';
  const addresses = [...(names.includes("redpanda") ? ["redpanda"] : [])].map(
    (name) =>
      `    ${name} = {\n      source = "${providers[name as keyof typeof providers].source}"\n    }\n`,
  );
  return `# ${edit}

terraform {
  required_version = "${requiredTerraformVersion}"

  required_providers {
    aws = {
      source = "${providers.aws.source}"
    }
${addresses.join("")}  }
}

# The account that owns the database.
provider "aws" {
  region = "us-east-2"
}
${alias ? `\nprovider "aws" {\n  alias  = "${alias}"\n  region = "us-east-2"\n}\n` : ""}${
  names.includes("redpanda")
    ? '\n# Credentials: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET in the environment.\nprovider "redpanda" {}\n'
    : ""
}
${secrets
  .map(
    (name) =>
      `variable "${name}" {\n  type      = string\n  sensitive = true\n  ephemeral = true\n}\n\n`,
  )
  .join("")}module "aurora" {
  source = "../.."
${hasPrefix ? `\n  for_each = ${instances}\n` : ""}${
  alias
    ? `\n  providers = {\n${aligned(
        [
          ["aws", "aws"],
          [`aws.${alias}`, `aws.${alias}`],
        ],
        "    ",
      )}  }\n`
    : ""
}
${aligned(arguments_, "  ")}}

# What prepares a database, to be read and run in this folder.
output "db_setup_command" {
  value = ${hasPrefix ? "{ for name, database in module.aurora : name => database.db_setup_command }" : "module.aurora.db_setup_command"}
}
`;
}

/** What data sources say in the tests: attributes in HCL, by type. */
function mocks({ engine, inputs }: Module): Readonly<Record<string, readonly [string, string][]>> {
  const text = JSON.stringify;
  const has = (input: string) => inputs.some(({ name }) => name === input);
  return {
    aws_region: [["endpoint", '"ec2.us-east-2.amazonaws.com"']],
    aws_partition: [
      ["dns_suffix", '"amazonaws.com"'],
      ["partition", '"aws"'],
    ],
    aws_caller_identity: [["account_id", '"111122223333"']],
    aws_availability_zones: [["names", '["us-east-2a", "us-east-2b", "us-east-2c"]']],
    aws_rds_engine_version: [
      ["exportable_log_types", list(engine.logExports)],
      ["status", '"available"'],
    ],
    aws_rds_clusters: [
      ["cluster_identifiers", has("cluster_identifier") ? '["orders-production"]' : "[]"],
    ],
    aws_rds_cluster: [
      ["cluster_identifier", '"orders-production"'],
      ["cluster_members", '["orders-production-1"]'],
      ["cluster_resource_id", '"cluster-U7CPSIZSCX2MPYNHKRETJG0HGE"'],
      ["cluster_scalability_type", '"standard"'],
      ["db_cluster_parameter_group_name", '"orders-cdc"'],
      ["endpoint", '"orders-production.cluster-c0.us-east-2.rds.amazonaws.com"'],
      ["engine", text(engine.auroraEngine)],
      ["engine_mode", '"provisioned"'],
      ["engine_version", text(engine.version.default)],
      ["iam_database_authentication_enabled", "true"],
      ["port", String(engine.port)],
      ["replication_source_identifier", '""'],
      ["vpc_security_group_ids", '["sg-0a1b2c3d4e5f67890"]'],
    ],
    aws_db_instance: [["publicly_accessible", String(!has("redpanda_vpc_cidrs"))]],
    aws_vpcs: [["ids", '["vpc-0aaaaaaaaaaaaaaaa"]']],
    aws_vpc: [
      ["cidr_block_associations", '[{ cidr_block = "10.0.0.0/16" }]'],
      ["owner_id", '"861276079005"'],
    ],
    aws_route_tables: [["ids", '["rtb-0aaaaaaaaaaaaaaa1"]']],
    redpanda_cluster: [
      ["cluster_api_url", '"https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com"'],
      ["cluster_type", '"byoc"'],
      ["region", '"us-east-2"'],
      ["state", '"STATE_READY"'],
    ],
  };
}

/**
 * What resources say once they are there. OpenTofu lets a mock say so in a plan already.
 *
 * @see https://opentofu.org/docs/cli/commands/test/#the-mock_provider-blocks
 */
const mockedResources: Readonly<Record<string, readonly [string, string][]>> = {
  redpanda_pipeline: [["status", '{ error = "" }']],
};

const list = (items: readonly string[]) =>
  `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;

function tests(module: Module): string {
  const { names, alias, files, inputs } = module;
  const text = Object.entries(files)
    .flatMap(([name, content]) => (name.endsWith(".tf") ? [content] : []))
    .join("\n");
  const provider = (name: string, as?: string) => {
    const data = Object.entries(mocks(module))
      .filter(([type]) => type.startsWith(`${name}_`) && text.includes(`data "${type}" `))
      .map(
        ([type, values]) =>
          [
            type,
            as === undefined || type !== "aws_caller_identity"
              ? values
              : ([
                  ["account_id", as === "redpanda" ? '"861276079005"' : '"444455556666"'],
                ] as const),
          ] as const,
      )
      .map(
        ([type, values]) =>
          `  mock_data "${type}" {\n    defaults = {\n${aligned(values, "      ")}    }\n  }\n`,
      );
    const resources = Object.entries(mockedResources)
      .filter(([type]) => type.startsWith(`${name}_`) && text.includes(`resource "${type}" `))
      .map(
        ([type, values]) =>
          `  mock_resource "${type}" {\n    defaults = {\n${aligned(values, "      ")}    }\n  }\n`,
      );
    const lines = [...(as ? [`  alias = "${as}"\n`] : []), ...data, ...resources];
    return `mock_provider "${name}" {${lines.length > 0 ? `\n${lines.join("\n")}` : ""}}\n`;
  };
  const secrets: Readonly<Record<string, string>> = {
    "var.redpanda_password": '"redpanda-password"',
    "var.database_password": '"database-password"',
  };
  const has = (input: string) => inputs.some(({ name }) => name === input);
  const values = given(module).map(([name, value]) => [name, secrets[value] ?? value] as const);
  const all = [
    ...values.filter(([name]) => name !== "admin_cidrs"),
    ...(has("admin_cidrs") ? [["admin_cidrs", '["198.51.100.7/32"]'] as const] : []),
    ["rds_ca_pem", '"-----BEGIN CERTIFICATE-----\\nMA==\\n-----END CERTIFICATE-----"'] as const,
  ];
  const zones = text.includes('data "aws_subnet" "db"')
    ? ["043c307ad7cec520a", "04848c8e444a48139"].map(
        (id, index) => `
override_data {
  target = data.aws_subnet.db["subnet-${id}"]

  values = {
    availability_zone = "us-east-2${"ab"[index]}"
    vpc_id            = "vpc-0342476ccc1ef05f4"
  }
}
`,
      )
    : [];
  const passed = alias
    ? `\n  providers = {\n${aligned(
        [...names, `aws.${alias}`].map((name) => [name, name] as const),
        "    ",
      )}  }\n`
    : "";
  return `# ${edit}
# With mocks of all providers: nothing is asked of anybody, and no credentials are needed.

${[...names.map((name) => provider(name)), ...(alias ? [provider("aws", alias)] : [])].join("\n")}${zones.join("")}
variables {
${aligned(all, "  ")}}

run "plans_without_files" {
  command = plan
${passed}
  assert {
    condition     = length(local_file.cdc_setup_sql) == 0
    error_message = "write_files is false by default, and a file is written."
  }

  assert {
    condition     = strcontains(output.cdc_setup_sql, var.iam_auth_user)
    error_message = "The setup SQL does not create the database user."
  }
}

run "plans_with_files" {
  command = plan
${passed}
  variables {
    write_files = true
  }

  assert {
    condition     = length(local_file.cdc_setup_sql) == 1
    error_message = "write_files is true, and the setup SQL is in no file."
  }

  assert {
    condition     = output.cdc_setup_sql == ""
    error_message = "The setup SQL is in a file and in an output."
  }
}

run "refuses_a_user_that_is_none" {
  command = plan
${passed}
  variables {
    iam_auth_user = "no user"
  }

  expect_failures = [var.iam_auth_user]
}
`;
}
