import type { DatabaseChoices } from "../../choices";
import { codeBelow } from "../docs/markdown";
import { INSTANCE, MASTER, type Postgres, said } from "./postgres";
import { catalog } from "./postgres-catalog";
import { render } from "./render";
import type { Result } from "./server";

const SETUP = "generated_cdc_setup.sql";
const CLEANUP = "generated_cdc_cleanup.sql";

const defaults = {
  region: "us-east-2",
  cluster_identifier: "orders-production",
  administrator: MASTER,
  iam_auth_user: "iam_demo_user",
  db_name: "demo_db",
  schema: "public",
  tables: ["orders"],
  slot_name: "rpcn_iam_test",
};

type Variables = Partial<typeof defaults>;

/** What the page says to run where the setup of a new cluster has been before. */
const handedOver = codeBelow(
  "docs/existing-cluster.md",
  "How do I hand over a cluster that the module made?",
  "sql",
);

/** A cluster's own tables. */
const tables = [
  "CREATE TABLE orders(id int PRIMARY KEY)",
  "CREATE TABLE customers(id int PRIMARY KEY)",
];

/** Somebody who is no member of rds_superuser, and may do all that the setup needs. */
const owner = [
  "CREATE ROLE accounting LOGIN CREATEROLE",
  "GRANT rds_iam, rds_replication TO accounting WITH ADMIN OPTION",
  "GRANT CONNECT, CREATE ON DATABASE demo_db TO accounting WITH GRANT OPTION",
  "GRANT USAGE, CREATE ON SCHEMA public TO accounting WITH GRANT OPTION",
  "CREATE TABLE orders(id int PRIMARY KEY)",
  "ALTER TABLE orders OWNER TO accounting",
];

const group =
  '"$(aws rds describe-db-clusters --db-cluster-identifier orders-production --region us-east-2 --query "DBClusters[0].DBClusterParameterGroup" --output text)"';
const parameters = (...names: string[]) =>
  `Set it in the parameter group, where it is not set: aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name ${group} --parameters ${names.map((name) => `ParameterName=${name},ParameterValue=1,ApplyMethod=pending-reboot`).join(" ")} --region us-east-2; and in any case reboot the writer, which takes a minute without the database: aws rds reboot-db-instance --db-instance-identifier ${INSTANCE} --region us-east-2`;

/** What mends what does not hold, by what that is. */
const remedies = {
  reader:
    'Run it where rows are written: aws rds describe-db-clusters --db-cluster-identifier orders-production --region us-east-2 --query "DBClusters[].Endpoint". The primary cluster of a global database is the one to set in cluster_identifier: aws rds describe-global-clusters --region us-east-2 --query "GlobalClusters[].GlobalClusterMembers[?IsWriter].DBClusterArn"',
  slots:
    "Drop a slot that nobody needs: SELECT slot_name, active FROM pg_replication_slots; SELECT pg_drop_replication_slot('<slot_name>')",
  senders: "Raise max_wal_senders in the parameter group, and reboot the writer",
  user: "Set iam_auth_user to a name that is free, and apply",
  stream: "Set slot_name to a name that is free, and apply",
  createUser:
    'As a member of rds_superuser: CREATE USER "iam_demo_user"; GRANT rds_iam, rds_replication TO "iam_demo_user"',
  grantRoles: 'As a member of rds_superuser: GRANT rds_iam, rds_replication TO "iam_demo_user"',
};

const message = (problems: string, hint: string) => [
  `ERROR:  The database is not ready for the pipeline: ${problems}`,
  `HINT:  Nothing has changed. ${hint}. Then run this file, or apply, again.`,
];

