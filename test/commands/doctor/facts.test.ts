import { contradictions, factsOf } from "../../../commands/doctor/facts";

test("the names that stand in a message, and the principal's role", () => {
  expect(
    factsOf(
      "verifying role assumption for 'arn:aws:iam::211125444193:role/demo': User: arn:aws:sts::861276079005:assumed-role/redpanda-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::211125444193:role/demo",
    ),
  ).toEqual({
    principal: "arn:aws:sts::861276079005:assumed-role/redpanda-pipeline/1768926423691540220",
    principal_account: "861276079005",
    principal_role: "redpanda-pipeline",
    principal_role_arn: "arn:aws:iam::861276079005:role/redpanda-pipeline",
    iam_db_auth_role_arn: "arn:aws:iam::211125444193:role/demo",
  });
});

const role = "arn:aws-us-gov:iam::123456789012:role/path/to/b+=,.@-1";

test.each<[what: string, message: string, facts: Record<string, string>]>([
  [
    "a user, whatever its path",
    "User: arn:aws-cn:iam::123456789012:user/path/+=,.@-/u+=,.@-1 is not authorized",
    {
      principal: "arn:aws-cn:iam::123456789012:user/path/+=,.@-/u+=,.@-1",
      principal_account: "123456789012",
      principal_role_arn: "arn:aws-cn:iam::123456789012:user/path/+=,.@-/u+=,.@-1",
    },
  ],
  [
    "a user without a path",
    "User: arn:aws:iam::123456789012:user/u is not authorized",
    {
      principal: "arn:aws:iam::123456789012:user/u",
      principal_account: "123456789012",
      principal_role_arn: "arn:aws:iam::123456789012:user/u",
    },
  ],
  [
    "a session of a role",
    "User: arn:aws-us-gov:sts::123456789012:assumed-role/a+=,.@-1/s+=,.@-1 is not authorized",
    {
      principal: "arn:aws-us-gov:sts::123456789012:assumed-role/a+=,.@-1/s+=,.@-1",
      principal_account: "123456789012",
      principal_role: "a+=,.@-1",
      principal_role_arn: "arn:aws:iam::123456789012:role/a+=,.@-1",
    },
  ],
  [
    "the role that is assumed",
    `sts:AssumeRole on resource: ${role} because`,
    { iam_db_auth_role_arn: role },
  ],
  [
    "the role that is verified",
    `verifying role assumption for '${role}': operation error`,
    { iam_db_auth_role_arn: role },
  ],
  [
    "of two roles the one that was refused",
    "verifying role assumption for 'arn:aws:iam::123456789012:role/a': sts:AssumeRole on resource: arn:aws:iam::123456789012:role/b",
    { iam_db_auth_role_arn: "arn:aws:iam::123456789012:role/b" },
  ],
  [
    "database and user of a log-in",
    "failed to connect to `user=iam_user database=demo_db`: refused",
    { iam_auth_user: "iam_user", db_name: "demo_db" },
  ],
  [
    "the host of one",
    "203.0.113.10:5432 (demo-1.cluster-a.us-east-2.rds.amazonaws.com): tls error",
    { db_cluster_endpoint: "demo-1.cluster-a.us-east-2.rds.amazonaws.com" },
  ],
  [
    "a subject, with its table",
    'A row of orders is not encoded: registering schema for subject "demo-1.public.orders-orders": refused',
    { subject: "demo-1.public.orders-orders", table: "orders" },
  ],
  ["no subject that a shell would read", 'creating schema for subject "demo-$(rm)": refused', {}],
  [
    "MySQL's user",
    "Access denied for user 'iam_user'@'203.0.113.10'",
    { iam_auth_user: "iam_user" },
  ],
  [
    "a variable that is not set, the first",
    "environment variables were not set: [REDPANDA.SASL_1 OTHER]",
    { missing_variable: "REDPANDA.SASL_1" },
  ],
  [
    "a privilege",
    "you need (at least one of) the REPLICATION SLAVE privilege(s)",
    { privilege: "REPLICATION SLAVE" },
  ],
  [
    "one of two privileges",
    "you need (at least one of) the SUPER, RELOAD or FLUSH_TABLES privilege(s)",
    { privilege: "SUPER, RELOAD or FLUSH_TABLES" },
  ],
  ["a table without a key", "no primary key found for table orders$1", { table: "orders$1" }],
  [
    "a table and its schema",
    'getting primary key column for table "public"."orders_1"',
    { table: 'public"."orders_1' },
  ],
  ["a table after a schema", "primary key for table public.orders", { table: "public.orders" }],
  [
    "MySQL's table without a key",
    "unable to find primary key for table orders",
    { table: "orders" },
  ],
  ["a publication", "Creating publication pglog_stream_slot_1 for", { slot_name: "slot_1" }],
  ["a slot", 'replication slot "slot_1" is active', { slot_name: "slot_1" }],
  ["a schema", "permission denied for schema sales_1 (SQLSTATE 42501)", { cdc_schema: "sales_1" }],
  ["nothing", "the tide is out", {} as Record<string, string>],
])("%s", (_what, message, facts) => {
  expect(factsOf(message)).toStrictEqual(facts);
});

test.each([
  "User: arn:aws:sts::12345678901:assumed-role/a/1",
  "User: arn:aws:iam::12345678901:user/a",
  "User: arn:aws:sts::123456789012:assumed-role/a",
  "on resource: arn:aws:iam::123456789012:role/a",
  "sts:AssumeRole on resource: arn:aws:iam::12345678901:role/a",
  "verifying role assumption for 'arn:aws:iam::123456789012:role/a b'",
  "203.0.113.10:5432 (db.example.com): tls error",
  'permission denied for schema "a b"',
])("%s holds no name", (message) => {
  expect(factsOf(message)).toStrictEqual({});
});

describe("where a record and the module must agree", () => {
  const consequences: [fact: string, name: string, consequence: string][] = [
    [
      "principal_role_arn",
      "trusted_principal_role_arn",
      "so the db-connect role trusts another principal: correct redpanda_aws_acct_id, redpanda_cluster_id or trusted_principal_arn.",
    ],
    [
      "iam_db_auth_role_arn",
      "iam_db_auth_role_arn",
      "so the pipeline runs with another configuration than the module's: `terraform apply`.",
    ],
    [
      "db_cluster_endpoint",
      "db_cluster_endpoint",
      "so the pipeline connects to another host than the module's writer: `terraform apply`.",
    ],
    [
      "iam_auth_user",
      "iam_auth_user",
      "so the pipeline logs in as another user than the module's: `terraform apply`.",
    ],
  ];

  test.each(consequences)("%s is the module's %s", (fact, name, consequence) => {
    expect(contradictions({ [fact]: "said" }, { [name]: "known" })).toEqual([
      `The message says said, and the module's ${name} is known, ${consequence}`,
    ]);
    expect(contradictions({ [fact]: "same" }, { [name]: "same" })).toEqual([]);
  });

  test.each(consequences)("%s and %s are compared where both are known", (fact, name) => {
    expect(contradictions({ [fact]: "said" }, {})).toEqual([]);
    expect(contradictions({}, { [name]: "known" })).toEqual([]);
  });

  test("each one that does not agree is said, and nothing else is compared", () => {
    const facts = { principal_role_arn: "a", iam_auth_user: "b", db_name: "c", region: "d" };
    const module = {
      trusted_principal_role_arn: "A",
      iam_auth_user: "B",
      db_name: "C",
      region: "D",
    };
    expect(contradictions(facts, module)).toHaveLength(2);
  });
});
