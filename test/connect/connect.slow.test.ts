import { describeUnless } from "../standin/judges";
import {
  type ConnectRecord,
  connectProgram,
  FIRST_BUILD_MS,
  lint,
  run,
  whyNoConnect,
} from "./connect";

const postgres = `\
# demo_sasl_password version 1
input:
  postgres_cdc:
    dsn: "postgres://iam_demo_user@demo-aurora-pg.cluster-c0ffee.us-east-2.rds.amazonaws.com:5432/demo_db?sslmode=verify-full\\u0026connect_timeout=10"
    schema: public
    tables: ["iamuser_test"]
    slot_name: rpcn_iam_test
    temporary_slot: false
    stream_snapshot: false
    snapshot_batch_size: 1000
    checkpoint_limit: 1024
    heartbeat_interval: 5m
    auto_replay_nacks: true
    batching:
      count: 1000
      period: 200ms
    tls:
      root_cas: |
        -----BEGIN CERTIFICATE-----
        -----END CERTIFICATE-----
    aws:
      enabled: true
      region: us-east-2
      endpoint: demo-aurora-pg.cluster-c0ffee.us-east-2.rds.amazonaws.com:5432
      roles:
        - role: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user
          role_external_id: demo

pipeline:
  threads: 1
  processors:
    - mapping: |
        let columns = ["id", "tenant"]
        let key = this.filter(column -> $columns.contains(column.key) && column.value != null)
        meta key = if $key.length() > 0 { $key.format_json(no_indent: true, escape_html: false) } else { @table }
        root = this
        root._pg_meta = {"table": @table, "operation": @operation, "lsn": @lsn}

output:
  redpanda:
    seed_brokers: ["\${REDPANDA_BROKERS}"]
    tls:
      enabled: true
    sasl:
      - mechanism: SCRAM-SHA-256
        username: app
        password: |2-
          \${secrets.DEMO_SASL_PASSWORD}
    topic: demo.iam_auth_topic_test
    key: \${! @key }
    metadata:
      include_patterns: ["^(table|operation|lsn|commit_ts_ms)$"]
    compression: snappy
    idempotent_write: true
    allow_auto_topic_creation: false
    max_in_flight: 1

logger:
  level: INFO
`;

const mysql = `\
input:
  mysql_cdc:
    dsn: "iam_demo_user@tcp(demo-aurora-mysql.cluster-c0ffee.us-east-2.rds.amazonaws.com:3306)/demo_db?tls=true&allowCleartextPasswords=true&timeout=10s"
    tables: ["iamuser_test"]
    checkpoint_cache: cdc_checkpoints
    checkpoint_key: demo
    stream_snapshot: false
    snapshot_max_batch_size: 1000
    checkpoint_limit: 1024
    max_reconnect_attempts: 1
    auto_replay_nacks: true
    batching:
      count: 1000
      period: 200ms
    tls:
      root_cas: |
        -----BEGIN CERTIFICATE-----
        -----END CERTIFICATE-----
    aws:
      enabled: true
      region: us-east-2
      endpoint: demo-aurora-mysql.cluster-c0ffee.us-east-2.rds.amazonaws.com:3306
      roles:
        - role: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user

cache_resources:
  - label: cdc_checkpoints
    redpanda:
      seed_brokers: ["\${REDPANDA_BROKERS}"]
      topic: demo.cdc_checkpoints
      allow_auto_topic_creation: false
      tls:
        enabled: true
      sasl:
        - mechanism: SCRAM-SHA-256
          username: app
          password: |2-
            \${secrets.DEMO_SASL_PASSWORD}

pipeline:
  threads: 1
  processors:
    - mapping: |
        let columns = ["id"]
        let key = this.filter(column -> $columns.contains(column.key) && column.value != null)
        meta key = if $key.length() > 0 { $key.format_json(no_indent: true, escape_html: false) } else { @table }
        root.schema = "rpcn.cdc.v1"
        root.source = {"connector": "mysql_cdc", "engine": "mysql", "table": @table}
        root.op = @operation
        root.position = {"type": "binlog", "value": @binlog_position}
        root.key = if $key.length() > 0 { $key }
        root.row = this
        root.ingested_at = now().ts_format("2006-01-02T15:04:05.000Z07:00", "UTC")

output:
  redpanda:
    seed_brokers: ["\${REDPANDA_BROKERS}"]
    tls:
      enabled: true
    sasl:
      - mechanism: SCRAM-SHA-256
        username: app
        password: |2-
          \${secrets.DEMO_SASL_PASSWORD}
    topic: demo.iam_auth_topic_test
    key: \${! @key }
    metadata:
      include_patterns: ["^(table|operation|binlog_position)$"]
    idempotent_write: true
    allow_auto_topic_creation: false
    max_in_flight: 1
`;

