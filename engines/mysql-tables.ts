/**
 * A NULL would be told as the word.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/information-schema-tables-table.html
 */
export const tables = `SELECT
  CASE WHEN t.TABLE_NAME REGEXP '^[A-Za-z_][A-Za-z0-9_$]*$'
    THEN CONCAT(t.TABLE_SCHEMA, '.', t.TABLE_NAME) ELSE '' END AS \`name\`,
  COALESCE((SELECT GROUP_CONCAT(s.COLUMN_NAME ORDER BY s.SEQ_IN_INDEX SEPARATOR ', ')
    FROM information_schema.STATISTICS AS s
    WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_NAME = 'PRIMARY'), '') AS \`key\`,
  COALESCE(t.TABLE_ROWS, 0) AS \`rows\`,
  COALESCE(t.DATA_LENGTH + t.INDEX_LENGTH, 0) AS \`bytes\`,
  CASE WHEN NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS AS s
      WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_NAME = 'PRIMARY')
    THEN 'no primary key: a snapshot cannot read it' ELSE '' END AS \`remark\`
FROM information_schema.TABLES AS t
WHERE t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_SCHEMA = DATABASE()
ORDER BY t.TABLE_NAME`;
