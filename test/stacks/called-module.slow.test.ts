import { spawnSync } from "node:child_process";
import { parseFlags } from "../../commands/flags";
import { synthesize } from "../../commands/synth";
import { allowed, type Flags, ofTopology } from "../combinations";
import { covering, pairsOf } from "../covering";
import { originalValues } from "../modules";
import { network, redpandasOwn } from "../redpandas-network";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { Client } from "./client";

/** The files of a module that another one calls. */
function filesOf(flags: Flags): Record<string, string> {
  const [[, files = {}] = []] = synthesize(parseFlags({ ...flags, module: true }));
  return files;
}

/** The same below `aurora/`. */
function below(flags: Flags): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filesOf(flags)).map(([name, text]) => [`aurora/${name}`, text]),
  );
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
  vpc_cidr             = "10.20\${index(["orders", "stock", "users"], each.key)}.0.0/16"
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

/** Flags in which each two values meet that can meet in a module that another one calls. */
const pairwise = covering(
  allowed()
    .filter(({ database }) => database !== "provider")
    .flatMap((flags) => ["postgres", "mysql"].map((engine): Flags => ({ ...flags, engine }))),
  (flags) => pairsOf([`${flags.engine} ${flags.topology}`, ...ofTopology(flags)]),
);

describeWithTerraform("A module that another one calls, with a peering", () => {
  test("makes one for each instance, and replaces nothing while what it depends on waits", async () => {
    const known = `  redpanda_vpc_id          = "${network.vpc}"
  redpanda_route_table_ids = ${JSON.stringify(network.tables)}
`;
    const peered = (ids: string) =>
      root
        .replace(
          'provider "redpanda" {}',
          'provider "aws" {\n  alias  = "redpanda"\n  region = "us-east-2"\n}\n\n$&',
        )
        .replace(/(for_each +=) .*/, '$1 toset(["orders", "stock"])')
        .replace(/ {2}redpanda_cidr .*\n/, ids)
        .replace(
          /( {2}depends_on .*\n)/,
          "$1  providers = {\n    aws          = aws\n    aws.redpanda = aws.redpanda\n  }\n",
        );
    await using workspace = await Workspace.create({
      files: { ...below({ engine: "postgres", network: "peering" }), "main.tf": peered("") },
      variables: { password: "a-Password-7" },
      answers: redpandasOwn,
    });
    expect(await workspace.init()).toMatchObject({ code: 0, diagnostics: [] });
    // Before the first apply everything waits, and the tables with it: nobody knows how many routes.
    const { diagnostics } = await workspace.plan();
    expect(
      diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary),
    ).toEqual(Array(2).fill("Invalid for_each argument"));
    workspace.write("main.tf", peered(known));
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect(workspace.objectsOf("aws_vpc_peering_connection")).toHaveLength(2);
    expect(workspace.objectsOf("aws_route")).toHaveLength(4);
    expect((await workspace.plan()).actions).toEqual({});
    const { code, actions } = await workspace.plan({ vars: { revision: 2 } });
    expect(code).toBe(0);
    const replaced = Object.entries(actions).filter(
      ([address, action]) =>
        address.startsWith("module.") && action !== "update" && action !== "read",
    );
    expect(replaced).toEqual([]);
    expect(await workspace.destroy()).toMatchObject({ code: 0 });
    expect([...workspace.objects.keys()]).toEqual([]);
  });
});

test("What is said of a peering names the providers, which the caller passes", () => {
  const { "network.tf": text = "" } = filesOf({ engine: "postgres", network: "peering" });
  const said = [...text.matchAll(/error_message = "(.*)"/g)].map(([, message = ""]) => message);
  expect(said.filter((message) => message.includes("provider"))).toEqual([
    "The provider aws.redpanda sees ${length(self.ids)} VPCs with the tag Name = network-${data.redpanda_cluster.byoc.network_id} in ${data.redpanda_cluster.byoc.region}, and one is wanted: that of the Redpanda cluster. Pass a provider of Redpanda's account, or name the VPC and its private route tables by redpanda_vpc_id and redpanda_route_table_ids, as a BYOVPC cluster requires.",
    "The provider aws is of ${local.region}, and the Redpanda cluster runs in ${data.redpanda_cluster.byoc.region}. This module makes peerings within one region: pass a provider of the cluster's region, or synthesize with --network routed, and make the way between the regions yourself.",
    "The provider aws.redpanda finds ${self.id} in account ${self.owner_id}, and redpanda_aws_acct_id is ${var.redpanda_aws_acct_id}. Pass a provider of Redpanda's account, or correct the id.",
  ]);
});

describeWithTerraform("The modules that another one calls, of every two flags", () => {
  test("are formatted, and valid in one root, as are their examples", async () => {
    const modules = new Map(pairwise.map((flags, at) => [`m${at}`, filesOf(flags)]));
    for (const files of modules.values()) {
      const given = inputsOf(files).map(({ name }) => name);
      expect(given).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/(^|_)profile$|region$/)]),
      );
    }
    await using workspace = await Workspace.create({
      files: {
        ...Object.fromEntries(
          [...modules].flatMap(([name, files]) =>
            Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]),
          ),
        ),
        "main.tf": calling(modules),
      },
    });
    const folders = [...modules.keys()];
    expect(await workspace.run(["fmt", "-check", "-diff", "-recursive", ...folders])).toMatchObject(
      { code: 0, stdout: "" },
    );
    for (const { code, diagnostics } of [await workspace.init(), await workspace.validate()]) {
      // The examples are root modules.
      const said = diagnostics.filter(
        ({ summary }) => summary !== "Redundant empty provider block",
      );
      expect({ code, said }).toEqual({ code: 0, said: [] });
    }
    // Two values of each flag, and more of some.
    expect(modules.size).toBeGreaterThan(15);
  });
});

interface Input {
  readonly name: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

function inputsOf(files: Record<string, string>): Input[] {
  const text = files["variables.tf"] ?? "";
  return [...text.matchAll(/^variable "(\w+)" \{\n((?: .*\n|\n)*)\}/gm)].map(
    ([, name = "", body = ""]) => ({
      name,
      isList: /^ {2}type += list/m.test(body),
      isRequired: !/^ {2}default /m.test(body),
    }),
  );
}

/** A root that passes modules what they must be given, of values that nobody knows yet. */
function calling(modules: ReadonlyMap<string, Record<string, string>>): string {
  const calls = [...modules].map(([name, files]) => {
    const alias = /\[aws\.(\w+)\]/.exec(files["versions.tf"] ?? "")?.[1];
    const given = inputsOf(files)
      .filter(({ name, isRequired }) => isRequired || name === "admin_cidrs")
      .map(({ name, isList }) => `  ${name} = ${isList ? "[var.x]" : "var.x"}\n`);
    const example = files["examples/databases/main.tf"] ?? "";
    const passwords = [...example.matchAll(/^variable "(\w+)"/gm)].map(([, one]) => one);
    return `
module "${name}" {
  source = "./${name}"
${alias ? `  providers = {\n    aws = aws\n    aws.${alias} = aws.${alias}\n  }\n` : ""}${given.join("")}}

module "${name}_example" {
  source = "./${name}/examples/databases"
${passwords.map((password) => `  ${password} = var.x\n`).join("")}}
`;
  });
  return `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {}

provider "aws" {
  alias = "redpanda"
}

provider "aws" {
  alias = "app"
}

variable "x" {
  type = string
}
${calls.join("")}`;
}
