import type { Mysql } from "./mysql";

/** What is told of itself by every server, and changes with what is written. */
const own = "('information_schema', 'performance_schema', 'sys', 'mysql')";

const asked: Readonly<Record<string, string>> = {
  tables:
    "SELECT table_schema, table_name, table_type, engine, table_collation, create_options, table_comment FROM information_schema.tables",
  routines: "SELECT * FROM information_schema.routines",
  events: "SELECT * FROM information_schema.events",
  ...Object.fromEntries(
    ["columns", "statistics", "triggers", "views", "key_column_usage"].map((name) => [
      name,
      `SELECT * FROM information_schema.${name} WHERE ${name === "triggers" ? "trigger" : "table"}_schema NOT IN ${own}`,
    ]),
  ),
  ...Object.fromEntries(
    ["user", "schema", "table", "column"].map((level) => [
      `${level}_privileges`,
      `SELECT * FROM information_schema.${level}_privileges`,
    ]),
  ),
  ...Object.fromEntries(
    [
      ...["user", "db", "tables_priv", "columns_priv", "procs_priv", "proxies_priv"],
      ...["global_grants", "role_edges", "default_roles", "password_history", "rds_configuration"],
    ].map((name) => [`mysql.${name}`, `SELECT * FROM mysql.${name}`]),
  ),
  global_variables:
    "SELECT * FROM performance_schema.global_variables WHERE variable_name NOT LIKE 'gtid%'",
};

/** All that the server says of its databases, users, rights and variables: a line for each row. */
export async function catalog(mysql: Mysql): Promise<string[]> {
  const statements = Object.entries(asked).map(
    ([name, statement]) => `SELECT '${name}', row_of_it.* FROM (${statement}) AS row_of_it`,
  );
  return [...(await mysql.query(mysql.superuser, statements.join("; ")))].sort();
}
