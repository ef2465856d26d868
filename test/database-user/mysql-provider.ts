import type { Call, Hook, Reply } from "../standin/provider";
import type { Values } from "../standin/values";

/** Runs a statement: rows of its answer, or the error. */
type Run = (statement: string) => string[] | string;

/**
 * Does on a server what `petoju/mysql` 3.0 does there, resource by resource, as its documentation
 * and issues tell. The provider's own code is not in it.
 *
 * @see https://registry.terraform.io/providers/petoju/mysql/3.0.88/docs
 */
export function mysqlProvider(run: Run): Hook {
  return ({ type, method, priorState, plannedState }: Call): Reply | undefined => {
    const isOurs = type.startsWith("mysql_");
    if (isOurs && method === "ReadResource" && priorState) {
      return { state: read(type, priorState, run) };
    }
    if (!isOurs || method !== "ApplyResourceChange") return undefined;
    const answer = run(statement(type, priorState, plannedState));
    return typeof answer === "string" ? { error: answer } : undefined;
  };
}

const list = (value: unknown) => (value ?? []) as string[];
const account = ({ user, host }: Values) => `'${user}'@'${host}'`;
const named = (name: unknown) => (name === "*" ? "*" : `\`${name}\``);
const object = ({ database, table }: Values) => `${named(database)}.${named(table)}`;

function statement(type: string, prior: Values | null, planned: Values | null): string {
  const values = planned ?? prior ?? {};
  switch (type) {
    case "mysql_user":
      if (!planned) return `DROP USER ${account(values)}`;
      return prior
        ? `RENAME USER ${account(prior)} TO ${account(values)}`
        : // For this plugin alone, the provider adds the text behind AS.
          `CREATE USER ${account(values)} IDENTIFIED WITH ${values.auth_plugin} AS 'RDS' REQUIRE ${values.tls_option}`;
    case "mysql_grant":
      return planned
        ? `GRANT ${list(values.privileges)} ON ${object(values)} TO ${account(values)}`
        : `REVOKE ${list(values.privileges)} ON ${object(values)} FROM ${account(values)}`;
    default:
      return String(planned ? values.create_sql : values.delete_sql);
  }
}

/** Attributes as the server has them; null when the object is not there. */
function read(type: string, prior: Values, run: Run): Values | null {
  if (type === "mysql_sql") return {};
  const grants = run(`SHOW GRANTS FOR ${account(prior)}`);
  if (typeof grants === "string") return null;
  if (type === "mysql_user") return {};
  const on = ` ON ${object(prior)} TO `;
  const [found] = grants.filter((row) => row.includes(on) && !row.startsWith("GRANT USAGE "));
  if (!found) return null;
  return {
    privileges: found.slice("GRANT ".length, found.indexOf(on)).split(", ").sort(),
  };
}
