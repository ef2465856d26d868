import type { z } from "zod";
import type { Step } from "../catalogue";
import type { Hop } from "../hops";
import type { Names } from "../names";

/** Whose credentials of AWS a command needs: those of the account that the database, or Connect, is in. */
export type Account = "database" | "connect";

/**
 * How a check is asked. In texts, `<name>` stands for the module's output or variable of that name.
 * Everything in here reads, and nothing changes anything: a test goes through all of it.
 */
export type Question =
  /** Arguments of `aws`; region, output format and profile are added. */
  | { readonly aws: readonly string[]; readonly account: Account }
  /** A path of Redpanda Cloud's API: of the control plane, or of the cluster's data plane. */
  | { readonly get: string; readonly plane: "control" | "data" }
  /** One SELECT or SHOW, for the master user. */
  | { readonly sql: string }
  /** Arguments of `rpk`. */
  | { readonly rpk: readonly string[] };

/** What an answer says. */
export type Verdict =
  | { readonly state: "ok"; readonly says: string }
  /** The way of a row is broken here. */
  | {
      readonly state: "broken";
      readonly says: string;
      readonly fix: readonly Step[];
      /** @default - the check's */
      readonly hop?: Hop;
    }
  /** There is an answer, and nothing follows from it. */
  | { readonly state: "unclear"; readonly says: string }
  /** There is nothing to judge. */
  | { readonly state: "skipped"; readonly says: string };

/** What a judge knows beside the answer: the module's names, and what earlier answers told. */
export interface Context {
  readonly names: Names;
  /** Networks from which the cluster's pipelines come, once the cluster was asked for. */
  readonly networks?: readonly string[];
}

export interface LiveCheck {
  /** Such as `pipeline-role`: for scripts. */
  readonly id: string;
  readonly hop: Hop;
  /** What it proves, as a sentence without its full stop. */
  readonly title: string;
  readonly question: Question;
  /** Names that the judge requires beside those in the question. @default - none */
  readonly needs?: readonly string[];
  /**
   * What is looked at of an answer, which is shown too.
   *
   * @throws when the answer has another shape
   */
  readonly read: (answer: unknown) => unknown;
  /** `answer` is what `read` returned. */
  readonly judge: (answer: unknown, context: Context) => Verdict;
  /** Names that the answer tells later questions. */
  readonly tells?: (answer: unknown) => Names;
  /** What follows where the thing asked for is not there, by the error's code or HTTP status. */
  readonly absent?: Readonly<Record<string, (context: Context) => Verdict>>;
}

interface Definition<T> extends Omit<LiveCheck, "read" | "judge" | "tells"> {
  /** What the answer must be. */
  readonly answer: z.ZodType<T>;
  readonly judge: (answer: T, context: Context) => Verdict;
  readonly tells?: (answer: T) => Names;
}

/** A check whose judge gets a validated answer. */
export function check<T>({ answer, judge, tells, ...rest }: Definition<T>): LiveCheck {
  return {
    ...rest,
    read: (given) => answer.parse(given),
    judge: (given, context) => judge(given as T, context),
    ...(tells ? { tells: (given: unknown) => tells(given as T) } : {}),
  };
}

export const ok = (says: string): Verdict => ({ state: "ok", says });
export const unclear = (says: string): Verdict => ({ state: "unclear", says });
export const broken = (says: string, fix: readonly Step[], hop?: Hop): Verdict => ({
  state: "broken",
  says,
  fix,
  hop,
});
