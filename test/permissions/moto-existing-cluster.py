"""
moto's server, with a cluster that is ready for a pipeline. Prints its port.
"""

import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
access = {
    "region_name": "us-east-2",
    "endpoint_url": f"http://{host}:{port}",
    "aws_access_key_id": "x",
    "aws_secret_access_key": "x",
}
ec2 = boto3.client("ec2", **access)
rds = boto3.client("rds", **access)

vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
group = ec2.create_security_group(GroupName="orders-db", Description="x", VpcId=vpc)["GroupId"]
rds.create_db_cluster_parameter_group(
    DBClusterParameterGroupName="orders-cdc",
    DBParameterGroupFamily="aurora-postgresql17",
    Description="x",
)
rds.create_db_cluster(
    DBClusterIdentifier="orders",
    Engine="aurora-postgresql",
    EngineVersion="17.4",
    Port=5432,
    MasterUsername="shop_admin",
    MasterUserPassword="not-a-secret",
    DatabaseName="shop",
    DBClusterParameterGroupName="orders-cdc",
    VpcSecurityGroupIds=[group],
    EnableIAMDatabaseAuthentication=True,
)
rds.create_db_instance(
    DBInstanceIdentifier="orders-1",
    DBClusterIdentifier="orders",
    Engine="aurora-postgresql",
    DBInstanceClass="db.r6g.large",
    PubliclyAccessible=True,
)
print(port, flush=True)
sys.stdin.read()
