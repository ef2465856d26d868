import type { Chosen, Profile } from "../../choices";
import { CdcTopic } from "../../constructs/cdc-topic";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { rendered } from "./rendered";

const topic = (
  checkpointTopic: boolean,
  profile: Profile = "demonstration",
  topics: Chosen<"topics"> = "one",
) =>
  rendered(
    (around) =>
      new CdcTopic(around, "cdc-topic", {
        cluster: {
          apiUrl: around.given("data.redpanda_cluster.byoc.cluster_api_url"),
          state: around.given("data.redpanda_cluster.byoc.state"),
        },
        topics,
        engine: checkpointTopic ? mysql : postgres,
        profile,
      }),
  );

test("a topic, and a user who may write to it", () => {
  expect(topic(false)).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Redpanda
################################################################################

# Comes before the others: a topic that exists is refused, while users, secrets
# and ACLs that exist would be taken over from another module, with the old
# passwords.
resource "redpanda_topic" "topic" {
  name               = "\${var.name_prefix}.iam_auth_topic_test"
  cluster_api_url    = data.redpanda_cluster.byoc.cluster_api_url
  partition_count    = 3
  replication_factor = 3
  configuration      = { "max.message.bytes" = "20971520" }
  allow_deletion     = true

  # For a new topic. What people set later, such as retention.ms, stays: taken
  # back, it would delete rows.
  lifecycle {
    ignore_changes = [configuration]

    precondition {
      condition     = try(length(data.redpanda_cluster.byoc.cluster_api_url), 0) > 0
      error_message = "redpanda_cluster_id is \${var.redpanda_cluster_id}, a cluster without an address: it is in \${jsonencode(data.redpanda_cluster.byoc.state)}. Wait until Redpanda Cloud shows it as running, and plan again."
    }
  }
}

resource "redpanda_user" "app" {
  name                = var.rp_sasl_user
  cluster_api_url     = data.redpanda_cluster.byoc.cluster_api_url
  mechanism           = "scram-sha-256"
  password_wo         = var.rp_sasl_password
  password_wo_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

locals {
  sasl_password_secret = "\${upper(replace(var.name_prefix, "-", "_"))}_SASL_PASSWORD"
}

# The pipeline's configuration refers to this secret by name; the password
# itself is in no file and no state.
resource "redpanda_secret" "sasl_password" {
  name            = local.sasl_password_secret
  cluster_api_url = data.redpanda_cluster.byoc.cluster_api_url
  scopes          = ["SCOPE_REDPANDA_CONNECT"]
  # Plain text: the provider encodes it.
  secret_data         = var.rp_sasl_password
  secret_data_version = var.rp_sasl_password_version
  allow_deletion      = true

  depends_on = [redpanda_topic.topic]
}

resource "redpanda_acl" "topic_write" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = redpanda_topic.topic.name
  resource_pattern_type = "LITERAL"
  operation             = "WRITE"
  permission_type       = "ALLOW"
  allow_deletion        = true
}

resource "redpanda_acl" "topic_describe_for_produce" {
  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
  principal             = "User:\${var.rp_sasl_user}"
  host                  = "*"
  resource_type         = "TOPIC"
  resource_name         = redpanda_topic.topic.name
  resource_pattern_type = "LITERAL"
  operation             = "DESCRIBE"
  permission_type       = "ALLOW"
  allow_deletion        = true
}

=== what it hands out
topicName: \${redpanda_topic.topic.name}
saslPassword: '"$\${secrets.\${local.sasl_password_secret}}"'
kept: []
first:
  - redpanda_topic.topic
ready:
  - redpanda_user.app
  - redpanda_secret.sasl_password
  - redpanda_acl.topic_write
  - redpanda_acl.topic_describe_for_produce
`);
});

test("a compacted topic beside it keeps the pipeline's position, and the user may read that as well", () => {
  expect(topic(true).differenceTo(topic(false))).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.checkpoints
+# The pipeline's position in the binary log. Compacted: the newest position is
+# kept for ever; in memory it would be lost at every restart.
+resource "redpanda_topic" "checkpoints" {
+  name               = "\${var.name_prefix}.cdc_checkpoints"
+  cluster_api_url    = data.redpanda_cluster.byoc.cluster_api_url
+  partition_count    = 1
+  replication_factor = 3
+  configuration      = { "cleanup.policy" = "compact" }
+  allow_deletion     = true
+}

@ redpanda_acl.checkpoints_read
+resource "redpanda_acl" "checkpoints_read" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "READ"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_write
+resource "redpanda_acl" "checkpoints_write" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "WRITE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

@ redpanda_acl.checkpoints_describe
+resource "redpanda_acl" "checkpoints_describe" {
+  cluster_api_url       = data.redpanda_cluster.byoc.cluster_api_url
+  principal             = "User:\${var.rp_sasl_user}"
+  host                  = "*"
+  resource_type         = "TOPIC"
+  resource_name         = redpanda_topic.checkpoints.name
+  resource_pattern_type = "LITERAL"
+  operation             = "DESCRIBE"
+  permission_type       = "ALLOW"
+  allow_deletion        = true
+}

=== what it hands out
+checkpointTopicName: \${redpanda_topic.checkpoints.name}
+  - redpanda_acl.checkpoints_read
+  - redpanda_acl.checkpoints_write
+  - redpanda_acl.checkpoints_describe
`);
});

test("rows that are to last are deleted by nobody's mistake, nor is the position", () => {
  expect(topic(true, "production").differenceTo(topic(true))).toMatchInlineSnapshot(`
=== redpanda.tf
@ redpanda_topic.topic
-  allow_deletion     = true
+  allow_deletion     = var.topics_allow_deletion
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
-    ignore_changes = [configuration]
+    prevent_destroy = true
+    ignore_changes  = [configuration]

@ redpanda_user.app
-  allow_deletion      = true
+  allow_deletion      = var.topics_allow_deletion

@ redpanda_topic.checkpoints
-  allow_deletion     = true
+  allow_deletion     = var.topics_allow_deletion
+  # No plan destroys or replaces it, until the text of the output unlock_override
+  # is there.
+  lifecycle {
+    prevent_destroy = true
+  }

=== what it hands out
-kept: []
+kept:
+  - address: redpanda_topic.topic
+    isDeletable: var.topics_allow_deletion
+    madeSo: topics_allow_deletion = true
+  - address: redpanda_topic.checkpoints
+    isDeletable: var.topics_allow_deletion
+    madeSo: topics_allow_deletion = true
`);
});

test("a topic for each table, and a user who may write to all whose names begin so", () => {
  expect(topic(false, "demonstration", "per-table")).toMatchInlineSnapshot();
});

test("per table, MySQL's position keeps a topic of its own, which no table may have", () => {
  const mysqls = topic(true, "demonstration", "per-table");
  expect(mysqls.differenceTo(topic(false, "demonstration", "per-table"))).toMatchInlineSnapshot();
});

test("per table, no plan destroys what is to last", () => {
  const lasting = topic(false, "production", "per-table");
  expect(lasting.differenceTo(topic(false, "demonstration", "per-table"))).toMatchInlineSnapshot();
});
