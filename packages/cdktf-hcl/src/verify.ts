import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { copyBeside, type Stack, statePathOf, UsageError } from "./app";
import { isPlainObject, show } from "./value";

/** What Terraform plans otherwise, by address. No entry: the plans are equal. */
export type Differences = readonly string[];

export interface VerifyOptions {
  /** Files with values for the variables, as `terraform plan -var-file` takes them. */
  readonly varFiles: readonly string[];
}

/** No plan of one of the two: what Terraform said. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/**
 * Plans a stack from its JSON and from its HCL, both in copies and from an empty state, and compares
 * what Terraform would do. It needs what any plan needs: providers, and their credentials.
 *
 * @param stacks all that were exported with it: their states are read where this one refers to them
 * @throws PlanError, UsageError
 */
export function verify(
  stack: Stack,
  stacks: readonly Stack[],
  { varFiles }: VerifyOptions,
): Differences {
  if (!existsSync(stack.out)) {
    throw new UsageError(`${stack.out} is not there. Export the HCL first, with the same --out.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "cdktf-hcl-"));
  try {
    const options = varFiles.map((file) => `-var-file=${resolve(file)}`);
    const json = join(folder, "json");
    mkdirSync(json);
    cpSync(stack.file, join(json, "cdk.tf.json"));
    copyBeside(stack, json);
    const hcl = join(folder, "hcl", basename(stack.out));
    cpSync(stack.out, hcl, { recursive: true, filter: (path) => !WORKING.test(basename(path)) });
    // Neither the state that is in use nor its lock is touched.
    for (const copy of [json, hcl]) {
      writeFileSync(join(copy, "verify_override.tf"), 'terraform {\n  backend "local" {}\n}\n');
    }
    for (const other of stacks) {
      const state = other === stack ? undefined : statePathOf(other);
      const place = join(hcl, relative(stack.out, other.out));
      if (state === undefined || !existsSync(state)) continue;
      mkdirSync(place, { recursive: true });
      cpSync(state, join(place, "terraform.tfstate"));
    }
    // Downloaded once for both, unless there is a cache for all anyway.
    const cache = process.env.TF_PLUGIN_CACHE_DIR ?? join(folder, "providers");
    mkdirSync(cache, { recursive: true });
    const plan = (of: string, what: string) => planOf(of, what, options, cache);
    return differences(plan(json, "JSON"), plan(hcl, "HCL"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What belongs to a working folder of Terraform and not to the module. */
const WORKING = /^(?:\.terraform|.*\.tfstate(?:\..*)?)$/;

type Plan = Readonly<Record<string, unknown>>;

function planOf(folder: string, what: string, options: readonly string[], cache: string): Plan {
  const terraform = (...args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync("terraform", args, {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        TF_INPUT: "0",
        TF_WORKSPACE: "default",
        TF_PLUGIN_CACHE_DIR: cache,
        TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
      },
      maxBuffer: 2 ** 30,
    });
    if (error) throw new UsageError(`Terraform cannot be started: ${error.message}.`);
    if (status !== 0) {
      throw new PlanError(`terraform ${args[0]} of the ${what}:\n${(stderr || stdout).trim()}`);
    }
    return stdout;
  };
  terraform("init", "-no-color");
  terraform("plan", "-no-color", "-lock=false", "-refresh=false", "-out=verify.plan", ...options);
  // The folders differ by name alone.
  return JSON.parse(terraform("show", "-json", "verify.plan").replaceAll(folder, "."));
}

/** The parts of a plan that say what would be done, each as values by address. */
function differences(json: Plan, hcl: Plan): Differences {
  const parts = ["resource_changes", "output_changes", "prior_state", "checks"] as const;
  return parts.flatMap((part) => {
    const [expected, actual] = [byAddress(json[part]), byAddress(hcl[part])];
    return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((address) =>
      compare(address, expected.get(address), actual.get(address)),
    );
  });
}

function byAddress(part: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) add(item);
    if (!isPlainObject(value)) return;
    if (typeof value.address === "string" && "type" in value) {
      // Where a state lies depends on where the module lies.
      const isState = value.type === "terraform_remote_state";
      const { config: _, ...others } = isPlainObject(value.values) ? value.values : {};
      found.set(value.address, isState ? { ...value, values: others } : value);
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      if (["values", "root_module", "resources", "child_modules"].includes(name)) add(item);
      else if (name === "outputs" || (isPlainObject(item) && "actions" in item)) {
        found.set(name, item);
      }
    }
  };
  if (Array.isArray(part) && part.some((item) => isPlainObject(item) && "status" in item)) {
    found.set("checks", part);
  } else add(part);
  return found;
}

/** A line for each value that differs. */
function compare(path: string, expected: unknown, actual: unknown): string[] {
  if (isPlainObject(expected) && isPlainObject(actual)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((name) =>
      compare(`${path}.${name}`, expected[name], actual[name]),
    );
  }
  if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
  const shown = (value: unknown) => (value === undefined ? "nothing" : show(value));
  return [`${path} is ${shown(expected)} by the JSON and ${shown(actual)} by the HCL`];
}
