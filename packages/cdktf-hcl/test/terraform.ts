import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";

/** The real Terraform, the judge of what HCL and JSON mean. No provider is ever downloaded. */

const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
const env = { ...inherited, CHECKPOINT_DISABLE: "1", TF_INPUT: "0", NO_COLOR: "1" };

export const hasTerraform = spawnSync("terraform", ["version"], { env }).status === 0;

/** Like `describe`; without Terraform it says why it does not run. */
export function describeWithTerraform(name: string, body: () => void): void {
  if (!hasTerraform) console.warn(`Skipped, because "terraform" is not in the PATH: ${name}`);
  (hasTerraform ? describe : describe.skip)(name, body);
}

export function inTemporaryFolder<T>(files: Record<string, string>, use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "hcl-"));
  try {
    for (const [file, content] of Object.entries(files)) writeFileSync(join(dir, file), content);
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export function terraform(dir: string, ...args: string[]): string {
  const run = spawnSync("terraform", args, { cwd: dir, env, encoding: "utf8", maxBuffer: 1 << 30 });
  if (run.status !== 0) {
    throw new Error(`terraform ${args[0]} failed:\n${run.stdout}${run.stderr}`.slice(0, 10_000));
  }
  return run.stdout;
}

/** Values and types of the outputs after `terraform apply`. */
export function outputsOf(
  files: Record<string, string>,
): Record<string, { type: unknown; value: unknown }> {
  return inTemporaryFolder(files, (dir) => {
    terraform(dir, "init", "-backend=false");
    terraform(dir, "apply", "-auto-approve", "-refresh=false");
    return JSON.parse(terraform(dir, "output", "-json"));
  });
}

/** What `terraform fmt` would change: nothing, if all is well. */
export function formattingOf(files: Record<string, string>): string {
  return inTemporaryFolder(files, (dir) => {
    const run = spawnSync("terraform", ["fmt", "-diff", "-write=false"], {
      cwd: dir,
      env,
      encoding: "utf8",
    });
    return run.stdout + run.stderr;
  });
}

/** The module as CDKTF writes it for `cdktf deploy`. */
export function jsonModule(stack: TerraformStack): Record<string, string> {
  const json = JSON.parse(Testing.synth(stack));
  // The local backend of the machine that synthesizes: the state goes beside the module instead.
  delete json.terraform?.backend;
  return { "cdk.tf.json": JSON.stringify(json) };
}
