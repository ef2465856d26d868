import { spawn } from "node:child_process";

/** Something Terraform reports, from its JSON output. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Of the resource or check concerned. */
  readonly address?: string;
}

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What a person would read: "Apply complete! Resources: 1 added, …". */
  readonly messages: string[];
  /** Errors and warnings, in the order of the output. */
  readonly diagnostics: Diagnostic[];
  /** What Terraform counted, of plan, apply and destroy. */
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  /** What a plan does with each object: `create`, `update`, `replace`, `delete`, `move`, `import`. */
  readonly actions: Record<string, string>;
  /** How each run of `terraform test` ended: `pass`, `fail`, `error`, `skip`. */
  readonly runs: Record<string, string>;
}

/** Whose command line and language are the same, as far as the modules go. */
export type Program = "terraform" | "tofu";

interface Surroundings {
  /** @default "terraform" */
  readonly program?: Program;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Sends Terraform a signal when it is aborted with its name: `abort("SIGINT")`. */
  readonly interrupt?: AbortSignal;
}

/**
 * Runs Terraform and reads what it says. A failure is a `code`, not an exception.
 *
 * @throws when the program cannot be started
 */
export async function terraform(
  args: string[],
  { program = "terraform", cwd, env, input = "", interrupt }: Surroundings,
): Promise<Result> {
  const child = spawn(program, args, { cwd, env });
  // A command that has ended reads nothing more; its code says how it went.
  child.stdin.on("error", () => {});
  interrupt?.addEventListener("abort", () => child.kill(interrupt.reason));
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output.stderr += text;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, ...output, ...heard(parse(output.stdout)) };
}

/** A line of machine-readable output: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly "@message"?: string;
  readonly type?: string;
  readonly diagnostic?: Diagnostic;
  /** `validate` says everything in one message. */
  readonly diagnostics?: Diagnostic[];
  readonly changes?: { add: number; change: number; remove: number };
  readonly change?: { action: string; resource: { addr: string } };
  /** OpenTofu tells of a run once it is complete, and of no progress. */
  readonly test_run?: { run: string; status?: string; progress?: string };
}

function parse(stdout: string): Message[] {
  if (stdout.startsWith("{\n")) return [JSON.parse(stdout)];
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

function heard(all: Message[]): Omit<Result, "code" | "stdout" | "stderr"> {
  const diagnostics = all
    .flatMap((message) => message.diagnostics ?? message.diagnostic ?? [])
    .map(({ severity, summary, detail, address }) => ({
      severity,
      summary,
      detail,
      ...(address === undefined ? {} : { address }),
    }));
  const actions: Record<string, string> = {};
  const runs: Record<string, string> = {};
  let changes: Result["changes"];
  for (const { type, change, changes: counted, test_run: run } of all) {
    if (type === "planned_change" && change) actions[change.resource.addr] = change.action;
    if (type === "test_run" && run && (run.progress ?? "complete") === "complete") {
      runs[run.run] = String(run.status);
    }
    if (type === "change_summary" && counted) {
      changes = { add: counted.add, change: counted.change, remove: counted.remove };
    }
  }
  const messages = all.flatMap((message) => message["@message"] ?? []);
  return { messages, diagnostics, actions, runs, ...(changes && { changes }) };
}
