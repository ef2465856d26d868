import { open } from "./texts";
import { asRead } from "./texts/shapes";

/** For each entry of the catalogue a message as Connect logs it, and one that is near but not it. */
export interface Example {
  readonly is: string;
  /** Other forms of it, one for each alternative of the pattern. */
  readonly also?: readonly string[];
  readonly isNot: string;
  /** Others that are near. */
  readonly nor?: readonly string[];
  /** @default ERROR */
  readonly level?: "DEBUG" | "WARN";
}

const postgres = "Failed to connect to postgres_cdc: ";
const mysql = "Failed to connect to mysql_cdc: ";
const token = `${postgres}unable to generate IAM auth token: `;
const mysqlToken = `${mysql}unable to generate IAM auth token: `;
const role = "arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user";
const assuming = `${token}assuming role based on configured roles: verifying role assumption for '${role}': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, `;
const denied = `${assuming}operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: `;
const pipelineRole =
  "arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220";
const mayNot = `is not authorized to perform: sts:AssumeRole on resource: ${role}`;

const host = "demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com";
const stream = `${postgres}unable to create replication stream: `;
const login = `${stream}failed to connect to \`user=iam_demo_user database=demo_db\`: 203.0.113.10:5432 (${host}): `;
const reading = "logical replication stream error: ";
const cdc = "error during MySQL CDC: ";

/** How Connect begins where the registry has refused a schema: seen with 4.100.0. */
const registering =
  'A row of orders is not encoded: registering schema for subject "demo.iam_auth_topic_test-orders": creating schema for subject "demo.iam_auth_topic_test-orders": ';

/** What a record of this text in texts/ says, with what stands beside its message. */
function said(id: string): string {
  const text = open.find((one) => one.id === id);
  if (!text) throw new Error(`There is no text ${JSON.stringify(id)} that is not set aside.`);
  return asRead(text).message;
}

