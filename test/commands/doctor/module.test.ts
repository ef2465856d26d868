import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Diagnosis } from "../../../commands/doctor/diagnosis";
import { type Module, readModule } from "../../../commands/doctor/module";
import { asText, reportOn } from "../../../commands/doctor/report";
import { UsageError } from "../../../commands/usage-error";
import { mysql } from "../../../engines/mysql";
import { postgres } from "../../../engines/postgres";
import { examples } from "./examples";

/** The report on an example of an entry, with the module's names. */
function report(id: string, module: Module): string {
  const diagnosis = new Diagnosis();
  const { is, level = "ERROR" } = examples[id] ?? { is: "" };
  diagnosis.add({ message: is, level });
  return asText(reportOn(diagnosis, module));
}

describe("names of a Connect of one's own", () => {
  test("are found under the outputs of its module", () => {
    const folder = mkdtempSync(join(tmpdir(), "state-"));
    const file = join(folder, "output.json");
    const value = (text: string) => ({ sensitive: false, type: "string", value: text });
    writeFileSync(
      file,
      JSON.stringify({
        aurora_endpoint: value(
          "aurora-pg-iam-demo.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com",
        ),
        db_access_role_arn: value("arn:aws:iam::123456789012:role/cross-account-db-access-role"),
        rpconnect_app_role_arn: value("arn:aws:iam::123456789012:role/rpconnect-app-role"),
        aurora_db_user_arn: value(
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ/iamuser",
        ),
        docker_run_command: value(
          "docker run --rm --env REDPANDA_LICENSE connect run /pipeline.yaml",
        ),
      }),
    );
    const module = readModule(file);
    rmSync(folder, { recursive: true });
    expect(module.topology).toBe("ec2");
    expect(module.names).toMatchObject({
      db_cluster_endpoint: "aurora-pg-iam-demo.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com",
      db_connect_role: "cross-account-db-access-role",
      trusted_principal_role_name: "rpconnect-app-role",
      iam_auth_user: "iamuser",
      aurora_instance_resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      region: "us-east-2",
    });
    expect(report("L1", module)).toContain(`To fix it, in the module's folder:
  Get a licence at https://redpanda.com/try-enterprise (30 days) or from Redpanda, and pass it in
  the environment:
    export REDPANDA_LICENSE='…'
    docker run --rm --env REDPANDA_LICENSE connect run /pipeline.yaml
`);
  });
});

/** What an apply leaves behind, as far as names are read from it. */
const outputs = {
  rpcn_pipeline_id: { value: "d5nfcb0objac738nhf90" },
  db_setup_command: { value: "mysql --host=db < generated_cdc_setup.sql" },
  az_count: { value: 2 },
  nothing: { value: "" },
};
const resources: [mode: string, type: string, values: Record<string, unknown>][] = [
  ["data", "aws_rds_cluster", { cluster_identifier: "another" }],
  [
    "managed",
    "aws_rds_cluster",
    {
      cluster_identifier: "demo-aurora-mysql",
      cluster_resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      endpoint: "demo.cluster-abc.us-east-2.rds.amazonaws.com",
      database_name: "demo_db",
      db_cluster_parameter_group_name: "demo-pg",
      port: 3306,
    },
  ],
  ["managed", "aws_rds_cluster_instance", { identifier: "demo-1" }],
  ["managed", "aws_rds_cluster_instance", { identifier: "demo-2" }],
  ["managed", "aws_security_group", { id: "sg-0a1b2c3d4e5f67890" }],
  ["managed", "redpanda_user", { name: "demo_user" }],
  ["managed", "redpanda_secret", { name: "DEMO_SASL_PASSWORD" }],
  [
    "managed",
    "aws_iam_role_policy",
    {
      policy: JSON.stringify({
        Resource: "arn:aws-us-gov:rds-db:us-gov-west-1:123456789012:dbuser:cluster-ABC-1/iam_user",
      }),
      description: "  slot_name: not_read_from_here",
    },
  ],
  ["managed", "redpanda_pipeline", { id: "another", config_yaml: pipelineYaml() }],
  ["managed", "local_file", { content: "  slot_name: second_slot\n  schema: second" }],
];

