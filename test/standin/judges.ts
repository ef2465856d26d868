import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The version of the `terraform` on the PATH, such as `1.11.4`; undefined without one. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: "1" },
  });
  return status === 0 ? JSON.parse(stdout).terraform_version : undefined;
}

const HOST = "registry.terraform.io";
const DEPTH = 3;

/**
 * The directory that holds `registry.terraform.io` with the real `hashicorp/aws`, not far below the
 * root; undefined where there is none.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function mirrorDirectory(): string | undefined {
  let level = ["/"];
  for (let depth = 0; depth < DEPTH; depth++) {
    const found = level.find((directory) =>
      subdirectories(join(directory, HOST, "hashicorp")).some((path) => path.endsWith("/aws")),
    );
    if (found) return found;
    level = level.flatMap(subdirectories);
  }
  return undefined;
}

function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(directory, name))
      .filter((path) => !["/proc", "/sys", "/dev"].includes(path));
  } catch {
    // Not there, or not ours to read.
    return [];
  }
}

/** `describe`; without Terraform a skipped one, whose name and whose note in the output say why. */
export function describeWithTerraform(name: string, tests: () => void): void {
  describeUnless(terraformVersion() ? [] : ["no terraform on the PATH"], name, tests);
}

/** `describe`; without Terraform or the real AWS provider a skipped one that says so. */
export function describeWithRealAws(name: string, tests: () => void): void {
  const missing = [
    ...(terraformVersion() ? [] : ["no terraform on the PATH"]),
    ...(mirrorDirectory() ? [] : ["no plugin mirror with hashicorp/aws on this machine"]),
  ];
  describeUnless(missing, name, tests);
}

function describeUnless(missing: string[], name: string, tests: () => void): void {
  if (missing.length > 0) {
    const title = `${name} (skipped: ${missing.join(", ")})`;
    process.stderr.write(`${title}\n`);
    describe.skip(title, tests);
  } else {
    describe(name, tests);
  }
}
