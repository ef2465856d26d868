import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with a client that notes how it was called, and with what else was running then. */
export class Client {
  readonly #folder = mkdtempSync(join(tmpdir(), "client-"));
  /** Where the client's temporary files would be. */
  readonly temporary = join(this.#folder, "tmp");

  /**
   * @param names such as `psql`
   * @param script what the client does then: lines of a shell script
   * @param help what it says of its options
   */
  constructor(names: string | string[], script = "", help = "--ssl-mode") {
    mkdirSync(join(this.#folder, "bin"));
    mkdirSync(this.temporary);
    for (const name of [names].flat()) {
      const file = join(this.#folder, "bin", name);
      writeFileSync(
        file,
        `#!/bin/sh
case "$*" in *--help*) echo "${help}"; exit ;; esac
record=$(mktemp ${this.#folder}/call-XXXXXX)
{ printf '%s\\n' "$@"; echo; env; echo; cat; } >"$record"
cat /proc/[0-9]*/cmdline 2>/dev/null >${this.#folder}/processes
true
${script}
`,
      );
      chmodSync(file, 0o755);
    }
  }

  get environment() {
    return { PATH: `${join(this.#folder, "bin")}:${process.env.PATH}`, TMPDIR: this.temporary };
  }

  /** Arguments, environment and standard input of each call. */
  get calls() {
    return readdirSync(this.#folder)
      .filter((name) => name.startsWith("call-"))
      .map((name) => {
        const [args = "", env = "", ...input] = readFileSync(
          join(this.#folder, name),
          "utf8",
        ).split("\n\n");
        return { args: args.split("\n"), env: env.split("\n"), input: input.join("\n\n") };
      });
  }

  /** The command lines of all processes of the machine, while the client ran. */
  get processes(): string {
    return readFileSync(join(this.#folder, "processes"), "utf8");
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