function pipelineYaml(): string {
  return `input:
  mysql_cdc:
    tables: ["orders", "items"]
    checkpoint_key: "demo.rows-1"
    slot_name: "first_slot"
    schema: sales
cache_resources:
  - label: cdc_checkpoints
    redpanda:
      topic: "demo.checkpoints-1"
output:
  redpanda:
    key: a
    topic: demo.rows-1
`;
}

const names = {
  rpcn_pipeline_id: "d5nfcb0objac738nhf90",
  db_setup_command: "mysql --host=db < generated_cdc_setup.sql",
  db_cluster_identifier: "demo-aurora-mysql",
  aurora_instance_resource_id: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  db_cluster_endpoint: "demo.cluster-abc.us-east-2.rds.amazonaws.com",
  db_name: "demo_db",
  db_parameter_group: "demo-pg",
  db_port: "3306",
  db_instance_identifier: "demo-1",
  db_security_group_id: "sg-0a1b2c3d4e5f67890",
  rp_sasl_user: "demo_user",
  sasl_password_secret: "DEMO_SASL_PASSWORD",
  cdc_tables: '["orders", "items"]',
  checkpoint_key: "demo.rows-1",
  checkpoint_topic: "demo.checkpoints-1",
  cdc_output_topic: "demo.rows-1",
  acl_topics: "demo.rows-1",
  one_output_topic: "demo.rows-1",
  topics_beginning: "demo.rows-1",
  slot_name: "first_slot",
  cdc_schema: "sales",
  region: "us-gov-west-1",
  db_account_id: "123456789012",
  iam_auth_user: "iam_user",
};

