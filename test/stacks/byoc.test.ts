import { moduleWith, stacks } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

/** What every stack of this topology makes, by address. */
const common = [
  'aws_cloudwatch_log_group.aurora["iam-db-auth-error"]',
  "aws_db_subnet_group.db",
  "aws_iam_role.allow_connect_to_aurora_iam_demo_user",
  "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy",
  "aws_internet_gateway.this",
  "aws_rds_cluster.aurora",
  "aws_rds_cluster_instance.aurora_instance",
  "aws_route_table.public",
  "aws_route_table_association.public[0]",
  "aws_route_table_association.public[1]",
  "aws_security_group.db",
  "aws_subnet.public[0]",
  "aws_subnet.public[1]",
  "aws_vpc.this",
  "local_file.cdc_cleanup_sql[0]",
  "local_file.cdc_setup_sql[0]",
  "local_file.iam_policy_json[0]",
  "local_file.insert_sql[0]",
  "local_file.pipeline_yaml[0]",
  "local_file.rds_ca[0]",
  "redpanda_acl.topic_describe_for_produce",
  "redpanda_acl.topic_write",
  "redpanda_pipeline.pipeline",
  "redpanda_secret.sasl_password",
  "redpanda_topic.topic",
  "redpanda_user.app",
];

/** What only one engine's stack makes. */
const particular: Record<string, string[]> = {
  "aurora-postgres": [
    'aws_cloudwatch_log_group.aurora["postgresql"]',
    "aws_rds_cluster_parameter_group.aurora_pg17",
    "terraform_data.streamed_cluster",
  ],
  "aurora-mysql": [
    'aws_cloudwatch_log_group.aurora["error"]',
    "aws_rds_cluster_parameter_group.aurora_mysql",
    "redpanda_acl.checkpoints_describe",
    "redpanda_acl.checkpoints_read",
    "redpanda_acl.checkpoints_write",
    "redpanda_topic.checkpoints",
    "terraform_data.checkpoint_cluster",
  ],
};

/** The alarms on each stack's cluster, by name. */
const alarmed: Record<string, string[]> = {
  "aurora-postgres": [
    "demo-postgres-aurora-pg-capacity",
    "demo-postgres-aurora-pg-connections",
    "demo-postgres-aurora-pg-refused-tokens",
    "demo-postgres-aurora-pg-replica-lag",
    "demo-postgres-aurora-pg-slot-files",
    "demo-postgres-aurora-pg-slot-lag",
    "demo-postgres-aurora-pg-wal-size",
  ],
  "aurora-mysql": [
    "demo-mysql-aurora-mysql-binary-log-files",
    "demo-mysql-aurora-mysql-binary-log-size",
    "demo-mysql-aurora-mysql-capacity",
    "demo-mysql-aurora-mysql-connections",
    "demo-mysql-aurora-mysql-refused-tokens",
    "demo-mysql-aurora-mysql-replica-lag",
  ],
};

