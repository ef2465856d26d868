import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the commands of a module call. */
const names = ["aws", "psql", "mysql", "docker", "rpk"];

/** Each notes how many words it was called with, and which, and says what a command may wait for. */
const program = `#!/bin/sh
printf '%s\\0' "$#" "\${0##*/}" "$@" >>"$NOTES"
echo '"x":1, "local_time":"1" --ssl-mode'
`;

/** The one that is asked for a secret. */
const aws = program.replace(/^echo .*$/m, `echo '{"username": "zq", "password": "zq-of-secret"}'`);

/** A folder of programs that note how they are called and do nothing, to stand first in the PATH. */
export class Programs {
  readonly #folder = mkdtempSync(join(tmpdir(), "programs-"));
  readonly #notes = join(this.#folder, "notes");
  readonly environment = {
    PATH: `${join(this.#folder, "bin")}:${process.env.PATH}`,
    NOTES: this.#notes,
  };

  constructor() {
    mkdirSync(join(this.#folder, "bin"));
    for (const name of names) this.#write(name, name === "aws" ? aws : program);
    // A number that a row is told by, always the same.
    this.#write("date", "#!/bin/sh\necho 1\n");
    writeFileSync(this.#notes, "");
  }

  #write(name: string, text: string): void {
    const file = join(this.#folder, "bin", name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }

  /** Runs a command as a person would who pastes it: the calls it made, and what it wrote of errors. */
  paste(command: string, cwd: string): { calls: string[][]; stderr: string } {
    this.calls();
    const { stderr } = spawnSync("sh", ["-c", command], {
      cwd,
      env: { ...process.env, ...this.environment },
      encoding: "utf8",
    });
    // Programs of one pipeline begin in any order.
    const calls = this.calls().sort(([one = ""], [other = ""]) => one.localeCompare(other));
    return { calls, stderr };
  }

  /** Program and words of each call since the last time. */
  calls(): string[][] {
    const words = readFileSync(this.#notes, "utf8").split("\0").slice(0, -1);
    writeFileSync(this.#notes, "");
    const calls: string[][] = [];
    while (words.length > 0) calls.push(words.splice(0, Number(words.shift()) + 1));
    return calls;
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
