/** What a plan changes in place on the state of a hand-written original. */
export interface InPlace {
  /** Address, in the modules of both engines where `engine` is not said. */
  readonly resource: string;
  readonly engine?: "postgres" | "mysql";
  /** The original that it is found in. */
  readonly original: "byoc" | "ec2";
  /** The arguments that change, and why each does. */
  readonly changes: Readonly<Record<string, string>>;
}

const cluster = {
  master_password: "goes out of the state",
  master_password_wo_version: "comes with the write-only argument in its place",
  apply_immediately: "else every plan until the maintenance window shows the change again",
  enabled_cloudwatch_logs_exports: "iam-db-auth-error tells why a token was refused",
};

const instance = {
  apply_immediately: "as for the cluster",
  auto_minor_version_upgrade: "AWS would upgrade, and the next plan take the upgrade back",
};

const securityGroup = {
  ingress: "says what it is for; lets in the networks that the variables list",
  egress: "taken away: the database opens no connections of its own",
};

export const inPlace: readonly InPlace[] = [
  { original: "byoc", resource: "aws_rds_cluster.aurora", changes: cluster },
  { original: "byoc", resource: "aws_rds_cluster_instance.aurora_instance", changes: instance },
  {
    original: "byoc",
    resource: "aws_rds_cluster_parameter_group.aurora_pg17",
    engine: "postgres",
    changes: {
      parameter:
        "adds IAM logins on replication connections, and TLS for all; the number of slots is Aurora's own again",
    },
  },
  {
    original: "byoc",
    resource: "aws_rds_cluster_parameter_group.aurora_mysql",
    engine: "mysql",
    changes: { parameter: "adds TLS for all; binlog_checksum is not needed" },
  },
  { original: "byoc", resource: "aws_security_group.db", changes: securityGroup },
  {
    original: "byoc",
    resource: "aws_iam_role.allow_connect_to_aurora_iam_demo_user",
    changes: { assume_role_policy: "without the statement's Sid; it trusts whom it trusted" },
  },
  {
    original: "byoc",
    resource: "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy",
    changes: { policy: "without lists of one; it allows what it allowed" },
  },
  {
    original: "byoc",
    resource: "redpanda_user.app",
    changes: {
      password: "goes out of the state",
      password_wo_version: "comes with the write-only argument in its place",
    },
  },
  {
    original: "byoc",
    resource: "redpanda_pipeline.pipeline",
    changes: {
      config_yaml: "what the README's table of differences lists",
      description: "says who made it",
      resources: "a size that Redpanda Cloud lists",
    },
  },
  {
    original: "ec2",
    resource: "aws_rds_cluster.aurora_pg",
    engine: "postgres",
    changes: {
      ...cluster,
      db_cluster_parameter_group_name: "logical replication and IAM logins on it",
    },
  },
  {
    original: "ec2",
    resource: "aws_rds_cluster_instance.aurora_pg_instance",
    engine: "postgres",
    changes: instance,
  },
  {
    original: "ec2",
    resource: "aws_security_group.aurora_sg",
    engine: "postgres",
    changes: securityGroup,
  },
];
