import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { engines } from "../../../engines";
import type { Cluster } from "../../discover/cluster";
import { type Cloud, redpandaCloud } from "../../discover/request";
import { textIn } from "../../discover/tfvars";
import { UsageError } from "../../usage-error";
import { place } from "../hops";
import { type Module, readModule } from "../module";
import { completed, fill, type Names } from "../names";
import { Asker, MissingName } from "./ask";
import { accountOf, awsChecks, identity } from "./aws";
import type { Account, Context, LiveCheck, Verdict } from "./check";
import { databaseChecks } from "./database";
import { log } from "./log";
import { clusterId, redpandaChecks } from "./redpanda";
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
  { state, json = false }: LiveOptions,
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
  const { engine = engines[0], topology = "byoc" } = module;
  const names = completed({ ...module.names, db_port: String(engine.port) });
  const profiles = profilesOf(names, folder);
  const asker = new Asker({ folder, environment, engine, cloud, limit, profiles, warn });
  const look = new Look(asker, names);

  const findings: Finding[] = [];
  for (const check of checksOf(module, names)) {
    const finding = await look.at(check);
    findings.push(finding);
    if (!json) print(asText(finding, findings.length));
  }
  const report = reportOf(findings, names, topology);
  print(json ? `${JSON.stringify(report)}\n` : conclusionOf(report));
  return { streaming: 0, cause: 1, unknown: 3 }[report.state];
}

function moduleAt(state: string | undefined): Module {
  if (state === "-") {
    throw new UsageError(
      "--live requires the module's folder, not only its state on standard input: its certificates are there. Give --state the folder, or a file in it.",
    );
  }
  if (state === undefined && !existsSync("terraform.tfstate")) {
    throw new UsageError(
      "--live requires --state: the module's folder, or what `terraform show -json` printed, in a file in that folder.",
    );
  }
  return readModule(state);
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
  return {
    database: names.aws_profile ?? given("aws_profile"),
    connect: given("redpanda_aws_profile") ?? given("app_aws_profile"),
  };
}

/** Everything that is looked at, in the order of the chain. */
export function checksOf(
  { engine = engines[0], topology = "byoc" }: Module,
  names: Names,
): LiveCheck[] {
  const isUser = names.trusted_principal_role_arn?.includes(":user/");
  const isOneAccount = accountOf("database", names) === accountOf("connect", names);
  const checks = [
    ...(topology === "byoc" ? redpandaChecks(engine) : []),
    identity("database"),
    ...(isOneAccount ? [] : [identity("connect")]),
    ...awsChecks(topology, engine, { isUser, isOneAccount }),
    ...databaseChecks(engine),
    ...(topology === "byoc" ? [log(engine)] : []),
  ];
  return checks.sort((one, other) => place(one.hop) - place(other.hop));
}

/** One look at everything: what an answer tells serves later questions. */
class Look {
  private networks: readonly string[] | undefined;
  /** Accounts whose credentials are at hand. */
  private readonly accounts = new Set<string | undefined>();

  constructor(
    private readonly asker: Asker,
    private readonly names: Names,
  ) {}

  async at(check: LiveCheck): Promise<Finding> {
    const { names } = this;
    const { id, hop, title, question } = check;
    const found = { id, hop, title };
    try {
      const { command, answer } = this.asker.asking(question, names);
      const untold = check.needs?.find((name) => names[name] === undefined);
      if (untold) throw new MissingName(untold);
      if ("aws" in question && question.aws[0] !== "sts") {
        const account = accountOf(question.account, names);
        if (!this.accounts.has(account)) {
          const says = `no credentials of account ${account} are at hand.`;
          return { ...found, command, verdict: { state: "skipped", says } };
        }
      }
      return { ...found, command, ...this.judged(check, await answer()) };
    } catch (error) {
      if (!(error instanceof MissingName)) throw error;
      return { ...found, verdict: { state: "skipped", says: error.message } };
    }
  }

  private judged(
    check: LiveCheck,
    answer: Awaited<ReturnType<ReturnType<Asker["asking"]>["answer"]>>,
  ): { answer?: unknown; verdict: Verdict } {
    const context: Context = { names: this.names, networks: this.networks };
    if ("refused" in answer) return { verdict: { state: "skipped", says: answer.refused } };
    if ("unreadable" in answer) {
      return { answer: answer.unreadable, verdict: { state: "unclear", says: notUnderstood } };
    }
    if ("code" in answer) {
      const verdict = check.absent?.[answer.code]?.(context);
      return verdict
        ? { answer: answer.says, verdict }
        : { verdict: { state: "skipped", says: answer.says } };
    }
    let read: unknown;
    try {
      read = check.read(answer.value);
    } catch {
      return { answer: answer.value, verdict: { state: "unclear", says: notUnderstood } };
    }
    const verdict = check.judge(read, context);
    this.learn(check, read, verdict);
    return { answer: read, verdict: { ...verdict, says: fill(verdict.says, this.names) } };
  }

  private learn({ id, question }: LiveCheck, read: unknown, { state }: Verdict): void {
    if ("aws" in question && question.aws[0] === "sts" && state === "ok") {
      this.accounts.add(accountOf(question.account, this.names));
    }
    if (id !== clusterId) return;
    const { cluster } = read as { cluster: Cluster };
    this.networks = cluster.nat_gateways ?? [];
    const url = cluster.dataplane_api?.url ?? "";
    if (/^https:\/\/[\w.-]+\.redpanda\.com$/.test(url)) this.asker.dataPlane = url;
  }
}

const notUnderstood = "The answer is not understood.";