describeWithTerraform("The BYOC module, with the original's values unchanged", () => {
  describe.each(stacks)("%s", (stack) => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await Workspace.create(moduleWith(stack));
    });
    afterAll(() => workspace.close());

    test("is formatted and valid", async () => {
      const files = workspace.files().filter((name) => name.endsWith(".tf"));
      expect(await workspace.run(["fmt", "-check", "-diff", ...files])).toMatchObject({
        code: 0,
        stdout: "",
      });
      expect(await workspace.init()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
    });

    test("makes all of this, and nothing else", async () => {
      const { code, diagnostics, actions } = await workspace.plan();
      expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
      expect(Object.keys(actions).sort()).toEqual([...common, ...(particular[stack] ?? [])].sort());
      expect(new Set(Object.values(actions))).toEqual(new Set(["create"]));
    });

    test("applies, and a second plan is empty", async () => {
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await workspace.plan()).toMatchObject({
        code: 0,
        diagnostics: [],
        changes: { add: 0, change: 0, remove: 0 },
      });
    });

    test("writes these files into its folder", () => {
      expect(workspace.files().filter((name) => name.startsWith("generated_"))).toEqual([
        "generated_cdc_cleanup.sql",
        "generated_cdc_setup.sql",
        "generated_insert.sql",
        "generated_pipeline.yaml",
        "generated_rds-ca.pem",
        "generated_x-account-rds-iam-policy.json",
      ]);
    });

    test("gives every output its value, without a path of this machine", async () => {
      const output = await workspace.output();
      const made = {
        resourceId: String(output.aurora_instance_resource_id),
        endpoint: String(output.db_cluster_endpoint),
        pipelineId: String(output.rpcn_pipeline_id),
        account: String(output.iam_db_auth_role_arn).split(":")[4],
        apiUrl: String(await workspace.console("data.redpanda_cluster.byoc.cluster_api_url")),
      };
      expect(made.resourceId).toMatch(/^cluster-[A-Z0-9]{26}$/);
      expect(made.endpoint).toMatch(/^demo-(postgres|mysql)-aurora-(pg|mysql)\.cluster-/);
      expect(output).toEqual(expectedOutputs(stack, made));
      expect(JSON.stringify(output)).not.toContain(workspace.dir);
    });

    test("makes these alarms where topics are named, and takes them away again", async () => {
      const topics = ["arn:aws:sns:us-east-2:861276079005:on-call"];
      const args = [`-var=alarm_topic_arns=${JSON.stringify(topics)}`];
      const { code, diagnostics } = await workspace.apply({ args });
      expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
      const alarms = workspace.objectsOf("aws_cloudwatch_metric_alarm").map(({ state }) => state);
      expect(alarms.map(({ alarm_name: name }) => name).sort()).toEqual(alarmed[stack]);
      for (const alarm of alarms) {
        expect(alarm).toMatchObject({ alarm_actions: topics, ok_actions: topics });
      }
      expect((await workspace.plan({ args })).actions).toEqual({});
      const { actions } = await workspace.apply();
      expect(new Set(Object.values(actions))).toEqual(new Set(["delete"]));
      expect(workspace.objectsOf("aws_cloudwatch_metric_alarm")).toEqual([]);
    });

    test("is destroyed without a trace", async () => {
      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect([...workspace.objects.keys()]).toEqual([]);
      expect(workspace.files().filter((name) => name.startsWith("generated_"))).toEqual([]);
    });
  });

  test.each(stacks)("%s spreads over three zones, and adds a zone in place", async (stack) => {
    await using workspace = await Workspace.create(moduleWith(stack));
    expect((await workspace.apply({ args: ["-var=az_count=2"] })).code).toBe(0);
    const { code, actions } = await workspace.plan({ args: ["-var=az_count=3"] });
    expect({ code, actions }).toEqual({
      code: 0,
      actions: {
        "aws_db_subnet_group.db": "update",
        "aws_route_table_association.public[2]": "create",
        "aws_subnet.public[2]": "create",
      },
    });
    expect((await workspace.apply({ args: ["-var=az_count=3"] })).code).toBe(0);
    expect(await workspace.console("aws_subnet.public[*].cidr_block")).toEqual(
      stack === "aurora-postgres"
        ? ["10.201.0.0/26", "10.201.0.64/26", "10.201.0.128/26"]
        : ["10.211.0.0/26", "10.211.0.64/26", "10.211.0.128/26"],
    );
    expect((await workspace.destroy({ args: ["-var=az_count=3"] })).code).toBe(0);
    expect(workspace.objects.size).toBe(0);
  });

  test.each(stacks)("%s takes four zones where the region has them", async (stack) => {
    const names = ["a", "b", "c", "d"].map((zone) => `us-east-2${zone}`);
    await using workspace = await Workspace.create({
      ...moduleWith(stack),
      answers: { "data.aws_availability_zones": { names } },
    });
    const args = ["-var=az_count=4"];
    expect(await workspace.apply({ args })).toMatchObject({ code: 0, diagnostics: [] });
    expect(await workspace.console("aws_subnet.public[*].availability_zone")).toEqual(names);
    expect((await workspace.plan({ args })).changes).toEqual({ add: 0, change: 0, remove: 0 });
  });

  test("says which region has too few zones before it makes anything", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-mysql"));
    const { diagnostics } = await workspace.plan({ args: ["-var=az_count=4"] });
    expect(diagnostics[0]?.detail).toBe(
      "az_count is 4, but us-east-2 offers this account 3 zones: lower az_count or choose another region.",
    );
  });
});

