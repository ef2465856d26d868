/** A column type, and the SQL of a value whose way to the topic is looked at. */
export interface Column {
  readonly type: string;
  readonly value: string;
  /**
   * What the connector hands on according to its source, in version 4.100.0, where that is something
   * else than it documents: JSON, or a sentence.
   */
  readonly source?: string;
  /** What a consumer can no longer tell. */
  readonly lost?: string;
  /** Why Avro cannot hold the value, or the connector gives none. @default - it can */
  readonly notInAvro?: string;
}

/** A statement for each type, before the table is made. */
export const postgresTypes = [
  "CREATE TYPE mood AS ENUM ('sad', 'happy');",
  "CREATE TYPE pair AS (a integer, b text);",
  "CREATE DOMAIN positive AS integer CHECK (VALUE > 0);",
].join("\n");

export const postgresColumns: readonly Column[] = [
  { type: "smallint", value: "-32768" },
  { type: "integer", value: "2147483647" },
  { type: "bigint", value: "9007199254740993" },
  { type: "smallserial", value: "1" },
  { type: "serial", value: "1" },
  { type: "bigserial", value: "1" },
  { type: "numeric", value: "12345678901234567890.123456789012345678" },
  { type: "numeric(10,2)", value: "9.50" },
  { type: "numeric", value: "'NaN'" },
  { type: "real", value: "1.1" },
  { type: "double precision", value: "0.1" },
  { type: "real", value: "'NaN'", lost: "that it is a number" },
  { type: "double precision", value: "'Infinity'", lost: "that it is a number" },
  { type: "double precision", value: "'-Infinity'", lost: "that it is a number" },
  { type: "double precision[]", value: "'{NaN,1.5}'", source: '["NaN",1.5]' },
  { type: "money", value: "12.34" },
  { type: "boolean", value: "true" },
  { type: "char(5)", value: "'ab'" },
  { type: "varchar(20)", value: "'it''s \"ü\" 😀'" },
  { type: "text", value: "E'two\\nlines'" },
  { type: '"char"', value: "'a'", source: "97", lost: "the letter, according to the source" },
  { type: "name", value: "'orders'" },
  { type: "bytea", value: "'\\x00ff10'", lost: "that it is Base64" },
  { type: "date", value: "'2026-02-28'", lost: "that it has no time" },
  { type: "date", value: "'infinity'", lost: "that it is not null" },
  { type: "time", value: "'24:00:00'" },
  { type: "time(6)", value: "'13:14:15.123456'" },
  { type: "timetz", value: "'13:14:15+02'" },
  {
    type: "timestamp",
    value: "'2026-02-28 13:14:15.123456'",
    lost: "that it has no zone: it looks like UTC",
  },
  { type: "timestamp", value: "'-infinity'", lost: "that it is not null" },
  {
    type: "timestamptz",
    value: "'2026-02-28 13:14:15.123456+02'",
    lost: "nothing: the server keeps no zone",
  },
  { type: "timestamptz", value: "'infinity'", lost: "that it is not null" },
  {
    type: "interval",
    value: "'1 year 2 days 03:04:05.6'",
    source: '{"Microseconds":11045600000,"Days":2,"Months":12,"Valid":true}',
  },
  { type: "uuid", value: "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'" },
  {
    type: "json",
    value: `'{"b": 1, "a": 9007199254740993}'`,
    lost: "digits of numbers beyond 2^53, order of keys, spaces",
  },
  {
    type: "jsonb",
    value: `'{"b": 1.10, "a": null}'`,
    lost: "digits of numbers beyond 2^53, trailing zeros",
  },
  { type: "jsonpath", value: "'$.a[*]'" },
  { type: "inet", value: "'192.168.1.1/24'" },
  { type: "cidr", value: "'10.0.0.0/8'" },
  { type: "macaddr", value: "'08:00:2b:01:02:03'", source: '"CAArAQID" (Base64)' },
  { type: "macaddr8", value: "'08:00:2b:01:02:03:04:05'", source: '"CAArAQIDBAU=" (Base64)' },
  { type: "bit(4)", value: "B'0101'", source: '{"Bytes":"UA==","Len":4,"Valid":true}' },
  { type: "bit varying", value: "B'10'", source: '{"Bytes":"gA==","Len":2,"Valid":true}' },
  { type: "point", value: "'(1.5,2)'" },
  { type: "line", value: "'{1,2,3}'", source: '{"A":1,"B":2,"C":3,"Valid":true}' },
  {
    type: "lseg",
    value: "'[(0,0),(1,1)]'",
    source: '{"P":[{"X":0,"Y":0},{"X":1,"Y":1}],"Valid":true}',
  },
  {
    type: "box",
    value: "'(1,1),(0,0)'",
    source: '{"P":[{"X":1,"Y":1},{"X":0,"Y":0}],"Valid":true}',
  },
  {
    type: "path",
    value: "'((0,0),(1,1))'",
    source: '{"P":[{"X":0,"Y":0},{"X":1,"Y":1}],"Closed":true,"Valid":true}',
  },
  {
    type: "polygon",
    value: "'((0,0),(1,1),(1,0))'",
    source: '{"P":[{"X":0,"Y":0},{"X":1,"Y":1},{"X":1,"Y":0}],"Valid":true}',
  },
  { type: "circle", value: "'<(0,0),2>'", source: '{"P":{"X":0,"Y":0},"R":2,"Valid":true}' },
  { type: "tsvector", value: "'the:2 question:3'" },
  { type: "tsquery", value: "'fat & rat'" },
  {
    type: "int4range",
    value: "'[1,5)'",
    source: '{"Lower":1,"Upper":5,"LowerType":105,"UpperType":101,"Valid":true}',
  },
  {
    type: "int8range",
    value: "'[1,)'",
    source: '{"Lower":1,"Upper":null,"LowerType":105,"UpperType":85,"Valid":true}',
  },
  {
    type: "numrange",
    value: "'(1.5,2.5]'",
    source: '{"Lower":1.5,"Upper":2.5,"LowerType":101,"UpperType":105,"Valid":true}',
  },
  { type: "tsrange", value: "'[2010-01-01 14:30,2010-01-01 15:30)'" },
  {
    type: "tstzrange",
    value: "'[2010-01-01 14:30+00,2010-01-01 15:30+00)'",
    source:
      '{"Lower":"2010-01-01T14:30:00Z","Upper":"2010-01-01T15:30:00Z","LowerType":105,"UpperType":101,"Valid":true}',
  },
  {
    type: "daterange",
    value: "'[2010-01-01,2010-01-03)'",
    source:
      '{"Lower":"2010-01-01T00:00:00Z","Upper":"2010-01-03T00:00:00Z","LowerType":105,"UpperType":101,"Valid":true}',
  },
  { type: "integer[]", value: "'{1,NULL,3}'" },
  { type: "bigint[]", value: "'{9007199254740993}'", source: "[9007199254740993]" },
  { type: "text[]", value: `'{"a,b",NULL}'` },
  { type: "integer[][]", value: "'{{1,2},{3,4}}'", lost: "where a row of the array ends" },
  { type: "boolean[]", value: "'{t,f}'", source: "[true,false]" },
  { type: "numeric[]", value: "'{1.10}'", source: "[1.10]" },
  {
    type: "uuid[]",
    value: "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'",
    source: "[[160,238,188,153,156,11,78,248,187,109,107,185,189,56,10,17]]",
  },
  { type: "jsonb[]", value: `ARRAY['{"a": 1}'::jsonb]`, source: '[{"a":1}]' },
  { type: "mood", value: "'happy'" },
  { type: "pair", value: "(1,'x')" },
  { type: "positive", value: "7" },
  { type: "oid", value: "42", source: "42" },
  { type: "pg_lsn", value: "'16/B374D848'" },
  { type: "xid8", value: "'42'", source: "42" },
];

