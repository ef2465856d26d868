import { spawnSync } from "node:child_process";
import { mirrorDirectory } from "./mirror";

/** The version of the `terraform` on the PATH, such as `1.11.4`; undefined without one. */
export function terraformVersion(): string | undefined {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: "1" },
  });
  return status === 0 ? JSON.parse(stdout).terraform_version : undefined;
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

export function describeUnless(missing: string[], name: string, tests: () => void): void {
  if (missing.length > 0) {
    const title = `${name} (skipped: ${missing.join(", ")})`;
    process.stderr.write(`${title}\n`);
    describe.skip(title, tests);
  } else {
    describe(name, tests);
  }
}
