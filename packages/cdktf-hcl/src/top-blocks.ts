import type { TerraformElement } from "cdktf";
import { labelled } from "./body";
import type { Owner } from "./layout";
import type { Report } from "./problems";
import { isPlainObject, show } from "./value";

/** One top-level block of the module, with its content as JSON has it. */
export interface TopBlock {
  /** `resource`, `data`, `variable` … */
  readonly type: string;
  readonly labels: readonly string[];
  readonly content: Readonly<Record<string, unknown>>;
  /** What it comes from: the stack for what only an override of the stack says. */
  readonly owner: Owner;
  /** The construct it comes from, if it comes from one. */
  readonly element?: TerraformElement;
  /** Whether it is what its element is there for; `moved` and `import` may come beside it. */
  readonly isMain: boolean;
  /** The file it goes to, whatever its owner says. @default - what its owner says */
  readonly file?: string;
}

export type Json = Record<string, unknown>;

/** How many labels each type of block has. Those without an entry of their own are refused. */
export const LABELS: Readonly<Record<string, number>> = {
  terraform: 0,
  provider: 1,
  variable: 1,
  locals: 0,
  data: 2,
  ephemeral: 2,
  resource: 2,
  module: 1,
  moved: 0,
  import: 0,
  removed: 0,
  check: 1,
  output: 1,
};

/** The blocks at an address: one, or however many an override of the stack speaks of. */
export function blocksAt(
  address: readonly string[],
  content: unknown,
  owner: Owner,
  report: Report,
): Pick<TopBlock, "type" | "labels" | "content">[] {
  const [type = "", ...path] = address;
  const count = LABELS[type];
  if (count === undefined) {
    const known = Object.keys(LABELS).join(", ");
    report(owner, `${type} is not a block of Terraform that can be written. Known are: ${known}`);
    return [];
  }
  const [name] = path;
  if (type === "locals" && name !== undefined) {
    return [{ type, labels: [], content: { [name]: content } }];
  }
  const found = labelled(
    content,
    count,
    (wrong) => report(owner, `${address.join(".")} is ${show(wrong)}, but a block needs an object`),
    path.slice(0, count),
  );
  return found.map((block) => ({ type, ...block }));
}

/**
 * CDKTF gives every stack without a backend a local one, at an absolute path of the machine that
 * synthesizes. In a module that others run it has no meaning.
 *
 * @returns that path
 */
export function withoutDefaultBackend(stack: string, json: Json): string | undefined {
  const terraform = json.terraform as { backend?: { local?: Json } } | undefined;
  const local = terraform?.backend?.local;
  if (!local || !terraform?.backend) return undefined;
  const keys = Object.keys(local).filter((key) => local[key] !== undefined);
  const path = String(local.path);
  const isDefault = isAbsolute(path) && path.endsWith(`terraform.${stack}.tfstate`);
  if (keys.length > 1 || !isDefault) return undefined;
  delete terraform.backend.local;
  if (Object.keys(terraform.backend).length === 0) delete (terraform as Json).backend;
  return path;
}

export function isEmpty(content: unknown): boolean {
  return isPlainObject(content) && Object.keys(content).length === 0;
}

/** CDKTF writes `aws` where Terraform's own documentation has `hashicorp/aws`, which is the same. */
export function withFullSources(json: Json): void {
  const terraform = json.terraform as { required_providers?: Json } | undefined;
  const required = terraform?.required_providers;
  for (const [name, requirement] of Object.entries(required ?? {})) {
    if (!required || !isPlainObject(requirement)) continue;
    const { source, ...others } = requirement;
    if (source === undefined) continue;
    const isShort = typeof source === "string" && !source.includes("/");
    required[name] = { source: isShort ? `hashicorp/${source}` : source, ...others };
  }
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path);
}
