import { parse } from "yaml";
import { connectProgram, FIRST_BUILD_MS, lint, whyNoConnect } from "../connect/connect";
import { covering, pairsOf } from "../covering";
import { together } from "../module-workspace";
import { ec2Values, subnets } from "../modules";
import { describeUnless, describeWithTerraform, missingTerraform } from "../standin/judges";
import { synthesized } from "../synthesized";
import { type Choices, workspaceOf } from "./ec2-workspace";

const everyChoice: Choices[] = (["postgres", "mysql"] as const).flatMap((engine) =>
  (["one", "two"] as const).flatMap((accounts) =>
    (["1", "2"] as const).flatMap((hops) =>
      (["ec2", "ecs"] as const).flatMap((host) =>
        (
          [
            { output: "stdout", format: "json" },
            { output: "redpanda", format: "json" },
            { output: "redpanda", format: "avro" },
          ] as const
        ).map((rows) => ({ engine, accounts, hops, host, ...rows })),
      ),
    ),
  ),
);

/** In which each two of them meet; all of them in `npm run test:long`. */
const combinations = process.env.LONG
  ? everyChoice
  : covering(everyChoice, (choices) =>
      pairsOf(Object.entries(choices).map((choice) => choice.join(" "))),
    );

const sasl = " and REDPANDA_SASL_PASSWORD";
const volume = ", a volume that outlives the task (EFS) at /checkpoints";

