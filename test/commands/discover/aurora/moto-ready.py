"""
moto's server, with a cluster of the engine that is named, which is ready for a pipeline and writes
its log of refused tokens, and a secret.
Prints its port and the secret's ARN.
"""

import sys

from moto_aws import client, group, rds, serve

engine, version, family, port = {
    "postgres": ("aurora-postgresql", "17.4", "aurora-postgresql17", 5432),
    "mysql": ("aurora-mysql", "8.0.mysql_aurora.3.10.3", "aurora-mysql8.0", 3306),
}[sys.argv[1]]

rds.create_db_cluster_parameter_group(
    DBClusterParameterGroupName="orders-cdc",
    DBParameterGroupFamily=family,
    Description="x",
)
rds.create_db_cluster(
    DBClusterIdentifier="orders",
    Engine=engine,
    EngineVersion=version,
    Port=port,
    MasterUsername="shop_admin",
    MasterUserPassword="not-a-secret",
    DatabaseName="shop",
    DBClusterParameterGroupName="orders-cdc",
    VpcSecurityGroupIds=[group],
    EnableIAMDatabaseAuthentication=True,
    EnableCloudwatchLogsExports=["iam-db-auth-error"],
)
rds.create_db_instance(
    DBInstanceIdentifier="orders-1",
    DBClusterIdentifier="orders",
    Engine=engine,
    DBInstanceClass="db.r6g.large",
    PubliclyAccessible=True,
)
client("logs").create_log_group(logGroupName="/aws/rds/cluster/orders/iam-db-auth-error")
secret = client("secretsmanager").create_secret(
    Name="orders", SecretString='{"username": "shop_admin", "password": "not-a-secret"}'
)
serve(secret["ARN"])
