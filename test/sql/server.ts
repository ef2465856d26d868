import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** What a program said, and how it ended. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Database servers refuse to run as root, as CI does: there they run as nobody.
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/**
 * A folder in /tmp for one database server, and the server's process. Clients reach it through a
 * socket in that folder and nowhere else.
 */
export class ServerFolder {
  /** Short: a socket's path has at most 107 characters. */
  readonly path = mkdtempSync(join(tmpdir(), "sql-"));
  /** Belongs to the server's user. */
  readonly data = join(this.path, "data");
  #server: ChildProcess | undefined;
  #serve: (more?: readonly string[]) => Promise<void> = () =>
    Promise.reject(new Error("nothing was started"));

  constructor() {
    chmodSync(this.path, 0o755);
    mkdirSync(this.data, { mode: 0o755 });
    if (nobody.uid !== undefined) chownSync(this.data, nobody.uid, nobody.gid);
  }

  /** Runs a program to its end, as the server's user. */
  prepare(program: string, args: string[]): void {
    const { status, stderr, error } = spawnSync(program, args, {
      ...nobody,
      cwd: this.data,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
  }

  /**
   * Makes a server's empty data by a program that takes seconds: the first time in this run of the
   * tests. Later servers get a copy.
   *
   * @param name of what is made
   * @param data folder below {@link data}, which `make` makes
   */
  prepareOnce(name: string, data: string, make: () => void): void {
    const kept = join(process.env.RUN_FOLDER ?? this.path, name);
    // With the server's user as the owner.
    const copy = (from: string, to: string) => {
      const { status, stderr } = spawnSync("cp", ["-a", from, to], { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
    };
    if (existsSync(kept)) {
      copy(kept, data);
      return;
    }
    make();
    // Two workers may do so at once: each into its own folder, and the first one's stays.
    const own = `${kept}-${basename(this.path)}`;
    copy(data, own);
    if (!existsSync(kept)) renameSync(own, kept);
  }

  /**
   * Makes a certificate for the address, which is its own authority.
   * @returns the files, and the certificate's text in PEM
   */
  certify(address: string) {
    const [certificate, key] = [join(this.data, "server.pem"), join(this.data, "server.key")];
    this.prepare("openssl", [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-subj", `/CN=${address}`, "-addext", `subjectAltName=IP:${address}`],
      ...["-keyout", key, "-out", certificate],
    ]);
    return { certificate, key, pem: readFileSync(certificate, "utf8") };
  }

  /** Starts the server, and waits until its log says `ready`. */
  async serve(program: string, args: string[], ready: string): Promise<void> {
    this.#serve = (more = []) => this.serve(program, [...args, ...more], ready);
    const server = spawn(program, args, {
      ...nobody,
      cwd: this.data,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      let log = "";
      server.stderr.setEncoding("utf8").on("data", (text) => {
        log += text;
        if (log.includes(ready)) resolve();
      });
      server.once("error", reject);
      server.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${log}`)));
    });
  }

  /** Kills the server, which loses what it has not written, and starts it again on what is there. */
  async crash(): Promise<void> {
    await this.#end("SIGKILL");
    for (;;) {
      try {
        return await this.#serve();
      } catch (error) {
        // PostgreSQL's other processes notice by themselves that the first is gone, a moment later.
        if (!String(error).includes("is still in use")) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /**
   * Ends the server in order, and starts it again: the file of its settings is read anew.
   * @param signal by which it ends. @default - PostgreSQL's, which waits for no client
   * @param more arguments than before. @default - none
   */
  async restart(signal: NodeJS.Signals = "SIGINT", more?: readonly string[]): Promise<void> {
    await this.#end(signal);
    await this.#serve(more);
  }

  /**
   * Ends the server at once, since nothing of it is kept, and removes the folder.
   * @param signal by which it ends. @default - PostgreSQL's, which ends all of its processes
   */
  async remove(signal: NodeJS.Signals = "SIGQUIT"): Promise<void> {
    await this.#end(signal);
    rmSync(this.path, { recursive: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    if (server?.exitCode === null && server.signalCode === null) {
      const exit = new Promise((resolve) => server.once("exit", resolve));
      server.kill(signal);
      await exit;
    }
  }
}

/** What the tests over TCP lack on this machine. */
export const missingForTls: readonly string[] = [
  ...(process.platform === "linux"
    ? []
    : ["no loopback addresses but 127.0.0.1, as only Linux has"]),
  ...(spawnSync("openssl", ["version"]).status === 0 ? [] : ["no openssl on the PATH"]),
];

/** An address of the loopback on which hardly anybody listens: the port is the engine's own. */
export function loopback(): string {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `127.${part()}.${part()}.${part()}`;
}

/** Runs a client on `input`. A failure is a `code`, not an exception. */
export function client(
  program: string,
  args: string[],
  {
    cwd,
    input = "",
    env = process.env,
  }: { readonly cwd: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { encoding: "utf8", cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    // A client that has ended reads nothing more; its code says why.
    child.stdin?.on("error", () => {});
    // Ended in any case: a client that finds nothing to do would wait for somebody to type.
    child.stdin?.end(input);
  });
}
