import { tmpdir } from "node:os";
import type { Assignment } from "../assignments";
import type { Cloud } from "../request";
import { textIn } from "../tfvars";
import { askAurora, regionOf } from "./ask";
import { type Findings, findings } from "./findings";
import { portOf } from "./ingress";
import type { Login } from "./refusals";
import type { Step } from "./steps";
import { tablesBy } from "./tables";

export interface AuroraOptions extends Login {
  /** Identifier of the cluster. */
  readonly aurora: string;
  /** File whose choices of group, database and user are kept. @default - none */
  readonly tfvars?: string;
}

/** What the command finds around it. */
interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** By whose proxy certificates are fetched. */
  readonly cloud: Cloud;
  /** For one program, in milliseconds. */
  readonly limit: number;
  /** Takes what goes to standard error. */
  readonly warn: (text: string) => void;
}

/**
 * Asks AWS for a cluster, and says what it means for a module that streams from it, what is missing,
 * and which tables there are.
 *
 * @returns the values of the module's variables; undefined where no module can stream from it
 * @throws {AwsProblem} where AWS cannot be asked, or has no such cluster
 */
export async function discoverAurora(
  { aurora, tfvars, ...login }: AuroraOptions,
  { environment, cloud, limit, warn }: Surroundings,
): Promise<readonly Assignment[] | undefined> {
  const asked = await askAurora(aurora, login, { cwd: tmpdir(), environment, limit });
  const chosen = (name: string) => (tfvars === undefined ? undefined : textIn(tfvars, name));
  const found = findings(asked, login, {
    now: new Date(),
    chosen,
    profile: login.profile ?? environment.AWS_PROFILE,
  });
  const { engine, misfits, values } = found;
  warn(asText(found));
  if (!engine || misfits.length > 0) return undefined;

  const { cluster } = asked;
  const database = chosen("db_name") ?? cluster.DatabaseName;
  const user = chosen("db_username") ?? chosen("db_master_username") ?? cluster.MasterUsername;
  if (!cluster.Endpoint || !user) return values;
  warn(
    database
      ? await tablesBy(
          {
            engine,
            region: regionOf(cluster),
            connection: {
              host: cluster.Endpoint,
              port: String(portOf(asked, engine)),
              user,
              database,
            },
          },
          { environment, cloud, limit },
        )
      : "Tables were not looked at: AWS names no database of this cluster. Set db_name in a file, and give that with --tfvars.\n",
  );
  return values;
}

function asText({ summary, remarks, misfits, steps }: Findings): string {
  return [
    summary,
    ...[...misfits, ...remarks].map((line) => `- ${line}`),
    ...(misfits.length > 0 ? [] : missing(steps)),
    "",
  ].join("\n");
}

function missing(steps: readonly Step[]): string[] {
  const rest = "What only the database can tell, the setup SQL checks before it changes anything.";
  if (steps.length === 0) return [`Nothing is missing of what AWS tells. ${rest}`];
  return [
    "Missing, in this order:",
    ...steps.flatMap(({ does, costs, commands }, index) => [
      `${index + 1}. ${does} ${costs}`,
      ...commands.map((command) => `     ${command}`),
    ]),
    `None of these changes data, users, passwords, networks or another parameter, and nothing was changed yet. ${rest}`,
  ];
}
