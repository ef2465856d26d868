import { SubjectRights } from "../../constructs/subject-rights";
import { rendered } from "./rendered";

test("schemas of a topic may be registered, and what was registered be read", () => {
  const rights = rendered(
    (around) =>
      new SubjectRights(around, "subject-rights", {
        clusterId: "${var.redpanda_cluster_id}",
        subjects: `${around.given("redpanda_topic.topic.name")}-`,
        dependsOn: [],
      }),
  );
  expect(rights).toMatchInlineSnapshot(`
=== redpanda.tf
################################################################################
# Redpanda
################################################################################

# A schema for each table, registered with its first row: <topic>-<table>, or
# <topic>-<schema>.<table> where several schemas or databases are read.
resource "redpanda_schema_registry_acl" "subjects_write" {
  cluster_id     = var.redpanda_cluster_id
  principal      = "User:\${var.rp_sasl_user}"
  host           = "*"
  resource_type  = "SUBJECT"
  resource_name  = "\${redpanda_topic.topic.name}-"
  pattern_type   = "PREFIXED"
  operation      = "WRITE"
  permission     = "ALLOW"
  allow_deletion = true
}

resource "redpanda_schema_registry_acl" "subjects_read" {
  cluster_id     = var.redpanda_cluster_id
  principal      = "User:\${var.rp_sasl_user}"
  host           = "*"
  resource_type  = "SUBJECT"
  resource_name  = "\${redpanda_topic.topic.name}-"
  pattern_type   = "PREFIXED"
  operation      = "READ"
  permission     = "ALLOW"
  allow_deletion = true
}

# Redpanda Connect looks up the version of a schema that it has registered.
resource "redpanda_schema_registry_acl" "registry_describe" {
  cluster_id     = var.redpanda_cluster_id
  principal      = "User:\${var.rp_sasl_user}"
  host           = "*"
  resource_type  = "REGISTRY"
  resource_name  = "*"
  pattern_type   = "LITERAL"
  operation      = "DESCRIBE"
  permission     = "ALLOW"
  allow_deletion = true

  depends_on = []
}

=== what it hands out
ready:
  - redpanda_schema_registry_acl.subjects_write
  - redpanda_schema_registry_acl.subjects_read
  - redpanda_schema_registry_acl.registry_describe
`);
});
