from constructs import Construct
from cdktf import (
    App, Fn, S3Backend, TerraformOutput, TerraformStack, TerraformVariable,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition, EcsTaskDefinitionVolume
from cdktf_cdktf_provider_random.provider import RandomProvider
from cdktf_cdktf_provider_random.pet import Pet


class Orders(TerraformStack):
    def __init__(self, scope: Construct, id: str):
        super().__init__(scope, id)
        S3Backend(self, bucket="states", key="orders", region="eu-west-1")
        AwsProvider(self, "aws", region="eu-west-1")
        RandomProvider(self, "random")
        team = TerraformVariable(self, "team", type="string", default='data "in" \\d')
        pet = Pet(self, "pet", length=2, keepers={"Team": team.string_value})
        group = SecurityGroup(
            Construct(self, "Network"), "group",
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["10.0.0.0/8"])],
        )
        queue = SqsQueue(self, "queue", name=f"orders-{pet.id}",
                         policy=Fn.jsonencode({"Version": "2012-10-17", "Statement": []}))
        EcsTaskDefinition(self, "task", family="orders", container_definitions="[]",
                          volume=[EcsTaskDefinitionVolume(name="scratch")],
                          depends_on=[group])
        TerraformOutput(self, "queue_url", value=queue.url, description="$${literal}\n100%")


app = App()
Orders(app, "orders")
app.synth()
