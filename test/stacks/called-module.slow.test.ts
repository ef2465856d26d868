import { spawnSync } from "node:child_process";
import { parseFlags } from "../../commands/flags";
import { synthesize } from "../../commands/synth";
import type { Flags } from "../combinations";
import { originalValues } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { Client } from "./client";

/** The files of a module that another one calls, below `aurora/`. */
function below(flags: Record<string, unknown>): Record<string, string> {
  const [[, files = {}] = []] = synthesize(parseFlags({ ...flags, module: true }));
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`aurora/${name}`, text]));
}

const values = originalValues("aurora-postgres");

/** A root module that calls it for three databases. */
const root = `
terraform {
  required_providers {
    redpanda = {
      source = "redpanda-data/redpanda"
    }
  }
}

provider "aws" {
  region = "us-east-2"
}

provider "redpanda" {}

variable "revision" {
  default = 1
}

variable "write_files" {
  default = false
}

resource "terraform_data" "before" {
  input = var.revision
}

variable "password" {
  type      = string
  ephemeral = true
}

module "aurora" {
  source     = "./aurora"
  for_each   = toset(["orders", "stock", "users"])
  depends_on = [terraform_data.before]

  name_prefix          = "demo-\${each.key}"
  vpc_cidr             = "10.\${index(["orders", "stock", "users"], each.key)}.0.0/16"
  redpanda_cidr        = "${values.redpanda_cidr}"
  admin_cidrs          = []
  rds_ca_pem           = "-----BEGIN CERTIFICATE-----\\nMA==\\n-----END CERTIFICATE-----\\n"
  db_password          = var.password
  redpanda_aws_acct_id = "${values.redpanda_aws_acct_id}"
  redpanda_cluster_id  = "${values.redpanda_cluster_id}"
  cluster_api_url      = "https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com"
  rp_sasl_user         = "demo-\${each.key}"
  rp_sasl_password     = var.password
  write_files          = var.write_files
}

output "commands" {
  value = { for name, database in module.aurora : name => database.db_setup_command }
}

output "sql" {
  value = { for name, database in module.aurora : name => database.cdc_setup_sql }
}
`;

