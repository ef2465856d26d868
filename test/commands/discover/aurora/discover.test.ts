import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DiscoverOptions, discover } from "../../../../commands/discover/command";
import { UsageError } from "../../../../commands/usage-error";
import { account, id, RedpandaCloud } from "../redpanda-cloud";
import {
  type Answers,
  answersFor,
  mysqlCluster,
  mysqlParameters,
  postgresCluster,
} from "./answers";
import { type Call, pretend, type Said } from "./programs";

let answers: Readonly<Record<string, Said>>;
let calls: Call[];
let folder: string;
beforeEach(() => {
  calls = pretend(() => answers);
  folder = mkdtempSync(join(tmpdir(), "discover-"));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const asked = (answers: Answers): Record<string, Said> =>
  Object.fromEntries(Object.entries(answers).map(([key, said]) => [key, JSON.stringify(said)]));

/** One run of the command, at what the fake `aws` answers. */
async function run(
  said: Readonly<Record<string, Said>> = asked(answersFor()),
  options: DiscoverOptions = { aurora: "orders" },
  { environment = {}, url = "http://127.0.0.1:1" } = {},
) {
  answers = said;
  const output = { code: -1, stdout: "", stderr: "" };
  output.code = await discover(options, {
    environment: { HOME: folder, XDG_CACHE_HOME: folder, ...environment },
    print: (text) => {
      output.stdout += text;
    },
    warn: (text) => {
      output.stderr += text;
    },
    cloud: { auth: url, api: url, timeout: 10_000 },
  });
  expect(JSON.stringify(output)).not.toContain("canary");
  return output;
}

const lines = `region                 = "us-east-2"
cluster_identifier     = "orders"
security_group_id      = "sg-0a1b2c3d4e5f60718"
existing_ingress_cidrs = ["198.51.100.7/32", "3.139.175.89/32"]
db_name                = "shop"
db_username            = "shop_admin"
`;

test("prints the values, and says what they mean", async () => {
  expect(await run()).toEqual({
    code: 0,
    stdout: lines,
    stderr: `Aurora cluster orders (account 111122223333, us-east-2): PostgreSQL 16.6, available
- Engine: aurora-postgresql 16.6, which postgres_cdc reads. The module: \`rpcn-aurora synth --aurora existing --engine postgres\`.
- Address: orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com:5432, which is public.
- Network: vpc-0123456789abcdef0, subnet group orders-subnets: subnet-0a (us-east-2a), subnet-0b (us-east-2b).
- Security group: sg-0a1b2c3d4e5f60718 (orders-db). It lets in 198.51.100.7/32, 3.139.175.89/32 on port 5432 already: existing_ingress_cidrs leaves these out, because AWS refuses a second rule for the same.
- Parameter group: orders-pg16, your own, in-sync: rds.logical_replication 1, rds.iam_auth_for_replication 1, rds.force_ssl 0, max_replication_slots 20, max_wal_senders 20.
- IAM authentication: on.
- Logs in CloudWatch: postgresql, iam-db-auth-error.
- Encryption: on, by arn:aws:kms:us-east-2:111122223333:key/0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9. The pipeline needs no right to the key.
- Reader: orders-2, db.r6g.large, us-east-2b, available, public, rds-ca-rsa2048-g1, parameters in-sync.
- Writer: orders-1, db.r6g.large, us-east-2a, available, public, rds-ca-rsa2048-g1, parameters in-sync.
- Master user: shop_admin. The setup SQL may be run by another one who is a member of rds_superuser and of the tables' owner.
- Data API: off.
Nothing is missing of what AWS tells. What only the database can tell, the setup SQL checks before it changes anything.
Tables were not looked at: no password is at hand, and none is asked for. Set PGPASSWORD or PGPASSFILE or PGSERVICE or PGSERVICEFILE, or have ~/.pgpass or ~/.pg_service.conf.
`,
  });
  // The cluster first, and then the rest at once.
  const [first, ...rest] = calls.map(({ line }) => line);
  const end = "--region us-east-2 --output json";
  expect(first).toBe("aws rds describe-db-clusters --db-cluster-identifier orders --output json");
  expect(rest.sort()).toEqual([
    `aws ec2 describe-security-groups --group-ids sg-0a1b2c3d4e5f60718 ${end}`,
    `aws rds describe-blue-green-deployments ${end}`,
    `aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name orders-pg16 ${end}`,
    `aws rds describe-db-instances --filters Name=db-cluster-id,Values=orders ${end}`,
    `aws rds describe-db-subnet-groups --db-subnet-group-name orders-subnets ${end}`,
    `aws rds describe-global-clusters ${end}`,
  ]);
  expect(calls[0]?.environment).toMatchObject({ AWS_PAGER: "" });
});

test("lists what is missing, in order, with what each costs", async () => {
  const said = asked(answersFor(mysqlCluster, mysqlParameters));
  const { code, stdout, stderr } = await run(said, { aurora: "orders", profile: "shop" });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `region             = "us-east-2"
aws_profile        = "shop"
cluster_identifier = "orders"
db_username        = "shop_admin"
`,
  });
  expect(
    stderr,
  ).toBe(`Aurora cluster orders (account 111122223333, us-east-2): MySQL 8.0.mysql_aurora.3.10.3, available
- Engine: aurora-mysql 8.0.mysql_aurora.3.10.3, which mysql_cdc reads. The module: \`rpcn-aurora synth --aurora existing --engine mysql\`.
- Address: orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com:3306, which is public.
- Network: vpc-0123456789abcdef0, subnet group orders-subnets: subnet-0a (us-east-2a), subnet-0b (us-east-2b).
- Security groups: sg-0a1b2c3d4e5f60718 (orders-db), sg-0fedcba9876543210. Choose the one that gets the pipeline's rule, as security_group_id.
- Parameter group: default.aurora-mysql8.0, AWS's own, in-sync: binlog_format OFF, binlog_row_image not set, require_secure_transport not set, event_scheduler ON.
- IAM authentication: off.
- Logs in CloudWatch: none. error and iam-db-auth-error would tell why a login is refused; nothing requires it.
- Encryption: off, and nothing here changes that.
- Reader: orders-2, db.r6g.large, us-east-2b, available, public, rds-ca-rsa2048-g1, parameters in-sync.
- Writer: orders-1, db.r6g.large, us-east-2a, available, public, rds-ca-rsa2048-g1, parameters in-sync.
- Serverless v2: 0 to 8 ACU. The stream holds a connection, so it no longer pauses: from then on it costs at least 0.5 ACU.
- Master user: shop_admin, whose password RDS keeps in arn:aws:secretsmanager:us-east-2:111122223333:secret:rds!cluster-0a1b2c3d-AbCdEf: with master_secret_arn = null, it is taken from there.
- Data API: on.
Missing, in this order:
1. Turn IAM authentication on: it is off. Costs nothing: no restart, and passwords go on working.
     aws rds modify-db-cluster --db-cluster-identifier orders --enable-iam-database-authentication --apply-immediately --region us-east-2 --profile shop
2. Make a parameter group: the cluster uses default.aurora-mysql8.0, AWS's own, whose values cannot be changed. Costs nothing.
     aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name orders-cdc --db-parameter-group-family aurora-mysql8.0 --description 'orders, with change data capture' --region us-east-2 --profile shop
3. Set binlog_format to ROW (it is OFF) in orders-cdc. Costs nothing: no cluster uses the group yet.
     aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name orders-cdc --parameters ParameterName=binlog_format,ParameterValue=ROW,ApplyMethod=pending-reboot --region us-east-2 --profile shop
4. Let the cluster use orders-cdc. All other values are those of default.aurora-mysql8.0. Costs the reboot below.
     aws rds modify-db-cluster --db-cluster-identifier orders --db-cluster-parameter-group-name orders-cdc --apply-immediately --region us-east-2 --profile shop
5. Reboot the writer, orders-1. Costs a reboot: all connections to it break, and it is away for about a minute.
     aws rds reboot-db-instance --db-instance-identifier orders-1 --region us-east-2 --profile shop
6. Reboot the readers too, orders-2: a reader that is promoted must stream as well. Costs a reboot of each: one after the other, the rest goes on serving.
     aws rds reboot-db-instance --db-instance-identifier orders-2 --region us-east-2 --profile shop
None of these changes data, users, passwords, networks or another parameter, and nothing was changed yet. What only the database can tell, the setup SQL checks before it changes anything.
Tables were not looked at: AWS names no database of this cluster. Set db_name in a file, and give that with --tfvars.
`);
  for (const { line } of calls) expect(line).toMatch(/ --profile shop --output json$/);
});

