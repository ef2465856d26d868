import { incompleteRows } from "../../engines/mysql-status";
import type { Situation } from "./situation";

const rows = "test/lanes/rows.slow.test.ts";
const positions = "test/sql/positions.slow.test.ts";
const setup = "test/sql/mysql.slow.test.ts";
const asFound = "test/sql/mysql-as-found.ts";
const key = "test/stacks/checkpoint-key.slow.test.ts";

const guide = (page: string) =>
  `[AWS](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/${page}.html)`;
const input =
  "[input_mysql_stream.go](https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/mysql/input_mysql_stream.go)";
const canal = (file: string) =>
  `[${file}](https://github.com/go-mysql-org/go-mysql/blob/v1.14.0/${file})`;

const again = "`terraform apply -var stream_snapshot=true`, which sends the rows that exist now";
const againThere = `stop the pipeline in Redpanda Cloud, or the container, because an apply changes the policy some seconds before the key; then ${again}`;
const afresh =
  "delete the position (`doctor` and [M10](troubleshooting.md) have the command), and apply with `-var stream_snapshot=true`";

/** What an operator sees of another cluster behind the same name. */
const anotherCluster =
  "The policy names the resource id of the cluster before, so the new one refuses the token. The next apply changes the policy and the key of the position: the pipeline starts at the end of the new cluster's log, and never at the old position";

