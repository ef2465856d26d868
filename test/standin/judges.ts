import { spawnSync } from "node:child_process";
import { mirrorDirectory } from "./mirror";
import type { Program } from "./terraform";

/** The version of the program on the PATH, such as `1.11.4`; undefined without one. */
export function terraformVersion(program: Program = "terraform"): string | undefined {
  const { status, stdout } = spawnSync(program, ["version", "-json"], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: "1" },
  });
  return status === 0 ? JSON.parse(stdout).terraform_version : undefined;
}

/** The modules need write-only arguments, which OpenTofu has from the same version on. */
const OLDEST = [1, 11];

/** `describe`; without Terraform a skipped one, whose name and whose line in the output say why. */
export function describeWithTerraform(name: string, tests: () => void): void {
  describeUnless(missingTerraform(), name, tests);
}

/** `describe`; without Terraform or the real AWS provider a skipped one that says so. */
export function describeWithRealAws(name: string, tests: () => void): void {
  const noMirror = mirrorDirectory() ? [] : ["no plugin mirror with hashicorp/aws on this machine"];
  describeUnless([...missingTerraform(), ...noMirror], name, tests);
}

export function missingTerraform(program: Program = "terraform"): string[] {
  const version = terraformVersion(program);
  if (version === undefined) return [`no ${program} on the PATH`];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  const old = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return old ? [`${program} ${version} is older than ${OLDEST.join(".")}`] : [];
}

/** `describe`; where something is missing a skipped one, whose name and whose line in the output say what. */
export function describeUnless(missing: string[], name: string, tests: () => void): void {
  if (missing.length > 0) {
    const title = `${name} (skipped: ${missing.join(", ")})`;
    process.stderr.write(`${title}\n`);
    describe.skip(title, tests);
  } else {
    describe(name, tests);
  }
}