test("writes them into a file, and leaves the operator's choices as they are", async () => {
  const tfvars = join(folder, "my.tfvars");
  writeFileSync(
    tfvars,
    `region = "eu-west-1" # the old one
security_group_id = "sg-0fedcba9876543210"
existing_ingress_cidrs = ["192.0.2.9/32"]
db_name = "billing"
db_username = "owner"
`,
  );
  const answers = answersFor(mysqlCluster, mysqlParameters);
  const { code, stdout, stderr } = await run(asked(answers), { aurora: "orders", tfvars });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `Wrote region, cluster_identifier to ${tfvars}.\n`,
  });
  // Of the group that was chosen, AWS told nothing.
  expect(stderr).toContain(
    "- Security group: sg-0fedcba9876543210 of sg-0a1b2c3d4e5f60718 (orders-db), sg-0fedcba9876543210.\n",
  );
  const written = `region = "us-east-2" # the old one
security_group_id = "sg-0fedcba9876543210"
existing_ingress_cidrs = ["192.0.2.9/32"]
db_name = "billing"
db_username = "owner"

cluster_identifier = "orders"
`;
  expect(readFileSync(tfvars, "utf8")).toBe(written);
  expect(await run(asked(answers), { aurora: "orders", tfvars })).toMatchObject({
    stdout: `${tfvars} already has these values.\n`,
  });
  expect(readFileSync(tfvars, "utf8")).toBe(written);
});

