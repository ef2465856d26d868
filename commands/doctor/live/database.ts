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
      needs,
      answer: z.array(z.record(z.string(), z.string())),
      judge: (rows, { names }) => {
        const judgement = judge(rows, names);
        return "ok" in judgement ? ok(judgement.ok) : broken(judgement.broken, judgement.fix);
      },
    }),
  );
}
