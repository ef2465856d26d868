import type { Ending } from "./run";

/** What came of a question. */
export type Answer =
  | { readonly value: unknown }
  /** What was asked for is not there: the error's code or HTTP status, and what was said. */
  | { readonly code: string; readonly says: string }
  /** Nobody could be asked, or the answer was a refusal. */
  | { readonly refused: string }
  /** There is an answer, and it is not to be understood. */
  | { readonly unreadable: string };

/**
 * What a program answered.
 *
 * @param read makes the value of standard output; it throws where that has another form
 */
export function answerOf(program: string, ending: Ending, read: (text: string) => unknown): Answer {
  if ("error" in ending) return { refused: `${program} cannot be run: ${ending.error}.` };
  if ("limit" in ending) {
    return {
      refused: `${program} was ended, after ${ending.limit / 1000} seconds without an answer.`,
    };
  }
  if (ending.code !== 0) {
    // MySQL's client warns of the option that the other client knows.
    const stderr = ending.stderr.replace(/^.*\[Warning\].*\n/gm, "");
    const said = stderr.trim() || ending.stdout.trim() || "nothing";
    return { refused: `${program} ended with code ${ending.code} and said: ${said}` };
  }
  try {
    return { value: read(ending.stdout) };
  } catch {
    return { unreadable: ending.stdout };
  }
}
