import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderSynthesized } from "../src";
import { formattingOf, hasTerraform } from "./terraform";

/**
 * What `python main.py` wrote beside it, with Python 3.11.7 and, from PyPI, cdktf 0.21.0, constructs
 * 10.8.1, jsii 1.142.0, and the prebuilt bindings cdktf-cdktf-provider-aws 21.22.1 and
 * cdktf-cdktf-provider-random 12.0.1. The project is an imitation of our own.
 */
const json = readFileSync(join(__dirname, "languages", "python", "cdk.tf.json"), "utf8");

test("what a project in Python synthesizes", () => {
  const { files, refused, remarks } = renderSynthesized(json, { tame: true });
  expect({ refused, remarks }).toEqual({ refused: [], remarks: [] });
  expect(files).toEqual({
    "versions.tf": `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "3.7.2"
    }
  }

  backend "s3" {
    bucket = "states"
    key    = "orders"
    region = "eu-west-1"
  }
}
`,
    "providers.tf": `provider "aws" {
  region = "eu-west-1"
}

provider "random" {}
`,
    "variables.tf": `variable "team" {
  type    = string
  default = "data \\"in\\" \\\\d"
}
`,
    "main.tf": `resource "aws_security_group" "network_group" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "random_pet" "pet" {
  keepers = { Team = var.team }
  length  = 2
}

resource "aws_sqs_queue" "queue" {
  name = "orders-\${random_pet.pet.id}"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = []
  })
}

resource "aws_ecs_task_definition" "task" {
  container_definitions = "[]"
  family                = "orders"

  volume {
    name = "scratch"
  }

  depends_on = [aws_security_group.network_group]
}
`,
    "moved.tf": `moved {
  from = aws_security_group.Network_group_4544EECC
  to   = aws_security_group.network_group
}
`,
    "outputs.tf": `output "queue_url" {
  description = "$$\${literal}\\n100%"
  value       = aws_sqs_queue.queue.url
}
`,
  });
  if (hasTerraform) expect(formattingOf({ ...files })).toBe("");
});