describeWithTerraform("A module that another one calls", () => {
  let workspace: Workspace;
  let client: Client;
  beforeAll(async () => {
    client = new Client("psql");
    workspace = await Workspace.create({
      files: { ...below({ engine: "postgres" }), "main.tf": root },
      variables: { password: "a-Password-7" },
      env: client.environment,
    });
  });
  afterAll(async () => {
    client[Symbol.dispose]();
    await workspace.close();
  });

  test("makes three databases in one root, and a second plan is empty", async () => {
    expect(await workspace.init()).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(
      workspace
        .objectsOf("aws_rds_cluster")
        .map(({ state }) => state.cluster_identifier)
        .sort(),
    ).toEqual(["demo-orders-aurora-pg", "demo-stock-aurora-pg", "demo-users-aurora-pg"]);
    const { code, stdout } = await workspace.run(["plan", "-no-color"]);
    expect(code).toBe(0);
    expect(stdout).toContain("\nNo changes. Your infrastructure matches the configuration.");
    expect(workspace.files().filter((name) => name.includes("generated_"))).toEqual([]);
  });

  test("has commands that run where the root is, with what they read in them", async () => {
    const { commands, sql } = (await workspace.output()) as Record<string, { stock: string }>;
    workspace.write("command.sh", commands?.stock ?? "exit 1");
    const { status, stderr } = spawnSync("/bin/sh", ["command.sh"], {
      cwd: workspace.dir,
      env: workspace.environment,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(client.calls.map(({ args }) => args[0])).toEqual([
      expect.stringMatching(/^host=demo-stock-aurora-pg\..* sslrootcert=\/.*\/rds-ca\.pem$/),
    ]);
    expect(commands?.stock).toContain(sql?.stock.replaceAll("'", "'\\''"));
  });

  test("replaces nothing while what it depends on waits for a change", async () => {
    const { code, diagnostics, actions } = await workspace.plan({ vars: { revision: 2 } });
    expect(code).toBe(0);
    // Of the checks, which wait as well.
    expect(new Set(diagnostics.map(({ summary }) => summary))).toEqual(
      new Set(["Check block assertion known after apply"]),
    );
    expect(actions["terraform_data.before"]).toBe("update");
    const others = Object.entries(actions).filter(([address]) => address.startsWith("module."));
    expect(others.filter(([, action]) => action !== "update" && action !== "read")).toEqual([]);
    // The lookups that wait make this much unknown.
    expect(others.length).toBeGreaterThan(3);
    const without = root.replace(/ {2}cluster_api_url .*\n/, "");
    workspace.write("main.tf", without);
    const { actions: replacing } = await workspace.plan({ vars: { revision: 2 } });
    expect(replacing['module.aurora["stock"].redpanda_topic.topic']).toBe("replace");
    workspace.write("main.tf", root);
  });

  test("writes files below the root, by name_prefix, where it shall", async () => {
    const vars = { write_files: true };
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    const written = workspace.files().filter((name) => name.includes("generated_"));
    expect(written).toHaveLength(18);
    expect(written).toContain("generated_demo-stock_cdc_setup.sql");
    const { commands } = (await workspace.output()) as Record<string, { stock: string }>;
    expect(commands?.stock).toMatch(/^psql .* --file=generated_demo-stock_cdc_setup\.sql$/);
  });

  test("is destroyed with all that it made", async () => {
    expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
    expect([...workspace.objects.keys()]).toEqual([]);
  });
});

describeWithTerraform("The module that another one calls, of every flag", () => {
  test.each<Flags>([
    { engine: "mysql", credentials: "static", aurora: "existing" },
    { engine: "postgres", grant: "attach", database: "data-api" },
    { engine: "mysql", topology: "ec2", accounts: "two", database: "exec" },
    { engine: "postgres", topology: "ec2", aurora: "existing", output: "redpanda" },
  ])("is formatted and valid in a root: %j", async (flags) => {
    const files = below(flags);
    expect(inputsOf(files).map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/profile$|region$/)]),
    );
    await using workspace = await Workspace.create({
      files: {
        ...files,
        "main.tf": calling(files),
      },
    });
    const names = Object.keys(files).filter((name) => name.endsWith(".tf"));
    expect(await workspace.run(["fmt", "-check", "-diff", ...names])).toMatchObject({
      code: 0,
      stdout: "",
    });
    await workspace.init();
    expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
  });
});

interface Input {
  readonly name: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

function inputsOf(files: Record<string, string>): Input[] {
  const text = files["aurora/variables.tf"] ?? "";
  return [...text.matchAll(/^variable "(\w+)" \{\n((?: .*\n|\n)*)\}/gm)].map(
    ([, name = "", body = ""]) => ({
      name,
      isList: /^ {2}type += list/m.test(body),
      isRequired: !/^ {2}default /m.test(body),
    }),
  );
}

/** A root that passes the module what it must be given, of values that nobody knows yet. */
function calling(files: Record<string, string>): string {
  const alias = /\[aws\.(\w+)\]/.exec(files["aurora/versions.tf"] ?? "")?.[1];
  const given = inputsOf(files)
    .filter(({ isRequired }) => isRequired)
    .map(({ name, isList }) => `  ${name} = ${isList ? "[var.x]" : "var.x"}`);
  return `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {}
${alias ? `provider "aws" {\n  alias = "${alias}"\n}` : ""}
variable "x" {
  type = string
}

module "aurora" {
  source = "./aurora"
${alias ? `  providers = {\n    aws          = aws\n    aws.${alias} = aws.${alias}\n  }` : ""}
${given.join("\n")}
}
`;
}
