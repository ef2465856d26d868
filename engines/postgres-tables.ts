/** A name as a cell of an answer: the client's columns end with a vertical bar. */
const cell = (text: string) => `regexp_replace(${text}, '[|[:cntrl:]]', '?', 'g')`;

/** What a name must be to stand in SQL without quotes: RE2, and a pattern of PostgreSQL's own. */
export const identifier = "^[a-z_][a-z0-9_]{0,62}$";

/**
 * A partitioned table has the rows and sizes of its partitions, and their replica identities: it has
 * none of its own.
 *
 * @see https://www.postgresql.org/docs/current/catalog-pg-class.html
 */
export const tables = `SELECT
  CASE WHEN t.relname ~ '${identifier}' AND n.nspname ~ '${identifier}'
    THEN n.nspname || '.' || t.relname END AS name,
  (SELECT ${cell("string_agg(a.attname, ', ' ORDER BY k.place)")}
    FROM pg_index AS i
    CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (number, place)
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number
    WHERE i.indrelid = t.oid AND i.indisprimary) AS key,
  parts.rows, parts.bytes,
  CASE
    WHEN t.relpersistence = 'u' THEN 'unlogged, so no change is in the log'
    WHEN parts.lack_identity
      THEN 'no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL'
    WHEN t.relreplident = 'f' THEN 'replica identity FULL'
    WHEN t.relreplident = 'i' THEN 'replica identity by an index'
  END AS remark
FROM pg_class AS t
JOIN pg_namespace AS n ON n.oid = t.relnamespace
CROSS JOIN LATERAL (
  SELECT coalesce(sum(greatest(p.reltuples, 0)), 0)::bigint AS rows,
    coalesce(sum(pg_total_relation_size(p.oid)), 0)::bigint AS bytes,
    coalesce(bool_or(p.relreplident = 'n' OR p.relreplident = 'd' AND NOT EXISTS (
      SELECT FROM pg_index AS i WHERE i.indrelid = p.oid AND i.indisprimary AND i.indimmediate
    )), false) AS lack_identity
  FROM (SELECT t.oid UNION SELECT relid FROM pg_partition_tree(t.oid)) AS tree (id)
  JOIN pg_class AS p ON p.oid = tree.id AND p.relkind = 'r'
) AS parts
WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relpersistence <> 't'
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, t.relname`;