test("both clusters are asked for in one run, and nothing is written where one does not fit", async () => {
  const cloud = await RedpandaCloud.start();
  const environment = {
    REDPANDA_CLIENT_ID: account.id,
    REDPANDA_CLIENT_SECRET: account.secret,
    AWS_PROFILE: "shop",
  };
  const around = { environment, url: cloud.url };
  try {
    const both = await run(undefined, { aurora: "orders", cluster: id }, around);
    expect({ ...both, stderr: both.stderr.match(/^\S+ cluster|^Cluster/gm) }).toEqual({
      code: 0,
      stdout: `region                 = "us-east-2"
aws_profile            = "shop"
cluster_identifier     = "orders"
security_group_id      = "sg-0a1b2c3d4e5f60718"
existing_ingress_cidrs = ["198.51.100.7/32", "3.139.175.89/32"]
db_name                = "shop"
db_username            = "shop_admin"
redpanda_cidr          = "3.139.175.89/32"
redpanda_cluster_id    = "curl3eo533cmsnt23dv0"
`,
      stderr: ["Aurora cluster", "Cluster"],
    });
    // The AWS CLI takes it from the environment, where it has its place among other credentials.
    for (const { line } of calls) expect(line).not.toContain("--profile");

    const tfvars = join(folder, "my.tfvars");
    writeFileSync(tfvars, "");
    cloud.cluster = () => ({ status: 404, body: {} });
    const options = { aurora: "orders", cluster: id, tfvars };
    expect(await run(undefined, options, around)).toMatchObject({ code: 1, stdout: "" });
    const serverless = asked(answersFor({ ...postgresCluster, EngineMode: "serverless" }));
    expect(await run(serverless, options, around)).toMatchObject({ code: 1, stdout: "" });
    expect(readFileSync(tfvars, "utf8")).toBe("");
  } finally {
    await cloud.stop();
  }
});

