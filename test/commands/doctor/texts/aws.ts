import type { Text } from "./text";

/** What AWS answers on the way from an identity to a signed token. */
export const aws: readonly Text[] = [
  {
    id: "aws-role-denied-pipeline",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    topology: "byoc",
    cause:
      "The db-connect role may not be assumed by the pipeline role: policy, trust, tag or external id.",
    entries: ["A9"],
    known: "reported",
    source: "https://github.com/supahcraig/RPCN-to-Aurora-via-IAM#missing-cross-account-policy",
  },
  {
    id: "aws-role-denied-no-identity-policy",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no identity-based policy allows the sts:AssumeRole action",
    hop: "role",
    topology: "byoc",
    cause: "The pipeline role has no policy that allows it.",
    entries: ["A9"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-no-resource-policy",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no resource-based policy allows the sts:AssumeRole action",
    hop: "role",
    engine: "mysql",
    topology: "byoc",
    cause: "The trust policy of the db-connect role does not name the pipeline role.",
    entries: ["A9"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-session-policy",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no session policy allows the sts:AssumeRole action",
    hop: "role",
    cause: "The session was opened with a policy that leaves sts:AssumeRole out.",
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-boundary",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no permissions boundary allows the sts:AssumeRole action",
    hop: "role",
    topology: "byoc",
    cause: "A permissions boundary on the pipeline role.",
    entries: ["A9-boundary"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-scp",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user with an explicit deny in a service control policy",
    hop: "role",
    cause: "A service control policy forbids it.",
    entries: ["A9-deny"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-rcp",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user with an explicit deny in a resource control policy",
    hop: "role",
    cause: "A resource control policy of the database account forbids it.",
    entries: ["A9-deny"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-identity-deny",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user with an explicit deny in an identity-based policy",
    hop: "role",
    cause: "A policy on the pipeline role itself denies it.",
    entries: ["A9-deny"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "aws-role-denied-user",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:iam::111122223333:user/deployer is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    cause: "Connect starts from the access key of a user who may not assume the role.",
    entries: ["A9-user"],
    known: "reported",
    source: "https://github.com/acquia/moonshot/issues/67",
  },
  {
    id: "aws-role-denied-user-profile",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/user@example.com/user@example.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    engine: "mysql",
    cause: "Connect acts as a role that may not assume the db-connect role.",
    entries: ["A9-role"],
    known: "reported",
    source: "https://github.com/aws-cloudformation/rain/issues/205",
  },
  {
    id: "aws-role-denied-node",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/demo-node-group/i-0123456789abcdef0 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    cause: "The pod has no role of its own and falls back to that of the machine.",
    entries: ["A9-role"],
    known: "reported",
    source: "https://github.com/aws/aws-sdk-go-v2/issues/2332",
  },
  {
    id: "aws-role-denied-bare",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: Not authorized to perform sts:AssumeRole",
    hop: "role",
    cause: "The trust policy refuses, and STS tells no principal.",
    entries: ["A9", "A9-role"],
    known: "reported",
    source: "https://github.com/SWO-GS/auto-tag/issues/19",
  },
  {
    id: "aws-tagsession-pod-identity",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/demo-app-role/eks-demo-app-1b2c is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    topology: "ec2",
    cause:
      "EKS Pod Identity tags its sessions, and neither trust nor policy allows sts:TagSession.",
    known: "reported",
    source: "https://github.com/grafana/grafana/issues/127716",
  },
  {
    id: "aws-tagsession-user",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:iam::111122223333:user/deployer is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    cause: "The trust policy allows sts:AssumeRole but not sts:TagSession.",
    known: "reported",
    source: "https://github.com/aws-actions/configure-aws-credentials/issues/54",
  },
  {
    id: "aws-imds-none-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, canceled, context deadline exceeded",
    hop: "identity",
    cause: "No credentials where Connect runs.",
    entries: ["A7"],
    known: "reported",
    source: "https://github.com/pulumi/pulumi/issues/10303",
  },
  {
    id: "aws-imds-none-503",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3, http response error StatusCode: 503, request to EC2 IMDS failed",
    hop: "identity",
    engine: "mysql",
    cause: "The metadata service answers that it is overloaded.",
    known: "reported",
    source: "https://github.com/aws/aws-sdk-go-v2/issues/2708",
  },
  {
    id: "aws-imds-invalid-argument",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3, request send failed, Get \"http://169.254.169.254/latest/meta-data/iam/security-credentials/\": dial tcp 169.254.169.254:80: connect: invalid argument",
    hop: "identity",
    topology: "ec2",
    cause: "A Fargate task without a task role: there is no metadata service.",
    entries: ["A7"],
    known: "reported",
    source: "https://github.com/aws/aws-sdk-go-v2/issues/2066",
  },
  {
    id: "aws-imds-host-down",
    log: "connect",
    message:
      'Failed to connect to mysql_cdc: unable to generate IAM auth token: building IAM auth token: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3, request send failed, Get "http://169.254.169.254/latest/meta-data/iam/security-credentials/": dial tcp 169.254.169.254:80: connect: host is down',
    hop: "identity",
    engine: "mysql",
    cause: "Not on EC2, and no credentials are given.",
    entries: ["A7"],
    known: "reported",
    source: "https://github.com/awslabs/amazon-ecr-credential-helper/issues/381",
  },
  {
    id: "aws-imds-no-route",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, request send failed, Get \"http://169.254.169.254/latest/meta-data/iam/security-credentials/\": dial tcp 169.254.169.254:80: connect: no route to host",
    hop: "identity",
    topology: "ec2",
    cause: "The container has no way to the metadata service.",
    entries: ["A7"],
    known: "reported",
    source: "https://github.com/awslabs/amazon-ecs-local-container-endpoints/issues/105",
  },
  {
    id: "aws-ecs-credentials-refused",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, failed to load credentials, exceeded maximum number of attempts, 3, request send failed, Get \"http://169.254.170.2/v2/credentials/6d2f0b7e-9c1a-4f6e-8a57-2f9d1c4b7e10\": dial tcp 169.254.170.2:80: connect: connection refused",
    hop: "identity",
    topology: "ec2",
    cause: "The ECS agent's credentials endpoint does not answer.",
    known: "reported",
    source: "https://github.com/aws/aws-sdk-java/issues/1993",
  },
  {
    id: "aws-pod-identity-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, failed to load credentials, operation error endpoint: GetCredentials, exceeded maximum number of attempts, 3, request send failed, Get \"http://169.254.170.23/v1/credentials\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    hop: "identity",
    topology: "ec2",
    cause: "The EKS Pod Identity agent on the node does not answer.",
    known: "reported",
    source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/537",
  },
  {
    id: "aws-pod-identity-loopback",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to generate IAM auth token: unable to load AWS config: invalid endpoint host, "169.254.170.23", only loopback hosts are allowed',
    hop: "identity",
    topology: "ec2",
    cause: "The AWS SDK in this build is older than EKS Pod Identity.",
    known: "reported",
    source: "https://github.com/danielqsj/kafka_exporter/issues/494",
  },
  {
    id: "aws-web-identity-denied",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    hop: "identity",
    cause: "The role's trust does not name this service account.",
    entries: ["A8"],
    known: "reported",
    source: "https://github.com/haines/pg-aws_rds_iam/issues/639",
  },
  {
    id: "aws-web-identity-audience",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, InvalidIdentityToken: Incorrect token audience",
    hop: "identity",
    cause: "The token's audience is not sts.amazonaws.com.",
    entries: ["A8"],
    known: "reported",
    source: "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/232",
  },
  {
    id: "aws-web-identity-no-provider",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, InvalidIdentityToken: No OpenIDConnect provider found in your account for https://oidc.eks.us-east-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    hop: "identity",
    cause: "The account has no OIDC provider for this EKS cluster.",
    entries: ["A8"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
  },
  {
    id: "aws-web-identity-expired",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, ExpiredTokenException: Token expired: current date/time 1706812123 must be before the expiration date/time 1706811200",
    hop: "identity",
    cause: "The service account's token was not renewed.",
    entries: ["A8"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
  },
  {
    id: "aws-web-identity-throttled",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error Throttling: Rate exceeded",
    hop: "identity",
    cause: "STS throttles the account.",
    known: "reported",
    source: "https://github.com/aws/aws-sdk-go-v2/issues/2544",
  },
  {
    id: "aws-web-identity-file",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, failed to retrieve jwt from provide source, unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token: open /var/run/secrets/eks.amazonaws.com/serviceaccount/token: no such file or directory",
    hop: "identity",
    cause: "AWS_WEB_IDENTITY_TOKEN_FILE names a file that is not mounted.",
    known: "source",
    source:
      "https://github.com/aws/aws-sdk-go-v2/blob/main/credentials/stscreds/web_identity_provider.go",
  },
  {
    id: "aws-signature-expired",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error SignatureDoesNotMatch: Signature expired: 20191029T154623Z is now earlier than 20191029T163344Z (20191029T164844Z - 15 min.)",
    hop: "role",
    cause: "The clock of the machine is wrong by more than 15 minutes.",
    known: "reported",
    source: "https://github.com/EngineerBetter/control-tower/issues/51",
  },
  {
    id: "aws-expired-token",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error ExpiredToken: The security token included in the request is expired",
    hop: "identity",
    cause: "The credentials that Connect starts from are temporary and have expired.",
    known: "reported",
    source: "https://github.com/cloudquery/cloudquery/issues/4964",
  },
  {
    id: "aws-expired-token-web",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error ExpiredTokenException: The security token included in the request is expired",
    hop: "identity",
    engine: "mysql",
    cause: "The pod's credentials were not renewed.",
    known: "reported",
    source: "https://github.com/aws/aws-sdk-js-v3/issues/3052",
  },
  {
    id: "aws-invalid-client-token",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error InvalidClientTokenId: The security token included in the request is invalid",
    hop: "role",
    cause: "The access key is wrong or deleted, or STS is not enabled in this region.",
    entries: ["A11"],
    known: "reported",
    source: "https://github.com/aws-azure-login/aws-azure-login/issues/251",
  },
  {
    id: "aws-invalid-client-token-region",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error InvalidClientTokenId: The security token included in the request is invalid.",
    hop: "role",
    engine: "mysql",
    cause: "The region is one to opt in to, and the account has not.",
    entries: ["A11"],
    known: "reported",
    source: "https://github.com/aws/aws-sdk-ruby/issues/2850",
  },
  {
    id: "aws-region-disabled",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, RegionDisabledException: STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.",
    hop: "role",
    cause: "STS is not activated in this region.",
    entries: ["A11"],
    known: "documented",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  },
  {
    id: "aws-sts-timeout",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://sts.us-east-2.amazonaws.com/\": dial tcp 52.95.19.12:443: i/o timeout",
    hop: "role",
    cause: "No way out to STS.",
    entries: ["A10"],
    known: "reported",
    source: "https://github.com/awslabs/amazon-ecr-credential-helper/issues/381",
  },
  {
    id: "aws-sts-no-such-host",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://sts.us-east-2.amazonaws.com/\": dial tcp: lookup sts.us-east-2.amazonaws.com on 172.20.0.10:53: no such host",
    hop: "role",
    cause: "The name of STS is not resolved where Connect runs.",
    entries: ["A10"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/net/net.go",
  },
  {
    id: "aws-sts-tls",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://sts.us-east-2.amazonaws.com/\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
    hop: "role",
    cause: "A proxy that opens TLS stands between Connect and STS.",
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/verify.go",
  },
  {
    id: "aws-sts-reset",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://sts.us-east-2.amazonaws.com/\": read tcp 10.0.3.7:51122->52.95.19.12:443: read: connection reset by peer",
    hop: "role",
    engine: "mysql",
    cause: "A firewall breaks the connection to STS.",
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/net/net.go",
  },
  {
    id: "aws-profile-missing",
    log: "connect",
    message:
      "failed to init input postgres_cdc path root.input: unable to load AWS config: failed to get shared config profile, demo",
    hop: "identity",
    topology: "ec2",
    cause: "AWS_PROFILE names a profile that is not there.",
    entries: ["A2"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/config/shared_config.go",
  },
  {
    id: "aws-malformed-role",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error ValidationError: demo-role is invalid",
    hop: "config",
    cause: "roles[0].role is not an ARN.",
    known: "documented",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html",
  },
  {
    id: "aws-endpoint-no-port",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: building IAM auth token: the provided endpoint is missing a port, or the provided port is invalid",
    hop: "token",
    cause: "aws.endpoint has no port.",
    entries: ["A5"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/feature/rds/auth/connect.go",
  },
  {
    id: "aws-refresh-after-snapshot",
    log: "connect",
    message:
      "error during MySQL CDC: refreshing IAM auth token before binlog sync: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, api error AccessDenied: User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user",
    hop: "role",
    engine: "mysql",
    cause: "The role may no longer be assumed when the snapshot is over.",
    entries: ["A9"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/mysql/input_mysql_stream.go",
  },
];
