import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { CloudObject } from "./cloud";
import { Debugged } from "./debugged";
import { installation } from "./mirror";
import type { Call, Hook, World } from "./provider";
import type { PipelineApi } from "./redpanda-pipeline";
import { StandIn } from "./standin";
import { type Program, type Result, terraform } from "./terraform";

export interface WorkspaceProps {
  /** A module to copy. @default - an empty directory */
  readonly from?: string;
  /** Files by their name, written after the copy. */
  readonly files?: Record<string, string>;
  /** Values of the module's variables; null is the same as not given. They reach no file. */
  readonly variables?: Record<string, unknown>;
  /** For Terraform, beside the PATH: no variable of AWS or Terraform is inherited. */
  readonly env?: Record<string, string>;
  /**
   * What providers answer instead of the usual, by kind: `{ "data.http": ({ values }) => … }`. Given for
   * some attributes, the others stay as usual.
   */
  readonly answers?: World["answers"];
  /** @default "terraform" */
  readonly program?: Program;
  /**
   * Providers to take from the plugin mirror of this machine, such as `hashicorp/aws`: they validate what
   * no schema says. For plans they need {@link OFFLINE_AWS} too. @default - stand-ins for all
   */
  readonly real?: string[];
  /** Where these are. @default - the plugin mirror of this machine */
  readonly mirror?: string;
}

export interface RunProps {
  /** Instead of the workspace's. */
  readonly vars?: Record<string, unknown>;
  /** More arguments for the command, such as `-var-file=…` or the name of a plan file. */
  readonly args?: string[];
  /** Sends Terraform a signal when it is aborted with its name: `abort("SIGINT")`. */
  readonly interrupt?: AbortSignal;
}

/** A module, a cloud that is not there, and Terraform between them. */
export class Workspace {
  static async create(props: WorkspaceProps = {}): Promise<Workspace> {
    const root = mkdtempSync(join(tmpdir(), "workspace-"));
    const dir = join(root, "module");
    mkdirSync(dir);
    if (props.from) cpSync(props.from, dir, { recursive: true });
    writeFileSync(join(root, "terraform.rc"), installation(props.real ?? [], props.mirror));
    const standIn = await StandIn.start({
      directory: dir,
      environment: props.env ?? {},
      answers: props.answers ?? {},
      except: props.real ?? [],
    });
    const workspace = new Workspace(root, dir, props, standIn);
    for (const [name, text] of Object.entries(props.files ?? {})) workspace.write(name, text);
    return workspace;
  }

  readonly #debugged: Debugged[] = [];

  private constructor(
    private readonly root: string,
    /** Where the module is, and Terraform runs. */
    readonly dir: string,
    private readonly props: WorkspaceProps,
    private readonly standIn: StandIn,
  ) {}

  /** Installs the real providers, where there are any. */
  async init(run: RunProps = {}): Promise<Result> {
    const result = await this.run(["init", "-json"], run);
    if (result.code === 0 && this.#debugged.length === 0) {
      const own = (this.props.real ?? []).filter((provider) => provider.startsWith("hashicorp/"));
      const surroundings = { directory: this.dir, env: this.environment };
      for (const provider of own) this.#debugged.push(await Debugged.start(provider, surroundings));
    }
    return result;
  }

  validate(run: RunProps = {}): Promise<Result> {
    return this.run(["validate", "-json"], run);
  }

  /** Writes the plan to the file `out` where one is given. */
  plan({ destroy, out, ...run }: RunProps & { destroy?: boolean; out?: string } = {}) {
    const args = [
      "plan",
      "-json",
      ...(destroy ? ["-destroy"] : []),
      ...(out ? [`-out=${out}`] : []),
    ];
    return this.run(args, run);
  }

  apply(run: RunProps = {}): Promise<Result> {
    return this.run(["apply", "-json", "-auto-approve"], run);
  }

  destroy(run: RunProps = {}): Promise<Result> {
    return this.run(["destroy", "-json", "-auto-approve"], run);
  }

  /** `terraform test`: see `runs` of the result. */
  test(run: RunProps = {}): Promise<Result> {
    return this.run(["test", "-json"], run);
  }

