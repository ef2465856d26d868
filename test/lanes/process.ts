import { type ChildProcess, spawn } from "node:child_process";

/** A program that runs until it is ended, by its own process id, and what it has written so far. */
export class Process {
  /** Standard output and standard error, in the order in which they came. */
  log = "";
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  #changed: () => void = () => {};

  constructor(
    readonly program: string,
    args: readonly string[],
    {
      cwd,
      env = process.env,
      onOutput,
      isAsked = false,
    }: {
      readonly cwd: string;
      readonly env?: NodeJS.ProcessEnv;
      /** Takes standard output in the place of {@link log}. */
      readonly onOutput?: (text: string) => void;
      /** Whether it takes lines from {@link ask}. @default false */
      readonly isAsked?: boolean;
    },
  ) {
    this.#child = spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    // A program that has ended reads nothing more.
    this.#child.stdin?.on("error", () => {});
    if (!isAsked) this.#child.stdin?.end();
    const note = (text: string) => {
      this.log += text;
      this.#changed();
    };
    this.#child.stdout?.setEncoding("utf8").on("data", onOutput ?? note);
    this.#child.stderr?.setEncoding("utf8").on("data", note);
    this.#exit = new Promise((resolve) => {
      const ended = () => {
        resolve();
        this.#changed();
      };
      this.#child.once("close", ended);
      this.#child.once("error", (error) => {
        note(`${error.message}\n`);
        ended();
      });
    });
  }

  /** Writes a line to its standard input. */
  ask(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  get isRunning(): boolean {
    return (
      this.#child.pid !== undefined && this.#child.exitCode === null && !this.#child.signalCode
    );
  }

  /**
   * Waits for a line in the log.
   * @throws {Error} with the log, when the program ends before, or after `timeout` milliseconds
   */
  async said(text: string | RegExp, timeout = 60_000): Promise<void> {
    const deadline = Date.now() + timeout;
    while (this.log.search(text) < 0) {
      const left = deadline - Date.now();
      if (!this.isRunning || left <= 0) {
        const what = this.isRunning ? `said no ${text} in ${timeout} ms` : "ended";
        throw new Error(`${this.program} ${what}:\n${this.log.slice(-8000)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /**
   * Waits until it ends by itself.
   * @throws {Error} with the log, after `timeout` milliseconds
   */
  async ended(timeout: number): Promise<void> {
    await until(() => !this.isRunning, timeout);
    if (this.isRunning) throw new Error(`${this.program} goes on:\n${this.log.slice(-8000)}`);
    await this.#exit;
  }

  /** Lets it stand still, until it is resumed. */
  pause(): void {
    this.#child.kill("SIGSTOP");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
  }

  /** SIGKILL leaves no time for anything; SIGTERM lets the program end in order. */
  async end(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    if (this.isRunning) this.#child.kill(signal);
    await this.#exit;
  }
}

/** Waits, for as long as there is hope: what did not happen by then, the test names. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await isSo()) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
