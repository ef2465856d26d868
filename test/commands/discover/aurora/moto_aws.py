"""
moto's server, clients of it, and a security group in its default VPC.
"""

import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()


def client(service):
    return boto3.client(
        service,
        region_name="us-east-2",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="x",
        aws_secret_access_key="x",
    )


def serve(*lines):
    """Prints the port, and these lines, and serves until the standard input ends."""
    print(port, *lines, sep="\n", flush=True)
    sys.stdin.read()


ec2 = client("ec2")
rds = client("rds")
vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
group = ec2.create_security_group(GroupName="orders-db", Description="x", VpcId=vpc)["GroupId"]
