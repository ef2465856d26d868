import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Connection, Engine } from "../../engines/engine";
import { type Answer, answerOf } from "./answer";
import { type Around, run } from "./run";

/**
 * Asks the database by the operator's own client, where that finds a password by itself: nobody
 * is asked for one. The value is the rows of the answer.
 *
 * @param sql one SELECT or SHOW
 */
export async function askDatabase(
  { client }: Pick<Engine, "client">,
  connection: Connection,
  sql: string,
  around: Around,
): Promise<Answer> {
  const { program, separator, readOnly } = client;
  const { environment } = around;
  const missing = missingPassword({ client }, environment);
  if (missing) return { refused: missing };
  const ending = await run(program, client.query(connection, sql), {
    ...around,
    environment: { ...environment, ...readOnly },
  });
  return answerOf(program, ending, (text) => rowsOf(text, separator));
}

/** That the client would find no password, and what gives it one. */
export function missingPassword(
  { client: { passwords } }: Pick<Engine, "client">,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const home = environment.HOME ?? homedir();
  const isAtHand =
    passwords.variables.some((name) => environment[name]) ||
    passwords.files.some((file) => existsSync(join(home, file)));
  return isAtHand
    ? undefined
    : `no password is at hand, and none is asked for. Set ${passwords.variables.join(" or ")}, or have ${passwords.files.map((file) => `~/${file}`).join(" or ")}.`;
}

/** Rows of an answer whose first line names the columns. */
function rowsOf(text: string, separator: string): Record<string, string>[] {
  const [header, ...rows] = text.split("\n").filter((line) => line !== "");
  const columns = header?.split(separator) ?? [];
  return rows.map((row) => {
    const cells = row.split(separator);
    if (cells.length !== columns.length) throw new SyntaxError("a row has other columns");
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}
