import { z } from "zod";
import type { Engine } from "../../../engines/engine";
import { broken, check, type LiveCheck, ok } from "./check";

/** What the database is asked, where a password is at hand. */
export function databaseChecks({ status }: Engine): LiveCheck[] {
  return status.statements.map(({ id, sql, title, hop, needs, judge }) =>
    check({
      id: `database-${id}`,
      hop,
      title,
      question: { sql },
      ...(needs ? { needs } : {}),
      answer: z.array(z.record(z.string(), z.string())),
      judge: (rows, { names }) => {
        const judgement = judge(rows, names);
        return "ok" in judgement ? ok(judgement.ok) : broken(judgement.broken, judgement.fix);
      },
    }),
  );
}

/** Rows of an answer whose first line names the columns. */
export function rowsOf(text: string, separator: string): Record<string, string>[] {
  const [header, ...rows] = text.split("\n").filter((line) => line !== "");
  const columns = header?.split(separator) ?? [];
  return rows.map((row) => {
    const cells = row.split(separator);
    if (cells.length !== columns.length) throw new SyntaxError("a row has other columns");
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}
