import { moduleWith } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

/** Values that are refused, with the whole message each; `%` stands for the value as JSON. */
interface Refusal {
  readonly variable: string;
  readonly message: string;
  readonly values: readonly unknown[];
}

/** Of both stacks. */
const refusals: Refusal[] = [
  {
    variable: "region",
    message:
      "region is %. It must be the name of an AWS region, such as us-east-2 (not of a zone, such as us-east-2a); `aws ec2 describe-regions --query 'Regions[].RegionName'` lists them.",
    values: ["", "us-east-2a", "US-EAST-2", "useast2", "us-east-2 ", 'us-east-2"'],
  },
  {
    variable: "region",
    message:
      "region is %, of another AWS partition. Redpanda Cloud is not there, and RDS publishes its certificates elsewhere: choose a commercial region, such as us-east-2.",
    values: ["us-gov-west-1", "cn-north-1", "us-isof-south-1", "eu-isoe-west-1"],
  },
  {
    variable: "aws_profile",
    message:
      "aws_profile is %. It must be a profile's name of letters, digits and _.@/+=:,- (it stands in commands); `aws configure list-profiles` lists them.",
    values: ["", "my profile", "x; rm -rf ~", "$(id)"],
  },
  {
    variable: "name_prefix",
    message:
      "name_prefix is %. It must be 1 to 26 lower-case letters, digits and single hyphens, start with a letter and not end with a hyphen, such as demo-postgres.",
    values: [
      "",
      "Demo",
      "1demo",
      "-demo",
      "demo-",
      "de--mo",
      "de_mo",
      "a23456789012345678901234567",
    ],
  },
  {
    variable: "name_prefix",
    message:
      "name_prefix is %. AWS refuses security groups whose name starts with sg-: choose another prefix, such as demo-postgres.",
    values: ["sg", "sg-demo"],
  },
  {
    variable: "vpc_cidr",
    message:
      "vpc_cidr is %. It must be an IPv4 network from /16 to /26 whose host bits are zero, such as 10.200.0.0/16.",
    values: [
      "10.200.0.0",
      "10.200.0.0/15",
      "10.200.0.0/27",
      "10.200.0.1/16",
      "fd00::/24",
      "10.256.0.0/16",
    ],
  },
  {
    variable: "vpc_cidr",
    message:
      "vpc_cidr is %, in a range that AWS keeps for loopback, link-local or multicast addresses. Choose a private network, such as 10.200.0.0/16.",
    values: ["127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16"],
  },
  {
    variable: "az_count",
    message:
      "az_count is %. It must be 2, 3 or 4: Aurora wants subnets in two zones at least, and the VPC is cut into quarters.",
    values: [0, 1, 2.5, 5],
  },
  {
    variable: "redpanda_cidr",
    message:
      "redpanda_cidr is %. It must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.",
    values: [
      "3.139.175.89",
      "3.139.175.89/24",
      "3.139.175.89/33",
      "3.0.0.0/8",
      "0.0.0.0/0",
      "::/0",
      "2600:1f16::1/128",
      "3.139.175.89 /32",
      '["3.139.175.89/32"]',
    ],
  },
  {
    variable: "redpanda_cidrs",
    message:
      "redpanda_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.",
    values: [["3.139.175.89"], ["3.139.175.89/32", "0.0.0.0/1"], [""]],
  },
  {
    variable: "admin_cidrs",
    message:
      "admin_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in, null the address from which Terraform runs.",
    values: [["198.51.100.7"], ["0.0.0.0/0"], ["128.0.0.0/1"]],
  },
  {
    variable: "redpanda_aws_acct_id",
    message:
      "redpanda_aws_acct_id is %. It must be an account id of 12 digits, in quotes so that leading zeros stay.",
    values: ["", "61276079005", "8612-7607-9005", "8612760790055", "86127607900a"],
  },
  {
    variable: "redpanda_cluster_id",
    message:
      "redpanda_cluster_id is %. It must be 20 lower-case letters and digits, such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview.",
    values: ["", "CURL3EO533CMSNT23DV0", "curl3eo533cmsnt23dv", "rp-curl3eo533cmsnt23dv0"],
  },
  {
    variable: "trusted_principal_arn",
    message:
      "trusted_principal_arn is %. It must be the ARN of one IAM role or user, such as arn:aws:iam::123456789012:role/rpconnect (not a whole account's root, and not the session arn:aws:sts::…:assumed-role/… that logs show: take the role it names).",
    values: [
      "",
      "*",
      "rpconnect",
      "arn:aws:iam::123456789012:root",
      "arn:aws:iam::12345678901:role/rpconnect",
      "arn:aws:sts::123456789012:assumed-role/rpconnect/1768926423691540220",
    ],
  },
  {
    variable: "external_id",
    message:
      "external_id is %. It must be 2 to 1224 letters, digits and _+=,.@:/- as AWS STS takes them.",
    values: ["", "a", "with blank", 'x", role: "y', "ä1", "a".repeat(1225)],
  },
  {
    variable: "db_name",
    message:
      "db_name is %. It must be 1 to 63 letters, digits and underscores, and start with a letter, such as demo_db.",
    values: ["", "1db", "demo-db", 'demo";DROP', "d".repeat(64)],
  },
  {
    variable: "db_username",
    message:
      "db_username is %. It must be 1 to 16 letters, digits and underscores, and start with a letter.",
    values: ["", "1admin", "ad-min", "a2345678901234567"],
  },
  {
    variable: "db_password_version",
    message:
      "db_password_version is %. It must be a whole number from 1 on: raise it by one to send the secret again.",
    values: [0, 1.5, -1],
  },
  {
    variable: "serverlessv2_min_acu",
    message:
      "serverlessv2_min_acu is 0, which asks for auto-pause. A CDC connection is always open, so the cluster would never pause: set 0.5 or more.",
    values: [0],
  },
  {
    variable: "serverlessv2_min_acu",
    message: "serverlessv2_min_acu is %. It must be 0.5 or more, in steps of 0.5.",
    values: [0.7, -1],
  },
  {
    variable: "serverlessv2_min_acu",
    message:
      "serverlessv2_min_acu is %, more than serverlessv2_max_acu, which is 2. Lower the first or raise the second.",
    values: [2.5],
  },
  {
    variable: "serverlessv2_max_acu",
    message: "serverlessv2_max_acu is %. It must be 1 to 256, in steps of 0.5.",
    values: [0.5, 256.5, 1.25],
  },
  {
    variable: "rds_ca_pem",
    message:
      'rds_ca_pem holds no PEM certificate (-----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----). Give the text of the file, not its name: export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)".',
    values: ["", "rds-ca.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n"],
  },
  {
    variable: "rp_sasl_user",
    message: "rp_sasl_user is %. It must be 1 to 128 letters, digits and ._~@+-",
    values: ["", "two words", 'x"\n  password: y', "${REDPANDA_ID}", "u".repeat(129)],
  },
  {
    variable: "rp_sasl_password",
    message:
      "rp_sasl_password (not shown) must have 3 to 128 characters, no line ends or other control characters among them.",
    values: ["", "ab", "p".repeat(129), "secret\n", "sec\tret"],
  },
  {
    variable: "rp_sasl_password_version",
    message:
      "rp_sasl_password_version is %. It must be a whole number from 1 on: raise it by one to send the secret again.",
    values: [0],
  },
  {
    variable: "cdc_tables",
    message: "cdc_tables is %. A table is listed twice: name each once.",
    values: [["orders", "orders"]],
  },
  {
    variable: "cdc_key_columns",
    message:
      'cdc_key_columns is %. It must list one or more different column names of letters, digits, _ and $, such as ["id"].',
    values: [[], ["id", "id"], ['id"]'], ["order id"]],
  },
  {
    variable: "log_level",
    message: "log_level is %. It must be DEBUG, INFO, WARN or ERROR, in capitals.",
    values: ["", "info", "TRACE", "INFO\ninput: {}"],
  },
];