  /** The state, or a plan file, as `terraform show -json` tells it. */
  async show(planFile?: string) {
    return JSON.parse(await this.#tell(["show", "-json", ...(planFile ? [planFile] : [])]));
  }

  /** The values of all outputs, sensitive ones included: `terraform output` reads them in the state, too. */
  async output(): Promise<Record<string, unknown>> {
    const { outputs }: { outputs: Record<string, { value: unknown }> } = JSON.parse(
      this.read("terraform.tfstate"),
    );
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The value of an expression, in the module and its state. */
  async console(expression: string): Promise<unknown> {
    const told = await this.#tell(["console"], `jsonencode(${expression})\n`);
    // A line before it tells that the state's lock is waited for, where that takes long.
    const quoted = told.trimEnd().split("\n").at(-1) ?? "";
    return JSON.parse(JSON.parse(quoted.replace(/([$%])\1\{/g, "$1{")));
  }

  /** Any command, such as `run(["state", "list"])`. */
  run(
    command: string[],
    { vars, args = [], interrupt }: RunProps = {},
    input?: string,
  ): Promise<Result> {
    const env = {
      ...this.environment,
      ...variablesAsEnvironment({ ...this.props.variables, ...vars }),
    };
    const { program } = this.props;
    return terraform([...command, ...args], { program, cwd: this.dir, env, input, interrupt });
  }

  async #tell(command: string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, {}, input);
    if (code !== 0) throw new Error(`terraform ${command.join(" ")}: ${stderr || stdout}`);
    return stdout;
  }

  /** What a program needs that runs Terraform itself, here or elsewhere. */
  get environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name));
    return {
      ...Object.fromEntries(inherited),
      CHECKPOINT_DISABLE: "1",
      // A fifth of the processor's time is for memory that the end of the process frees anyway.
      GOGC: "off",
      GOMEMLIMIT: "512MiB",
      TF_CLI_CONFIG_FILE: join(this.root, "terraform.rc"),
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_REATTACH_PROVIDERS: JSON.stringify(
        asNamedBy(
          this.props.program,
          Object.assign(this.standIn.attached, ...this.#debugged.map(({ attached }) => attached)),
        ),
      ),
      ...this.props.env,
    };
  }

  /** Every call that reached a provider, in order. */
  get calls(): Call[] {
    return this.standIn.world.calls;
  }

  /** What exists. Taking one away is drift. */
  get objects(): Map<string, CloudObject> {
    return this.standIn.world.cloud.objects;
  }

  /** What exists of these types. Changing its state is drift. */
  objectsOf(...types: string[]): CloudObject[] {
    return [...this.objects.values()].filter(({ type }) => types.includes(type));
  }

  /** How pipelines fare from now on. */
  set pipelineApi(api: PipelineApi) {
    this.standIn.world.pipelineApi = api;
  }

  /**
   * Lets a test answer calls, or fail them. The first hook that returns something decides.
   *
   * @returns what ends it
   */
  onCall(hook: Hook): () => void {
    const { hooks } = this.standIn.world;
    hooks.push(hook);
    return () => hooks.splice(hooks.indexOf(hook), 1);
  }

  read(file: string): string {
    return readFileSync(join(this.dir, file), "utf8");
  }

  write(file: string, text: string): void {
    const path = join(this.dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  remove(file: string): void {
    rmSync(join(this.dir, file));
  }

  /** The names of all files, sorted, without Terraform's own folder. */
  files(): string[] {
    return readdirSync(this.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.dir, join(entry.parentPath, entry.name)))
      .filter((name) => !name.startsWith(".terraform/"))
      .sort();
  }

  /** Ends the providers and deletes the directory. `await using ws = …` does it by itself. */
  async close(): Promise<void> {
    await Promise.all([this.standIn, ...this.#debugged].map((provider) => provider.close()));
    rmSync(this.root, { recursive: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Providers by the address that `hashicorp/aws` has for the program.
 *
 * @see https://opentofu.org/docs/language/providers/requirements/#source-addresses
 */
function asNamedBy(program: Program | undefined, attached: object): object {
  if (program !== "tofu") return attached;
  return Object.fromEntries(
    Object.entries(attached).map(([address, provider]) => [
      address.replace(/^registry\.terraform\.io\//, "registry.opentofu.org/"),
      provider,
    ]),
  );
}

/** Text as it is, all else as JSON, which is HCL as soon as nothing in it looks like a template. */
function variablesAsEnvironment(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [
        `TF_VAR_${name}`,
        typeof value === "string" ? value : JSON.stringify(value).replace(/([$%])\{/g, "$1$1{"),
      ]),
  );
}
