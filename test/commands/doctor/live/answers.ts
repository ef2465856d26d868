import type { Said } from "./fakes";
import { dbConnectRole, pipelineRole } from "./module";

/*
 * Shapes as the real ones answer:
 * - AWS: botocore's service models (data/<service>/<date>/service-2.json: Role, PolicyDocument,
 *   EvaluationResult, DBCluster, Parameter, IpPermission) and the AWS CLI's own words for errors
 *   (awscli/errorhandler.py, awscli/examples).
 * - Redpanda: redpanda-data/console, proto/redpanda/api/dataplane/v1/, whose gateway keeps the names
 *   of fields (backend/pkg/api/routes.go); the cluster's are told in redpanda-cloud.ts.
 * - psql and mysql: their manuals; test/sql runs the same statements on real servers.
 */

/** Of a module whose rows arrive. */
export const healthy: Readonly<Record<string, Said>> = {
  "aws sts get-caller-identity database": JSON.stringify({
    UserId: "AIDACKCEVSQ6C2EXAMPLE",
    Account: "111122223333",
    Arn: "arn:aws:iam::111122223333:user/operator",
  }),
  "aws sts get-caller-identity redpanda": JSON.stringify({
    UserId: "AROADBQP57FF2AEXAMPLE:me",
    Account: "861276079005",
    Arn: "arn:aws:sts::861276079005:assumed-role/operator/me",
  }),
  "aws iam get-role redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline": JSON.stringify({
    arn: pipelineRole,
    boundary: null,
    lastUsed: "2026-11-20T18:00:00+00:00",
  }),
  "aws iam get-role-policy redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline": JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeDbConnectRole",
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Resource: [dbConnectRole],
          Condition: {
            StringEquals: { "aws:ResourceTag/redpanda_scope_redpanda_connect": "true" },
          },
        },
      ],
    },
  ),
  "aws iam simulate-principal-policy sts:AssumeRole": JSON.stringify([
    { decision: "allowed", boundary: null, organisation: true },
  ]),
  "aws iam simulate-principal-policy rds-db:connect": JSON.stringify([
    { decision: "allowed", boundary: null, organisation: null },
  ]),
  "aws iam get-role demo-allow_connect_to_aurora-iam-demo-user": JSON.stringify({
    trust: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TrustPipeline",
          Effect: "Allow",
          Principal: { AWS: pipelineRole },
          Action: "sts:AssumeRole",
        },
      ],
    },
    tags: [{ Key: "redpanda_scope_redpanda_connect", Value: "true" }],
  }),
  "aws rds describe-db-instances": JSON.stringify([{ status: "available", isPublic: true }]),
  "aws ec2 describe-security-groups": JSON.stringify([
    { protocol: "tcp", from: 5432, to: 5432, networks: ["3.139.175.89/32", "198.51.100.7/32"] },
  ]),
  "aws rds describe-db-clusters": JSON.stringify([
    {
      status: "available",
      iam: true,
      resourceId: "cluster-ABCDEFGHIJKLMNOP",
      parameterGroup: "demo-aurora-pg17-cluster-pg",
      members: [{ name: "demo-aurora-pg-1", isWriter: true, parameters: "in-sync" }],
    },
  ]),
  "aws rds describe-db-cluster-parameters": JSON.stringify([
    { name: "rds.force_ssl", value: "1" },
    { name: "rds.iam_auth_for_replication", value: "1" },
    { name: "rds.logical_replication", value: "1" },
  ]),
  "psql user": "rolname|member_of\niam_demo_user|{rds_iam,rds_replication}\n",
  "psql publication":
    "pubname|schemaname|tablename|attnames|rowfilter\npglog_stream_rpcn_iam_test|public|orders|{id,name}|\n",
  "psql slot":
    'slot_name|plugin|database|active|wal_status|retained|pubname|note\nother|wal2json|demo_db|f|reserved|16 MB||\nrpcn_iam_test|pgoutput|demo_db|t|reserved|1024 bytes|pglog_stream_rpcn_iam_test|rpcn-aurora: {"slot": true, "tables": ["public.orders"]}\n',
  "rpk topic consume": "",
};

const dataPlane = "https://api-a4cb21.curl3eo533cmsnt23dv0.byoc.prd.cloud.redpanda.com";

export const redpanda: Readonly<Record<string, unknown>> = {
  "/v1/clusters/curl3eo533cmsnt23dv0": {
    cluster: {
      id: "curl3eo533cmsnt23dv0",
      name: "demo",
      state: "STATE_READY",
      type: "TYPE_BYOC",
      cloud_provider: "CLOUD_PROVIDER_AWS",
      connection_type: "CONNECTION_TYPE_PUBLIC",
      region: "us-east-2",
      nat_gateways: ["3.139.175.89"],
      redpanda_connect: { version: "4.108.0" },
      dataplane_api: { url: dataPlane },
    },
  },
  "/v1/secrets": {
    secrets: [
      { id: "DEMO_SASL_PASSWORD", labels: {}, scopes: ["SCOPE_REDPANDA_CONNECT"] },
      { id: "DEMO_SASL_PASSWORD_2", labels: {}, scopes: ["SCOPE_MCP_SERVER"] },
    ],
    next_page_token: "",
  },
  "/v1/redpanda-connect/pipelines/d5nfcb0objac738nhf90": {
    pipeline: {
      id: "d5nfcb0objac738nhf90",
      display_name: "demo",
      config_yaml: "password: canary",
      state: "STATE_RUNNING",
      status: { error: "" },
    },
  },
  "/v1/users": {
    users: [{ name: "demo_iam_sasl_user", mechanism: "SASL_MECHANISM_SCRAM_SHA_256" }],
    next_page_token: "",
  },
  "/v1/topics": {
    topics: [
      {
        name: "demo.iam_auth_topic_test",
        internal: false,
        partition_count: 3,
        replication_factor: 3,
      },
    ],
    next_page_token: "",
  },
  "/v1/acls": {
    resources: [
      {
        resource_type: "RESOURCE_TYPE_TOPIC",
        resource_name: "demo.iam_auth_topic_test",
        resource_pattern_type: "RESOURCE_PATTERN_TYPE_LITERAL",
        acls: [
          {
            principal: "User:demo_iam_sasl_user",
            host: "*",
            operation: "OPERATION_WRITE",
            permission_type: "PERMISSION_TYPE_ALLOW",
          },
          {
            principal: "User:demo_iam_sasl_user",
            host: "*",
            operation: "OPERATION_DESCRIBE",
            permission_type: "PERMISSION_TYPE_ALLOW",
          },
        ],
      },
    ],
  },
};