/** What happens to the binary log and to the checkpoint in it. */
export const mysqlSituations: readonly Situation[] = [
  {
    what: "The pipeline stands still for less than `binlog_retention_hours`, or is killed",
    outcome: "exact",
    behaviour: "It goes on at the position that was kept last.",
    shown: {
      test: "test/lanes/rows.ts",
      title: "changes arrive in order and none is lost, though parts are killed",
    },
  },
  {
    what: "The pipeline stands still for longer",
    outcome: "stops",
    behaviour: "It asks for a purged file again and again: *Could not find first log file name*",
    entry: "M10",
    remedy: afresh,
    shown: {
      test: positions,
      title: "does not hold once its file is purged, which the server says",
    },
  },
  {
    what: "The listed tables are quiet for longer, and others are not",
    outcome: "exact",
    behaviour: "The heartbeat moves the position every minute, into each new file.",
    shown: {
      test: rows,
      title: "its heartbeat moves the position while the tables are quiet, and sends nothing",
    },
  },
  {
    what: "The same with `heartbeat = false`, or while `event_scheduler` is off",
    outcome: "stops",
    behaviour: "The position stays in a file that is purged, and the next restart asks for it",
    entry: "M10",
    remedy: `set \`heartbeat = true\`, run \`db_setup_command\`; then ${afresh}`,
    shown: {
      test: rows,
      title: "without a heartbeat it asks for a file that is purged, which doctor names",
    },
  },
  {
    what: "The pipeline restarts before the first row of all has been written",
    outcome: "known",
    behaviour:
      "There is no position yet, so it begins at the log's end. With the heartbeat this is at most the minute after the first start; `first_row_command` shows when it is over.",
    remedy: afresh,
    shown: { source: `${input}: getCachedBinlogPosition, startMySQLSync` },
  },
  {
    what: "The binary log is purged by hand, or the retention is lowered",
    outcome: "stops",
    behaviour: "As after a longer stop, if the pipeline's file is among those",
    entry: "M10",
    remedy: `run \`db_setup_command\`, which sets the retention again (with \`--aurora existing\` it prints the call); then ${afresh}`,
    shown: {
      test: positions,
      title: "does not hold once its file is purged, which the server says",
    },
  },
  {
    what: "Somebody has set a longer retention than `binlog_retention_hours`",
    outcome: "exact",
    behaviour: "The setup SQL leaves it.",
    shown: {
      test: setup,
      title: "keeps the binary log $hours hours: $wanted are wanted, $kept set",
    },
  },
  {
    what: "A cluster that was there keeps its binary log for less than `binlog_retention_hours`",
    outcome: "refused",
    behaviour:
      "The setup SQL of `--aurora existing` changes nothing that holds for the whole cluster: it stops before it changes anything, and prints the call.",
    remedy: "the call that it prints, or a lower `binlog_retention_hours`",
    shown: { test: asFound, title: "changes nothing where $what" },
  },
  {
    what: "The writer fails over to another instance of the cluster, restarts or crashes",
    outcome: "exact",
    behaviour:
      "The instances share the storage, the binary log and the event included. The connection breaks, and the pipeline goes on with a new token.",
    shown: {
      test: positions,
      title: "still holds after the server was killed, or another instance took over its storage",
    },
  },
  {
    what: "A cluster restored from a snapshot takes the name of this one",
    outcome: "refused",
    behaviour: `${anotherCluster}. In its log the old position would be another place, or none.`,
    entry: "M2",
    remedy: againThere,
    shown: {
      test: key,
      title:
        "stays as it was with the cluster that 0.1.0 made, and is another one with another cluster",
    },
  },
  {
    what: "The same with a restore to a point in time",
    outcome: "refused",
    behaviour: `${anotherCluster}. What was written after that point is on the topic and no longer in the tables.`,
    entry: "M2",
    remedy: againThere,
    shown: {
      test: positions,
      title: "is the same file again after a restore, and another place in it",
    },
  },
  {
    what: "The cluster is cloned",
    outcome: "exact",
    behaviour:
      "The clone is another cluster, which this pipeline cannot log in to. Its copy of the event goes on beating there, until `db_cleanup_command` is run there.",
    shown: { source: guide("Aurora.Managing.Clone") },
  },
  {
    what: "A blue/green deployment is switched over",
    outcome: "refused",
    behaviour: `${anotherCluster}. AWS demands that \`event_scheduler\` is off in green, so the heartbeat stands still until the setup runs again.`,
    entry: "M2",
    remedy: `set \`event_scheduler\` to ON in green's parameter group after the switchover, reboot, run \`db_setup_command\`, and ${againThere}`,
    shown: { test: setup, title: "makes it anew where AWS left it disabled" },
  },
  {
    what: "A replica in another region is promoted",
    outcome: "refused",
    behaviour: `It is another cluster with another endpoint, which the module does not know. With the name of this one, it is as after a restore.`,
    entry: "M2",
    remedy: againThere,
    shown: { test: positions, title: "skips rows without a word, so that it has a key of its own" },
  },
  {
    what: "The engine is upgraded to a new major version in place",
    outcome: "known",
    behaviour:
      "The cluster keeps its resource id, and so the pipeline its position. AWS does not say that the binary log outlasts the upgrade.",
    remedy: `stop the pipeline, upgrade, ${afresh} ([runbook](operations.md#how-do-i-upgrade-to-a-new-major-version-of-the-engine))`,
    shown: { source: guide("AuroraMySQL.Updates.MajorVersionUpgrade") },
  },
  {
    what: "The cluster is backtracked",
    outcome: "known",
    behaviour:
      "AWS refuses it while the binary log is on, unless it is forced. Then the tables go back, and the binary log has nothing of that: the topic keeps rows that are no longer there.",
    remedy: afresh,
    shown: { source: guide("AuroraMySQL.Managing.Backtrack") },
  },
  {
    what: "The module is destroyed and applied again",
    outcome: "exact",
    behaviour:
      "Topics, position and recorded cluster go with it: the new pipeline begins with the new cluster. On an instance the position's file stays, under the name of the cluster that is gone.",
    shown: { test: key, title: "on an instance is the cluster's own" },
  },
  {
    what: "The same endpoint has other binary logs, of version 0.1.0's `rpconnect`",
    outcome: "refused",
    behaviour:
      "`docker_run_command` does not start the container, and prints what to do if the position is this cluster's, and if it is another one's.",
    remedy: "the `mv` or the `rm` that it prints",
    shown: {
      test: "test/constructs/ec2-walkthrough.test.ts",
      title: "stops at a position of 0.1.0, which may be another cluster's, and says how to go on",
    },
  },
  {
    what: "A task, or a pipeline to brokers of your own, is upgraded from 0.1.0",
    outcome: "refused",
    behaviour:
      "The plan asks for `checkpoint_key`, because the module cannot see of which cluster the position is: *No value for required variable*",
    remedy: '`checkpoint_key = "rpconnect"` where the cluster is the same, else another name',
    shown: {
      test: key,
      title: "is asked for where only a person knows what is kept, before an upgrade begins",
    },
  },
  {
    what: "The topic of checkpoints is deleted, or gets `cleanup.policy=delete` and a retention",
    outcome: "known",
    behaviour:
      "A running pipeline cannot keep its position (M13) until an apply makes the topic again, or restores its policy. A restart without a position begins at the log's end",
    entry: "M13",
    remedy: `\`terraform apply\`; if the pipeline has restarted since, ${afresh}`,
    shown: { source: `${input}: getCachedBinlogPosition` },
  },
  {
    what: "The pipeline is replaced, or recreated after it was deleted",
    outcome: "exact",
    behaviour:
      "The key has nothing of the pipeline in it: the new one goes on where the old one stopped.",
    shown: { test: key, title: "stays as it was with the cluster that 0.1.0 made" },
  },
  {
    what: "`binlog_format` is changed, for the server or for a session",
    outcome: "known",
    behaviour:
      "For the server, the pipeline stops at its next start (M5), and so does the setup. What is written as statements in the meantime, or by such a session, is not sent",
    entry: "M5",
    remedy: `\`terraform apply\`, which restores the parameter group, and reboot the writer; then ${afresh}`,
    shown: {
      test: positions,
      title: "passes by what was not written as rows: rows of that time are lost",
    },
  },
  {
    what: "The binary log is switched off",
    outcome: "stops",
    behaviour: "*Binary log is not open*; the setup stops as well",
    entry: "M6",
    remedy: `\`terraform apply\`, and reboot the writer; then ${afresh}`,
    shown: { test: positions, title: "is refused by the setup, and says so to whoever reads it" },
  },
  {
    what: "The parameter group waits for a reboot",
    outcome: "refused",
    behaviour:
      "The setup stops before it changes anything, and names the parameters and the command.",
    remedy: "the reboot that it prints, then `db_setup_command` or the apply again",
    shown: { test: setup, title: "that waits for a reboot, and goes on after it" },
  },
  {
    what: "The user who ran the setup is dropped",
    outcome: "stops",
    behaviour:
      "The event is run as that user, and ends in an error of the server's log; the position moves with rows of the listed tables alone.",
    remedy: "run `db_setup_command` as the master user of now",
    shown: {
      test: positions,
      title: "stands still once the user who ran the setup is dropped: its event ends in an error",
    },
  },
  {
    what: "A table is added to `cdc_tables`",
    outcome: "exact",
    behaviour:
      "Its changes are sent from the position on that the pipeline has then. Rows from before are not, and no snapshot is taken while there is a position.",
    shown: { source: `${input}: Connect` },
  },
  {
    what: "`binlog_row_image` is set to `MINIMAL` or `NOBLOB`",
    outcome: "refused",
    behaviour: `${incompleteRows}; with \`NOBLOB\`, texts and blobs alone. The module's parameter group says \`FULL\`, the setup SQL stops where the server has another value, and \`doctor --live\` tells it, with a MySQL password at hand.`,
    remedy: `\`terraform apply\`, then reboot the writer. What came meanwhile stays on the topic as it is; to send the rows that exist now, ${afresh}`,
    shown: { test: setup, title: "that waits for a reboot, and goes on after it" },
  },
  {
    what: "A column is added at the end of a table",
    outcome: "exact",
    behaviour: "Rows from before have the columns that they had.",
    shown: { test: positions, title: "still holds when a column is added, and later rows have it" },
  },
  {
    what: "A column is added in between, dropped or moved while rows from before are unread",
    outcome: "known",
    behaviour:
      "The log has no names of columns. Connect takes those of the table as it is now, by position: values of those rows come under other names.",
    remedy: "alter such tables while the pipeline has read everything (`consume_command`)",
    shown: { source: `${input}: onMessage; ${canal("canal/sync.go")}` },
  },
  {
    what: "A listed table is renamed after its rows were read",
    outcome: "known",
    behaviour:
      "Rows under the new name are not read, and nothing says so. The pipeline goes on with the other tables",
    remedy: `put the new name into \`cdc_tables\` and apply before anybody writes to the table; afterwards, to send the rows that exist now, ${afresh}`,
    shown: { test: "test/lanes/types.slow.test.ts", title: "a table is renamed" },
  },
  {
    what: "A listed table is dropped or renamed while its rows are unread",
    outcome: "stops",
    behaviour:
      "Connect asks for its columns, and the stream breaks each time: *table is not exist*",
    entry: "M0",
    remedy:
      "make a table of that name and with those columns, and drop it once the pipeline is past it; take a table out of `cdc_tables` before you drop it",
    shown: { source: `${canal("canal/handler.go")}: OnTableNotFound` },
  },
];
