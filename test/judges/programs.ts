import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = join(__dirname, "../../node_modules/.cache");

/** A program of Go, built once and kept. Two minutes on two cores, of which the first is of downloads. */
export class GoProgram {
  /** Where nothing else is: TFLint takes every file of its plugins' folder for a plugin. */
  readonly folder: string;
  readonly path: string;
  readonly #module: string;

  constructor(name: string, version: string) {
    this.folder = join(cache, `rpcn-aurora-${name}-${version}`);
    this.path = join(this.folder, name);
    this.#module = `github.com/terraform-linters/${name}@v${version}`;
  }

  get isBuilt(): boolean {
    return existsSync(this.path);
  }

  /** Why it cannot be built; empty where it can. */
  missing(): string[] {
    return this.isBuilt || this.#source() ? [] : [`go cannot download ${this.#module}`];
  }

  async build(): Promise<void> {
    if (this.isBuilt) return;
    mkdirSync(this.folder, { recursive: true });
    // In its own folder: `go install` asks for all versions of a module, which not every proxy lists.
    const options = ["-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", this.path];
    await run("go", ["build", ...options, "."], { cwd: this.#source() });
  }

  #source(): string | undefined {
    const { status, stdout } = spawnSync("go", ["mod", "download", "-json", this.#module], {
      cwd: tmpdir(),
      encoding: "utf8",
    });
    return status === 0 ? JSON.parse(stdout).Dir : undefined;
  }
}

export const tflint = new GoProgram("tflint", "0.64.0");
export const tflintOfAws = new GoProgram("tflint-ruleset-aws", "0.48.0");

const VERSION = "3.3.30";
/** Where pip puts checkov, with all that it needs: 265 MB. */
export const checkov = join(cache, `rpcn-aurora-checkov-${VERSION}`);

/** Whether it is there in the end. Forty seconds of computing, and as many downloads as packages. */
export async function installCheckov(): Promise<boolean> {
  if (existsSync(checkov)) return true;
  const begun = `${checkov}-begun`;
  const options = ["--quiet", "--disable-pip-version-check", "--target", begun];
  try {
    await run("python3", ["-m", "pip", "install", ...options, `checkov==${VERSION}`]);
    renameSync(begun, checkov);
    return true;
  } catch {
    rmSync(begun, { recursive: true, force: true });
    return false;
  }
}