test("an existing list of ranges becomes empty where no rule is there any more", async () => {
  const tfvars = join(folder, "my.tfvars");
  writeFileSync(tfvars, 'existing_ingress_cidrs = ["3.139.175.89/32"]\n');
  const answers = {
    ...answersFor(),
    "aws ec2 describe-security-groups": { SecurityGroups: [{ GroupId: "sg-0a1b2c3d4e5f60718" }] },
  };
  await run(asked(answers), { aurora: "orders", tfvars });
  expect(readFileSync(tfvars, "utf8")).toContain("existing_ingress_cidrs = []\n");
});

describe("Tables", () => {
  const bundles: string[] = [];
  beforeEach(() => {
    bundles.length = 0;
    jest.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
      bundles.push(String(url));
      return new Response("certificates");
    });
  });

  test("are found where a password is at hand", async () => {
    const said = {
      ...asked(answersFor()),
      psql: `name|key|rows|bytes|remark
public.customers|id|1200|98304|
public.visits||88000|13631488|no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL
|id|0|8192|
sales.order_items|order_id, line|5|0|replica identity FULL
`,
    };
    const environment = { PGPASSWORD: "canary" };
    const { code, stdout, stderr } = await run(said, undefined, { environment });
    expect({ code, stdout, stderr: stderr.slice(stderr.indexOf("Tables")) }).toEqual({
      code: 0,
      stdout: lines,
      stderr: `Tables of shop, as shop_admin sees them, with primary key and estimated size:
  public.customers   id              1200 rows   96 kB
  public.visits      no primary key  88000 rows  13 MB    no replica identity: add a primary key, or ALTER TABLE ... REPLICA IDENTITY FULL
  sales.order_items  order_id, line  5 rows      0 bytes  replica identity FULL
  and 1 whose names cdc_tables does not take
Choose from them for cdc_tables, those of one schema, or for cdc_tables_by_schema.
Primary keys other than id, for cdc_key_columns_by_table:
  "sales.order_items" = ["order_id","line"]
`,
    });
    expect(bundles).toEqual([
      "https://truststore.pki.rds.amazonaws.com/us-east-2/us-east-2-bundle.pem",
      "https://www.amazontrust.com/repository/AmazonRootCA1.pem",
    ]);
    const call = calls.find(({ line }) => line.startsWith("psql "));
    expect(call?.line).toMatch(
      /^psql host=orders[.]\S+ port=5432 user=shop_admin dbname=shop sslmode=verify-full sslrootcert=\/\S+\/rds-ca[.]pem --no-psqlrc /,
    );
    expect(call?.environment.PGOPTIONS).toContain("default_transaction_read_only=on");
  });

  test("are looked for as the file says", async () => {
    const tfvars = join(folder, "my.tfvars");
    writeFileSync(tfvars, 'db_name = "billing"\ndb_master_username = "owner"\n');
    const said = {
      ...asked(answersFor(mysqlCluster, mysqlParameters)),
      mysql: "name\tkey\trows\tbytes\tremark\n",
    };
    const environment = { MYSQL_PWD: "canary" };
    const { stderr } = await run(said, { aurora: "orders", tfvars }, { environment });
    expect(stderr).toContain(
      "Tables of billing, as owner sees them, with primary key and estimated size:\n  none\n",
    );
    expect(calls.map(({ line }) => line)).toContainEqual(
      expect.stringMatching(/^mysql .* --user=owner --database=billing /),
    );
  });

  const environment = { PGPASSWORD: "canary" };
  test.each<[string, Said, string]>([
    [
      "nobody answers",
      { code: 2, stderr: "psql: error: connection to server failed: timeout expired\n" },
      "psql ended with code 2 and said: psql: error: connection to server failed: timeout expired",
    ],
    ["the answer is another", "x\n1\n", "what psql said is not understood."],
  ])("are left out where %s", async (_case, psql, why) => {
    const said = { ...asked(answersFor()), psql: psql };
    const { code, stdout, stderr } = await run(said, undefined, { environment });
    expect({ code, stdout }).toEqual({ code: 0, stdout: lines });
    expect(stderr).toContain(`\nTables were not looked at: ${why}\n`);
  });

  test("are left out where the certificates cannot be had", async () => {
    jest
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => new Response("", { status: 403 }));
    const { code, stderr } = await run(undefined, undefined, { environment });
    expect(code).toBe(0);
    expect(stderr).toContain(
      "Tables were not looked at: https://truststore.pki.rds.amazonaws.com/us-east-2/us-east-2-bundle.pem answered HTTP 403.\n",
    );
    expect(calls.filter(({ line }) => line.startsWith("psql"))).toEqual([]);
  });
});

