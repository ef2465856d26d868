import type { Text } from "./text";

/** What the other side writes: IAM's log on the database, the servers' error logs as RDS writes them, RDS Proxy's, and CloudTrail. */
export const otherSide: readonly Text[] = [
  {
    id: "iam-invalid-token",
    log: "iam-db-auth-error",
    message:
      "2025-09-22T12:02:51,954 [ERROR] Failed to authenticate the connection request for user 'iam_demo_user' because the provided token is malformed or otherwise invalid. (Status Code: 400, Error Code: InvalidToken)",
    hop: "login",
    cause: "The token is cut off or signed for something else.",
    entries: ["D1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-mysql-troubleshooting-logs.html",
  },
  {
    id: "iam-expired-token",
    log: "iam-db-auth-error",
    message:
      "2026-01-20T16:27:06,316 [ERROR] Failed to authenticate the connection request for user 'iam_demo_user' because the token age is longer than 15 minutes. (Status Code: 400, Error Code:ExpiredToken)",
    hop: "login",
    cause: "An old token was used.",
    entries: ["D2"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html",
  },
  {
    id: "iam-not-authorized",
    log: "iam-db-auth-error",
    message:
      "2026-01-20T16:27:06,316 [ERROR] Failed to authorize the connection request for user 'iam_demo_user' because the IAM policy assumed by the caller 'arn:aws:sts::123456789012:assumed-role/demo-allow_connect_to_aurora-iam-demo-user/1768926423691540220' is not authorized to perform `rds-db:connect` on the DB instance. (Status Code: 403, Error Code:NotAuthorized)",
    hop: "login",
    cause: "rds-db:connect names another cluster or user.",
    entries: ["D3"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html",
  },
  {
    id: "iam-throttled",
    log: "iam-db-auth-error",
    message:
      "2026-01-20T16:27:06,316 [ERROR] Failed to authorize the connection request for user 'iam_demo_user' due to IAM DB authentication throttling. (Status Code: 429, Error Code: ThrottlingException)",
    hop: "login",
    cause: "More than 200 logins a second.",
    entries: ["D4"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Troubleshooting.html",
  },
  {
    id: "iam-internal",
    log: "iam-db-auth-error",
    message:
      "2025-09-22T12:02:30,806 [ERROR] Failed to authorize the connection request for user 'iam_demo_user' due to an internal IAM DB Auth error. (Status Code: 500, Error Code: InternalError)",
    hop: "login",
    cause: "AWS's own fault, or an instance short of memory.",
    entries: ["D5"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-mysql-troubleshooting-logs.html",
  },
  {
    id: "pglog-pam",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  PAM authentication failed for user "iam_demo_user"',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused.",
    entries: ["P8"],
    known: "reported",
    source: "https://github.com/cyrilgdn/terraform-provider-postgresql/issues/289",
  },
  {
    id: "pglog-pam-detail",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  Connection matched pg_hba.conf line 148: "hostssl test             all             0.0.0.0/0         pam"',
    hop: "login",
    engine: "postgres",
    cause: "The token was refused.",
    known: "reported",
    source: "https://github.com/pgaudit/pgaudit_analyze/pull/23",
  },
  {
    id: "pglog-password",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  password authentication failed for user "iam_demo_user"',
    hop: "login",
    engine: "postgres",
    cause: "The user is no member of rds_iam, is not there, or IAM is off for replication.",
    entries: ["P9"],
    known: "reported",
    source: "https://github.com/patroni/patroni/issues/993",
  },
  {
    id: "pglog-role-missing",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  Role "iam_demo_user" does not exist.\n\tConnection matched pg_hba.conf line 13: "host all all all md5"',
    hop: "login",
    engine: "postgres",
    cause: "The setup has not run: the client is told of a wrong password.",
    entries: ["P10"],
    known: "reported",
    source: "https://github.com/patroni/patroni/issues/993",
  },
  {
    id: "pglog-http-503",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  pam_authenticate failed: Permission denied\n< HTTP/1.1 503 Service Unavailable",
    hop: "login",
    engine: "postgres",
    cause: "The instance's own IAM service is overloaded.",
    entries: ["P33"],
    known: "reported",
    source: "https://github.com/TablePlus/TablePlus/issues/3492",
  },
  {
    id: "pglog-auth-timeout",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  canceling authentication due to timeout",
    hop: "login",
    engine: "postgres",
    cause: "IAM took too long.",
    entries: ["P33"],
    known: "reported",
    source: "https://github.com/TablePlus/TablePlus/issues/3492",
  },
  {
    id: "pglog-no-encryption",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  no pg_hba.conf entry for host "198.51.100.7", user "iam_demo_user", database "demo_db", no encryption',
    hop: "tls",
    engine: "postgres",
    cause: "The client connected without TLS.",
    entries: ["P7"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html",
  },
  {
    id: "pglog-walsender",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:FATAL:  permission denied to start WAL sender\n2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:DETAIL:  Only roles with the REPLICATION attribute may start a WAL sender process.",
    hop: "login",
    engine: "postgres",
    cause: "The user lacks rds_replication.",
    entries: ["P11"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/init/postinit.c",
  },
  {
    id: "pglog-wal-level",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:ERROR:  logical decoding requires "wal_level" >= "logical"',
    hop: "database",
    engine: "postgres",
    cause: "rds.logical_replication is off.",
    entries: ["P18"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pglog-publication",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:ERROR:  publication "pglog_stream_rpcn_iam_test" does not exist\n2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:CONTEXT:  slot "rpcn_iam_test", output plugin "pgoutput", in the change callback, associated LSN 0/1973570',
    hop: "database",
    engine: "postgres",
    cause: "The publication is gone.",
    entries: ["P37"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/logical/logical.c",
  },
  {
    id: "pglog-schema-denied",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:ERROR:  permission denied for schema public at character 15",
    hop: "database",
    engine: "postgres",
    cause: "The user lacks USAGE on the schema.",
    entries: ["P14"],
    known: "source",
    source: "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/catalog/aclchk.c",
  },
  {
    id: "pglog-slot-active",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:ERROR:  replication slot "rpcn_iam_test" is active for PID 275211',
    hop: "position",
    engine: "postgres",
    cause: "Another pipeline reads from the slot.",
    entries: ["P20"],
    known: "reported",
    source: "https://github.com/pgmoneta/pgmoneta/issues/364",
  },
  {
    id: "pglog-slot-invalidated",
    log: "postgresql",
    message:
      '2026-01-20 16:27:06 UTC::@:[2770077]:LOG:  invalidating obsolete replication slot "rpcn_iam_test"\n2026-01-20 16:27:06 UTC::@:[2770077]:DETAIL:  The slot\'s restart_lsn 149/2B52F198 exceeds the limit by 1048576 bytes.\n2026-01-20 16:27:06 UTC::@:[2770077]:HINT:  You might need to increase max_slot_wal_keep_size.',
    hop: "position",
    engine: "postgres",
    cause: "The slot fell too far behind.",
    entries: ["P22"],
    known: "reported",
    source: "https://github.com/patroni/patroni/issues/3150",
  },
  {
    id: "pglog-walsender-timeout",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:198.51.100.7(41000):iam_demo_user@demo_db:[4319]:LOG:  terminating walsender process due to replication timeout",
    hop: "read",
    engine: "postgres",
    cause: "Connect did not answer for wal_sender_timeout.",
    entries: ["P43"],
    known: "source",
    source:
      "https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/walsender.c",
  },
  {
    id: "mylog-access-denied",
    log: "mysql",
    message:
      "2026-01-20T16:27:06.316621Z 4211 [Note] [MY-010926] [Server] Access denied for user 'iam_demo_user'@'198.51.100.7' (using password: YES)",
    hop: "login",
    engine: "mysql",
    cause: "The token was refused.",
    entries: ["M2"],
    known: "source",
    source:
      "https://github.com/mysql/mysql-server/blob/mysql-8.4.0/share/messages_to_error_log.txt",
  },
  {
    id: "mylog-aborted-reading",
    log: "mysql",
    message:
      "2017-07-04T09:58:45.968034Z 703463 [Note] Aborted connection 703463 to db: 'demo_db' user: 'iam_demo_user' host: '10.0.3.7' (Got an error reading communication packets)",
    hop: "read",
    engine: "mysql",
    cause: "Connect went away.",
    known: "reported",
    source: "https://github.com/shinsaka/fluent-plugin-rds-log/pull/12",
  },
  {
    id: "mylog-aborted-unauthenticated",
    log: "mysql",
    message:
      "2023-03-23 22:18:03 21 [Warning] Aborted connection 21 to db: 'unconnected' user: 'unauthenticated' host: '172.26.0.6' (This connection closed normally without authentication)",
    hop: "login",
    engine: "mysql",
    cause: "Something knocked and went: a health check, or a handshake that broke.",
    known: "reported",
    source: "https://github.com/Websoft9test/docker-erpnext/issues/16",
  },
  {
    id: "mylog-aborted-timeout",
    log: "mysql",
    message:
      "2026-01-20T16:27:06.316621Z 4211 [Note] [MY-010914] [Server] Aborted connection 4211 to db: 'demo_db' user: 'iam_demo_user' host: '198.51.100.7' (Got timeout writing communication packets).",
    hop: "read",
    engine: "mysql",
    cause: "Connect did not read for net_write_timeout.",
    known: "source",
    source:
      "https://github.com/mysql/mysql-server/blob/mysql-8.4.0/share/messages_to_error_log.txt",
  },
  {
    id: "mylog-insecure",
    log: "mysql",
    message:
      "2026-01-20T16:27:06.316621Z 4211 [Note] [MY-010914] [Server] Aborted connection 4211 to db: 'unconnected' user: 'iam_demo_user' host: '198.51.100.7' (Connections using insecure transport are prohibited while --require_secure_transport=ON.).",
    hop: "tls",
    engine: "mysql",
    cause: "The client connected without TLS.",
    entries: ["M4"],
    known: "source",
    source:
      "https://github.com/mysql/mysql-server/blob/mysql-8.4.0/share/messages_to_error_log.txt",
  },
  {
    id: "mylog-same-server-id",
    log: "mysql",
    message:
      "2026-01-20T16:27:06.316621Z 4211 [Note] [MY-010014] [Repl] While initializing dump thread for slave with server_id <1001>, found a zombie dump thread with the same server_id. Master is killing the zombie dump thread(4187).",
    hop: "position",
    engine: "mysql",
    cause: "Two readers have the same server id, or one comes back.",
    known: "source",
    source:
      "https://github.com/mysql/mysql-server/blob/mysql-8.4.0/share/messages_to_error_log.txt",
  },
  {
    id: "proxy-iam",
    log: "rds-proxy",
    message:
      '2022-10-21T17:25:29.601Z [INFO] [proxyEndpoint=default] [clientConnection=94296180] Proxy authentication with IAM authentication failed for user "iam_demo_user" with TLS on. Reason: Invalid credentials. If you provide an IAM token, make sure to either use the correct password or enable IAM authentication.',
    hop: "login",
    cause: "The proxy refused the token.",
    entries: ["R1"],
    known: "reported",
    source: "https://github.com/JuliaDatabases/MySQL.jl/issues/201",
  },
  {
    id: "proxy-native",
    log: "rds-proxy",
    message:
      '2026-06-26T16:55:27.150Z [INFO] [proxyEndpoint=default] [clientConnection=2383522377] Proxy authentication with PostgreSQL native password authentication failed for user "iam_demo_user" with TLS on. Reason: Invalid credentials. If you provide an IAM token, make sure to either use the correct password or enable IAM authentication.',
    hop: "login",
    engine: "postgres",
    cause: "The proxy does not take IAM tokens.",
    entries: ["R1"],
    known: "documented",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.troubleshooting.html",
  },
  {
    id: "trail-no-identity-policy",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no identity-based policy allows the sts:AssumeRole action","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "The pipeline role has no policy that allows it.",
    entries: ["A9-identity"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "trail-no-resource-policy",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no resource-based policy allows the sts:AssumeRole action","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "The trust policy does not name the pipeline role.",
    entries: ["A9-resource"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "trail-scp",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user with an explicit deny in a service control policy","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "A service control policy forbids it.",
    entries: ["A9-deny"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "trail-boundary",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user because no permissions boundary allows the sts:AssumeRole action","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "A permissions boundary.",
    entries: ["A9-boundary"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  {
    id: "trail-bare",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "Policy, trust, tag or external id.",
    entries: ["A9"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
  },
  {
    id: "trail-tagsession",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220 is not authorized to perform: sts:TagSession on resource: arn:aws:iam::123456789012:role/demo-allow_connect_to_aurora-iam-demo-user","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "role",
    cause: "Neither trust nor policy allows sts:TagSession.",
    entries: ["A9-tag"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
  },
  {
    id: "trail-web-identity",
    log: "cloudtrail",
    message:
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline/1768926423691540220","accountId":"111122223333"},"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithWebIdentity","awsRegion":"us-east-2","sourceIPAddress":"198.51.100.7","userAgent":"aws-sdk-go-v2/1.41.0 ua/2.1 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#amd64 api/sts#1.41.0","errorCode":"AccessDenied","errorMessage":"Not authorized to perform sts:AssumeRoleWithWebIdentity","requestParameters":null,"responseElements":null,"requestID":"de0401b8-1a52-4cdc-8bb7-88f24dd36d6c","eventID":"87654321-4321-4321-4321-210987654321","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"}',
    hop: "identity",
    cause: "The role's trust does not name this service account.",
    entries: ["A8"],
    known: "documented",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
  },
  {
    id: "pglog-recovery",
    log: "postgresql",
    message:
      "2026-01-20 16:27:06 UTC:203.0.113.10(43122):iam_demo_user@demo_db:[21463]:ERROR:  recovery is in progress",
    hop: "position",
    engine: "postgres",
    cause: "The connection is to a reader.",
    entries: ["P21"],
    known: "reported",
    source: "https://github.com/airbytehq/airbyte/issues/45396",
  },
];