/** Of one stack. */
const particular: Record<string, Refusal[]> = {
  "aurora-postgres": [
    {
      variable: "db_name",
      message: "db_name is %, a name that PostgreSQL or RDS has a use for already: choose another.",
      values: ["rdsadmin", "template1", "select"],
    },
    {
      variable: "db_username",
      message: "db_username is %, a name that RDS reserves for PostgreSQL: choose another.",
      values: ["admin", "rdsadmin", "RDSADMIN", "user", "public"],
    },
    {
      variable: "db_password",
      message:
        'db_password (not shown) must have 8 to 99 printable ASCII characters, none of them / " @ or a blank.',
      values: [
        "",
        "seven77",
        "with/slash",
        'with"quote',
        "with@sign",
        "with blank",
        "p".repeat(100),
        "pässwörter",
      ],
    },
    {
      variable: "engine_version",
      message:
        "engine_version is %. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on).",
      values: ["", "17", "13.20", "19.1", "8.0.mysql_aurora.3.10.3"],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %. It must be 1 to 63 lower-case letters, digits and underscores, not starting with a digit (PostgreSQL folds capitals, the IAM ARN does not).",
      values: ["", "Iam_demo_user", "1user", "iam-user", "u".repeat(64)],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, the master user too. A user with IAM authentication can no longer log in by password: choose another, such as iam_demo_user.",
      values: ["postgres"],
    },
    {
      variable: "cdc_tables",
      message:
        "cdc_tables is %. It must list at least one table by bare name, lower-case letters, digits and underscores, without schema and quotes (the schema is cdc_schema).",
      values: [[], ["public.orders"], ['"Orders"'], ["Orders"], ["orders; drop"]],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, one of those that PostgreSQL and RDS keep: rds…, pg_…, public, none. Choose another, such as iam_demo_user.",
      values: ["rdsadmin", "rds_iam", "pg_monitor", "public", "none"],
    },
    {
      variable: "cdc_schema",
      message:
        "cdc_schema is %. It must be one schema of your own in lower-case letters, digits and underscores, such as public.",
      values: ["", "Public", "pg_catalog", "information_schema", "a,b"],
    },
    {
      variable: "slot_name",
      message:
        "slot_name is %. It must be 1 to 50 lower-case letters, digits and underscores, not starting with a digit: the publication pglog_stream_<slot_name> must fit into PostgreSQL's 63.",
      values: ["", "Slot", "1slot", "my-slot", "s".repeat(51)],
    },
  ],
  "aurora-mysql": [
    {
      variable: "db_name",
      message: "db_name is %, a name that MySQL or RDS has a use for already: choose another.",
      values: ["mysql", "sys", "Information_Schema", "table"],
    },
    {
      variable: "db_username",
      message: "db_username is %, a name that RDS reserves for MySQL: choose another.",
      values: ["rdsadmin", "group"],
    },
    {
      variable: "db_password",
      message:
        'db_password (not shown) must have 8 to 41 printable ASCII characters, none of them / " @ or a blank.',
      values: ["p".repeat(42)],
    },
    {
      variable: "engine_version",
      message:
        "engine_version is %. It must be a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 wants) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7.",
      values: [
        "17.4",
        "8.0.39",
        "5.7.mysql_aurora.2.12.0",
        "8.0.mysql_aurora.3.10",
        "8.0.mysql_aurora.3.01.1",
        "8.4.mysql_aurora.3.10.3",
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %. It must be 1 to 32 letters, digits and underscores, not starting with a digit.",
      values: ["", "1user", "iam-user", "'x'@'%'", "u".repeat(33)],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, the master user too. A user with IAM authentication can no longer log in by password: choose another, such as iam_demo_user.",
      values: ["admin", "Admin"],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, one of those that RDS keeps: rds…. Choose another, such as iam_demo_user.",
      values: ["rdsadmin", "RDS_reader"],
    },
    {
      variable: "cdc_tables",
      message:
        "cdc_tables is %. It must list at least one table by bare name, letters, digits, _ and $, without database and quotes (the database is db_name).",
      values: [[], ["demo_db.orders"], ["`orders`"], ["1orders"]],
    },
  ],
};

/** Values at the edge of what is allowed, for each variable that has an edge; all at once. */
const accepted: Record<string, Record<string, unknown>> = {
  "aurora-postgres": {
    region: "ap-southeast-2",
    aws_profile: "team/data@prod",
    name_prefix: "a2345678901234567890123456",
    vpc_cidr: "192.168.0.0/26",
    az_count: 3,
    redpanda_cidr: "3.139.0.0/16",
    redpanda_cidrs: ["3.139.175.89/32", "3.139.175.90/31"],
    admin_cidrs: [],
    redpanda_aws_acct_id: "000000000012",
    trusted_principal_arn: "arn:aws:iam::123456789012:role/a/path/rpconnect",
    external_id: "a".repeat(1224),
    db_name: "D2",
    db_username: "Owner_1234567890",
    db_password: `!#$%&'()*+,-.0123456789:;<=>?ABC[\\]^_\`{|}~`,
    db_password_version: 12,
    engine_version: "18.3",
    iam_auth_user: "select",
    serverlessv2_min_acu: 256,
    serverlessv2_max_acu: 256,
    rp_sasl_user: "a.b_c~d@e+f-g",
    rp_sasl_password: `" \\ '`,
    cdc_schema: "order",
    cdc_tables: ["order", "_t"],
    cdc_key_columns: ["Tenant$1", "id"],
    slot_name: "s".repeat(50),
    stream_snapshot: true,
    log_level: "ERROR",
  },
  "aurora-mysql": {
    region: "us-east-2",
    name_prefix: "a-b-c",
    vpc_cidr: "10.0.0.0/16",
    redpanda_cidr: "3.139.175.89/32",
    admin_cidrs: ["198.51.100.7/32", "10.0.0.0/16"],
    trusted_principal_arn: "arn:aws:iam::123456789012:user/rpconnect",
    external_id: "ab",
    db_name: "db",
    db_username: "Root_1",
    cdc_key_columns: ["Id", "tenant_id"],
    rp_sasl_user: "a",
    rp_sasl_password: "abc",
    log_level: "DEBUG",
    db_password: "p".repeat(41),
    engine_version: "8.4.mysql_aurora.8.4.7",
    iam_auth_user: "U".repeat(32),
    cdc_tables: ["Order$", "order"],
    serverlessv2_min_acu: 0.5,
    serverlessv2_max_acu: 1,
    az_count: 2,
  },
};

describeWithTerraform("Variables", () => {
  describe.each(Object.keys(particular))("of %s", (stack) => {
    let workspace: Workspace;
    beforeAll(async () => {
      // Variables alone: what is refused there is refused before anything is read or made.
      const { "variables.tf": variables = "", "terraform.tfvars": values = "" } =
        moduleWith(stack).files;
      workspace = await Workspace.create({
        files: { "variables.tf": variables, "terraform.tfvars": values },
      });
    });
    afterAll(() => workspace.close());

    /** What a plan says against values on the command line. */
    async function problems(values: Record<string, unknown>): Promise<string[]> {
      const args = Object.entries(values).map(
        ([name, value]) =>
          `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      );
      const { diagnostics } = await workspace.plan({ args });
      return diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0] ?? "");
    }

    // The variables that both stacks have are tried in one of them.
    const rows = [...(stack === "aurora-postgres" ? refusals : []), ...(particular[stack] ?? [])];
    const cases = rows.flatMap(({ variable, message, values }) =>
      values.map((value) => [
        variable,
        value,
        message.replace("%", () => asTerraformWritesJson(value)),
      ]),
    );
    test.each(cases as [string, unknown, string][])(
      "%s is refused: %j",
      async (name, value, message) => {
        expect(await problems({ [name]: value })).toContain(message);
      },
    );

    test("are accepted up to the edge", async () => {
      expect(await problems(accepted[stack] ?? {})).toEqual([]);
    });
  });

  test("the default of every variable that has one is accepted", async () => {
    for (const stack of Object.keys(particular)) {
      await using workspace = await Workspace.create({
        files: { ...moduleWith(stack).files, "terraform.tfvars": "" },
        variables: {
          region: "us-east-2",
          name_prefix: "demo",
          redpanda_cidr: "3.139.175.89/32",
          redpanda_aws_acct_id: "861276079005",
          redpanda_cluster_id: "curl3eo533cmsnt23dv0",
          db_password: "password",
          rp_sasl_user: "app",
          rp_sasl_password: "secret",
        },
      });
      expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [] });
    }
  });

  test("without an address of Redpanda the plan says where to find it", async () => {
    const { files } = moduleWith("aurora-mysql");
    const values = files["terraform.tfvars"]?.replace(/^redpanda_cidr .*$/m, "") ?? "";
    await using workspace = await Workspace.create({
      files: { ...files, "terraform.tfvars": values },
    });
    const { diagnostics } = await workspace.plan();
    expect(diagnostics.map(({ detail }) => detail.split("\n\n")[0])).toEqual([
      "Neither redpanda_cidr nor redpanda_cidrs is given, so the pipeline could not reach the database. Set redpanda_cidr to the NAT gateway's address as /32: Redpanda Cloud > the cluster > Overview, or `nat_gateways` of GET /v1/clusters/<id>.",
    ]);
  });
});

/** Terraform's jsonencode escapes what HTML would read otherwise. */
function asTerraformWritesJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
