import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Connection, Engine } from "../../../engines/engine";
import { byWithin, type Within } from "../../../variables/database";
import { askDatabase, missingPassword } from "../../programs/database-client";
import { type Cloud, CloudError, getText } from "../request";

/** Who looks for the tables, and where. */
export interface Entrance {
  readonly engine: Engine;
  readonly region: string;
  /** Without the file of certificates, which is fetched. */
  readonly connection: Omit<Connection, "caFile">;
}

const rows = z.array(
  z.object({
    name: z.string(),
    key: z.string(),
    rows: z.string(),
    bytes: z.string(),
    remark: z.string(),
  }),
);

/**
 * The tables of a database with what their stream lacks, as lines for people; or why nobody looked,
 * as a sentence. Where no password is at hand, nobody is asked for one.
 */
export async function tablesBy(
  { engine, region, connection }: Entrance,
  { environment, cloud, limit }: { environment: NodeJS.ProcessEnv; cloud: Cloud; limit: number },
): Promise<string> {
  const missing = missingPassword(engine, environment);
  if (missing) return notLookedAt(missing);
  const folder = mkdtempSync(join(tmpdir(), "rpcn-aurora-"));
  try {
    const caFile = join(folder, "rds-ca.pem");
    writeFileSync(caFile, await certificates(region, cloud));
    const answer = await askDatabase(engine, { ...connection, caFile }, engine.tables, {
      cwd: folder,
      environment,
      limit,
    });
    if ("refused" in answer) return notLookedAt(answer.refused);
    const read = rows.safeParse("value" in answer ? answer.value : undefined);
    if (!read.success) return notLookedAt(`what ${engine.client.program} said is not understood.`);
    return asText(read.data, connection, engine);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return notLookedAt(error.message);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const notLookedAt = (why: string) => `Tables were not looked at: ${why}\n`;

/**
 * RDS's certificates of the region, and Amazon's, which Serverless v2 is documented with too.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
 * @throws {CloudError}
 */
async function certificates(region: string, cloud: Cloud): Promise<string> {
  const bundles = [
    `https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem`,
    "https://www.amazontrust.com/repository/AmazonRootCA1.pem",
  ];
  const texts = await Promise.all(bundles.map((url) => getText(url, cloud)));
  return texts.join("\n");
}

/** So many are shown: the rest would hide what comes before. */
const longest = 100;

function asText(
  tables: z.infer<typeof rows>,
  { user, database }: Pick<Connection, "user" | "database">,
  { table: { within } }: Engine,
): string {
  const nameable = tables.filter(({ name }) => name !== "");
  const others = tables.length - nameable.length;
  const lines = nameable
    .slice(0, longest)
    .map(({ name, key, rows, bytes, remark }) => [
      name,
      key || "no primary key",
      `${rows} rows`,
      size(Number(bytes)),
      remark,
    ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const more = nameable.length - lines.length;
  return [
    `Tables of ${database}, as ${user} sees them, with primary key and estimated size:`,
    ...lines.map(
      (line) =>
        `  ${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}`,
    ),
    ...(nameable.length === 0 ? ["  none"] : []),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(others > 0 ? [`  and ${others} whose names cdc_tables does not take`] : []),
    ...chosenFrom(nameable, within),
    "",
  ].join("\n");
}

/** In which variables tables may be listed, and the keys of those that are not keyed as is usual. */
function chosenFrom(tables: z.infer<typeof rows>, within: Within): string[] {
  const holders = new Set(tables.map(({ name }) => name.split(".")[0]));
  if (holders.size < 2) return ["Choose from them for cdc_tables."];
  // Letters that are shown as question marks would name another column.
  const keyed = tables
    .slice(0, longest)
    .filter(({ key }) => key !== "id" && /^[\w$]+(?:, [\w$]+)*$/.test(key));
  return [
    `Choose from them for cdc_tables, those of one ${within.noun}, or for ${byWithin(within)}.`,
    ...(keyed.length > 0 ? ["Primary keys other than id, for cdc_key_columns_by_table:"] : []),
    ...keyed.map(({ name, key }) => `  "${name}" = ${JSON.stringify(key.split(", "))}`),
  ];
}

/** Such as `64 kB`. */
function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${Math.round(bytes / 1024 ** power)} ${units[power]}`;
}
