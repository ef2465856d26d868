# Values for terraform/aurora-postgres-ec2 with --aurora existing, all of them, in the order of its variables.tf.
# `npx rpcn-aurora init` asks for each FILL IN, which no plan takes. By hand: copy this file, fill in its
# first part, and pass it to terraform with -var-file.
# `npx rpcn-aurora discover --aurora <identifier> --tfvars <copy>` fills in what AWS knows.
#
# With --database exec or provider, the password of db_master_username is set for every plan and apply, and is in no file:
#   export TF_VAR_db_master_password='…'

################################################################################
# To fill in
################################################################################

# AWS region of the VPC. `aws configure get region --profile <profile>`
region = "FILL IN"

# Profile of the account that owns the database. `aws configure list-profiles`
aws_profile = "FILL IN"

# Begins the names of all resources. null: names that only one module of this engine in the account can have.
name_prefix = null

# The cluster. `aws rds describe-db-clusters --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'`
cluster_identifier = "FILL IN"

# Database that holds the tables, and the user that runs the setup SQL: the master user, or another one.
db_name            = "FILL IN"
db_master_username = "postgres"

# The secret with that user's password, as JSON with a text "password". null: RDS's own secret of the master user,
# and where there is none, psql asks for the password.
#   `aws secretsmanager list-secrets --query 'SecretList[].ARN'`
master_secret_arn = null

# Who may connect: the host of Redpanda Connect, and you. 0.0.0.0/0 is refused.
#   `aws ec2 describe-instances --query 'Reservations[].Instances[].PrivateIpAddress'`
#   `curl https://checkip.amazonaws.com`
allowed_cidr_blocks = ["FILL IN"]

# Tables to stream, by bare name; they are there already. iamuser_test, listed and missing, is made for a first row.
cdc_tables = ["iamuser_test"]

# In its place, tables of several schemas:
# cdc_tables_by_schema = { sales = ["orders"], stock = ["items"] }

################################################################################
# Network: these defaults do
################################################################################

# false: this module adds no rule, because the security group's owner does.
manage_ingress = true

# The security group that gets the rules. null: the only one that the cluster has.
#   `aws rds describe-db-clusters --query 'DBClusters[].VpcSecurityGroups[].VpcSecurityGroupId'`
security_group_id = null

# Networks for which there is a rule already: AWS refuses a second one.
existing_ingress_cidrs = []

################################################################################
# Database: these defaults do
################################################################################

# Database user of the pipeline. The setup SQL creates it.
iam_auth_user = "iamuser"

# null: RDS's certificates, fetched over HTTPS. Without internet access:
#   export TF_VAR_rds_ca_pem="$(cat rds-ca.pem)", from https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem
rds_ca_pem = null

# With --database provider: those certificates in a file, required before the first plan.
#   curl -fsS -w '\n' https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem
# rds_ca_file = "rds-ca.pem"

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
