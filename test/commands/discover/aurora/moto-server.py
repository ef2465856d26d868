"""
moto's server, with a cluster as most are: AWS's own parameter group, and no IAM. Prints its port.

moto has no default groups, and no values in them: the group and its parameters are made, as AWS has
them. https://github.com/getmoto/moto/blob/master/moto/rds/models.py
"""

from moto_aws import ec2, group, rds, serve

zone = {"Name": "availability-zone", "Values": ["us-east-2a"]}
subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets(Filters=[zone])["Subnets"]]
ec2.authorize_security_group_ingress(
    GroupId=group,
    IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "3.139.175.89/32"}]}
    ],
)
rds.create_db_subnet_group(
    DBSubnetGroupName="orders-subnets", DBSubnetGroupDescription="x", SubnetIds=subnets
)
own = "default.aurora-postgresql16"
rds.create_db_cluster_parameter_group(
    DBClusterParameterGroupName=own, DBParameterGroupFamily="aurora-postgresql16", Description="x"
)
rds.create_global_cluster(
    GlobalClusterIdentifier="world", Engine="aurora-postgresql", EngineVersion="16.6"
)
rds.create_db_cluster(
    DBClusterIdentifier="orders",
    Engine="aurora-postgresql",
    EngineVersion="16.6",
    MasterUsername="shop_admin",
    ManageMasterUserPassword=True,
    DatabaseName="shop",
    DBClusterParameterGroupName=own,
    DBSubnetGroupName="orders-subnets",
    VpcSecurityGroupIds=[group],
    StorageEncrypted=True,
    EnableCloudwatchLogsExports=["postgresql"],
    GlobalClusterIdentifier="world",
)
rds.create_db_instance(
    DBInstanceIdentifier="orders-1",
    DBClusterIdentifier="orders",
    Engine="aurora-postgresql",
    DBInstanceClass="db.r6g.large",
    PubliclyAccessible=True,
)
serve()
