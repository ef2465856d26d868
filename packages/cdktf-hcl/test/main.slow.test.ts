import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, DataResource, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { version } from "../package.json";
import { describeWithTerraform, terraform } from "./terraform";

const program = join(__dirname, "..", "cdktf-hcl.js");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdktf-hcl-main-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/**
 * Two stacks, of which one refers to the other and has an asset, as `cdktf synth` leaves them.
 *
 * @param zones of which the first stack has a resource each, and the other reads the last
 */
function synthesize(...zones: string[]): void {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    const network = new TerraformStack(app, "network");
    const vpc = new DataResource(new Construct(network, "Core"), "vpc", {
      input: { cidr: "10.0.0.0/16", text: 'a "b" \\d\nc', number: "0123" },
    });
    const subnets = zones.map(
      (zone, index) => new DataResource(network, `subnet-${zone}`, { input: { zone, index } }),
    );
    const shop = new TerraformStack(app, "shop");
    writeFileSync(join(folder, "page.html"), "hello");
    const page = new TerraformAsset(shop, "page", { path: join(folder, "page.html") });
    new DataResource(shop, "site", { input: [vpc.output, `\${file("${page.path}")}`] });
    new TerraformOutput(shop, "site_vpc", { value: subnets.at(-1)?.output ?? vpc.output });
    app.synth();
  } finally {
    process.chdir(before);
  }
}

const BANNER = `# Written by cdktf-hcl ${version}. It is yours now: without this line, no later run touches the file.`;
const backendRemark = (stack: string) =>
  `  - The local backend at ${folder}/terraform.${stack}.tfstate is left out, because the path is that of one machine. Copy that file to terraform.tfstate beside the HCL before the first plan, or give the module a backend`;

test("all stacks of a cdktf.out, with what lies beside them", () => {
  synthesize();
  expect(run("cdktf.out")).toEqual({
    status: 0,
    said: `terraform/network: 2 blocks in main.tf, outputs.tf.
  Look at:
${backendRemark("network")}
terraform/shop: 3 blocks in main.tf, outputs.tf.
  Look at:
${backendRemark("shop")}
`,
  });
  expect(readFileSync(join(folder, "terraform/network/main.tf"), "utf8")).toBe(`${BANNER}

resource "terraform_data" "Core_vpc_4F83FE82" {
  input = {
    cidr   = "10.0.0.0/16"
    number = "0123"
    text   = "a \\"b\\" \\\\d\\nc"
  }
}
`);
  expect(readdirSync(join(folder, "terraform/shop"))).toEqual(["assets", "main.tf", "outputs.tf"]);
});

test("one cdk.tf.json, and what stays JSON", () => {
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ resource: { acme_thing: { thing: { options: {} } } } }),
  );
  expect(run("cdk.tf.json", "--out", "hcl")).toEqual({
    status: 1,
    said: `hcl: 0 blocks.
  1 block in refused.tf.json, which Terraform reads as well, because:
  - resource.acme_thing.thing: options is a block or an attribute, and no schema of resource type acme_thing is known to tell. Pass what "terraform providers schema -json" prints: cdktf-hcl --schemas schemas.json
  To have the schemas: terraform -chdir=hcl init -backend=false && terraform -chdir=hcl providers schema -json > schemas.json
`,
  });
  const refused = readFileSync(join(folder, "hcl/refused.tf.json"), "utf8");
  expect(JSON.parse(refused).resource).toEqual({ acme_thing: { thing: [{ options: {} }] } });

  const block = { block_types: { options: { nesting_mode: "list", block: {} } } };
  const types = { resource_schemas: { acme_thing: { block } } };
  const schemas = { provider_schemas: { "example.org/acme/acme": types } };
  writeFileSync(join(folder, "schemas.json"), JSON.stringify(schemas));
  expect(run("cdk.tf.json", "--out", "hcl", "--schemas", "schemas.json")).toEqual({
    status: 0,
    said: "hcl: 1 block in main.tf.\n",
  });
  expect(readdirSync(join(folder, "hcl"))).toEqual(["main.tf"]);
  expect(run(".", "--out", ".")).toEqual({
    status: 1,
    said: ". holds the JSON, which Terraform would read beside the HCL. Give another folder with --out.\n",
  });
});

describe("where Terraform has the providers, it is asked for their schemas", () => {
  /** A program in place of Terraform, which prints what the real one prints of a provider. */
  function exportWith(script: string): { readonly status: number | null; readonly said: string } {
    const thing = { acme_thing: { thing: { options: {} } } };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource: thing }));
    mkdirSync(join(folder, ".terraform"));
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "terraform"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
    const args = [program, "cdk.tf.json", "--out", "hcl"];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, env });
    return { status, said: String(stdout) };
  }

  test("and all is HCL", () => {
    const block = { block_types: { options: { nesting_mode: "list", block: {} } } };
    const types = { resource_schemas: { acme_thing: { block } } };
    const schemas = { provider_schemas: { "example.org/acme/acme": types } };
    expect(
      exportWith(`[ "$*" = "providers schema -json" ] && echo '${JSON.stringify(schemas)}'`),
    ).toEqual({ status: 0, said: "hcl: 1 block in main.tf.\n" });
  });

  test("and where it cannot tell, its reason is told", () => {
    const { status, said } = exportWith("echo 'Error: run init' >&2; exit 1");
    expect(status).toBe(1);
    expect(said).toContain(`  Look at:
  - In ., "terraform providers schema -json" did not print the schemas: Error: run init
`);
  });
});

