import type { ITerraformDependable, TerraformMetaArguments } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { RedpandaSchemaRegistryAcl } from "../providers/redpanda";

export interface SubjectRightsProps {
  readonly clusterId: string;
  /** With what the names of the subjects begin. */
  readonly subjects: string;
  /** What must exist before a right that a user of the same name may have already. */
  readonly dependsOn: readonly ITerraformDependable[];
  /** Of the rights for subjects. @default - none */
  readonly meta?: TerraformMetaArguments;
}

/**
 * What the pipeline's user may do in the Schema Registry: register schemas of its topic, and nothing else.
 * On BYOC clusters nobody may without an ACL.
 * @see https://docs.redpanda.com/cloud-data-platform/manage/schema-reg/schema-reg-authorization/
 */
export class SubjectRights extends Construct {
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SubjectRightsProps) {
    super(scope, id);
    const { clusterId, subjects, meta } = props;
    layout(this, { file: "redpanda.tf", section: "Redpanda" });

    const user = {
      clusterId,
      principal: "User:${var.rp_sasl_user}",
      host: "*",
      permission: "ALLOW",
      allowDeletion: true,
    } as const;
    const allow = (operation: "READ" | "WRITE") =>
      new RedpandaSchemaRegistryAcl(
        this,
        `redpanda_schema_registry_acl.subjects_${operation.toLowerCase()}`,
        {
          ...user,
          ...meta,
          resourceType: "SUBJECT",
          resourceName: subjects,
          patternType: "PREFIXED",
          operation,
        },
      );
    const write = allow("WRITE");
    layout(write, {
      comment:
        "A schema for each table, registered with its first row: <topic>-<table>, or <topic>-<schema>.<table> where several schemas or databases are read.",
    });
    const read = allow("READ");
    const describe = new RedpandaSchemaRegistryAcl(
      this,
      "redpanda_schema_registry_acl.registry_describe",
      {
        ...user,
        resourceType: "REGISTRY",
        resourceName: "*",
        patternType: "LITERAL",
        operation: "DESCRIBE",
        dependsOn: [...props.dependsOn],
      },
    );
    layout(describe, {
      comment: "Redpanda Connect looks up the version of a schema that it has registered.",
    });
    this.ready = [write, read, describe];
  }
}