describe("Where AWS gives no answer", () => {
  const refused = (code: string, message: string): Said => ({
    code: 254,
    stderr: `\nAn error occurred (${code}) when calling the DescribeX operation: ${message}\n`,
  });

  test.each<[string, keyof Answers, string]>([
    [
      "rds:DescribeDBInstances",
      "aws rds describe-db-instances of",
      "whether the writer has a public address, and which certificate it shows, is not known.",
    ],
    [
      "rds:DescribeDBClusterParameters",
      "aws rds describe-db-cluster-parameters",
      "which values the parameter group has is not known.",
    ],
    [
      "rds:DescribeDBSubnetGroups",
      "aws rds describe-db-subnet-groups",
      "which VPC and subnets it is in is not known.",
    ],
    [
      "ec2:DescribeSecurityGroups",
      "aws ec2 describe-security-groups",
      "whom the security group lets in already is not known.",
    ],
    [
      "rds:DescribeBlueGreenDeployments",
      "aws rds describe-blue-green-deployments",
      "whether a blue/green deployment is under way is not known.",
    ],
    [
      "rds:DescribeGlobalClusters",
      "aws rds describe-global-clusters",
      "whether it is part of a global database is not known.",
    ],
  ])("%s alone is named, and the others answer", async (action, command, unknown) => {
    const denial = refused(
      action.startsWith("ec2:") ? "UnauthorizedOperation" : "AccessDenied",
      `User: x is not authorized to perform: ${action}`,
    );
    const { code, stdout, stderr } = await run({ ...asked(answersFor()), [command]: denial });
    expect(code).toBe(0);
    expect(stdout).toBe(
      action.startsWith("ec2:")
        ? lines.replace(/^existing.*\n/m, "").replaceAll(/ {4} = /g, " = ")
        : lines,
    );
    expect(stderr.match(/^- Not looked at.*$/gm)).toEqual([
      `- Not looked at: ${action} is denied to these credentials. So ${unknown} The policy in docs/existing-cluster.md allows it.`,
    ]);
  });

  test("what fails otherwise is told with AWS's own words", async () => {
    const gone = refused("InvalidGroup.NotFound", "The security group 'sg-0' does not exist");
    const said = { ...asked(answersFor()), "aws ec2 describe-security-groups": gone };
    const { code, stderr } = await run(said);
    expect(code).toBe(0);
    expect(stderr.match(/^- Not looked at.*$/gm)).toEqual([
      "- Not looked at: ec2:DescribeSecurityGroups failed: InvalidGroup.NotFound: The security group 'sg-0' does not exist. So whom the security group lets in already is not known.",
    ]);
  });

  test.each<[string, Said | undefined, string]>([
    [
      "rds:DescribeDBClusters is denied",
      refused("AccessDenied", "User: x is not authorized"),
      "rds:DescribeDBClusters is denied to these credentials. Nothing can be found out without: docs/existing-cluster.md has the policy.",
    ],
    [
      "there is no program",
      { error: "it is not on the PATH" },
      "aws, the AWS CLI, is not on the PATH, and AWS is asked by it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html.",
    ],
    [
      "the program hangs",
      { limit: 30_000 },
      "aws gave no answer in time. Check the network, and the proxy that HTTPS_PROXY names.",
    ],
    [
      "there are no credentials",
      {
        code: 253,
        stderr:
          '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
      },
      "aws finds no credentials. Name a profile with --profile (`aws configure list-profiles` lists yours), or set AWS_PROFILE.",
    ],
    [
      "SSO has expired",
      {
        code: 255,
        stderr: "\nError when retrieving token from sso: Token has expired and refresh failed\n",
      },
      "The SSO session has expired. Log in again: `aws sso login --profile shop`.",
    ],
    [
      "the login has expired",
      {
        code: 255,
        stderr:
          "\nYour session has expired or credentials have changed. Please reauthenticate using 'aws login'.\n",
      },
      "The login session has expired. Log in again: `aws login --profile shop`.",
    ],
    [
      "there is no such profile",
      { code: 255, stderr: "\nThe config profile (shop) could not be found\n" },
      'aws has no profile "shop". `aws configure list-profiles` lists those there are.',
    ],
    [
      "there is no region",
      {
        code: 253,
        stderr:
          '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
      },
      "aws knows no region. Name the cluster's with --region, such as --region us-east-2.",
    ],
    [
      "the region is none",
      {
        code: 255,
        stderr: '\nCould not connect to the endpoint URL: "https://rds.us-east-9.amazonaws.com/"\n',
      },
      "https://rds.us-east-9.amazonaws.com/ cannot be reached. Check the region (--region), the network, and the proxy that HTTPS_PROXY names.",
    ],
    [
      "temporary credentials have expired",
      refused("ExpiredToken", "The security token included in the request is expired"),
      "The temporary credentials have expired. Get new ones, such as by `aws sso login --profile shop`.",
    ],
    [
      "the key is gone",
      refused("InvalidClientTokenId", "The security token included in the request is invalid."),
      "AWS does not know the access key: it was deleted, or the region is one that its account has not enabled. Check --profile and --region.",
    ],
    [
      "the secret is another",
      refused("SignatureDoesNotMatch", "The request signature does not match."),
      "AWS does not accept the secret of the access key: copy it again, and check this machine's clock.",
    ],
    [
      "there is too much",
      refused("Throttling", "Rate exceeded"),
      "rds:DescribeDBClusters failed: Throttling: Rate exceeded.",
    ],
    [
      "the answer is another",
      '{"DBClusters": [{"DBClusterIdentifier": "orders"}]}',
      "The answer to rds:DescribeDBClusters is not understood.",
    ],
    [
      "something else is wrong",
      { code: 1, stderr: "Segmentation fault\n" },
      "aws ended with code 1 and said: Segmentation fault.",
    ],
  ])("where %s, one sentence says so", async (_case, said = "", message) => {
    const options = { aurora: "orders", profile: "shop" };
    expect(await run({ "aws rds describe-db-clusters": said }, options)).toEqual({
      code: 1,
      stdout: "",
      stderr: `${message}\n`,
    });
    expect(calls).toHaveLength(1);
  });

  const noCluster = refused("DBClusterNotFoundFault", "DBCluster order not found.");
  const noInstance = refused("DBInstanceNotFound", "DBInstance order not found.");
  test.each<[string, Record<string, Said>, string]>([
    [
      "lists those there are",
      {
        "aws rds describe-db-clusters all": JSON.stringify({
          DBClusters: [{ ...postgresCluster, DBClusterIdentifier: "users" }, postgresCluster],
        }),
      },
      "There is no cluster order in eu-west-1. There are: orders, users. A cluster elsewhere takes --region, or another --profile.",
    ],
    [
      "says that there is none",
      { "aws rds describe-db-clusters all": '{"DBClusters": []}' },
      "There is no cluster order in eu-west-1. There is none in this account at all. A cluster elsewhere takes --region, or another --profile.",
    ],
    [
      "says that it may not list them",
      { "aws rds describe-db-clusters all": refused("AccessDenied", "no") },
      "There is no cluster order in eu-west-1. Which there are is not known. A cluster elsewhere takes --region, or another --profile.",
    ],
    [
      "names the cluster of an instance",
      {
        "aws rds describe-db-instances": JSON.stringify({
          DBInstances: [
            {
              DBInstanceIdentifier: "order",
              DBClusterIdentifier: "orders",
              Engine: "aurora-mysql",
            },
          ],
        }),
      },
      "order is an instance of the cluster orders: give --aurora orders.",
    ],
    [
      "says what an instance of RDS is",
      {
        "aws rds describe-db-instances": JSON.stringify({
          DBInstances: [{ DBInstanceIdentifier: "order", Engine: "oracle-se2" }],
        }),
      },
      "order is an instance of its own, RDS for Oracle, and the modules are for Aurora. The input oracledb_cdc reads it, in a pipeline of your own.",
    ],
  ])("where there is no such cluster, it %s", async (_case, said, message) => {
    const given = {
      "aws rds describe-db-clusters": noCluster,
      "aws rds describe-db-instances": noInstance,
      "aws rds describe-db-clusters all": '{"DBClusters": []}',
      ...said,
    };
    expect(await run(given, { aurora: "order", region: "eu-west-1" })).toEqual({
      code: 1,
      stdout: "",
      stderr: `${message}\n`,
    });
  });

  test("an identifier of Aurora DSQL is told by its form, and no region by its place", async () => {
    const given = {
      "aws rds describe-db-clusters": noCluster,
      "aws rds describe-db-instances": noInstance,
      "aws rds describe-db-clusters all": '{"DBClusters": []}',
    };
    expect(await run(given, { aurora: "4abcdefghijklmnopqrst5uvwx" })).toMatchObject({
      code: 1,
      stderr:
        "There is no cluster 4abcdefghijklmnopqrst5uvwx in the region that aws takes by itself (`aws configure get region`). There is none in this account at all. Its form is that of an Aurora DSQL cluster's id: a stream of that cluster goes to Kinesis (`aws dsql create-stream`), which the input aws_kinesis reads, in a pipeline of your own. A cluster elsewhere takes --region, or another --profile.\n",
    });
  });
});

