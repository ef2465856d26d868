import type { Text } from "./text";

/**
 * A second set that is set aside: collected once the first had been read for mending the rules, from
 * sources that the hash chose out of lists of them, before any was opened. Hop, cause and entries were
 * judged before the doctor saw them. Whoever writes entries does not open it: see {@link isSetAside}.
 */
export const setAsideLater: readonly Text[] = [
  {
    id: "later-aws-max-attempts",
    log: "connect",
    message:
      'failed to init input postgres_cdc path root.input: unable to load AWS config: invalid value AWS_MAX_ATTEMPTS=three, strconv.ParseInt: parsing "three": invalid syntax',
    hop: "identity",
    topology: "ec2",
    cause: "A variable of AWS in the environment is no number.",
    entries: ["A2"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/config/env_config.go",
  },
  {
    id: "later-aws-role-arn-unset",
    log: "connect",
    message:
      "failed to init input mysql_cdc path root.input: unable to load AWS config: role ARN is not set",
    hop: "identity",
    engine: "mysql",
    cause: "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not.",
    entries: ["A2"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/config/resolve_credentials.go",
  },
  {
    id: "later-aws-imds-token-400",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, failed to get API token, operation error ec2imds: getToken, http response error StatusCode: 400, request to EC2 IMDS failed",
    hop: "identity",
    topology: "ec2",
    cause:
      "The metadata service, or what answers in its place, does not accept the request for a token.",
    // Not A7: somebody answers, and neither a profile nor the hop limit changes what.
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/feature/ec2/imds/token_provider.go",
  },
  {
    id: "later-aws-login-expired",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, create oauth2 token: login session has expired, please reauthenticate",
    hop: "identity",
    engine: "mysql",
    topology: "ec2",
    cause: "The session of `aws login` that Connect starts from has ended.",
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/credentials/logincreds/provider.go",
  },
  {
    id: "later-aws-audience",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to generate IAM auth token: assuming role based on configured roles: verifying role assumption for 'arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user': operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: de0401b8-1a52-4cdc-8bb7-88f24dd36d6c, InvalidIdentityToken: Incorrect token audience",
    hop: "identity",
    cause: "The OIDC provider does not have the token's audience.",
    entries: ["A8"],
    known: "source",
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/service/sts/deserializers.go",
  },
  {
    id: "later-pg-kerberos",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): failed GSS auth: kerberos error: no GSSAPI provider registered, see https://github.com/otan/gopgkrb5",
    hop: "login",
    engine: "postgres",
    cause: "The server asks for Kerberos: the user is no member of rds_iam, but of rds_ad.",
    known: "source",
    source: "https://github.com/jackc/pgx/blob/v5.9.2/pgconn/krb5.go",
  },
  {
    id: "later-pg-parameter",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: unrecognized configuration parameter "statement_cache_mode" (SQLSTATE 42704)',
    hop: "login",
    engine: "postgres",
    cause: "The DSN has a parameter that neither the driver nor the server knows.",
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/misc/guc.c",
  },
  {
    id: "later-pg-tls-plaintext",
    log: "connect",
    message:
      "Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): tls error: tls: first record does not look like a TLS handshake",
    hop: "tls",
    engine: "postgres",
    cause: "What answers there takes up TLS, and goes on in plain text: no PostgreSQL.",
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/conn.go",
  },
  {
    id: "later-pg-deadlock",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: querying snapshot data for table "public"."orders": ERROR: deadlock detected (SQLSTATE 40P01)',
    hop: "read",
    engine: "postgres",
    cause: "The snapshot and somebody's DDL wait for each other.",
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/storage/lmgr/deadlock.c",
  },
  {
    id: "later-pg-snapshot-id",
    log: "connect",
    level: "WARN",
    message:
      'logical replication stream error: processing snapshot: unable to set txn snapshot to 00000003-0000001B-1: ERROR: invalid snapshot identifier: "00000003-0000001B-1" (SQLSTATE 22023)',
    hop: "position",
    engine: "postgres",
    cause: "The snapshot has ended together with the connection that exported it.",
    entries: ["P41"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/snapshotter.go",
  },
  {
    id: "later-pg-sampling-denied",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: processing snapshot: unable to execute table sampling query: ERROR: permission denied for table orders (SQLSTATE 42501)",
    hop: "database",
    engine: "postgres",
    cause: "The user may not read the table.",
    entries: ["P14-table"],
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/snapshotter.go",
  },
  {
    id: "later-pg-relation-message",
    log: "connect",
    level: "WARN",
    message:
      "logical replication stream error: decoding postgres changes failed: RelationMessage must have 7 bytes, got 5 bytes",
    hop: "read",
    engine: "postgres",
    cause:
      "A message of the stream is cut off: a fault of the connector or of the server, whatever the rows hold.",
    // Not P42: no column's type is the reason.
    known: "source",
    source:
      "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/postgresql/pglogicalstream/replication_message.go",
  },
  {
    id: "later-pglog-standby",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:ERROR:  logical decoding on standby requires "wal_level" >= "logical" on the primary',
    hop: "position",
    engine: "postgres",
    cause: "Connect asks a reader.",
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/decode.c",
  },
  {
    id: "later-pg-hba-rejects-plain",
    log: "connect",
    message:
      'Failed to connect to postgres_cdc: unable to create replication stream: failed to connect to `user=iam_demo_user database=demo_db`: 203.0.113.10:5432 (demo-aurora-pg.cluster-abcdefghijkl.us-east-2.rds.amazonaws.com): server error: FATAL: pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "demo_db", SSL off (SQLSTATE 28000)',
    hop: "tls",
    engine: "postgres",
    cause: "The client connected without TLS.",
    entries: ["P7"],
    known: "reported",
    source: "https://github.com/zalando/postgres-operator/issues/964",
  },
  {
    id: "later-pglog-hba-rejects-plain",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  pg_hba.conf rejects connection for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption',
    hop: "tls",
    engine: "postgres",
    cause: "The client connected without TLS.",
    entries: ["P7"],
    known: "reported",
    source: "https://github.com/zalando/postgres-operator/issues/2734",
  },
  {
    id: "later-my-tls-plaintext",
    log: "connect",
    message:
      "Failed to connect to mysql_cdc: writeAuthHandshake: tls: first record does not look like a TLS handshake",
    hop: "tls",
    engine: "mysql",
    cause: "What answers there takes up TLS, and goes on in plain text: no MySQL.",
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/conn.go",
  },
  {
    id: "later-my-1236-first",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: get event failed: ERROR 1236 (HY000): Could not find first log file name in binary log index file",
    hop: "position",
    engine: "mysql",
    cause: "The file of the position was purged, or is of another server.",
    entries: ["M10"],
    known: "reported",
    source: "https://github.com/alibaba/canal/issues/5381",
  },
  {
    id: "later-my-bad",
    log: "connect",
    message: "error during MySQL CDC: starting streaming: connection was bad",
    hop: "read",
    engine: "mysql",
    cause: "The connection to the binary log broke.",
    known: "reported",
    source: "https://github.com/go-mysql-org/go-mysql-elasticsearch/issues/267",
  },
  {
    id: "later-out-tls-oversized",
    log: "connect",
    message:
      "Failed to connect to redpanda: unable to dial: tls: oversized record received with length 20527",
    hop: "write",
    cause: "What answers at the broker's port does not speak TLS.",
    entries: ["O10"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/crypto/tls/conn.go",
  },
  {
    id: "later-out-switch",
    log: "connect",
    message: "Failed to send message to switch: no switch output conditions were met by message",
    hop: "write",
    cause: "No case of the output takes the row.",
    known: "source",
    source:
      "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/impl/pure/output_switch.go",
  },
  {
    id: "later-config-fallback",
    log: "connect",
    message: "failed to init output fallback path root.output: missing outputs",
    hop: "config",
    cause: "An output that consists of others has none.",
    known: "source",
    source:
      "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/impl/pure/output_fallback.go",
  },
  {
    id: "later-config-multilevel",
    log: "connect",
    message:
      "failed to init cache cdc_checkpoints path root.cache_resources: expected at least two cache levels, found 1",
    hop: "config",
    engine: "mysql",
    cause: "A cache of several levels names one.",
    known: "source",
    source:
      "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/impl/pure/cache_multilevel.go",
  },
  {
    id: "later-config-api",
    log: "container",
    message: "failed to initialise API: both cert_file and key_file must be specified, or neither",
    hop: "config",
    cause: "The HTTP server has a certificate without a key, or the reverse.",
    known: "source",
    source: "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/api/api.go",
  },
  {
    id: "later-fatal-stack",
    log: "container",
    message:
      "runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0xc0205e0390 stack=[0xc0205e0000, 0xc0405e0000]\nfatal error: stack overflow",
    hop: "start",
    cause: "A fault of Connect: it calls itself without an end.",
    entries: ["E3"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/runtime/stack.go",
  },
  {
    id: "later-panic-makeslice",
    log: "container",
    message: "panic: runtime error: makeslice: len out of range",
    hop: "start",
    cause: "A fault of Connect.",
    entries: ["E3"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/runtime/slice.go",
  },
  {
    id: "later-fatal-mutex",
    log: "container",
    message: "fatal error: sync: unlock of unlocked mutex",
    hop: "start",
    cause: "A fault of Connect.",
    entries: ["E3"],
    known: "source",
    source: "https://github.com/golang/go/blob/go1.25.0/src/internal/sync/mutex.go",
  },
  {
    id: "later-docker-mount",
    log: "container",
    message:
      'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/home/ec2-user/terraform/generated_pipeline.yaml" to rootfs at "/pipeline.yaml": not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type.',
    hop: "start",
    topology: "ec2",
    cause: "The host has a folder where the configuration should be.",
    entries: ["E5"],
    known: "source",
    source: "https://github.com/opencontainers/runc/blob/v1.2.0/libcontainer/rootfs_linux.go",
  },
  {
    id: "later-docker-oom",
    log: "container",
    message:
      "docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown.",
    hop: "start",
    topology: "ec2",
    cause: "The container's memory is too small even to start.",
    entries: ["E2"],
    known: "source",
    source: "https://github.com/opencontainers/runc/blob/v1.2.0/libcontainer/process_linux.go",
  },
  {
    id: "later-ecs-secrets",
    log: "container",
    message:
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded",
    hop: "start",
    topology: "ec2",
    cause: "The task's subnet does not reach the service that keeps its secrets.",
    known: "reported",
    source: "https://github.com/umotif-public/terraform-aws-ecs-fargate/issues/50",
  },
  {
    id: "later-pod-liveness",
    log: "kubernetes",
    message:
      '9s          Warning   Unhealthy              pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Liveness probe failed: Get "http://10.0.3.7:4195/ping": dial tcp 10.0.3.7:4195: connect: connection refused',
    hop: "start",
    topology: "byoc",
    cause: "Connect does not answer on its own port, and is started again.",
    known: "source",
    source: "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/prober/prober.go",
  },
  {
    id: "later-pod-preempting",
    log: "kubernetes",
    message:
      "2m          Warning   Preempting             pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Preempted in order to admit critical pod",
    hop: "start",
    topology: "byoc",
    cause: "The node needed the room for a pod of the system.",
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/preemption/preemption.go",
  },
  {
    id: "later-pod-shutdown",
    log: "kubernetes",
    message:
      "2m          Warning   NodeShutdown           pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Pod was rejected as the node is shutting down.",
    hop: "start",
    topology: "byoc",
    cause: "The node is being shut down.",
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/nodeshutdown/nodeshutdown_manager.go",
  },
  {
    id: "later-node-disk",
    log: "kubernetes",
    message:
      "14s         Warning   FreeDiskSpaceFailed    node/ip-10-0-3-7.us-east-2.compute.internal   Failed to garbage collect required amount of images. Attempted to free 3077055283 bytes, but only found 0 bytes eligible to free.",
    hop: "start",
    topology: "byoc",
    cause: "The node's disk is full.",
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/images/image_gc_manager.go",
  },
  {
    id: "later-pod-quota",
    log: "kubernetes",
    message:
      '30s         Warning   FailedCreate           replicaset/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8   Error creating: pods "pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m" is forbidden: exceeded quota: pipelines, requested: limits.memory=400Mi, used: limits.memory=4Gi, limited: limits.memory=4Gi',
    hop: "start",
    topology: "byoc",
    cause: "The namespace's quota is used up.",
    known: "source",
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/controller/controller_utils.go",
  },
  {
    id: "later-pod-registry",
    log: "kubernetes",
    message:
      '31s         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to pull image "docker.redpanda.com/redpandadata/connect:4.106.0": rpc error: code = Unknown desc = failed to pull and unpack image "docker.redpanda.com/redpandadata/connect:4.106.0": failed to resolve reference "docker.redpanda.com/redpandadata/connect:4.106.0": failed to do request: Head "https://docker.redpanda.com/v2/redpandadata/connect/manifests/4.106.0": dial tcp: lookup docker.redpanda.com: no such host',
    hop: "start",
    cause: "The node cannot reach the registry.",
    entries: ["K2"],
    known: "source",
    source: "https://github.com/containerd/containerd/blob/v2.0.0/core/remotes/docker/resolver.go",
  },
  {
    id: "later-pod-task",
    log: "kubernetes",
    message:
      '12s         Warning   Failed                 pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Error: failed to start containerd task "connect": OCI runtime start failed: container process is already dead: unknown',
    hop: "start",
    topology: "byoc",
    cause: "The container's process ended before it was started.",
    known: "source",
    source:
      "https://github.com/containerd/containerd/blob/v2.0.0/internal/cri/server/container_start.go",
  },
  {
    id: "later-pod-sandbox",
    log: "kubernetes",
    message:
      '9s          Warning   FailedCreatePodSandBox pod/pipeline-d5nfcb0objac738nhf90-6d5f7c9b8-x2k4m   Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "7f0c5b6e1d": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    hop: "start",
    cause: "The subnet has no free address.",
    entries: ["K7"],
    known: "source",
    source:
      "https://github.com/containerd/containerd/blob/v2.0.0/internal/cri/server/sandbox_run.go",
  },
];
