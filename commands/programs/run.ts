import { spawn } from "node:child_process";

/** How a program ended. */
export type Ending =
  | { readonly code: number | null; readonly stdout: string; readonly stderr: string }
  /** It cannot be started: there is none on the `PATH`, say. */
  | { readonly error: string }
  /** It was ended, after so many milliseconds. */
  | { readonly limit: number };

/** Where a program runs, and for how long. */
export interface Around {
  /** Its folder. */
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** In milliseconds. */
  readonly limit: number;
}

/** No answer is longer, in characters. */
const longest = 32 * 1024 * 1024;

/**
 * Runs a program that reads nothing from standard input. One that takes longer than `limit` in
 * milliseconds is killed.
 */
export function run(
  program: string,
  args: readonly string[],
  { cwd, environment, limit }: Around,
): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    const finish = (ending: Ending) => {
      clearTimeout(timer);
      // What it started may live on and hold these open.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(ending);
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      finish({ limit });
    }, limit);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
        if (output[stream].length > longest) {
          child.kill("SIGKILL");
          finish({ error: `its answer is longer than ${longest} characters` });
        }
      });
    }
    child.once("error", (error: NodeJS.ErrnoException) => {
      finish({ error: error.code === "ENOENT" ? "it is not on the PATH" : (error.code ?? "") });
    });
    child.once("close", (code) => finish({ code, ...output }));
  });
}
