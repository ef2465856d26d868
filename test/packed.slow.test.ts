import { execFile, execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { version } from "../package.json";
import { pages, shownCommands } from "./docs/markdown";
import { describeWithTerraform } from "./standin/judges";
import { mirrorDirectory } from "./standin/mirror";
import { Workspace } from "./standin/workspace";

const project = join(__dirname, "..");

/** What `npm pack` makes. */
let tarball: string;
/** Empty but for the package, as npm installs it from what it packs, without any network. */
let folder: string;
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
  execFileSync(process.execPath, [join(project, "build", "types.js")]);
  // The bundles are those of this run of the tests: others are running them.
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  tarball = execFileSync("npm", pack, { cwd: project, encoding: "utf8" }).trim();
  // Without it, npm would look for a project in the folders above, and change what is there.
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  // npm asks the registry about optional peers as well, unless it is told to look at none.
  run("npm", "install", "--offline", "--legacy-peer-deps", "--no-audit", `./${tarball}`);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const installed = () => join(folder, "node_modules", "rpcn-aurora");

test("the command writes the modules of the snapshots", () => {
  for (const topology of ["byoc", "ec2"]) {
    run("npx", "--no-install", "rpcn-aurora", "synth", "--topology", topology);
  }
  const written = files(join(folder, "terraform"));
  const snapshots = files(join(project, "__snapshots__"));
  expect(written).toEqual(
    Object.fromEntries(
      Object.entries(snapshots)
        .filter(([path]) => path.startsWith("aurora-"))
        .map(([path, text]) => [
          path,
          text.replace("# rpcn-aurora 0.0.0 ", `# rpcn-aurora ${version} `),
        ]),
    ),
  );
});

describeWithTerraform("From an empty folder to a valid module", () => {
  test("each command of docs/getting-started.md prints what the page shows", async () => {
    // The real provider where the machine has it, stand-ins for the others.
    await using workspace = await Workspace.create({
      real: mirrorDirectory() ? ["hashicorp/aws"] : [],
    });
    const page = (pages.get("docs/getting-started.md") ?? "").replaceAll(
      /rpcn-aurora-\d+[.]\d+[.]\d+/g,
      `rpcn-aurora-${version}`,
    );
    const [packing, ...others] = shownCommands(page);
    expect(others).toHaveLength(3);
    expect(packing).toEqual({
      command: "npm ci --silent && npm pack --silent",
      output: `${tarball}\n`,
    });
    copyFileSync(join(folder, tarball), join(workspace.dir, tarball));
    // Programs that later steps want.
    const bin = mkdtempSync(join(tmpdir(), "bin-"));
    for (const name of ["aws", "psql", "rpk"]) writeFileSync(join(bin, name), "");
    const env = {
      ...workspace.environment,
      PATH: `${bin}:${process.env.PATH}`,
      npm_config_cache: join(bin, "cache"),
      npm_config_offline: "true",
      npm_config_legacy_peer_deps: "true",
      npm_config_loglevel: "error",
      // Terraform colours what no terminal shows.
      TF_CLI_ARGS_init: "-no-color",
      TF_CLI_ARGS_validate: "-no-color",
    };
    for (const { command, output } of others) {
      const { stdout } = await promisify(execFile)("sh", ["-c", `{ ${command}\n} 2>&1`], {
        cwd: workspace.dir,
        env,
      });
      expect({ command, output: stdout.trimEnd() }).toEqual({ command, output: output.trimEnd() });
    }
    rmSync(bin, { recursive: true });
  }, 120_000);
});

test("it brings nothing but itself, in 5 MB, with its licences", () => {
  expect(readdirSync(join(folder, "node_modules")).sort()).toEqual([
    ".bin",
    ".package-lock.json",
    "rpcn-aurora",
  ]);
  const paths = Object.keys(files(installed()));
  const size = paths.reduce((sum, path) => sum + statSync(join(installed(), path)).size, 0);
  expect(size).toBeLessThan(5_000_000);
  expect(
    paths
      .map((path) => path.split("/")[0])
      .filter((name, at, all) => all.indexOf(name) === at)
      .sort(),
  ).toEqual([
    ...["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md"],
    ...["dist", "docs", "package.json", "templates", "tfvars"],
  ]);
  expect(paths.filter((path) => /^dist\/[^/]+$/.test(path))).toEqual([
    "dist/LICENSES.md",
    "dist/hcl.js",
    "dist/index.js",
    "dist/main.js",
    "dist/program.js",
  ]);
  expect(paths.filter((path) => path.startsWith("dist/cdktn/"))).toEqual([
    "dist/cdktn/hcl.js",
    "dist/cdktn/index.js",
  ]);
  const licences = readFileSync(join(installed(), "dist", "LICENSES.md"), "utf8");
  expect(licences).toContain(
    "| cdktf | 0.21.0 | MPL-2.0 | program.js | https://github.com/hashicorp/terraform-cdk |\n",
  );
  expect(licences).toContain("\nPermission is hereby granted, free of charge");
  expect(licences).not.toContain("AGPL");
});

describe("the programs on docs/library.md", () => {
  const written = (name: string) => files(join(folder, name));
  beforeAll(() => {
    for (const name of ["cdktf", "constructs", "@cdktf/provider-aws", "@types/node"]) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(project, "node_modules", name), link);
    }
    const page = readFileSync(join(project, "docs", "library.md"), "utf8");
    const texts = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
    const programs = ["fleet.ts", "shop.ts"].map((name) => join(folder, name));
    expect(texts).toHaveLength(programs.length);
    for (const [nth, path] of programs.entries()) writeFileSync(path, texts[nth] ?? "");
    const compiler = ts.createProgram(programs, {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ["node"],
      typeRoots: [join(folder, "node_modules", "@types")],
    });
    const problems = [...ts.getPreEmitDiagnostics(compiler), ...compiler.emit().diagnostics];
    expect(problems.map(({ messageText }) => messageText)).toEqual([]);
  });

  test("a fleet as a loop: each module is the one of the snapshots, with its own state and output", () => {
    run(process.execPath, "fleet.js");
    const body = (content = "") => content.replace(/^(?:#.*\n)+\n/, "");
    const added = (name: string): Record<string, (content: string) => string> => ({
      "versions.tf": (content) =>
        content.replace(
          "\n  }\n}\n",
          `\n  }\n\n  backend "s3" {\n    bucket = "acme"\n    key    = "streams/${name}.tfstate"\n    region = "us-east-2"\n  }\n}\n`,
        ),
      "outputs.tf": (content) => `output "team" {\n  value = "${name}"\n}\n\n${content}`,
    });
    for (const [name, stack] of Object.entries({
      orders: "aurora-postgres",
      payments: "aurora-postgres",
      stock: "aurora-mysql",
    })) {
      const module = written(join("modules", name));
      const snapshot = files(join(project, "__snapshots__", stack));
      expect(Object.keys(module)).toEqual(Object.keys(snapshot));
      for (const [file, content] of Object.entries(snapshot)) {
        expect(body(module[file])).toBe((added(name)[file] ?? String)(body(content)));
      }
    }
  });

  test("one construct beside resources of one's own", () => {
    run(process.execPath, "shop.js");
    expect(written("shop")).toMatchInlineSnapshot(`
{
  "main.tf": "# Generated by shop.ts

# Logical replication feeds the pipeline; IAM logins are refused on replication
# connections unless rds.iam_auth_for_replication allows them.
resource "aws_rds_cluster_parameter_group" "parameters_aws_rds_cluster_parameter_groupaurora_pg17_1A0E77BB" {
  name   = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg"
  family = "aurora-postgresql\${split(".", var.engine_version)[0]}"

  parameter {
    name         = "rds.logical_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.iam_auth_for_replication"
    value        = "1"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  tags = { Name = "\${var.name_prefix}-aurora-pg\${split(".", var.engine_version)[0]}-cluster-pg" }

  # Another family replaces the group, and a group in use cannot be deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_cluster" "cluster" {
  cluster_identifier                  = "shop"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.parameters_aws_rds_cluster_parameter_groupaurora_pg17_1A0E77BB.name
  engine                              = "aurora-postgresql"
  engine_version                      = var.engine_version
  iam_database_authentication_enabled = true
  manage_master_user_password         = true
  master_username                     = "postgres"
}
",
  "providers.tf": "# Generated by shop.ts

provider "aws" {
  region = "us-east-2"
}
",
  "variables.tf": "# Generated by shop.ts

variable "name_prefix" {
  type    = string
  default = "shop"
}

variable "engine_version" {
  type    = string
  default = "17.4"
}
",
  "versions.tf": "# Generated by shop.ts

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
  }
}
",
}
`);
  });
});

/** All files below a folder, by path. */
function files(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]),
  );
}
