import { describeWithTerraform } from "../standin/judges";
import { type Choices, workspaceOf } from "./provider-workspace";

/** Types of what Terraform makes in the database. */
const inDatabase = /^(postgresql|mysql)_/;

const unchanged = { add: 0, change: 0, remove: 0 };

/** What Terraform makes in the database: at once, and once there are tables. */
const resources = {
  postgres: {
    atOnce: ["postgresql_grant.connect", "postgresql_grant.usage", "postgresql_role.iam_auth_user"],
    withTables: [
      'postgresql_grant.select["iamuser_test"]',
      "postgresql_publication.pglog_stream[0]",
    ],
  },
  mysql: {
    atOnce: [
      "mysql_grant.lock_tables",
      "mysql_grant.replication",
      "mysql_sql.binlog_retention",
      "mysql_user.iam_auth_user",
    ],
    withTables: ['mysql_grant.select["iamuser_test"]'],
  },
};

const stacks: Choices[] = (["postgres", "mysql"] as const).flatMap((engine) =>
  (["byoc", "ec2"] as const).map((topology) => ({ engine, topology })),
);

describeWithTerraform("With --database provider", () => {
  test.each(stacks)(
    "$topology/$engine: the user comes at once, rights on tables and the pipeline once there are tables",
    async (choices) => {
      const { engine, topology } = choices;
      const { atOnce, withTables } = resources[engine];
      await using workspace = await workspaceOf(choices);
      expect(await workspace.init()).toMatchObject({ code: 0 });
      const { actions } = await workspace.plan();
      expect(
        Object.keys(actions)
          .filter((address) => inDatabase.test(address))
          .sort(),
      ).toEqual(atOnce);
      expect(Object.keys(actions).filter((address) => /pipeline\.pipeline/.test(address))).toEqual(
        [],
      );
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan()).changes).toEqual(unchanged);
      const before = await workspace.output();
      if (topology === "byoc") {
        const waits = "# there is no pipeline yet: it waits for cdc_tables_ready";
        expect(before).toMatchObject({ logs_command: waits, first_row_command: waits });
      }
      expect(before.cdc_tables_next_step).toBe(
        "Create the tables of cdc_tables with your migrations and run db_setup_command. Then set cdc_tables_ready = true and apply again: until then the user may read no table.",
      );

      const vars = { cdc_tables_ready: true };
      expect((await workspace.plan({ vars })).actions).toEqual(
        Object.fromEntries(
          [...withTables, ...(topology === "byoc" ? ["redpanda_pipeline.pipeline[0]"] : [])].map(
            (address) => [address, "create"],
          ),
        ),
      );
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect((await workspace.plan({ vars })).changes).toEqual(unchanged);
      expect(await workspace.output()).not.toHaveProperty("cdc_tables_next_step");

      const made = workspace.calls
        .filter(({ method, plannedState }) => method === "ApplyResourceChange" && plannedState)
        .map(({ type }) => type);
      // Last of all that matters to it.
      if (topology === "byoc") expect(made.at(-1)).toBe("redpanda_pipeline");
      workspace.calls.length = 0;
      expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
      expect([...workspace.objects.keys()]).toEqual([]);
      const gone = workspace.calls
        .filter(({ method }) => method === "ApplyResourceChange")
        .map(({ type }) => type);
      const last = gone.findLastIndex((type) => inDatabase.test(type));
      // Whatever leads to the database goes after all that is in it.
      for (const way of [
        "aws_rds_cluster_instance",
        "aws_rds_cluster",
        "aws_security_group",
        ...(topology === "byoc"
          ? ["aws_route_table_association", "aws_route_table", "aws_internet_gateway"]
          : []),
      ]) {
        expect(gone.indexOf(way)).toBeGreaterThan(last);
      }
    },
  );

  test("PostgreSQL's provider verifies the server, by the file given", async () => {
    await using workspace = await workspaceOf({ engine: "postgres", topology: "byoc" });
    expect((await workspace.apply()).code).toBe(0);
    const { db_cluster_endpoint: host } = await workspace.output();
    const [role] = workspace.calls.filter(
      ({ method, type }) => method === "ApplyResourceChange" && type === "postgresql_role",
    );
    expect(role?.providerConfig).toMatchObject({
      host,
      port: 5432,
      database: "demo_db",
      username: "postgres",
      password: "postgres",
      superuser: false,
      sslmode: "verify-full",
      sslrootcert: "rds-ca.pem",
      // Seconds. The provider's own default is three minutes.
      connect_timeout: 10,
    });
  });

  test("MySQL's provider verifies the server, by the certificates' text", async () => {
    await using workspace = await workspaceOf({ engine: "mysql", topology: "byoc" });
    expect((await workspace.apply()).code).toBe(0);
    const { db_cluster_endpoint: host } = await workspace.output();
    const [user] = workspace.calls.filter(
      ({ method, type }) => method === "ApplyResourceChange" && type === "mysql_user",
    );
    expect(user?.providerConfig).toMatchObject({
      endpoint: `${host}:3306`,
      username: "admin",
      custom_tls: [{ ca_cert: workspace.read("generated_rds-ca.pem").trimEnd() }],
    });
    // The provider reads them even where it will not connect: in the first plan, too.
    const configured = workspace.calls.filter(
      ({ method, provider }) => method === "ConfigureProvider" && provider === "mysql",
    );
    expect(new Set(configured.map(({ config }) => JSON.stringify(config?.custom_tls))).size).toBe(
      1,
    );
  });

  test("the list of tables is followed table by table", async () => {
    await using workspace = await workspaceOf({ engine: "postgres", topology: "byoc" });
    const vars = { cdc_tables_ready: true, cdc_tables: ["orders", "customers"] };
    expect((await workspace.apply({ vars })).code).toBe(0);
    const changed = { ...vars, cdc_tables: ["orders", "invoices"] };
    expect((await workspace.plan({ vars: changed })).actions).toEqual({
      'postgresql_grant.select["customers"]': "delete",
      'postgresql_grant.select["invoices"]': "create",
      "postgresql_publication.pglog_stream[0]": "update",
      "local_file.cdc_setup_sql[0]": "replace",
      "local_file.insert_sql[0]": "replace",
      "local_file.pipeline_yaml[0]": "replace",
      "redpanda_pipeline.pipeline[0]": "update",
    });
  });

  test.each<Choices & { cluster: string }>([
    { engine: "postgres", topology: "byoc", cluster: "aws_rds_cluster.aurora" },
    { engine: "mysql", topology: "ec2", cluster: "aws_rds_cluster.aurora_mysql" },
  ])(
    "a new master password of $cluster is applied first, alone",
    async ({ cluster, ...choices }) => {
      await using workspace = await workspaceOf(choices);
      // A server that knows its password.
      let known: unknown;
      workspace.onCall(({ method, type, config, providerConfig }) => {
        if (method === "ApplyResourceChange" && type === "aws_rds_cluster") {
          known = config?.master_password_wo;
        }
        return method === "ReadResource" &&
          inDatabase.test(type) &&
          providerConfig.password !== known
          ? { error: "password authentication failed" }
          : undefined;
      });
      expect((await workspace.apply()).code).toBe(0);

      const password = choices.topology === "byoc" ? "db_password" : "db_master_password";
      const vars = { [password]: "another-password", [`${password}_version`]: 2 };
      const { code, diagnostics } = await workspace.apply({ vars });
      expect(code).toBe(1);
      expect(new Set(diagnostics.map(({ summary }) => summary))).toEqual(
        new Set(["password authentication failed"]),
      );
      expect((await workspace.apply({ vars, args: [`-target=${cluster}`] })).code).toBe(0);
      expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    },
  );

  test("a pipeline with an access key waits for both, the key and the tables", async () => {
    await using workspace = await workspaceOf(
      { engine: "mysql", topology: "byoc", credentials: "static" },
      { access_key_version: 0 },
    );
    const key = {
      access_key_version: 1,
      access_key_id: "AKIACANARY0000000000",
      secret_access_key: "Canary+secret/access=key0000000000000000",
    };
    const isPlanned = async (vars: Record<string, unknown>) =>
      "redpanda_pipeline.pipeline[0]" in (await workspace.plan({ vars })).actions;
    expect([
      await isPlanned({}),
      await isPlanned(key),
      await isPlanned({ cdc_tables_ready: true }),
      await isPlanned({ ...key, cdc_tables_ready: true }),
    ]).toEqual([false, false, false, true]);
  });

  test.each<[string, Choices["engine"]]>([
    ["postgresql_role", "postgres"],
    ["postgresql_grant", "postgres"],
    ["postgresql_publication", "postgres"],
    ["mysql_user", "mysql"],
    ["mysql_grant", "mysql"],
    ["mysql_sql", "mysql"],
  ])("an apply that fails at every %s is made good by the next one", async (failing, engine) => {
    const vars = { cdc_tables_ready: true };
    await using workspace = await workspaceOf({ engine, topology: "ec2" });
    const end = workspace.onCall((call) =>
      call.method === "ApplyResourceChange" && call.type === failing
        ? { error: "dial tcp: i/o timeout" }
        : undefined,
    );
    expect((await workspace.apply({ vars })).code).toBe(1);
    end();
    expect(await workspace.apply({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    expect((await workspace.plan({ vars })).changes).toEqual(unchanged);
    expect(await workspace.destroy({ vars })).toMatchObject({ code: 0, diagnostics: [] });
    expect([...workspace.objects.keys()]).toEqual([]);
  });

  const fetchIt =
    "Fetch one, and give its path as seen from where Terraform runs: curl -fsS -w '\\n' https://truststore.pki.rds.amazonaws.com/us-east-2/us-east-2-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem";
  test.each<[string, object, string]>([
    [
      "a certificate file that is not there",
      { rds_ca_file: "missing.pem" },
      `rds_ca_file is "missing.pem", which is not a file with a PEM certificate. ${fetchIt}`,
    ],
    [
      "a certificate file that holds none",
      { rds_ca_file: "versions.tf" },
      `rds_ca_file is "versions.tf", which is not a file with a PEM certificate. ${fetchIt}`,
    ],
    [
      "a certificate file that the apply makes",
      { rds_ca_file: "./generated_rds-ca.pem" },
      'rds_ca_file is "./generated_rds-ca.pem", which the apply itself writes: a fresh checkout could not plan without it. Copy it to a name of your own, such as rds-ca.pem.',
    ],
    [
      "a database that nobody may reach",
      { admin_cidrs: [] },
      "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. Leave admin_cidrs out, or list the network that this machine connects from.",
    ],
  ])("a plan refuses %s", async (_what, variables, message) => {
    await using workspace = await workspaceOf(
      { engine: "postgres", topology: "byoc" },
      { ...variables },
    );
    const { code, diagnostics } = await workspace.plan();
    expect(code).toBe(1);
    expect(diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0])).toContain(
      message,
    );
  });
});
