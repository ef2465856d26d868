import { readFileSync } from "node:fs";
import { join } from "node:path";
import { redpandaCloud } from "../../../../commands/discover/request";
import { Asker } from "../../../../commands/doctor/live/ask";
import type { Context, LiveCheck, Verdict } from "../../../../commands/doctor/live/check";
import { checksOf } from "../../../../commands/doctor/live/checks";
import { reportOf } from "../../../../commands/doctor/live/report";
import { liveReport, liveSchemaFile } from "../../../../commands/doctor/live/report-schema";
import { examples, recordOf } from "../examples";
import { accessKeyUser, dbConnectRole, kinds, pipelineRole } from "./module";

const [byoc, mysqlByoc, withKey, host] = kinds as [Kind, Kind, Kind, Kind];
const [avro, twoRoles] = kinds.slice(-2) as [Kind, Kind];
type Kind = (typeof kinds)[number];

const checkOf = (kind: Kind, id: string) =>
  checksOf(kind, kind.names).find((check) => check.id === id) as LiveCheck;

const judged = (kind: Kind, id: string, answer: unknown, around: Partial<Context> = {}) => {
  const check = checkOf(kind, id);
  return check.judge(check.read(answer), { names: kind.names, ...around });
};

const trusting = (
  statement: object,
  tags: unknown = [{ Key: "redpanda_scope_redpanda_connect", Value: "true" }],
) => ({
  trust: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
  },
  tags,
});
const cluster = (differences: object = {}) => [
  {
    status: "available",
    iam: true,
    resourceId: "cluster-ABCDEFGHIJKLMNOP",
    parameterGroup: "demo-group",
    members: [
      { name: "demo-2", isWriter: false, parameters: "pending-reboot" },
      { name: "demo-1", isWriter: true, parameters: "in-sync" },
    ],
    ...differences,
  },
];
const redpandaCluster = (differences: object = {}) => ({
  cluster: {
    id: "x",
    type: "TYPE_BYOC",
    state: "STATE_READY",
    redpanda_connect: { version: "4.72.0" },
    ...differences,
  },
});
const acls = (...given: [operation: string, type?: string, principal?: string][]) => ({
  resources: [
    {
      acls: given.map(([operation, type = "ALLOW", principal = "User:demo_iam_sasl_user"]) => ({
        principal,
        operation: `OPERATION_${operation}`,
        permission_type: `PERMISSION_TYPE_${type}`,
      })),
    },
  ],
});
/** Rights of the pipeline's user on subjects, by the pattern of their names. */
const subjects = (name: string, pattern: "PREFIXED" | "LITERAL", ...operations: string[]) => ({
  resources: acls(...operations.map((operation): [string] => [operation])).resources.map((one) => ({
    resource_name: name,
    resource_pattern_type: `RESOURCE_PATTERN_TYPE_${pattern}`,
    ...one,
  })),
});
const denied = (decision: string, differences: object = {}) => [
  { decision: "allowed" },
  { decision, boundary: null, organisation: null, ...differences },
];
const ingress = (networks: string[], differences: object = {}) => [
  { protocol: "tcp", from: 22, to: 22, networks: ["0.0.0.0/0"], lists: [] },
  { protocol: "tcp", from: 5432, to: 5432, networks, lists: [], ...differences },
];
const networks = ["3.139.175.89/32"];
const parameters = (...given: [name: string, value: string | null][]) =>
  given.map(([name, value]) => ({ name, value }));
const good = parameters(["rds.force_ssl", "1"], ["rds.iam_auth_for_replication", "1"]);

const key = (id: string, status: string, created: string) => ({ id, status, created });
const secretsOf = (...ids: [id: string, scope?: string][]) => ({
  secrets: ids.map(([id, scope = "SCOPE_REDPANDA_CONNECT"]) => ({ id, scopes: [scope] })),
});

