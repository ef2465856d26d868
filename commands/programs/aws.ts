import { type Answer, answerOf } from "./answer";
import { type Around, run } from "./run";

/**
 * Asks AWS by the operator's own `aws`, which brings profiles, roles and SSO.
 *
 * @param args with `--output json`
 */
export async function askAws(args: readonly string[], around: Around): Promise<Answer> {
  const environment = { ...around.environment, AWS_PAGER: "" };
  const ending = await run("aws", args, { ...around, environment });
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html
  const [, code, says] =
    "stderr" in ending
      ? (/An error occurred \(([\w.]+)\) when calling the \w+ operation(?: \([^)]*\))?: ([^\n]*)/.exec(
          ending.stderr,
        ) ?? [])
      : [];
  if (code && says) return { code, says: `${code}: ${says}` };
  return answerOf("aws", ending, JSON.parse);
}
