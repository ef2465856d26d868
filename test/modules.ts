import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesized } from "./synthesized";

/** The modules of all stacks with the default of every flag: content by file name, by stack. */
export const modules = synthesized({});

/** Names of the stacks. */
export const stacks = [...modules.keys()];

/** A workspace's files: a stack's module, and the hand-written original's own values for it. */
export function moduleWith(
  stack: string,
  all: ReadonlyMap<string, Record<string, string>> = modules,
): { files: Record<string, string> } {
  return { files: { ...all.get(stack), "terraform.tfvars": originalTfvars(stack) } };
}

/** The same values by variable, as the environment takes them. */
export function originalValues(stack: string): Record<string, string> {
  const lines = originalTfvars(stack).matchAll(/^(\w+)\s*=\s*"?(.*?)"?$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

function originalTfvars(stack: string): string {
  return readFileSync(join(__dirname, "fixtures", "original", `${stack}.tfvars`), "utf8");
}

/** Values for the topology `ec2`, whichever its choices are. */
export const ec2Values = {
  // Of the other topology, where everything has one.
  name_prefix: null,
  vpc_id: "vpc-0342476ccc1ef05f4",
  db_subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
  allowed_cidr_blocks: ["10.0.1.0/24"],
  db_master_password: "postgres",
};

/** What AWS says of those subnets: they are in two zones of the VPC. */
export const subnets = {
  "data.aws_subnet": ({ values }: { values: Record<string, unknown> }) => ({
    vpc_id: ec2Values.vpc_id,
    availability_zone: String(values.id).endsWith("a") ? "us-east-2a" : "us-east-2b",
  }),
};
