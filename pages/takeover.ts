import type { Engine } from "../engines/engine";

/** Something that a plan changes on a state that somebody else's configuration has left. */
export interface Change {
  /** Terraform's address. */
  readonly resource: string;
  /** The arguments that change. */
  readonly arguments: readonly string[];
  /** Why, as a sentence. */
  readonly reason: string;
  /** Whether the object is replaced for it. @default - it stays, and is updated in place */
  readonly replaced?: true;
}

const passwordLeavesState = "Sent once more, by a write-only argument: it leaves the state.";

const withSid = "The same statement, with a Sid that says what it is for.";

/** Of cluster and instance, in either topology. */
function ofDatabase(cluster: string, instance: string): Change[] {
  const immediately = "Later changes do not wait for the maintenance window.";
  return [
    {
      resource: cluster,
      arguments: ["master_password", "master_password_wo_version"],
      reason: passwordLeavesState,
    },
    {
      resource: cluster,
      arguments: ["enabled_cloudwatch_logs_exports"],
      reason: "The log iam-db-auth-error says why a token was refused.",
    },
    { resource: cluster, arguments: ["apply_immediately"], reason: immediately },
    { resource: instance, arguments: ["apply_immediately"], reason: immediately },
    {
      resource: instance,
      arguments: ["auto_minor_version_upgrade"],
      reason: "AWS would upgrade, and the next plan go back to engine_version.",
    },
  ];
}

/** On the state of the hand-written original of the topology `byoc`. */
export function changesOfOriginal(engine: Engine): Change[] {
  const { comment } = engine.parameterGroup;
  const address = engine.names.byoc.addresses.parameterGroup;
  return [
    ...ofDatabase("aws_rds_cluster.aurora", "aws_rds_cluster_instance.aurora_instance"),
    {
      resource: `aws_rds_cluster_parameter_group.${address}`,
      arguments: ["parameter"],
      reason: `${comment} What else was set returns to Aurora's default. Takes effect at the next reboot.`,
    },
    {
      resource: "aws_security_group.db",
      arguments: ["ingress"],
      reason: "The rule gets a description, and lets in what the variables say.",
    },
    withoutEgress("aws_security_group.db"),
    {
      resource: "aws_iam_role.allow_connect_to_aurora_iam_demo_user",
      arguments: ["assume_role_policy"],
      reason: "The same trust, under another Sid: the statement says what it is for.",
    },
    {
      resource: "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy",
      arguments: ["policy"],
      reason: "The same permission, with a Sid that says what it is for, and without lists of one.",
    },
    {
      resource: "redpanda_user.app",
      arguments: ["password", "password_wo_version"],
      reason: passwordLeavesState,
    },
    {
      resource: "redpanda_pipeline.pipeline",
      arguments: ["config_yaml"],
      reason:
        "What lost rows, or sent them nowhere, is fixed; the name of a secret replaces the password.",
    },
    {
      resource: "redpanda_pipeline.pipeline",
      arguments: ["description", "timeouts"],
      reason: "Says what the pipeline is for, and how long a start may take.",
    },
    {
      resource: "redpanda_pipeline.pipeline",
      arguments: ["resources"],
      reason: "A size that Redpanda Cloud has: two units.",
    },
    {
      resource: "local_file.pipeline_yaml",
      arguments: ["content"],
      replaced: true,
      reason: "A local file: the configuration, without the password.",
    },
    {
      resource: "local_file.iam_policy_json",
      arguments: ["content", "filename"],
      replaced: true,
      reason: "A file on the disk of whoever applies: laid out for people, under one name.",
    },
  ];
}

/** On the state of the original for the topology `ec2`, whose database is PostgreSQL. */
export function changesOfSeed(engine: Engine): Change[] {
  const { cluster: clusterAddress, instance: instanceAddress } = engine.names.ec2.addresses;
  const cluster = `aws_rds_cluster.${clusterAddress}`;
  return [
    ...ofDatabase(cluster, `aws_rds_cluster_instance.${instanceAddress}`),
    {
      resource: cluster,
      arguments: ["db_cluster_parameter_group_name"],
      reason: `${engine.parameterGroup.comment} It takes effect when the instance is rebooted once.`,
    },
    {
      resource: "aws_security_group.aurora_sg",
      arguments: ["ingress"],
      reason: "The networks of allowed_cidr_blocks are let in, and no longer the whole internet.",
    },
    withoutEgress("aws_security_group.aurora_sg"),
    ...["aws_iam_role.rpconnect_app_role", "aws_iam_role.db_access_role"].map((resource) => ({
      resource,
      arguments: ["assume_role_policy"],
      reason: withSid,
    })),
    ...["aws_iam_policy.db_connect_policy", "aws_iam_policy.assume_db_access_policy"].map(
      (resource) => ({ resource, arguments: ["policy"], reason: withSid }),
    ),
  ];
}

function withoutEgress(resource: string): Change {
  return {
    resource,
    arguments: ["egress"],
    reason: "The database opens no connections of its own.",
  };
}