describe("names of every kind of state", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "state-"));
    file = join(folder, "terraform.tfstate");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (state: object, path = file): Module => {
    writeFileSync(file, JSON.stringify(state));
    return readModule(path);
  };
  const stateFile = {
    version: 4,
    outputs,
    resources: resources.map(([mode, type, attributes]) => ({
      mode,
      type,
      name: "first",
      instances: [{ ...(type === "redpanda_pipeline" ? { index_key: 0 } : {}), attributes }],
    })),
  };
  const outputNames = new Set(Object.keys(outputs));

  test("a pipeline of several schemas: each with its slot and tables", () => {
    const yaml = `input:
  broker:
    inputs:
      -
        label: postgres_cdc_public
        postgres_cdc:
          schema: "public"
          tables: ["orders"]

          # A large value that an update leaves as it was is not in the log.
          unchanged_toast_value: "__unchanged__"

          slot_name: "rpcn"
      -
        label: postgres_cdc_sales
        postgres_cdc:
          schema: "sales"
          tables: ["orders","lines"]
          slot_name: "rpcn_sales"
`;
    const pipeline = { ...stateFile.resources[0], mode: "managed", type: "redpanda_pipeline" };
    const instances = [{ attributes: { config_yaml: yaml } }];
    const found = read({ ...stateFile, resources: [{ ...pipeline, instances }] });
    expect(found.names.inputs).toBe('public rpcn ["orders"]\nsales rpcn_sales ["orders","lines"]');
    expect(found.names.cdc_tables).toBe('public: ["orders"], sales: ["orders","lines"]');
    expect(read(stateFile).names).not.toHaveProperty("inputs");
  });

  test("a pipeline of several databases: the tables of each", () => {
    const inputOf = (database: string, tables: string) => `      -
        mysql_cdc:
          dsn: "iam_user@tcp(db:3306)/${database}?tls=true&allowCleartextPasswords=true&timeout=10s"
          tables: ${tables}
`;
    const tablesOf = (...inputs: readonly string[]) => {
      const config_yaml = `input:\n  broker:\n    inputs:\n${inputs.join("")}`;
      const pipeline = { ...stateFile.resources[0], mode: "managed", type: "redpanda_pipeline" };
      return read({
        ...stateFile,
        resources: [{ ...pipeline, instances: [{ attributes: { config_yaml } }] }],
      }).names.cdc_tables;
    };
    const shop = inputOf("Shop-1", '["orders"]');
    expect(tablesOf(shop, inputOf("sales", '["lines","rpcn_heartbeat"]'))).toBe(
      'Shop-1: ["orders"], sales: ["lines","rpcn_heartbeat"]',
    );
    expect(tablesOf(shop)).toBe('["orders"]');
  });

  test("a state file, and the folder that it is in", () => {
    const module = {
      names: { ...names, pipeline_address: "redpanda_pipeline.first[0]" },
      topology: "byoc",
      engine: mysql,
      outputs: outputNames,
    };
    expect(read(stateFile)).toEqual(module);
    expect(read(stateFile, folder)).toEqual(module);
  });

  test("what terraform show -json prints", () => {
    const root_module = {
      resources: resources.map(([mode, type, values]) => ({
        address: `${type}.first`,
        mode,
        type,
        values,
      })),
    };
    expect(read({ format_version: "1.0", values: { outputs, root_module } })).toStrictEqual({
      names: { ...names, pipeline_address: "redpanda_pipeline.first" },
      topology: "byoc",
      engine: mysql,
      outputs: outputNames,
    });
    expect(read({ format_version: "1.0", values: { outputs } })).toStrictEqual({
      names: {
        rpcn_pipeline_id: "d5nfcb0objac738nhf90",
        db_setup_command: "mysql --host=db < generated_cdc_setup.sql",
      },
      topology: "byoc",
      engine: mysql,
      outputs: outputNames,
    });
    expect(() => read({ format_version: "1.0", values: { root_module } })).toThrow(UsageError);
  });

  test("what terraform output -json prints", () => {
    expect(
      read({ db_setup_command: { value: "psql -f setup.sql" }, region: { value: "a" } }),
    ).toStrictEqual({
      names: { db_setup_command: "psql -f setup.sql", region: "a" },
      topology: "ec2",
      engine: postgres,
      outputs: new Set(["db_setup_command", "region"]),
    });
    expect(read({ db_setup_command: { value: "psqlx -f setup.sql" } }).engine).toBeUndefined();
  });

  test("the pipeline's id, where no output tells it", () => {
    const pipeline = {
      mode: "managed",
      type: "redpanda_pipeline",
      instances: [{ attributes: { id: "a" } }],
    };
    const module = read({ version: 4, outputs: { region: { value: "b" } }, resources: [pipeline] });
    expect(module).toStrictEqual({
      names: { region: "b", rpcn_pipeline_id: "a" },
      topology: "byoc",
      outputs: new Set(["region"]),
    });
  });

  test("the pipeline's address, with a key too", () => {
    const address = (instance: object, name: object = { name: "pipeline" }) =>
      read({
        version: 4,
        outputs: { region: { value: "b" } },
        resources: [{ mode: "managed", type: "redpanda_pipeline", ...name, instances: [instance] }],
      }).names.pipeline_address;
    expect(address({})).toBe("redpanda_pipeline.pipeline");
    expect(address({ index_key: "a" })).toBe('redpanda_pipeline.pipeline["a"]');
    expect(address({}, {})).toBeUndefined();
  });

  test("settings of a pipeline in a file, quoted otherwise, and not those of like names", () => {
    const content = `my_slot_name: wrong
  slot_name:   second_slot
  my_schema: wrong
  schema:   "sales"
  my_tables: [wrong]
  tables:   []
  my_checkpoint_key: wrong
  checkpoint_key:   second
my_cache_resources:
  topic: wrong
cache_resources:
  topic:   second.checkpoints
my_output:
  topic: wrong
output:
  topic:   "second.rows"
  my_subject: "wrong-\${! @table }"
  subject:   "second.rows-\${! @table }"
`;
    const file = { mode: "managed", type: "local_file", instances: [{ attributes: { content } }] };
    expect(
      read({ version: 4, outputs: { a: { value: 1 } }, resources: [file] }).names,
    ).toStrictEqual({
      slot_name: "second_slot",
      cdc_schema: "sales",
      cdc_tables: "[]",
      checkpoint_key: "second",
      checkpoint_topic: "second.checkpoints",
      cdc_output_topic: "second.rows",
      acl_topics: "second.rows",
      one_output_topic: "second.rows",
      topics_beginning: "second.rows",
      subject_prefix: "second.rows-",
    });
  });

  test("a topic for each table, which the output names and the pipeline does not", () => {
    const yaml = `output:
  redpanda:
    topic: "demo.\${! @table_schema }.\${! @table }"
processors:
  - schema_registry_encode:
      subject: "demo.\${! @table_schema }.\${! @table }-\${! @table_schema }.\${! @table }"
`;
    const pipeline = { mode: "managed", type: "redpanda_pipeline", name: "pipeline" };
    const instances = [{ attributes: { config_yaml: yaml } }];
    const named = (outputs: object) =>
      read({ version: 4, outputs, resources: [{ ...pipeline, instances }] }).names;
    expect(
      named({ cdc_output_topic: { value: "demo.public.orders demo.sales.lines" } }),
    ).toStrictEqual({
      pipeline_address: "redpanda_pipeline.pipeline",
      cdc_output_topic: "demo.public.orders demo.sales.lines",
      acl_topics: "demo.public.orders,demo.sales.lines",
      one_output_topic: "demo.public.orders",
      topics_beginning: "demo.",
      subject_prefix: "demo.",
    });
    expect(named({ region: { value: "b" } })).not.toHaveProperty("cdc_output_topic");
  });

  test("what only looks like a command or a setting tells no name", () => {
    const namesIn = (content: string) => {
      const file = {
        mode: "managed",
        type: "local_file",
        instances: [{ attributes: { content } }],
      };
      return read({ version: 4, outputs: { a: { value: 1 } }, resources: [file] }).names;
    };
    const describe = "aws rds describe-db-clusters --region a --profile";
    expect(namesIn(`${describe} operator`)).toEqual({ aws_profile: "operator" });
    expect(namesIn(`${describe} operator | cat`)).toEqual({});
    expect(namesIn(`run: ${describe} operator`)).toEqual({});
    const psql = 'psql "host=db.example.com port=5432 user=master dbname=a"';
    expect(namesIn(psql)).toEqual({ db_username: "master" });
    expect(namesIn(`run: ${psql}`)).toEqual({});
    expect(namesIn("mysql --host=db --user=master --password")).toEqual({ db_username: "master" });
    expect(namesIn("run: mysql --host=db --user=master --password")).toEqual({});
    expect(namesIn("  subject: rows-${! @table }")).toEqual({ subject_prefix: "rows-" });
    const input = 'schema: "a"\n  tables: ["b"]\n  slot_name: "c"\n';
    expect(namesIn(`  ${input}`).inputs).toBe('a c ["b"]');
    expect(namesIn(`  my_${input}`).inputs).toBeUndefined();
    const without = '  schema: "x"\n  tables: ["y"]\n';
    expect(namesIn(`${without}  ${input}`).inputs).toBe('a c ["b"]');
    expect(namesIn(`${without}  ${input}`).cdc_tables).toBe('x: ["y"], a: ["b"]');
    expect(namesIn(`  my_${without.trimStart()}  ${input}`).cdc_tables).toBe('["y"]');
  });

  test("the last role of a list, which logs in, and an external id", () => {
    const content = `  # a - role: arn:aws:iam::000000000000:role/wrong
  my_role_external_id: "wrong"
        - role: arn:aws:iam::111111111111:role/first
        - role: arn:aws:iam::222222222222:role/second
          role_external_id:  "of-second"
        - role:  arn:aws:iam::333333333333:role/third
          role_external_id: "of-third"
`;
    const file = { mode: "managed", type: "local_file", instances: [{ attributes: { content } }] };
    expect(
      read({ version: 4, outputs: { a: { value: 1 } }, resources: [file] }).names,
    ).toMatchObject({
      login_role_arn: "arn:aws:iam::333333333333:role/third",
      external_id: "of-second",
    });
  });

  test.each([
    ['psql "host=db" --file=generated_cdc_setup.sql', "postgres"],
    [
      "sh with_password.sh 'aws secretsmanager' psql \"host=db\" --file=generated_cdc_setup.sql",
      "postgres",
    ],
    [
      "sh with_password.sh 'aws secretsmanager' mysql --no-defaults < generated_cdc_setup.sql",
      "mysql",
    ],
    ["# not yet", undefined],
  ])("the engine, by its client: %s", (command, engine) => {
    const given = { version: 4, outputs: { db_setup_command: { value: command } }, resources: [] };
    expect(read(given).engine?.flag).toBe(engine);
  });

  test("names in the commands of its outputs", () => {
    const named = (value: string) => {
      const { names } = read({ version: 4, outputs: { a: { value } }, resources: [] });
      return Object.fromEntries(Object.entries(names).filter(([name]) => name !== "a"));
    };
    const describe = "aws rds describe-db-clusters --db-cluster-identifier demo --output table";
    expect(named(`${describe} --region us-east-2 --profile demo-1`)).toEqual({
      aws_profile: "demo-1",
    });
    // Of Redpanda's account.
    expect(named("aws iam get-role --role-name demo --profile demo-1")).toEqual({});
    expect(
      named(
        'psql "host=h port=5432 user=dbadmin dbname=d sslmode=verify-full sslrootcert=generated_rds-ca.pem" --no-psqlrc',
      ),
    ).toEqual({ db_username: "dbadmin", ca_file: "generated_rds-ca.pem" });
    expect(
      named("mysql --host=h --port=3306 --user=dbadmin --password --ssl-ca=generated_rds-ca.pem x"),
    ).toEqual({ db_username: "dbadmin", ca_file: "generated_rds-ca.pem" });
  });

  test("the security group of a rule, and a cluster of either kind that is there", () => {
    const there = (mode: string, type: string, attributes: object) => ({
      mode,
      type,
      instances: [{ attributes }],
    });
    const { names } = read({
      version: 4,
      outputs: { az_count: { value: 2 } },
      resources: [
        there("managed", "aws_vpc_security_group_ingress_rule", { security_group_id: "sg-1" }),
        there("data", "redpanda_cluster", { id: "curl3eo533cmsnt23dv0" }),
        there("data", "aws_rds_cluster", { cluster_identifier: "demo" }),
        there("data", "aws_security_group", { id: "sg-2" }),
      ],
    });
    expect(names).toEqual({
      db_security_group_id: "sg-1",
      redpanda_cluster_id: "curl3eo533cmsnt23dv0",
      db_cluster_identifier: "demo",
    });
  });

  test("several instances of one resource, of which the first counts, and one that is not made", () => {
    const instances = [{}, { attributes: { id: "first" } }, { attributes: { id: "second" } }];
    const security = { mode: "managed", type: "aws_security_group", instances };
    expect(read({ version: 4, outputs, resources: [security] }).names.db_security_group_id).toBe(
      "first",
    );
  });

  test("none, where nothing is given and the working directory has none", () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(readModule()).toEqual({ names: {} });
      const { names } = read(stateFile);
      expect(readModule().names).toEqual(names);
    } finally {
      process.chdir(before);
    }
  });
});

