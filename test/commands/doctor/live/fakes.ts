import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a program answers: its standard output, or more. */
export type Said =
  | string
  | {
      readonly stdout?: string;
      readonly stderr?: string;
      readonly code?: number;
      /** It hangs for so many seconds instead. */
      readonly hangs?: number;
    };

/**
 * Stands in for `aws`, `psql`, `mysql` and `rpk` on a `PATH` of its own. Each call is looked up by a
 * key of its arguments, such as `aws iam get-role <name>`; what has no answer ends with code 99.
 */
export class Programs {
  readonly folder = mkdtempSync(join(tmpdir(), "programs-"));

  constructor(programs: readonly string[] = ["aws", "psql", "mysql", "rpk"]) {
    mkdirSync(join(this.folder, "answers"));
    for (const program of programs) this.add(program);
  }

  /** The `PATH` with these, and with what a shell script needs. */
  get path(): string {
    return `${this.folder}:/usr/bin:/bin`;
  }

  /** Answers by key; `*` is the answer to all others of a program. */
  answer(answers: Readonly<Record<string, Said>>): void {
    for (const [key, said] of Object.entries(answers)) {
      const {
        stdout = "",
        stderr = "",
        code = 0,
        hangs = 0,
      } = typeof said === "string" ? { stdout: said } : said;
      const file = join(this.folder, "answers", key.replaceAll(/[ /]/g, "_"));
      writeFileSync(`${file}.out`, stdout);
      writeFileSync(`${file}.err`, stderr);
      writeFileSync(`${file}.sh`, hangs ? `exec sleep ${hangs}\n` : `code=${code}\n`);
    }
  }

  /** The argument vectors of all calls so far, each with its program first. */
  get calls(): string[][] {
    try {
      const calls = readFileSync(join(this.folder, "calls"), "utf8").split("\0\n");
      return calls.slice(0, -1).map((call) => call.split("\0"));
    } catch {
      return [];
    }
  }

  /** What `environment` was to the last call. */
  environmentOf(program: string): string {
    return readFileSync(join(this.folder, `${program}.environment`), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private add(program: string): void {
    const file = join(this.folder, program);
    writeFileSync(
      file,
      `#!/bin/sh
folder='${this.folder}'
{ printf '%s\\0' ${program} "$@"; printf '\\n'; } >> "$folder/calls"
env > "$folder/${program}.environment"
case "${program} $*" in
  "aws sts "*) key="$1 $2"; case "$*" in *--profile*) key="$key \${8}" ;; esac ;;
  "aws iam simulate-principal-policy "*) key="$1 $2 $6" ;;
  "aws iam "*) key="$1 $2 $4" ;;
  "aws "*) key="$1 $2" ;;
  *pg_roles*|*"FROM mysql.user"*) key=user ;;
  *pg_publication_tables*) key=publication ;;
  *pg_replication_slots*) key=slot ;;
  *"SHOW GRANTS"*) key=grants ;;
  *@@log_bin*) key=binary-log ;;
  *processlist*) key=reader ;;
  *) key="$1 $2" ;;
esac
answer="$folder/answers/$(printf '%s' "${program} $key" | tr ' /' '__')"
[ -f "$answer.sh" ] || answer="$folder/answers/${program}_*"
[ -f "$answer.sh" ] || { echo "no answer to ${program} $key" >&2; exit 99; }
. "$answer.sh"
cat "$answer.out"
cat "$answer.err" >&2
exit "$code"
`,
    );
    chmodSync(file, 0o755);
  }
}
