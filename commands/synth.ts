import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { App, LocalBackend } from "cdktf";
import { compareModule, renderModule, writeModule } from "cdktf-hcl";
import { type FlagName, flags } from "../choices";
import { engines } from "../engines";
import type { Engine } from "../engines/engine";
import { version as packageVersion } from "../package.json";
import { requiredTerraformVersion } from "../providers/required-providers";
import { ByocStack } from "../stacks/byoc";
import { asCalled } from "../stacks/called-module";
import { Ec2Stack } from "../stacks/ec2";
import { GrantsStack } from "../stacks/grants";
import { packageRoot } from "../templates";
import { type Flags, parseFlags } from "./flags";
import { documents } from "./module-documents";
import { UsageError } from "./usage-error";
import {
  commandOf,
  flagsOf,
  marker,
  refuseLosses,
  type WrittenModule,
  WrittenModuleError,
  writtenModule,
  writtenModules,
} from "./written-modules";

const banner = `${marker}. Do not edit: change its source there, run \`rpcn-aurora synth\` again, and review the difference.`;

/** What can be set for a synthesis besides its flags. */
interface Synthesis {
  /** What versions.tf names as the version. @default - this package's */
  readonly version?: string;
}

/** What the modules rely on and cannot be checked from here. */
export const pipelineRoleWarning = `Warning: since 2026-08-07 Redpanda's documentation says that pipelines of a BYOC cluster cannot assume
roles of yours; on clusters of January 2026 they could. Find out before the first apply: README,
"Can your cluster's pipelines assume a role?"
`;

/**
 * The modules that `flags` ask for: the content of each file, by stack and file name.
 * @throws {SynthesisError}
 */
export function synthesize(
  flags: Flags,
  synthesis: Synthesis = {},
): Map<string, Record<string, string>> {
  return new Map(modules(flags, synthesis).map(({ stack, files }) => [stack, files]));
}

