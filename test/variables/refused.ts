/** Values of one variable that one validation refuses. */
export interface Refusal {
  readonly variable: string;
  /** The whole message; `%` stands for the value as JSON. */
  readonly message: string;
  readonly values: readonly unknown[];
  /** What other variables are at the same time. @default - as usual */
  readonly beside?: Record<string, unknown>;
}

/** Each as a list of its own. */
const alone = (...values: unknown[]) => values.map((value) => [value]);

/** What people take for the ARN of a key. */
const noKeys = [
  ...["", "alias/aws/rds", "1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234"],
  "arn:aws:kms:us-east-2:123456789012:alias/orders",
  "arn:aws:kms:us-east-2:1234:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  "arn:aws:rds:us-east-2:123456789012:cluster:orders",
  "arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab\n",
];

const sameSecret = "It must be a whole number from 1 on: raise it by one to send the secret again.";

/**
 * Near misses of real mistakes, by the simplest module that has the variable with that validation. What
 * several modules have in common stands at the first of them.
 */
export const refused: Record<string, readonly Refusal[]> = {
  "aurora-postgres": [
    {
      variable: "region",
      message:
        "region is %. It must be the name of an AWS region, such as us-east-2 (not of a zone, such as us-east-2a); `aws ec2 describe-regions --query 'Regions[].RegionName'` lists them.",
      values: [
        ...["", "us-east-2a", "use2-az1", "us-east-22", "US-EAST-2", "useast2", "us_east_2"],
        ...["us-east2", "Ohio", "aws-global", "us-east-2 ", " us-east-2", "us-east-2\n"],
        ...['us-east-2"', "us-east-2,us-west-2", "us-east-2/", "us–east–2"],
      ],
    },
    {
      variable: "region",
      message:
        "region is %, in another AWS partition. Redpanda Cloud is not available there, and RDS publishes its certificates elsewhere: choose a commercial region, such as us-east-2.",
      values: [
        ...["us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1"],
        ...[
          "us-iso-east-1",
          "us-isob-east-1",
          "us-isof-south-1",
          "eu-isoe-west-1",
          "eusc-de-east-1",
        ],
      ],
    },
    {
      variable: "aws_profile",
      message:
        "aws_profile is %. It must be the name of a profile: letters, digits and _.@/+=:,-, not starting with a hyphen (it is part of commands); `aws configure list-profiles` lists them.",
      values: [
        ...["", "my profile", "default ", "[default]", "~/.aws/credentials", "two\nlines"],
        ...["x; rm -rf ~", "$(id)", "`id`", "a&b", "a|b", "a>b", "profile's", "$HOME", "--profile"],
        "p".repeat(129),
      ],
    },
    {
      variable: "name_prefix",
      message:
        "name_prefix is %. It must be 1 to 26 lower-case letters, digits and single hyphens, start with a letter and not end with a hyphen, such as demo-postgres.",
      values: [
        ...["", "Demo", "DEMO", "1demo", "-demo", "demo-", "de--mo", "de_mo", "de.mo", "de mo"],
        ...["démo", "demo\n", "${USER}", "a23456789012345678901234567"],
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
        // Too large for a VPC, and too small for a quarter of it to be a subnet.
        ...["10.0.0.0/8", "10.200.0.0/15", "10.200.0.0/27", "10.200.0.0/28", "10.200.0.1/32"],
        ...["10.200.0.1/16", "10.200.0.64/25", "10.200.0.0", "10.200.0.0/", "10.200.0.0/016"],
        ...["10.200.0.0/16 ", "10.200/16", "010.200.0.0/16", "10.256.0.0/16", "10.200.0.0\\16"],
        ...["10.200.0.0/255.255.0.0", "10.200.0.0-10.200.255.255", "fd00::/24", "fd00::/16", ""],
      ],
    },
    {
      variable: "vpc_cidr",
      message:
        "vpc_cidr is %, in a range reserved for loopback, link-local or multicast addresses. Choose a private network, such as 10.200.0.0/16.",
      values: ["0.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16", "255.255.0.0/16"],
    },
    {
      variable: "az_count",
      message:
        "az_count is %. It must be 2, 3 or 4: Aurora requires subnets in at least two zones, and the VPC is divided into quarters.",
      values: [-2, 0, 1, 2.5, 5, 6],
    },
    {
      variable: "redpanda_cidr",
      message:
        "redpanda_cidr is %. It must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.",
      values: [
        ...["", "3.139.175.89", "3.139.175.89/", "3.139.175.89/24", "3.139.175.89/31"],
        ...["3.139.175.89/33", "3.139.175.89/032", "3.0.0.0/8", "0.0.0.0/0", "0.0.0.0/1"],
        ...["3.139.175.89/0", "::/0", "2600:1f16::1/128", "::ffff:3.139.175.89/128"],
        ...["3.139.175.89 /32", " 3.139.175.89/32", "3.139.175.89/32 ", "3.139.175.89/32\n"],
        // A list, pasted as text.
        ...['["3.139.175.89/32"]', "3.139.175.89/32,3.139.175.90/32"],
        ...["3.139.175.89/32 3.139.175.90/32", "3.139.175.89-3.139.175.90", '"3.139.175.89/32"'],
        ...["3.139.175.089/32", "3.139.175/32", "3.139.175.256/32", "3.139.175.89.1/32"],
        ...[
          "https://3.139.175.89/32",
          "nat-0a1b2c3d4e5f60718",
          "３.139.175.89/32",
          "3,139,175,89/32",
        ],
      ],
    },
    {
      variable: "redpanda_cidrs",
      message:
        "redpanda_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.",
      values: [
        ...alone("", null, "3.139.175.89", "3.139.175.89/24", "10.0.0.0/8", "2600:1f16::1/128"),
        ...alone("3.139.175.89/32, 3.139.175.90/32", " 3.139.175.89/32"),
        ["3.139.175.89/32", "0.0.0.0/1"],
      ],
    },
    {
      variable: "redpanda_cidrs",
      message:
        "Neither redpanda_cidr nor redpanda_cidrs is given, so the pipeline could not reach the database. Set redpanda_cidr to the NAT gateway's address as /32: Redpanda Cloud > the cluster > Overview, or `nat_gateways` of GET /v1/clusters/<id>.",
      values: [[]],
      beside: { redpanda_cidr: null },
    },
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in, null the address from which Terraform runs.",
      values: [
        ...alone("", null, "198.51.100.7", "198.51.100.7/24", "my-ip", "::1/128"),
        ...alone("0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8", "198.51.100.7/32 "),
      ],
    },
    {
      variable: "redpanda_aws_acct_id",
      message:
        "redpanda_aws_acct_id is %. It must be an account id of 12 digits, in quotes so that leading zeros stay.",
      values: [
        // Without quotes, 061276079005 is a number, and its zero is gone.
        ...["61276079005", 61276079005],
        ...["", "8612-7607-9005", "861 276 079 005", "8612760790055", "86127607900a"],
        ...["861276079005 ", "\n861276079005", "８61276079005", "arn:aws:iam::861276079005:root"],
      ],
    },
    {
      variable: "redpanda_cluster_id",
      message:
        "redpanda_cluster_id is %. It must be 20 lower-case letters and digits, such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview.",
      values: [
        ...["", "CURL3EO533CMSNT23DV0", "curl3eo533cmsnt23dvO", "curl3eo533cmsnt23dv"],
        ...["curl3eo533cmsnt23dv0a", "rp-curl3eo533cmsnt23dv0", "curl3eo533cmsnt23dv0 "],
        ...["curl3eo5-33cmsnt-23d", "redpanda-curl3eo533cmsnt23dv0"],
        ...["https://cloud.redpanda.com/clusters/curl3eo533cmsnt23dv0"],
        ...["0190f6a8-5a3e-7c11-9d2b-4f6a8c0e1b2d"],
      ],
    },
    {
      variable: "trusted_principal_arn",
      message:
        "trusted_principal_arn is %. It must be the ARN of one IAM role or user, such as arn:aws:iam::123456789012:role/rpconnect (not a whole account's root, and not the session arn:aws:sts::…:assumed-role/… that logs show: take the role it names).",
      values: [
        ...["", "*", "rpconnect", "123456789012", "AROAIOSFODNN7EXAMPLE", "ec2.amazonaws.com"],
        ...[
          "arn:aws:iam::123456789012:root",
          "arn:aws:sts::123456789012:assumed-role/rpconnect/1768926423691540220",
          "arn:aws:iam::12345678901:role/rpconnect",
          "arn:aws:iam::1234-5678-9012:role/rpconnect",
          "arn:aws:iam:us-east-2:123456789012:role/rpconnect",
          "arn:aws:iam::123456789012:role/",
          "arn:aws:iam::123456789012:role/rp*",
          "arn:aws:iam::123456789012:role/rp connect",
          "arn:aws:iam::123456789012:role/-rpconnect",
          "arn:aws:iam::123456789012:role/with blank/rpconnect",
          "arn:aws:iam::123456789012:instance-profile/rpconnect",
          "arn:aws:iam::123456789012:group/rpconnect",
          " arn:aws:iam::123456789012:role/rpconnect",
          "arn:aws:iam::123456789012:role/a,arn:aws:iam::123456789012:role/b",
          // Another partition's roles cannot be trusted in a commercial region.
          "arn:aws-cn:iam::123456789012:role/rpconnect",
          `arn:aws:iam::123456789012:role/${"r".repeat(65)}`,
          `arn:aws:iam::123456789012:role/${"p".repeat(511)}/rpconnect`,
        ],
      ],
    },
    {
      variable: "external_id",
      message:
        "external_id is %. It must be 2 to 1224 letters, digits and _+=,.@:/- as AWS STS accepts them.",
      values: [
        ...["", "a", "with blank", 'x", role: "y', "ä1", "ab\n", "a*", "a#b", "${secrets.X}"],
        "a".repeat(1225),
      ],
    },
    {
      variable: "db_name",
      message:
        "db_name is %. It must be 1 to 63 letters, digits and underscores, and start with a letter, such as demo_db.",
      values: [
        ...["", "1db", "_db", "demo-db", "demo db", "demo.db", "demo$db", "démo", "demo_db\n"],
        ...['demo";DROP', '"demo_db"', "`demo_db`", "d".repeat(64)],
      ],
    },
    {
      variable: "db_name",
      message: "db_name is %, a name that PostgreSQL or RDS already uses: choose another.",
      values: [
        ...["rdsadmin", "RDSADMIN", "template0", "template1", "select", "Table", "user", "group"],
        "order",
      ],
    },
    {
      variable: "db_username",
      message:
        "db_username is %. It must be 1 to 16 letters, digits and underscores, and start with a letter.",
      values: [
        ...["", "1admin", "_admin", "ad-min", "ad min", "admin@host", "postgres ", "postgres\n"],
        ...["админ", "a2345678901234567"],
      ],
    },
    {
      variable: "db_username",
      message: "db_username is %, a name that RDS reserves for PostgreSQL: choose another.",
      values: [
        ...["admin", "Admin", "rdsadmin", "RDSADMIN", "rds_superuser", "rds_iam", "rdsrepladmin"],
        ...["user", "public", "none", "group", "table", "all", "default", "pg_owner", "PG_owner"],
      ],
    },
    {
      variable: "db_password",
      message:
        'db_password (not shown) must have 8 to 99 printable ASCII characters other than / " @ and space.',
      values: [
        ...["", "seven77", "with/slash", 'with"quote', "with@sign", "with blank", "trailing "],
        ...["tab\tinside", "line\nend", "line-end\n", "pässwörter", "‘quoted’", "p".repeat(100)],
      ],
    },
    {
      variable: "db_password",
      message:
        "db_password is not given. Choose one, for example as TF_VAR_db_password, or set manage_master_password = true: then RDS makes one and keeps it in Secrets Manager.",
      values: [null],
      beside: { manage_master_password: false },
    },
    {
      variable: "db_password",
      message:
        "db_password (not shown) must be left out with manage_master_password = true, because RDS makes one itself. To choose it yourself, set manage_master_password = false.",
      values: ["12345678"],
      beside: { manage_master_password: true },
    },
    {
      variable: "db_password_version",
      message: `db_password_version is %. ${sameSecret}`,
      values: [0, 0.5, 1.5, -1],
    },
    {
      variable: "engine_version",
      message:
        "engine_version is %. It must be a version of Aurora PostgreSQL 14 to 18 with its minor number, such as 17.4 (postgres_cdc reads from 14 on).",
      values: [
        ...["", "17", "17.", "17.x", "17.04", "17.4.1", "v17.4", "17.4 ", "17,4", "17-4", "latest"],
        ...["9.6.22", "10.21", "13.20", "19.1", "postgres17", "aurora-postgresql17"],
        "8.0.mysql_aurora.3.10.3",
      ],
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
      values: [0.7, 0.25, 1.75, -1],
    },
    {
      variable: "serverlessv2_min_acu",
      message:
        "serverlessv2_min_acu is %, more than serverlessv2_max_acu, which is 2. Lower the first or raise the second.",
      values: [2.5, 256],
    },
    {
      variable: "serverlessv2_max_acu",
      message: "serverlessv2_max_acu is %. It must be 1 to 256, in steps of 0.5.",
      values: [-1, 0, 0.5, 1.25, 256.5, 1024],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %. It must be 1 to 63 lower-case letters, digits and underscores, not starting with a digit (PostgreSQL folds capitals, the IAM ARN does not).",
      values: [
        ...["", "Iam_demo_user", "IAM_DEMO_USER", "1user", "iam-user", "iam user", "iam.user"],
        ...["iam$user", "benutzer_ä", '"iam_demo_user"', "iam_demo_user ", "iam_demo_user\n", "*"],
        "u".repeat(64),
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, a name that PostgreSQL or RDS reserves (rds…, pg_…, public, none). Choose another, such as iam_demo_user.",
      values: [
        ...["rdsadmin", "rds_iam", "rds_replication", "rdsproxyadmin", "pg_monitor", "public"],
        "none",
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is the master user. A user with IAM authentication can no longer log in with a password: choose another, such as iam_demo_user.",
      values: ["postgres"],
    },
    {
      variable: "rds_ca_pem",
      message:
        'rds_ca_pem holds no PEM certificate (-----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----, each on a line of its own). Give the text of the file, not its name: export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)".',
      values: [
        ...["", "rds-ca.pem", "file://rds-ca.pem", "MIIBkjCCATmgAwIBAgIBATAKBggqhkjOPQQDAjA4"],
        ...["-----BEGIN CERTIFICATE-----\nMIIB\n", "MIIB\n-----END CERTIFICATE-----\n"],
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
        // Line ends that got lost on the way: an unquoted $(cat …), JSON read as text, an old Mac.
        "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n",
        "-----BEGIN CERTIFICATE-----\rMIIB\r-----END CERTIFICATE-----\r",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
      ],
    },
    {
      variable: "rp_sasl_user",
      message: "rp_sasl_user is %. It must be 1 to 128 letters, digits and ._~@+-",
      values: [
        ...["", "two words", "app ", "app\n", "User:app", "app/x", "app,other", "äpp"],
        ...['x"\n  password: y', "${REDPANDA_ID}", "u".repeat(129)],
      ],
    },
    {
      variable: "rp_sasl_password",
      message:
        "rp_sasl_password (not shown) must have 3 to 128 printable characters, no line breaks, and no $ followed by {{, which Redpanda Connect unescapes.",
      values: [
        ...[
          "",
          "ab",
          "p".repeat(129),
          "secret\n",
          "\nsecret",
          "sec\tret",
          "sec\0ret",
          "sec\x7fret",
        ],
        // Line ends to YAML, which takes the place of the password before it is read.
        ...["sec\x85ret", "sec\u2028ret", "sec\u2029ret", "\ufeffsecret", "sec\u200bret"],
        ...["sec${{RET}}", "${{secrets.OTHER}}"],
      ],
    },
    {
      variable: "rp_sasl_password_version",
      message: `rp_sasl_password_version is %. ${sameSecret}`,
      values: [0, 1.5, -1],
    },
    {
      variable: "topic_name",
      message:
        "topic_name is %. It must be 1 to 249 letters, digits, dots, underscores and hyphens, not starting with a hyphen, and not dots alone.",
      values: [
        ...[
          "",
          ".",
          "..",
          "-",
          "--help",
          "a b",
          "a/b",
          "orders ",
          "orders\n",
          "thème",
          "orders,items",
        ],
        ...['a"b', "${x}", "<prefix>.orders", "t".repeat(250)],
      ],
    },
    {
      variable: "topic_name",
      message:
        "topic_name is %, the name of the topic in which a pipeline of MySQL keeps its position: choose another.",
      values: ["demo.cdc_checkpoints"],
      beside: { name_prefix: "demo" },
    },
    {
      variable: "cdc_tables",
      message:
        "cdc_tables is %. It must list at least one table by bare name, lower-case letters, digits and underscores, without schema and quotes (the schema is cdc_schema).",
      values: [
        [],
        ...alone("", null, "public.orders", '"Orders"', '"public"."orders"', "Orders", "1orders"),
        ...alone("orders; drop", "orders,customers", "orders ", " orders", "orders\n", "*", "o*"),
        ...alone("o'rders", "my-table", "a$b", "aufträge", "t".repeat(64)),
        ["orders", "public.orders"],
      ],
    },
    {
      variable: "cdc_tables",
      message: "cdc_tables is %. A table is listed twice: name each once.",
      values: [
        ["orders", "orders"],
        ["orders", "customers", "orders"],
      ],
    },
    {
      variable: "cdc_tables_by_schema",
      message:
        "cdc_tables_by_schema is %. It must give each schema, one of your own in lower-case letters, digits and underscores, a list of one or more different tables by bare name, lower-case letters, digits and underscores, without schema and quotes.",
      values: [
        ...[
          "",
          "Sales",
          "my-schema",
          "1st",
          "pg_catalog",
          "information_schema",
          "s".repeat(64),
        ].map((schema) => ({ [schema]: ["orders"] })),
        ...[[], null, ["orders", "orders"], [null], ["sales.orders"], ["Orders"], ["o'rders"]].map(
          (tables) => ({ sales: tables, stock: ["items"] }),
        ),
      ],
    },
    {
      variable: "cdc_tables_by_schema",
      message:
        'cdc_tables is ["orders"], and cdc_tables_by_schema is given too. Move the tables into cdc_tables_by_schema, as those of public, and leave cdc_tables out.',
      values: [{ sales: ["orders"] }],
      beside: { cdc_tables: ["orders"], cdc_schema: "public" },
    },
    {
      variable: "cdc_tables_by_schema",
      message: `slot_name is "rpcn_iam_test", and cdc_tables_by_schema has the schemas ["sales","${"s".repeat(37)}"]. Each <slot_name>_<schema> must have at most 50 characters, because the publication pglog_stream_<slot_name>_<schema> must fit into PostgreSQL's 63: choose a shorter slot_name.`,
      values: [{ sales: ["orders"], ["s".repeat(37)]: ["orders"] }],
      beside: { slot_name: "rpcn_iam_test", cdc_schema: "public", cdc_tables: null },
    },
    {
      variable: "cdc_tables_by_schema",
      message:
        'cdc_tables_by_schema has the schemas ["public","tmp"]. Before a snapshot, Redpanda Connect drops the replication slot that is called as its own with _tmp behind it: one pipeline cannot read a schema and another one called <schema>_tmp, nor public and tmp. Read the latter by a pipeline of its own.',
      values: [{ public: ["orders"], tmp: ["orders"] }],
      beside: { slot_name: "rpcn_iam_test", cdc_schema: "public", cdc_tables: null },
    },
    {
      variable: "cdc_tables_by_schema",
      message:
        'cdc_tables_by_schema has the schemas ["sales","sales_tmp"]. Before a snapshot, Redpanda Connect drops the replication slot that is called as its own with _tmp behind it: one pipeline cannot read a schema and another one called <schema>_tmp, nor public and tmp. Read the latter by a pipeline of its own.',
      values: [{ sales: ["orders"], sales_tmp: ["orders"] }],
      beside: { slot_name: "rpcn_iam_test", cdc_schema: "public", cdc_tables: null },
    },
    {
      variable: "cdc_key_columns_by_table",
      message:
        'cdc_key_columns_by_table is %. It must give each table one or more different column names of letters, digits, _ and $, such as { "sales.orders" = ["order_no"] }.',
      values: [[], ["no", "no"], null, [null], ["order no"], ["schlüssel"], ["c".repeat(64)]].map(
        (columns) => ({ "sales.orders": columns }),
      ),
      beside: {
        cdc_tables_by_schema: { sales: ["orders"] },
        cdc_tables: null,
        cdc_schema: "public",
      },
    },
    {
      variable: "cdc_key_columns_by_table",
      message:
        'cdc_key_columns_by_table is %. It must name tables that are streamed, each with its schema: "<schema>.<table>", such as "public.orders".',
      values: ["orders", "public.orders", "sales.items", "sales.orders.no", ""].map((table) => ({
        [table]: ["no"],
      })),
      beside: {
        cdc_tables_by_schema: { sales: ["orders"] },
        cdc_tables: null,
        cdc_schema: "public",
      },
    },
    {
      variable: "cdc_schema",
      message:
        "cdc_schema is %. It must be one schema of your own in lower-case letters, digits and underscores, such as public.",
      values: [
        ...["", "Public", '"public"', "public,sales", "public.orders", "sales.", " public", "*"],
        ...["a,b", "my-schema", "1st", "pg_catalog", "pg_toast", "information_schema"],
        "s".repeat(64),
      ],
    },
    {
      variable: "slot_name",
      message:
        "slot_name is %. It must be 1 to 50 lower-case letters, digits and underscores, not starting with a digit: the publication pglog_stream_<slot_name> must fit into PostgreSQL's 63.",
      values: [
        ...["", "Slot", "1slot", "my-slot", "my slot", "my.slot", "slot\n", "s'lot", "släts"],
        "s".repeat(51),
      ],
    },
    {
      variable: "unchanged_toast_value",
      message:
        'unchanged_toast_value is %. It must be 2 to 255 printable ASCII characters other than " and $, and neither start nor end with a space, such as __unchanged__: choose what no row holds.',
      values: [
        ...["", "-", " unchanged", "unchanged ", "${secrets.NAME}", '"unchanged"', "two\nlines"],
        ...["unverändert", "u".repeat(256)],
      ],
    },
    {
      variable: "cdc_key_columns",
      message:
        'cdc_key_columns is %. It must list one or more different column names of letters, digits, _ and $, such as ["id"].',
      values: [
        [],
        ["id", "id"],
        ...alone("", null, "order id", "id,tenant", "orders.id", "1id", "`id`", '"id"', 'id"]'),
        ...alone("id)", "id\n", "schlüssel", "c".repeat(64)),
      ],
    },
    {
      variable: "log_level",
      message: "log_level is %. It must be DEBUG, INFO, WARN or ERROR, in capitals.",
      values: ["", "info", "Debug", "TRACE", "WARNING", "OFF", "INFO ", "INFO\ninput: {}"],
    },
    {
      variable: "alarm_topic_arns",
      message:
        "alarm_topic_arns is %. Each must be the ARN of a standard SNS topic, such as arn:aws:sns:us-east-2:123456789012:on-call (not of a subscription, and not of a FIFO topic, which takes no message without a group): `aws sns list-topics --query 'Topics[].TopicArn' --region us-east-2`.",
      values: alone(
        "arn:aws:sns:us-east-2:123456789012:on-call.fifo",
        "arn:aws:sns:us-east-2:123456789012:on-call:8f2b4a1c-0000-4000-8000-000000000000",
        "arn:aws:sns:us-east-2:12345678901:on-call",
        "arn:aws:sns:us-east-2:123456789012:",
        `arn:aws:sns:us-east-2:123456789012:${"t".repeat(257)}`,
        "arn:aws:sns:us-east-2:123456789012:on call",
        "arn:aws:sns:us-east-2:123456789012:on-call\n",
      ),
    },
    {
      variable: "alarm_topic_arns",
      message:
        'alarm_topic_arns is %, and region is "us-east-2". An alarm tells topics of its own region alone: create one there, `aws sns create-topic --name on-call --region us-east-2`, with the same subscribers.',
      values: alone("arn:aws:sns:us-west-2:123456789012:on-call"),
    },
    {
      variable: "alarm_topic_arns",
      message:
        "alarm_topic_arns is %. An alarm tells five topics at most: subscribe more people to one of them.",
      values: [
        ["a", "b", "c", "d", "e", "f"].map((name) => `arn:aws:sns:us-east-2:123456789012:${name}`),
      ],
    },
    {
      variable: "alarm_thresholds",
      message:
        "alarm_thresholds is %. It must name alarms that there are: slot-lag, wal-size, slot-files, connections, replica-lag, capacity, local-storage, refused-tokens.",
      values: [{ "binary-log-size": 1 }, { "binary-log-size": 1, connections: 1600 }],
    },
    {
      variable: "alarm_thresholds",
      message:
        "alarm_thresholds is %. Each must be a number of 0 or more, in the unit of the alarm's metric.",
      values: [{ connections: -1 }, { connections: null }],
    },
  ],

  "aurora-mysql": [
    {
      variable: "alarm_thresholds",
      message:
        "alarm_thresholds is %. It must name alarms that there are: binary-log-size, binary-log-files, connections, replica-lag, capacity, local-storage, refused-tokens.",
      values: [{ "slot-lag": 1 }, { connections: 1600, "slot-lag": 1 }],
    },
    {
      variable: "cdc_tables",
      message:
        "cdc_tables is %. The pipeline has rpcn_heartbeat for itself, and sends none of it: take it out, and set heartbeat instead.",
      values: [["rpcn_heartbeat"], ["iamuser_test", "rpcn_heartbeat"]],
    },
    {
      variable: "cdc_tables_by_database",
      message:
        "cdc_tables_by_database is %. It must give each database, with a name of 1 to 63 letters, digits and underscores that starts with a letter and is none of MySQL's or RDS's own, a list of one or more different tables by bare name, letters, digits, _ and $, without database and quotes.",
      values: [
        ...["", "_sales", "my-db", "1st", "mysql", "SYS", "s".repeat(64)].map((database) => ({
          [database]: ["orders"],
        })),
        ...[[], null, ["orders", "orders"], ["sales.orders"], ["my-table"]].map((tables) => ({
          sales: tables,
        })),
      ],
    },
    {
      variable: "cdc_tables_by_database",
      message:
        'cdc_tables is ["orders"], and cdc_tables_by_database is given too. Move the tables into cdc_tables_by_database, as those of demo_db, and leave cdc_tables out.',
      values: [{ sales: ["orders"] }],
      beside: { cdc_tables: ["orders"], db_name: "demo_db" },
    },
    {
      variable: "cdc_tables_by_database",
      message:
        "cdc_tables_by_database is %. The pipeline has rpcn_heartbeat for itself, and sends none of it: take it out, and set heartbeat instead.",
      values: [{ sales: ["orders", "rpcn_heartbeat"] }],
    },
    {
      variable: "cdc_tables_by_database",
      message:
        "cdc_tables_by_database is %. Redpanda Connect's labels have no capitals: databases whose names differ in case alone must be read by a pipeline each.",
      values: [{ Sales: ["orders"], sales: ["orders"] }],
    },
    {
      variable: "cdc_key_columns_by_table",
      message:
        'cdc_key_columns_by_table is %. It must name tables that are streamed, each with its database: "<database>.<table>", such as "demo_db.orders".',
      values: ["orders", "demo_db.orders", "sales.items"].map((table) => ({ [table]: ["no"] })),
      beside: {
        cdc_tables_by_database: { sales: ["orders"] },
        cdc_tables: null,
        db_name: "demo_db",
      },
    },
    {
      variable: "binlog_retention_hours",
      message:
        "binlog_retention_hours is %. It must be a whole number of hours from 24 to 2160, which is 90 days, such as 168 for a week.",
      values: [0, 23, 24.5, -168, 2161, 100_000],
    },
    {
      variable: "db_name",
      message: "db_name is %, a name that MySQL or RDS already uses: choose another.",
      values: [
        ...["mysql", "sys", "Information_Schema", "performance_schema", "rdsadmin", "table"],
        ...["select", "group", "ORDER"],
      ],
    },
    {
      variable: "db_username",
      message: "db_username is %, a name that RDS reserves for MySQL: choose another.",
      values: [
        ...["rdsadmin", "RdsAdmin", "rdsrepladmin", "rdsproxyadmin", "group", "order", "table"],
        ...["select", "all", "default", "key", "index"],
      ],
    },
    {
      variable: "db_password",
      message:
        'db_password (not shown) must have 8 to 41 printable ASCII characters other than / " @ and space.',
      values: ["seven77", "with/slash", 'with"quote', "with@sign", "with blank", "p".repeat(42)],
    },
    {
      variable: "engine_version",
      message:
        "engine_version is %. It must be a full version of Aurora MySQL 3 (from 3.02 on, as Serverless v2 requires) or 8.4, such as 8.0.mysql_aurora.3.10.3 or 8.4.mysql_aurora.8.4.7.",
      values: [
        ...["", "17.4", "8.0", "8.0.39", "8.4.7", "3.10.3", "mysql_aurora.3.10.3", "5.7.12"],
        ...["5.7.mysql_aurora.2.12.0", "8.0.mysql_aurora.3", "8.0.mysql_aurora.3.10"],
        ...["8.0.mysql_aurora.3.01.1", "8.0.mysql_aurora.3.4.0", "8.0.mysql_aurora.3.10.03"],
        ...["8.0.mysql_aurora.3.10.3.1", "8.0.mysql-aurora.3.10.3", "8.0.MYSQL_AURORA.3.10.3"],
        ...["8.4.mysql_aurora.3.10.3", "9.0.mysql_aurora.9.0.1", "8.0.mysql_aurora.3.10.3 "],
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %. It must be 1 to 32 letters, digits and underscores, not starting with a digit.",
      values: [
        ...["", "1user", "iam-user", "iam user", "iam$user", "iam.user", "iam_demo_user ", "%"],
        ...["'x'@'%'", "iam_demo_user@%", "`iam_demo_user`", "mysql.sys", "u".repeat(33)],
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, a name that RDS reserves (rds…). Choose another, such as iam_demo_user.",
      values: ["rdsadmin", "RDS_reader", "rdsrepladmin"],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is the master user. A user with IAM authentication can no longer log in with a password: choose another, such as iam_demo_user.",
      values: ["admin", "Admin"],
    },
    {
      variable: "cdc_tables",
      message:
        "cdc_tables is %. It must list at least one table by bare name, letters, digits, _ and $, without database and quotes (the database is db_name).",
      values: [
        [],
        ...alone("", null, "demo_db.orders", "`orders`", "`demo_db`.`orders`", "1orders"),
        ...alone("orders,customers", "orders ", "my-table", "order%", "aufträge", "t".repeat(65)),
      ],
    },
  ],

  "aurora-postgres --database data-api": [
    {
      variable: "engine_version",
      message:
        "engine_version is %, for which AWS has no Data API. It must be 14.8, 15.3, 16.1, 17.4, 18.3 or newer within its major version.",
      values: ["14.0", "14.7", "15.2", "16.0", "17.3", "18.2"],
    },
  ],

  "aurora-mysql --database data-api": [
    {
      variable: "engine_version",
      message:
        "engine_version is %, for which AWS has no Data API. It must be Aurora MySQL 3.07 or newer.",
      values: ["8.0.mysql_aurora.3.02.0", "8.0.mysql_aurora.3.06.1"],
    },
  ],

  "aurora-postgres --database exec": [
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. Leave admin_cidrs out, or list the network that this machine connects from.",
      values: [[]],
    },
  ],

  "aurora-postgres --database provider": [
    {
      variable: "rds_ca_file",
      message:
        "rds_ca_file is %, which is not a file with a PEM certificate. Fetch one, and give its path as seen from where Terraform runs: curl -fsS -w '\\n' https://truststore.pki.rds.amazonaws.com/us-east-2/us-east-2-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem",
      values: [
        ...["", ".", "rds-ca", "missing.pem", "rds-ca.pem ", "RDS-CA.pem", "variables.tf"],
        ...["file://rds-ca.pem", "https://www.amazontrust.com/repository/AmazonRootCA1.pem"],
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
      ],
    },
    {
      variable: "rds_ca_file",
      message:
        "rds_ca_file is %, which the apply itself writes: a fresh checkout could not plan without it. Copy it to a name of your own, such as rds-ca.pem.",
      values: ["generated_rds-ca.pem", "./generated_rds-ca.pem", "elsewhere/generated_rds-ca.pem"],
    },
  ],

  "aurora-postgres --network routed": [
    {
      variable: "redpanda_vpc_cidrs",
      message:
        "redpanda_vpc_cidrs is [], so the pipeline could not reach the database. List the private networks of the Redpanda cluster's VPC: Redpanda Cloud > Networks > the cluster's network.",
      values: [[]],
    },
    {
      variable: "redpanda_vpc_cidrs",
      message:
        "redpanda_vpc_cidrs is %. Each must be a private IPv4 network (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10) from /16 to /32 whose host bits are zero, such as 10.0.0.0/16. NAT gateways have public addresses, which are for --network public.",
      values: alone(
        ...["", "10.0.0.0/8", "10.0.0.1/16", "10.0.0.0", "10.0.0.0/16 ", "0.0.0.0/0", "fd00::/16"],
        ...[
          "3.139.175.89/32",
          "172.15.0.0/16",
          "172.32.0.0/16",
          "192.167.0.0/16",
          "192.169.0.0/16",
        ],
        ...["100.63.0.0/16", "100.128.0.0/16", "169.254.0.0/16", "127.0.0.0/16", "11.0.0.0/16"],
        ...["110.0.0.0/16", "1.10.0.0/16", "010.0.0.0/16"],
      ),
    },
    {
      variable: "redpanda_vpc_cidrs",
      message:
        "redpanda_vpc_cidrs is %, which overlaps with vpc_cidr, 10.200.0.0/20: nothing is routed from a VPC to its own addresses. Choose another vpc_cidr, or set vpc_id to put the database into Redpanda's VPC.",
      values: [["10.200.0.0/16"], ["10.200.15.255/32"], ["10.0.0.0/16", "10.200.0.0/24"]],
      beside: { vpc_cidr: "10.200.0.0/20" },
    },
    {
      variable: "vpc_id",
      message:
        "vpc_id is %. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4: `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'`.",
      values: [
        "",
        "vpc",
        "vpc-",
        "vpc-0342476ccc1ef05f",
        "vpc-0342476CCC1EF05F4",
        "subnet-01234567",
      ],
    },
    {
      variable: "subnet_ids",
      message:
        'subnet_ids is %, and vpc_id is "vpc-0342476ccc1ef05f4". With vpc_id it must list two or more different subnet ids, such as subnet-043c307ad7cec520a, in different zones; without, leave it out.',
      values: [
        [],
        ["subnet-043c307ad7cec520a"],
        ["subnet-043c307ad7cec520a", "subnet-043c307ad7cec520a"],
        ["subnet-043c307ad7cec520a", "vpc-0342476ccc1ef05f4"],
      ],
      beside: { vpc_id: "vpc-0342476ccc1ef05f4" },
    },
    {
      variable: "subnet_ids",
      message:
        "subnet_ids is %, and vpc_id is null. With vpc_id it must list two or more different subnet ids, such as subnet-043c307ad7cec520a, in different zones; without, leave it out.",
      values: [["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"]],
    },
    {
      variable: "redpanda_gateway_id",
      message:
        "redpanda_gateway_id is %. It must be the id of a transit gateway or of a peering, such as tgw-0a1b2c3d4e5f67890 or pcx-0a1b2c3d4e5f67890.",
      values: ["", "tgw", "tgw-", "tgw-0a1b", "igw-0a1b2c3d4e5f67890", "tgw-0a1b2c3d4e5f67890 "],
    },
    {
      variable: "redpanda_gateway_id",
      message:
        "redpanda_gateway_id and vpc_id are both given. The routes of a VPC that is there already are its owner's: leave redpanda_gateway_id out.",
      values: ["tgw-0a1b2c3d4e5f67890"],
      beside: { vpc_id: "vpc-0342476ccc1ef05f4" },
    },
  ],
  "aurora-postgres --network peering": [
    {
      variable: "redpanda_vpc_id",
      message:
        "redpanda_vpc_id is %. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4: `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'` in Redpanda's account.",
      values: ["", "vpc", "network-ch2c2ntioepec6ilaoog", "vpc-0342476ccc1ef05f4 "],
    },
    {
      variable: "redpanda_route_table_ids",
      message:
        "redpanda_route_table_ids is %. Each must be the id of a route table, such as rtb-0a1b2c3d4e5f67890: `aws ec2 describe-route-tables --filters Name=vpc-id,Values=<redpanda_vpc_id> --query 'RouteTables[].RouteTableId'` in Redpanda's account.",
      values: alone("", "rtb", "rtb-0a1b2c3d4e5f6789", "subnet-043c307ad7cec520a"),
    },
  ],
  "aurora-postgres --aurora existing --network routed": [
    {
      variable: "redpanda_vpc_cidrs",
      message:
        "redpanda_vpc_cidrs is [], so the pipeline could not reach the database. List the private networks of the Redpanda cluster's VPC: Redpanda Cloud > Networks > the cluster's network.",
      values: [[]],
    },
  ],
  "aurora-postgres --network routed --database exec": [
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. List the private network that this machine connects from; it requires a way to the database, such as a VPN.",
      values: [[]],
    },
  ],
  "aurora-postgres --grant attach": [
    {
      variable: "redpanda_aws_profile",
      message:
        "redpanda_aws_profile is %. It must be the name of a profile: letters, digits and _.@/+=:,-, not starting with a hyphen (it is part of commands); `aws configure list-profiles` lists them.",
      values: ["", "a b", "$(id)", "[redpanda]", "-redpanda", "p".repeat(129)],
    },
    {
      variable: "redpanda_region",
      message:
        "redpanda_region is %. It must be the name of an AWS region, such as us-east-2, or be left out.",
      values: ["", "us-east-2a", "use2-az1", "US-EAST-2", "Ohio", "us-east-2 ", "us-east-2\n"],
    },
  ],

  "aurora-postgres --credentials static": [
    {
      variable: "access_key_version",
      message:
        "access_key_version is %. It must be a whole number: 0 before there is a key, then 1, and one more for each new key.",
      values: [-1, 0.5, 1.5],
    },
    {
      variable: "access_key_id",
      message:
        "access_key_id (not shown) must be the id of an IAM user's key, AKIA and 16 capitals or digits, once access_key_version is 1 or more: run create_access_key_command.",
      values: [
        // A session's, a user's own id, and one that is cut or has more than itself.
        ...[null, "", "ASIAIOSFODNN7EXAMPLE", "AIDAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPL"],
        ...["AKIAIOSFODNN7EXAMPLEE", "akiaiosfodnn7example", "AKIAIOSFODNN7EXAMPLE "],
        "AKIAIOSFODNN7EXAMPLE\twJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      ],
      beside: { access_key_version: 1 },
    },
    {
      variable: "secret_access_key",
      message:
        "secret_access_key (not shown) must be the 40 characters that belong to access_key_id, once access_key_version is 1 or more: run create_access_key_command.",
      values: [
        ...[null, "", "short", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE"],
        ...[
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9",
        ],
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE${X",
      ],
      beside: { access_key_version: 1 },
    },
  ],

  "aurora-postgres-ec2": [
    {
      variable: "name_prefix",
      message:
        "name_prefix is %. It must be 1 to 26 lower-case letters, digits and single hyphens, start with a letter and not end with a hyphen, such as demo-postgres.",
      values: ["", "Orders", "1orders", "orders-", "or--ders", "a23456789012345678901234567"],
    },
    {
      variable: "name_prefix",
      message:
        "name_prefix is %. AWS refuses security groups whose name starts with sg-: choose another prefix, such as demo-postgres.",
      values: ["sg", "sg-orders"],
    },
    {
      variable: "vpc_id",
      message: "vpc_id is %. It must be the id of a VPC, such as vpc-0342476ccc1ef05f4.",
      values: [
        ...["", "vpc-1", "vpc-0342476ccc1ef05f", "vpc-0342476CCC1EF05F4", "0342476ccc1ef05f4"],
        ...["subnet-0342476ccc1ef05f4", "vpc-0342476ccc1ef05f4 ", "vpc_0342476ccc1ef05f4"],
        ...["arn:aws:ec2:us-east-2:123456789012:vpc/vpc-0342476ccc1ef05f4", "my-vpc"],
      ],
    },
    {
      variable: "db_subnet_ids",
      message:
        "db_subnet_ids is %. It must list two or more different subnet ids, such as subnet-043c307ad7cec520a, in different zones.",
      values: [
        [],
        ["subnet-043c307ad7cec520a"],
        ["subnet-043c307ad7cec520a", "subnet-043c307ad7cec520a"],
        ["subnet-043c307ad7cec520a", "subnet-1"],
        ["subnet-043c307ad7cec520a", null],
        ["subnet-043c307ad7cec520a", "vpc-0342476ccc1ef05f4"],
        ["subnet-043c307ad7cec520a,subnet-04848c8e444a48139"],
        ["us-east-2a", "us-east-2b"],
      ],
    },
    {
      variable: "allowed_cidr_blocks",
      message:
        "allowed_cidr_blocks is %. It must list IPv4 networks from /16 to /32 whose host bits are zero, such as 10.0.1.0/24 or 198.51.100.7/32; 0.0.0.0/0 would let in the whole internet.",
      values: [
        [],
        ...alone("", null, "0.0.0.0/0", "10.0.0.0/8", "10.0.1.7/24", "10.0.1.7", "::/0"),
        ...alone("10.0.1.0/24, 10.0.2.0/24", "sg-0342476ccc1ef05f4", "10.0.1.0/24 "),
        ["0.0.0.0/1", "128.0.0.0/1"],
      ],
    },
    {
      variable: "db_name",
      message:
        "db_name is %. It must be 1 to 63 letters, digits and underscores, and start with a letter, such as exampledb.",
      values: ["", "1db", "example-db", "d".repeat(64)],
    },
    {
      variable: "db_master_username",
      message:
        "db_master_username is %. It must be 1 to 16 letters, digits and underscores, and start with a letter.",
      values: ["", "1admin", "ad-min", "a2345678901234567"],
    },
    {
      variable: "db_master_username",
      message: "db_master_username is %, a name that RDS reserves for PostgreSQL: choose another.",
      values: ["admin", "rdsadmin", "rds_superuser", "pg_owner"],
    },
    {
      variable: "db_master_password",
      message:
        'db_master_password (not shown) must have 8 to 99 printable ASCII characters other than / " @ and space.',
      values: ["", "short", "with/slash", 'with"quote', "with@sign", "with blank", "p".repeat(100)],
    },
    {
      variable: "db_master_password",
      message:
        "db_master_password is not given. Choose one, for example as TF_VAR_db_master_password, or set manage_master_password = true: then RDS makes one and keeps it in Secrets Manager.",
      values: [null],
      beside: { manage_master_password: false },
    },
    {
      variable: "db_master_password",
      message:
        "db_master_password (not shown) must be left out with manage_master_password = true, because RDS makes one itself. To choose it yourself, set manage_master_password = false.",
      values: ["12345678"],
      beside: { manage_master_password: true },
    },
    {
      variable: "db_master_password_version",
      message: `db_master_password_version is %. ${sameSecret}`,
      values: [0, 0.5],
    },
    {
      variable: "instance_class",
      message:
        "instance_class is %. It must be a class and size that Aurora has, in the families t3, t4g, r5, r6g, r6gd, r6i, r6id, r7g, r7i, r8g, r8gd and x2g, such as db.t4g.medium or db.r8g.2xlarge.",
      values: [
        ...[
          "",
          "t4g.medium",
          "db.t4g",
          "db.t4g.small",
          "db.T4G.MEDIUM",
          "db.t4g.medium ",
          "db.t3.micro",
        ],
        ...["db.serverless", "db.m5.large", "db.r5.99xlarge", "db.r6g.24xlarge", "db.r7g.12large"],
        ...["db.x2g.24xlarge", "db.r6id.large", "db-t4g-medium"],
      ],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, a name that PostgreSQL or RDS reserves (rds…, pg_…, public, none). Choose another, such as iamuser.",
      values: ["rds_iam", "pg_monitor"],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is the master user. A user with IAM authentication can no longer log in with a password: choose another, such as iamuser.",
      values: ["postgres"],
    },
    {
      variable: "extra_dbuser_arns",
      message:
        "extra_dbuser_arns is %. Each must name one user of one cluster or instance by resource id, without wildcards, such as arn:aws:rds-db:eu-west-2:123456789012:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/iamuser.",
      values: alone(
        ...["", null, "*", "iamuser"],
        ...[
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:*/iamuser",
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC/*",
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC/iam*",
          "arn:aws:rds-db:us-east-2:*:dbuser:cluster-ABC/iamuser",
          "arn:aws:rds-db:*:123456789012:dbuser:cluster-ABC/iamuser",
          "arn:aws:rds-db:us-east-2::dbuser:cluster-ABC/iamuser",
          "arn:aws:rds-db:us-east-2:12345678901:dbuser:cluster-ABC/iamuser",
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC",
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC/",
          // The cluster's name in place of its resource id, and its own ARN in place of a user's.
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:aurora-pg-iam-demo/iamuser",
          "arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-abc/iamuser",
          "arn:aws:rds:us-east-2:123456789012:cluster:aurora-pg-iam-demo",
          `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABC/${"u".repeat(64)}`,
          `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-${"A".repeat(64)}/iamuser`,
        ],
      ),
    },
    {
      variable: "extra_dbuser_arns",
      message:
        "extra_dbuser_arns lists more than fits into one IAM policy, which holds 6144 characters: list about fifty ARNs at most.",
      values: [
        Array.from(
          { length: 64 },
          (_, i) =>
            `arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0H${10 + i}/iamuser`,
        ),
      ],
    },
  ],

  "aurora-mysql-ec2": [
    {
      variable: "db_name",
      message: "db_name is %, a name that MySQL or RDS already uses: choose another.",
      values: ["mysql", "sys"],
    },
    {
      variable: "db_master_username",
      message: "db_master_username is %, a name that RDS reserves for MySQL: choose another.",
      values: ["rdsadmin", "group"],
    },
    {
      variable: "db_master_password",
      message:
        'db_master_password (not shown) must have 8 to 41 printable ASCII characters other than / " @ and space.',
      values: ["seven77", "p".repeat(42)],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, a name that RDS reserves (rds…). Choose another, such as iamuser.",
      values: ["rdsadmin"],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is the master user. A user with IAM authentication can no longer log in with a password: choose another, such as iamuser.",
      values: ["admin"],
    },
  ],

  "aurora-postgres-ec2 --accounts two": [
    {
      variable: "app_aws_profile",
      message:
        "app_aws_profile is %. It must be the name of a profile: letters, digits and _.@/+=:,-, not starting with a hyphen (it is part of commands); `aws configure list-profiles` lists them.",
      values: ["", "a b", "$(id)", "--profile", "p".repeat(129)],
    },
    {
      variable: "external_id",
      message:
        "external_id is %. It must be 2 to 1224 letters, digits and _+=,.@:/- as AWS STS accepts them.",
      values: ["", "a", "with blank", "a*", "a".repeat(1225)],
    },
  ],

  "aurora-postgres-ec2 --output redpanda": [
    {
      variable: "redpanda_brokers",
      message:
        "redpanda_brokers is %. It must list brokers as host:port, such as seed-0.example.com:9092.",
      values: [
        [],
        ...alone("", null, "seed-0.example.com", "seed-0.example.com:", ":9092", "seed:0"),
        ...alone(
          "seed:99999",
          "seed:65536",
          "seed:09092",
          "seed:9092/",
          "seed 0:9092",
          "seed_0:9092",
        ),
        ...alone("https://seed:9092", "SASL_SSL://seed:9092", "[::1]:9092", "-seed:9092", ".:9092"),
        ...alone("seed-0:9092,seed-1:9092", "seed:9092 ", `${"h".repeat(254)}:9092`),
      ],
    },
    {
      variable: "redpanda_topic",
      message:
        "redpanda_topic is %. It must be 1 to 237 letters, digits, dots, underscores and hyphens, not starting with a hyphen, and not dots alone.",
      values: [
        ...["", ".", "..", "iam test", "iam/test", "iam_test,other", "iam_test ", "iam:test", "*"],
        ...["тема", "-iam", "--help", "t".repeat(238)],
      ],
    },
  ],
  "aurora-postgres --format avro": [
    {
      variable: "iceberg_mode",
      message:
        "iceberg_mode is value_schema_latest, which reads values without the id of a schema before them, and the pipeline writes that id. Choose value_schema_id_prefix, which reads it.",
      values: ["value_schema_latest"],
    },
    {
      variable: "iceberg_mode",
      message: "iceberg_mode is %. It must be disabled, key_value or value_schema_id_prefix.",
      values: [
        ...["", "none", "enabled", "Disabled", "key-value", "value_schema", "key_value "],
        ...["value_schema_latest:subject=orders", "true"],
      ],
    },
    {
      variable: "iceberg_mode",
      message:
        'iceberg_mode is value_schema_id_prefix, and the tables to stream are ["orders","items"]. A topic becomes one Iceberg table, whose columns are those of one table: list one, choose key_value, or generate the module with --topics per-table.',
      values: ["value_schema_id_prefix"],
      beside: { cdc_tables: ["orders", "items"] },
    },
    {
      variable: "iceberg_mode",
      message:
        'iceberg_mode is value_schema_id_prefix, and the tables to stream are ["orders","orders"]. A topic becomes one Iceberg table, whose columns are those of one table: list one, choose key_value, or generate the module with --topics per-table.',
      values: ["value_schema_id_prefix"],
      beside: { cdc_tables: null, cdc_tables_by_schema: { sales: ["orders"], stock: ["orders"] } },
    },
  ],
  "aurora-mysql --format avro": [
    {
      variable: "iceberg_mode",
      message:
        'iceberg_mode is value_schema_id_prefix, and the tables to stream are ["orders","items"]. A topic becomes one Iceberg table, whose columns are those of one table: list one, choose key_value, or generate the module with --topics per-table.',
      values: ["value_schema_id_prefix"],
      beside: { cdc_tables: null, cdc_tables_by_database: { sales: ["orders"], stock: ["items"] } },
    },
  ],
  "aurora-postgres --topics per-table": [
    {
      variable: "topic_name_pattern",
      message:
        "topic_name_pattern is %. It must be at most 249 letters, digits, dots, underscores and hyphens with <table> among them, and may have <prefix> and <schema>. What comes before <schema> and <table> begins the names of all topics, and lets the pipeline's user write to them: it must begin with a letter or a digit, because topics of Redpanda's own begin with an underscore, and end in a dot, an underscore or a hyphen, such as <prefix>.<schema>.<table>.",
      values: [
        ...[
          "",
          "<table>",
          "<schema>.<table>",
          ".<table>",
          "-.<table>",
          "__<table>",
          "_.<table>",
          "orders",
          "<prefix>.orders",
        ],
        ...[
          "<prefix>.<schema>",
          "<prefix><table>",
          "orders<table>",
          "<prefix>.<Table>",
          "a.<tables>",
        ],
        ...[
          "<prefix>.<database>.<table>",
          "<prefix>/<table>",
          "a.<table> ",
          "a.<table>\n",
          "*.<table>",
        ],
        ...[
          'a".<table>',
          "${! @table }.<table>",
          "a.${table}",
          "thèmes.<table>",
          "a.<schema><table",
          `a.<table>${"x".repeat(241)}`,
        ],
      ],
    },
    {
      variable: "topic_partitions",
      message: "topic_partitions is %. It must be a whole number from 1 on, such as 3.",
      values: [0, -1, 1.5],
    },
    {
      variable: "topic_partitions_by_table",
      message:
        "topic_partitions_by_table is %. Each value must be a whole number from 1 on, such as 3.",
      values: [0, -1, 1.5, null].map((value) => ({ "public.items": 3, "public.orders": value })),
    },
    {
      variable: "topic_replication_factor",
      message: "topic_replication_factor is %. It must be an odd whole number, such as 3.",
      values: [0, 2, -1, 1.5],
    },
    {
      variable: "topic_replication_factor_by_table",
      message:
        "topic_replication_factor_by_table is %. Each value must be an odd whole number, such as 3.",
      values: [0, 2, -1, 1.5, null].map((value) => ({ "public.orders": value })),
    },
    {
      variable: "topic_retention_ms",
      message:
        "topic_retention_ms is %. It must be a whole number of milliseconds from 1 on, such as 604800000, or -1.",
      values: [0, -2, 0.5, -0.5],
    },
    {
      variable: "topic_retention_ms_by_table",
      message:
        "topic_retention_ms_by_table is %. Each value must be a whole number of milliseconds from 1 on, such as 604800000, or -1.",
      values: [0, -2, 0.5, null].map((value) => ({ "public.orders": value })),
    },
    {
      variable: "retained_tables",
      message:
        'retained_tables is %. It must list tables with their schema (in MySQL their database), each once, such as ["public.orders"].',
      values: [
        ...alone("", null, "orders", "public.", ".orders", "public.orders.id", "public orders"),
        ...alone(
          `public.${"t".repeat(65)}`,
          "public.a$b",
          '"public"."orders"',
          "public.1orders",
          "public.orders ",
          "public.orders\n",
        ),
        ["public.orders", "public.orders"],
      ],
    },
  ],
  "aurora-postgres-ec2 --output redpanda --format avro": [
    {
      variable: "redpanda_schema_registry_url",
      message:
        "redpanda_schema_registry_url is %. It must be https:// and a host, with a port or without, such as https://schema-registry.example.com:30081. Without TLS the password could be read on the way.",
      values: [
        ...["", "schema-registry.example.com", "http://schema-registry.example.com:30081"],
        ...["https://", "https://host:0", "https://host:65536", "https://host:30081/"],
        ...["https://user:password@host", "https://host/subjects", "HTTPS://host", "https://a b"],
        ...["https://host\n", "https://-host", 'https://host"'],
      ],
    },
  ],
  "aurora-mysql-ec2 --output redpanda": [
    {
      variable: "checkpoint_key",
      message:
        "checkpoint_key is %. It must be 1 to 200 letters, digits, dots, underscores and hyphens, not starting with a dot or hyphen, such as rpconnect-cluster-U7CPSIZSCX2MPYNHKRETJG0HGE.",
      values: [
        "",
        ".",
        "..",
        ".rpconnect",
        "-",
        "--help",
        "a b",
        "a/b",
        'a"b',
        "${x}",
        "ключ",
        "k".repeat(201),
      ],
    },
  ],
  "aurora-postgres --profile production": [
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in.",
      values: alone("198.51.100.7", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.1/24", "::/0", ""),
    },
    {
      variable: "final_snapshot_number",
      message:
        "final_snapshot_number is %. It must be a whole number from 1 to 9999: raise it by one where a snapshot of that number is there already.",
      values: [0, -1, 1.5, 10000],
    },
    {
      variable: "backup_retention_days",
      message:
        "backup_retention_days is %. It must be a whole number of days from 1 to 35, which is all that Aurora keeps, such as 7.",
      values: [0, -1, 1.5, 36, 365],
    },
    {
      variable: "storage_kms_key_arn",
      message:
        "storage_kms_key_arn is %. It must be the ARN of a key, not an alias or an id alone, such as arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab: `aws kms list-keys --query 'Keys[].KeyArn' --region us-east-2`.",
      values: noKeys,
    },
    {
      variable: "storage_kms_key_arn",
      message:
        'storage_kms_key_arn is %, and region is "us-east-2". The key must be in that region, where a multi-Region key can have a replica: aws kms replicate-key --key-id <key> --replica-region <region>.',
      values: [
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:us-east-22:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ],
      beside: { region: "us-east-2" },
    },
    {
      variable: "logs_kms_key_arn",
      message:
        "logs_kms_key_arn is %. It must be the ARN of a key, not an alias or an id alone, such as arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab: `aws kms list-keys --query 'Keys[].KeyArn' --region us-east-2`.",
      values: noKeys,
    },
    {
      variable: "logs_kms_key_arn",
      message:
        'logs_kms_key_arn is %, and region is "us-east-2". The key must be in that region, where a multi-Region key can have a replica: aws kms replicate-key --key-id <key> --replica-region <region>.',
      values: [
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:us-east-22:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ],
      beside: { region: "us-east-2" },
    },
    {
      variable: "performance_insights_kms_key_arn",
      message:
        "performance_insights_kms_key_arn is %. It must be the ARN of a key, not an alias or an id alone, such as arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab: `aws kms list-keys --query 'Keys[].KeyArn' --region us-east-2`.",
      values: noKeys,
    },
    {
      variable: "performance_insights_kms_key_arn",
      message:
        'performance_insights_kms_key_arn is %, and region is "us-east-2". The key must be in that region, where a multi-Region key can have a replica: aws kms replicate-key --key-id <key> --replica-region <region>.',
      values: [
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:us-east-22:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ],
      beside: { region: "us-east-2" },
    },
    {
      variable: "database_insights_mode",
      message: "database_insights_mode is %. It must be standard or advanced.",
      values: ["", "Advanced", "off", "465", "advanced "],
    },
    {
      variable: "ca_certificate_identifier",
      message:
        "ca_certificate_identifier is %. It must be rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1: `aws rds describe-certificates --query 'Certificates[].CertificateIdentifier' --region us-east-2`.",
      values: ["", "rds-ca-2019", "rds-ca-rsa2048", "rsa4096-g1", "rds-ca-ecc384-g1 "],
    },
    {
      variable: "max_slot_wal_keep_size",
      message:
        "max_slot_wal_keep_size is %. It must be a whole number of MB from 1024 to 2147483647, such as 102400 for 100 GB: what is written in the longest time that the pipeline may stand still, and twice that. Null sets no limit.",
      values: [-1, 0, 100, 1023, 1024.5, 2147483648],
    },
  ],
  "aurora-postgres --profile production --database exec": [
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is [], which lets nobody in, and this module prepares the database from the machine that Terraform runs on. List the network that this machine connects from.",
      values: [[]],
    },
  ],
  "aurora-postgres-ec2 --profile production": [
    {
      variable: "instance_class",
      message:
        "instance_class is %. It must be a class and size that Aurora has, in the families r5, r6g, r6gd, r6i, r6id, r7g, r7i, r8g, r8gd and x2g, such as db.r6g.large or db.r8g.2xlarge. AWS means class T for development and tests, and some of it has no Database Insights.",
      values: ["db.t4g.medium", "db.t3.large", "db.t4g.large", "r6g.large", "db.r6g.medium", ""],
    },
  ],
  "aurora-postgres --aurora existing": [
    {
      variable: "cdc_tables_by_schema",
      message:
        'cdc_tables is not given. List the tables to stream, such as ["orders"]; those of several schemas in cdc_tables_by_schema.',
      values: [{}],
      beside: { cdc_tables: null },
    },
    {
      variable: "cdc_key_columns_by_table",
      message:
        'cdc_key_columns_by_table is %. It must name tables that are streamed, each with its schema: "<schema>.<table>", such as "public.orders".',
      // Of nobody's choice there is no table, iamuser_test neither.
      values: ["orders", "public.items", "public.iamuser_test", "sales.orders"].map((table) => ({
        [table]: ["no"],
      })),
      beside: { cdc_tables: ["orders"], cdc_schema: "public" },
    },
    {
      variable: "cluster_identifier",
      message:
        "cluster_identifier is %. It must be the identifier of a cluster, not an endpoint or ARN: 1 to 63 lower-case letters, digits and single hyphens, such as orders-production.",
      values: [
        ...[
          "",
          "Orders",
          "orders_production",
          "orders--production",
          "orders-",
          "-orders",
          "1orders",
        ],
        "orders.cluster-c00000000000.us-east-2.rds.amazonaws.com",
        "arn:aws:rds:us-east-2:111122223333:cluster:orders",
        ...["orders production", "orders;id", "$(id)", "o".repeat(64)],
      ],
    },
    {
      variable: "redpanda_cidrs",
      message:
        "Neither redpanda_cidr nor redpanda_cidrs is given, so the pipeline could not reach the database. Set redpanda_cidr to the NAT gateway's address as /32: Redpanda Cloud > the cluster > Overview, or `nat_gateways` of GET /v1/clusters/<id>.",
      values: [[]],
      beside: { redpanda_cidr: null, manage_ingress: true },
    },
    {
      variable: "redpanda_cidrs",
      message:
        "redpanda_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero; the address 3.139.175.89 is written 3.139.175.89/32.",
      values: alone("3.139.175.89", "0.0.0.0/0", "3.139.175.89/24"),
    },
    {
      variable: "admin_cidrs",
      message:
        "admin_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 198.51.100.7/32; [] lets nobody in.",
      values: alone("198.51.100.7", "0.0.0.0/0", "10.0.0.0/8", "10.0.0.1/24", "::/0", ""),
    },
    {
      variable: "security_group_id",
      message:
        "security_group_id is %. It must be the id of a security group, such as sg-0a1b2c3d4e5f67890: `aws rds describe-db-clusters --query 'DBClusters[].VpcSecurityGroups[].VpcSecurityGroupId'`.",
      values: [
        "",
        "sg-",
        "default",
        "sg-0A1B2C3D4E5F67890",
        "sgr-0a1b2c3d4e5f67890",
        "vpc-0a1b2c3d",
      ],
    },
    {
      variable: "existing_ingress_cidrs",
      message:
        "existing_ingress_cidrs is %. Each must be an IPv4 network from /16 to /32 whose host bits are zero, such as 3.139.175.89/32.",
      values: alone("3.139.175.89", "0.0.0.0/0", "3.139.175.89/24", "sg-0a1b2c3d4e5f67890"),
    },
    {
      variable: "db_username",
      message:
        "db_username is %. It must be 1 to 63 letters, digits and underscores, not starting with a digit (it is part of commands).",
      values: ["", "1admin", "data team", "admin;", "$(id)", 'a"b', "a-b", "u".repeat(64)],
    },
    {
      variable: "master_secret_arn",
      message:
        "master_secret_arn is %. It must be the ARN of a secret, such as arn:aws:secretsmanager:us-east-2:123456789012:secret:orders-AbCdEf: `aws secretsmanager list-secrets --query 'SecretList[].ARN' --region us-east-2`.",
      values: [
        ...["", "orders", "rds!cluster-1", "secret:orders-AbCdEf", "hunter2"],
        "arn:aws:rds:us-east-2:123456789012:cluster:orders",
        "arn:aws:secretsmanager:us-east-2:1234:secret:orders-AbCdEf",
        "arn:aws:secretsmanager:us-east-2:123456789012:secret:orders AbCdEf",
        "arn:aws:secretsmanager:us-east-2:123456789012:secret:orders'; id '",
        "arn:aws:secretsmanager:us-east-2:123456789012:secret:$(id)",
        "arn:aws:secretsmanager:us-east-2:123456789012:secret:orders\n",
      ],
    },
    {
      variable: "master_secret_arn",
      message:
        'master_secret_arn is %, and region is "us-east-2". The secret must be in that region, where Secrets Manager can keep a replica of it: aws secretsmanager replicate-secret-to-regions --secret-id <secret> --add-replica-regions Region=<region>.',
      values: [
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf",
        "arn:aws:secretsmanager:us-east-22:123456789012:secret:orders-AbCdEf",
      ],
      beside: { region: "us-east-2" },
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is who runs the setup SQL. A user with IAM authentication can no longer log in with a password: choose another, such as iam_demo_user.",
      values: ["data_owner"],
      beside: { db_username: "data_owner" },
    },
  ],
  "aurora-mysql --aurora existing": [
    {
      variable: "cdc_tables_by_database",
      message:
        'cdc_tables is not given. List the tables to stream, such as ["orders"]; those of several databases in cdc_tables_by_database.',
      values: [{}],
      beside: { cdc_tables: null },
    },
    {
      variable: "cdc_key_columns_by_table",
      message:
        'cdc_key_columns_by_table is %. It must name tables that are streamed, each with its database: "<database>.<table>", such as "demo_db.orders".',
      // Of nobody's choice there is no table, iamuser_test neither.
      values: ["orders", "demo_db.items", "demo_db.iamuser_test", "sales.orders"].map((table) => ({
        [table]: ["no"],
      })),
      beside: { cdc_tables: ["orders"], db_name: "demo_db" },
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is who runs the setup SQL. A user with IAM authentication can no longer log in with a password: choose another, such as iam_demo_user.",
      values: ["Data_Owner"],
      beside: { db_username: "data_owner" },
    },
  ],
  "aurora-postgres-ec2 --aurora existing": [
    {
      variable: "allowed_cidr_blocks",
      message:
        "allowed_cidr_blocks is [], so Redpanda Connect could not reach the database. List the network of its host, such as 10.0.1.0/24, or set manage_ingress = false where another rule lets it in.",
      values: [[]],
      beside: { manage_ingress: true },
    },
    {
      variable: "allowed_cidr_blocks",
      message:
        "allowed_cidr_blocks is %. It must list IPv4 networks from /16 to /32 whose host bits are zero, such as 10.0.1.0/24 or 198.51.100.7/32; 0.0.0.0/0 would let in the whole internet.",
      values: alone("0.0.0.0/0", "10.0.0.0/8", "10.0.1.1/24", "10.0.1.0"),
    },
    {
      variable: "db_master_username",
      message:
        "db_master_username is %. It must be 1 to 63 letters, digits and underscores, not starting with a digit (it is part of commands).",
      values: ["", "1admin", "data team", "u".repeat(64)],
    },
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is who runs the setup SQL. A user with IAM authentication can no longer log in with a password: choose another, such as iamuser.",
      values: ["data_owner"],
      beside: { db_master_username: "data_owner" },
    },
  ],
  "aurora-mysql-ec2 --aurora existing": [
    {
      variable: "iam_auth_user",
      message:
        "iam_auth_user is %, which is who runs the setup SQL. A user with IAM authentication can no longer log in with a password: choose another, such as iamuser.",
      values: ["Data_Owner"],
      beside: { db_master_username: "data_owner" },
    },
  ],
  "aurora-postgres --aurora existing --database exec": [
    {
      variable: "db_password",
      message:
        "db_password (not shown) is empty, or has a line end or another control character, which no environment and no client takes.",
      values: ["", "two\nlines", "tab\there"],
    },
  ],
  "aurora-postgres-ec2 --aurora existing --database exec": [
    {
      variable: "db_master_password",
      message:
        "db_master_password (not shown) is empty, or has a line end or another control character, which no environment and no client takes.",
      values: ["", "two\nlines", "tab\there"],
    },
  ],
};

/** Values of another type than the variable's, which Terraform itself refuses: type by value. */
export const ofAnotherType: readonly [variable: string, value: unknown, wanted: string][] = [
  ["redpanda_cidrs", "3.139.175.89/32", "list of string required"],
  ["redpanda_cidrs", "3.139.175.89/32,3.139.175.90/32", "list of string required"],
  ["cdc_tables", "orders, customers", "list of string required"],
  ["cdc_tables", '["orders"]', "list of string required"],
  ["cdc_key_columns", "id", "list of string required"],
  ["redpanda_cidr", ["3.139.175.89/32"], "string required"],
  ["az_count", "two", "a number is required"],
  ["serverlessv2_max_acu", "2 ACU", "a number is required"],
  ["db_password_version", "1a", "a number is required"],
  ["stream_snapshot", "yes", "a bool is required"],
];
