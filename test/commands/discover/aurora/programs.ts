import * as programs from "../../../../commands/programs/run";

/** What a program answers: its standard output, or how else it ends. */
export type Said = string | Partial<programs.Ending>;

/** A call of a program. */
export interface Call {
  /** The program and its arguments. */
  readonly line: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Stands in for `aws`, `psql` and `mysql` without a process. AWS's answers are looked up by the
 * command, `aws rds describe-db-clusters`; of two that share one, the second's key has a word more.
 *
 * @param said the answers, which may change between calls
 * @returns the calls so far
 */
export function pretend(said: () => Readonly<Record<string, Said>>): Call[] {
  const calls: Call[] = [];
  jest.spyOn(programs, "run").mockImplementation(async (program, args, { environment }) => {
    calls.push({ line: [program, ...args].join(" "), environment });
    const answer = said()[keyOf(program, args)];
    if (answer === undefined) throw new Error(`no answer to ${keyOf(program, args)}`);
    if (typeof answer === "string") return { code: 0, stdout: answer, stderr: "" };
    if ("error" in answer || "limit" in answer) return answer as programs.Ending;
    return { code: 1, stdout: "", stderr: "", ...answer };
  });
  return calls;
}

function keyOf(program: string, [service, command, option]: readonly string[]): string {
  if (program !== "aws") return program;
  const more =
    command === "describe-db-clusters" && option !== "--db-cluster-identifier"
      ? " all"
      : command === "describe-db-instances" && option === "--filters"
        ? " of"
        : "";
  return `${program} ${service} ${command}${more}`;
}
