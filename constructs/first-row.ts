import type { Connection, Engine } from "../engines/engine";

/**
 * Shell command, in one line, that inserts a row into the demo table and waits until it is on the
 * topic: it looks at the rows of the last ten minutes, again and again.
 * @param topic name of the topic: text with Terraform interpolations
 * @see https://docs.redpanda.com/current/reference/rpk/rpk-topic/rpk-topic-consume/
 */
export function firstRowCommand(
  { clientCommand, firstRow }: Engine,
  connection: Connection,
  topic: string,
): string {
  const insert = clientCommand(connection, { statement: firstRow.statement });
  const look = `rpk topic consume ${topic} --offset @-10m:end --format '%v\\n'`;
  const command = `row=$(date +%s) && ${insert} && until ${look} | grep "${firstRow.pattern}"; do sleep 2; done`;
  const instead =
    "# iamuser_test is not among cdc_tables: insert a row of your own, and see it by consume_command";
  return `%{ if contains(var.cdc_tables, "iamuser_test") }${command}%{ else }${instead}%{ endif }`;
}
