import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { engines } from "../../../engines";
import { type Cloud, redpandaCloud } from "../../discover/request";
import { textIn } from "../../discover/tfvars";
import { UsageError } from "../../usage-error";
import { readModule } from "../module";
import { completed, type Names } from "../names";
import { exitCodes } from "../report-schema";
import { Asker } from "./ask";
import type { Account } from "./check";
import { checksOf, isOneAccount, type LiveModule } from "./checks";
import { Look } from "./look";
import { asText, conclusionOf, type Finding, reportOf } from "./report";

export interface LiveOptions {
  /** See {@link readModule}. */
  readonly state?: string;
  readonly json?: boolean;
}

/** What the command finds around it. */
export interface Surroundings {
  /** @default - the process's */
  readonly environment?: NodeJS.ProcessEnv;
  /** Takes what goes to standard error. @default - standard error */
  readonly warn?: (text: string) => void;
  /** @default - the real one */
  readonly cloud?: Cloud;
  /** For one program, in milliseconds. @default 30000 */
  readonly limit?: number;
}

/**
 * Looks at the pipeline itself: asks AWS, Redpanda Cloud and the database what they know of it, by
 * what the person at the keyboard has for them, and names the first hop that is broken. It changes
 * nothing and reads no secret.
 *
 * @param print takes what goes to standard output: each check when it is done, then the conclusion
 * @returns the exit code: 0 rows are streaming, 1 a cause was found, 3 neither can be told
 * @throws {UsageError} when there is no state
 */
export async function live(
  { state, json }: LiveOptions,
  print: (text: string) => void,
  {
    environment = process.env,
    warn = (text) => process.stderr.write(text),
    cloud = redpandaCloud,
    limit = 30_000,
  }: Surroundings = {},
): Promise<number> {
  const module = moduleAt(state);
  const folder = folderOf(state);
  const { engine, topology } = module;
  const names = completed({ db_port: String(engine.port), ...module.names });
  const profiles = profilesOf(names, folder);
  // Where the apply writes no files, an output holds the certificates.
  const own = names.rds_ca_pem === undefined ? undefined : folderWith(names.rds_ca_pem);
  const caFile = own === undefined ? names.ca_file : join(own, caName);

  const findings: Finding[] = [];
  try {
    const tools = { folder, environment, engine, cloud, limit, profiles, warn, caFile };
    const look = new Look(new Asker(tools), names);
    for (const check of checksOf(module, names)) {
      const finding = await look.at(check);
      findings.push(finding);
      if (!json) print(asText(finding, findings.length));
    }
  } finally {
    if (own) rmSync(own, { recursive: true });
  }
  const report = reportOf(findings, names, topology);
  print(json ? `${JSON.stringify(report)}\n` : conclusionOf(report));
  return exitCodes[report.state];
}

const caName = "rds-ca.pem";

/** A folder of its own, with certificates in it. */
function folderWith(pem: string): string {
  const folder = mkdtempSync(join(tmpdir(), "rpcn-aurora-"));
  writeFileSync(join(folder, caName), pem);
  return folder;
}

function moduleAt(state: string | undefined): LiveModule {
  if (state === "-") {
    throw new UsageError(
      "--live requires the module's folder, not only its state on standard input: its certificates are there. Give --state the folder, or a file in it.",
    );
  }
  const { engine = engines[0], topology, ...module } = readModule(state);
  if (!topology) {
    throw new UsageError(
      "--live requires --state: the module's folder, or what `terraform show -json` printed, in a file in that folder.",
    );
  }
  return { ...module, engine, topology };
}

/** Where the module's files are. */
function folderOf(state = "."): string {
  return resolve(statSync(state).isDirectory() ? state : dirname(state));
}

/** Profiles as the state tells them, or files that Terraform reads by itself. */
function profilesOf(names: Names, folder: string): Partial<Record<Account, string>> {
  // In Terraform's own order, from the one that wins.
  const automatic = readdirSync(folder).filter((file) => file.endsWith(".auto.tfvars"));
  const files = [...automatic.sort().reverse(), "terraform.tfvars"];
  const given = (name: string) => {
    for (const file of files) {
      const text = textIn(join(folder, file), name);
      if (text !== undefined && /^[\w.@/+=:,][\w.@/+=:,-]*$/.test(text)) return text;
    }
    return undefined;
  };
  const database = names.aws_profile ?? given("aws_profile");
  return {
    database,
    connect: isOneAccount(names)
      ? database
      : (given("redpanda_aws_profile") ?? given("app_aws_profile")),
  };
}