export const examples: Readonly<Record<string, Example>> = {
  L1: {
    is: "failed to init input postgres_cdc path root.input: this feature requires a valid Redpanda Enterprise Edition license that includes the Connect product. For more information check out: https://docs.redpanda.com/redpanda-connect/get-started/licensing/",
    isNot: "Successfully loaded Redpanda license",
  },
  L2: {
    is: "Failed to read Redpanda License: license expired on 2026-01-31T00:00:00Z",
    also: [
      "Failed to read Redpanda License: open /etc/redpanda/redpanda.license: permission denied",
      "license expired on 2026-01-31T00:00:00Z",
    ],
    isNot: "Redpanda license expires on 2027-01-31T00:00:00Z",
  },
  E1: {
    is: "/connect.yaml(1,1) required environment variables were not set: [REDPANDA_SASL_PASSWORD]",
    isNot: "optional environment variables were not set: [REDPANDA_SASL_PASSWORD]",
  },
  A1: {
    is: "failed to init input postgres_cdc path root.input: unable to configure AWS authentication as this binary does not import components/aws",
    isNot: "unable to configure GCP authentication as this binary does not import components/gcp",
  },
  A2: {
    is: "failed to init input postgres_cdc path root.input: unable to load AWS config: failed to get shared config profile, se_demo",
    isNot: "unable to load GCP config: no project",
  },
  A3: {
    is: "failed to init input postgres_cdc path root.input: roles[0].role is required for IAM authentication",
    also: [
      "failed to init input mysql_cdc path root.input: roles[10].role is required for IAM authentication",
    ],
    isNot: "roles are optional for IAM authentication",
  },
  A4: {
    is: "failed to init input postgres_cdc path root.input: field 'endpoint' is required and was not present in the config",
    also: [
      "failed to init input mysql_cdc path root.input: field 'aws.endpoint' is required and was not present in the config",
    ],
    isNot: "field 'dsn' is required and was not present in the config",
  },
  A5: {
    is: `${token}building IAM auth token: the provided endpoint is missing a port, or the provided port is invalid`,
    isNot: `${token}building IAM auth token: context canceled`,
  },
  A6: {
    is: `${token}assuming role based on configured roles: verifying role assumption for '${role}': operation error STS: GetCallerIdentity, failed to resolve service endpoint, endpoint rule error, Invalid Configuration: Missing Region`,
    isNot: "Invalid Configuration: Missing Bucket",
  },
  A7: {
    is: `${assuming}operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, canceled, context deadline exceeded`,
    also: [
      `${token}failed to refresh cached credentials, static credentials are empty`,
      `${token}failed to refresh cached credentials, no valid providers in chain`,
      `${token}no EC2 IMDS role found, operation error ec2imds: GetMetadata`,
      `${token}no EC2 IMDS role found, operation error ec2imds: GetMetadata, http response error StatusCode: 404, request to EC2 IMDS failed`,
    ],
    // A source of credentials answers, and is not the metadata service.
    isNot: `${token}failed to refresh cached credentials, failed to load credentials, deserialization failed, failed to decode error message, invalid character 'F' looking for beginning of value`,
  },
  A8: {
    is: `${assuming}operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: 6dd62d35-1a52-4cdc-8bb7-88f24dd36d6c, InvalidIdentityToken: No OpenIDConnect provider found in your account`,
    also: [
      `${assuming}operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, api error AccessDenied: Not authorized`,
      `${assuming}operation error STS: AssumeRoleWithWebIdentity,\n ExpiredTokenException: Token expired`,
    ],
    isNot: `${assuming}operation error STS: AssumeRoleWithWebIdentity, canceled, context deadline exceeded`,
  },
  "A9-boundary": {
    is: `${denied}User: ${pipelineRole} ${mayNot} because no permissions boundary allows the sts:AssumeRole action`,
    also: [
      `${denied}User: ${pipelineRole} ${mayNot}\nwith an explicit deny in a permissions boundary`,
    ],
    isNot: `${denied}User: ${pipelineRole} ${mayNot} because no identity-based policy allows the sts:AssumeRole action`,
  },
  "A9-deny": {
    is: `${denied}User: ${pipelineRole} ${mayNot} with an explicit deny in a service control policy`,
    also: [
      `${denied}User: ${pipelineRole} ${mayNot} because no service control policy allows the sts:AssumeRole action`,
      `${denied}User: ${pipelineRole} ${mayNot}\nbecause no resource control policy allows the sts:AssumeRole action`,
    ],
    isNot: `${denied}User: ${pipelineRole} ${mayNot} because no identity-based policy allows the sts:AssumeRole action`,
  },
  A9: {
    is: `${denied}User: ${pipelineRole} ${mayNot}`,
    also: [
      `${denied}User: arn:aws-us-gov:sts::111122223333:assumed-role/redpanda-a-redpanda-connect-pipeline/1 ${mayNot}`,
    ],
    isNot: `${denied}User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect/1768926423691540220 ${mayNot}`,
  },
  "A9-user": {
    is: `${denied}User: arn:aws:iam::123456789012:user/demo-redpanda-connect ${mayNot}`,
    also: [`${denied}User: arn:aws-cn:iam::123456789012:user/path/demo ${mayNot}`],
    isNot: `${denied}User: arn:aws:iam::123456789012:user/demo-redpanda-connect is not authorized to perform: rds-db:connect on resource: ${role}`,
  },
  "A9-role": {
    is: `${denied}User: arn:aws:sts::111122223333:assumed-role/demo-node-group/i-0123456789abcdef0 ${mayNot}`,
    isNot: `${denied}User: arn:aws:sts::111122223333:assumed-role/demo-node-group/i-0123456789abcdef0 is not authorized to perform: sts:TagSession on resource: ${role}`,
  },
  A10: {
    is: `${assuming}operation error STS: AssumeRole, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-2.amazonaws.com/": dial tcp 192.0.2.44:443: i/o timeout`,
    also: [
      `${token}operation error STS: AssumeRole, dial tcp: lookup sts.us-east-2.amazonaws.com: no such host`,
      `${assuming}operation error STS: GetCallerIdentity, request send failed, dial tcp: lookup sts.us-east-2.amazonaws.com: no such host`,
      `${assuming}operation error STS: AssumeRole,\n dial tcp 192.0.2.44:443: connect: connection refused`,
      `${mysqlToken}operation error STS: AssumeRole, read tcp 10.0.3.7:43122->192.0.2.44:443: read: connection reset by peer`,
      `${mysqlToken}operation error STS: GetCallerIdentity, EOF`,
      `${mysqlToken}operation error STS: AssumeRole, dial tcp 192.0.2.44:443: connect: network is unreachable`,
      `${mysqlToken}operation error STS: AssumeRole, dial tcp 192.0.2.44:443: connect: no route to host`,
    ],
    isNot: `${assuming}operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, failed to load credentials, request send failed, Get "http://127.0.0.1:8080/": dial tcp 127.0.0.1:8080: connect: connection refused`,
    nor: [
      `${assuming}operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3, request send failed, Get "http://169.254.169.254/latest/meta-data/iam/security-credentials/": dial tcp 169.254.169.254:80: connect: connection refused`,
      `${assuming}operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, operation error SSO: GetRoleCredentials, https response error StatusCode: 0, RequestID: , request send failed, Get "https://portal.sso.us-east-2.amazonaws.com/federation/credentials": dial tcp: lookup portal.sso.us-east-2.amazonaws.com: no such host`,
      `${assuming}operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: CreateToken, https response error StatusCode: 0, RequestID: , request send failed, Post "https://oidc.us-east-2.amazonaws.com/token": dial tcp: lookup oidc.us-east-2.amazonaws.com: no such host`,
    ],
  },
  A10b: {
    is: `${assuming}operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-2.amazonaws.com/": dial tcp: lookup sts.us-east-2.amazonaws.com: no such host`,
    also: [
      `${assuming}operation error STS: AssumeRoleWithWebIdentity, dial tcp 192.0.2.44:443: i/o timeout`,
      `${assuming}operation error STS: AssumeRoleWithWebIdentity,\n dial tcp 192.0.2.44:443: connect: connection refused`,
      `${assuming}operation error STS: AssumeRoleWithWebIdentity, read tcp 10.0.3.7:43122->192.0.2.44:443: read: connection reset by peer`,
      `${assuming}operation error STS: AssumeRoleWithWebIdentity, dial tcp 192.0.2.44:443: connect: no route to host`,
    ],
    isNot: `${assuming}operation error STS: AssumeRole, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-2.amazonaws.com/": dial tcp: lookup sts.us-east-2.amazonaws.com: no such host`,
  },
  A11: {
    is: `${assuming}operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, RegionDisabledException: STS is not activated in this region for account:111122223333`,
    also: [
      `${assuming}operation error STS: AssumeRole, api error InvalidClientTokenId: The security token included in the request is invalid.`,
    ],
    isNot: "RegionNotFoundException: no such region",
  },
  P1: {
    is: `${stream}failed to connect to \`user=iam_demo_user database=demo_db\`: hostname resolving error: lookup ${host} on 10.0.0.2:53: no such host`,
    isNot: `${login}dial error: dial tcp 203.0.113.10:5432: connect: network is unreachable`,
  },
  P2: {
    is: `${login}dial error: timeout: dial tcp 203.0.113.10:5432: i/o timeout`,
    also: [
      `${login}dial error: \ntimeout: context deadline exceeded`,
      `${login}dial error: dial tcp 203.0.113.10:5432: connect: connection timed out`,
    ],
    isNot: `${login}failed to receive message: read tcp 10.0.0.9:43122->203.0.113.10:5432: i/o timeout`,
  },
  "P2-ping": {
    level: "DEBUG",
    is: "Waiting to ping database...",
    isNot: "Waiting to acknowledge messages...",
  },
  P3: {
    is: `${login}dial error: dial tcp 203.0.113.10:5432: connect: connection refused`,
    also: [`${login}dial error: \ndial tcp 203.0.113.10:5432: connect: connection refused`],
    isNot: "dial tcp 203.0.113.10:9092: connect: connection refused",
  },
  P4: {
    is: `${login}tls error: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    also: [
      `${login}tls error: \ntls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ],
    isNot: `${login}tls error: tls: failed to verify certificate: x509: certificate has expired or is not yet valid`,
  },
  P5: {
    is: `${login}tls error: tls: failed to verify certificate: x509: certificate is valid for ${host}, not db.example.com`,
    also: [
      `${login}tls error: \ntls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match db.example.com`,
      `${login}tls error: tls: failed to verify certificate: x509: cannot validate certificate for 203.0.113.10 because it doesn't contain any IP SANs`,
    ],
    isNot: `${login}tls error: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  },
  P6: {
    is: `${login}tls error: server refused TLS connection`,
    isNot: `${login}tls error: EOF`,
  },
  P7: {
    is: `${login}server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
    also: [
      `${login}server error: FATAL:\nno pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db",\nSSL off (SQLSTATE 28000)`,
      `${login}server error: FATAL: pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
      `${login}server error: FATAL: no pg_hba.conf entry for replication connection from host "198.51.100.7", user "iam_demo_user", no encryption (SQLSTATE 28000)`,
    ],
    isNot: `${login}server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", SSL encryption (SQLSTATE 28000)`,
  },
  P8: {
    is: `${login}server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
    isNot: `${login}server error: FATAL: password authentication failed for user "iam_demo_user" (SQLSTATE 28P01)`,
  },
  P9: {
    is: `${login}server error: FATAL: password authentication failed for user "iam_demo_user" (SQLSTATE 28P01)`,
    also: [
      `failed to connect to \`user=iam_demo_user database=demo_db\`:\n\t203.0.113.10:5432 (${host}): server error: FATAL: password authentication failed for user "iam_demo_user" (SQLSTATE 28P01)\n\t203.0.113.10:5432 (${host}): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
    ],
    isNot: `${login}server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
  },
  P10: {
    is: `${login}server error: FATAL: role "iam_demo_user" does not exist (SQLSTATE 28000)`,
    isNot: `${login}server error: FATAL: role "iam_demo_user" is not permitted to log in (SQLSTATE 28000)`,
  },
  "P10-database": {
    is: `${login}server error: FATAL: database "demo_db" does not exist (SQLSTATE 3D000)`,
    isNot: `${login}server error: FATAL: role "demo_db" does not exist (SQLSTATE 28000)`,
  },
  P11: {
    is: `${login}server error: FATAL: permission denied to start WAL sender (SQLSTATE 42501)`,
    also: [
      `${login}server error: FATAL: must be superuser or replication role to start walsender (SQLSTATE 42501)`,
    ],
    isNot: `${reading}creating replication slot: ERROR: permission denied to use replication slots (SQLSTATE 42501)`,
  },
  P12: {
    level: "WARN",
    is: `${reading}creating replication slot: ERROR: permission denied to use replication slots (SQLSTATE 42501)`,
    also: [
      `${reading}creating replication slot: ERROR: must be superuser or replication role to use replication slots (SQLSTATE 42501)`,
    ],
    isNot: `${login}server error: FATAL: must be superuser or replication role to start walsender (SQLSTATE 42501)`,
  },
  P13: {
    is: `${stream}invalid monitoring interval: 3s`,
    isNot: `${stream}invalid interval: 3s`,
  },
  P14: {
    is: `${stream}error counting rows in table public.iamuser_test: ERROR: permission denied for schema public (SQLSTATE 42501)`,
    isNot: `${stream}error counting rows in table public.iamuser_test: ERROR: permission denied for function pg_table_size (SQLSTATE 42501)`,
  },
  "P14-table": {
    is: `${stream}error counting rows in table public.iamuser_test: ERROR: permission denied for table iamuser_test (SQLSTATE 42501)`,
    also: [
      `${stream}error counting rows in table public.iamuser_test: ERROR: permission denied for relation iamuser_test (SQLSTATE 42501)`,
    ],
    isNot: `${stream}error counting rows in table public.iamuser_test: ERROR: permission denied for schema public (SQLSTATE 42501)`,
  },
  P15: {
    is: `${stream}creating publication: ERROR: must be owner of table iamuser_test (SQLSTATE 42501)`,
    also: [
      `${stream}creating publication: \nERROR: permission denied for database demo_db (SQLSTATE 42501)`,
      `${stream}creating publication: ERROR: must be superuser to create FOR ALL TABLES publication (SQLSTATE 42501)`,
    ],
    isNot: `${stream}creating publication: ERROR: syntax error at or near "1" (SQLSTATE 42601)`,
  },
  P16: {
    is: `${stream}adding table to publication: ERROR: must be owner of publication pglog_stream_rpcn_iam_test (SQLSTATE 42501)`,
    also: [
      `${stream}removing table from publication: \nERROR: must be owner of publication pglog_stream_rpcn_iam_test (SQLSTATE 42501)`,
    ],
    isNot: `${stream}creating publication: ERROR: must be owner of table iamuser_test (SQLSTATE 42501)`,
  },
  P17: {
    is: `${stream}creating publication: ERROR: publication "pglog_stream_RPCN" already exists (SQLSTATE 42710)`,
    also: [
      `${stream}creating replication slot: ERROR: replication slot "rpcn_iam_test_tmp" already exists (SQLSTATE 42710)`,
      `${stream}creating publication: ERROR: publication "pglog_stream_" already exists (SQLSTATE 42710)`,
    ],
    isNot: `${stream}replication slot rpcn_iam_test already exists with different output plugin: wal2json`,
  },
  P18: {
    level: "WARN",
    is: `${reading}creating replication slot: ERROR: logical decoding requires "wal_level" >= "logical" (SQLSTATE 55000)`,
    also: [
      `${reading}creating replication slot: ERROR: logical decoding requires wal_level >= logical (SQLSTATE 55000)`,
    ],
    isNot: `${reading}creating replication slot: ERROR: logical decoding requires a database connection (SQLSTATE 55000)`,
  },
  P19: {
    level: "WARN",
    is: `${reading}creating replication slot: ERROR: all replication slots are in use (SQLSTATE 53400)`,
    also: [
      `${login}server error: FATAL: number of requested standby connections exceeds max_wal_senders (currently 10) (SQLSTATE 53300)`,
      `${login}server error: FATAL: number of requested standby connections exceeds "max_wal_senders" (currently 10) (SQLSTATE 53300)`,
    ],
    isNot: `${login}server error: FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute (SQLSTATE 53300)`,
  },
  P20: {
    level: "WARN",
    is: `${reading}starting logical replication: ERROR: replication slot "rpcn_iam_test" is active for PID 4711 (SQLSTATE 55006)`,
    isNot: `${reading}starting logical replication: ERROR: replication slot "rpcn_iam_test" does not exist (SQLSTATE 42704)`,
  },
  P21: {
    level: "WARN",
    is: `${reading}creating replication slot: ERROR: replication slots cannot be used on RO (Read Only) node (SQLSTATE 55000)`,
    also: [
      `${reading}creating replication slot: ERROR: logical decoding cannot be used while in recovery (SQLSTATE 55000)`,
      `${reading}processing snapshot: ERROR: cannot assign TransactionIds during recovery (SQLSTATE XX000)`,
      `${reading}processing snapshot: ERROR: canceling statement due to conflict with recovery (SQLSTATE 40001)`,
      // https://github.com/postgres/postgres/blob/REL_17_5/src/backend/access/transam/xlogfuncs.c
      "unable to query replication lag: ERROR: recovery is in progress (SQLSTATE 55000)",
    ],
    isNot: `${stream}ERROR: cannot execute CREATE PUBLICATION within a pipeline (SQLSTATE 25001)`,
  },
  P22: {
    level: "WARN",
    is: `${reading}starting logical replication: ERROR: can no longer get changes from replication slot "rpcn_iam_test" (SQLSTATE 55000)`,
    also: [
      `${reading}starting logical replication: ERROR: requested WAL segment 0000000100000000000000A1 has already been removed (SQLSTATE 58P01)`,
      `${reading}starting logical replication: ERROR: can no longer access replication slot "rpcn_iam_test" (SQLSTATE 55000)`,
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  This slot has been invalidated because it exceeded the maximum reserved size.",
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  This replication slot has been invalidated due to "wal_removed".',
    ],
    isNot: `${reading}starting logical replication: ERROR: cannot use physical replication slot for logical decoding (SQLSTATE 55000)`,
  },
  P23: {
    is: `${stream}replication slot rpcn_iam_test already exists with different output plugin: wal2json`,
    isNot: `${stream}ERROR: replication slot "rpcn_iam_test" already exists (SQLSTATE 42710)`,
  },
  P24: {
    level: "WARN",
    is: "processing snapshot: getting primary key column for table public.iamuser_test: no primary key found for table public.iamuser_test",
    also: [
      `${reading}no primary key found for table "public"."iamuser_test"`,
      `${reading}processing snapshot: getting primary key for table "public"."iamuser_test"`,
    ],
    isNot: `${reading}getting primary key column for table "public"."iamuser_test": unexpected EOF`,
  },
  P25: {
    is: `${stream}error counting rows in table public.orders: ERROR: relation "public.orders" does not exist (SQLSTATE 42P01)`,
    isNot: `${stream}ERROR: column "orders" does not exist (SQLSTATE 42703)`,
  },
  P26: {
    is: 'failed to init input postgres_cdc path root.input: invalid slot_name: invalid postgres identifier "rpcn-iam-test"',
    also: [
      `${stream}slot_name is required`,
      `${stream}invalid slot_name: rpcn-iam`,
      `${stream}invalid schema name "my-schema": invalid character`,
      `${stream}invalid table name "demo-table": invalid character`,
    ],
    isNot: `${stream}ERROR: replication slot name "rpcn-iam-test" contains invalid character (SQLSTATE 42602)`,
  },
  P27: {
    level: "WARN",
    is: `unable to write heartbeat message: failed to connect to \`user=iam_demo_user database=demo_db\`: 203.0.113.10:5432 (${host}): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
    isNot: "unable to properly cleanup heartbeat on stream creation failure: context canceled",
  },
  P28: {
    level: "WARN",
    is: `Error reading replication lag: failed to connect to \`user=iam_demo_user database=demo_db\`: 203.0.113.10:5432 (${host}): server error: FATAL: PAM authentication failed for user "iam_demo_user" (SQLSTATE 28000)`,
    isNot: "unable to properly cleanup monitor on stream creation failure: context canceled",
  },
  P29: {
    level: "WARN",
    is: `${reading}receiving messages from Postgres: unexpected EOF`,
    also: [
      `${reading}receiving messages from Postgres: read tcp 10.0.3.7:43122->203.0.113.10:5432: read: connection reset by peer`,
      `${reading}receiving messages from Postgres: read tcp 10.0.3.7:43122->203.0.113.10:5432: read: connection timed out`,
      `${reading}receiving messages from Postgres: read tcp 10.0.3.7:43122->203.0.113.10:5432: i/o timeout`,
      `${reading}sending standby status message at LSN 0/1A2B3C8: write tcp 10.0.3.7:43122->203.0.113.10:5432: write: broken pipe`,
    ],
    isNot: "unable to stop replication stream: context canceled",
  },
  M0: {
    is: `${cdc}starting streaming: io: read/write on closed pipe`,
    also: [
      `${cdc}starting streaming: io.ReadFull(header) failed. err EOF: connection was bad`,
      `${cdc}unable to prepare snapshot: driver: bad connection`,
    ],
    isNot: "successfully shutdown MySQL CDC stream",
  },
  M1: {
    is: `${cdc}unable to prepare snapshot: create lock connection: this user requires clear text authentication. If you still want to use it, please add 'allowCleartextPasswords=1' to your DSN`,
    isNot: `${cdc}unable to prepare snapshot: create lock connection: this user requires old password authentication. If you still want to use it, please add 'allowOldPasswords=1' to your DSN`,
  },
  M2: {
    is: `${mysql}ERROR 1045 (28000): Access denied for user 'iam_demo_user'@'203.0.113.10' (using password: YES)`,
    also: [
      `${mysql}error 1045 (28000): access denied for user 'iam_demo_user'@'203.0.113.10' (using password: YES)`,
    ],
    isNot: `${mysql}ERROR 1044 (42000): Access denied for user 'iam_demo_user'@'%' to database 'demo_db'`,
  },
  M3: {
    is: `${mysql}ERROR 1524 (HY000): Plugin 'AWSAuthenticationPlugin' is not loaded`,
    isNot: `${mysql}ERROR 1524 (HY000): Plugin 'mysql_native_password' is not loaded`,
  },
  M4: {
    is: `${mysql}ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.`,
    also: [
      `${cdc}Error 3159 (HY000): connections using insecure transport are prohibited while --require_secure_transport=ON.`,
    ],
    isNot: `${mysql}ERROR 3160 (HY000): No secure transports (SSL or Shared Memory) are configured`,
  },
  M5: {
    is: `${mysql}binlog must ROW format, but OFF now`,
    isNot: `${mysql}binlog must have a checksum`,
  },
  M6: {
    is: `${cdc}unable to prepare snapshot: get binlog position: sql: no rows in result set`,
    also: [`${cdc}starting streaming: ERROR 1236 (HY000): Binary log is not open`],
    isNot: `${cdc}unable to prepare snapshot: get binlog position: context canceled`,
  },
  M7: {
    is: `${cdc}unable to prepare snapshot: acquire table-level read locks: Error 1227 (42000): Access denied; you need (at least one of) the RELOAD or FLUSH_TABLES privilege(s) for this operation`,
    also: [
      `${cdc}ERROR 1227 (42000): access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation`,
    ],
    isNot: `${cdc}Error 1142 (42000): SELECT command denied to user 'iam_demo_user'@'203.0.113.10' for table 'orders'`,
  },
  M8: {
    is: `${cdc}unable to prepare snapshot: acquire table-level read locks: Error 1205 (HY000): Lock wait timeout exceeded; try restarting transaction`,
    also: [
      `${cdc}unable to prepare snapshot: acquire table-level read locks: Error 1044 (42000): Access denied for user 'iam_demo_user'@'%' to database 'demo_db'`,
      `${cdc}unable to prepare snapshot: acquire table-level read locks: Error 1213 (40001): Deadlock found when trying to get lock; try restarting transaction`,
      `${cdc}unable to prepare snapshot: acquire table-level read locks: Error 3024 (HY000): Query execution was interrupted, maximum statement execution time exceeded`,
    ],
    isNot: `${cdc}unable to prepare snapshot: acquire table-level read locks: invalid connection`,
  },
  M9: {
    is: `${cdc}failed reading snapshot: unable to find primary key for table orders - does the table exist and does it have a primary key set?`,
    isNot: `${cdc}failed reading snapshot: get primary key: context canceled`,
  },
  M10: {
    is: `${cdc}starting streaming: ERROR 1236 (HY000): Could not find first log file name in binary log index file`,
    also: [
      `${cdc}starting streaming: Error 1236 (HY000): could not find first log file name in binary log index file`,
      `${cdc}starting streaming: ERROR 1236 (HY000): Client requested source to start replication from position > file size`,
      `${cdc}starting streaming: ERROR 1236 (HY000): Client requested master to start replication from position > file size; the first event 'mysql-bin-changelog.000002' at 4711`,
    ],
    isNot: `${cdc}starting streaming: ERROR 1236 (HY000): log event entry exceeded max_allowed_packet`,
  },
  M11: {
    is: `${cdc}starting streaming: ERROR 1236 (HY000): A slave with the same server_uuid/server_id as this slave has connected to the master`,
    also: [
      `${cdc}starting streaming: ERROR 1236 (HY000): A replica with the same server_uuid/server_id as this replica has connected to the source`,
    ],
    isNot: `${cdc}starting streaming: ERROR 1236 (HY000): log event entry exceeded max_allowed_packet`,
  },
  M12: {
    is: "failed to init input mysql_cdc path root.input: unknown cache resource: cdc_checkpoint",
    isNot: "unknown rate limit resource: cdc_checkpoint",
  },
  M13: {
    is: `${mysql}unable to get cached binlog position: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]`,
    also: [
      `${mysql}unable to access cache for reading: context canceled`,
      `${mysql}unable to access cache for reading: unable to dial: dial tcp 10.0.1.20:9092: i/o timeout`,
      `${mysql}unable read checkpoint from cache: unable to dial: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      `${cdc}unable read checkpoint from cache: context canceled`,
      `${cdc}unable to read checkpoint from cache: context canceled`,
      `${cdc}unable persist checkpoint to cache: context canceled`,
      `${cdc}unable to persist checkpoint to cache: context canceled`,
      `${mysql}missing or unknown topic`,
    ],
    isNot:
      "Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]",
  },
  M14: {
    is: "failed to init input mysql_cdc path root.input: invalid table name",
    also: [
      "failed to init input mysql_cdc path root.input: invalid start char in mysql table name",
      "failed to init input mysql_cdc path root.input: invalid table length",
    ],
    isNot: `${stream}invalid table name "demo-table": invalid character`,
  },
  M15: {
    is: "failed to init input mysql_cdc path root.input: error parsing mysql DSN: invalid DSN: missing the slash separating the database name",
    also: [
      "failed to init input mysql_cdc path root.input: invalid MySQL address format",
      "failed to init input mysql_cdc path root.input: invalid DSN: did you forget to escape a param value?",
      "failed to init input mysql_cdc path root.input: error parsing mysql DSN: default addr for network unknown",
    ],
    isNot:
      "failed to init input postgres_cdc path root.input: cannot parse `postgres://%zz`: failed to parse as URL",
  },
  M16: {
    is: '2026/01/20 16:27:06 ERROR retry sync err, exceeded max retries error="io: read/write on closed pipe" maxAttempts=1',
    isNot: '2026/01/20 16:27:06 ERROR retry sync err error="io: read/write on closed pipe"',
  },
  M17: {
    is: `${mysql}dial tcp 203.0.113.10:3306: i/o timeout`,
    also: [
      `error during MySQL CDC: dial tcp 203.0.113.10:3306: connect: connection refused`,
      `${mysql}dial tcp: lookup db.example.com:\nno such host`,
      `${mysql}dial tcp 203.0.113.10:3306: context deadline exceeded`,
    ],
    // The connection stood.
    isNot: `${cdc}starting streaming: read tcp 10.0.3.7:43122->203.0.113.10:3306: i/o timeout`,
    nor: [
      `${mysqlToken}failed to refresh cached credentials, failed to load credentials, request send failed, Get "http://127.0.0.1:8080/": dial tcp 127.0.0.1:8080: connect: connection refused`,
    ],
  },
  "M17-tls": {
    is: `${mysql}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    also: [
      `error during MySQL CDC: tls:\n x509: certificate is valid for ${host}, not db.example.com`,
      `${mysql}tls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match db.example.com`,
      `${mysql}tls: failed to verify certificate: x509: cannot validate certificate for 203.0.113.10 because it doesn't contain any IP SANs`,
    ],
    isNot: `${mysql}tls: failed to verify certificate: x509: certificate is not authorized to sign other certificates`,
  },
  O1: {
    is: "Failed to connect to redpanda: unable to initialize sasl: SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
    isNot:
      "Failed to connect to redpanda: UNSUPPORTED_SASL_MECHANISM: The broker does not support the requested SASL mechanism.",
  },
  O2: {
    is: "Failed to send message to redpanda: UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
    isNot:
      "Failed to send message to redpanda: NOT_LEADER_FOR_PARTITION: This server is not the leader for that topic-partition.",
  },
  O3: {
    is: "Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]",
    isNot:
      "Failed to send message to redpanda: GROUP_AUTHORIZATION_FAILED: Not authorized to access group: Group authorization failed.",
  },
  O4: {
    is: "Failed to send message to redpanda: CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.",
    isNot:
      "Failed to send message to redpanda: TRANSACTIONAL_ID_AUTHORIZATION_FAILED: The transactional id used by our producer is not authorized to produce messages",
  },
  O5: {
    is: "Failed to send message to redpanda: MESSAGE_TOO_LARGE: The request included a message larger than the max message size the server will accept.",
    isNot:
      "Failed to send message to redpanda: RECORD_LIST_TOO_LARGE: The request included message batch larger than the configured segment size on the server.",
  },
  O6: {
    is: "Failed to connect to redpanda: unable to dial: tls: failed to verify certificate: x509: certificate signed by unknown authority",
    also: [
      "unable to open connection to broker: tls: failed to verify certificate: x509: certificate is valid for *.example.com, not seed.example.org",
      "Kafka broker connection failed: tls: failed to verify certificate: x509: cannot validate certificate for 203.0.113.20 because it doesn't contain any IP SANs",
      'Failed to connect to redpanda: unable to dial: tls: failed to verify certificate: x509: "broker" certificate is not trusted',
    ],
    isNot:
      "Failed to connect to redpanda: unable to dial: tls: failed to verify certificate: x509: certificate has expired or is not yet valid",
  },
  O7: {
    is: "Failed to connect to redpanda: unable to dial: dial tcp 203.0.113.20:9092: connect: connection refused",
    isNot: "Failed to connect to redpanda: context canceled",
  },
  G1: {
    is: `${registering}Schema being registered is incompatible with an earlier schema for subject "demo.iam_auth_topic_test-orders", details: [{errorType:'MISSING_UNION_BRANCH', description:'…'}]`,
    isNot: `${registering}no response`,
  },
  G2: {
    is: `${registering}Unauthorized`,
    isNot: `${registering}no response`,
  },
  G3: {
    is: `${registering}Forbidden (missing required ACLs)`,
    isNot: `${registering}no response`,
  },
  G4: {
    is: `${registering}unable to POST "http://127.0.0.1:9/subjects/demo.iam_auth_topic_test-orders/versions": Post "http://127.0.0.1:9/subjects/demo.iam_auth_topic_test-orders/versions?normalize=true": dial tcp 127.0.0.1:9: connect: connection refused`,
    also: [
      `${registering}unable to GET "http://127.0.0.1:9/schemas/ids/1/versions": Get "http://127.0.0.1:9/schemas/ids/1/versions": EOF`,
    ],
    isNot: "Failed to connect to redpanda: unable to dial: EOF",
  },
  G5: {
    is: 'A row of orders is not encoded: parsing Avro schema: invalid field name "order id": invalid name "order id"',
    also: [
      'A row of order-lines is not encoded: parsing Avro schema: invalid record name "order-lines": invalid name "order-lines"',
    ],
    isNot: "A row of orders is not encoded: parsing Avro schema: unexpected end of JSON input",
  },
  G6: {
    is: "A row of orders is not encoded: failed assignment (line 9): the row was handed on without its schema",
    isNot: "A row of orders is not encoded: extracting schema fingerprint: expected map",
  },
  G7: {
    is: "A row of orders is not encoded: avro: field id: cannot use string with Avro type int",
    also: [
      "A row of orders is not encoded: avro: field l: cannot use json.Number with Avro type long: value 1.8446744073709552e+19 overflows int64",
      "A row of orders is not encoded: failed assignment (line 23): failed to process element p: match expression: p is NaN, which is no number of a decimal type",
    ],
    isNot: "A row of orders is not encoded: avro: short buffer",
  },
  G8: {
    is: "A row of orders is not encoded: avro: short buffer",
    isNot: "A row of orders is encoded",
  },
  A12: {
    is: said("aws-ecs-credentials-refused"),
    also: [said("aws-pod-identity-timeout")],
    isNot: `${assuming}failed to load credentials, request send failed, Get "http://127.0.0.1:8080/": dial tcp 127.0.0.1:8080: connect: connection refused`,
  },
  A13: {
    is: said("aws-pod-identity-loopback"),
    isNot: `${token}unable to load AWS config: invalid endpoint host, "example.com"`,
  },
  A14: {
    is: said("aws-web-identity-file"),
    isNot: `${assuming}failed to retrieve jwt from provide source, token is empty`,
  },
  A15: {
    is: said("aws-expired-token"),
    also: [said("aws-expired-token-web")],
    isNot: `${denied.replace("AccessDenied", "InvalidClientTokenId")}The security token included in the request is invalid`,
  },
  A16: {
    is: said("aws-signature-expired"),
    also: [
      `${denied.replace("AccessDenied", "SignatureDoesNotMatch")}Signature not yet current: 20260120T170000Z is still later than 20260120T164206Z (20260120T162706Z + 15 min.)`,
    ],
    isNot: `${denied.replace("AccessDenied", "SignatureDoesNotMatch")}The request signature we calculated does not match the signature you provided.`,
  },
  A17: {
    is: said("aws-web-identity-throttled"),
    also: [`${denied.replace("AccessDenied", "ThrottlingException")}Rate exceeded`],
    isNot: "operation error SSM: GetParameter, api error Throttling: Rate exceeded",
  },
  A18: {
    is: said("aws-malformed-role"),
    // The environment's role, and not the pipeline's.
    isNot: `${assuming}operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: 6dd62d35-1a52-4cdc-8bb7-88f24dd36d6c, api error ValidationError: Request ARN is invalid`,
    nor: [
      `${denied.replace("AccessDenied", "ValidationError")}The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining`,
    ],
  },
  "A10-tls": {
    is: said("aws-sts-tls"),
    also: [
      `${assuming}operation error STS: AssumeRole, request send failed, tls: failed to verify certificate: x509: certificate is valid for proxy.example.com, not sts.us-east-2.amazonaws.com`,
      `${assuming}operation error STS: AssumeRole, request send failed, tls: failed to verify certificate: x509: "proxy" certificate is not trusted`,
      `${assuming}operation error STS: AssumeRole, request send failed, tls: first record does not look like a TLS handshake`,
    ],
    // A clock that is wrong, on either side.
    isNot: `${mysqlToken}operation error STS: AssumeRole, request send failed, tls: failed to verify certificate: x509: certificate has expired or is not yet valid`,
  },
  "A9-tag": {
    is: said("aws-tagsession-pod-identity"),
    also: [said("aws-tagsession-user"), said("trail-tagsession")],
    isNot: `${denied}User: ${pipelineRole} ${mayNot}`,
  },
  "A9-session": {
    is: said("aws-role-denied-session-policy"),
    isNot: `${denied}User: ${pipelineRole} ${mayNot} because no identity-based policy allows the sts:AssumeRole action`,
  },
  "A9-identity": {
    is: said("aws-role-denied-no-identity-policy"),
    also: [said("trail-no-identity-policy")],
    isNot: `${denied}User: ${pipelineRole} ${mayNot} because no resource-based policy allows the sts:AssumeRole action`,
  },
  "A9-resource": {
    is: said("aws-role-denied-no-resource-policy"),
    also: [said("trail-no-resource-policy")],
    isNot: `${denied}User: ${pipelineRole} ${mayNot} because no identity-based policy allows the sts:AssumeRole action`,
  },
  "A9-bare": {
    is: said("aws-role-denied-bare"),
    isNot: `${denied}Not authorized to perform sts:AssumeRoleWithWebIdentity`,
  },
  R1: {
    is: said("pg-proxy-iam"),
    also: [
      said("pg-proxy-no-credentials"),
      said("pg-proxy-replication"),
      said("pg-proxy-requests"),
      said("pg-proxy-acquire"),
      said("proxy-iam"),
      said("proxy-native"),
    ],
    isNot: `${login}server error: FATAL: password authentication failed for user "iam_demo_user" (SQLSTATE 28P01)`,
  },
  R2: {
    is: said("pg-proxy-ssl"),
    also: [said("pg-proxy-tls")],
    isNot: `${login}server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
  },
  N1: {
    is: said("pg-dial-unreachable"),
    also: [said("pg-dial-no-route"), said("pg-dial-denied"), said("my-dial-unreachable")],
    isNot:
      "Failed to connect to redpanda: unable to dial: dial tcp 10.0.1.20:9092: connect: no route to host",
  },
  N2: {
    is: said("pg-receive-reset"),
    also: [
      said("pg-receive-eof"),
      said("my-handshake-eof"),
      said("my-handshake-reset"),
      `${login}failed to receive message: read tcp 10.0.3.7:43122->203.0.113.10:5432: i/o timeout`,
    ],
    isNot: `${reading}receiving messages from Postgres: unexpected EOF`,
  },
  T1: {
    is: said("pg-tls-expired"),
    also: [said("my-tls-expired")],
    isNot:
      "Failed to connect to redpanda: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-20T16:27:06Z is after 2024-08-22T17:08:50Z",
  },
  T2: {
    is: said("pg-tls-self-signed"),
    also: [
      said("pg-tls-common-name"),
      `${login}tls error: tls: failed to verify certificate: x509: self-signed certificate`,
    ],
    isNot: `${login}tls error: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  },
  T3: {
    is: said("pg-tls-eof"),
    also: [
      `${login}tls error: unexpected EOF`,
      `${login}tls error: read tcp 10.0.3.7:43122->203.0.113.10:5432: read: connection reset by peer`,
      `${mysql}writeAuthHandshake: EOF`,
      `${mysql}writeAuthHandshake: write tcp 10.0.3.7:43122->203.0.113.10:3306: write: broken pipe`,
    ],
    // It closes with a reason.
    isNot: `${login}tls error: remote error: tls: handshake failure`,
  },
  T4: {
    is: `${mysql}remote error: tls: protocol version not supported`,
    also: [
      `${login}tls error: tls: server selected unsupported protocol version 301`,
      `${login}tls error: tls: no supported versions satisfy MinVersion and MaxVersion`,
    ],
    isNot:
      "Failed to connect to redpanda: unable to dial: remote error: tls: protocol version not supported",
  },
  T5: {
    is: said("my-tls-unsupported"),
    also: [said("my-tls-unsupported-snapshot")],
    isNot: `${mysql}this server does not support TLS 1.0`,
  },
  P30: {
    is: said("pg-slots-reserved-attribute"),
    also: [said("pg-slots-reserved-rds"), said("pg-too-many-clients")],
    isNot: `${login}server error: FATAL: too many connections for role "iam_demo_user" (SQLSTATE 53300)`,
  },
  P31: {
    is: said("pg-too-many-role"),
    also: [
      `${login}server error: FATAL: too many connections for database "demo_db" (SQLSTATE 53300)`,
    ],
    isNot: `${login}server error: FATAL: sorry, too many clients already (SQLSTATE 53300)`,
  },
  P32: {
    is: said("pg-starting-up"),
    also: [
      said("pg-shutting-down"),
      said("pg-not-yet-accepting"),
      `${login}server error: FATAL: the database system is not accepting connections (SQLSTATE 57P03)`,
      `${login}server error: FATAL: the database system is in recovery mode (SQLSTATE 57P03)`,
    ],
    isNot: `${reading}FATAL: terminating connection due to administrator command (SQLSTATE 57P01)`,
  },
  P33: {
    is: said("pg-auth-timeout"),
    also: [said("pglog-http-503"), said("pglog-auth-timeout")],
    isNot: "canceling statement due to statement timeout",
  },
  P34: {
    is: said("pg-role-nologin"),
    isNot: `${login}server error: FATAL: role "iam_demo_user" is not a member of rds_iam (SQLSTATE 28000)`,
  },
  P35: {
    is: said("pg-database-connect"),
    also: [
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  permission denied for database "demo_db"',
    ],
    isNot: `${stream}creating publication: ERROR: permission denied for database demo_db (SQLSTATE 42501)`,
  },
  P36: {
    is: `${login}server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", SSL encryption (SQLSTATE 28000)`,
    also: [
      `${login}server error: FATAL: no pg_hba.conf entry for replication connection from host "198.51.100.7", user "iam_demo_user", SSL on (SQLSTATE 28000)`,
      `failed to connect to \`user=iam_demo_user database=demo_db\`:\n\t203.0.113.10:5432 (${host}): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", SSL encryption (SQLSTATE 28000)\n\t203.0.113.10:5432 (${host}): server error: FATAL: no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
    ],
    isNot: `${login}server error: FATAL: no pg_hba.conf entry for replication connection from host "198.51.100.7", user "iam_demo_user", no encryption (SQLSTATE 28000)`,
  },
  P46: {
    is: `${login}server error: FATAL: pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "rdsadmin", SSL encryption (SQLSTATE 28000)`,
    also: [
      `${login}server error: FATAL: pg_hba.conf rejects replication connection for host "198.51.100.7", user "iam_demo_user", SSL on (SQLSTATE 28000)`,
    ],
    isNot: `${login}server error: FATAL: pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption (SQLSTATE 28000)`,
  },
  M18: {
    is: said("my-too-many-connections"),
    also: [said("my-too-many-connections-snapshot")],
    isNot: `${cdc}Error 1203 (42000): User iam_demo_user already has more than 'max_user_connections' active connections`,
  },
  M19: {
    is: said("my-host-blocked"),
    isNot: `${mysql}ERROR 1130 (): Host '198.51.100.7' is not allowed to connect to this MySQL server`,
  },
  M20: {
    is: said("my-host-not-allowed"),
    isNot: `${mysql}ERROR 1129 (): Host '198.51.100.7' is blocked because of many connection errors`,
  },
  M21: {
    is: said("my-database-denied"),
    also: [
      said("my-database-unknown"),
      `${mysql}ERROR 1044 (42000): Access denied for user 'iam_demo_user'@'10.0.%' to database 'demo_db'`,
    ],
    isNot: `${mysql}handleAuthResult: ERROR 1045 (28000): Access denied for user 'iam_demo_user'@'198.51.100.7' (using password: YES)`,
  },
  M22: {
    is: said("my-native-not-loaded"),
    also: [said("my-auth-plugin-unsupported"), said("my-1251")],
    isNot: `${mysql}handleAuthResult: ERROR 1524 (HY000): Plugin 'AWSAuthenticationPlugin' is not loaded`,
  },
  M23: {
    is: said("my-user-limit"),
    also: [
      `${cdc}Error 1203 (42000): User iam_demo_user already has more than 'max_user_connections' active connections`,
    ],
    isNot: `${mysql}readInitialHandshake: ERROR 1040 (): Too many connections`,
  },
  P37: {
    is: said("pglog-publication"),
    isNot: `${stream}creating publication: ERROR: publication "pglog_stream_rpcn_iam_test" already exists (SQLSTATE 42710)`,
  },
  P47: {
    level: "WARN",
    is: 'skipped loading publication "pglog_stream_rpcn_iam_test"',
    isNot: 'publication "pglog_stream_rpcn_iam_test" is empty',
  },
  P38: {
    is: said("pg-publication-all-tables"),
    isNot: `${stream}creating publication: ERROR: must be superuser to create FOR ALL TABLES publication (SQLSTATE 42501)`,
  },
  P39: {
    is: said("pg-slot-missing"),
    isNot: `${reading}starting logical replication: ERROR: replication slot "rpcn_iam_test" is active for PID 4711 (SQLSTATE 55006)`,
  },
  P40: {
    is: said("pg-slot-other-database"),
    also: [said("pg-slot-physical")],
    isNot: `${stream}replication slot rpcn_iam_test already exists with different output plugin: wal2json`,
  },
  P41: {
    is: said("pg-snapshot-import"),
    also: [
      `${reading}processing snapshot: ERROR: invalid snapshot identifier: "00000003-0000001B-1" (SQLSTATE 22023)`,
    ],
    isNot: `${reading}processing snapshot: unable to start reader txn: conn closed`,
  },
  P42: {
    is: said("pg-decode"),
    also: [
      `${reading}processing snapshot: unable to decode column created: invalid length for date: 9`,
      `${reading}decoding postgres changes failed: decoding data for insert message: unable to convert uuid to string. type casting failed`,
      `${reading}decoding postgres changes failed: decoding new data for update message: normalising numeric value: no digits`,
      `${reading}decoding postgres changes failed: decoding before data for update message: normalising numeric value: no digits`,
    ],
    isNot: `${reading}decoding postgres changes failed: RelationMessage must have 7 bytes, got 5 bytes`,
  },
  P43: {
    is: said("pglog-walsender-timeout"),
    isNot: `${reading}FATAL: terminating connection due to administrator command (SQLSTATE 57P01)`,
  },
  P44: {
    is: said("pg-signal-table"),
    also: [
      `${stream}validating signal table: signal table "public"."rpcn_signals" is missing required column(s): data`,
    ],
    isNot: `${reading}ERROR: relation "public.rpcn_signals" does not exist (SQLSTATE 42P01)`,
  },
  M24: {
    is: said("my-table-denied"),
    also: [
      `${cdc}Error 1142 (42000): SELECT, LOCK TABLES command denied to user 'iam_demo_user'@'198.51.100.7' for table 'orders'`,
    ],
    isNot: `${cdc}Error 1227 (42000): Access denied; you need (at least one of) the RELOAD privilege(s) for this operation`,
  },
  M25: {
    is: said("my-table-missing"),
    isNot: `${cdc}Error 1142 (42000): SELECT command denied to user 'iam_demo_user'@'198.51.100.7' for table 'orders'`,
  },
  M26: {
    is: said("my-84-show-master"),
    also: [
      said("my-84-show-master-canal"),
      `${cdc}Error 1064 (42000): check the manual for the right syntax to use near 'SLAVE HOSTS' at line 1`,
    ],
    isNot: `${cdc}Error 1064 (42000): You have an error in your SQL syntax near 'FROM orders' at line 1`,
  },
  M27: {
    is: said("my-1236-open"),
    also: [
      said("my-1236-gtid"),
      said("my-29-file"),
      `${cdc}starting streaming: ERROR 1236 (HY000): Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere`,
    ],
    isNot: `${cdc}starting streaming: ERROR 1236 (HY000): Could not find first log file name in binary log index file`,
  },
  M28: {
    is: said("my-1236-impossible"),
    also: [said("my-1236-bogus")],
    isNot: `${cdc}starting streaming: ERROR 1236 (HY000): Could not find first log file name in binary log index file`,
  },
  M29: {
    is: said("my-column"),
    isNot: `${cdc}converting column shape: unknown collation`,
  },
  M30: {
    is: said("my-register"),
    isNot: `${cdc}Failed to register slave: too short`,
  },
  O8: {
    is: said("out-sasl-state"),
    also: [said("out-mechanism")],
    isNot: "Failed to connect to redpanda: SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
  },
  O9: {
    is: said("out-sasl-eof"),
    also: [said("out-sasl-missing")],
    isNot: "unable to initialize sasl: SASL_AUTHENTICATION_FAILED: SASL Authentication failed.",
  },
  O10: {
    is: said("out-tls-immediate-eof"),
    also: [
      said("out-tls-missing"),
      said("out-http-port"),
      said("out-plaintext-to-tls"),
      "unable to open connection to broker: tls: first record does not look like a TLS handshake",
      "Failed to connect to redpanda: unable to dial: tls: first record does not look like a TLS handshake",
      "unable to open connection to broker: tls: oversized record received with length 20527",
    ],
    // Of the database, or of AWS.
    isNot: "tls: first record does not look like a TLS handshake",
  },
  O11: {
    is: said("out-few-replicas"),
    isNot:
      "Failed to send message to redpanda: NOT_LEADER_FOR_PARTITION: This server is not the leader for that topic-partition.",
  },
  O12: {
    is: said("out-request-timeout"),
    also: [
      said("out-record-timeout"),
      said("out-record-retries"),
      said("out-buffered"),
      said("out-producer-id"),
    ],
    isNot: "Failed to send message to redpanda: context canceled",
  },
  O13: {
    is: said("out-quota"),
    isNot: "broker is throttling us in response",
  },
  O14: {
    is: said("out-list-too-large"),
    isNot:
      "Failed to send message to redpanda: MESSAGE_TOO_LARGE: The request included a message larger than the max message size the server will accept.",
  },
  O15: {
    is: said("out-invalid-record"),
    isNot: "Failed to send message to redpanda: INVALID_RECORD_STATE: The record state is invalid.",
  },
  O16: {
    is: said("out-policy"),
    isNot: "Failed to send message to redpanda: INVALID_CONFIG: Configuration is invalid.",
  },
  O17: {
    is: said("out-unknown-server-error"),
    also: [said("out-storage")],
    isNot:
      "Failed to send message to redpanda: UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.",
  },
  O20: {
    is: "produce partition load error, bumping error count on first stored batch: LEADER_NOT_AVAILABLE: There is no leader for this topic-partition as we are in the middle of a leadership election.",
    isNot:
      "Failed to send message to redpanda: NOT_LEADER_FOR_PARTITION: This server is not the leader for that topic-partition.",
  },
  O18: {
    is: said("out-strict"),
    isNot: "Rejecting message: context canceled",
  },
  C1: {
    is: said("start-lint-field"),
    also: [
      said("start-lint-type"),
      said("start-lint-array"),
      said("start-lint-required"),
      said("start-lint-unused"),
      said("start-lint-shutdown"),
      said("start-lint-old-shutdown"),
      "Config lint error: (3,1) field foo is deprecated",
    ],
    isNot:
      "Config lint error: (1,1) required environment variables were not set: [secrets.SASL_PASSWORD]",
    nor: [
      "Config lint error: failed to init input postgres_cdc path root.input: field 'dsn' is required and was not present in the config",
    ],
  },
  C2: {
    is: said("start-yaml"),
    also: [said("start-yaml-tab")],
    isNot: "Running main config from specified file: /connect.yaml",
  },
  C3: {
    is: said("start-root-cas-file"),
    also: [
      "failed to init input mysql_cdc path root.input: open /certs/rds-ca.pem: permission denied",
      "lint: root_cas_file names a folder: read /certs: is a directory",
    ],
    isNot: "configuration file read error: open /connect.yaml: permission denied",
  },
  C4: {
    is: said("start-unknown-input"),
    also: [
      "failed to create stream: output type 'redpandas' was not recognised",
      "failed to create stream: processor type 'mappings' was not recognised",
      "failed to create stream: cache type 'redpandas' was not recognised",
    ],
    isNot: "Input type postgres_cdc was not closed",
  },
  C5: {
    is: said("out-sasl-config"),
    also: [said("start-required-field"), said("start-root-cas")],
    isNot:
      "failed to init input postgres_cdc path root.input: field 'endpoint' is required and was not present in the config",
  },
  P45: {
    is: said("pg-dsn"),
    also: [
      "failed to init input postgres_cdc path root.input: cannot parse `demo_db`: failed to parse as keyword/value (invalid keyword/value)",
    ],
    isNot: "cannot parse `demo` as an integer",
  },
  E2: {
    is: said("start-fatal-memory"),
    also: [
      said("pod-oom"),
      "    Reason:       OOMKilled",
      "runtime: cannot allocate memory",
      "Out of memory: Killed process 21463 (redpanda-connec)",
      "Memory cgroup out of memory: Killed process 21463 (redpanda-connec) total-vm:1843320kB",
      "OCI runtime create failed: container init was OOM-killed (memory limit too low?): unknown.",
      "OutOfMemoryError: Container killed due to memory usage",
    ],
    isNot: "MESSAGE_TOO_LARGE: out of memory bounds",
  },
  E3: {
    is: said("start-panic-closed"),
    also: [said("start-fatal-maps")],
    isNot: "fatal error: newosproc",
    nor: [
      "fatal error: runtime: netpollinit failed",
      "fatal error: failed to reserve page summary memory",
      "fatal error: out of memory allocating heap arena map",
    ],
  },
  E5: {
    is: "configuration file read error: open /connect.yaml: no such file or directory",
    also: [
      "configuration file read error: read /connect.yaml: is a directory",
      "configuration file read error: open /connect.yaml: permission denied",
      'error during container init: error mounting "/home/ec2-user/generated_pipeline.yaml" to rootfs at "/pipeline.yaml": mount src=/home/ec2-user/generated_pipeline.yaml, dst=/pipeline.yaml: not a directory: unknown',
    ],
    isNot: "configuration file read error: yaml: line 3: mapping values are not allowed",
  },
  E4: {
    is: said("start-exec-format"),
    also: ["exec user process caused: exec format error"],
    isNot: "exec /redpanda-connect: permission denied",
  },
  K1: {
    is: "Error: CrashLoopBackOff",
    isNot: 'Back-off pulling image "docker.redpanda.com/redpandadata/connect:4.106.0"',
  },
  K2: {
    is: said("pod-image-pull"),
    also: [
      said("pod-image-back-off"),
      said("pod-image-unauthorized"),
      "Error: ErrImagePull",
      'Back-off pulling image "docker.redpanda.com/redpandadata/connect:4.106.0"',
    ],
    isNot: 'Successfully pulled image "docker.redpanda.com/redpandadata/connect:4.106.0" in 1.244s',
  },
  K3: {
    is: said("pod-mount-secret"),
    also: [
      said("pod-mount-configmap"),
      said("pod-config-error"),
      said("pod-config-key"),
      "Error: couldn't find key config.yaml in ConfigMap redpanda-connect/pipeline-config",
    ],
    isNot: "input type 'postgres_cdc' not found",
  },
  K4: {
    is: 'FailedAttachVolume  pod/pipeline  AttachVolume.Attach failed for volume "data"',
    also: [
      "FailedMount  pod/pipeline  Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data], failed to process volumes=[data]: error processing PVC default/data: failed to fetch PVC from API server",
      'FailedMount  pod/pipeline  MountVolume.SetUp failed for volume "config" : failed to sync configmap cache: timed out waiting for the condition',
    ],
    isNot: 'MountVolume.SetUp succeeded for volume "config"',
  },
  K5: {
    is: said("pod-evicted-disk"),
    also: [said("pod-evicted-memory")],
    isNot: "The node had no resource: memory",
  },
  K6: {
    is: said("pod-unschedulable"),
    also: [
      "0/12 nodes are available: 12 Insufficient memory. preemption: 0/12 nodes are available: 12 No preemption victims found for incoming pod.",
    ],
    isNot: "0/3 nodes are ready",
  },
  K7: {
    is: said("pod-sandbox"),
    isNot:
      "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to pull the pause image",
  },
  D1: {
    is: said("iam-invalid-token"),
    isNot:
      "Failed to authenticate the connection request for user 'iam_demo_user' because the token age is longer than 15 minutes. (Status Code: 400, Error Code:ExpiredToken)",
  },
  D2: {
    is: said("iam-expired-token"),
    isNot:
      "Failed to authenticate the connection request for user 'iam_demo_user' because the provided token is malformed or otherwise invalid. (Status Code: 400, Error Code: InvalidToken)",
  },
  D3: {
    is: said("iam-not-authorized"),
    isNot: `${denied}User: ${pipelineRole} ${mayNot}`,
  },
  D4: {
    is: said("iam-throttled"),
    isNot:
      "Failed to authorize the connection request for user 'iam_demo_user' due to an internal IAM DB Auth error. (Status Code: 500, Error Code: InternalError)",
  },
  D5: {
    is: said("iam-internal"),
    isNot:
      "Failed to authorize the connection request for user 'iam_demo_user' due to IAM DB authentication throttling. (Status Code: 429, Error Code: ThrottlingException)",
  },
  O19: {
    is: "connection initialization failed: EOF",
    level: "DEBUG",
    isNot: "opening connection to broker",
  },
};

/** A record as the topic of logs holds it. */
export function recordOf(message: string, level = "ERROR", fields: object = {}): string {
  return JSON.stringify({
    instance_id: "d5nqpls9m4lc73ejlu80",
    label: "cdc",
    level,
    message,
    path: "root.input",
    pipeline_id: "d5nfcb0objac738nhf90",
    time: "2026-01-20T16:27:06.316621814Z",
    ...fields,
  });
}
