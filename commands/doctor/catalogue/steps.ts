import type { Step } from "./entry";

/** What mends most: the module's values take the place of whatever is there. */
export const apply: Step = { shell: "terraform apply" };

/** What lets a pipeline go on without a table: the end of a sentence. */
export const takeOut =
  "take its table out of cdc_tables, cdc_tables_by_schema or cdc_tables_by_database (with --topics per-table, into retained_tables)";

/** The setup SQL grants everything, and may be run again. */
export const runSetup: Step = { shell: "<db_setup_command>" };

/** Whether the instances use the parameter group. */
export const writerStatus: Step = {
  shell:
    "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].DBClusterMembers[].[DBInstanceIdentifier,IsClusterWriter,DBClusterParameterGroupStatus]' --output text --region <region>",
};

/** A minute without the database. */
export const reboot: Step = {
  shell:
    "aws rds reboot-db-instance --db-instance-identifier <db_instance_identifier> --region <region>",
};

/** Whether the parameter group is in use, and what puts it to use. */
export const rebootWriter: readonly Step[] = [writerStatus, reboot];

/** Status, address and port of the cluster. */
export const describeCluster: Step = {
  shell:
    "aws rds describe-db-clusters --db-cluster-identifier <db_cluster_identifier> --query 'DBClusters[].[Status,Endpoint,Port]' --output text --region <region>",
};

/** A cluster that somebody has stopped. */
export const startCluster: Step = {
  shell:
    "aws rds start-db-cluster --db-cluster-identifier <db_cluster_identifier> --region <region>",
};

/** How much memory the writer has left, over the last hour. */
export const memoryLeft: Step = {
  shell:
    'aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name FreeableMemory --dimensions Name=DBInstanceIdentifier,Value=<db_instance_identifier> --start-time "$(date -u -d -1hour +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" --period 300 --statistics Minimum --region <region>',
};

const letIn: Step = {
  shell:
    "aws ec2 describe-security-groups --group-ids <db_security_group_id> --query 'SecurityGroups[].IpPermissions[].IpRanges[].CidrIp' --output text --region <region>",
};

/** Where the pipelines of a BYOC cluster come from. */
export const natGateways: Step = {
  shell:
    'curl -s -H "Authorization: Bearer $(rpk cloud auth token)" https://api.redpanda.com/v1/clusters/<redpanda_cluster_id> | jq -c .cluster.nat_gateways',
};

/** Where a host of one's own comes from. */
export const ownAddress: Step = { shell: "curl -s https://checkip.amazonaws.com" };

/** From a BYOC cluster. */
export const openDatabase: readonly Step[] = [
  "Compare the security group's addresses with the NAT gateways of the cluster:",
  letIn,
  natGateways,
  "Correct redpanda_cidr or redpanda_cidrs, then:",
  apply,
];

/** From a BYOC cluster by a private network. */
export const openPrivateDatabase: readonly Step[] = [
  "Redpanda's firewall blocks private addresses until a rule of the cluster allows them. The rules that there are, and what adds this module's:",
  {
    shell:
      'curl -s -H "Authorization: Bearer $(rpk cloud auth token)" https://api.redpanda.com/v1/clusters/<redpanda_cluster_id> | jq -c .cluster.redpanda_connect.allowed_destination_cidr_ports',
  },
  { shell: "<allow_egress_command>" },
  "Then the way: the security group must let in the networks of Redpanda's VPC, and the route tables of both sides must lead to each other.",
  letIn,
  "Correct redpanda_vpc_cidrs, redpanda_gateway_id or the routes that are yours; the module's own come back with:",
  apply,
];

/** From a host of one's own. */
export const openDatabaseToInstance: readonly Step[] = [
  "Compare the security group's addresses with the instance's:",
  letIn,
  ownAddress,
  "Correct allowed_cidr_blocks, then:",
  apply,
];

/** The certificates of `tls.root_cas`, which the module has fetched. */
export const authorities: Step = {
  shell:
    "openssl crl2pkcs7 -nocrl -certfile generated_rds-ca.pem | openssl pkcs7 -print_certs -noout | grep subject",
};

/** Whether the db-connect role may log in as the database user: `allowed`. */
export const mayConnect: Step = {
  shell:
    "aws iam simulate-principal-policy --policy-source-arn <iam_db_auth_role_arn> --action-names rds-db:connect --resource-arns arn:aws:rds-db:<region>:<db_account_id>:dbuser:<aurora_instance_resource_id>/<iam_auth_user> --query 'EvaluationResults[].EvalDecision' --output text",
};

/** Whether the pipeline role exists, and pods have used it. */
export const pipelineRoleUse: Step = {
  shell:
    "aws iam get-role --role-name <trusted_principal_role_name> --query 'Role.[Arn,RoleLastUsed.LastUsedDate]' --output text",
};

/** Which of AWS's variables a container of one's own has: names, no values. */
export const awsEnvironment: Step = {
  shell:
    "docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' $(docker ps -q) | grep -o '^AWS_[A-Z_]*'",
};

/** The module's command runs with `--rm`, which takes a container's log away when it ends. */
export const runAndKeepLog: Step = {
  shell: "<docker_run_command> 2>&1 | tee -a connect.log",
};

/** What the pipeline's user may do in Redpanda. */
export const lookAtAcls: Step = {
  shell: "rpk security acl list --allow-principal User:<rp_sasl_user>",
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