test.each<[string, () => void, string[], string]>([
  [
    "nothing there",
    () => {},
    ["cdktf.out"],
    'cdktf.out is not there. Run "cdktf synth", and give its cdktf.out.\n',
  ],
  [
    "a folder of something else",
    () => {},
    ["."],
    '. has neither a manifest.json nor a cdk.tf.json. Give the cdktf.out that "cdktf synth" writes, or one cdk.tf.json.\n',
  ],
  [
    "what cdktf synth --hcl left",
    () => {
      const shop = { name: "shop", synthesizedStackPath: "stacks/shop/cdk.tf" };
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: { shop } }));
    },
    ["."],
    '. has no JSON of the stack shop. Run "cdktf synth" without --hcl, and give its cdktf.out.\n',
  ],
  [
    "no JSON",
    () => writeFileSync(join(folder, "cdk.tf.json"), '{"a": 1,}'),
    ["cdk.tf.json"],
    "no name in line 1, column 9\n",
  ],
])("%s", (_, prepare, args, said) => {
  prepare();
  expect(run(...args)).toEqual({ status: 1, said });
});

test("a file that somebody has taken over is not touched", () => {
  synthesize();
  run("cdktf.out");
  const file = join(folder, "terraform/network/main.tf");
  writeFileSync(file, readFileSync(file, "utf8").replace(BANNER, "# Ours."));
  const { status, said } = run("cdktf.out");
  expect(status).toBe(1);
  expect(said).toContain("terraform/network/main.tf");
  expect(readFileSync(file, "utf8")).toMatch(/^# Ours/);
});

describeWithTerraform("on the state of the JSON", () => {
  /** Applies the JSON where `cdktf deploy` does, and brings its states to the HCL. */
  function deployAndExport(flags: readonly string[] = [], zones: readonly string[] = []): void {
    synthesize(...zones);
    for (const stack of ["network", "shop"]) {
      const dir = join(folder, "cdktf.out/stacks", stack);
      terraform(dir, "init");
      terraform(dir, "apply", "-auto-approve");
    }
    expect(run("cdktf.out", ...flags).status).toBe(0);
    for (const stack of ["network", "shop"]) {
      const dir = join(folder, "terraform", stack);
      cpSync(join(folder, `terraform.${stack}.tfstate`), join(dir, "terraform.tfstate"));
      terraform(dir, "init");
    }
  }

  test("the plan of the HCL is empty, and verify says that both plan the same", () => {
    deployAndExport();
    for (const stack of ["network", "shop"]) {
      const dir = join(folder, "terraform", stack);
      expect(terraform(dir, "plan", "-no-color")).toContain("No changes.");
    }
    expect(run("verify", "cdktf.out")).toEqual({
      status: 0,
      said: `terraform/network: Terraform plans the same as from the JSON.
terraform/shop: Terraform plans the same as from the JSON.
`,
    });

    const file = join(folder, "terraform/network/main.tf");
    const written = readFileSync(file, "utf8");
    writeFileSync(file, written.replace("\\\\d", "\\d"));
    const site = join(folder, "terraform/shop/main.tf");
    const other = readFileSync(site, "utf8").replace('"site" {', '"other" {');
    writeFileSync(site, other);
    expect(run("verify", "cdktf.out")).toEqual({
      status: 1,
      said: `terraform/network: Terraform plans something else:
  - Terraform refuses the HCL alone: Invalid escape sequence: The symbol "d" is not a valid escape sequence selector.
terraform/shop: Terraform plans something else:
  - terraform_data.site comes from the JSON alone
  - terraform_data.other comes from the HCL alone
`,
    });
  });

  test("with names without hashes, all that changes is names", () => {
    deployAndExport(["--tame"]);
    const plan = terraform(join(folder, "terraform/network"), "plan", "-no-color");
    expect(plan).toContain("terraform_data.Core_vpc_4F83FE82 has moved to terraform_data.core_vpc");
    expect(plan).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");
  });

  test("with for_each, all that changes is names, in the other stack not even these", () => {
    deployAndExport(["--tame", "--for-each"], ["a", "b"]);
    const network = join(folder, "terraform/network");
    expect(readFileSync(join(network, "main.tf"), "utf8")).toContain(`
resource "terraform_data" "subnet" {
  for_each = {
    a = 0
    b = 1
  }

  input = {
    index = each.value
    zone  = each.key
  }
}
`);
    const plan = terraform(network, "plan", "-no-color");
    expect(plan).toContain('terraform_data.subnet-b has moved to terraform_data.subnet["b"]');
    expect(plan).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");
    const shop = join(folder, "terraform/shop");
    expect(terraform(shop, "plan", "-no-color")).toContain("No changes.");
    expect(run("verify", "cdktf.out")).toEqual({
      status: 0,
      said: `terraform/network: Terraform plans the same as from the JSON.
  Names have moved, so that dependencies, provisioners and settings of providers were not compared.
terraform/shop: Terraform plans the same as from the JSON.
`,
    });
    const file = join(network, "main.tf");
    writeFileSync(file, readFileSync(file, "utf8").replace("b = 1", "b = 2"));
    expect(run("verify", "cdktf.out").said).toContain(
      '  - terraform_data.subnet["b"].change.after.input.index is 1 by the JSON and 2 by the HCL\n',
    );
  });
});