describe("what is no state", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const how =
    "Run `terraform show -json > state.json` in the module's folder, and give --state state.json.";

  test("a folder without one", () => {
    expect(() => readModule(folder)).toThrow(
      new UsageError(
        `--state is the folder "${folder}", and it contains no terraform.tfstate: nothing has been applied there, or the state is remote. ${how}`,
      ),
    );
  });

  test("a folder with the states of several stacks of `cdktf deploy`, not with that of one", () => {
    const state = JSON.stringify({
      version: 4,
      outputs: { region: { value: "eu-west-1" } },
      resources: [],
    });
    const [one, other] = ["mysql", "postgres"].map((engine) =>
      join(folder, `terraform.aurora-${engine}.tfstate`),
    ) as [string, string];
    for (const name of ["cdktf.json", `old.${basename(one)}`, `${basename(one)}.backup`]) {
      writeFileSync(join(folder, name), "{}");
    }
    writeFileSync(one, state);
    expect(readModule(folder)).toEqual(readModule(one));
    writeFileSync(other, state);
    expect(() => readModule(folder)).toThrow(
      new UsageError(
        `--state is the folder "${folder}", and it contains terraform.aurora-mysql.tfstate and terraform.aurora-postgres.tfstate: give one of them, such as --state "${one}".`,
      ),
    );
  });

  test("a file that is not there", () => {
    const file = join(folder, "state.json");
    expect(() => readModule(file)).toThrow(
      new UsageError(`--state is "${file}", which cannot be read. ${how}`),
    );
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["empty", "{}"],
    ["something else", '{"a":1}'],
  ])("%s", (_what, text) => {
    const file = join(folder, "state.json");
    writeFileSync(file, text);
    expect(() => readModule(file)).toThrow(
      new UsageError(
        `--state is "${file}", which contains no Terraform state with outputs. ${how}`,
      ),
    );
  });
});