/** The SQL of `--aurora existing`, on a server that is reset before each test. */
export function asFound(of: () => Postgres): void {
  const choices = { aurora: "existing" } as const;

  async function setUp(
    variables: Variables = {},
    database: DatabaseChoices["database"] = "sql",
  ): Promise<Result> {
    const values = { ...defaults, ...variables };
    const sql = await render("postgres/cdc_setup", values, { ...choices, database });
    return of().run(SETUP, sql, values.administrator);
  }

  async function cleanUp(
    { tables: _, region: __, cluster_identifier: ___, ...variables }: Variables = {},
    database: DatabaseChoices["database"] = "sql",
  ): Promise<Result> {
    const { administrator, iam_auth_user, db_name, schema, slot_name } = {
      ...defaults,
      ...variables,
    };
    const values = { administrator, iam_auth_user, db_name, schema, slot_name };
    const sql = await render("postgres/cdc_cleanup", values, { ...choices, database });
    return of().run(CLEANUP, sql, administrator);
  }

  const published = () =>
    of().query(MASTER, "SELECT tablename FROM pg_publication_tables ORDER BY 1");

  const createSlot = (slot: string) =>
    of().arrange(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);

  test("the smallest use: set up, and cleaned up", async () => {
    await of().prepare(...tables);
    const before = await catalog(of());
    expect(await setUp()).toEqual({
      code: 0,
      stdout:
        "BEGIN\nDO\nDO\nDO\nDO\nDO\nDO\nDO\nSET\nDO\nDO\nDO\nDO\nGRANT\nDO\nALTER PUBLICATION\nDO\nALTER PUBLICATION\nSET\nDO\nDO\nCOMMIT\n",
      stderr: "",
    });
    expect(await published()).toEqual(["orders"]);
    expect(await catalog(of())).not.toEqual(before);
    expect(await of().query(defaults.iam_auth_user, "SELECT count(*) FROM orders")).toEqual(["0"]);
    expect(await cleanUp()).toEqual({
      code: 0,
      stdout: "BEGIN\nSET\nDO\nDO\nDO\nDO\nCOMMIT\n",
      stderr: "",
    });
  });

  interface Case {
    readonly what: string;
    /** Statements of the superuser, who makes tables as the master user. @default - the tables */
    readonly given?: readonly string[];
    /** Runs of the setup, one after the other. @default - one */
    readonly runs?: readonly Variables[];
    readonly administrator?: string;
  }

  const demo = { tables: ["iamuser_test"] };

  test.each<Case>([
    { what: "a table" },
    { what: "the demo table, which is missing", runs: [demo] },
    {
      what: "the demo table of somebody's, with a key of its own",
      given: ["CREATE TABLE iamuser_test(x int PRIMARY KEY)"],
      runs: [demo],
    },
    { what: "the demo table, which is listed no more", runs: [demo, {}] },
    { what: "two runs", runs: [{}, {}] },
    {
      what: "a table that is added, and taken out",
      runs: [{}, { tables: ["orders", "customers"] }, { tables: ["customers"] }],
    },
    {
      what: "a schema of its own",
      given: [...tables, "CREATE SCHEMA sales", "CREATE TABLE sales.orders(id int PRIMARY KEY)"],
      runs: [{}, { schema: "sales" }],
    },
    {
      what: "a user that everybody may connect as, and that reads by PUBLIC",
      given: [...tables, "GRANT SELECT ON orders TO PUBLIC"],
    },
    {
      what: "somebody who is no member of rds_superuser",
      given: owner,
      administrator: "accounting",
    },
    {
      what: "somebody who owns tables and nothing else, where others have made the user",
      given: [
        "CREATE USER iam_demo_user",
        "GRANT rds_iam, rds_replication TO iam_demo_user",
        "GRANT CONNECT ON DATABASE demo_db TO PUBLIC",
        "CREATE ROLE accounting LOGIN",
        "GRANT CREATE ON DATABASE demo_db TO accounting",
        "CREATE TABLE orders(id int PRIMARY KEY)",
        "ALTER TABLE orders OWNER TO accounting",
      ],
      administrator: "accounting",
    },
  ])("leaves the catalogs as they were: $what", async ({ given, runs, administrator }) => {
    const postgres = of();
    if (given === owner || administrator) await postgres.arrange(...(given ?? []));
    else await postgres.prepare(...(given ?? tables));
    if (administrator) await postgres.arrange(`ALTER ROLE ${administrator} REPLICATION`);
    else await postgres.letReplicate(MASTER);
    const before = await catalog(postgres);
    for (const variables of runs ?? [{}]) {
      expect(await setUp({ ...variables, administrator: administrator ?? MASTER })).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect(await published()).toEqual([...(variables.tables ?? defaults.tables)].sort());
    }
    await createSlot(defaults.slot_name);
    const variables = { administrator: administrator ?? MASTER };
    expect(await cleanUp(variables)).toMatchObject({ code: 0, stderr: "" });
    expect(await catalog(postgres)).toEqual(before);
    expect(await cleanUp(variables)).toMatchObject({ code: 0, stderr: "" });
  });

  test("takes over what the setup of a new cluster made, and drops a user whom a comment gives it", async () => {
    const postgres = of();
    await postgres.prepare(...tables);
    await postgres.letReplicate(MASTER);
    const before = await catalog(postgres);
    const { administrator: _, cluster_identifier: __, ...values } = defaults;
    const made = await render("postgres/cdc_setup", values, { aurora: "new" });
    expect(await postgres.run(SETUP, made)).toMatchObject({ code: 0, stderr: "" });
    await createSlot(defaults.slot_name);
    expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
    await postgres.prepare(handedOver);
    expect(await cleanUp()).toMatchObject({ code: 0, stderr: "" });
    expect(await catalog(postgres)).toEqual(before);
  });

  test("leaves the catalogs as they were where Terraform makes the user", async () => {
    const postgres = of();
    await postgres.prepare(...tables);
    await postgres.letReplicate(MASTER);
    const before = await catalog(postgres);
    for (const _ of ["once", "again"]) {
      expect(await setUp({ tables: ["orders", "iamuser_test"] }, "provider")).toMatchObject({
        code: 0,
        stderr: "",
      });
    }
    const publication = "PUBLICATION pglog_stream_rpcn_iam_test";
    await postgres.prepare(`CREATE ${publication} FOR TABLE orders, iamuser_test`);
    await createSlot(defaults.slot_name);
    const prepared = await catalog(postgres);
    expect(said(await cleanUp({}, "provider"))).toEqual([
      "ERROR:  Terraform still publishes the tables, as pglog_stream_rpcn_iam_test",
      "HINT:  Nothing has changed. Set cdc_tables_ready = false and apply; then run this file again.",
    ]);
    expect(await catalog(postgres)).toEqual(prepared);
    await postgres.prepare(`DROP ${publication}`);
    expect(await cleanUp({}, "provider")).toMatchObject({ code: 0, stderr: "" });
    expect(await catalog(postgres)).toEqual(before);
  });

  interface Refusal {
    readonly what: string;
    /** Statements of the superuser. */
    readonly given: readonly string[];
    readonly variables?: Variables;
    readonly problems: string;
    readonly hint: string;
  }

  const asOwner = { administrator: "accounting" };

  test.each<Refusal>([
    {
      what: "transactions are read-only",
      given: [`ALTER ROLE ${MASTER} IN DATABASE demo_db SET default_transaction_read_only = on`],
      problems: "transactions of postgres are read-only",
      hint: 'SET default_transaction_read_only = off; ALTER ROLE postgres IN DATABASE "demo_db" SET default_transaction_read_only = off',
    },
    ...[
      "GRANT pg_monitor TO iam_demo_user",
      "ALTER ROLE iam_demo_user CREATEDB",
      "GRANT SELECT ON orders TO iam_demo_user",
      "CREATE SCHEMA AUTHORIZATION iam_demo_user",
    ].map((right) => ({
      what: `there is a user with rights: ${right}`,
      given: [...owner, "CREATE USER iam_demo_user", right],
      variables: asOwner,
      problems: "the user iam_demo_user was there before, with rights of its own",
      hint: remedies.user,
    })),
    {
      what: "there is a publication",
      given: ["CREATE PUBLICATION pglog_stream_rpcn_iam_test"],
      problems: "the publication pglog_stream_rpcn_iam_test was there before",
      hint: remedies.stream,
    },
    {
      what: "there is a replication slot",
      given: ["SELECT pg_create_logical_replication_slot('rpcn_iam_test', 'pgoutput')"],
      problems: "the replication slot rpcn_iam_test was there before",
      hint: `${remedies.stream}; or, where nobody needs the slot: SELECT pg_drop_replication_slot('rpcn_iam_test')`,
    },
    {
      what: "there is no schema",
      given: [],
      variables: { schema: "sales" },
      problems: "there is no schema sales",
      hint: "Set cdc_schema to the schema of the tables, and apply",
    },
    {
      what: "users may not be created",
      given: [...owner, "ALTER ROLE accounting NOCREATEROLE"],
      variables: asOwner,
      problems: "accounting may not create the user iam_demo_user",
      hint: remedies.createUser,
    },
    {
      what: "roles may not be granted",
      given: [
        ...owner,
        "ALTER ROLE accounting NOCREATEROLE",
        "REVOKE rds_iam, rds_replication FROM accounting",
        "CREATE USER iam_demo_user",
      ],
      variables: asOwner,
      problems: "accounting may not grant rds_iam, rds_replication to iam_demo_user",
      hint: remedies.grantRoles,
    },
    {
      what: "CONNECT may not be granted",
      given: [...owner, "REVOKE GRANT OPTION FOR CONNECT ON DATABASE demo_db FROM accounting"],
      variables: asOwner,
      problems: "accounting may not grant CONNECT on the database demo_db",
      hint: 'GRANT CONNECT ON DATABASE "demo_db" TO accounting WITH GRANT OPTION',
    },
    {
      what: "USAGE may not be granted",
      given: [
        ...owner,
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
        "REVOKE GRANT OPTION FOR USAGE ON SCHEMA public FROM accounting",
      ],
      variables: asOwner,
      problems: "accounting may not grant USAGE on the schema public",
      hint: 'GRANT USAGE ON SCHEMA "public" TO accounting WITH GRANT OPTION',
    },
    {
      what: "publications may not be created",
      given: [...owner, "REVOKE CREATE ON DATABASE demo_db FROM accounting"],
      variables: asOwner,
      problems: "accounting may not create a publication in the database demo_db",
      hint: 'GRANT CREATE ON DATABASE "demo_db" TO accounting',
    },
    {
      what: "the demo table may not be created",
      given: [...owner, "REVOKE CREATE ON SCHEMA public FROM accounting"],
      variables: { ...asOwner, tables: ["orders", "iamuser_test"] },
      problems: "accounting may not create the demo table in the schema public",
      hint: 'GRANT CREATE ON SCHEMA "public" TO accounting, or take iamuser_test out of cdc_tables and apply',
    },
  ])("changes nothing where $what", async ({ given, variables, problems, hint }) => {
    const postgres = of();
    await postgres.arrange(...given);
    const before = await catalog(postgres);
    const result = await setUp(variables);
    expect({ code: result.code, said: said(result) }).toEqual({
      code: 3,
      said: message(problems, hint),
    });
    // Nor does a cleanup take away what is not of the setup.
    expect(await cleanUp(variables)).toMatchObject({ code: 0, stderr: "" });
    expect(await catalog(postgres)).toEqual(before);
  });

  test("changes nothing where the publication is of another's setup", async () => {
    const postgres = of();
    await postgres.arrange(...owner, `GRANT accounting TO ${MASTER}`);
    expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
    const before = await catalog(postgres);
    expect(said(await setUp(asOwner))).toEqual(
      message(
        "accounting may not alter the publication pglog_stream_rpcn_iam_test of postgres",
        "GRANT postgres TO accounting",
      ),
    );
    expect(await catalog(postgres)).toEqual(before);
  });

  test("changes nothing on a reader", async () => {
    const postgres = of();
    await postgres.prepare(...tables);
    const before = await catalog(postgres);
    await postgres.follow(true);
    expect(said(await setUp())).toEqual(
      message("this is a reader, or the secondary of a global database", remedies.reader),
    );
    expect(await catalog(postgres)).toEqual(before);
    await postgres.follow(false);
    expect(await setUp()).toMatchObject({ code: 0, stderr: "" });
  });

  describe("asks the server", () => {
    afterAll(() => of().reboot());

    test.each<{ wrong: Record<string, string>; problems: string; set: string[] }>([
      {
        wrong: { wal_level: "replica" },
        problems: "wal_level is replica, not logical",
        set: ["rds.logical_replication"],
      },
      {
        wrong: { "rds.logical_replication": "off" },
        problems: "rds.logical_replication is off, not on",
        set: ["rds.logical_replication"],
      },
      {
        wrong: { "rds.iam_auth_for_replication": "off" },
        problems: "rds.iam_auth_for_replication is off, not on",
        set: ["rds.iam_auth_for_replication"],
      },
    ])("and changes nothing where $problems", async ({ wrong, problems, set }) => {
      const postgres = of();
      await postgres.prepare(...tables);
      const before = await catalog(postgres);
      await postgres.reboot(wrong);
      for (const database of ["sql", "provider"] as const) {
        expect(said(await setUp({}, database))).toEqual(message(problems, parameters(...set)));
      }
      expect(await catalog(postgres)).toEqual(before);
    });

    test("and changes nothing where all slots are taken, or all WAL senders busy", async () => {
      const postgres = of();
      await postgres.prepare(...tables);
      await createSlot("somebody_s");
      const before = await catalog(postgres);
      await postgres.reboot({ max_replication_slots: "1" });
      expect(said(await setUp())).toEqual(
        message("all 1 replication slots are taken", remedies.slots),
      );
      await postgres.reboot({ max_wal_senders: "0" });
      expect(said(await setUp())).toEqual(message("all 0 WAL senders are busy", remedies.senders));
      expect(await catalog(postgres)).toEqual(before);
    });

    test("and says all at once", async () => {
      const postgres = of();
      await postgres.arrange(
        ...owner,
        "CREATE USER iam_demo_user",
        "GRANT pg_monitor TO iam_demo_user",
        "CREATE PUBLICATION pglog_stream_rpcn_iam_test",
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
        "ALTER ROLE accounting NOCREATEROLE",
        "REVOKE rds_iam, rds_replication FROM accounting",
        "REVOKE GRANT OPTION FOR CONNECT ON DATABASE demo_db FROM accounting",
        "REVOKE GRANT OPTION FOR USAGE ON SCHEMA public FROM accounting",
        "REVOKE CREATE ON SCHEMA public FROM accounting",
        "SELECT pg_create_physical_replication_slot('somebody_s')",
      );
      const before = await catalog(postgres);
      await postgres.reboot({
        wal_level: "replica",
        "rds.logical_replication": "off",
        "rds.iam_auth_for_replication": "off",
        max_replication_slots: "1",
        max_wal_senders: "0",
      });
      await postgres.follow(true);
      expect(said(await setUp({ ...asOwner, tables: ["orders", "iamuser_test"] }))).toEqual(
        message(
          [
            "this is a reader, or the secondary of a global database",
            "wal_level is replica, not logical",
            "rds.logical_replication is off, not on",
            "rds.iam_auth_for_replication is off, not on",
            "all 1 replication slots are taken",
            "all 0 WAL senders are busy",
            "the user iam_demo_user was there before, with rights of its own",
            "the publication pglog_stream_rpcn_iam_test was there before",
            "accounting may not grant rds_iam, rds_replication to iam_demo_user",
            "accounting may not grant CONNECT on the database demo_db",
            "accounting may not grant USAGE on the schema public",
            "accounting may not create the demo table in the schema public",
          ].join("; "),
          [
            remedies.reader,
            parameters("rds.iam_auth_for_replication", "rds.logical_replication"),
            remedies.slots,
            remedies.senders,
            remedies.user,
            remedies.stream,
            remedies.grantRoles,
            'GRANT CONNECT ON DATABASE "demo_db" TO accounting WITH GRANT OPTION',
            'GRANT USAGE ON SCHEMA "public" TO accounting WITH GRANT OPTION',
            'GRANT CREATE ON SCHEMA "public" TO accounting, or take iamuser_test out of cdc_tables and apply',
          ].join(". "),
        ),
      );
      await postgres.follow(false);
      expect(await catalog(postgres)).toEqual(before);
    });
  });

  test("cleanup takes nothing away where the slot may not be dropped", async () => {
    const postgres = of();
    await postgres.arrange(...owner);
    expect(await setUp(asOwner)).toMatchObject({ code: 0, stderr: "" });
    await createSlot(defaults.slot_name);
    const before = await catalog(postgres);
    expect(said(await cleanUp(asOwner))).toEqual([
      "ERROR:  accounting may not drop the replication slot rpcn_iam_test",
      "HINT:  Nothing has changed. As a member of rds_replication or rds_superuser: SELECT pg_drop_replication_slot('rpcn_iam_test'); then run this file again.",
    ]);
    expect(await catalog(postgres)).toEqual(before);
  });

  test("cleanup takes the user's rights where it may not drop the user", async () => {
    const postgres = of();
    await postgres.arrange(...owner);
    expect(await setUp(asOwner)).toMatchObject({ code: 0, stderr: "" });
    await postgres.arrange("ALTER ROLE accounting NOCREATEROLE");
    expect(said(await cleanUp(asOwner))).toEqual([
      "WARNING:  accounting may not drop iam_demo_user, who has no right any more",
      'HINT:  As the role that ran generated_cdc_setup.sql, or a member of rds_superuser: DROP USER "iam_demo_user"',
    ]);
    expect(
      await postgres.query(
        MASTER,
        `SELECT count(*) FROM pg_shdepend WHERE refobjid = 'iam_demo_user'::regrole
         UNION ALL SELECT count(*) FROM pg_auth_members WHERE member = 'iam_demo_user'::regrole`,
      ),
    ).toEqual(["0", "0"]);
    await postgres.arrange("ALTER ROLE accounting CREATEROLE");
    expect(await cleanUp(asOwner)).toMatchObject({ code: 0, stderr: "" });
    expect(await postgres.query(MASTER, "SELECT to_regrole('iam_demo_user') IS NULL")).toEqual([
      "t",
    ]);
  });
}
