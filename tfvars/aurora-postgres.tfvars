# Values for terraform/aurora-postgres, all of them, in the order of its variables.tf.
# `npx rpcn-aurora init` asks for each FILL IN, which no plan takes. By hand: copy this file, fill in its
# first part, and pass it to terraform with -var-file.
#
# The two passwords are in no file. Choose them, and set them for every plan and apply:
#   export TF_VAR_db_password='…'       # 8 to 99 printable ASCII characters other than / " @ and space
#   export TF_VAR_rp_sasl_password='…'  # 3 to 128 characters
# Credentials come from the environment as well:
#   REDPANDA_CLIENT_ID, REDPANDA_CLIENT_SECRET: Redpanda Cloud > Organization IAM > Service accounts

################################################################################
# To fill in: yours, different for every team
################################################################################

# AWS region of the database. `aws configure get region --profile <profile>`
region = "FILL IN"

# Profile of the account that owns the database, not Redpanda's. `aws configure list-profiles`
aws_profile = "FILL IN"

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

################################################################################
# Network: these defaults do
################################################################################

# Network of the new VPC, /16 to /26. `aws ec2 describe-vpcs` shows those that you have.
vpc_cidr = "10.201.0.0/24"

# Availability zones with a subnet, 2 to 4.
az_count = 2

# With --network routed: a VPC that you have, and subnets of it in two zones; null and []: a new VPC.
#   `aws ec2 describe-subnets --query 'Subnets[].[VpcId,SubnetId,AvailabilityZone]'`
# vpc_id     = null
# subnet_ids = []

# With --network routed and a new VPC: the transit gateway or peering that leads to redpanda_vpc_cidrs, once it is there.
#   `aws ec2 describe-transit-gateways`, `aws ec2 describe-vpc-peering-connections`
# redpanda_gateway_id = null

# With --network peering and a BYOVPC cluster: its VPC, and the route tables of its private subnets.
# null and []: Redpanda has made them, and its tags tell.
#   `aws ec2 describe-route-tables --query 'RouteTables[].[VpcId,RouteTableId,Tags]'` in Redpanda's account
# redpanda_vpc_id          = null
# redpanda_route_table_ids = []

# From where people may run psql: null is the address Terraform runs from, [] is nobody.
# `curl https://checkip.amazonaws.com` shows yours.
# With --network routed or peering: private networks, such as ["10.8.0.0/24"] of a VPN, or [], and not null.
admin_cidrs = null

################################################################################
# Database
################################################################################

# Database, and its master user. Your choice; neither can change later without a new cluster.
db_name     = "demo_db"
db_username = "postgres"

# RDS can make the master user's password and keep it in Secrets Manager. Then leave TF_VAR_db_password out.
#   manage_master_password = true

# Raise by one to send a new TF_VAR_db_password.
db_password_version = 1

# `aws rds describe-db-engine-versions --engine aurora-postgresql --query 'DBEngineVersions[].EngineVersion'`
engine_version = "17.4"

# Capacity in ACU (2 GiB of memory each), steps of 0.5. The minimum is what an idle cluster costs. With --profile
# production, of each of two instances; AWS recommends at least 2 then.
serverlessv2_min_acu = 0.5
serverlessv2_max_acu = 2

# Database user of the pipeline. The setup SQL creates it.
iam_auth_user = "iam_demo_user"

# null: RDS's certificates, fetched over HTTPS. Without internet access: file("rds-ca.pem") is
# not possible in this file, so give the text with TF_VAR_rds_ca_pem="$(cat rds-ca.pem)".
# Source: https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem
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

# Only for a self-hosted Redpanda Connect: the ARN of its role. `aws iam get-role --role-name <name>`
trusted_principal_arn = null

# Required by the db-connect role and presented by the pipeline, if set. Your choice, 2 to 1224 characters.
external_id = null

# With --grant attach or --network peering: access to Redpanda's account. `aws configure list-profiles`
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
