/**
 * A line of its own below each statement of a template of SQL. So its end is known, and nothing has to
 * look for it between quotes, comments and bodies of procedures.
 */
const end = "-- ;";

/** How one begins that is put together. */
const composed = "SET @statement = ";

/** For a client such as psql, which looks for the ends itself. */
export function forClient(sql: string): string {
  return sql.replaceAll(`${end}\n`, "");
}

/**
 * For the RDS Data API, which takes one statement a call: a shell script that hands each to `run`, and
 * calls `begin` and `commit` around a transaction. Comments between statements become the shell's. A
 * statement that the client puts together and prepares is one whose answer is run: MySQL's protocol for
 * prepared statements takes no PREPARE.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/sql-prepared-statements.html
 */
export function asCalls(sql: string): string {
  let isInside = false;
  const lines = sql.split("\n").flatMap((line) => {
    if (isInside) {
      if (/^(PREPARE|EXECUTE|DEALLOCATE) /.test(line)) return [];
      isInside = line !== end;
      // The client needs a delimiter of its own for a body with semicolons.
      return [isInside ? line.replace(/^END;;$/, "END;") : "SQL"];
    }
    if (line === "BEGIN;") return ["begin"];
    if (line === "COMMIT;") return ["commit"];
    // A call names the database, and may get another session than the one before.
    if (/^(USE|DELIMITER) /.test(line)) return [];
    if (line === "" || line.startsWith("%{")) return [line];
    if (line.startsWith("--")) return [`#${line.slice(2)}`];
    isInside = true;
    return line.startsWith(composed)
      ? ["run_answer <<'SQL'", line.replace(composed, "SELECT ")]
      : ["run <<'SQL'", line];
  });
  return lines.join("\n").replace(".sql.tftpl", ".sh.tftpl");
}
