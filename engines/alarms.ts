/**
 * An alarm on a metric that Aurora publishes by itself, in the namespace `AWS/RDS`, with the
 * dimensions `DBClusterIdentifier` and `Role`: the alarm is on whichever instance writes, where alone
 * the log and the pipeline's connections are, and it follows a failover.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/dimensions.html
 */
export interface Alarm {
  readonly metric: string;
  /** What one period of five minutes is judged by. */
  readonly statistic: "Average" | "Maximum" | "Minimum";
  /** On which side of the threshold it is alarming. */
  readonly alarming: "above" | "below";
  /** In the metric's own unit. */
  readonly threshold: number;
  /** Why it is this number, as a clause for the page: no capital, no full stop. */
  readonly because: string;
  /** `treat_missing_data`, and why, as such a clause. */
  readonly missing: {
    readonly treat: "ignore" | "notBreaching";
    readonly because: string;
  };
  /** What has happened, as a sentence in ASCII. */
  readonly meaning: string;
  /** Entries of the doctor that are the cause, or what comes of it; none where it has none. */
  readonly entries: readonly string[];
  /** Only such instances publish it. @default - all do */
  readonly only?: "serverless" | "provisioned";
}

/** Alarms by the end of their names, such as `slot-lag`, which is also the key in `alarm_thresholds`. */
export type Alarms = Readonly<Record<string, Alarm>>;

const GiB = 1024 ** 3;

/** While an instance is restarted or fails over, nothing is published, and nothing is written either. */
const staysAsItIs = {
  treat: "ignore",
  because: "during a failover none is published, and what has piled up is still there",
} as const;

export const postgresAlarms: Alarms = {
  "slot-lag": {
    metric: "OldestReplicationSlotLag",
    statistic: "Average",
    alarming: "above",
    threshold: GiB,
    because: "a pipeline that reads stays megabytes behind, by its heartbeat on idle tables too",
    missing: staysAsItIs,
    meaning:
      "The reader of a replication slot is far behind: the pipeline has stopped, or is too slow.",
    entries: ["P22", "P27", "P43"],
  },
  // -1 where no logical replication is in use.
  "wal-size": {
    metric: "TransactionLogsDiskUsage",
    statistic: "Average",
    alarming: "above",
    threshold: 10 * GiB,
    because: "ten times the lag that is alarming: days of a quiet database, an hour of a busy one",
    missing: staysAsItIs,
    meaning:
      "The write-ahead log that a replication slot holds back grows, and is paid for by the GiB. Where nobody reads the slot any more, db_cleanup_command drops it.",
    entries: ["P22", "P27", "P43"],
  },
  "slot-files": {
    metric: "ReplicationSlotDiskUsage",
    statistic: "Average",
    alarming: "above",
    threshold: GiB,
    because: "only transactions that change more than fits into memory are spilled at all",
    missing: staysAsItIs,
    meaning:
      "A replication slot spills large transactions to files, until they are committed and read.",
    entries: ["P22", "P43"],
  },
};

export const mysqlAlarms: Alarms = {
  "binary-log-size": {
    metric: "SumBinaryLogSize",
    statistic: "Average",
    alarming: "above",
    threshold: 100 * GiB,
    because:
      "the log stays for `binlog_retention_hours`, read or not, so what is usual is the database's own: raise it to twice of that",
    missing: staysAsItIs,
    meaning:
      "The binary log grows, and is paid for by the GiB. binlog_retention_hours keeps it, or a transaction that nobody ends.",
    entries: ["M10", "M27"],
  },
  "binary-log-files": {
    metric: "NumBinaryLogFiles",
    statistic: "Average",
    alarming: "above",
    threshold: 1000,
    because: "files of 128 MiB, Aurora's `max_binlog_size`, hold 125 GiB then",
    missing: staysAsItIs,
    meaning: "There are very many files of the binary log, which a restart reads through.",
    entries: ["M10", "M27"],
  },
};

/** What both engines publish. */
export const auroraAlarms = ({
  connections,
  connectionEntries,
  readOnlyEntry,
}: {
  /** 80 % of what the smallest capacity allows, one ACU. */
  readonly connections: number;
  readonly connectionEntries: readonly string[];
  /** What the connector meets where a reader answers. */
  readonly readOnlyEntry: string;
}): Alarms => ({
  connections: {
    metric: "DatabaseConnections",
    statistic: "Maximum",
    alarming: "above",
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
    threshold: connections,
    because:
      "80 % of `max_connections` with one ACU, the least that there can be: raise it to 80 % of yours",
    missing: { treat: "notBreaching", because: "an instance that is stopped has none" },
    meaning:
      "The database nears max_connections. When it is full, the pipeline cannot connect again.",
    entries: connectionEntries,
  },
  // None is published where there is no second instance.
  "replica-lag": {
    metric: "AuroraReplicaLagMaximum",
    statistic: "Maximum",
    alarming: "above",
    threshold: 10_000,
    because: "AWS's storage keeps it well below 100",
    missing: { treat: "notBreaching", because: "without a reader there is none" },
    meaning:
      "A reader of the cluster is seconds behind the writer: a failover to it takes that much longer.",
    entries: [readOnlyEntry],
  },
  capacity: {
    metric: "ACUUtilization",
    statistic: "Average",
    alarming: "above",
    threshold: 95,
    because:
      "the cluster does not grow beyond its maximum, which is `serverlessv2_max_acu` in a cluster of the module's",
    missing: { treat: "notBreaching", because: "an instance that is stopped uses none" },
    meaning:
      "The cluster is at its maximum of ACUs and cannot grow: raise that, or find the load. IAM logins fail when memory is short.",
    entries: ["D5"],
    only: "serverless",
  },
  "local-storage": {
    metric: "FreeLocalStorage",
    statistic: "Minimum",
    alarming: "below",
    threshold: 2 * GiB,
    because: "logs, sorts and temporary tables share it, and a restart may be what frees it",
    missing: {
      treat: "ignore",
      because: "during a failover none is published, and the disk is as full as before",
    },
    meaning:
      "The writer's local disk is nearly full, which holds its logs and temporary files: find what fills it, or take a larger class.",
    entries: [],
    only: "provisioned",
  },
});
