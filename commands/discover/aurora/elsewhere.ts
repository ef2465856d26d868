import { engines } from "../../../engines";

/**
 * What answers RDS's API beside Aurora, by its engine, and the input of Redpanda Connect that reads
 * its changes.
 *
 * @see https://docs.redpanda.com/connect/guides/cdc/
 */
const others: readonly [engine: RegExp, product: string, input?: string][] = [
  ...engines.map(({ flag, product, connector }): (typeof others)[number] => [
    new RegExp(`^${flag}$`),
    `RDS for ${product}`,
    connector.input,
  ]),
  [/^mariadb$/, "RDS for MariaDB", "mysql_cdc"],
  [/^(custom-)?oracle-/, "RDS for Oracle", "oracledb_cdc"],
  [/^(custom-)?sqlserver-/, "RDS for SQL Server", "microsoft_sql_server_cdc"],
  [/^db2-/, "RDS for Db2"],
  [/^docdb$/, "Amazon DocumentDB", "mongodb_cdc"],
  [/^neptune$/, "Amazon Neptune"],
];

/** What an engine that no module serves is, and what would serve it: the end of a sentence. */
export function instead(engine: string): string {
  const [, product, input] = others.find(([pattern]) => pattern.test(engine)) ?? [];
  if (!product) {
    const served = engines.map(({ auroraEngine }) => auroraEngine).join(" or ");
    return `${engine}, and the modules are for ${served}.`;
  }
  return input
    ? `${product}, and the modules are for Aurora. The input ${input} reads it, in a pipeline of your own.`
    : `${product}, and the modules are for Aurora. No input of Redpanda Connect reads its changes.`;
}
