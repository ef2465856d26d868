import type { Step } from "./entry";

/** What mends most: the module's values take the place of whatever is there. */
export const apply: Step = { shell: "terraform apply" };

/** The setup SQL grants everything, and may be run again. */
export const runSetup: Step = { shell: "<db_setup_command>" };

/** Whether the parameter group is in use, and what puts it to use: a minute without the database. */
export const rebootWriter: readonly Step[] = [
  {
    shell:
      "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].DBClusterMembers[].[DBInstanceIdentifier,IsClusterWriter,DBClusterParameterGroupStatus]' --output text --region <region>",
  },
  {
    shell:
      "aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>",
  },
];

/** From a BYOC cluster. */
export const openDatabase: readonly Step[] = [
  "Compare the security group's addresses with the NAT gateways of the cluster:",
  {
    shell:
      "aws ec2 describe-security-groups --filters Name=group-name,Values=<db_security_group> --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text --region <region>",
  },
  {
    shell:
      'curl -s -H "Authorization: Bearer $(rpk cloud auth token)" https://api.redpanda.com/v1/clusters/<redpanda_cluster_id> | jq -c .cluster.nat_gateways',
  },
  "Correct redpanda_cidr or redpanda_cidrs, then:",
  apply,
];

/** From a host of one's own. */
export const openDatabaseToInstance: readonly Step[] = [
  "Compare the security group's addresses with the instance's:",
  {
    shell:
      "aws ec2 describe-security-groups --filters Name=group-name,Values=<db_security_group> --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text --region <region>",
  },
  { shell: "curl -s https://checkip.amazonaws.com" },
  "Correct allowed_cidr_blocks, then:",
  apply,
];

/** Status, address and port of the cluster. */
export const describeCluster: Step = {
  shell:
    "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].[Status,Endpoint,Port]' --output text --region <region>",
};

/** A log of the database in CloudWatch. */
export const serverLog = (name: "postgresql" | "error" | "iam-db-auth-error"): Step => ({
  shell: `aws logs tail /aws/rds/cluster/<db_cluster_identifier>/${name} --since 1h --region <region>`,
});

/** MySQL: how long the binary log is kept, and how to keep it longer. */
export const keepLogLonger: readonly Step[] = [
  "How long the log is kept, and what is left of it:",
  { sql: "CALL mysql.rds_show_configuration; SHOW BINARY LOGS;" },
  "Raise binlog_retention_hours if it is less than the longest stop, and run:",
  runSetup,
];

/** MySQL: a position that no longer helps. What comes after it starts the pipeline again. */
export const forgetPosition: readonly Step[] = [
  "The position is under the key <checkpoint_key> of the topic <checkpoint_topic> (or, without a topic, in the folder checkpoints/): delete it, and start again with the rows that exist now:",
  { shell: "echo | rpk topic produce <checkpoint_topic> --key <checkpoint_key> --tombstone" },
];
