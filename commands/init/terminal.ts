import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { UsageError } from "../usage-error";
import type { Ask } from "./command";

/** A person at a terminal. */
export interface Terminal {
  readonly ask: Ask;
  readonly close: () => void;
}

/**
 * Questions go to standard error, so that standard output holds what was done. Undefined where one of
 * the two is no terminal.
 */
export function terminal(
  input: Readable & { isTTY?: boolean } = process.stdin,
  output: Writable & { isTTY?: boolean } = process.stderr,
): Terminal | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  const lines = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new UsageError("\nNothing was written.")));
  });
  // Nobody may be asking when the end comes.
  ended.catch(() => {});
  return {
    ask: async (question) => (await Promise.race([lines.question(question), ended])).trim(),
    close: () => lines.close(),
  };
}
