import type { Call, Hook, Reply } from "../standin/provider";
import type { Values } from "../standin/values";

/** Runs statements in one transaction: rows of the last one's answer, columns by `|`; or the error. */
type Run = (statements: string[]) => string[] | string;

/** What the provider knows to do with one type of resource. */
interface Behaviour {
  create(values: Values): string[];
  update(prior: Values, values: Values): string[];
  delete(prior: Values): string[];
  /** Attributes as the server has them; null when the object is not there. */
  read(prior: Values, rows: (statement: string) => string[]): Values | null;
}

/**
 * Does on a server what `cyrilgdn/postgresql` 1.26 does there, resource by resource, as its
 * documentation, issues and source tell. The provider's own code is not in it.
 *
 * @param run as the user `master`, who is no superuser
 * @see https://registry.terraform.io/providers/cyrilgdn/postgresql/1.26.0/docs
 * @see https://github.com/cyrilgdn/terraform-provider-postgresql/blob/v1.26.0/postgresql/resource_postgresql_role.go
 */
export function postgresqlProvider(run: Run, master: string): Hook {
  const behaviours: Record<string, Behaviour> = {
    postgresql_role: role(master),
    postgresql_grant: grant,
    postgresql_publication: publication,
  };
  const rows = (statement: string): string[] => {
    const answer = run([statement]);
    if (typeof answer === "string") throw new Error(answer);
    return answer;
  };
  return ({ type, method, priorState, plannedState }: Call): Reply | undefined => {
    const behaviour = behaviours[type];
    if (behaviour && method === "ReadResource" && priorState) {
      return { state: behaviour.read(priorState, rows) };
    }
    if (!behaviour || method !== "ApplyResourceChange") return undefined;
    const answer = run(statementsOf(behaviour, priorState, plannedState));
    return typeof answer === "string" ? { error: answer } : undefined;
  };
}

function statementsOf(behaviour: Behaviour, prior: Values | null, planned: Values | null) {
  if (!planned) return behaviour.delete(prior ?? {});
  return prior ? behaviour.update(prior, planned) : behaviour.create(planned);
}

const quoted = (name: unknown) => `"${name}"`;
const list = (value: unknown) => (value ?? []) as string[];

const role = (master: string): Behaviour => ({
  create: ({ name, roles, login }) => [
    // Every clause, with the provider's defaults for what the module does not say.
    `CREATE ROLE ${quoted(name)} WITH VALID UNTIL 'infinity' CONNECTION LIMIT -1 NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT ${login ? "LOGIN" : "NOLOGIN"} NOBYPASSRLS NOREPLICATION`,
    ...list(roles).map((granted) => `GRANT ${quoted(granted)} TO ${quoted(name)}`),
  ],
  update: (prior, { name }) => [`ALTER ROLE ${quoted(prior.name)} RENAME TO ${quoted(name)}`],
  // For a moment the master belongs to the role: only then may he give away what it owns.
  delete: ({ name }) => [
    `GRANT ${quoted(name)} TO ${quoted(master)}`,
    `REASSIGN OWNED BY ${quoted(name)} TO ${quoted(master)}`,
    `DROP OWNED BY ${quoted(name)}`,
    `REVOKE ${quoted(name)} FROM ${quoted(master)}`,
    `DROP ROLE ${quoted(name)}`,
  ],
  read: ({ name }, rows) => {
    const [found] = rows(`SELECT rolcanlogin FROM pg_roles WHERE rolname = '${name}'`);
    if (!found) return null;
    const roles = rows(
      `SELECT roleid::regrole::text FROM pg_auth_members WHERE member = '${quoted(name)}'::regrole ORDER BY 1`,
    );
    return { login: found === "t", roles };
  },
});

const grant: Behaviour = {
  create: (values) => [
    `REVOKE ALL PRIVILEGES ON ${objectsOf(values)} FROM ${quoted(values.role)}`,
    `GRANT ${list(values.privileges)} ON ${objectsOf(values)} TO ${quoted(values.role)}`,
  ],
  update: (_prior, values) => grant.create(values),
  // Fails where a table is gone, or the role.
  delete: (prior) => [`REVOKE ALL PRIVILEGES ON ${objectsOf(prior)} FROM ${quoted(prior.role)}`],
  read: ({ role, object_type, database, schema, objects }, rows) => {
    const [exists] = rows(`SELECT 1 FROM pg_roles WHERE rolname = '${role}'`);
    if (!exists) return null;
    const acl = {
      database: `pg_database, aclexplode(datacl) WHERE datname = '${database}'`,
      schema: `pg_namespace, aclexplode(nspacl) WHERE nspname = '${schema}'`,
      table: `pg_class, aclexplode(relacl) WHERE relname = '${list(objects)[0]}' AND relnamespace = '${quoted(schema)}'::regnamespace`,
    }[String(object_type)];
    return {
      privileges: rows(
        `SELECT privilege_type FROM ${acl} AND grantee = '${quoted(role)}'::regrole ORDER BY 1`,
      ),
    };
  },
};

function objectsOf({ object_type, database, schema, objects }: Values): string {
  if (object_type === "database") return `DATABASE ${quoted(database)}`;
  if (object_type === "schema") return `SCHEMA ${quoted(schema)}`;
  return `TABLE ${list(objects).map((name) => `${quoted(schema)}.${quoted(name)}`)}`;
}

const publication: Behaviour = {
  create: ({ name, tables, publish_via_partition_root_param: viaRoot }) => [
    // The name as it is, without quotes.
    `CREATE PUBLICATION ${name} FOR TABLE ${list(tables).map(tableName)} WITH (publish_via_partition_root = ${viaRoot})`,
  ],
  update: (prior, { name, tables }) => {
    const without = (all: unknown, some: unknown) =>
      list(all).filter((table) => !list(some).includes(table));
    return [
      ...without(tables, prior.tables).map(
        (table) => `ALTER PUBLICATION ${prior.name} ADD TABLE ${tableName(table)}`,
      ),
      ...without(prior.tables, tables).map(
        (table) => `ALTER PUBLICATION ${prior.name} DROP TABLE ${tableName(table)}`,
      ),
      ...(name === prior.name ? [] : [`ALTER PUBLICATION ${prior.name} RENAME TO ${name}`]),
    ];
  },
  delete: ({ name }) => [`DROP PUBLICATION ${name} RESTRICT`],
  read: ({ name }, rows) => {
    const [viaRoot] = rows(`SELECT pubviaroot FROM pg_publication WHERE pubname = '${name}'`);
    if (!viaRoot) return null;
    const tables = rows(
      `SELECT concat(schemaname, '.', tablename) FROM pg_publication_tables WHERE pubname = '${name}' ORDER BY 1`,
    );
    return { tables, publish_via_partition_root_param: viaRoot === "t" };
  },
};

const tableName = (name: string) => name.split(".").map(quoted).join(".");