// A folder keeps MySQL's position where no topic can.
test.each([
  { engine: "postgres", output: "stdout", volume: "", sasl: "" },
  { engine: "postgres", output: "redpanda", volume: "", sasl },
  { engine: "mysql", output: "stdout", volume, sasl: "" },
  { engine: "mysql", output: "redpanda", volume: "", sasl },
])("a task with $engine and $output is told what it needs", ({ engine, output, ...told }) => {
  const [[, files = {}] = []] = synthesized({ engine, topology: "ec2", host: "ecs", output });
  const [, description] =
    /^output "container_image" \{\n {2}description = (".*")\n/m.exec(files["outputs.tf"] ?? "") ??
    [];
  expect(JSON.parse(description ?? "null")).toBe(
    `Image for the task: command "run /pipeline.yaml" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role${told.volume}, and REDPANDA_LICENSE${told.sasl} in the environment, from Secrets Manager (CDC inputs require an enterprise licence).`,
  );
});

/** The same module two times below one root, the second time with these values as well. */
function twice(values: Record<string, unknown>) {
  const flags = { engine: "postgres", topology: "ec2" };
  return together(
    {
      first: { flags, values: { name_prefix: null } },
      second: { flags, values: { name_prefix: null, ...values } },
    },
    [],
    subnets,
  );
}

/** What the module names, and by which argument. */
const namedByArgument = {
  aws_db_subnet_group: "name",
  aws_iam_instance_profile: "name",
  aws_iam_policy: "name",
  aws_iam_role: "name",
  aws_rds_cluster: "cluster_identifier",
  aws_rds_cluster_instance: "identifier",
  aws_rds_cluster_parameter_group: "name",
  aws_security_group: "name",
};

describeWithTerraform("The EC2 module", () => {
  test("is applied twice in one account, the second time with a prefix", async () => {
    await using workspace = await twice({ name_prefix: "orders" });
    await workspace.init();
    const { code, diagnostics } = await workspace.apply();
    expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
    const cast = (type: string, argument: string) =>
      workspace.objectsOf(type).map(({ state }) => String(state[argument]));
    for (const [type, argument] of Object.entries(namedByArgument)) {
      const usual = cast(type, argument).filter((name) => !name.startsWith("orders-"));
      const prefixed = cast(type, argument).filter((name) => name.startsWith("orders-"));
      expect({ [type]: prefixed.sort() }).toEqual({
        [type]: usual.map((name) => `orders-${name}`).sort(),
      });
    }
  });

  test("is refused by AWS the second time without one", async () => {
    await using workspace = await twice({});
    await workspace.init();
    const { code, diagnostics } = await workspace.apply();
    expect({ code, summaries: diagnostics.map(({ summary }) => summary) }).toEqual({
      code: 1,
      summaries: Array(6).fill("AlreadyExists"),
    });
  });

  test("makes all of this, and nothing else", async () => {
    await using workspace = await workspaceOf({});
    const { code, diagnostics, actions } = await workspace.plan();
    expect({ code, diagnostics }).toEqual({ code: 0, diagnostics: [] });
    expect(Object.keys(actions).sort()).toEqual([
      'aws_cloudwatch_log_group.aurora["iam-db-auth-error"]',
      'aws_cloudwatch_log_group.aurora["postgresql"]',
      "aws_db_subnet_group.aurora_subnets",
      "aws_iam_instance_profile.rpconnect_app_profile",
      "aws_iam_policy.assume_db_access_policy",
      "aws_iam_policy.db_connect_policy",
      "aws_iam_role.db_access_role",
      "aws_iam_role.rpconnect_app_role",
      "aws_iam_role_policy_attachment.assume_db_access_attach",
      "aws_iam_role_policy_attachment.db_access_attach",
      "aws_rds_cluster.aurora_pg",
      "aws_rds_cluster_instance.aurora_pg_instance",
      "aws_rds_cluster_parameter_group.aurora_pg_iam",
      "aws_security_group.aurora_sg",
      "local_file.cdc_cleanup_sql[0]",
      "local_file.cdc_setup_sql[0]",
      "local_file.insert_sql[0]",
      "local_file.pipeline_yaml[0]",
      "local_file.rds_ca[0]",
      "terraform_data.streamed_cluster",
    ]);
  });

  test.each(combinations)("applies, stays, and goes without a trace: %j", async (choices) => {
    await using workspace = await workspaceOf(choices);
    const files = workspace.files().filter((name) => name.endsWith(".tf"));
    expect(await workspace.run(["fmt", "-check", "-diff", ...files])).toMatchObject({ stdout: "" });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });

    const output = await workspace.output();
    expect(output).toEqual(expectedOutputs(choices, output));
    const { roles } = parse(workspace.read("generated_pipeline.yaml")).input[
      `${choices.engine}_cdc`
    ].aws;
    const suffix = choices.engine === "mysql" ? "-mysql" : "";
    expect(roles).toEqual([
      {
        role: output.db_access_role_arn,
        ...(choices.accounts === "two" ? { role_external_id: "my-secret-external-id-123" } : {}),
      },
      ...(choices.hops === "2"
        ? [{ role: expect.stringMatching(new RegExp(`role/cross-account-db-access-2${suffix}$`)) }]
        : []),
    ]);
    const [, , , , appAccount] = String(output.rpconnect_app_role_arn).split(":");
    const [, , , , databaseAccount] = String(output.db_access_role_arn).split(":");
    expect(appAccount !== databaseAccount).toBe(choices.accounts === "two");

    expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
    expect([...workspace.objects.keys()]).toEqual([]);
  });

  test("gives IAM the original's own documents, for the original's own values", async () => {
    const listed =
      "arn:aws:rds-db:eu-west-2:082958828786:dbuser:db-XQI7DHAJQW3MY5CITYCAKNYPUQ/iamuser";
    await using workspace = await workspaceOf(
      { accounts: "two", hops: "2" },
      { region: "eu-west-2", extra_dbuser_arns: [listed] },
      {
        "data.aws_caller_identity": ({
          providerConfig,
        }: {
          providerConfig: { profile?: unknown };
        }) => ({
          account_id: providerConfig.profile === "account-a" ? "927854233827" : "082958828786",
        }),
        aws_iam_role: ({ values }: { values: { name?: unknown } }) => ({
          arn: `arn:aws:iam::${values.name === "rpconnect-app-role" ? "927854233827" : "082958828786"}:role/${values.name}`,
        }),
        aws_rds_cluster: { cluster_resource_id: "cluster-U7CPSIZSCX2MPYNHKRETJG0HGE" },
      },
    );
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const documents = (await workspace.console(
      `[for document in [
      aws_iam_role.rpconnect_app_role.assume_role_policy,
      aws_iam_policy.assume_db_access_policy.policy,
      aws_iam_role.db_access_role.assume_role_policy,
      aws_iam_role_policy.assume_second_role.policy,
      aws_iam_role.db_access_role_2.assume_role_policy,
      aws_iam_policy.db_connect_policy.policy,
    ] : jsondecode(document)]`.replace(/\n */g, " "),
    )) as object[];
    const statement = (Sid: string, content: object) => ({
      Version: "2012-10-17",
      Statement: [{ Sid, Effect: "Allow", ...content }],
    });
    const externalId = { StringEquals: { "sts:ExternalId": "my-secret-external-id-123" } };
    const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
    const first = role("082958828786", "cross-account-db-access-role");
    expect(documents).toEqual([
      statement("TrustHost", {
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      statement("AssumeDbAccessRole", {
        Action: "sts:AssumeRole",
        Resource: first,
        Condition: externalId,
      }),
      statement("TrustAppRole", {
        Principal: { AWS: role("927854233827", "rpconnect-app-role") },
        Action: "sts:AssumeRole",
        Condition: externalId,
      }),
      statement("AssumeSecondRole", {
        Action: "sts:AssumeRole",
        Resource: role("082958828786", "cross-account-db-access-2"),
      }),
      statement("TrustFirstRole", { Principal: { AWS: first }, Action: "sts:AssumeRole" }),
      statement("ConnectAsDatabaseUsers", {
        Action: ["rds-db:connect"],
        Resource: [
          "arn:aws:rds-db:eu-west-2:082958828786:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/iamuser",
          listed,
        ],
      }),
    ]);
  });

  test("asks nobody's password into the state, and none for Redpanda at all", async () => {
    await using workspace = await workspaceOf(
      { output: "redpanda" },
      { db_master_password: "Canary-ec2-93b1" },
    );
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const files = workspace.files().filter((file) => workspace.read(file).includes("Canary"));
    expect(files).toEqual([]);
    expect(workspace.read("generated_pipeline.yaml")).toContain("${REDPANDA_SASL_PASSWORD}");
  });
});

describeUnless(
  [...missingTerraform(), ...whyNoConnect()],
  "Redpanda Connect itself, self-hosted",
  () => {
    beforeAll(connectProgram, FIRST_BUILD_MS);

    // Of rows in Avro, test/templates/pipeline.slow.test.ts.
    test.each(
      everyChoice.filter(
        ({ accounts, hops, host, format }) =>
          accounts === "two" && hops === "2" && host === "ec2" && format === "json",
      ),
    )("has nothing to say against the pipeline of %j", async (choices) => {
      await using workspace = await workspaceOf(choices);
      expect((await workspace.apply()).code).toBe(0);
      const yaml = workspace.read("generated_pipeline.yaml");
      expect(await lint(yaml, { build: "standard" })).toEqual({
        lints: [],
        variables: choices.output === "redpanda" ? ["REDPANDA_SASL_PASSWORD"] : [],
      });
    });
  },
);

describeWithTerraform("What the EC2 module refuses while it plans", () => {
  const problems = async (
    choices: Partial<Choices>,
    variables: Record<string, unknown>,
    answers: object = {},
  ) => {
    await using workspace = await workspaceOf(choices, variables, answers);
    const { diagnostics } = await workspace.plan();
    return diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ detail }) => detail.split("\n\nThis was checked by")[0]);
  };

  test("subnets of one zone", async () => {
    const oneZone = {
      "data.aws_subnet": { vpc_id: ec2Values.vpc_id, availability_zone: "us-east-2a" },
    };
    expect(await problems({}, {}, oneZone)).toEqual([
      'db_subnet_ids is ["subnet-043c307ad7cec520a","subnet-04848c8e444a48139"], all in one zone. Aurora requires subnets in at least two zones.',
    ]);
  });

  test("a subnet of another VPC", async () => {
    const elsewhere = {
      "data.aws_subnet": ({ values }: { values: Record<string, unknown> }) => ({
        ...subnets["data.aws_subnet"]({ values }),
        ...(values.id === "subnet-04848c8e444a48139" ? { vpc_id: "vpc-0000000000000000f" } : {}),
      }),
    };
    expect(await problems({}, {}, elsewhere)).toEqual([
      "db_subnet_ids lists subnet-04848c8e444a48139, which is in vpc-0000000000000000f, and vpc_id is vpc-0342476ccc1ef05f4. List subnets of that VPC, or correct vpc_id.",
    ]);
  });

  test("and warns of a database user whom no role of this account may become", async () => {
    const arn = "arn:aws:rds-db:us-east-2:123456789012:dbuser:db-XQI7DHAJQW3MY5CITYCAKNYPUQ/u";
    await using workspace = await workspaceOf({}, { extra_dbuser_arns: [arn] });
    const { code, diagnostics } = await workspace.plan();
    expect({ code, diagnostics }).toEqual({
      code: 0,
      diagnostics: [
        {
          severity: "warning",
          summary: "Check block assertion failed",
          detail: `extra_dbuser_arns is ["${arn}"]. RDS lets in only roles of the database's own account, here 111122223333: a database in another account requires a role there, which this one assumes.`,
        },
      ],
    });
  });

  test("two profiles that lead to one account", async () => {
    const oneAccount = { "data.aws_caller_identity": { account_id: "123456789012" } };
    expect(await problems({ accounts: "two" }, {}, oneAccount)).toEqual([
      "aws_profile and app_aws_profile both lead to account 123456789012. This module is for two accounts: give the other one's profile, or synthesize with --accounts one.",
    ]);
  });
});

