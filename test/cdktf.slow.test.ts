import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readModule } from "../commands/doctor/module";
import { canaries, words } from "./canaries";
import { leaksBelow } from "./leaks";
import { modules, originalValues } from "./modules";
import { describeUnless, missingTerraform } from "./standin/judges";
import { StandIn } from "./standin/standin";

const project = join(__dirname, "..");

/** Passwords that occur nowhere else. */
const secrets = {
  TF_VAR_db_password: canaries.db_password?.value,
  TF_VAR_rp_sasl_password: canaries.rp_sasl_password?.value,
};
const { db_password: _, rp_sasl_password: __, ...values } = originalValues("aurora-mysql");

/** More than 400 MB with what it needs: no install brings it. */
const cli = join(
  project,
  ...["node_modules", ".cache", "rpcn-aurora-cdktf-cli-0.21.0", "node_modules", ".bin", "cdktf"],
);
const missing = [
  ...missingTerraform(),
  ...(existsSync(cli) ? [] : ["no CDKTF CLI: test/cdktf-cli-from-npm.sh fetches one"]),
];

describeUnless(missing, "cdktf deploy aurora-mysql", () => {
  let folder: string;
  let stack: string;
  let standIn: StandIn;

  beforeAll(async () => {
    // A checkout of its own, because the CLI writes the state and cdktf.out beside cdktf.json.
    folder = mkdtempSync(join(tmpdir(), "cdktf-"));
    const left = [".git", "node_modules", "test", "cdktf.out", "terraform"];
    cpSync(project, folder, {
      recursive: true,
      // So that it is not built anew.
      preserveTimestamps: true,
      filter: (path) => !left.some((name) => path === join(project, name)),
    });
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    const lines = Object.entries(values).map(
      ([name, value]) => `${name} = ${JSON.stringify(value)}`,
    );
    writeFileSync(join(folder, "our.tfvars"), `${lines.join("\n")}\n`);
    stack = join(folder, "cdktf.out", "stacks", "aurora-mysql");
    standIn = await StandIn.start({ directory: stack });
  });
  afterAll(async () => {
    await standIn.close();
    rmSync(folder, { recursive: true });
  });

  test("applies the module, from one command", async () => {
    // Without network the CLI cannot write a lock file.
    expect(await cdktf("deploy", ...stackAndValues)).toEqual({
      code: 0,
      said: expect.stringContaining("Apply complete! Resources: 33 added"),
    });
    expect(parse(readFileSync(join(stack, "generated_pipeline.yaml"), "utf8"))).toMatchObject({
      output: { redpanda: { topic: "demo-mysql.iam_auth_topic_test" } },
    });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tfstate"))).toEqual([
      "terraform.aurora-mysql.tfstate",
    ]);
  }, 120_000);

  test("its outputs can be pasted, and doctor finds its state", () => {
    const args = ["-chdir=cdktf.out/stacks/aurora-mysql", "output", "-raw", "db_setup_command"];
    const command = execFileSync("terraform", args, {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
    expect(command).toContain("generated_cdc_setup.sql");
    expect(command).not.toContain("\n");
    expect(readModule(folder).engine?.flag).toBe("mysql");
  });

  test("works on the same templates as the plain module", () => {
    const templates = Object.entries(modules.get("aurora-mysql") ?? {}).filter(([name]) =>
      name.endsWith(".tftpl"),
    );
    expect(templates.map(([name]) => name).sort()).toEqual([
      "cdc_cleanup.sql.tftpl",
      "cdc_setup.sql.tftpl",
      "insert.sql.tftpl",
      "pipeline.yaml.tftpl",
    ]);
    for (const [name, content] of templates) {
      expect(readFileSync(join(stack, name), "utf8")).toBe(content);
    }
  });

  test("writes no path of this machine", () => {
    const json = readFileSync(join(stack, "cdk.tf.json"), "utf8");
    expect([folder, project].filter((path) => json.includes(path))).toEqual([]);
  });

  test("keeps no secret, whatever it logs", () => {
    const log = readFileSync(join(folder, "cdktf.log"), "utf8");
    expect(log).toContain("aws_rds_cluster.aurora: Creation complete");
    expect(leaksBelow(folder, words)).toEqual([]);
  });

  test("destroys what it made", async () => {
    expect(await cdktf("destroy", ...stackAndValues)).toEqual({
      code: 0,
      said: expect.stringContaining("Destroy complete! Resources: 33 destroyed."),
    });
    expect([...standIn.world.cloud.objects.keys()]).toEqual([]);
    expect(existsSync(join(stack, "generated_pipeline.yaml"))).toBe(false);
    expect(leaksBelow(folder, words)).toEqual([]);
  }, 120_000);

  const stackAndValues = [
    ...["aurora-mysql", "--var-file", "our.tfvars"],
    ...["--auto-approve", "--skip-provider-lock"],
  ];

  /** Runs the CLI, with values in the environment; it logs all that it can. */
  async function cdktf(...args: string[]): Promise<{ code: number | null; said: string }> {
    const configuration = join(folder, "terraform.rc");
    writeFileSync(configuration, "");
    const child = spawn(cli, args, {
      cwd: folder,
      env: {
        ...process.env,
        TF_REATTACH_PROVIDERS: JSON.stringify(standIn.attached),
        ...secrets,
        CDKTF_LOG_FILE_DIRECTORY: folder,
        CDKTF_LOG_LEVEL: "all",
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: configuration,
        TF_INPUT: "0",
      },
    });
    child.stdin.end();
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        said += text;
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    appendFileSync(join(folder, "said.txt"), said);
    return { code, said };
  }
});
