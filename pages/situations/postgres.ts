import type { Situation } from "./situation";

const slots = "test/sql/slots.slow.test.ts";
const setup = "test/sql/postgres.slow.test.ts";
const asFound = "test/sql/postgres-as-found.ts";
const otherCluster = "test/stacks/other-cluster.slow.test.ts";

const stream =
  "https://github.com/redpanda-data/connect/blob/v4.100.0/internal/impl/postgresql/pglogicalstream/logical_stream.go";
const aurora = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";

const runSetup = "run `db_setup_command`";
const readAnew =
  "drop the slot (`SELECT pg_drop_replication_slot('<slot_name>')`), and start the pipeline with `stream_snapshot = true`: it reads all rows once more";
const sayWhatIsRead =
  "`terraform apply -replace=terraform_data.streamed_cluster`, with `-var stream_snapshot=true` if rows may be missing: [runbook](operations.md#how-do-i-go-on-with-a-restored-or-cloned-cluster)";
const upgradeInOrder =
  "[in this order](operations.md#how-do-i-upgrade-to-a-new-major-version-of-the-engine): writers, pipeline, slot";

/** What happens to a replication slot and its database. */
export const postgresSituations: readonly Situation[] = [
  {
    what: "The pipeline stands still, for however long",
    outcome: "exact",
    behaviour:
      "The slot keeps what is written, and with it the write-ahead log, until the pipeline reads on",
    shown: { test: slots, title: "keeps what is written while nobody reads" },
  },
  {
    what: "The server crashes or is rebooted",
    outcome: "exact",
    behaviour: "It reconnects; the slot is on disk",
    shown: { test: slots, title: "through a crash of the server too" },
  },
  {
    what: "Aurora fails over to another instance",
    outcome: "exact",
    behaviour:
      "It reconnects until the writer endpoint leads to the new writer, whose storage has the slot. Until then: `replication slots cannot be used on RO (Read Only) node`",
    entry: "P21",
    shown: {
      source: "reported from live clusters: https://github.com/PeerDB-io/peerdb/pull/4652",
    },
  },
  {
    what: "The pipeline is replaced (`-replace`), or destroyed and applied again, with the same `slot_name`",
    outcome: "exact",
    behaviour:
      "The slot stays in the database, and the new pipeline goes on from it: the connector drops neither slot nor publication",
    shown: { source: stream },
  },
  {
    what: "Rows are written before the pipeline has connected for the first time",
    outcome: "known",
    behaviour:
      "The slot begins with its creation, on the first connection; with `stream_snapshot = true` it reads them first",
    remedy:
      "start with `stream_snapshot = true`, or write once the slot is there: `first_row_command` tells",
    shown: { test: slots, title: "begins with what is written after it was made" },
  },
  {
    what: "Somebody drops the slot while the pipeline is stopped; `stream_snapshot` is true",
    outcome: "exact",
    behaviour:
      "It reads all rows once more, and then what follows. Rows deleted in between stay undeleted for consumers",
    shown: { source: stream },
  },
  {
    what: "The same, and `stream_snapshot` is false",
    outcome: "known",
    behaviour:
      "It makes a new slot without a word, and what was written in between is in none. PostgreSQL keeps no mark by which a slot could be told from its predecessor, and whoever may read a slot may make one. While the pipeline runs, PostgreSQL refuses to drop it, and the setup SQL warns where it finds it gone",
    remedy:
      "`pg_drop_replication_slot` is for a pipeline that has read everything; afterwards, start with `stream_snapshot = true`",
    shown: { test: slots, title: "that was dropped is made anew without a word" },
  },
  {
    what: "The slot falls behind `max_slot_wal_keep_size`, if [a variable](production.md#how-do-i-keep-a-replication-slot-from-filling-the-volume) or somebody has set it",
    outcome: "stops",
    behaviour:
      "`can no longer get changes from replication slot`; up to PostgreSQL 15, `cannot read from logical replication slot`; from 18 on, `can no longer access replication slot`. It never skips",
    entry: "P22",
    remedy: readAnew,
    shown: { test: slots, title: "that has fallen behind max_slot_wal_keep_size" },
  },
  {
    what: "The pipeline stands still for longer than `idle_replication_slot_timeout`, if somebody has set it (PostgreSQL 18)",
    outcome: "stops",
    behaviour:
      "The next checkpoint invalidates the slot: `can no longer access replication slot`. It never skips",
    entry: "P22",
    remedy: readAnew,
    shown: { test: slots, title: "that nobody reads for idle_replication_slot_timeout" },
  },
  {
    what: "A second pipeline has the same `slot_name`",
    outcome: "stops",
    behaviour: "`replication slot … is active for PID …`, and it waits for the first to end",
    entry: "P20",
    remedy: "give each pipeline a `slot_name` of its own",
    shown: { test: slots, title: "that somebody else reads refuses a second reader" },
  },
  {
    what: "A slot of that name belongs to another plugin",
    outcome: "stops",
    behaviour: "`replication slot … already exists with different output plugin`",
    entry: "P23",
    remedy: "choose another `slot_name`",
    shown: { test: slots, title: "of another plugin is told from ours by its name" },
  },
  {
    what: "A slot of that name belongs to another database, as after a change of `db_name`",
    outcome: "stops",
    behaviour: "`replication slot … was not created in this database`",
    remedy: "choose another `slot_name`; the old slot keeps the log until it is dropped",
    shown: { test: slots, title: "of another database is found by its name" },
  },
  {
    what: "A cluster that was there has a slot or a publication by the names of ours",
    outcome: "refused",
    behaviour:
      "The setup SQL of `--aurora existing` stops with nothing changed, and `db_cleanup_command` leaves both: they are somebody else's.",
    remedy: "another `slot_name`",
    shown: { test: asFound, title: "changes nothing where $what" },
  },
  {
    what: "No slot or WAL sender is free, or parameters wait for a reboot",
    outcome: "refused",
    behaviour:
      "The setup SQL, and with `exec` the apply, stops with nothing changed, and says which",
    remedy: "what the message says: drop a slot, or reboot the writer; then run it again",
    shown: { test: setup, title: "whether the pipeline can have a slot and a WAL sender" },
  },
  {
    what: "The cluster is restored, from a snapshot or to a point in time, and takes the old one's place",
    outcome: "refused",
    behaviour: "The plan refuses the new resource id: the cluster may lack the slot",
    remedy: sayWhatIsRead,
    shown: {
      test: otherCluster,
      title: "is refused at plan until somebody says what is to be read",
    },
  },
  {
    what: "A clone, a promoted secondary of a global database or a promoted read replica takes its place",
    outcome: "refused",
    behaviour:
      "The same: each has a resource id of its own. Whether it has brought a slot along, its `pg_replication_slots` tells; AWS does not say",
    remedy: sayWhatIsRead,
    shown: {
      test: otherCluster,
      title: "is refused as well where the same apply changes something of it",
    },
  },
  {
    what: "Terraform replaces the cluster, or makes one that is gone anew",
    outcome: "known",
    behaviour:
      "The new cluster begins empty, and so does its slot: the old rows are gone with the old cluster",
    remedy: "read the plan: `aws_rds_cluster` *must be replaced* deletes the data",
    shown: { test: otherCluster, title: "is none where Terraform itself replaces it" },
  },
  {
    what: "A blue/green deployment is wanted",
    outcome: "refused",
    behaviour: "AWS takes no cluster that is a logical publisher",
    remedy: upgradeInOrder,
    shown: { source: `${aurora}/blue-green-deployments-considerations.html` },
  },
  {
    what: "A new major version of the engine is wanted",
    outcome: "refused",
    behaviour: "AWS upgrades no cluster that has a replication slot, active or not",
    remedy: upgradeInOrder,
    shown: {
      source: `${aurora}/Appendix.PostgreSQL.CommonDBATasks.pglogical.recover-replication-after-upgrade.html`,
    },
  },
  {
    what: "Listed tables are idle while others are written to, on PostgreSQL 15 or newer",
    outcome: "exact",
    behaviour: "A heartbeat every five minutes moves the slot, so that the log does not grow",
    shown: { source: stream },
  },
  {
    what: "The same on PostgreSQL 14",
    outcome: "refused",
    behaviour:
      "No row is lost, but the log grows without end: refused for a new cluster, a warning at each plan for one that runs",
    remedy: "upgrade, or let a job change a row of a listed table every few minutes",
    shown: {
      test: "test/stacks/checks.slow.test.ts",
      title: "an engine version in which the slot stands still",
    },
  },
  {
    what: "The publication is dropped, even if it is made anew, up to PostgreSQL 17",
    outcome: "stops",
    behaviour:
      "`permission denied for database` on the next connection, then `publication … does not exist`: the slot still is at a time without it. The setup SQL warns where it finds a slot and no publication",
    entry: "P29",
    remedy: `${runSetup}, then ${readAnew}`,
    shown: { test: slots, title: "is stuck where the publication was dropped" },
  },
  {
    what: "The same from PostgreSQL 18 on",
    outcome: "known",
    behaviour:
      "What is written until it is made anew is skipped. A connection that lasts says nothing, the next one `permission denied for database`, and the database's own log `skipped loading publication`. The setup SQL warns",
    entry: "P47",
    remedy: `${runSetup}, then ${readAnew}`,
    shown: { test: slots, title: "from PostgreSQL 18 on, it skips what was written" },
  },
  {
    what: "A table is taken out of the publication by hand",
    outcome: "known",
    behaviour:
      "What is written to it until it is back is not sent. The next connection stops: `must be owner of publication`. The setup SQL puts it back, and warns of what was missed",
    entry: "P16",
    remedy: `${runSetup}, then ${readAnew}`,
    shown: {
      test: slots,
      title: "lacks what is written while the table is not in the publication",
    },
  },
  {
    what: "A listed table is dropped and created anew, as some migrations do",
    outcome: "known",
    behaviour:
      "The publication had the old table: rows of the new one are not sent, and where it was the only one, the log says nothing. The setup SQL puts it back, and warns of what was missed",
    entry: "P16",
    remedy: `${runSetup} before anybody writes to the new table; afterwards, ${readAnew}`,
    shown: {
      test: slots,
      title: "lacks what is written into a table that was dropped and made anew",
    },
  },
  {
    what: "A listed table is renamed",
    outcome: "stops",
    behaviour:
      "Rows go on under the new name; with `--topics per-table`, where that has no topic, all rows wait (`doctor`: O2). The next connection finds another table in the publication: `must be owner of publication`",
    entry: "P16",
    remedy: `correct \`cdc_tables\`, apply, and ${runSetup}`,
    shown: { test: slots, title: "goes on with a table that was renamed" },
  },
  {
    what: "A schema is taken out of `cdc_tables_by_schema`",
    outcome: "exact",
    behaviour:
      "The pipeline goes on with the others. The slot stays, and keeps the write-ahead log until the disk is full: the setup SQL warns, and `doctor --live` names it",
    remedy: "drop slot and publication by the statements in the warning",
    shown: {
      test: "test/sql/postgres-schemas.ts",
      title: "a schema that was taken out is told, with what drops its slot",
    },
  },
  {
    what: "A column is added, dropped or changed",
    outcome: "exact",
    behaviour: "Each row has the columns of its time",
    shown: { test: slots, title: "has the columns that a table had when each row was written" },
  },
  {
    what: "A partition is attached to a listed table",
    outcome: "exact",
    behaviour: "Its rows arrive as rows of the partitioned table",
    shown: { test: slots, title: "has the rows of a partition that was attached later" },
  },
  {
    what: "A listed table loses its primary key or replica identity",
    outcome: "refused",
    behaviour:
      "PostgreSQL refuses the application's `UPDATE` and `DELETE`; the setup SQL names such a table",
    remedy: `add a primary key, or \`ALTER TABLE … REPLICA IDENTITY FULL\`, and ${runSetup}`,
    shown: { test: slots, title: "has no rows that a table without an identity refuses to change" },
  },
  {
    what: "An `UPDATE` leaves a value above about 2 kB as it is",
    outcome: "known",
    behaviour:
      "The column arrives as `null`, or as `unchanged_toast_value`; the setup SQL names the tables",
    remedy:
      "[`unchanged_toast_value` or `REPLICA IDENTITY FULL`](how-it-works.md#what-happens-to-large-values-in-postgresql)",
    shown: { test: setup, title: "setup names the tables whose large values do not arrive" },
  },
  {
    what: "A listed table is truncated",
    outcome: "known",
    behaviour:
      "No row is sent as deleted: one record arrives whose key and value are `null`, without the table's name; with `--format avro` or `--topics per-table` none does, and the pipeline logs a warning",
    remedy: "`DELETE FROM` sends every row",
    shown: {
      test: "test/templates/pipeline.slow.test.ts",
      title: "makes of a TRUNCATE in Postgres a record without a row",
    },
  },
  {
    what: "`db_cleanup_command` is run while the pipeline reads",
    outcome: "refused",
    behaviour: "`The replication slot … is being read`, and nothing is dropped",
    remedy: "stop the pipeline first",
    shown: { test: setup, title: "takes nothing away while the slot is being read" },
  },
];
