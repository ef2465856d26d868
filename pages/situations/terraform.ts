import type { Situation } from "./situation";

/** What happens to the module's state and to the objects in it, with either engine. */
export const terraformSituations: readonly Situation[] = [
  {
    what: "An apply is interrupted, and applied again",
    outcome: "exact",
    behaviour:
      "The second apply makes what is missing, and the pipeline last. The position is in the slot or the topic of checkpoints, which an apply that is repeated leaves alone.",
    shown: {
      test: "test/stacks/interrupted-apply.slow.test.ts",
      title: "makes what is missing, and nothing else",
    },
  },
  {
    what: "The pipeline fails, and is replaced with `-replace`",
    outcome: "exact",
    behaviour:
      "The plan is red and tells the error. The new pipeline has another id, and the slot, the topic and the key of its checkpoint are as before.",
    remedy: "`terraform apply -replace=redpanda_pipeline.pipeline`, as the message says it",
    shown: {
      test: "test/stacks/failed-pipeline.slow.test.ts",
      title: "after a green apply makes the next plan red, and goes when it is replaced",
    },
  },
  {
    what: "The first start of the pipeline fails or takes longer than ten minutes",
    outcome: "stops",
    behaviour:
      "The apply ends with *Provider produced inconsistent result*, and Terraform replaces the pipeline at the next one.",
    remedy: "fix what its log says, and `terraform apply`",
    shown: {
      test: "test/stacks/failed-pipeline.slow.test.ts",
      title: "while it is created makes the apply red, and the next one makes another",
    },
  },
  {
    what: "Somebody stops the pipeline by hand",
    outcome: "exact",
    behaviour:
      "The next apply starts it. A stop lasts no longer than the log: until the storage is full in PostgreSQL, as long as the retention in MySQL.",
    remedy: "`terraform apply`",
    shown: {
      test: "test/stacks/failed-pipeline.slow.test.ts",
      title: "without telling why is started by the next apply",
    },
  },
  {
    what: "A public module becomes a private one (`--network routed` or `peering`)",
    outcome: "exact",
    behaviour:
      "One apply takes the public address away and then the internet gateway; cluster and instance stay. Until the private way stands and Redpanda's firewall is open, the pipeline tries again, which lasts no longer than the log.",
    entry: "P2",
    remedy: "`allow_egress_command`, and the routes that are yours",
    shown: {
      test: "test/stacks/private-network.slow.test.ts",
      title: "replaces nothing, and the gateway goes once the public address is gone, in one apply",
    },
  },
  {
    what: "Somebody deletes the pipeline or its secret in Redpanda Cloud",
    outcome: "exact",
    behaviour: "The next apply makes it anew, and nothing else. The position is in neither.",
    remedy: "`terraform apply`",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "makes anew what somebody deleted in Redpanda, and nothing else",
    },
  },
  {
    what: "Somebody deletes the topic of rows",
    outcome: "known",
    behaviour:
      "The rows in it are gone. Those that are not written yet wait in the pipeline until the next apply makes the topic anew.",
    entry: "O2",
    remedy: "`terraform apply`; for the rows that are gone, `stream_snapshot = true` once",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "makes anew what somebody deleted in Redpanda, and nothing else",
    },
  },
  {
    what: "A module with one topic becomes one with a topic for each table (`--topics per-table`)",
    outcome: "exact",
    behaviour:
      "One apply makes the new topics and rights, changes the pipeline, and takes the old rights away. The old topic stays with its rows, and Terraform no longer manages it. The slot, or the key of the checkpoint, is as before.",
    remedy:
      "read the old topic to its end, and delete it: [how](topics.md#how-do-i-move-from-one-topic-to-one-for-each-table)",
    shown: {
      test: "test/stacks/topics.slow.test.ts",
      title: "takes the place of one for all, which stays, and the pipeline always may write",
    },
  },
  {
    what: "A table with a topic of its own is taken out of `cdc_tables`, and not put into `retained_tables`",
    outcome: "refused",
    behaviour:
      "The apply is red: *topic … does not allow deletion*. The topic stays with its rows. Only where `topics_allow_deletion = true` was applied before is it deleted.",
    remedy: "put the table into `retained_tables`, and apply",
    shown: {
      test: "test/stacks/topics.slow.test.ts",
      title: "stays, and the apply is red, where the table is in neither list",
    },
  },
  {
    what: "A consumer is away for longer than the topic keeps rows",
    outcome: "known",
    behaviour:
      "The topic has the retention of the cluster, seven days unless somebody changed it. One that is set on the topic by hand stays. The topic of checkpoints is compacted, and keeps the newest position for ever.",
    remedy:
      "read in time, or raise the retention beforehand: `rpk topic alter-config <cdc_output_topic> --set retention.ms=<milliseconds>`; for the rows that are gone, `stream_snapshot = true` once",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "keeps a setting of the topic that was made by hand",
    },
  },
  {
    what: "The state is lost, or somebody applies from a machine that does not have it",
    outcome: "stops",
    behaviour:
      "AWS and Redpanda refuse every name that is taken. The topic is refused before user, secret, ACLs and role policy could be taken over, and there is no second pipeline.",
    remedy:
      "[take the state back, or import](operations.md#what-do-i-do-when-terraform-says-that-a-topic-already-exists)",
    shown: {
      test: "test/stacks/existing-objects.slow.test.ts",
      title: "is not taken over after the state was lost",
    },
  },
  {
    what: "A plan does not reach the Redpanda cluster, or may not read it",
    outcome: "stops",
    behaviour:
      "The provider drops from the state what it cannot see, and the apply is red at the topic. One that has imported the topic alone would make a second pipeline.",
    remedy:
      "[import the topics and the pipeline](operations.md#what-do-i-do-when-terraform-says-that-a-topic-already-exists)",
    shown: {
      test: "test/stacks/existing-objects.slow.test.ts",
      title: "and a plan did not see is made no second time",
    },
  },
  {
    what: "A plan is made while the Redpanda cluster has no address: it is created or deleted",
    outcome: "refused",
    behaviour:
      "The provider takes another address for another cluster, and would make topic, user and pipeline anew. The plan says which state the cluster is in.",
    remedy: "wait until the cluster runs, and plan again",
    shown: {
      test: "test/stacks/checks.slow.test.ts",
      title: "a Redpanda cluster that loses its address does not take the topic with it",
    },
  },
  {
    what: "The Redpanda cluster gets another address",
    outcome: "known",
    behaviour:
      "The plan replaces the topic with its rows, and everything else of Redpanda's. Redpanda announces no such change; the provider's version 2 wrote addresses in another form, and converts states itself.",
    remedy:
      "do not apply: `terraform state rm` the objects of Redpanda's, and [import them](operations.md#what-do-i-do-when-terraform-says-that-a-topic-already-exists)",
    shown: {
      source:
        "read: `RequiresReplace` and `UpgradeState` in [the provider](https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/topic/schema_resource_gen.go)",
    },
  },
  {
    what: "A second module has the same `name_prefix`",
    outcome: "refused",
    behaviour: "Its apply is red at the topic, and has touched nothing of the first.",
    remedy: "another `name_prefix`, and another `rp_sasl_user`",
    shown: {
      test: "test/stacks/existing-objects.slow.test.ts",
      title: "is not taken over by a second module with the same name_prefix",
    },
  },
  {
    what: "A second module has another `name_prefix` and the same `rp_sasl_user`",
    outcome: "stops",
    behaviour:
      "Redpanda refuses a user that exists with another password, or the provider takes it over with its old password: then the second pipeline cannot log in to Redpanda. No row is lost: it reads on when it can write. The module that is destroyed first takes the user away.",
    entry: "O1",
    remedy: "another `rp_sasl_user`",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title:
        "has the password of another one that has the same rp_sasl_user, and its own in the secret",
    },
  },
  {
    what: "The answer that the pipeline was created is lost",
    outcome: "stops",
    behaviour:
      "Redpanda makes two pipelines of one name, and the provider does not ask for the first: the next apply makes a second. What becomes of two is in the next rows.",
    remedy: "delete the older one in Redpanda Cloud, before or after the next apply",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "does not know of a pipeline whose answer was lost, and makes a second one",
    },
  },
  {
    what: "Two pipelines read from one database: PostgreSQL",
    outcome: "stops",
    behaviour:
      "A slot has one reader. The second pipeline retries, and the first goes on; it takes over when the first stops.",
    entry: "P20",
    remedy: "a `slot_name` for each pipeline",
    shown: {
      source:
        "read: [slot.c](https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/replication/slot.c)",
    },
  },
  {
    what: "Two pipelines read from one database: MySQL",
    outcome: "exact",
    behaviour:
      "Each has a server id of its own, made up at its start, and gets every row: a row arrives twice, on one topic or on two. A checkpoint that both write may go back, and never ahead of what one of them has written.",
    remedy: "remove the one that is not in the state: `rpk` and Redpanda Cloud list both",
    shown: {
      source:
        "read: [go-mysql](https://github.com/go-mysql-org/go-mysql/blob/master/canal/config.go)",
    },
  },
  {
    what: "`name_prefix` changes",
    outcome: "known",
    behaviour:
      "Every name has it, so that Terraform replaces everything: the database with its rows, the topic, the pipeline. The plan says so, and destroy keeps no snapshot.",
    remedy: "do not; make a second module, and copy the data",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "would lose its database with another name_prefix, and the plan says so",
    },
  },
  {
    what: "Everything is destroyed, and applied again",
    outcome: "known",
    behaviour:
      "Database, slot, binary log, topics and checkpoint go together, and nothing is left that an old position could name. The new pipeline starts with the new database.",
    remedy:
      "for a database that is to live on, [remove the pipeline alone](operations.md#how-do-i-remove-the-pipeline-and-keep-the-database)",
    shown: { test: "test/stacks/byoc.test.ts", title: "is destroyed without a trace" },
  },
  {
    what: "The module is upgraded from 0.1.0, or goes back to it",
    outcome: "exact",
    behaviour:
      "What changes in place is listed in the test. The pipeline restarts once. The cluster, its engine version, the topics and the slot stay.",
    remedy: "`terraform apply`",
    shown: {
      test: "test/releases/upgrade.slow.test.ts",
      title: "loses nothing, and moves no cluster, nor on the way back",
    },
  },
  {
    what: "AWS upgrades the engine itself, at the end of a version's support",
    outcome: "stops",
    behaviour:
      "The pipeline goes on. The next plan shows the newer version and the older one of the module, and AWS refuses to go back.",
    remedy: "set `engine_version` to what the cluster runs",
    shown: {
      test: "test/stacks/changes.slow.test.ts",
      title: "is not downgraded where AWS has upgraded it: the plan shows both versions",
    },
  },
  {
    what: "AWS withdraws the engine version",
    outcome: "exact",
    behaviour: "The cluster goes on, and so do plans. Only a new cluster is refused, at plan.",
    shown: {
      test: "test/stacks/checks.slow.test.ts",
      title: "a cluster that runs a version goes on with it when AWS withdraws it",
    },
  },
];