test("mistakes are told at once, before anything is asked", async () => {
  await expect(run({}, { aurora: "--x", region: "useast2", profile: "--x" })).rejects.toEqual(
    new UsageError(`--aurora is "--x". It must be a cluster's identifier, 1 to 63 letters, digits and single hyphens: \`aws rds describe-db-clusters --query 'DBClusters[].DBClusterIdentifier'\` lists yours.
--region is "useast2". It must be an AWS region, such as us-east-2.
--profile is "--x". It must be one of those that \`aws configure list-profiles\` lists.`),
  );
  await expect(run({}, { cluster: id, region: "us-east-2", profile: "shop" })).rejects.toEqual(
    new UsageError(`--region also requires --aurora: it is Aurora's.
--profile also requires --aurora: it is AWS's.
REDPANDA_CLIENT_ID is not in the environment. Set it to the service account's: Redpanda Cloud > Organization IAM > Service accounts.
REDPANDA_CLIENT_SECRET is not in the environment. Set it to the service account's: Redpanda Cloud > Organization IAM > Service accounts.`),
  );
  for (const aurora of [
    "arn:aws:rds:eu-west-1:111122223333:cluster:orders",
    "orders.cluster-cabcdefghijk.eu-west-1.rds.amazonaws.com",
    "orders.cluster-ro-cabcdefghijk.eu-west-1.rds.amazonaws.com",
  ]) {
    await expect(run({}, { aurora })).rejects.toEqual(
      new UsageError(
        `--aurora is "${aurora}". It must be a cluster's identifier, 1 to 63 letters, digits and single hyphens: give --aurora orders --region eu-west-1.`,
      ),
    );
  }
  for (const aurora of ["a-", "a--b", "1a", "a".repeat(64), "ä", ""]) {
    await expect(run({}, { aurora })).rejects.toBeInstanceOf(UsageError);
  }
  expect(calls).toEqual([]);
});