/** A module, and what it is made of. */
export interface SynthesizedModule {
  readonly stack: string;
  /** Content by file name. */
  readonly files: Record<string, string>;
  /** The same as Terraform's JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * The one module of flags that name an engine.
 * @throws {SynthesisError}
 */
export function synthesizeOne(flags: Flags, synthesis: Synthesis = {}): SynthesizedModule {
  const [module, ...others] = modules(flags, synthesis);
  if (!module || others.length > 0) throw new Error("one engine must be named");
  return module;
}

/** The module that grants the roles of a fleet: content by file name. */
export function synthesizeGrants(): Record<string, string> {
  return inApp((app) => {
    const stack = new GrantsStack(app());
    return orSynthesisError(() => renderModule(stack, { banner }));
  });
}

function modules(flags: Flags, { version = packageVersion }: Synthesis): SynthesizedModule[] {
  return inApp((app) =>
    // An app for each: CDKTF looks for references between the stacks of one, by writing all twice.
    stacks(app, flags).map((stack) => {
      const command = `rpcn-aurora ${version} synth ${asArguments(flags, stack.engine)}`;
      const files = orSynthesisError(() => {
        stack.runAllValidations();
        return renderModule(stack, {
          // Once, and in no file that an apply renders: a pipeline would restart with each version.
          banner: (file) => (file === "versions.tf" ? `${banner}\n${command}` : banner),
        });
      });
      return {
        stack: stack.node.id,
        files: {
          ...(flags.module ? calledModule(stack, files) : files),
          ...stack.templates,
        },
        get json() {
          return stack.toTerraform() as Record<string, unknown>;
        },
      };
    }),
  );
}

function calledModule(
  { node, engine }: ByocStack | Ec2Stack,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const called = asCalled(files);
  return { ...called, ...documents(node.id, engine, called) };
}

/** An App creates its output folder at once; nobody is to see this one. */
function inApp<T>(make: (app: () => App) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), "rpcn-aurora-"));
  try {
    return make(() => new App({ outdir, stackTraces: false }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * Writes each module to `<out>/<stack>/`; with `update`, each that is there, by the flags it was written with.
 * @returns what was done and what to do next, for a person
 * @throws {WrittenModuleError} and writes nothing, where resources would go and `force` is not given
 */
export function write(flags: Flags, synthesis?: Synthesis): string {
  const planned = plannedModules(flags, synthesis);
  const told = writeAll(planned, flags);
  const [first] = planned;
  if (!first) throw new Error("no stack was asked for");
  if (first.flags.module) {
    return `${told}Next, call ${planned.length === 1 ? "it" : "them"} from a module of yours: ${join(first.folder, "README.md")} says how.\n`;
  }
  const values = valuesFile(first.flags, first.stack);
  const file = existsSync(values) ? `"$PWD/${values}"` : quoted(join(packageRoot, values));
  const terraform = `terraform -chdir=${quoted(first.folder)}`;
  return `${told}Next, with the values of ${values} filled in:
  ${terraform} init && ${terraform} apply -var-file=${file}
${isOnPath("terraform") ? "" : `${noTerraform}\n`}`;
}

/**
 * Writes a module that is synthesized already.
 * @returns what was done, for a person
 * @throws {WrittenModuleError} as {@link write} does
 */
export function writeOne(flags: Flags, module: SynthesizedModule): string {
  return writeAll([plannedModule(flags, module)], flags);
}

/** Where the values of a stack are looked for, and an example of them lies in the package. */
export function valuesFile({ aurora }: Pick<Flags, "aurora">, stack: string): string {
  return `tfvars/${aurora === "existing" ? "existing/" : ""}${stack}.tfvars`;
}

function writeAll(planned: readonly PlannedModule[], { force }: Flags): string {
  if (!force) {
    refuseLosses(
      planned,
      "Give the flags of last time, as `rpcn-aurora synth --update` does, choose another directory with --out, or write it with --force.",
    );
  }
  for (const { folder, files } of planned) {
    try {
      writeModule(folder, files, marker);
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      error.message = `Cannot write ${folder}: ${error.message}. Choose another directory with --out.`;
      throw error;
    }
  }
  const written = planned
    .map(({ folder, files }) => `${folder} (${Object.keys(files).length} files)`)
    .join(" and ");
  return `Wrote ${written}.\n${planned.map((module) => otherFlags(module, "is now")).join("")}`;
}

const noTerraform = `There is no terraform on the PATH: https://developer.hashicorp.com/terraform/install has it. The modules need version ${requiredTerraformVersion.replace(">= ", "")} or later.`;

/** Whether a shell would find the program. */
export function isOnPath(program: string): boolean {
  const file = process.platform === "win32" ? `${program}.exe` : program;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return folders.some((folder) => folder !== "" && isFile(join(folder, file)));
}

/** A module to be written, and what is there in its place. */
interface PlannedModule {
  readonly stack: string;
  readonly folder: string;
  readonly flags: Flags;
  /** The version and the flags, as versions.tf tells them. */
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
  /** @default - nothing */
  readonly before?: WrittenModule;
}

function plannedModules(flags: Flags, synthesis: Synthesis = {}): PlannedModule[] {
  return (flags.update ? flagsOfModules(flags) : [flags]).flatMap((ofModules) =>
    modules(ofModules, synthesis).map((module) => plannedModule(ofModules, module)),
  );
}

function plannedModule(flags: Flags, { stack, files }: SynthesizedModule): PlannedModule {
  const folder = join(flags.out, stack);
  const command = commandOf(files) ?? "";
  return { stack, folder, flags, command, files, before: writtenModule(folder) };
}

/** The flags of every module in `out`, as it was written. */
function flagsOfModules({ out, check, force }: Flags): Flags[] {
  const modules = writtenModules(out);
  if (modules.length === 0) {
    throw new WrittenModuleError(
      `${out} holds no module to update. Give its directory with --out, or run \`rpcn-aurora synth\` with flags.`,
    );
  }
  return modules.map((module) => {
    const given = { ...flagsOf(module), out, check, force };
    try {
      return parseFlags(given);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new WrittenModuleError(
        `${module.folder} was written by \`${module.command}\`, and rpcn-aurora ${packageVersion} does not take that:\n${error.message}`,
      );
    }
  });
}

/** A line that says so where the flags are not those of last time. */
function otherFlags({ folder, command, before }: PlannedModule, verb: string): string {
  const withoutVersion = (text: string) => text.replace(/^rpcn-aurora \S+ /, "");
  return before?.command && withoutVersion(before.command) !== withoutVersion(command)
    ? `${folder} was written by \`${before.command}\`, and ${verb} by \`${command}\`.\n`
    : "";
}

export { marker, WrittenModuleError } from "./written-modules";

/** The flags that give this engine's stack, without those left at their default. */
function asArguments(given: Flags, { flag }: Engine): string {
  const chosen = { ...given, engine: flag };
  return Object.entries(flags)
    .map(([name, { default: usual }]) => ({ name, usual, value: chosen[name as FlagName] }))
    .filter(({ usual, value }) => value !== usual)
    .map(({ name, value }) => `--${name} ${value}`)
    .concat(given.module ? ["--module"] : [])
    .join(" ");
}

/** A stack that cannot be written, whatever the flags are: a bug in this program. */
export class SynthesisError extends Error {}

function orSynthesisError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // CDKTF goes on with advice on its own App.
    const [problem] = error.message.split("\n\n");
    throw new SynthesisError(
      `${problem}\nThis is a bug in rpcn-aurora ${packageVersion}, not of what you gave it: report it with the command that you ran.`,
      { cause: error },
    );
  }
}

/** As a shell reads it back. */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/**
 * Compares each module with what lies in `<out>/<stack>/`; writes nothing.
 * @returns the difference as a unified diff and a count, and what the flags have to do with it; undefined
 * when there is none
 */
export function check(flags: Flags, synthesis?: Synthesis): string | undefined {
  const planned = plannedModules(flags, synthesis);
  const comparisons = planned.map(({ folder, files }) => compareModule(folder, files, marker));
  const count = comparisons
    .map(({ differing, missing, stale }) => differing.length + missing.length + stale.length)
    .reduce((sum, more) => sum + more, 0);
  if (count === 0) return undefined;
  const diff = comparisons.map((comparison) => comparison.diff).join("");
  const because = planned.map((module) => otherFlags(module, "is compared with what is written"));
  const again = flags.update ? " --update" : "";
  return `${diff}${because.join("")}${count} ${count === 1 ? "file differs" : "files differ"} from what would be written: run \`rpcn-aurora synth${again}\` and review.\n`;
}

/**
 * Writes `cdktf.out/` for the cdktf CLI, which calls this program as `app` of cdktf.json.
 * @param outdir where to instead; @default - where the CLI says, else cdktf.out
 */
export function synthesizeForCdktf(flags: Flags, outdir?: string): void {
  if (flags.module) {
    throw new UsageError(
      "module is given, and cdktf deploys no module that another one calls. Leave it out, or write the module with rpcn-aurora synth.",
    );
  }
  const app = new App({ outdir, stackTraces: false });
  const made = stacks(() => app, flags);
  for (const stack of made) {
    // cdktf.out is disposable: the state lies beside cdktf.json. A module's user chooses a backend.
    new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
  }
  orSynthesisError(() => app.synth());
  for (const stack of made) {
    const folder = join(app.outdir, "stacks", stack.node.id);
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(stack.templates)) {
      writeFileSync(join(folder, name), content);
    }
  }
}

function stacks(app: () => App, flags: Flags): (ByocStack | Ec2Stack)[] {
  return engines
    .filter(({ flag }) => flags.engine === "all" || flags.engine === flag)
    .map((engine) =>
      flags.topology === "ec2"
        ? new Ec2Stack(app(), engine, flags)
        : new ByocStack(app(), engine, flags),
    );
}
