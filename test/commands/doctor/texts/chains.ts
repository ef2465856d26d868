import { textOf } from ".";
import { begins } from "./healthy";
import { lineOf } from "./shapes";
import type { Engine, Line } from "./text";

/** Records of some texts, taken in turn. */
export interface Phase {
  /** Ids of texts; `begins` is a start after which it reads. */
  readonly texts: readonly (string | "begins")[];
  /** How many records. @default - three of each text */
  readonly records?: number;
}

/** What happens one after the other while somebody fixes it, none of it told as over. */
export interface Chain {
  readonly name: string;
  readonly engine: Engine;
  readonly phases: readonly Phase[];
  /** Id of the text whose cause holds at the end. */
  readonly cause: string;
}

/** Whether texts of different causes alternate in one of its phases. */
export function isInterleaved({ phases }: Chain): boolean {
  return phases.some(({ texts }) => new Set(texts).size > 1);
}

/** Its records, five seconds apart, beginning with those of Connect's start. */
export function linesOf({ engine, phases }: Chain): Line[] {
  const launch = begins[engine].slice(0, 4);
  return [
    ...launch,
    ...phases.flatMap(({ texts, records = texts.length * 3 }) =>
      texts[0] === "begins"
        ? begins[engine]
        : Array.from({ length: records }, (_, index) =>
            lineOf(textOf(texts[index % texts.length] as string)),
          ),
    ),
  ];
}

function inTurn(...ids: string[]): Phase[] {
  return ids.map((id) => ({ texts: [id] }));
}

function chain(name: string, engine: Engine, phases: readonly Phase[]): Chain {
  return { name, engine, phases, cause: phases.at(-1)?.texts.at(-1) ?? "" };
}

/** The last text of the last phase is the cause, unless the chain says another. */
export const chains: readonly Chain[] = [
  chain("policy, then the login", "postgres", inTurn("aws-role-denied-pipeline", "pg-pam")),
  chain("policy once, then 500 refusals of the database", "postgres", [
    { texts: ["aws-role-denied-pipeline"], records: 1 },
    { texts: ["pg-pam"], records: 500 },
  ]),
  chain(
    "policy, security group, login, grants, slot",
    "postgres",
    inTurn(
      "aws-role-denied-pipeline",
      "pg-dial-timed-out",
      "pg-pam",
      "pg-schema-denied",
      "pg-slots-in-use",
    ),
  ),
  chain(
    "no identity, policy, certificate",
    "postgres",
    inTurn("aws-imds-none-timeout", "aws-role-denied-node", "pg-tls-unknown-authority"),
  ),
  chain(
    "the port of the token's endpoint, then the network",
    "postgres",
    inTurn("aws-endpoint-no-port", "pg-dial-refused"),
  ),
  chain("the database's name, then its user", "postgres", inTurn("pg-no-such-host", "pg-password")),
  chain(
    "logical replication off, then no slot left",
    "postgres",
    inTurn("pg-wal-level", "pg-slots-in-use"),
  ),
  chain(
    "login, then replication right, then publication",
    "postgres",
    inTurn("pg-password", "pg-walsender-permission", "pg-publication-owner"),
  ),
  chain(
    "from the certificate to a full server",
    "postgres",
    inTurn("pg-tls-other-name", "pg-too-many-clients"),
  ),
  chain("it read, then the slot was lost", "postgres", [
    { texts: ["begins"] },
    ...inTurn("pg-slot-no-longer"),
  ]),
  chain("it read, failed over, and is refused", "postgres", [
    { texts: ["begins"] },
    ...inTurn("pg-stream-eof", "pg-starting-up", "pg-pam"),
  ]),
  chain("it read, and the policy was taken away", "postgres", [
    { texts: ["begins"] },
    ...inTurn("pg-stream-eof", "aws-role-denied-pipeline"),
  ]),
  chain(
    "the policy was there, the login failed, the policy is gone again",
    "postgres",
    inTurn("aws-role-denied-pipeline", "pg-pam", "aws-role-denied-pipeline"),
  ),
  chain(
    "a licence that came, then the login",
    "postgres",
    inTurn("start-license-missing", "pg-password"),
  ),
  chain("the topic's rights, after all else", "postgres", [
    ...inTurn("aws-role-denied-pipeline", "pg-pam"),
    { texts: ["begins"] },
    ...inTurn("out-topic-denied"),
  ]),
  chain(
    "policy, then MySQL's login",
    "mysql",
    inTurn("aws-role-denied-no-resource-policy", "my-denied"),
  ),
  chain(
    "network, certificate, login, grants, position",
    "mysql",
    inTurn(
      "my-dial-timeout",
      "my-tls-unknown-authority",
      "my-denied",
      "my-replication-client",
      "my-1236-purged",
    ),
  ),
  chain("binary log off, then the user's rights", "mysql", inTurn("my-binlog-off", "my-reload")),
  chain("it read, and the binary log was purged", "mysql", [
    { texts: ["begins"] },
    ...inTurn("my-stream-bad", "my-1236-purged"),
  ]),
  chain("the topic of positions, then the binary log", "mysql", [
    ...inTurn("my-cache-topic", "my-1236-past-end"),
  ]),
  chain("the heartbeat's old token among refusals, which go on", "postgres", [
    { texts: ["begins"] },
    { texts: ["pg-heartbeat", "pg-lag"] },
    { texts: ["pg-heartbeat", "pg-stream-eof"] },
    ...inTurn("pg-slot-active"),
  ]),
  chain("policy and login in turn while IAM settles, then the login", "postgres", [
    { texts: ["aws-role-denied-pipeline", "pg-pam"] },
    ...inTurn("pg-pam"),
  ]),
  chain("login and policy in turn while IAM settles, then the policy", "postgres", [
    { texts: ["pg-pam", "aws-role-denied-pipeline"] },
    ...inTurn("aws-role-denied-pipeline"),
  ]),
  chain("network and name service in turn, then the certificate", "postgres", [
    { texts: ["pg-dial-timed-out", "pg-dns-timeout"] },
    ...inTurn("pg-tls-unknown-authority"),
  ]),
  chain("a server that starts, in turn with refused connections, then grants", "postgres", [
    { texts: ["pg-dial-refused", "pg-starting-up"] },
    ...inTurn("pg-table-denied"),
  ]),
  chain("slot in use and stream lost in turn, then the slot is gone", "postgres", [
    { texts: ["pg-slot-active", "pg-stream-eof"] },
    ...inTurn("pg-slot-missing"),
  ]),
  chain("brokers fail while the policy is missing, then the login", "postgres", [
    { texts: ["aws-role-denied-pipeline", "out-dial-timeout"] },
    { texts: ["begins"] },
    ...inTurn("pg-pam"),
  ]),
  chain("MySQL's login and network in turn, then the lock", "mysql", [
    { texts: ["my-denied", "my-dial-timeout"] },
    ...inTurn("my-lock-wait"),
  ]),
  chain("snapshot and stream refused in turn, then the position", "mysql", [
    { texts: ["my-denied-snapshot", "my-denied-after-snapshot", "my-replication-slave"] },
    ...inTurn("my-1236-server-id"),
  ]),
  chain("a closed pipe in turn with its reason, then that alone", "mysql", [
    { texts: ["begins"] },
    { texts: ["my-closed-pipe", "my-denied-after-snapshot"] },
    ...inTurn("my-denied-after-snapshot"),
  ]),
  chain("too large and too few in turn, then no room for rows", "mysql", [
    { texts: ["begins"] },
    { texts: ["out-too-large", "out-few-replicas"] },
    ...inTurn("out-record-timeout"),
  ]),
];
