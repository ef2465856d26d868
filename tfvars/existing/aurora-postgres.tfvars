# Values for terraform/aurora-postgres with --aurora existing, all of them, in the order of its variables.tf.
# `npx rpcn-aurora init` asks for each FILL IN, which no plan takes. By hand: copy this file, fill in its
# first part, and pass it to terraform with -var-file.
# `npx rpcn-aurora discover --aurora <identifier> --tfvars <copy>` fills in what AWS knows.
#
# Passwords are in no file. Set them for every plan and apply:
#   export TF_VAR_rp_sasl_password='…'  # 3 to 128 characters, your choice
#   export TF_VAR_db_password='…'       # with --database exec or provider: that of db_username
# Credentials come from the environment as well:
#   REDPANDA_CLIENT_ID, REDPANDA_CLIENT_SECRET: Redpanda Cloud > Organization IAM > Service accounts

################################################################################
# To fill in: yours, different for every team
################################################################################

# AWS region of the database. `aws configure get region --profile <profile>`
region = "FILL IN"

# Profile of the account that owns the database, not Redpanda's. `aws configure list-profiles`
aws_profile = "FILL IN"

# The cluster. `aws rds describe-db-clusters --filters Name=engine,Values=aurora-postgresql --query 'DBClusters[].DBClusterIdentifier'`
cluster_identifier = "FILL IN"

# Database that holds the tables, and the user that runs the setup SQL: the master user, or another one.
db_name     = "FILL IN"
db_username = "postgres"

# The secret with that user's password, as JSON with a text "password". null: RDS's own secret of the master user,
# and where there is none, psql asks for the password.
#   `aws secretsmanager list-secrets --query 'SecretList[].ARN'`
master_secret_arn = null

# Prefix of every name: 1 to 26 lower-case letters, digits, single hyphens. Your choice.
name_prefix = "demo-postgres"

# The Redpanda cluster's NAT gateway, as /32.
#   Console: Redpanda Cloud > the cluster > Overview > NAT gateways
#   API:     npx rpcn-aurora discover --cluster <id>, or GET https://api.redpanda.com/v1/clusters/<id>
# A cluster with several gateways: redpanda_cidrs = ["3.139.175.89/32", "3.139.175.90/32"]
redpanda_cidr = "FILL IN"

# With --network routed, in place of redpanda_cidr: the private networks of the Redpanda cluster's VPC.
#   Console: Redpanda Cloud > Networks > the cluster's network
# redpanda_vpc_cidrs = ["10.0.0.0/16"]

# AWS account in which the Redpanda cluster runs, 12 digits in quotes.
#   `aws sts get-caller-identity --query Account` with that account's profile
redpanda_aws_acct_id = "FILL IN"

# Id of the BYOC cluster.
#   Console: Redpanda Cloud > the cluster > Overview > Cluster ID;  or `rpk cloud cluster list`
redpanda_cluster_id = "FILL IN"

# Redpanda user that the apply creates for the pipeline. Your choice.
rp_sasl_user = "demo_postgres_iam_sasl_user"

# With --format avro: disabled, key_value or value_schema_id_prefix; the cluster must have iceberg_enabled.
#   `rpk cluster config get iceberg_enabled`
# iceberg_mode = "disabled"

# Tables to stream, by bare name; they are there already. iamuser_test, listed and missing, is made for a first row.
cdc_tables = ["iamuser_test"]

# In its place, tables of several schemas:
# cdc_tables_by_schema = { sales = ["orders"], stock = ["items"] }

################################################################################
# Network: these defaults do
################################################################################

# From where people may run psql, if no rule lets them in already. `curl https://checkip.amazonaws.com` shows yours.
admin_cidrs = []

# false: this module adds no rule, because the security group's owner does.
manage_ingress = true

# The security group that gets the rules. null: the only one that the cluster has.
#   `aws rds describe-db-clusters --query 'DBClusters[].VpcSecurityGroups[].VpcSecurityGroupId'`
security_group_id = null

# Networks for which there is a rule already: AWS refuses a second one.
existing_ingress_cidrs = []

################################################################################
# Database
################################################################################

# Database user of the pipeline. The setup SQL creates it.
iam_auth_user = "iam_demo_user"

# null: RDS's certificates, fetched over HTTPS. Without internet access: file("rds-ca.pem") is
# not possible in this file, so give the text with TF_VAR_rds_ca_pem="$(cat rds-ca.pem)".
# Source: https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem
rds_ca_pem = null

# With --database provider: those certificates in a file, required before the first plan.
#   curl -fsS -w '\n' https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem https://www.amazontrust.com/repository/AmazonRootCA1.pem > rds-ca.pem
# rds_ca_file = "rds-ca.pem"

################################################################################
# IAM
################################################################################

# Only for a self-hosted Redpanda Connect: the ARN of its role. `aws iam get-role --role-name <name>`
trusted_principal_arn = null

# Required by the db-connect role and presented by the pipeline, if set. Your choice, 2 to 1224 characters.
external_id = null

# With --grant attach: access to Redpanda's account. `aws configure list-profiles`
# redpanda_aws_profile = "default"
# redpanda_region      = null  # null: the cluster's, as shown in Redpanda Cloud > the cluster > Overview

# With --credentials static: 0 before there is a key, then 1. The key itself is set in the environment:
# TF_VAR_access_key_id and TF_VAR_secret_access_key. `terraform output -raw create_access_key_command`
# access_key_version = 0

################################################################################
# Pipeline
################################################################################

# Raise by one to send a new TF_VAR_rp_sasl_password.
rp_sasl_password_version = 1

# Another topic for the rows than <name_prefix>.iam_auth_topic_test:
# topic_name = "orders.changes"

# With --topics per-table in its place: what the tables' topics are called, and what new ones are like. Those that are
# there stay as they are.
# topic_name_pattern                = "<prefix>.<schema>.<table>"
# topic_partitions                  = 3
# topic_partitions_by_table         = { "public.orders" = 12 }
# topic_replication_factor          = 3
# topic_replication_factor_by_table = { "public.orders" = 5 }
# topic_retention_ms                = 604800000  # seven days
# topic_retention_ms_by_table       = { "public.orders" = 2592000000 }
# retained_tables                   = ["public.old_orders"]  # no longer streamed, and their topics stay

# With --profile production or --topics per-table: true, applied first, before terraform destroy.
# topics_allow_deletion = false

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