/** Each check, each answer to it, and what follows. */
const cases: [
  kind: Kind,
  id: string,
  answer: unknown,
  state: Verdict["state"],
  says: string,
  around?: Partial<Context>,
][] = [
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster(),
    "ok",
    "Cluster curl3eo533cmsnt23dv0: BYOC. Redpanda Connect 4.72.0.",
  ],
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster({ redpanda_connect: null, state: "STATE_UPGRADING" }),
    "ok",
    "Cluster curl3eo533cmsnt23dv0: BYOC. Redpanda Connect of a version that is not told.",
  ],
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster({ redpanda_connect: { version: "4.70.1" } }),
    "broken",
    "The cluster runs Redpanda Connect 4.70.1, and IAM logins to PostgreSQL require 4.71.0.",
  ],
  [
    mysqlByoc,
    "redpanda-cluster",
    redpandaCluster({ redpanda_connect: { version: "4.71.0" } }),
    "broken",
    "The cluster runs Redpanda Connect 4.71.0, and IAM logins to MySQL require 4.72.0.",
  ],
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster({ state: "STATE_SUSPENDED" }),
    "broken",
    "The cluster's state is SUSPENDED.",
  ],
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster({ state: "STATE_DELETING" }),
    "broken",
    "State: DELETING. The cluster will be gone: choose another one.",
  ],
  [
    byoc,
    "secret",
    { secrets: [{ id: "DEMO_SASL_PASSWORD", scopes: ["SCOPE_REDPANDA_CONNECT"] }] },
    "ok",
    "DEMO_SASL_PASSWORD is there, for Redpanda Connect.",
  ],
  [
    byoc,
    "secret",
    { secrets: [{ id: "DEMO_SASL_PASSWORD_OLD" }] },
    "broken",
    "There is no secret DEMO_SASL_PASSWORD.",
  ],
  [
    byoc,
    "secret",
    { secrets: [{ id: "DEMO_SASL_PASSWORD", scopes: ["SCOPE_MCP_SERVER"] }] },
    "broken",
    "DEMO_SASL_PASSWORD is there, and not for Redpanda Connect.",
  ],
  [byoc, "pipeline", { pipeline: { state: "STATE_RUNNING" } }, "ok", "It is RUNNING."],
  [
    byoc,
    "pipeline",
    { pipeline: { state: "STATE_STARTING", status: null } },
    "unclear",
    "It is STARTING: look again in a minute.",
  ],
  [
    byoc,
    "pipeline",
    { pipeline: { state: "STATE_STOPPED", status: { error: "" } } },
    "broken",
    "It is STOPPED.",
  ],
  [
    byoc,
    "pipeline",
    { pipeline: { state: "STATE_ERROR", status: { error: "the tide is out" } } },
    "broken",
    "It is ERROR: the tide is out.",
  ],
  [
    host,
    "database-account",
    { Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/me" },
    "ok",
    "They are of arn:aws:iam::111122223333:user/me.",
  ],
  [
    host,
    "database-account",
    { Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" },
    "skipped",
    "They are of account 999999999999, and 111122223333 is needed: what is asked there is left out. Run this again with AWS_PROFILE set to a profile of account 111122223333.",
  ],
  [
    host,
    "connect-account",
    { Account: "861276079005", Arn: "arn:aws:iam::861276079005:user/me" },
    "ok",
    "They are of arn:aws:iam::861276079005:user/me.",
  ],
  [
    host,
    "connect-account",
    { Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/me" },
    "skipped",
    "They are of account 111122223333, and 861276079005 is needed: what is asked there is left out. Run this again with AWS_PROFILE set to a profile of account 861276079005.",
  ],
  [
    byoc,
    "principal",
    { arn: pipelineRole, boundary: null, lastUsed: null },
    "ok",
    `${pipelineRole} exists, without a boundary, and nothing has used it lately.`,
  ],
  [
    byoc,
    "principal",
    { arn: pipelineRole, boundary: "arn:aws:iam::1:policy/b" },
    "unclear",
    `${pipelineRole} exists, with the permissions boundary arn:aws:iam::1:policy/b: no policy allows more than that does.`,
  ],
  [
    withKey,
    "principal",
    { arn: accessKeyUser, boundary: null },
    "ok",
    `${accessKeyUser} exists, without a boundary.`,
  ],
  [
    withKey,
    "access-key",
    [key("AKIAIOSFODNN7EXAMPLE", "Active", "2026-11-20T16:27:06+00:00")],
    "ok",
    "The access key that ends in MPLE is active, created on 2026-11-20, 1 day ago.",
  ],
  [
    withKey,
    "access-key",
    [
      key("AKIAI44QH8DHBEXAMPL1", "Active", "2026-01-20T16:27:06Z"),
      key("AKIAI44QH8DHBEXAMPL2", "Active", "2026-11-21T06:27:06Z"),
    ],
    "ok",
    "The access key that ends in MPL2 is active, created on 2026-11-21, 0 days ago. The access key that ends in MPL1 is active, created on 2026-01-20, 305 days ago.",
  ],
  [withKey, "access-key", [], "broken", "The user has no access key."],
  [
    withKey,
    "access-key",
    [
      key("AKIAI44QH8DHBEXAMPL2", "Expired", "2026-01-19T16:27:06Z"),
      key("AKIAIOSFODNN7EXAMPLE", "Inactive", "2026-01-20T16:27:06Z"),
    ],
    "broken",
    "The access key that ends in MPLE is Inactive.",
  ],
  [
    withKey,
    "access-key-use",
    { date: "2026-11-20T16:27:06+00:00", service: "sts", region: "us-east-2" },
    "ok",
    "It was last used on 2026-11-20, 1 day ago, for sts in us-east-2.",
  ],
  [
    withKey,
    "access-key-use",
    { date: null, service: "N/A", region: "N/A" },
    "unclear",
    "It was never used: the pipeline has another key, or has not come so far. AWS tells a use some hours late.",
  ],
  ...(["access-key-id-secret", "secret-access-key-secret"] as const).flatMap(
    (id): (typeof cases)[number][] => {
      const name =
        id === "access-key-id-secret" ? "DEMO_AWS_ACCESS_KEY_ID" : "DEMO_AWS_SECRET_ACCESS_KEY";
      return [
        [withKey, id, secretsOf([name]), "ok", `${name} is there, for Redpanda Connect.`],
        [withKey, id, secretsOf([`${name}_OLD`]), "broken", `There is no secret ${name}.`],
        [
          withKey,
          id,
          secretsOf([name, "SCOPE_MCP_SERVER"]),
          "broken",
          `${name} is there, and not for Redpanda Connect.`,
        ],
      ];
    },
  ),
  [
    withKey,
    "assume-policy",
    { Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [dbConnectRole] }] },
    "ok",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole}.`,
  ],
  [
    withKey,
    "trust",
    trusting({ Principal: { AWS: accessKeyUser } }),
    "ok",
    `It trusts ${accessKeyUser}.`,
  ],
  [
    withKey,
    "trust",
    trusting({ Principal: { AWS: pipelineRole } }),
    "broken",
    `The role trusts ${pipelineRole}, and Connect runs as ${accessKeyUser}.`,
  ],
  [
    byoc,
    "assume-policy",
    { Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: dbConnectRole } },
    "ok",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole}.`,
  ],
  [
    byoc,
    "assume-policy",
    {
      Statement: [
        { Effect: "Allow", Action: ["sts:AssumeRole"], Resource: ["arn:aws:iam::1:role/old"] },
      ],
    },
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on arn:aws:iam::1:role/old, and the pipeline assumes ${dbConnectRole}.`,
  ],
  [
    byoc,
    "assume-policy",
    { Statement: [{ Effect: "Deny", Action: ["sts:AssumeRole"], Resource: [dbConnectRole] }] },
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on nothing, and the pipeline assumes ${dbConnectRole}.`,
  ],
  [
    host,
    "assume-policy",
    ["AssumeDbAccessRolePolicy"],
    "ok",
    "Attached: AssumeDbAccessRolePolicy.",
  ],
  [host, "assume-policy", [], "broken", "No policy is attached."],
  [
    byoc,
    "assume-role",
    [{ decision: "allowed" }],
    "ok",
    "sts:AssumeRole on <iam_db_auth_role_arn>: allowed.",
  ],
  [
    byoc,
    "assume-role",
    denied("implicitDeny"),
    "broken",
    "sts:AssumeRole on <iam_db_auth_role_arn>: no policy allows it.",
  ],
  [
    byoc,
    "assume-role",
    denied("implicitDeny", { boundary: false }),
    "broken",
    "sts:AssumeRole on <iam_db_auth_role_arn>: the permissions boundary does not allow it.",
  ],
  [
    byoc,
    "assume-role",
    denied("explicitDeny", { organisation: false }),
    "broken",
    "sts:AssumeRole on <iam_db_auth_role_arn>: a policy of the organisation does not allow it.",
  ],
  [
    byoc,
    "assume-role",
    denied("explicitDeny"),
    "broken",
    "sts:AssumeRole on <iam_db_auth_role_arn>: a policy denies it.",
  ],
  [
    withKey,
    "assume-role",
    denied("implicitDeny"),
    "unclear",
    "sts:AssumeRole on <iam_db_auth_role_arn>: no policy allows it, and in one account the trust may be enough.",
  ],
  [
    byoc,
    "trust",
    trusting({ Principal: { AWS: ["arn:aws:iam::1:role/x", pipelineRole] } }),
    "ok",
    `It trusts ${pipelineRole}.`,
  ],
  [
    twoRoles,
    "assume-second-role",
    [{ decision: "allowed" }],
    "ok",
    "sts:AssumeRole on <login_role_arn>: allowed.",
  ],
  [
    twoRoles,
    "assume-second-role",
    denied("explicitDeny"),
    "broken",
    "sts:AssumeRole on <login_role_arn>: a policy denies it.",
  ],
  [
    twoRoles,
    "second-trust",
    trusting({ Principal: { AWS: dbConnectRole } }),
    "ok",
    `It trusts ${dbConnectRole}.`,
  ],
  [
    twoRoles,
    "second-trust",
    trusting({ Principal: { AWS: pipelineRole } }),
    "broken",
    `The role trusts ${pipelineRole}, and the role before it is ${dbConnectRole}.`,
  ],
  ...["*", "861276079005", "arn:aws:iam::861276079005:root"].map((AWS): (typeof cases)[number] => [
    byoc,
    "trust",
    trusting({ Action: "sts:*", Principal: AWS === "*" ? AWS : { AWS } }),
    "ok",
    `It trusts ${pipelineRole}.`,
  ]),
  ...[`${dbConnectRole.slice(0, -4)}*`, "*"].map((Resource): (typeof cases)[number] => [
    byoc,
    "assume-policy",
    { Statement: [{ Effect: "Allow", Action: ["sts:Assume*"], Resource }] },
    "ok",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole}.`,
  ]),
  [
    byoc,
    "trust",
    trusting({ Principal: { AWS: "arn:aws:iam::1:role/x" } }),
    "broken",
    `The role trusts arn:aws:iam::1:role/x, and Connect runs as ${pipelineRole}.`,
  ],
  [
    byoc,
    "trust",
    trusting({ Principal: { Service: "ec2.amazonaws.com" } }),
    "broken",
    `The role trusts nobody, and Connect runs as ${pipelineRole}.`,
  ],
  [
    byoc,
    "trust",
    trusting({ Principal: { AWS: "AROADBQP57FF2AEXAMPLE" } }),
    "broken",
    "The role trusts AROADBQP57FF2AEXAMPLE, which is what is left of a principal that was deleted. One created again under the same name is another principal.",
  ],
  [
    byoc,
    "trust",
    trusting({ Principal: { AWS: pipelineRole } }, []),
    "broken",
    'The role\'s tag redpanda_scope_redpanda_connect is missing, and the pipeline role may assume only roles where it is "true".',
  ],
  [
    byoc,
    "trust",
    trusting({ Principal: { AWS: pipelineRole } }, [
      { Key: "redpanda_scope_redpanda_connect", Value: "yes" },
    ]),
    "broken",
    'The role\'s tag redpanda_scope_redpanda_connect is "yes", and the pipeline role may assume only roles where it is "true".',
  ],
  [
    byoc,
    "trust",
    trusting({
      Principal: { AWS: pipelineRole },
      Condition: { StringEquals: { "sts:ExternalId": "its own" } },
    }),
    "broken",
    "The role requires an external id, and the pipeline presents none.",
  ],
  [
    byoc,
    "trust",
    trusting({
      Principal: { AWS: pipelineRole },
      Condition: { StringEquals: { "sts:ExternalId": ["its own"] } },
    }),
    "broken",
    "The role requires another external id than the pipeline presents.",
    { names: { ...byoc.names, external_id: "another" } },
  ],
  [
    byoc,
    "trust",
    trusting({
      Principal: { AWS: pipelineRole },
      Condition: { StringEquals: { "sts:ExternalId": "its-own" } },
    }),
    "ok",
    `It trusts ${pipelineRole}, with the external id that the pipeline presents.`,
    { names: { ...byoc.names, external_id: "its-own" } },
  ],
  [
    byoc,
    "writer-address",
    [{ status: "available", isPublic: true }],
    "ok",
    "It has one, and is available.",
  ],
  [
    byoc,
    "writer-address",
    [{ status: "available", isPublic: false }],
    "broken",
    "It has none, and pipelines of a BYOC cluster reach private addresses only where the cluster allows them.",
  ],
  [
    byoc,
    "security-group",
    ingress(["3.139.175.0/24"]),
    "ok",
    "It lets in 3.139.175.0/24 on port 5432, so the pipelines too, which come from 3.139.175.89/32.",
    { networks },
  ],
  [
    byoc,
    "security-group",
    ingress(["198.51.100.7/32"]),
    "broken",
    "It lets in 198.51.100.7/32 on port 5432, and the pipelines come from 3.139.175.89/32.",
    { networks },
  ],
  [
    byoc,
    "security-group",
    ingress(["3.139.175.89/32"]),
    "broken",
    "It lets in 3.139.175.89/32 on port 5432, and the pipelines come from 3.139.175.80/28.",
    { networks: ["3.139.175.80/28"] },
  ],
  [byoc, "security-group", ingress([]), "broken", "It lets in nobody on port 5432.", { networks }],
  [
    mysqlByoc,
    "security-group",
    ingress(["3.139.175.89/32"]),
    "broken",
    "It lets in nobody on port 3306.",
    { networks },
  ],
  [
    mysqlByoc,
    "security-group",
    [{ protocol: "-1", networks: ["0.0.0.0/0"] }],
    "ok",
    "It lets in 0.0.0.0/0 on port 3306, so the pipelines too, which come from 3.139.175.89/32.",
    { networks },
  ],
  [
    byoc,
    "security-group",
    ingress([], { lists: ["pl-1"] }),
    "unclear",
    "It lets in nobody on port 5432, and whoever is in pl-1, which is not looked into.",
    { networks },
  ],
  [
    byoc,
    "security-group",
    ingress(["3.139.175.89/32"]),
    "unclear",
    "It lets in 3.139.175.89/32 on port 5432. The cluster's NAT gateways are not known here.",
  ],
  [
    host,
    "security-group",
    ingress(["10.0.0.0/16"]),
    "unclear",
    "It lets in 10.0.0.0/16 on port 5432. Whether the host is among them is for you to compare.",
  ],
  [
    byoc,
    "cluster",
    cluster(),
    "ok",
    "It is available, IAM authentication is on, and demo-1 is in sync.",
  ],
  [byoc, "cluster", cluster({ status: "stopped" }), "broken", "The cluster is stopped."],
  [byoc, "cluster", cluster({ status: "creating" }), "broken", "The cluster is creating."],
  [
    byoc,
    "cluster",
    cluster({ resourceId: "cluster-NEW" }),
    "broken",
    "The cluster's resource id is cluster-NEW, and the policy names cluster-ABCDEFGHIJKLMNOP: the cluster was created anew.",
  ],
  [byoc, "cluster", cluster({ iam: false }), "broken", "IAM database authentication is off."],
  [
    byoc,
    "cluster",
    cluster({ parameterGroup: "default.aurora-postgresql17" }),
    "broken",
    "The cluster uses the parameter group default.aurora-postgresql17, and the module's is demo-group.",
  ],
  [byoc, "cluster", cluster({ members: [] }), "broken", "The cluster has no writer."],
  [
    byoc,
    "cluster",
    cluster({ members: [{ name: "demo-1", isWriter: true, parameters: "pending-reboot" }] }),
    "broken",
    "demo-1 does not use its parameters: they are pending a reboot.",
  ],
  [
    byoc,
    "cluster",
    cluster({ members: [{ name: "demo-1", isWriter: true, parameters: "applying" }] }),
    "unclear",
    "The parameters of demo-1 are applying.",
  ],
  [
    byoc,
    "connect-as-user",
    [{ decision: "allowed" }],
    "ok",
    "rds-db:connect as <iam_auth_user>: allowed.",
  ],
  [
    byoc,
    "connect-as-user",
    denied("implicitDeny"),
    "broken",
    "rds-db:connect as <iam_auth_user>: no policy allows it.",
  ],
  [
    byoc,
    "parameters",
    [...good, { name: "rds.logical_replication", value: "1" }],
    "ok",
    "rds.logical_replication is 1, rds.iam_auth_for_replication is 1, rds.force_ssl is 1.",
  ],
  [
    byoc,
    "parameters",
    [...good, { name: "rds.logical_replication", value: "0" }],
    "broken",
    "rds.logical_replication is 0, and must be 1.",
  ],
  [byoc, "parameters", good, "broken", "rds.logical_replication is not set, and must be 1."],
  [
    mysqlByoc,
    "parameters",
    parameters(
      ["binlog_format", "ROW"],
      ["binlog_row_image", "full"],
      ["require_secure_transport", "1"],
    ),
    "ok",
    "binlog_format is ROW, binlog_row_image is FULL, require_secure_transport is ON.",
  ],
  [
    mysqlByoc,
    "parameters",
    parameters(
      ["binlog_format", "OFF"],
      ["binlog_row_image", null],
      ["require_secure_transport", "ON"],
    ),
    "broken",
    "binlog_format is OFF, and must be ROW; binlog_row_image is not set, and must be FULL.",
  ],
  [
    byoc,
    "database-user",
    [{ rolname: "iam_demo_user", member_of: '{rds_replication,"rds_iam"}' }],
    "ok",
    "iam_demo_user is a member of rds_iam and rds_replication.",
  ],
  [
    byoc,
    "database-user",
    [],
    "broken",
    "There is no user iam_demo_user: the setup SQL has not run.",
  ],
  [
    byoc,
    "database-user",
    [{ rolname: "iam_demo_user", member_of: "{rds_replication}" }],
    "broken",
    "iam_demo_user is no member of rds_iam.",
  ],
  [
    byoc,
    "database-user",
    [{ rolname: "iam_demo_user", member_of: "{}" }],
    "broken",
    "iam_demo_user is no member of rds_iam and rds_replication.",
  ],
  [
    byoc,
    "database-publication",
    [
      { pubname: "pglog_stream_rpcn_iam_test", tablename: "customers" },
      { pubname: "pglog_stream_rpcn_iam_test", tablename: "orders" },
    ],
    "ok",
    "pglog_stream_rpcn_iam_test has customers, orders.",
  ],
  [
    byoc,
    "database-publication",
    [],
    "broken",
    "The publication pglog_stream_rpcn_iam_test is missing, or has no table.",
  ],
  [
    byoc,
    "database-publication",
    [{ pubname: "pglog_stream_rpcn_iam_test", tablename: "customers" }],
    "broken",
    "The publication pglog_stream_rpcn_iam_test lacks orders.",
  ],
  [
    byoc,
    "database-slot",
    [{ slot_name: "rpcn_iam_test", active: "t", wal_status: "reserved", retained: "1 MB" }],
    "ok",
    "rpcn_iam_test is being read, and retains 1 MB of WAL.",
  ],
  [
    byoc,
    "database-slot",
    [
      { slot_name: "rpcn_iam_test", active: "t", wal_status: "reserved", retained: "1 MB" },
      { slot_name: "rpcn_iam_test_stock", active: "f", wal_status: "extended", retained: "9 GB" },
      { slot_name: "others", active: "f", wal_status: "extended", retained: "9 GB" },
    ],
    "ok",
    "rpcn_iam_test is being read, and retains 1 MB of WAL. Nobody reads the slot rpcn_iam_test_stock, which retains 9 GB of WAL, and more until the disk is full. If it is of a schema that was taken out: SELECT pg_drop_replication_slot('rpcn_iam_test_stock');",
  ],
  [
    byoc,
    "database-slot",
    [{ slot_name: "other", active: "t", wal_status: "reserved" }],
    "broken",
    "There is no slot rpcn_iam_test.",
  ],
  [
    byoc,
    "database-slot",
    [{ slot_name: "rpcn_iam_test", active: "f", wal_status: "lost" }],
    "broken",
    "The slot rpcn_iam_test is lost: PostgreSQL no longer keeps the WAL that it needs, and the changes in it cannot be read any more.",
  ],
  [
    byoc,
    "database-slot",
    [{ slot_name: "rpcn_iam_test", active: "f", wal_status: "extended" }],
    "broken",
    "The slot rpcn_iam_test is there, and nobody reads it.",
  ],
  [
    mysqlByoc,
    "database-user",
    [{ user: "iam_demo_user", host: "%", plugin: "AWSAuthenticationPlugin" }],
    "ok",
    "iam_demo_user logs in by AWSAuthenticationPlugin.",
  ],
  [
    mysqlByoc,
    "database-user",
    [],
    "broken",
    "There is no user iam_demo_user: the setup SQL has not run.",
  ],
  [
    mysqlByoc,
    "database-user",
    [{ user: "iam_demo_user", host: "%", plugin: "mysql_native_password" }],
    "broken",
    "iam_demo_user logs in by mysql_native_password, not by AWSAuthenticationPlugin.",
  ],
  [
    mysqlByoc,
    "database-grants",
    [
      {
        "Grants for iam_demo_user@%":
          "GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `iam_demo_user`@`%`",
      },
      {
        "Grants for iam_demo_user@%":
          "GRANT SELECT, LOCK TABLES ON `demo_db`.* TO `iam_demo_user`@`%`",
      },
    ],
    "ok",
    "iam_demo_user may SELECT, and read the binary log.",
  ],
  [
    mysqlByoc,
    "database-grants",
    [{ "Grants for iam_demo_user@%": "GRANT USAGE ON *.* TO `iam_demo_user`@`%`" }],
    "broken",
    "iam_demo_user lacks SELECT, REPLICATION SLAVE, REPLICATION CLIENT.",
  ],
  [
    mysqlByoc,
    "database-binary-log",
    [{ "@@log_bin": "1", "@@binlog_format": "ROW", "@@binlog_row_image": "FULL" }],
    "ok",
    "It is on, with format ROW and complete rows.",
  ],
  [
    mysqlByoc,
    "database-binary-log",
    [{ "@@log_bin": "0", "@@binlog_format": "ROW", "@@binlog_row_image": "MINIMAL" }],
    "broken",
    "@@log_bin is 0, and must be 1; @@binlog_row_image is MINIMAL, and must be FULL. Connect logs nothing and rows arrive, but columns that an UPDATE leaves as they are come as null, the key among them, and of a DELETE all but the key.",
  ],
  [
    mysqlByoc,
    "database-binary-log",
    [{ "@@log_bin": "1", "@@binlog_format": "OFF", "@@binlog_row_image": "FULL" }],
    "broken",
    "@@binlog_format is OFF, and must be ROW.",
  ],
  [
    mysqlByoc,
    "database-reader",
    [{ id: "42", command: "Binlog Dump", time: "300" }],
    "ok",
    "iam_demo_user reads it, for 300 seconds so far.",
  ],
  [mysqlByoc, "database-reader", [], "broken", "iam_demo_user does not read the binary log."],
  [
    byoc,
    "log",
    `d5nfcb0objac738nhf90 ${recordOf("Input type postgres_cdc is now active", "INFO")}\n`,
    "ok",
    "Rows are being read.",
  ],
  [byoc, "log", "", "skipped", "There is no record: a pipeline that works logs next to nothing."],
  [
    byoc,
    "log",
    `d5nother0000000000zz ${recordOf(examples.A9?.is ?? "", "ERROR", { pipeline_id: "d5nother0000000000zz" })}\n`,
    "skipped",
    "There is no record: a pipeline that works logs next to nothing.",
  ],
  [
    byoc,
    "redpanda-user",
    { users: [{ name: "demo_iam_sasl_user" }] },
    "ok",
    "demo_iam_sasl_user is there.",
  ],
  [byoc, "redpanda-user", { users: [] }, "broken", "There is no user demo_iam_sasl_user."],
  [
    byoc,
    "topic",
    { topics: [{ name: "demo.iam_auth_topic_test", partition_count: 3 }] },
    "ok",
    "demo.iam_auth_topic_test has 3 partitions.",
  ],
  [
    byoc,
    "topic",
    { topics: [{ name: "demo.iam_auth_topic_test.old", partition_count: 3 }] },
    "broken",
    "There is no topic demo.iam_auth_topic_test.",
  ],
  [
    byoc,
    "topic-acls",
    acls(["WRITE"], ["DESCRIBE"]),
    "ok",
    "User:demo_iam_sasl_user has WRITE and DESCRIBE on demo.iam_auth_topic_test.",
  ],
  [
    byoc,
    "topic-acls",
    acls(["ALL", "ALLOW", "User:*"]),
    "ok",
    "User:demo_iam_sasl_user has WRITE and DESCRIBE on demo.iam_auth_topic_test.",
  ],
  [
    byoc,
    "topic-acls",
    acls(["WRITE"], ["DESCRIBE", "ALLOW", "User:other"]),
    "broken",
    "User:demo_iam_sasl_user lacks DESCRIBE on demo.iam_auth_topic_test.",
  ],
  [
    byoc,
    "topic-acls",
    { resources: [] },
    "broken",
    "User:demo_iam_sasl_user lacks WRITE and DESCRIBE on demo.iam_auth_topic_test.",
  ],
  [
    byoc,
    "topic-acls",
    acls(["ALL"], ["WRITE", "DENY"]),
    "broken",
    "User:demo_iam_sasl_user is denied WRITE on demo.iam_auth_topic_test.",
  ],
  [
    mysqlByoc,
    "checkpoint-acls",
    acls(["READ"], ["WRITE"], ["DESCRIBE"]),
    "ok",
    "User:demo_iam_sasl_user has READ and WRITE and DESCRIBE on demo.cdc_checkpoints.",
  ],
  [
    mysqlByoc,
    "checkpoint-acls",
    acls(["WRITE"], ["DESCRIBE"]),
    "broken",
    "User:demo_iam_sasl_user lacks READ on demo.cdc_checkpoints.",
  ],
  [
    avro,
    "subject-acls",
    subjects("demo.iam_auth_topic_test-", "PREFIXED", "READ", "WRITE"),
    "ok",
    "User:demo_iam_sasl_user has READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.",
  ],
  [
    avro,
    "subject-acls",
    subjects("demo", "PREFIXED", "ALL"),
    "ok",
    "User:demo_iam_sasl_user has READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.",
  ],
  [
    avro,
    "subject-acls",
    subjects("*", "LITERAL", "READ", "WRITE"),
    "ok",
    "User:demo_iam_sasl_user has READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.",
  ],
  [
    avro,
    "subject-acls",
    subjects("demo.iam_auth_topic_test-orders", "PREFIXED", "READ", "WRITE"),
    "broken",
    "User:demo_iam_sasl_user lacks READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.",
  ],
  [
    avro,
    "subject-acls",
    subjects("demo.iam_auth_topic_test-", "LITERAL", "READ", "WRITE"),
    "broken",
    "User:demo_iam_sasl_user lacks READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.",
  ],
  [
    avro,
    "registry-acls",
    acls(["DESCRIBE"]),
    "ok",
    "User:demo_iam_sasl_user has DESCRIBE on the registry.",
  ],
  [
    avro,
    "registry-acls",
    { resources: [] },
    "broken",
    "User:demo_iam_sasl_user lacks DESCRIBE on the registry.",
  ],
];

// What an age is told from.
beforeAll(() => jest.useFakeTimers({ now: Date.parse("2026-11-21T22:00:00Z") }));
afterAll(() => jest.useRealTimers());

test.each(
  cases.map(([kind, id, answer, state, says, around]) => ({
    kind,
    id,
    answer,
    state,
    says,
    around,
  })),
)("$id: $says", ({ kind, id, answer, state, says, around }) => {
  const verdict = judged(kind, id, answer, around);
  expect(verdict).toMatchObject({ state, says });
  // Who is told of a cause is told what to do.
  if (verdict.state === "broken") expect(verdict.fix.length).toBeGreaterThan(0);
});

describe("the schema of the JSON", () => {
  test("docs/doctor-live-report.schema.json is what would be generated: `npm run docs` writes it", () => {
    const file = join(__dirname, "../../../../docs/doctor-live-report.schema.json");
    expect(readFileSync(file, "utf8")).toBe(liveSchemaFile());
  });

  test("a report on each answer is as it says, and nothing else is", () => {
    for (const [kind, id, answer, , , around] of cases) {
      const { hop, title } = checkOf(kind, id);
      const finding = { id, hop, title, answer, verdict: judged(kind, id, answer, around) };
      const report = reportOf([finding], kind.names, kind.topology);
      expect(liveReport.parse(JSON.parse(JSON.stringify(report)))).toMatchObject({ schema: 1 });
      expect(liveReport.safeParse({ ...report, more: 1 }).success).toBe(false);
    }
  });
});

test("the newest active key is the one whose use is asked for", () => {
  const { tells, read } = checkOf(withKey, "access-key");
  const told = (...keys: unknown[]) => tells?.(read(keys));
  expect(told()).toEqual({});
  expect(told(key("AKIAIOSFODNN7EXAMPLE", "Inactive", "2026-01-20T16:27:06Z"))).toEqual({});
  expect(
    told(
      key("AKIAI44QH8DHBEXAMPL1", "Active", "2026-01-18T16:27:06Z"),
      key("AKIAI44QH8DHBEXAMPL2", "Active", "2026-01-19T16:27:06Z"),
      key("AKIAI44QH8DHBEXAMPL3", "Inactive", "2026-01-20T16:27:06Z"),
    ),
  ).toEqual({ access_key_id: "AKIAI44QH8DHBEXAMPL2" });
});

test("a user that is gone has no keys to look at", () => {
  const { absent } = checkOf(withKey, "access-key");
  expect(absent?.NoSuchEntity?.({ names: withKey.names })).toEqual({
    state: "broken",
    says: "There is no user demo-redpanda-connect.",
    fix: [{ shell: "terraform apply" }],
  });
});

test("a judge relies on no name but those of the question, and those that it says it needs", () => {
  for (const [kind, id, answer, , , around] of cases) {
    const { question, needs = [], read, judge } = checkOf(kind, id);
    const asked = [...JSON.stringify(question).matchAll(/<([a-z][a-z_]+)>/g)].map(
      ([, name]) => name,
    );
    const told = [...asked, ...needs, "region"];
    const names = Object.fromEntries(
      Object.entries(around?.names ?? kind.names).filter(([name]) => told.includes(name)),
    );
    const { says } = judge(read(answer), { ...around, names });
    expect({ id, says }).toEqual({ id, says: expect.not.stringContaining("undefined") });
  }
});

test("each check is answered in at least two ways, one of them well or a cause", () => {
  for (const kind of kinds) {
    for (const { id } of checksOf(kind, kind.names)) {
      const states = cases.filter(([, of]) => of === id).map(([, , , state]) => state);
      expect({ id, states: new Set(states).size >= 2 }).toEqual({ id, states: true });
    }
  }
});

test.each(["{}", "[]", '"no"', "[{}]", '{"pipeline": {"state": "running"}}', "[null]"])(
  "what is no answer is not judged: %s",
  (text) => {
    const answer = JSON.parse(text);
    const read = kinds.flatMap((kind) =>
      checksOf(kind, kind.names)
        .filter(({ question }) => !("sql" in question || "rpk" in question))
        .filter(({ read }) => {
          try {
            read(answer);
            return true;
          } catch {
            return false;
          }
        })
        .map(({ id }) => id),
    );
    // Where nothing is an answer, that is one.
    const empty: Record<string, string[]> = {
      "[]": ["security-group", "parameters", "assume-policy", "access-key"],
    };
    expect(read.filter((id) => !empty[text]?.includes(id))).toEqual([]);
  },
);

test("a cause further on is where it breaks: an error of the pipeline, or a record of its log", () => {
  const error = examples.A9?.is ?? "";
  const cause = judged(byoc, "pipeline", { pipeline: { state: "STATE_ERROR", status: { error } } });
  expect(cause).toMatchObject({ state: "broken", hop: "role" });
  expect(judged(byoc, "log", `d5nfcb0objac738nhf90 ${recordOf(error, "ERROR")}\n`)).toMatchObject({
    state: "broken",
    hop: "role",
  });
  expect(
    judged(byoc, "log", `d5nfcb0objac738nhf90 ${recordOf("the tide is out", "ERROR")}\n`),
  ).toEqual({
    state: "unclear",
    says: "What it says is not in the catalogue: the tide is out",
  });
});

describe("Nothing is changed, and no secret is read", () => {
  const asker = (kind: Kind) =>
    new Asker({
      folder: ".",
      environment: {},
      engine: kind.engine as NonNullable<Kind["engine"]>,
      cloud: redpandaCloud,
      limit: 1,
      profiles: { database: "database" },
      warn: () => undefined,
    });
  const all = kinds.flatMap((kind) =>
    checksOf(kind, kind.names).map(({ id, question }) => ({
      id,
      question,
      command: asker(kind).asking(question, kind.names).command,
    })),
  );

  /** Everything that may be asked, by the whole of what is asked. */
  const reads = [
    /^aws sts get-caller-identity /,
    /^aws iam (?:get-role|get-user|get-role-policy|get-user-policy|list-attached-role-policies|simulate-principal-policy|list-access-keys|get-access-key-last-used) /,
    /^aws rds (?:describe-db-clusters|describe-db-cluster-parameters|describe-db-instances) /,
    /^aws ec2 describe-security-groups /,
    /^GET https:\/\/api\.redpanda\.com\/v1\/clusters\/[a-z0-9]{20}$/,
    /^GET <data plane>\/v1\/(?:secrets|users|topics|acls)\?filter\.[\w.=&]+$/,
    /^GET <data plane>\/v1\/redpanda-connect\/pipelines\/[a-z0-9]{20}$/,
    /^(?:psql|mysql) [^;]*(?:--command=|--execute=)(?:SELECT|SHOW) [^;]*;['"]$/,
    // Without a group nothing is committed.
    /^rpk topic consume __redpanda\.connect\.logs --offset @-10m:end --format '%k %v\\n'$/,
  ];

  test.each([...new Map(all.map((one) => [one.command, one])).values()])(
    "$command",
    ({ command }) => {
      expect(reads.filter((pattern) => pattern.test(command))).toHaveLength(1);
      expect(command).not.toMatch(
        /secretsmanager|(?:create|update|delete)-access-key|get-secret|get-parameter |--group(?!-ids)|pg_drop|pg_terminate|set_config|nextval|FOR UPDATE|INTO OUTFILE/i,
      );
    },
  );

  test("all of them are listed", () => {
    expect(all.length).toBeGreaterThan(60);
    for (const pattern of reads)
      expect(all.some(({ command }) => pattern.test(command))).toBe(true);
  });

  test("PostgreSQL itself is told that nothing may change", () => {
    expect(byoc.engine?.client.readOnly.PGOPTIONS).toContain("default_transaction_read_only=on");
  });

  test.each(["x; DROP TABLE y", "x' OR '1'='1", "--profile", "$(id)", "a b", "x`y`"])(
    "what is no name goes into no command: %s",
    (iam_auth_user) => {
      const { question } = checkOf(byoc, "database-user");
      const ask = () => asker(byoc).asking(question, { ...byoc.names, iam_auth_user });
      expect(ask).toThrow(new Error("The state's iam_auth_user is no name."));
    },
  );
});

describe("of a database without a public address", () => {
  const allow_egress_command = `curl … | jq -c 'select(.cluster) | {redpanda_connect: {allowed_destination_cidr_ports: ((.cluster.redpanda_connect.allowed_destination_cidr_ports // []) + [{"cidr":"10.200.0.0/16","port_end":5432,"port_start":5432}] | unique)}}' | curl …`;
  const hidden: Kind = { ...byoc, names: { ...byoc.names, allow_egress_command } };
  const allowing = (...rules: object[]) =>
    redpandaCluster({
      redpanda_connect: { version: "4.72.0", allowed_destination_cidr_ports: rules },
    });

  test.each<[id: string, answer: unknown, state: string, says: string]>([
    [
      "egress",
      redpandaCluster(),
      "broken",
      "No rule of the cluster allows 10.200.0.0/16 port 5432.",
    ],
    [
      "egress",
      allowing({ cidr: "10.200.0.0/16", port_start: 5432, port_end: 5432 }),
      "ok",
      "A rule allows 10.200.0.0/16 port 5432.",
    ],
    [
      "egress",
      allowing({ cidr: "10.0.0.0/8", port_start: 1, port_end: 65535 }),
      "ok",
      "A rule allows 10.200.0.0/16 port 5432.",
    ],
    [
      "egress",
      allowing({ cidr: "10.200.0.0/16", port_start: 5432 }),
      "ok",
      "A rule allows 10.200.0.0/16 port 5432.",
    ],
    [
      "egress",
      allowing({ cidr: "10.200.0.0/17", port_start: 5432 }),
      "broken",
      "No rule of the cluster allows 10.200.0.0/16 port 5432.",
    ],
    [
      "egress",
      allowing({ cidr: "10.200.0.0/16", port_start: 5431, port_end: 5431 }),
      "broken",
      "No rule of the cluster allows 10.200.0.0/16 port 5432.",
    ],
    [
      "writer-address",
      [{ status: "available", isPublic: false }],
      "ok",
      "It has none, and is available.",
    ],
    [
      "writer-address",
      [{ status: "available", isPublic: true }],
      "unclear",
      "It has one, and is available. Where nothing resolves its name to the private address, pipelines go past the private way.",
    ],
    [
      "security-group",
      [{ protocol: "tcp", from: 5432, to: 5432, networks: ["10.0.0.0/16"] }],
      "unclear",
      "It lets in 10.0.0.0/16 on port 5432. Whether Redpanda's VPC is among them is for you to compare.",
    ],
    ["security-group", [], "broken", "It lets in nobody on port 5432."],
  ])("%s: %j is %s: %s", (id, answer, state, says) => {
    expect(judged(hidden, id, answer)).toMatchObject({ state, says });
  });

  test("the firewall is asked of no other", () => {
    expect(checkOf(byoc, "egress")).toBeUndefined();
  });
});
