import type { Cluster } from "../../discover/cluster";
import type { Answer } from "../../programs/answer";
import { fill, type Names } from "../names";
import { type Asker, MissingName } from "./ask";
import type { Context, LiveCheck, Verdict } from "./check";
import { clusterId } from "./redpanda";
import type { Finding } from "./report";
import { accountOf } from "./roles";

/** One look at everything: what an answer tells serves later questions. */
export class Look {
  private networks: readonly string[] | undefined;
  /** Accounts whose credentials are at hand. */
  private readonly accounts = new Set<string | undefined>();

  constructor(
    private readonly asker: Pick<Asker, "asking" | "dataPlane">,
    private names: Names,
  ) {}

  /** Asks, and says what follows. It never throws for what it cannot ask. */
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

  private judged(check: LiveCheck, answer: Answer): { answer?: unknown; verdict: Verdict } {
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
      // What a server of Redpanda says otherwise may be anything.
      const shown = "get" in check.question ? {} : { answer: answer.value };
      return { ...shown, verdict: { state: "unclear", says: notUnderstood } };
    }
    const verdict = check.judge(read, context);
    this.learn(check, read, verdict);
    return { answer: read, verdict: { ...verdict, says: fill(verdict.says, this.names) } };
  }

  private learn({ id, question, tells }: LiveCheck, read: unknown, { state }: Verdict): void {
    this.names = { ...this.names, ...tells?.(read) };
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
