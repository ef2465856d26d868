import { parse } from "yaml";
import { connectProgram, FIRST_BUILD_MS, lint, run, whyNoConnect } from "../connect/connect";
import { moduleWith, stacks } from "../modules";
import { workspaceOf as ec2WorkspaceOf } from "../stacks/ec2-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

/** The pipeline's configuration as an apply with `variables` writes it. */
async function pipeline(
  stack: string,
  variables: Record<string, unknown> = {},
  all?: ReadonlyMap<string, Record<string, string>>,
): Promise<string> {
  await using workspace = await Workspace.create({ ...moduleWith(stack, all), variables });
  const { code, diagnostics } = await workspace.apply();
  expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
  const given = workspace.calls.findLast(
    ({ method, type }) => method === "ApplyResourceChange" && type === "redpanda_pipeline",
  );
  const yaml = workspace.read("generated_pipeline.yaml");
  expect(given?.config).toMatchObject({ config_yaml: yaml });
  return yaml;
}

describeUnless(missingTerraform(), "The pipeline's configuration", () => {
  test("of Postgres reads the table, logs in by one role over verified TLS, and writes to the topic made", async () => {
    const {
      input,
      pipeline: processing,
      output,
      logger,
    } = parse(await pipeline("aurora-postgres"));
    const { dsn, aws, tls, ...rest } = input.postgres_cdc;
    const host = /@(.*):5432/.exec(dsn)?.[1];
    expect(dsn).toBe(
      `postgres://iam_demo_user@${host}:5432/demo_db?sslmode=verify-full&connect_timeout=10`,
    );
    expect(aws).toEqual({
      enabled: true,
      region: "us-east-2",
      endpoint: `${host}:5432`,
      roles: [
        {
          role: expect.stringMatching(
            /^arn:aws:iam::\d{12}:role\/demo-postgres-allow_connect_to_aurora-iam-demo-user$/,
          ),
        },
      ],
    });
    expect(tls).toEqual({
      root_cas: expect.stringMatching(
        /^(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n){2}$/,
      ),
    });
    expect(rest).toEqual({
      schema: "public",
      tables: ["iamuser_test"],
      slot_name: "rpcn_iam_test",
      temporary_slot: false,
      stream_snapshot: false,
      snapshot_batch_size: 1000,
      checkpoint_limit: 1024,
      auto_replay_nacks: true,
      heartbeat_interval: "5m",
      batching: { count: 1000, period: "200ms" },
    });
    expect(processing.threads).toBe(1);
    expect(output).toEqual({ redpanda: redpandaOutput("postgres", "lsn|commit_ts_ms") });
    expect(logger).toEqual({ level: "INFO" });
  });

  test("of MySQL keeps its position in the checkpoint topic", async () => {
    const { input, cache_resources, output } = parse(await pipeline("aurora-mysql"));
    const { dsn, aws, tls, ...rest } = input.mysql_cdc;
    const host = /\((.*):3306/.exec(dsn)?.[1];
    expect(dsn).toBe(
      `iam_demo_user@tcp(${host}:3306)/demo_db?tls=true&allowCleartextPasswords=true&timeout=10s`,
    );
    expect(aws).toEqual({
      enabled: true,
      region: "us-east-2",
      endpoint: `${host}:3306`,
      roles: [
        { role: expect.stringMatching(/role\/demo-mysql-allow_connect_to_aurora-iam-demo-user$/) },
      ],
    });
    expect(Object.keys(tls)).toEqual(["root_cas"]);
    expect(rest).toEqual({
      tables: ["iamuser_test", "rpcn_heartbeat"],
      checkpoint_cache: "cdc_checkpoints",
      checkpoint_key: "demo-mysql.iam_auth_topic_test",
      stream_snapshot: false,
      snapshot_max_batch_size: 1000,
      checkpoint_limit: 1024,
      auto_replay_nacks: true,
      max_reconnect_attempts: 1,
      batching: { count: 1000, period: "200ms" },
    });
    const { sasl, tls: outputTls, seed_brokers } = redpandaOutput("mysql", "");
    expect(cache_resources).toEqual([
      {
        label: "cdc_checkpoints",
        redpanda: {
          seed_brokers,
          topic: "demo-mysql.cdc_checkpoints",
          allow_auto_topic_creation: false,
          tls: outputTls,
          sasl,
        },
      },
    ]);
    expect(output).toEqual({ redpanda: redpandaOutput("mysql", "binlog_position") });
  });

  test("of Postgres reads each of several schemas by an input and a slot of its own", async () => {
    const { input } = parse(
      await pipeline("aurora-postgres", {
        cdc_tables_by_schema: { public: ["orders"], sales: ["orders", "lines"] },
      }),
    );
    const inputs: Record<string, Record<string, unknown>>[] = input.broker.inputs;
    expect(Object.keys(input)).toEqual(["broker"]);
    expect(
      inputs.map(({ label, postgres_cdc = {}, processors }) => [
        ...[label, postgres_cdc.schema, postgres_cdc.tables, postgres_cdc.slot_name, processors],
      ]),
    ).toEqual([
      [
        ...["postgres_cdc_public", "public", ["orders"], "rpcn_iam_test"],
        [{ mapping: 'meta table_schema = "public"' }],
      ],
      [
        ...["postgres_cdc_sales", "sales", ["orders", "lines"], "rpcn_iam_test_sales"],
        [{ mapping: 'meta table_schema = "sales"' }],
      ],
    ]);
    const [one, another] = inputs.map(({ postgres_cdc = {} }) => postgres_cdc);
    const { schema: _, tables: __, slot_name: ___, ...rest } = another ?? {};
    expect(one).toMatchObject(rest);
  });

  test("of MySQL reads each of several databases by an input with a position of its own", async () => {
    const { input } = parse(
      await pipeline("aurora-mysql", {
        cdc_tables_by_database: { demo_db: ["orders"], Sales: ["orders"] },
      }),
    );
    const inputs: Record<string, Record<string, unknown>>[] = input.broker.inputs;
    expect(
      inputs.map(({ label, mysql_cdc = {}, processors }) => [
        ...[label, /\/(\w+)\?/.exec(String(mysql_cdc.dsn))?.[1], mysql_cdc.tables],
        ...[mysql_cdc.checkpoint_key, processors],
      ]),
    ).toEqual([
      [
        ...["mysql_cdc_sales", "Sales", ["orders", "rpcn_heartbeat"]],
        ...["demo-mysql.iam_auth_topic_test_Sales", [{ mapping: 'meta table_schema = "Sales"' }]],
      ],
      [
        ...["mysql_cdc_demo_db", "demo_db", ["orders", "rpcn_heartbeat"]],
        ...["demo-mysql.iam_auth_topic_test", [{ mapping: 'meta table_schema = "demo_db"' }]],
      ],
    ]);
  });

  test("stays as it was for those who set no unchanged_toast_value", async () => {
    const given = '"__unchanged__"';
    const yaml = await pipeline("aurora-postgres", { unchanged_toast_value: JSON.parse(given) });
    const added = `
    # A large value that an update leaves as it was is not in the log.
    unchanged_toast_value: ${given}
`;
    expect(yaml).toContain(`    tables: ["iamuser_test"]\n${added}\n    # The slot`);
    expect(yaml.replace(added, "")).toBe(await pipeline("aurora-postgres"));
  });

  test("takes every variable that concerns it", async () => {
    const yaml = await pipeline("aurora-postgres", {
      cdc_schema: "on",
      cdc_tables: ["orders", "null", "order_items"],
      cdc_key_columns: ["tenant", "id"],
      slot_name: "sales",
      unchanged_toast_value: "it's '__unchanged__' & \\n",
      stream_snapshot: true,
      log_level: "DEBUG",
      external_id: "a:b,c=@/-._+1",
      rp_sasl_password_version: 7,
    });
    const { input, logger } = parse(yaml);
    expect(input.postgres_cdc).toMatchObject({
      schema: "on",
      tables: ["orders", "null", "order_items"],
      slot_name: "sales",
      unchanged_toast_value: "it's '__unchanged__' & \\n",
      stream_snapshot: true,
      aws: { roles: [{ role_external_id: "a:b,c=@/-._+1" }] },
    });
    expect(logger).toEqual({ level: "DEBUG" });
    expect(yaml).toContain('let columns = ["tenant","id"]');
    // A running pipeline sees a new secret only when its configuration changes.
    expect(yaml).toContain("# Version 7 of the SASL password.");
  });
});

describeUnless([...missingTerraform(), ...whyNoConnect()], "Redpanda Connect itself", () => {
  beforeAll(connectProgram, FIRST_BUILD_MS);

  test.each(stacks)("has nothing to say against the pipeline of %s", async (stack) => {
    const all = {
      external_id: "an-id",
      stream_snapshot: true,
      ...(stack === "aurora-postgres" ? { unchanged_toast_value: "__unchanged__" } : {}),
    };
    const several = {
      ...all,
      [stack === "aurora-mysql" ? "cdc_tables_by_database" : "cdc_tables_by_schema"]: {
        sales: ["orders"],
        stock: ["orders", "items"],
      },
      cdc_key_columns_by_table: { "sales.orders": ["no"] },
    };
    for (const variables of [{}, all, several]) {
      expect(await lint(await pipeline(stack, variables))).toEqual({
        lints: [],
        variables: [
          "REDPANDA_BROKERS",
          `secrets.DEMO_${stack === "aurora-mysql" ? "MYSQL" : "POSTGRES"}_SASL_PASSWORD`,
        ],
      });
    }
  });

  test.each(stacks)("has nothing to say against rows in Avro from %s", async (stack) => {
    const yaml = await pipeline(stack, {}, synthesized({ format: "avro" }));
    const password = `secrets.DEMO_${stack === "aurora-mysql" ? "MYSQL" : "POSTGRES"}_SASL_PASSWORD`;
    expect(await lint(yaml)).toEqual({
      lints: [],
      variables: ["REDPANDA_BROKERS", "REDPANDA_SCHEMA_REGISTRY_URL", password],
    });
    const given = { variables: { [password]: `" ' \\ # : { - % @ ! & * | > \`` } };
    expect((await lint(yaml, given)).lints).toEqual([]);
  });

  test.each([
    ["aurora-postgres", "cdc_tables_by_schema"],
    ["aurora-mysql", "cdc_tables_by_database"],
  ])(
    "has nothing to say against rows in Avro from tables of one name of %s, a subject each",
    async (stack, variable) => {
      const yaml = await pipeline(
        stack,
        {
          [variable]: { sales: ["orders"], stock: ["orders"] },
          cdc_key_columns_by_table: { "sales.orders": ["no"] },
        },
        synthesized({ format: "avro" }),
      );
      expect((await lint(yaml)).lints).toEqual([]);
      const [retry] = parse(yaml).pipeline.processors.slice(-1);
      const [{ mapping }, { switch: encoded }] = retry.retry.processors;
      expect(encoded[0].processors[0].schema_registry_encode.subject).toBe(
        `demo-${stack.split("-")[1]}.iam_auth_topic_test-\${! @table_schema }.\${! @table }`,
      );
      expect(mapping).toContain(
        '$schema.assign({ "name": @table_schema + "_" + @table, "children"',
      );
      expect(mapping).toContain(`let columns = match {
  @table_schema == "sales" && @table == "orders" => ["no"]
  _ => ["id"]
}
`);
      expect(mapping).toContain('else { @table_schema + "." + @table }');
    },
  );

  test.each(["postgres", "mysql"] as const)(
    "has nothing to say against rows in Avro from %s on a host",
    async (engine) => {
      const choices = { engine, output: "redpanda", format: "avro" } as const;
      await using workspace = await ec2WorkspaceOf(choices, { redpanda_topic: "1.topic" });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      const yaml = workspace.read("generated_pipeline.yaml");
      expect(await lint(yaml, { build: "standard" })).toEqual({
        lints: [],
        variables: ["REDPANDA_SASL_PASSWORD"],
      });
      const [retry] = parse(yaml).pipeline.processors.slice(-1);
      const { schema_registry_encode } = retry.retry.processors[1].switch[0].processors[0];
      expect(schema_registry_encode).toMatchObject({
        url: "https://registry.example.com:30081",
        subject: "1.topic-${! @table }",
        avro: { raw_json: true, namespace: "_1_topic" },
      });
    },
  );

  test.each([
    { stack: "aurora-postgres", schema: "public", variable: "cdc_tables_by_schema" },
    { stack: "aurora-mysql", schema: "demo_db", variable: "cdc_tables_by_database" },
  ])("sends rows of $stack to the topics of their tables", async ({ stack, schema, variable }) => {
    const prefix = `demo-${stack.split("-")[1]}`;
    const one = { cdc_tables: ["orders", "items"] };
    const several = { [variable]: { sales: ["orders"], stock: ["orders", "items"] } };
    const json = synthesized({ topics: "per-table" });
    const avro = synthesized({ topics: "per-table", format: "avro" });
    const of = (table: string, within: object = {}) => ({
      content: { id: 7 },
      metadata: { table, operation: "insert", ...within },
    });
    const topicsOf = async (yaml: string, messages: readonly ReturnType<typeof of>[]) => {
      expect((await lint(yaml)).lints).toEqual([]);
      return (await run(yaml, messages)).map(({ topic }) => topic);
    };
    expect(await topicsOf(await pipeline(stack, one, json), [of("orders"), of("items")])).toEqual([
      `${prefix}.${schema}.orders`,
      `${prefix}.${schema}.items`,
    ]);
    const named = { ...several, topic_name_pattern: "cdc-<table>.<schema>" };
    expect(
      await topicsOf(await pipeline(stack, named, json), [
        of("orders", { table_schema: "sales" }),
        of("orders", { table_schema: "stock" }),
      ]),
    ).toEqual(["cdc-orders.sales", "cdc-orders.stock"]);
    expect((await lint(await pipeline(stack, several, avro))).lints).toEqual([]);
  });

  test.each<Record<string, string>>([{ topics: "per-table" }, { format: "avro" }])(
    "drops a TRUNCATE in Postgres where each record must tell its table: %o",
    async (flags) => {
      const metadata = { table: "", operation: "", lsn: "00000000/016B3748" };
      const yaml = await pipeline("aurora-postgres", {}, synthesized(flags));
      expect(await run(yaml, [{ content: null, metadata }])).toEqual([]);
    },
  );

  test("reads a password of any characters out of the secret", async () => {
    const variables = { "secrets.DEMO_MYSQL_SASL_PASSWORD": `" ' \\ # : { - % @ ! & * | > \`` };
    expect((await lint(await pipeline("aurora-mysql"), { variables })).lints).toEqual([]);
  });

  test("makes of a Postgres row the columns and _pg_meta, keyed by the key columns", async () => {
    const yaml = await pipeline("aurora-postgres", { cdc_key_columns: ["id", "tenant"] });
    const metadata = { table: "iamuser_test", operation: "insert", lsn: "00000000/016B3748" };
    expect(
      await run(yaml, [
        { content: { id: 7, tenant: "a", x: null }, metadata },
        { content: { x: 1 }, metadata },
      ]),
    ).toEqual([
      {
        content:
          '{"_pg_meta":{"lsn":"00000000/016B3748","operation":"insert","table":"iamuser_test"},"id":7,"tenant":"a","x":null}',
        key: '{"id":7,"tenant":"a"}',
        topic: "demo-postgres.iam_auth_topic_test",
        headers: metadata,
      },
      {
        content:
          '{"_pg_meta":{"lsn":"00000000/016B3748","operation":"insert","table":"iamuser_test"},"x":1}',
        key: "iamuser_test",
        topic: "demo-postgres.iam_auth_topic_test",
        headers: metadata,
      },
    ]);
  });

  test.each([
    ["aurora-postgres", "cdc_tables_by_schema"],
    ["aurora-mysql", "cdc_tables_by_database"],
  ])("of %s tells tables of one name apart, by header, row and key", async (stack, variable) => {
    const yaml = await pipeline(stack, {
      [variable]: { sales: ["orders"], stock: ["orders"] },
      cdc_key_columns_by_table: { "sales.orders": ["no"] },
    });
    const of = (table_schema: string, content: object) => ({
      content,
      metadata: { table: "orders", table_schema, operation: "insert" },
    });
    const records = await run(yaml, [
      of("sales", { id: 1, no: 7 }),
      of("stock", { id: 1, no: 7 }),
      of("stock", { x: 1 }),
    ]);
    expect(
      records.map(({ key, headers, content }) => {
        const { _pg_meta, source } = JSON.parse(content);
        return [key, headers?.table_schema, _pg_meta?.schema ?? source?.database];
      }),
    ).toEqual([
      ['{"no":7}', "sales", "sales"],
      ['{"id":1}', "stock", "stock"],
      ["stock.orders", "stock", "stock"],
    ]);
  });

  test("keys by table hold for the one list too", async () => {
    const yaml = await pipeline("aurora-postgres", {
      cdc_tables: ["orders", "items"],
      cdc_key_columns_by_table: { "public.orders": ["no"] },
    });
    const of = (table: string) => ({ content: { id: 1, no: 7 }, metadata: { table } });
    const records = await run(yaml, [of("orders"), of("items")]);
    expect(records.map(({ key }) => key)).toEqual(['{"no":7}', '{"id":1}']);
  });

  // The connector hands on a TRUNCATE as a row without columns, without the table's name
  // (toStreamMessage in internal/impl/postgresql/pglogicalstream/replication_message_decoders.go of 4.100.0).
  test("makes of a TRUNCATE in Postgres a record without a row and without the table's name", async () => {
    const metadata = { table: "", operation: "", lsn: "00000000/016B3748" };
    expect(await run(await pipeline("aurora-postgres"), [{ content: null, metadata }])).toEqual([
      {
        content: "null",
        key: "null",
        topic: "demo-postgres.iam_auth_topic_test",
        headers: metadata,
        error:
          "failed assignment (line 13): expected array or object value, got null from variable row",
      },
    ]);
  });

  test("drops MySQL's heartbeat, and nothing else", async () => {
    const rows = ["rpcn_heartbeat", "iamuser_test", "rpcn_heartbeat_2"].map((table) => ({
      content: { id: 1 },
      metadata: { table, operation: "update", binlog_position: "binlog.000002@0000ABCD" },
    }));
    const records = await run(await pipeline("aurora-mysql"), rows);
    expect(records.map(({ headers }) => headers?.table)).toEqual([
      "iamuser_test",
      "rpcn_heartbeat_2",
    ]);
    // The input reads no such table, so there is nothing to drop.
    const yaml = await pipeline("aurora-mysql", { heartbeat: false });
    expect(parse(yaml).input.mysql_cdc.tables).toEqual(["iamuser_test"]);
    expect(yaml).not.toContain("deleted()");
  });

  test("makes of a MySQL row the envelope rpcn.cdc.v1", async () => {
    const metadata = {
      table: "iamuser_test",
      operation: "update",
      binlog_position: "mysql-bin-changelog.000002@0000ABCD",
    };
    const records = await run(await pipeline("aurora-mysql"), [
      { content: { id: 7, local_time: "2026-01-20 16:27:06" }, metadata },
    ]);
    const [record] = records.map((made) => ({ ...made, content: JSON.parse(made.content) }));
    expect(record).toEqual({
      content: {
        schema: "rpcn.cdc.v1",
        source: { connector: "mysql_cdc", engine: "mysql", table: "iamuser_test" },
        op: "update",
        position: { type: "binlog", value: "mysql-bin-changelog.000002@0000ABCD" },
        row: { id: 7, local_time: "2026-01-20 16:27:06" },
        key: { id: 7 },
        ingested_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
      key: '{"id":7}',
      topic: "demo-mysql.iam_auth_topic_test",
      headers: metadata,
    });
  });
});

/** The output of either engine's pipeline. */
function redpandaOutput(engine: string, positions: string) {
  return {
    seed_brokers: ["${REDPANDA_BROKERS}"],
    topic: `demo-${engine}.iam_auth_topic_test`,
    key: "${! @key }",
    metadata: { include_patterns: [`^(table|operation|${positions})$`] },
    idempotent_write: true,
    allow_auto_topic_creation: false,
    max_in_flight: 1,
    tls: { enabled: true },
    sasl: [
      {
        mechanism: "SCRAM-SHA-256",
        username: `demo_${engine}_iam_sasl_user`,
        password: `\${secrets.DEMO_${engine.toUpperCase()}_SASL_PASSWORD}`,
      },
    ],
    max_message_bytes: "20MiB",
  };
}
