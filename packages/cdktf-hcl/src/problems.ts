import type { Owner } from "./layout";

/** A stack holds what cannot be written as HCL that means the same as its JSON. */
export class UnrenderableStackError extends Error {
  override readonly name = "UnrenderableStackError";

  constructor(
    /** The stack's path. */
    stack: string,
    /** One sentence each, with the construct's path, the value and what to do. */
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    super(`Stack ${stack} cannot be written as HCL, ${count}:\n${list}`);
  }
}

/** Takes note of a problem. All of them are told at once. */
export type Report = (owner: Owner, problem: string) => void;
