# Values for terraform/aurora-mysql-ec2, all of them, in the order of its variables.tf.
# `npx rpcn-aurora init` asks for each FILL IN, which no plan takes. By hand: copy this file, fill in its
# first part, and pass it to terraform with -var-file.
#
# The master user's password is in no file. Choose it, and set it for every plan and apply:
#   export TF_VAR_db_master_password='…'  # 8 to 41 printable ASCII characters other than / " @ and space

################################################################################
# To fill in
################################################################################

# AWS region of the VPC. `aws configure get region --profile <profile>`
region = "FILL IN"

# Profile of the account that owns the database. `aws configure list-profiles`
aws_profile = "FILL IN"

# Begins the names of all resources. null: names that only one module of this engine in the account can have.
name_prefix = null

# VPC, and subnets of it in at least two zones.
#   `aws ec2 describe-vpcs --query 'Vpcs[].VpcId'`
#   `aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc_id> --query 'Subnets[].[SubnetId,AvailabilityZone]'`
vpc_id        = "FILL IN"
db_subnet_ids = ["FILL IN"]

# Who may connect: the host of Redpanda Connect, and you. 0.0.0.0/0 is refused.
#   `aws ec2 describe-instances --query 'Reservations[].Instances[].PrivateIpAddress'`
#   `curl https://checkip.amazonaws.com`
allowed_cidr_blocks = ["FILL IN"]

# Version of the engine. For an existing cluster, its own:
#   `aws rds describe-db-clusters --query 'DBClusters[].[DBClusterIdentifier,EngineVersion]'`
# For a new one: `aws rds describe-db-engine-versions --engine aurora-mysql --query 'DBEngineVersions[].EngineVersion'`
engine_version = "8.0.mysql_aurora.3.10.3"

################################################################################
# Database: these defaults do
################################################################################

# Database and master user. Neither can change later without a new cluster.
db_name            = "exampledb"
db_master_username = "admin"

# RDS can make the master user's password and keep it in Secrets Manager. Then leave TF_VAR_db_master_password out.
#   manage_master_password = true

# Raise by one to send a new TF_VAR_db_master_password.
db_master_password_version = 1

# `aws rds describe-orderable-db-instance-options --engine aurora-mysql --engine-version 8.0.mysql_aurora.3.10.3 --query 'OrderableDBInstanceOptions[].DBInstanceClass'`
instance_class = "db.t4g.medium"  # with --profile production no class T: "db.r6g.large"

# Database user of the pipeline. The setup SQL creates it.
iam_auth_user = "iamuser"

# null: RDS's certificates, fetched over HTTPS. Without internet access:
#   export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)", from https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem
rds_ca_pem = null

# With --profile production:
# deletion_protection       = true                # false, applied first, before terraform destroy
# final_snapshot_number     = 1                   # raise it where a snapshot of that number is there
# backup_retention_days     = 7                   # 1 to 35
# database_insights_mode    = "advanced"          # or "standard"
# ca_certificate_identifier = "rds-ca-rsa2048-g1" # `aws rds describe-certificates --query 'Certificates[].CertificateIdentifier'`
# Keys of your own, null for AWS's: `aws kms list-keys --query 'Keys[].KeyArn'`
# storage_kms_key_arn              = null  # for good: another one would replace the cluster
# logs_kms_key_arn                 = null
# performance_insights_kms_key_arn = null  # for good, too

################################################################################
# IAM
################################################################################

# Further database users that Redpanda Connect may log in as, of other clusters (cluster-…) and instances (db-…).
#   `aws rds describe-db-clusters --query 'DBClusters[].DbClusterResourceId'`
extra_dbuser_arns = []

# With --accounts two:
# app_aws_profile = "se_app"                     # account of Redpanda Connect's host; `aws configure list-profiles`
# external_id     = "my-secret-external-id-123"  # your choice, 2 to 1224 characters

################################################################################
# Pipeline
################################################################################

# Tables by bare name. The setup SQL creates iamuser_test; run it again after a change here.
#   mysql: SHOW TABLES
cdc_tables = ["iamuser_test"]

# In its place, tables of several databases:
# cdc_tables_by_database = { sales = ["orders"], stock = ["items"] }

# With --database provider: true once your migrations and db_setup_command have created those tables.
# cdc_tables_ready = false

# true: an event writes to rpcn_heartbeat every minute, and so the pipeline's position moves while the tables above
# are quiet. With --database provider the default is false; run db_setup_command before you set it.
heartbeat = true

# How long Aurora keeps the binary log: 24 to 2160 hours. The pipeline may stand still no longer.
#   mysql: CALL mysql.rds_show_configuration
binlog_retention_hours = 168

# Columns of the record key, usually the primary key.
cdc_key_columns = ["id"]

# For tables with another key:
# cdc_key_columns_by_table = { "demo_db.orders" = ["order_no"] }

# true: first send the rows that already exist.
stream_snapshot = false

# DEBUG, INFO, WARN or ERROR. DEBUG shows each role that is assumed.
log_level = "INFO"

# With --output redpanda, which requires:
#   rpk topic create iam_test --partitions 3
#   rpk topic create iam_test_checkpoints --partitions 1 --topic-config cleanup.policy=compact
#   rpk security user create app --mechanism SCRAM-SHA-256 --password '…'
#   rpk security acl create --allow-principal User:app --operation write,describe --topic iam_test
#   rpk security acl create --allow-principal User:app --operation read,write,describe --topic iam_test_checkpoints
# redpanda_brokers = ["seed-0.example.com:9092"]  # Redpanda Cloud > the cluster > Overview > Kafka API
# redpanda_topic   = "iam_test"                   # as created above
# rp_sasl_user     = "app"                        # as created above
# With --topics per-table as well, redpanda_topic is <prefix> here, create_topics_command prints what creates the topics,
# and the user needs the same rights on all that begin with iam_test. (--resource-pattern-type prefixed):
# topic_name_pattern = "<prefix>.<schema>.<table>"
# With --format avro as well, and with READ and WRITE on subjects that begin with iam_test- (per-table: iam_test.):
# redpanda_schema_registry_url = "https://schema-registry.example.com:30081"  # ... Overview > Schema Registry

# With --output redpanda or --host ecs: the name under which the position in the binary log is kept. Another
# cluster, also a restored one, gets another name. rpconnect: goes on where 0.1.0 stopped.
#   `aws rds describe-db-clusters --query 'DBClusters[].DbClusterResourceId'`
# checkpoint_key = "rpconnect-cluster-U7CPSIZSCX2MPYNHKRETJG0HGE"

################################################################################
# Alarms
################################################################################

# SNS topics in the region above that are told when something is wrong; [] makes no alarm.
#   `aws sns list-topics --query 'Topics[].TopicArn'`
alarm_topic_arns = []

# What is alarming where the usual is not, by the end of the alarm's name: docs/alarms.md has all of them.
# Usual are 70 connections; 80 % of what the database allows is a good number. mysql: SELECT @@max_connections
alarm_thresholds = {}

# false: an apply writes no files, and a clean checkout plans none; outputs hold the same.
write_files = true