describe("a message puts nothing into a command but names", () => {
  test.each([
    "User: arn:aws:sts::111122223333:assumed-role/a;reboot/1 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/b$(reboot)",
    "User: arn:aws:iam::111122223333:user/a`reboot` is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/b'||reboot'",
    "ERROR 1045 (28000): Access denied for user 'a';reboot;'@'203.0.113.10' (using password: YES)",
  ])("%s", (message) => {
    const diagnosis = new Diagnosis();
    diagnosis.add({ message, level: "ERROR" });
    const { cause } = reportOn(diagnosis, { names: {} });
    expect(cause?.fix.length).toBeGreaterThan(0);
    expect(JSON.stringify(cause?.fix)).not.toContain("reboot");
  });
});

test("with an access key the secrets are told apart by their addresses", () => {
  const secret = (address: string, name: string) => ({
    address: `redpanda_secret.${address}`,
    mode: "managed",
    type: "redpanda_secret",
    values: { name },
  });
  const folder = mkdtempSync(join(tmpdir(), "state-"));
  const file = join(folder, "static.json");
  // In Terraform's order; there is no pipeline before there is a key.
  writeFileSync(
    file,
    JSON.stringify({
      format_version: "1.0",
      values: {
        outputs: { create_access_key_command: { value: "aws iam create-access-key" } },
        root_module: {
          resources: [
            secret("access_key_id[0]", "DEMO_AWS_ACCESS_KEY_ID"),
            secret("sasl_password", "DEMO_SASL_PASSWORD"),
            secret("secret_access_key[0]", "DEMO_AWS_SECRET_ACCESS_KEY"),
          ],
        },
      },
    }),
  );
  const { names, topology } = readModule(file);
  rmSync(folder, { recursive: true });
  expect(topology).toBe("byoc");
  expect(names).toEqual({
    create_access_key_command: "aws iam create-access-key",
    access_key_id_secret: "DEMO_AWS_ACCESS_KEY_ID",
    sasl_password_secret: "DEMO_SASL_PASSWORD",
    secret_access_key_secret: "DEMO_AWS_SECRET_ACCESS_KEY",
  });
});

test("a database without a public address has a firewall of Redpanda's before it", () => {
  const text = report("P2", {
    topology: "byoc",
    names: { allow_egress_command: "curl … | jq … | curl …", region: "us-east-2" },
    outputs: new Set(["allow_egress_command"]),
  });
  expect(
    text,
  ).toContain(`  Redpanda's firewall blocks private addresses until a rule of the cluster allows them. The rules
  that there are, and what adds this module's:
`);
  expect(text).toContain("    curl … | jq … | curl …\n");
  expect(text).not.toContain("redpanda_cidrs");
});
