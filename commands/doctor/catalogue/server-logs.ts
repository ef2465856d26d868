import type { Entry } from "./entry";
import { auroraGuide } from "./sources";
import { apply, mayConnect, memoryLeft } from "./steps";

const source = auroraGuide("UsingWithRDS.IAMDBAuth.Troubleshooting");
const versions = "all with IAM";

/** The database's log iam-db-auth-error, which says more than the database tells the client. */
export const serverLogs: readonly Entry[] = [
  {
    id: "D1",
    text: "… because the provided token is malformed or otherwise invalid. (… Error Code: InvalidToken)",
    pattern: /Failed to authenticate the connection request .*InvalidToken/s,
    hop: "login",
    speaker: "The database",
    cause:
      "The token is no token for this database: it was signed for another host, port, region or user, or a password was sent in its place.",
    fix: [
      "aws.endpoint must be <db_cluster_endpoint>:<db_port>, region <region>, and the user of the DSN <iam_auth_user>, as this module has them:",
      apply,
    ],
    versions,
    source,
  },
  {
    id: "D2",
    text: "… because the token age is longer than 15 minutes. (… Error Code: ExpiredToken)",
    pattern: /Failed to authenticate the connection request .*ExpiredToken/s,
    hop: "login",
    speaker: "The database",
    cause:
      "A connection was opened with an old token: the heartbeat's or the monitor's, or that after a long snapshot in Connect before 4.89.0. Or a clock is wrong by as much.",
    fix: [
      "The pipeline signs a new token whenever it starts. So that it need not, heartbeat_interval must be shorter than 15 minutes:",
      { yaml: "heartbeat_interval: 5m" },
      apply,
    ],
    versions,
    source,
  },
  {
    id: "D3",
    text: "… is not authorized to perform `rds-db:connect` on the DB instance. (… Error Code: NotAuthorized)",
    pattern: /connection request .*NotAuthorized/s,
    hop: "login",
    speaker: "The database",
    cause:
      "The token is good, and the role that signed it may not log in as this user: its policy names another cluster or another user, or the role is not the db-connect role.",
    fix: [
      "The db-connect role must be allowed (allowed), for exactly this resource id and user:",
      mayConnect,
      "Its policy is in the module:",
      apply,
    ],
    versions,
    source,
  },
  {
    id: "D4",
    text: "… due to IAM DB authentication throttling. (… Error Code: ThrottlingException)",
    pattern: /connection request .*IAM DB authentication throttling/s,
    hop: "login",
    speaker: "The database",
    cause:
      "More logins a second than IAM authentication takes: a pipeline that is refused tries once a second, so it is others who log in without a pool.",
    fix: [
      "Who logs in so often, as the master user:",
      {
        shell:
          "aws logs tail /aws/rds/cluster/<db_cluster_identifier>/iam-db-auth-error --since 5m --region <region> | grep -o \"user '[^']*'\" | sort | uniq -c",
      },
      "Give them a pool, or a password.",
    ],
    versions,
    source,
  },
  {
    id: "D5",
    text: "… due to an internal IAM DB Auth error. (… Error Code: InternalError)",
    pattern: /connection request .*InternalError/s,
    hop: "login",
    speaker: "The database",
    cause:
      "The instance could not ask IAM: it is short of memory, or AWS has a fault. Connect tries again by itself.",
    fix: [
      "If it goes on, a higher minimum of the Serverless v2 capacity or a larger class helps; how much memory is left:",
      memoryLeft,
    ],
    versions,
    source,
  },
];