/**
 * Tables whose large value lies outside the row (TOAST), by what PostgreSQL keeps of a row before an
 * update. The log does not repeat such a value where an update leaves it as it was.
 */
export const toasted = ["DEFAULT", "FULL"].map((identity) => {
  const table = `large_${identity.toLowerCase()}`;
  return {
    identity,
    table,
    create: `CREATE TABLE ${table} (id integer PRIMARY KEY, small integer, large text);
      ALTER TABLE ${table} ALTER large SET STORAGE EXTERNAL, REPLICA IDENTITY ${identity};`,
    update: `INSERT INTO ${table} VALUES (1, 1, repeat('x', 3000));
      UPDATE ${table} SET small = 2;`,
  };
});

export const mysqlColumns: readonly Column[] = [
  { type: "TINYINT", value: "-128" },
  { type: "TINYINT UNSIGNED", value: "255" },
  { type: "SMALLINT", value: "-32768" },
  { type: "SMALLINT UNSIGNED", value: "65535" },
  { type: "MEDIUMINT", value: "-8388608" },
  { type: "MEDIUMINT UNSIGNED", value: "16777215" },
  { type: "INT", value: "-2147483648" },
  { type: "INT UNSIGNED", value: "4294967295" },
  { type: "INT ZEROFILL", value: "42", lost: "the zeros" },
  { type: "BIGINT", value: "-9223372036854775808" },
  {
    type: "BIGINT UNSIGNED",
    value: "18446744073709551615",
    notInAvro: "beyond 9223372036854775807, the largest `long`: the pipeline stands still",
  },
  { type: "BOOLEAN", value: "TRUE" },
  { type: "DECIMAL(10,2)", value: "9.50" },
  {
    type: "DECIMAL(65,30)",
    value: "12345678901234567890.123456789012345678901234567890",
    notInAvro: "the connector takes 38 digits at most, and stops",
  },
  { type: "FLOAT", value: "1.1" },
  { type: "DOUBLE", value: "0.1" },
  { type: "BIT(1)", value: "b'1'" },
  { type: "BIT(8)", value: "b'10000001'" },
  { type: "BIT(64)", value: "0xFFFFFFFFFFFFFFFF", lost: "the sign: it is 18446744073709551615" },
  { type: "CHAR(5)", value: "'ab'" },
  { type: "VARCHAR(20)", value: "'it''s \"ü\" 😀'" },
  { type: "VARCHAR(20) CHARACTER SET latin1", value: "'é'", lost: "every letter beyond ASCII" },
  { type: "BINARY(4)", value: "0x00FF", lost: "that it is Base64, and the zeros at its end" },
  { type: "VARBINARY(4)", value: "0x00FF", lost: "that it is Base64" },
  { type: "TINYBLOB", value: "0x00FF", lost: "that it is Base64" },
  { type: "BLOB", value: "0x00FF", lost: "that it is Base64" },
  { type: "MEDIUMBLOB", value: "0x00FF", lost: "that it is Base64" },
  { type: "LONGBLOB", value: "0x00FF", lost: "that it is Base64" },
  { type: "TINYTEXT", value: "'ü'" },
  { type: "TEXT", value: "'two\\nlines'" },
  { type: "MEDIUMTEXT", value: "'x'" },
  { type: "LONGTEXT", value: "'x'" },
  { type: "DATE", value: "'2026-02-28'", lost: "that it has no time" },
  {
    type: "DATE",
    value: "'0000-00-00'",
    source: "an error",
    lost: "that it is not null",
  },
  { type: "DATE", value: "'2026-02-31'", source: "an error", lost: "the day" },
  { type: "TIME", value: "'-12:13:14'" },
  { type: "TIME(6)", value: "'838:59:58.123456'" },
  {
    type: "DATETIME",
    value: "'2026-02-28 13:14:15'",
    lost: "that it has no zone: it looks like UTC",
  },
  {
    type: "DATETIME(6)",
    value: "'2026-02-28 13:14:15.123456'",
    lost: "that it has no zone: it looks like UTC",
  },
  { type: "DATETIME", value: "'0000-00-00 00:00:00'", lost: "that it is not null" },
  { type: "TIMESTAMP NULL", value: "'2026-02-28 13:14:15'" },
  { type: "TIMESTAMP(6) NULL", value: "'2026-02-28 13:14:15.123456'" },
  { type: "YEAR", value: "2026" },
  { type: "ENUM('sad','happy')", value: "'happy'" },
  { type: "ENUM('sad','happy')", value: "'angry'", source: "an error" },
  { type: "SET('a','b','c')", value: "'a,c'" },
  { type: "SET('a','b','c')", value: "''" },
  {
    type: "JSON",
    value: `'{"b": 1, "a": 9007199254740993}'`,
    lost: "digits of numbers beyond 2^53",
  },
  { type: "JSON", value: `'[1.10, null, "x"]'`, lost: "trailing zeros" },
  { type: "POINT", value: "POINT(1.5, 2)", lost: "that it is Base64 of the server's own form" },
  {
    type: "GEOMETRY",
    value: "ST_GeomFromText('LINESTRING(0 0,1 1)')",
    lost: "that it is Base64 of the server's own form",
  },
];

/** The table with a column `c<number>` of each type, and a row with all values. */
export function typesTable(columns: readonly Column[]): {
  readonly table: string;
  readonly row: string;
} {
  const list = columns.map(({ type }, index) => `c${index + 1} ${type}`);
  return {
    table: `CREATE TABLE every_type (id integer PRIMARY KEY, ${list.join(", ")});\n`,
    row: `INSERT INTO every_type VALUES (1, ${columns.map(({ value }) => value).join(", ")});\n`,
  };
}