describeUnless(whyNoConnect(), "Redpanda Connect's own code", () => {
  beforeAll(connectProgram, FIRST_BUILD_MS);

  describe("lint", () => {
    test.each([
      ["postgres_cdc", postgres],
      ["mysql_cdc", mysql],
    ])("finds nothing in a good %s pipeline", async (_input, yaml) => {
      expect(await lint(yaml)).toEqual({
        lints: [],
        variables: ["REDPANDA_BROKERS", "secrets.DEMO_SASL_PASSWORD"],
      });
    });

    test.each<[what: string, yaml: string, lints: string[]]>([
      [
        "a misspelt field",
        postgres.replace("slot_name:", "slotname:"),
        ["7: field slotname not recognised", "4: field slot_name is required"],
      ],
      [
        "a missing field",
        mysql.replace("    checkpoint_cache: cdc_checkpoints\n", ""),
        ["3: field checkpoint_cache is required"],
      ],
      [
        "one table where a list belongs",
        postgres.replace('tables: ["iamuser_test"]', "tables: iamuser_test"),
        ["6: expected array value"],
      ],
      [
        "a TLS block as the output has it, in the input",
        mysql.replace("      root_cas: |", "      enabled: true\n      root_cas: |"),
        ["16: field enabled not recognised"],
      ],
      [
        "an option that does not exist",
        postgres.replace("compression: snappy", "compression: brotli"),
        ["53: value brotli is not a valid option for this field"],
      ],
      [
        "a deprecated output",
        mysql.replace(
          "output:\n  redpanda:\n    seed_brokers:",
          "output:\n  redpanda_common:\n    seed_brokers:",
        ),
        [
          "56: component redpanda_common is deprecated",
          "57: field seed_brokers not recognised",
          "58: field tls not recognised",
          "60: field sasl not recognised",
          "69: field idempotent_write not recognised",
          "70: field allow_auto_topic_creation not recognised",
        ],
      ],
      [
        "a deprecated field",
        postgres.replace("temporary_slot: false", "snapshot_memory_safety_factor: 1"),
        ["8: field snapshot_memory_safety_factor is deprecated"],
      ],
      [
        "a deprecated name of an input",
        postgres.replace("postgres_cdc:", "pg_stream:"),
        ["3: component pg_stream is deprecated"],
      ],
      [
        "a method that Bloblang does not have",
        postgres.replace("root = this\n", "root = this.renamed()\n"),
        ["36: unrecognised method 'renamed': \nroot"],
      ],
      [
        "a key that is no interpolation",
        postgres.replace("${! @key }", "${! @key.( }"),
        ["50: required: expected query, got: }"],
      ],
      [
        "text that is no YAML",
        postgres.replace("schema: public", "schema: [public"),
        ["1: yaml: line 4: did not find expected ',' or ']'"],
      ],
    ])("flags %s", async (_what, yaml, expected) => {
      const { lints } = await lint(yaml);
      expect(lints.map(({ line, what }) => `${line}: ${what}`)).toEqual(expected);
    });

    test("knows what Redpanda Cloud does not run", async () => {
      const yaml = "output:\n  stdout: {}\n";
      expect(await lint(yaml)).toEqual({
        lints: [
          {
            line: 2,
            what: "unable to infer component type: stdout",
            type: "LintComponentMissing",
          },
        ],
        variables: [],
      });
      expect(await lint(yaml, { build: "standard" })).toEqual({ lints: [], variables: [] });
    });

    // The value takes the name's place in the text before the text is read as YAML.
    test("shows what a secret's value does to the text around it", async () => {
      const variables = { "secrets.DEMO_SASL_PASSWORD": `" \\ ' # : {` };
      expect((await lint(postgres, { variables })).lints).toEqual([]);
      const quoted = postgres.replace(/\|2-\s+(\$\{secrets.*\})/, '"$1"');
      expect((await lint(quoted, { variables })).lints).toEqual([
        { line: 1, what: "yaml: line 44: did not find expected key", type: "LintFailedRead" },
      ]);
    });
  });

  describe("run", () => {
    const metadata = { table: "orders", operation: "insert", lsn: "00000000/016B3748" };

    /** The record key for a row, with key columns `id` and `tenant`. */
    async function keyOf(content: unknown): Promise<string | undefined> {
      const [record] = await run(postgres, [{ content, metadata }]);
      return record?.key;
    }

    test("makes the record of a Postgres row", async () => {
      const schema = { name: "orders", type: "OBJECT" };
      const content = { id: 7, total: "9.50", note: null };
      expect(await run(postgres, [{ content, metadata: { ...metadata, schema } }])).toEqual([
        {
          content:
            '{"_pg_meta":{"lsn":"00000000/016B3748","operation":"insert","table":"orders"},"id":7,"note":null,"total":"9.50"}',
          key: '{"id":7}',
          topic: "demo.iam_auth_topic_test",
          headers: metadata,
        },
      ]);
    });

    test.each([
      ["one key column", { id: 7 }, '{"id":7}'],
      ["all of them", { tenant: '<a> & "b"', id: 7 }, '{"id":7,"tenant":"<a> & \\"b\\""}'],
      ["an integer beyond 2^53", '{"id":9007199254740993}', '{"id":9007199254740993}'],
      ["a delete, which has nulls beside the primary key", { id: 7, tenant: null }, '{"id":7}'],
      ["none of them", { "tenant.id": 1, total: 2 }, "orders"],
      ["only null in them", { id: null }, "orders"],
    ])("keys a row with %s", async (_what, content, key) => {
      expect(await keyOf(content)).toBe(key);
    });

    test("makes the record of a MySQL row", async () => {
      const before = Date.now();
      const [record] = await run(mysql, [
        {
          content: '{"id":9007199254740993,"a name.with ${signs}":null}',
          metadata: {
            table: "orders",
            operation: "update",
            binlog_position: "mysql-bin-changelog.000002@0000ABCD",
          },
        },
      ]);
      const { content, ...rest } = record as ConnectRecord;
      expect(rest).toEqual({
        key: '{"id":9007199254740993}',
        topic: "demo.iam_auth_topic_test",
        headers: {
          table: "orders",
          operation: "update",
          binlog_position: "mysql-bin-changelog.000002@0000ABCD",
        },
      });
      const [, ingestedAt = ""] = /"ingested_at":"([^"]*)"/.exec(content) ?? [];
      expect(ingestedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Date.parse(ingestedAt)).toBeGreaterThanOrEqual(before);
      expect(content.replace(ingestedAt, "now")).toBe(
        '{"ingested_at":"now","key":{"id":9007199254740993},"op":"update","position":{"type":"binlog","value":"mysql-bin-changelog.000002@0000ABCD"},"row":{"a name.with ${signs}":null,"id":9007199254740993},"schema":"rpcn.cdc.v1","source":{"connector":"mysql_cdc","engine":"mysql","table":"orders"}}',
      );
    });

    test("a MySQL snapshot row has no position, and one without key columns no key", async () => {
      const [record] = await run(mysql, [
        { content: { x: 1 }, metadata: { table: "log", operation: "read" } },
      ]);
      expect(record?.key).toBe("log");
      expect(JSON.parse(record?.content ?? "")).toEqual({
        schema: "rpcn.cdc.v1",
        source: { connector: "mysql_cdc", engine: "mysql", table: "log" },
        op: "read",
        position: { type: "binlog", value: null },
        row: { x: 1 },
        ingested_at: expect.any(String),
      });
    });

    test("gives the reason where a processor fails", async () => {
      const failing = postgres.replace("root = this\n", "root = this.id.number()\n");
      expect(await run(failing, [{ content: { id: "x" }, metadata }])).toEqual([
        {
          content: '{"id":"x"}',
          // The message goes on as if the mapping did not exist: nothing has set its key.
          key: "null",
          topic: "demo.iam_auth_topic_test",
          headers: metadata,
          error:
            'failed assignment (line 4): field `this.id`: strconv.ParseFloat: parsing "x": invalid syntax',
        },
      ]);
    });

    test("resolves variables, and leaves what is escaped", async () => {
      const yaml = "output:\n  redpanda:\n    topic: ${PREFIX}.${{PREFIX}}\n";
      expect(await run(yaml, [{ content: {} }], { variables: { PREFIX: "demo" } })).toEqual([
        { content: "{}", topic: "demo.${PREFIX}", headers: {} },
      ]);
    });

    test("has only the content where the output is another one", async () => {
      const yaml = "output:\n  stdout: {}\n";
      expect(await run(yaml, [{ content: { a: 1 } }], { build: "standard" })).toEqual([
        { content: '{"a":1}' },
      ]);
    });
  });
});
