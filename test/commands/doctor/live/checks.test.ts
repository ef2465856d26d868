import { readFileSync } from "node:fs";
import { join } from "node:path";
import { redpandaCloud } from "../../../../commands/discover/request";
import { Asker } from "../../../../commands/doctor/live/ask";
import type { Context, LiveCheck, Verdict } from "../../../../commands/doctor/live/check";
import { checksOf } from "../../../../commands/doctor/live/checks";
import { reportOf } from "../../../../commands/doctor/live/report";
import { liveReport, liveSchemaFile } from "../../../../commands/doctor/live/report-schema";
import { stepsAsText } from "../../../../commands/doctor/report";
import type { Row } from "../../../../engines/status";
import { examples, recordOf } from "../examples";
import { accessKeyUser, dbConnectRole, kinds, pipelineRole } from "./module";

const [byoc, mysqlByoc, withKey, host] = kinds as [Kind, Kind, Kind, Kind];
const [avro, twoRoles] = kinds.slice(-2) as [Kind, Kind];
type Kind = (typeof kinds)[number];

const allow_egress_command = `curl … | jq -c 'select(.cluster) | {redpanda_connect: {allowed_destination_cidr_ports: ((.cluster.redpanda_connect.allowed_destination_cidr_ports // []) + [{"cidr":"10.200.0.0/16","port_end":5432,"port_start":5432}] | unique)}}' | curl …`;
const hidden: Kind = {
  ...byoc,
  names: { ...byoc.names, allow_egress_command },
  outputs: new Set(["allow_egress_command"]),
};

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
      resource_name: "demo.iam_auth_topic_test",
      resource_pattern_type: "RESOURCE_PATTERN_TYPE_LITERAL",
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
    ...one,
    resource_name: name,
    resource_pattern_type: `RESOURCE_PATTERN_TYPE_${pattern}`,
  })),
});
const allowing = (action: string, resource: string) => ({
  Statement: { Effect: "Allow", Action: action, Resource: resource },
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

/** A slot that is read, with a publication that a module of one schema has made. */
const slot = (slot_name: string, differences: Row = {}): Row => ({
  slot_name,
  plugin: "pgoutput",
  database: "demo_db",
  active: "t",
  wal_status: "reserved",
  retained: "1 MB",
  pubname: `pglog_stream_${slot_name}`,
  note: 'rpcn-aurora: {"slot": true, "tables": ["public.orders"]}',
  ...differences,
});
const unread = { active: "f", wal_status: "extended", retained: "9 GB" };
const unpublished = { pubname: "", note: "" };
/** As a module of several schemas notes it. */
const noteOf = (name: string) =>
  `rpcn-aurora: {"slot": true, "tables": [], "slot_name": "${name}"}`;
const isRead = "rpcn_iam_test is being read, and retains 1 MB of WAL.";

const { db_port: _, ...withoutPort } = byoc.names;

type Case = [
  kind: Kind,
  id: string,
  answer: unknown,
  state: Verdict["state"],
  says: string,
  around?: Partial<Context>,
];

/** Each check, each answer to it, and what follows. */
const cases: Case[] = [
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
  [
    host,
    "assume-policy",
    ["AssumeDbAccessRolePolicy", "more"],
    "ok",
    "Attached: AssumeDbAccessRolePolicy, more.",
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
    ingress([], { lists: ["pl-1", "pl-2"] }),
    "unclear",
    "It lets in nobody on port 5432, and whoever is in pl-1, pl-2, which is not looked into.",
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
  ...["creating", "starting", "stopping", "deleting"].map(
    (status): Case => [byoc, "cluster", cluster({ status }), "broken", `The cluster is ${status}.`],
  ),
  [
    byoc,
    "security-group",
    ingress(["3.139.175.89/32", "198.51.100.7"]),
    "ok",
    "It lets in 3.139.175.89/32, 198.51.100.7 on port 5432, so the pipelines too, which come from 3.139.175.89, 198.51.100.7/32.",
    { networks: ["3.139.175.89", "198.51.100.7/32"] },
  ],
  [
    byoc,
    "security-group",
    ingress(["203.0.113.0/24"]),
    "broken",
    "It lets in 203.0.113.0/24 on port 5432, and the pipelines come from 3.139.175.89/32, 198.51.100.7/32.",
    { networks: ["3.139.175.89/32", "198.51.100.7/32"] },
  ],
  [
    byoc,
    "security-group",
    [{ protocol: "tcp", networks: ["3.139.175.89/32"] }],
    "ok",
    "It lets in 3.139.175.89/32 on port 5432, so the pipelines too, which come from 3.139.175.89/32.",
    { networks: ["3.139.175.89/32"], names: withoutPort },
  ],
  [host, "security-group", [], "broken", "It lets in nobody on port 5432."],
  [byoc, "security-group", [{ protocol: "-1" }], "broken", "It lets in nobody on port 5432."],
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
  [byoc, "database-slot", [slot("rpcn_iam_test")], "ok", isRead],
  [
    byoc,
    "database-slot",
    [
      slot("rpcn_iam_test"),
      slot("rpcn_iam_test_stock", { ...unread, note: noteOf("rpcn_iam_test") }),
      slot("rpcn_iam_test_sales", { ...unread, ...unpublished }),
    ],
    "ok",
    `${isRead} Nobody reads the slot rpcn_iam_test_stock, which retains 9 GB of WAL, and more until the disk is full. It is of a schema that was taken out: SELECT pg_drop_replication_slot('rpcn_iam_test_stock'); DROP PUBLICATION pglog_stream_rpcn_iam_test_stock; Nobody reads the slot rpcn_iam_test_sales, which retains 9 GB of WAL, and more until the disk is full. It has no publication, and may be of a schema that was taken out. If nobody else reads it: SELECT pg_drop_replication_slot('rpcn_iam_test_sales');`,
  ],
  // Slots that are nobody's who was taken out, however they are named.
  ...[
    slot("rpcn_iam_test_stock", { note: noteOf("rpcn_iam_test") }),
    slot("rpcn_iam_test_stock", unread),
    slot("rpcn_iam_test_stock", { ...unread, note: noteOf("rpcn_iam") }),
    slot("rpcn_iam_test_stock", { ...unread, note: "" }),
    slot("rpcn_iam_test_stock", { ...unread, note: '"slot_name": "rpcn_iam_test"' }),
    slot("rpcn_iam_test_stock", { ...unread, retained: "", note: noteOf("rpcn_iam_test") }),
    slot("rpcn_iam_test_stock", { ...unread, ...unpublished, plugin: "wal2json" }),
    slot("rpcn_iam_test_stock", { ...unread, ...unpublished, database: "other_db" }),
    slot("rpcn_iam_tests", { ...unread, ...unpublished }),
    slot("stock_rpcn_iam_test_", { ...unread, ...unpublished }),
  ].map((other): Case => [byoc, "database-slot", [slot("rpcn_iam_test"), other], "ok", isRead]),
  [
    byoc,
    "database-slot",
    [
      slot("rpcn_iam_test", unpublished),
      slot("rpcn_iam_test_stock", { ...unread, ...unpublished }),
    ],
    "ok",
    isRead,
  ],
  [byoc, "database-slot", [slot("other")], "broken", "There is no slot rpcn_iam_test."],
  [
    byoc,
    "database-slot",
    [slot("rpcn_iam_test", { plugin: "wal2json" })],
    "broken",
    "The slot rpcn_iam_test is of wal2json in the database demo_db, and the pipeline's is of pgoutput in demo_db: it is somebody else's.",
  ],
  [
    byoc,
    "database-slot",
    [slot("rpcn_iam_test", { ...unpublished, database: "other_db" })],
    "broken",
    "The slot rpcn_iam_test is of pgoutput in the database other_db, and the pipeline's is of pgoutput in demo_db: it is somebody else's.",
  ],
  [
    byoc,
    "database-slot",
    [slot("rpcn_iam_test", { active: "f", wal_status: "lost", retained: "" })],
    "broken",
    "The slot rpcn_iam_test is lost: PostgreSQL no longer keeps the WAL that it needs, and the changes in it cannot be read any more.",
  ],
  [
    byoc,
    "database-slot",
    [slot("rpcn_iam_test", unread)],
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
  [
    byoc,
    "assume-policy",
    { Statement: { Effect: "Allow", Action: "sts:AssumeRole" } },
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on nothing, and the pipeline assumes ${dbConnectRole}.`,
  ],
  [
    byoc,
    "assume-policy",
    { Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: ["a", "b"] } },
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on a, b, and the pipeline assumes ${dbConnectRole}.`,
  ],
  ...["arn:aws:iam::1:user/AIDACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPLE:x"].map(
    (AWS): Case => [
      byoc,
      "trust",
      trusting({ Principal: { AWS: [AWS, "arn:aws:iam::1:role/x"] } }),
      "broken",
      `The role trusts ${AWS}, arn:aws:iam::1:role/x, and Connect runs as ${pipelineRole}.`,
    ],
  ),
  [
    byoc,
    "trust",
    trusting({ Effect: "Deny", Principal: { AWS: pipelineRole } }),
    "broken",
    `The role trusts nobody, and Connect runs as ${pipelineRole}.`,
  ],
  [
    twoRoles,
    "assume-second-role",
    denied("implicitDeny"),
    "unclear",
    "sts:AssumeRole on <login_role_arn>: no policy allows it, and in one account the trust may be enough.",
  ],
  [
    twoRoles,
    "second-trust",
    trusting({ Effect: "Deny", Principal: { AWS: dbConnectRole } }),
    "broken",
    `The role trusts nobody, and the role before it is ${dbConnectRole}.`,
  ],
  [
    twoRoles,
    "second-trust",
    {
      trust: {
        Statement: [pipelineRole, dbConnectRole].map((AWS) => ({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS },
        })),
      },
    },
    "ok",
    `It trusts ${dbConnectRole}.`,
  ],
  ...["AROADBQP57FF2AEXAMPLE", "AIDACKCEVSQ6C2EXAMPLE"].map(
    (AWS): Case => [
      twoRoles,
      "second-trust",
      trusting({ Principal: { AWS } }),
      "broken",
      `The role trusts ${AWS}, which is what is left of a principal that was deleted. One created again under the same name is another principal.`,
    ],
  ),
  [
    byoc,
    "redpanda-cluster",
    redpandaCluster({ state: null }),
    "ok",
    "Cluster curl3eo533cmsnt23dv0: BYOC. Redpanda Connect 4.72.0.",
  ],
  [
    byoc,
    "principal",
    { arn: pipelineRole, lastUsed: "2026-11-20T18:00:00+00:00" },
    "ok",
    `${pipelineRole} exists, without a boundary, last used 2026-11-20T18:00:00+00:00.`,
  ],
  [
    byoc,
    "assume-policy",
    allowing("sts:AssumeRole", dbConnectRole.replace("/", ".")),
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole.replace("/", ".")}, and the pipeline assumes ${dbConnectRole}.`,
  ],
  [
    byoc,
    "assume-policy",
    allowing("sts:AssumeRole", dbConnectRole.toUpperCase()),
    "broken",
    `demo-assume-dbconnect-policy allows sts:AssumeRole on ${dbConnectRole.toUpperCase()}, and the pipeline assumes ${dbConnectRole}.`,
  ],
  [
    byoc,
    "assume-policy",
    allowing("STS:assumerole", "arn:aws:iam::????????????:role/db+?onnect"),
    "ok",
    "demo-assume-dbconnect-policy allows sts:AssumeRole on arn:aws:iam::111122223333:role/db+connect.",
    {
      names: {
        ...byoc.names,
        iam_db_auth_role_arn: "arn:aws:iam::111122223333:role/db+connect",
      },
    },
  ],
  [
    byoc,
    "log",
    `d5nfcb0objac738nhf90 ${recordOf("the tide goes out", "WARN")}`,
    "unclear",
    "What it says is not in the catalogue: the tide goes out",
  ],
  [
    byoc,
    "log",
    `d5nfcb0objac738nhf90 ${recordOf("the tide comes in", "INFO")}`,
    "skipped",
    "Nothing in it tells: a pipeline that works logs next to nothing.",
  ],
  [
    byoc,
    "topic",
    {
      topics: ["demo.iam_auth_topic_test", "demo.iam_auth_topic_test.old"].map((name) => ({
        name,
        partition_count: 3,
      })),
    },
    "ok",
    "demo.iam_auth_topic_test has 3 partitions.",
  ],
  ...(
    [
      [
        ["demo.orders", "demo.stock"],
        "",
        "ok",
        "demo.orders has 3 partitions. demo.stock has 3 partitions.",
      ],
      [[], "", "broken", "There is no topic demo.orders, demo.stock."],
      [["demo.orders"], "next", "unclear", "Not on the first page of the answer: demo.stock."],
      [[], "next", "unclear", "Not on the first page of the answer: demo.orders, demo.stock."],
    ] as const
  ).map(
    ([topics, next_page_token, state, says]): Case => [
      byoc,
      "topic",
      { topics: topics.map((name) => ({ name, partition_count: 3 })), next_page_token },
      state,
      says,
      { names: { ...byoc.names, cdc_output_topic: "demo.orders demo.stock" } },
    ],
  ),
  [
    byoc,
    "topic-acls",
    acls(["ALL", "DENY"]),
    "broken",
    "User:demo_iam_sasl_user is denied WRITE and DESCRIBE on demo.iam_auth_topic_test.",
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

test("what each check proves, and where the way of a row would be broken", () => {
  const told = [...kinds, hidden].flatMap((kind) =>
    checksOf(kind, kind.names).map(({ id, hop, title }) => `${id}, ${hop}: ${title}`),
  );
  expect([...new Set(told)].sort().join("\n")).toMatchInlineSnapshot(`
"access-key, identity: The user has an access key, and it is active
access-key-id-secret, start: The secret with the access key's id is there, for pipelines to read
access-key-use, identity: The newest active access key has been used
assume-policy, role: The role has the policy by which it assumes the db-connect role
assume-policy, role: The user has the policy by which it assumes the db-connect role
assume-role, role: The policies of Connect's principal let it assume the db-connect role
assume-second-role, role: The first role's policies let it assume the role that logs in
checkpoint-acls, position: The pipeline's user may keep its position in a topic
cluster, login: The cluster is available, lets in IAM tokens, and uses its parameters
connect-account, identity: The credentials are of the account that Connect runs in
connect-as-user, login: The db-connect role may log in as the database user
database-account, identity: The credentials are of the database account
database-binary-log, database: The binary log is on, and holds complete rows
database-grants, database: The database user may read the tables and the binary log
database-publication, database: The publication exists, and has the tables
database-reader, read: The binary log is being read
database-slot, read: The replication slot exists, is intact, and is being read
database-user, login: The database user exists, and logs in with IAM
database-user, login: The database user exists, and may log in with IAM and replicate
egress, network: Redpanda's firewall lets pipelines reach the database
log, read: The pipeline's log of the last ten minutes tells no error
parameters, database: The parameter group has the values that the pipeline requires
pipeline, start: The pipeline runs
principal, identity: The role that Connect runs as exists
principal, identity: The user that Connect runs as exists
redpanda-cluster, start: The Redpanda cluster is ready, and its Redpanda Connect logs in with IAM
redpanda-user, write: The Redpanda user of the pipeline is there
registry-acls, write: The pipeline's user may look up what it has registered
second-trust, role: The role that logs in trusts the role before it
secret, start: The secret with the pipeline's password is there, for pipelines to read
secret-access-key-secret, start: The secret with the access key is there, for pipelines to read
security-group, network: The security group lets in the cluster's NAT gateways
security-group, network: The security group lets somebody in
subject-acls, write: The pipeline's user may register the tables' schemas
topic, write: The topic for the rows is there
topic-acls, write: The pipeline's user may write to the topic
trust, role: The db-connect role trusts Connect's principal
trust, role: The db-connect role trusts Connect's principal, and has its tag
writer-address, network: The writer has a public address
writer-address, network: The writer has no public address"
`);
});

test("which checks there are of each kind of module, in their order", () => {
  const ids = [...kinds, hidden].map((kind) =>
    checksOf(kind, kind.names)
      .map(({ id }) => id)
      .join(" "),
  );
  expect(ids.join("\n\n")).toMatchInlineSnapshot(`
"redpanda-cluster secret pipeline database-account connect-account principal assume-policy assume-role trust writer-address security-group cluster connect-as-user database-user parameters database-publication database-slot log redpanda-user topic topic-acls

redpanda-cluster secret pipeline database-account connect-account principal assume-policy assume-role trust writer-address security-group cluster connect-as-user database-user parameters database-grants database-binary-log checkpoint-acls database-reader log redpanda-user topic topic-acls

redpanda-cluster secret access-key-id-secret secret-access-key-secret pipeline database-account principal access-key access-key-use assume-policy assume-role trust writer-address security-group cluster connect-as-user database-user parameters database-publication database-slot log redpanda-user topic topic-acls

database-account connect-account principal assume-policy assume-role trust security-group cluster connect-as-user database-user parameters database-publication database-slot

database-account connect-account principal assume-policy assume-role trust security-group cluster connect-as-user database-user parameters database-grants database-binary-log database-reader

redpanda-cluster secret pipeline database-account connect-account principal assume-policy assume-role trust writer-address security-group cluster connect-as-user database-user parameters database-publication database-slot log redpanda-user topic topic-acls subject-acls registry-acls

database-account connect-account principal assume-policy assume-role trust assume-second-role second-trust security-group cluster connect-as-user database-user parameters database-publication database-slot

redpanda-cluster secret pipeline database-account connect-account principal assume-policy assume-role trust egress writer-address security-group cluster connect-as-user database-user parameters database-publication database-slot log redpanda-user topic topic-acls"
`);
});

test("what mends each cause: the steps, and what they are for", () => {
  const causes = new Map<string, Set<string>>();
  const add = ({ id, hop }: LiveCheck, verdict: Verdict | undefined) => {
    if (verdict?.state !== "broken") return;
    const steps = stepsAsText(verdict.fix);
    const cause = `- ${id}, ${verdict.hop ?? hop}: ${verdict.says}`;
    causes.set(steps, (causes.get(steps) ?? new Set()).add(cause));
  };
  for (const [kind, id, answer, , , around] of cases) {
    add(checkOf(kind, id), judged(kind, id, answer, around));
  }
  add(checkOf(hidden, "egress"), judged(hidden, "egress", redpandaCluster()));
  add(checkOf(hidden, "security-group"), judged(hidden, "security-group", []));
  for (const kind of kinds) {
    for (const check of checksOf(kind, kind.names)) {
      for (const judge of Object.values(check.absent ?? {}))
        add(check, judge({ names: kind.names }));
    }
  }
  const page = [...causes].map(([steps, all]) => `${[...all].sort().join("\n")}\n${steps}`);
  expect(page.sort().join("\n\n")).toMatchInlineSnapshot(`
"- access-key, identity: The access key that ends in MPLE is Inactive.
  If it was not somebody's decision, activate it:
    aws iam update-access-key --user-name <trusted_principal_role_name> --access-key-id … --status Active
  Create one, and pass it as access_key_id and secret_access_key, with access_key_version raised by
  one:
    <create_access_key_command>
    terraform apply

- access-key, identity: The user has no access key.
  Create one, and pass it as access_key_id and secret_access_key, with access_key_version raised by
  one:
    <create_access_key_command>
    terraform apply

- access-key, identity: There is no user demo-redpanda-connect.
- access-key-id-secret, start: DEMO_AWS_ACCESS_KEY_ID is there, and not for Redpanda Connect.
- access-key-id-secret, start: There is no secret DEMO_AWS_ACCESS_KEY_ID.
- assume-policy, role: No policy is attached.
- assume-policy, role: The policy demo-assume-dbconnect-policy is not attached.
- checkpoint-acls, position: User:demo_iam_sasl_user lacks READ on demo.cdc_checkpoints.
- cluster, login: IAM database authentication is off.
- cluster, login: The cluster's resource id is cluster-NEW, and the policy names cluster-ABCDEFGHIJKLMNOP: the cluster was created anew.
- cluster, network: The cluster has no writer.
- cluster, network: There is no cluster demo in us-east-2.
- connect-as-user, login: rds-db:connect as <iam_auth_user>: no policy allows it.
- parameters, database: There is no parameter group demo-group.
- principal, identity: There is no role rpconnect-app-role.
- principal, identity: There is no user demo-redpanda-connect.
- redpanda-user, write: There is no user demo_iam_sasl_user.
- registry-acls, write: User:demo_iam_sasl_user lacks DESCRIBE on the registry.
- second-trust, role: The role trusts AIDACKCEVSQ6C2EXAMPLE, which is what is left of a principal that was deleted. One created again under the same name is another principal.
- second-trust, role: The role trusts AROADBQP57FF2AEXAMPLE, which is what is left of a principal that was deleted. One created again under the same name is another principal.
- second-trust, role: The role trusts arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, and the role before it is arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- second-trust, role: The role trusts nobody, and the role before it is arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- second-trust, role: There is no role cross-account-db-access-2.
- secret, start: DEMO_SASL_PASSWORD is there, and not for Redpanda Connect.
- secret, start: There is no secret DEMO_SASL_PASSWORD.
- secret-access-key-secret, start: DEMO_AWS_SECRET_ACCESS_KEY is there, and not for Redpanda Connect.
- secret-access-key-secret, start: There is no secret DEMO_AWS_SECRET_ACCESS_KEY.
- subject-acls, write: User:demo_iam_sasl_user lacks READ and WRITE on subjects that begin with demo.iam_auth_topic_test-.
- topic, write: There is no topic demo.iam_auth_topic_test.
- topic, write: There is no topic demo.orders, demo.stock.
- topic-acls, write: User:demo_iam_sasl_user lacks DESCRIBE on demo.iam_auth_topic_test.
- topic-acls, write: User:demo_iam_sasl_user lacks WRITE and DESCRIBE on demo.iam_auth_topic_test.
- trust, role: The role's tag redpanda_scope_redpanda_connect is "yes", and the pipeline role may assume only roles where it is "true".
- trust, role: The role's tag redpanda_scope_redpanda_connect is missing, and the pipeline role may assume only roles where it is "true".
- trust, role: There is no role demo-allow_connect_to_aurora-iam-demo-user.
- writer-address, network: It has none, and pipelines of a BYOC cluster reach private addresses only where the cluster allows them.
- writer-address, network: There is no instance demo-1.
    terraform apply

- assume-policy, role: The policy demo-assume-dbconnect-policy is not attached.
- assume-policy, role: demo-assume-dbconnect-policy allows sts:AssumeRole on ARN:AWS:IAM::111122223333:ROLE/DEMO-ALLOW_CONNECT_TO_AURORA-IAM-DEMO-USER, and the pipeline assumes arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- assume-policy, role: demo-assume-dbconnect-policy allows sts:AssumeRole on a, b, and the pipeline assumes arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- assume-policy, role: demo-assume-dbconnect-policy allows sts:AssumeRole on arn:aws:iam::111122223333:role.demo-allow_connect_to_aurora-iam-demo-user, and the pipeline assumes arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- assume-policy, role: demo-assume-dbconnect-policy allows sts:AssumeRole on arn:aws:iam::1:role/old, and the pipeline assumes arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- assume-policy, role: demo-assume-dbconnect-policy allows sts:AssumeRole on nothing, and the pipeline assumes arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user.
- assume-role, role: sts:AssumeRole on <iam_db_auth_role_arn>: no policy allows it.
  With the credentials of Redpanda's account:
    <attach_policy_command>

- assume-role, role: sts:AssumeRole on <iam_db_auth_role_arn>: a policy denies it.
- assume-second-role, role: sts:AssumeRole on <login_role_arn>: a policy denies it.
  Find the statement with Effect Deny among the policies of this principal, and except the
  db-connect role.

- assume-role, role: sts:AssumeRole on <iam_db_auth_role_arn>: a policy of the organisation does not allow it.
  Whoever looks after the AWS organisation can allow it, in its service control policies.

- assume-role, role: sts:AssumeRole on <iam_db_auth_role_arn>: the permissions boundary does not allow it.
  Extend the boundary, in the Terraform that made it. Whatever policy is attached, it allows nothing
  more than the boundary.

- cluster, database: The cluster uses the parameter group default.aurora-postgresql17, and the module's is demo-group.
- parameters, database: binlog_format is OFF, and must be ROW; binlog_row_image is not set, and must be FULL.
- parameters, database: rds.logical_replication is 0, and must be 1.
- parameters, database: rds.logical_replication is not set, and must be 1.
    terraform apply
  A parameter that is not in use yet takes a restart of the writer, for a minute:
    aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>

- cluster, database: demo-1 does not use its parameters: they are pending a reboot.
  A parameter that is not in use yet takes a restart of the writer, for a minute:
    aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>

- cluster, network: The cluster is creating.
- cluster, network: The cluster is deleting.
- cluster, network: The cluster is starting.
- cluster, network: The cluster is stopping.
  Wait until it is available, and look again.

- cluster, network: The cluster is stopped.
    aws rds start-db-cluster --db-cluster-identifier <db_cluster_identifier> --region <region>

- database-binary-log, database: @@binlog_format is OFF, and must be ROW.
- database-binary-log, database: @@log_bin is 0, and must be 1; @@binlog_row_image is MINIMAL, and must be FULL. Connect logs nothing and rows arrive, but columns that an UPDATE leaves as they are come as null, the key among them, and of a DELETE all but the key.
    terraform apply
  Once the cluster has its parameter group, the writer must restart, which takes it away for a
  minute:
    aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>

- database-grants, database: iam_demo_user lacks SELECT, REPLICATION SLAVE, REPLICATION CLIENT.
- database-publication, database: The publication pglog_stream_rpcn_iam_test is missing, or has no table.
- database-publication, database: The publication pglog_stream_rpcn_iam_test lacks orders.
- database-user, login: There is no user iam_demo_user: the setup SQL has not run.
- database-user, login: iam_demo_user is no member of rds_iam and rds_replication.
- database-user, login: iam_demo_user is no member of rds_iam.
- database-user, login: iam_demo_user logs in by mysql_native_password, not by AWSAuthenticationPlugin.
    <db_setup_command>

- database-reader, read: iam_demo_user does not read the binary log.
  Connect reads it once all hops before work: look at its log.

- database-slot, read: The slot rpcn_iam_test is lost: PostgreSQL no longer keeps the WAL that it needs, and the changes in it cannot be read any more.
  Drop it. The next one starts at that moment; a snapshot fills the gap:
    SELECT pg_drop_replication_slot('rpcn_iam_test');
    terraform apply -var stream_snapshot=true

- database-slot, read: The slot rpcn_iam_test is of pgoutput in the database other_db, and the pipeline's is of pgoutput in demo_db: it is somebody else's.
- database-slot, read: The slot rpcn_iam_test is of wal2json in the database demo_db, and the pipeline's is of pgoutput in demo_db: it is somebody else's.
  Set slot_name to a name that is free:
    terraform apply

- database-slot, read: The slot rpcn_iam_test is there, and nobody reads it.
- database-slot, read: There is no slot rpcn_iam_test.
  Connect creates the slot and reads it once all hops before work: look at its log.

- egress, network: No rule of the cluster allows 10.200.0.0/16 port 5432.
    <allow_egress_command>

- pipeline, start: It is ERROR: the tide is out.
- pipeline, start: It is STOPPED.
  Its log says more. Once its cause is mended, start the pipeline in Redpanda Cloud > the cluster >
  Connect.

- pipeline, start: There is no pipeline d5nfcb0objac738nhf90.
  It was deleted outside of Terraform, or the state is of another cluster:
    terraform apply

- principal, identity: There is no role redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline: pipelines of this cluster have no role of their own.
  Give the pipeline an access key, as docs/access-key.md says:
    npx rpcn-aurora synth --credentials static
  Or correct redpanda_cluster_id, redpanda_aws_acct_id or trusted_principal_arn.

- redpanda-cluster, start: State: DELETING. The cluster will be gone: choose another one.
  Choose another cluster: redpanda_cluster_id.

- redpanda-cluster, start: The cluster runs Redpanda Connect 4.70.1, and IAM logins to PostgreSQL require 4.71.0.
- redpanda-cluster, start: The cluster runs Redpanda Connect 4.71.0, and IAM logins to MySQL require 4.72.0.
  Ask Redpanda's support for an upgrade.

- redpanda-cluster, start: The cluster's state is SUSPENDED.
  Redpanda Cloud > the cluster says why. Look again when it is ready.

- redpanda-cluster, start: There is no cluster curl3eo533cmsnt23dv0.
  \`npx rpcn-aurora discover\` lists those there are. Correct redpanda_cluster_id, or the service
  account.

- security-group, network: It lets in 198.51.100.7/32 on port 5432, and the pipelines come from 3.139.175.89/32.
- security-group, network: It lets in 203.0.113.0/24 on port 5432, and the pipelines come from 3.139.175.89/32, 198.51.100.7/32.
- security-group, network: It lets in 3.139.175.89/32 on port 5432, and the pipelines come from 3.139.175.80/28.
- security-group, network: It lets in nobody on port 3306.
- security-group, network: It lets in nobody on port 5432.
  Correct redpanda_cidr or redpanda_cidrs, then:
    terraform apply

- security-group, network: It lets in nobody on port 5432.
  Correct allowed_cidr_blocks, then:
    terraform apply

- security-group, network: It lets in nobody on port 5432.
  Correct redpanda_vpc_cidrs, then:
    terraform apply

- topic-acls, write: User:demo_iam_sasl_user is denied WRITE and DESCRIBE on demo.iam_auth_topic_test.
- topic-acls, write: User:demo_iam_sasl_user is denied WRITE on demo.iam_auth_topic_test.
  Remove the ACL that denies it, which weighs more than those that allow:
    rpk security acl list --deny-principal User:<rp_sasl_user>

- trust, role: The role requires an external id, and the pipeline presents none.
- trust, role: The role requires another external id than the pipeline presents.
  Set external_id to the one that the role requires, then:
    terraform apply

- trust, role: The role trusts AIDACKCEVSQ6C2EXAMPLE:x, arn:aws:iam::1:role/x, and Connect runs as arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.
- trust, role: The role trusts arn:aws:iam::1:role/x, and Connect runs as arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.
- trust, role: The role trusts arn:aws:iam::1:user/AIDACKCEVSQ6C2EXAMPLE, arn:aws:iam::1:role/x, and Connect runs as arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.
- trust, role: The role trusts arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline, and Connect runs as arn:aws:iam::111122223333:user/demo-redpanda-connect.
- trust, role: The role trusts nobody, and Connect runs as arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline.
  Correct redpanda_aws_acct_id, redpanda_cluster_id or trusted_principal_arn, then:
    terraform apply

- trust, role: The role trusts AROADBQP57FF2AEXAMPLE, which is what is left of a principal that was deleted. One created again under the same name is another principal.
  Save the trust policy again:
    terraform apply"
`);
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

test("where the state tells no principal, a role is looked for", () => {
  expect(checksOf(byoc, {}).find(({ id }) => id === "principal")?.title).toBe(
    "The role that Connect runs as exists",
  );
});

test("each check is answered in at least two ways, one of them well or a cause", () => {
  for (const kind of kinds) {
    for (const { id } of checksOf(kind, kind.names)) {
      const states = cases.filter(([, of]) => of === id).map(([, , , state]) => state);
      expect({ id, states: new Set(states).size >= 2 }).toEqual({ id, states: true });
    }
  }
});

test.each([
  ...["{}", "[]", '"no"', "[{}]", "[null]"],
  ...["running", "STATE_RUNNING.", "A STATE_RUNNING"].map(
    (state) => `{"pipeline": {"state": "${state}"}}`,
  ),
  '{"Account": "1111222233334", "Arn": "arn:aws:iam::111122223333:user/me"}',
  ...["AKIAIOSFODNN7EXAMPLE.", "an AKIAIOSFODNN7EXAMPLE"].map(
    (id) => `[{"id": "${id}", "status": "Active", "created": "2026-11-20T16:27:06Z"}]`,
  ),
])("what is no answer is not judged: %s", (text) => {
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
});

test("a cause further on is where it breaks: an error of the pipeline, or a record of its log", () => {
  const error = examples.N1?.is ?? "";
  const answer = { pipeline: { state: "STATE_ERROR", status: { error } } };
  const record = `d5nfcb0objac738nhf90 ${recordOf(error, "ERROR")}`;
  expect(judged(byoc, "pipeline", answer)).toMatchInlineSnapshot(`
{
  "fix": [
    "The address that the name has must be public, as this module's is; a private one requires a module with --network routed or peering. The address:",
    {
      "shell": "dig +short demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com",
    },
    {
      "shell": "aws rds describe-db-instances --db-instance-identifier demo-1 --query 'DBInstances[].PubliclyAccessible' --region us-east-2",
    },
  ],
  "hop": "network",
  "says": "It is ERROR: Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to \`user=iam_demo_user database=demo_db\`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): dial error: dial tcp 10.20.0.31:5432: connect: network is unreachable. There is no way from Connect to that address, most often a private one. The data plane of BYOC and Dedicated clusters refuses pipelines every private address that is not allowed by name.",
  "state": "broken",
}
`);
  expect(judged(byoc, "log", record)).toMatchInlineSnapshot(`
{
  "fix": [
    "The address that the name has must be public, as this module's is; a private one requires a module with --network routed or peering. The address:",
    {
      "shell": "dig +short demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com",
    },
    {
      "shell": "aws rds describe-db-instances --db-instance-identifier demo-1 --query 'DBInstances[].PubliclyAccessible' --region us-east-2",
    },
  ],
  "hop": "network",
  "says": "There is no way from Connect to that address, most often a private one. The data plane of BYOC and Dedicated clusters refuses pipelines every private address that is not allowed by name. Redpanda Connect said: dial error: dial tcp 10.20.0.31:5432: connect: network is unreachable",
  "state": "broken",
}
`);
  // What mends it depends on the module.
  const mended = { fix: expect.arrayContaining([{ shell: allow_egress_command }]) };
  expect(judged(hidden, "pipeline", answer)).toMatchObject(mended);
  expect(judged(hidden, "log", record)).toMatchObject(mended);
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
      engine: kind.engine,
      cloud: redpandaCloud,
      limit: 1,
      profiles: { database: "database", connect: "redpanda" },
      warn: () => undefined,
    });
  const all = [...kinds, hidden].flatMap((kind) =>
    checksOf(kind, kind.names).map(({ id, question, needs }) => ({
      id,
      question,
      needs,
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

  test("word for word, with the names that are needed beside those in it", () => {
    const told = all.map(({ id, needs = [], command }) =>
      [`${id}${needs.length > 0 ? ` (${needs.join(", ")})` : ""}`, command].join("\n  "),
    );
    expect([...new Set(told)].sort().join("\n")).toMatchInlineSnapshot(`
"access-key
  aws iam list-access-keys --user-name demo-redpanda-connect --query 'AccessKeyMetadata[].{id:AccessKeyId,status:Status,created:CreateDate}' --region us-east-2 --output json --profile redpanda
access-key-id-secret
  GET <data plane>/v1/secrets?filter.name_contains=DEMO_AWS_ACCESS_KEY_ID
access-key-use
  aws iam get-access-key-last-used --access-key-id AKIAIOSFODNN7EXAMPLE --query 'AccessKeyLastUsed.{date:LastUsedDate,service:ServiceName,region:Region}' --region us-east-2 --output json --profile redpanda
assume-policy
  aws iam list-attached-role-policies --role-name rpconnect-app-role --query 'AttachedPolicies[].PolicyName' --region us-east-2 --output json --profile redpanda
assume-policy (iam_db_auth_role_arn)
  aws iam get-role-policy --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --policy-name demo-assume-dbconnect-policy --query PolicyDocument --region us-east-2 --output json --profile redpanda
assume-policy (iam_db_auth_role_arn)
  aws iam get-user-policy --user-name demo-redpanda-connect --policy-name demo-assume-dbconnect-policy --query PolicyDocument --region us-east-2 --output json --profile redpanda
assume-role
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/demo-redpanda-connect --action-names sts:AssumeRole --resource-arns arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --context-entries ContextKeyName=aws:ResourceTag/redpanda_scope_redpanda_connect,ContextKeyValues=true,ContextKeyType=string --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile redpanda
assume-role
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::861276079005:role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --action-names sts:AssumeRole --resource-arns arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --context-entries ContextKeyName=aws:ResourceTag/redpanda_scope_redpanda_connect,ContextKeyValues=true,ContextKeyType=string --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile redpanda
assume-role
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::861276079005:role/rpconnect-app-role --action-names sts:AssumeRole --resource-arns arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile redpanda
assume-second-role
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --action-names sts:AssumeRole --resource-arns arn:aws:iam::111122223333:role/cross-account-db-access-2 --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile database
checkpoint-acls (rp_sasl_user)
  GET <data plane>/v1/acls?filter.resource_type=RESOURCE_TYPE_TOPIC&filter.resource_name=demo.cdc_checkpoints&filter.resource_pattern_type=RESOURCE_PATTERN_TYPE_MATCH
cluster
  aws rds describe-db-clusters --db-cluster-identifier demo --query 'DBClusters[].{status:Status,iam:IAMDatabaseAuthenticationEnabled,resourceId:DbClusterResourceId,parameterGroup:DBClusterParameterGroup,members:DBClusterMembers[].{name:DBInstanceIdentifier,isWriter:IsClusterWriter,parameters:DBClusterParameterGroupStatus}}' --region us-east-2 --output json --profile database
connect-account (trusted_principal_role_arn)
  aws sts get-caller-identity --region us-east-2 --output json --profile redpanda
connect-as-user
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/cross-account-db-access-2 --action-names rds-db:connect --resource-arns arn:aws:rds-db:us-east-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOP/iam_demo_user --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile database
connect-as-user
  aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/demo-allow_connect_to_aurora-iam-demo-user --action-names rds-db:connect --resource-arns arn:aws:rds-db:us-east-2:111122223333:dbuser:cluster-ABCDEFGHIJKLMNOP/iam_demo_user --query 'EvaluationResults[].{decision:EvalDecision,boundary:PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary,organisation:OrganizationsDecisionDetail.AllowedByOrganizations}' --region us-east-2 --output json --profile database
database-account (iam_db_auth_role_arn)
  aws sts get-caller-identity --region us-east-2 --output json --profile database
database-binary-log
  mysql --host=demo.cluster-c1.us-east-2.rds.amazonaws.com --port=3306 --user=master --database=demo_db --connect-timeout=10 --ssl-ca=generated_rds-ca.pem --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --batch '--execute=SELECT @@log_bin, @@binlog_format, @@binlog_row_image;'
database-grants
  mysql --host=demo.cluster-c1.us-east-2.rds.amazonaws.com --port=3306 --user=master --database=demo_db --connect-timeout=10 --ssl-ca=generated_rds-ca.pem --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --batch "--execute=SHOW GRANTS FOR 'iam_demo_user'@'%';"
database-publication (slot_name)
  psql 'host=demo.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=master dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT * FROM pg_publication_tables WHERE pubname LIKE 'pglog_stream_%';"
database-reader
  mysql --host=demo.cluster-c1.us-east-2.rds.amazonaws.com --port=3306 --user=master --database=demo_db --connect-timeout=10 --ssl-ca=generated_rds-ca.pem --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --batch "--execute=SELECT id, command, time FROM information_schema.processlist WHERE user = 'iam_demo_user' AND command LIKE 'Binlog Dump%';"
database-slot (slot_name, db_name)
  psql 'host=demo.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=master dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT slot_name, plugin, database, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained, pubname, obj_description(oid, 'pg_publication') AS note FROM pg_replication_slots LEFT JOIN pg_publication ON pubname = 'pglog_stream_' || slot_name AND database = current_database() ORDER BY slot_name;"
database-user
  mysql --host=demo.cluster-c1.us-east-2.rds.amazonaws.com --port=3306 --user=master --database=demo_db --connect-timeout=10 --ssl-ca=generated_rds-ca.pem --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --batch "--execute=SELECT user, host, plugin FROM mysql.user WHERE user = 'iam_demo_user';"
database-user
  psql 'host=demo.cluster-c1.us-east-2.rds.amazonaws.com port=5432 user=master dbname=demo_db sslmode=verify-full sslrootcert=generated_rds-ca.pem' --no-psqlrc --no-password --no-align --pset=footer=off "--command=SELECT r.rolname, ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid) AS member_of FROM pg_roles r WHERE r.rolname = 'iam_demo_user';"
egress
  GET https://api.redpanda.com/v1/clusters/curl3eo533cmsnt23dv0
log (rpcn_pipeline_id)
  rpk topic consume __redpanda.connect.logs --offset @-10m:end --format '%k %v\\n'
parameters
  aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name demo-group --query "Parameters[?ParameterName=='binlog_format'||ParameterName=='binlog_row_image'||ParameterName=='require_secure_transport'].{name:ParameterName,value:ParameterValue}" --region us-east-2 --output json --profile database
parameters
  aws rds describe-db-cluster-parameters --db-cluster-parameter-group-name demo-group --query "Parameters[?ParameterName=='rds.logical_replication'||ParameterName=='rds.iam_auth_for_replication'||ParameterName=='rds.force_ssl'].{name:ParameterName,value:ParameterValue}" --region us-east-2 --output json --profile database
pipeline
  GET <data plane>/v1/redpanda-connect/pipelines/d5nfcb0objac738nhf90
principal
  aws iam get-role --role-name redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline --query 'Role.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn,lastUsed:RoleLastUsed.LastUsedDate}' --region us-east-2 --output json --profile redpanda
principal
  aws iam get-role --role-name rpconnect-app-role --query 'Role.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn,lastUsed:RoleLastUsed.LastUsedDate}' --region us-east-2 --output json --profile redpanda
principal
  aws iam get-user --user-name demo-redpanda-connect --query 'User.{arn:Arn,boundary:PermissionsBoundary.PermissionsBoundaryArn}' --region us-east-2 --output json --profile redpanda
redpanda-cluster
  GET https://api.redpanda.com/v1/clusters/curl3eo533cmsnt23dv0
redpanda-user
  GET <data plane>/v1/users?filter.name=demo_iam_sasl_user
registry-acls (rp_sasl_user)
  GET <data plane>/v1/acls?filter.resource_type=RESOURCE_TYPE_REGISTRY
second-trust (iam_db_auth_role_arn)
  aws iam get-role --role-name cross-account-db-access-2 --query 'Role.{trust:AssumeRolePolicyDocument}' --region us-east-2 --output json --profile database
secret
  GET <data plane>/v1/secrets?filter.name_contains=DEMO_SASL_PASSWORD
secret-access-key-secret
  GET <data plane>/v1/secrets?filter.name_contains=DEMO_AWS_SECRET_ACCESS_KEY
security-group
  aws ec2 describe-security-groups --group-ids sg-0a1b2c3d4e5f67890 --query 'SecurityGroups[].IpPermissions[].{protocol:IpProtocol,from:FromPort,to:ToPort,networks:IpRanges[].CidrIp,lists:PrefixListIds[].PrefixListId}' --region us-east-2 --output json --profile database
subject-acls (rp_sasl_user, subject_prefix)
  GET <data plane>/v1/acls?filter.resource_type=RESOURCE_TYPE_SUBJECT
topic
  GET <data plane>/v1/topics?filter.name_contains=demo.iam_auth_topic_test
topic-acls (rp_sasl_user)
  GET <data plane>/v1/acls?filter.resource_type=RESOURCE_TYPE_TOPIC&filter.resource_name=demo.iam_auth_topic_test&filter.resource_pattern_type=RESOURCE_PATTERN_TYPE_MATCH
trust (trusted_principal_role_arn)
  aws iam get-role --role-name demo-allow_connect_to_aurora-iam-demo-user --query 'Role.{trust:AssumeRolePolicyDocument,tags:Tags}' --region us-east-2 --output json --profile database
writer-address
  aws rds describe-db-instances --db-instance-identifier demo-1 --query 'DBInstances[].{status:DBInstanceStatus,isPublic:PubliclyAccessible}' --region us-east-2 --output json --profile database"
`);
  });

  test("all of them are listed", () => {
    expect(all.length).toBeGreaterThan(60);
    for (const pattern of reads)
      expect(all.some(({ command }) => pattern.test(command))).toBe(true);
  });

  test("PostgreSQL itself is told that nothing may change", () => {
    expect(byoc.engine.client.readOnly.PGOPTIONS).toContain("default_transaction_read_only=on");
  });

  test("without a profile and a file of certificates, the environment's and the module's are meant", () => {
    const { engine } = byoc;
    const plain = new Asker({
      ...{ folder: ".", environment: {}, engine, cloud: redpandaCloud, limit: 1, profiles: {} },
      warn: () => undefined,
    });
    const command = (id: string) => plain.asking(checkOf(byoc, id).question, byoc.names).command;
    expect(command("database-account")).toBe(
      "aws sts get-caller-identity --region us-east-2 --output json",
    );
    expect(command("database-publication")).toMatch(/ sslrootcert=generated_rds-ca\.pem'/);
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

  test("each of several rules is compared, and a command without any is not", () => {
    const rules = ["10.1.0.0/16", "10.2.0.0/16"].map((cidr) => ({
      cidr,
      port_end: 5432,
      port_start: 5432,
    }));
    const command = `jq -c '… + ${JSON.stringify(rules)} | unique)'`;
    const says = (allow_egress_command: string, answer: unknown) =>
      judged(hidden, "egress", answer, { names: { ...byoc.names, allow_egress_command } });
    expect(says(command, allowing(...rules))).toEqual({
      state: "ok",
      says: "A rule allows 10.1.0.0/16 port 5432, 10.2.0.0/16 port 5432.",
    });
    expect(says(command, redpandaCluster())).toMatchObject({
      state: "broken",
      says: "No rule of the cluster allows 10.1.0.0/16 port 5432, 10.2.0.0/16 port 5432.",
    });
    expect(says("curl", redpandaCluster())).toEqual({
      state: "unclear",
      says: "allow_egress_command tells no rules to compare with.",
    });
  });

  test("the firewall is asked of no other, and the NAT gateways are of no interest", () => {
    expect(checkOf(byoc, "egress")).toBeUndefined();
    const titles = [byoc, hidden, host].map((kind) => checkOf(kind, "security-group").title);
    expect(titles).toEqual([
      "The security group lets in the cluster's NAT gateways",
      "The security group lets somebody in",
      "The security group lets somebody in",
    ]);
  });
});
