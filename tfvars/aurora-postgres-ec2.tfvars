# Values for terraform/aurora-postgres-ec2, all of them, in the order of its variables.tf.
# `npx rpcn-aurora init` asks for each FILL IN, which no plan takes. By hand: copy this file, fill in its
# first part, and pass it to terraform with -var-file.
#
# The master user's password is in no file. Choose it, and set it for every plan and apply:
#   export TF_VAR_db_master_password='…'  # 8 to 99 printable ASCII characters other than / " @ and space

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
# For a new one: `aws rds describe-db-engine-versions --engine aurora-postgresql --query 'DBEngineVersions[].EngineVersion'`
engine_version = "17.4"

################################################################################
# Database: these defaults do
################################################################################

# Database and master user. Neither can change later without a new cluster.
db_name            = "exampledb"
db_master_username = "postgres"

# RDS can make the master user's password and keep it in Secrets Manager. Then leave TF_VAR_db_master_password out.
#   manage_master_password = true

# Raise by one to send a new TF_VAR_db_master_password.
db_master_password_version = 1

# `aws rds describe-orderable-db-instance-options --engine aurora-postgresql --engine-version 17.4 --query 'OrderableDBInstanceOptions[].DBInstanceClass'`
instance_class = "db.t4g.medium"  # with --profile production no class T: "db.r6g.large"

# Database user of the pipeline. The setup SQL creates it.
iam_auth_user = "iamuser"

# null: RDS's certificates, fetched over HTTPS. Without internet access:
#   export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)", from https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem
rds_ca_pem = null

# With --database provider: those certificates in a file, required before the first plan.
#   curl -fsS -w '\n' https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem
# rds_ca_file = "rds-ca.pem"

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
# Most that a replication slot may keep of the log, in MB; beyond it the pipeline's position is lost. null: no limit.
# max_slot_wal_keep_size = null  # 102400 for 100 GB

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
#   psql: \dt
cdc_tables = ["iamuser_test"]

# In its place, tables of several schemas:
# cdc_tables_by_schema = { sales = ["orders"], stock = ["items"] }

# With --database provider: true once your migrations and db_setup_command have created those tables.
# cdc_tables_ready = false

# The one schema that holds them. psql: \dn
cdc_schema = "public"

# Replication slot, which keeps the position. psql: select slot_name from pg_replication_slots
slot_name = "rpcn_iam_test"

# What a value above about 2 kB arrives as when an UPDATE leaves it as it is, such as "__unchanged__".
# null: as null. The setup SQL names the tables that this concerns.
unchanged_toast_value = null

# Columns of the record key, usually the primary key.
cdc_key_columns = ["id"]

# For tables with another key:
# cdc_key_columns_by_table = { "public.orders" = ["order_no"] }

# true: first send the rows that already exist.
stream_snapshot = false

# DEBUG, INFO, WARN or ERROR. DEBUG shows each role that is assumed.
log_level = "INFO"

# With --output redpanda, which requires:
#   rpk topic create iam_test --partitions 3
#   rpk security user create app --mechanism SCRAM-SHA-256 --password '…'
#   rpk security acl create --allow-principal User:app --operation write,describe --topic iam_test
# redpanda_brokers = ["seed-0.example.com:9092"]  # Redpanda Cloud > the cluster > Overview > Kafka API
# redpanda_topic   = "iam_test"                   # as created above
# rp_sasl_user     = "app"                        # as created above
# With --topics per-table as well, redpanda_topic is <prefix> here, create_topics_command prints what creates the topics,
# and the user needs the same rights on all that begin with iam_test. (--resource-pattern-type prefixed):
# topic_name_pattern = "<prefix>.<schema>.<table>"
# With --format avro as well, and with READ and WRITE on subjects that begin with iam_test- (per-table: iam_test.):
# redpanda_schema_registry_url = "https://schema-registry.example.com:30081"  # ... Overview > Schema Registry

################################################################################
# Alarms
################################################################################

# SNS topics in the region above that are told when something is wrong; [] makes no alarm.
#   `aws sns list-topics --query 'Topics[].TopicArn'`
alarm_topic_arns = []

# What is alarming where the usual is not, by the end of the alarm's name: docs/alarms.md has all of them.
# Usual are 150 connections; 80 % of what the database allows is a good number. psql: SHOW max_connections
alarm_thresholds = {}

# false: an apply writes no files, and a clean checkout plans none; outputs hold the same.
write_files = true
