import { Lazy, TerraformOutput } from "cdktf";
import { asExpression, layout } from "cdktf-hcl";
import type { Construct } from "constructs";
import type { Engine } from "../engines/engine";

/** Outputs by name: the value, and what it is. */
export type Outputs = Record<string, readonly [value: string, description: string]>;

/** Ends a command of the AWS CLI that is for the database's account. */
export const profileOption = '${var.aws_profile == null ? "" : " --profile ${var.aws_profile}"}';

/** Declares `outputs` under one section banner, in their order. */
export function declareOutputs(scope: Construct, section: string, outputs: Outputs): void {
  for (const [name, [value, description]] of Object.entries(outputs)) {
    layout(new TerraformOutput(scope, `output.${name}`, { value, description }), { section });
  }
}

/**
 * A command where `condition`, an expression, is true, and else what to do first: text that is no
 * command. Not written as `%{ if }`: Checkov and others that read HCL stop at quotes in there.
 * @param command text with Terraform interpolations, or what this function returns
 */
export function commandIf(condition: string, command: string, instead: string): string {
  return Lazy.stringValue({
    produce: (context) => {
      // Within another one, CDKTF would leave out the braces that tell interpolations from text.
      context.suppressBraces = false;
      const quoted = asExpression(context.resolve(command));
      const isText = quoted.startsWith('"');
      return `\${${condition} ? ${isText ? quoted : `(${quoted})`} : "# ${instead}"}`;
    },
  });
}

/**
 * The command that inserts a row into the demo table and waits until it is on the topic.
 * @param topic name of the topic: text with Terraform interpolations
 * @param client shell command of the client, connected as the master user
 */
export function firstRowCommand(
  { firstRowArguments }: Engine,
  topic: string,
  client: string,
): string {
  return commandIf(
    'contains(var.cdc_tables, "iamuser_test")',
    ["sh first_row.sh", topic, ...firstRowArguments, client].join(" "),
    "iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command",
  );
}

/**
 * The command that adds rules to the private destinations that the Redpanda cluster's pipelines may
 * reach. The API takes the list as a whole, 16 rules at most.
 * @param rules expression, a list of objects with `cidr`, `port_start` and `port_end`
 * @see https://docs.redpanda.com/cloud-data-platform/networking/connect-egress-allowlist/
 * @see https://docs.redpanda.com/api/doc/cloud-controlplane/operation/operation-clusterservice_updatecluster
 */
export function allowEgressCommand(rules: string): string {
  const call =
    'curl -fsS -H "Authorization: Bearer $(rpk cloud auth token)" https://api.redpanda.com/v1/clusters/${var.redpanda_cluster_id}';
  const list = ".redpanda_connect.allowed_destination_cidr_ports";
  return `${call} | jq -c 'select(.cluster) | {redpanda_connect: {allowed_destination_cidr_ports: ((.cluster${list} // []) + \${jsonencode(${rules})} | unique)}}' | ${call} -X PATCH -H 'Content-Type: application/json' --data @-`;
}
