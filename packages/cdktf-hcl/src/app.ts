import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Written, writeModule } from "./directory";
import { parseJson } from "./json";
import type { ProviderSchemas } from "./schema";
import {
  REFUSED,
  renderSynthesized,
  type Synthesized,
  type SynthesizedOptions,
} from "./synthesized";
import { type Json, withoutDefaultBackend } from "./top-blocks";

/** Something is wrong with what was given on the command line: a message, no stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A stack that was synthesized. */
export interface Stack {
  readonly name: string;
  /** Its JSON. */
  readonly file: string;
  /** The folder of its HCL. */
  readonly out: string;
  /** Whether the folder of the JSON is one that CDKTF made for it, and holds nothing else. */
  readonly hasFolder: boolean;
}

/**
 * The stacks of `cdktf.out`, or the one of a `cdk.tf.json`.
 *
 * @param out the folder of the HCL; each stack of a `cdktf.out` has a folder of its name in it
 * @throws UsageError
 */
export function stacksAt(path: string, out: string): readonly Stack[] {
  if (!existsSync(path)) {
    throw new UsageError(`${path} is not there. Run "cdktf synth", and give its cdktf.out.`);
  }
  const one = (file: string): Stack[] => {
    if (resolve(dirname(file)) !== resolve(out)) {
      return [{ name: basename(dirname(resolve(file))), file, out, hasFolder: false }];
    }
    throw new UsageError(
      `${out} holds the JSON, which Terraform would read beside the HCL. Give another folder with --out.`,
    );
  };
  if (statSync(path).isFile()) return one(path);
  const manifest = join(path, "manifest.json");
  if (!existsSync(manifest)) {
    const file = join(path, "cdk.tf.json");
    if (existsSync(file)) return one(file);
    throw new UsageError(
      `${path} has neither a manifest.json nor a cdk.tf.json. Give the cdktf.out that "cdktf synth" writes, or one cdk.tf.json.`,
    );
  }
  const { stacks } = JSON.parse(readFileSync(manifest, "utf8")) as {
    stacks: Record<string, { readonly name: string; readonly synthesizedStackPath: string }>;
  };
  return Object.values(stacks).map(({ name, synthesizedStackPath }) => {
    const file = join(path, synthesizedStackPath);
    if (file.endsWith(".json") && existsSync(file)) {
      return { name, file, out: join(out, name), hasFolder: true };
    }
    throw new UsageError(
      `${path} has no JSON of the stack ${name}. Run "cdktf synth" without --hcl, and give its cdktf.out.`,
    );
  });
}

export interface ExportOptions extends Omit<SynthesizedOptions, "banner" | "states"> {
  /** The first line of each file. */
  readonly banner: string;
}

/** What was written of a stack. */
export interface Export extends Synthesized {
  readonly stack: Stack;
  readonly changes: Written;
}

/** What marks a file as ours, until somebody takes its first line away. */
const MARKER = "Written by cdktf-hcl";

/**
 * Writes the HCL of stacks, each into its folder, with the files that lie beside the JSON.
 *
 * @throws ForeignFilesError, and nothing of that stack is written
 */
export function exportStacks(stacks: readonly Stack[], options: ExportOptions): readonly Export[] {
  const paths = stacks.map((stack) => [stack, statePathOf(stack)] as const);
  return stacks.map((stack) => {
    const text = readFileSync(stack.file, "utf8");
    const states = new Map(
      paths.flatMap(([other, path]): [string, string][] => {
        const place = relative(stack.out, other.out).replaceAll("\\", "/");
        return path === undefined ? [] : [[path, `\${path.module}/${place}/terraform.tfstate`]];
      }),
    );
    const synthesized = withOwnSchemas(stack, options, (all) =>
      renderSynthesized(text, { ...all, banner: `${MARKER}${options.banner}`, states }),
    );
    const files = { ...synthesized.files };
    const { [REFUSED]: refused } = files;
    if (refused !== undefined) files[REFUSED] = markedJson(refused, options.banner);
    const changes = writeModule(stack.out, files, MARKER);
    copyBeside(stack, stack.out);
    return { ...synthesized, files, stack, changes };
  });
}

/** JSON with the marker in its first line, as a comment to Terraform. */
function markedJson(json: string, banner: string): string {
  return json.replace(/^\{\n/, `{ "//": ${JSON.stringify(MARKER + banner)},\n`);
}

/** The state of a stack without a backend, on the machine of the synthesis. */
export function statePathOf({ file }: Stack): string | undefined {
  const json = parseJson(readFileSync(file, "utf8")) as Json;
  const { metadata } = (json["//"] ?? {}) as { metadata?: { stackName?: string } };
  return withoutDefaultBackend(metadata?.stackName ?? "", json);
}

/** Asks Terraform for the schemas that it has downloaded for the stack, if anything needs them. */
function withOwnSchemas(
  { file }: Stack,
  options: ExportOptions,
  render: (options: ExportOptions) => Synthesized,
): Synthesized {
  const first = render(options);
  const folder = dirname(file);
  if (first.refused.length === 0 || !existsSync(join(folder, ".terraform"))) return first;
  const { status, stdout, stderr } = spawnSync("terraform", ["providers", "schema", "-json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status === 0) {
    const own = JSON.parse(stdout) as ProviderSchemas;
    return render({ ...options, schemas: [...(options.schemas ?? []), own] });
  }
  const why = (stderr || "it cannot be started").replace(/\s+/g, " ").trim();
  return {
    ...first,
    remarks: [
      `In ${folder}, "terraform providers schema -json" did not print the schemas: ${why}`,
      ...first.remarks,
    ],
  };
}

/** What the CDKTF CLI and Terraform leave in a stack's folder, and what of it no module needs. */
const LEFT = /^(?:cdk\.tf(?:\.json)?|metadata\.json|\.terraform|plan|.*\.tfstate(?:\..*)?)$/;

/** Assets, the lock file and whatever else the stack put beside its JSON. */
export function copyBeside({ file, hasFolder }: Stack, to: string): void {
  const folder = dirname(file);
  const names = hasFolder
    ? readdirSync(folder).filter((name) => !LEFT.test(name))
    : ["assets", ".terraform.lock.hcl"].filter((name) => existsSync(join(folder, name)));
  for (const name of names) cpSync(join(folder, name), join(to, name), { recursive: true });
}