function expectedOutputs(choices: Choices, made: Record<string, unknown>) {
  const postgres = choices.engine === "postgres";
  const suffix = postgres ? "" : "-mysql";
  const endpoint = String(made.aurora_endpoint);
  const client = (file: string) =>
    postgres
      ? `psql "host=${endpoint} port=5432 user=postgres dbname=exampledb sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc --set=ON_ERROR_STOP=1 --file=${file}`
      : `mysql --host=${endpoint} --port=3306 --user=admin --password --ssl-ca=generated_rds-ca.pem $(mysql --help | grep -q -e --ssl-mode && echo --ssl-mode=VERIFY_IDENTITY || echo --ssl-verify-server-cert) --database=exampledb < ${file}`;
  const redpanda = choices.output === "redpanda";
  const cluster = postgres ? "aurora-pg-iam-demo" : "aurora-iam-demo-mysql";
  const keepsFile = !postgres && !redpanda;
  const [, id] = /:dbuser:(.*)\//.exec(String(made.aurora_db_user_arn)) ?? [];
  const file = `checkpoints/rpconnect-${id}`;
  const inFolder = (run: string) =>
    keepsFile
      ? `if [ -e checkpoints/rpconnect ] && ! [ -e ${file} ]; then printf '%s\\n' "checkpoints/rpconnect is the position in a cluster that it does not name. If it is this one, run this again after: mv checkpoints/rpconnect ${file}" "If it was another one, also one that this was restored from, after: rm checkpoints/rpconnect" >&2; false; else mkdir -p checkpoints && ${run}; fi`
      : run;
  return {
    aurora_endpoint: expect.stringMatching(new RegExp(`^${cluster}\\.cluster-`)),
    aurora_reader_endpoint: expect.stringMatching(new RegExp(`^${cluster}\\.cluster-ro-`)),
    db_setup_command: client("generated_cdc_setup.sql"),
    db_insert_command: client("generated_insert.sql"),
    db_cleanup_command: client("generated_cdc_cleanup.sql"),
    rpconnect_app_role_arn: expect.stringMatching(
      new RegExp(`^arn:aws:iam::\\d{12}:role/rpconnect-app-role${suffix}$`),
    ),
    db_access_role_arn: expect.stringMatching(
      new RegExp(`^arn:aws:iam::\\d{12}:role/cross-account-db-access-role${suffix}$`),
    ),
    aurora_db_user_arn: expect.stringMatching(
      /^arn:aws:rds-db:us-east-2:\d{12}:dbuser:cluster-[A-Z0-9]{26}\/iamuser$/,
    ),
    ...(choices.host === "ec2"
      ? {
          instance_profile_name: `rpconnect-app-instance-profile${suffix}`,
          docker_run_command: inFolder(
            `docker run --rm --user "$(id -u):$(id -g)" --env REDPANDA_LICENSE ${redpanda ? "--env REDPANDA_SASL_PASSWORD " : ""}--volume "$PWD/generated_pipeline.yaml:/pipeline.yaml:ro" ${keepsFile ? '--volume "$PWD/checkpoints:/checkpoints" ' : ""}docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml`,
          ),
        }
      : { container_image: "docker.redpanda.com/redpandadata/connect:4.100.0" }),
    ...(redpanda
      ? {
          consume_command: `rpk topic consume iam_test --offset start${choices.format === "avro" ? " --use-schema-registry=value" : ""}`,
          first_row_command: expect.stringMatching(
            postgres
              ? /^sh first_row\.sh iam_test public rpcn_iam_test psql "/
              : /^sh first_row\.sh iam_test iamuser exampledb mysql --/,
          ),
        }
      : {}),
    // The texts are in files.
    ...Object.fromEntries(
      ["rds_ca_pem", "cdc_setup_sql", "insert_sql", "cdc_cleanup_sql", "pipeline_yaml"].map(
        (name) => [name, ""],
      ),
    ),
  };
}