interface Made {
  readonly resourceId: string;
  readonly endpoint: string;
  readonly pipelineId: string;
  readonly account: string | undefined;
  readonly apiUrl: string;
}

function expectedOutputs(stack: string, made: Made) {
  const { resourceId, endpoint, pipelineId, account, apiUrl } = made;
  const postgres = stack === "aurora-postgres";
  const prefix = postgres ? "demo-postgres" : "demo-mysql";
  const client = (file: string) =>
    postgres
      ? `psql "host=${endpoint} port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc --set=ON_ERROR_STOP=1 --file=${file}`
      : `mysql --host=${endpoint} --port=3306 --user=admin --password --ssl-ca=generated_rds-ca.pem $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=demo_db < ${file}`;
  const role = "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline";
  return {
    db_cluster_endpoint: endpoint,
    db_name: "demo_db",
    db_username: postgres ? "postgres" : "admin",
    aurora_instance_resource_id: resourceId,
    describe_cluster_command: `aws rds describe-db-clusters --db-cluster-identifier ${prefix}-aurora-${postgres ? "pg" : "mysql"} --query 'DBClusters[].[DBClusterIdentifier,DbClusterResourceId,Endpoint,Status]' --output table --region us-east-2 --profile se_demo`,
    db_setup_command: client("generated_cdc_setup.sql"),
    db_insert_command: client("generated_insert.sql"),
    db_cleanup_command: client("generated_cdc_cleanup.sql"),
    iam_db_auth_role_arn: `arn:aws:iam::${account}:role/${prefix}-allow_connect_to_aurora-iam-demo-user`,
    trusted_principal_role_name: role,
    trusted_principal_role_arn: `arn:aws:iam::861276079005:role/${role}`,
    generated_policy_json: "./generated_x-account-rds-iam-policy.json",
    assume_role_policy: `${prefix}-assume-dbconnect-policy`,
    attach_policy_command: `aws iam put-role-policy --role-name ${role} --policy-name ${prefix}-assume-dbconnect-policy --policy-document file://generated_x-account-rds-iam-policy.json`,
    detach_policy_command: `aws iam delete-role-policy --role-name ${role} --policy-name ${prefix}-assume-dbconnect-policy`,
    rpcn_pipeline_id: pipelineId,
    wait_for_pipeline_command: `sh wait_for_pipeline.sh ${apiUrl} ${pipelineId}`,
    cdc_output_topic: `${prefix}.iam_auth_topic_test`,
    logs_command: `rpk topic consume __redpanda.connect.logs --offset end --format '%k %v\\n' | grep --line-buffered '^${pipelineId} '`,
    consume_command: `rpk topic consume ${prefix}.iam_auth_topic_test --offset start`,
    first_row_command: postgres
      ? `sh first_row.sh demo-postgres.iam_auth_topic_test public rpcn_iam_test psql "host=${endpoint} port=5432 user=postgres dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc --set=ON_ERROR_STOP=1`
      : `sh first_row.sh demo-mysql.iam_auth_topic_test iam_demo_user demo_db mysql --host=${endpoint} --port=3306 --user=admin --password --ssl-ca=generated_rds-ca.pem $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=demo_db`,
    // The texts are in files.
    ...Object.fromEntries(
      [
        ...["rds_ca_pem", "cdc_setup_sql", "insert_sql", "cdc_cleanup_sql"],
        ...["iam_policy_json", "pipeline_yaml"],
      ].map((name) => [name, ""]),
    ),
  };
}
