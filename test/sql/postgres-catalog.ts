import type { Postgres } from "./postgres";

/** Columns that change by themselves. */
const volatile: Readonly<Record<string, readonly string[]>> = {
  pg_class: [
    ...["relpages", "reltuples", "relallvisible", "relallfrozen", "relfrozenxid", "relminmxid"],
  ],
  pg_database: ["datfrozenxid", "datminmxid"],
};

/** Of a column with rights that is null, what that means: PostgreSQL never writes null again. */
const usual: Readonly<Record<string, { readonly acl: string; readonly otherwise: string }>> = {
  pg_class: {
    acl: "relacl",
    otherwise: `acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)`,
  },
  pg_namespace: { acl: "nspacl", otherwise: "acldefault('n', nspowner)" },
  pg_database: { acl: "datacl", otherwise: "acldefault('d', datdba)" },
};

/**
 * Everything that the server's catalogs say, and its replication slots: a line for each row of what
 * somebody made, and one for all that a new server has, by catalog. What pg_dumpall would write is made
 * of these rows; it is not in the npm package.
 */
export async function catalog(postgres: Postgres): Promise<string[]> {
  const statement = statements.get(postgres) ?? (await dump(postgres));
  statements.set(postgres, statement);
  return (await postgres.query(postgres.superuser, statement)) as string[];
}

/** Which catalogs there are is the same as long as the server runs. */
const statements = new WeakMap<Postgres, string>();

async function dump(postgres: Postgres): Promise<string> {
  const catalogs = (await postgres.query(
    postgres.superuser,
    `SELECT relname, attname, atttypid::regtype FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1
     WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'
       AND relname NOT IN ('pg_statistic', 'pg_statistic_ext_data') ORDER BY 1`,
  )) as string[];
  const rows = catalogs.map((line) => {
    const [name = "", first, type] = line.split("|");
    const made = type === "oid" ? `${first} >= 16384` : "false";
    const row = `(to_jsonb(${name}) - ARRAY[${quoted([...(volatile[name] ?? []), usual[name]?.acl ?? ""])}] ${rights(name)})::text`;
    // A row that is written anew has a new xmin.
    const others = usual[name]
      ? `md5(string_agg(${row}, ',' ORDER BY ${row} COLLATE "C"))`
      : "count(*) || ' ' || max(xmin::text::bigint)";
    return `SELECT '${name} ' || ${row} FROM ${name} WHERE ${made}
            UNION ALL SELECT '${name} ' || ${others} FROM ${name} WHERE NOT ${made}`;
  });
  const slots = "SELECT format('slot %s %s', slot_name, plugin) FROM pg_replication_slots";
  return `SELECT line FROM (${[...rows, slots].join(" UNION ALL ")}) AS dump (line) ORDER BY line COLLATE "C"`;
}

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");

function rights(name: string): string {
  const column = usual[name];
  return column
    ? `|| jsonb_build_object('${column.acl}', ARRAY(
         SELECT acl::text FROM unnest(coalesce(${column.acl}, ${column.otherwise})) AS acl ORDER BY 1))`
    : "";
}
