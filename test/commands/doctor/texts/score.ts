import { Readable } from "node:stream";
import { entries } from "../../../../commands/doctor/catalogue";
import { decoded } from "../../../../commands/doctor/encodings";
import { Records } from "../../../../commands/doctor/lines";
import { OnePipeline } from "../../../../commands/doctor/pipelines";
import { reportOn } from "../../../../commands/doctor/report";
import { exitCodes, type Report } from "../../../../commands/doctor/report-schema";
import { open, texts } from ".";
import { chains, isInterleaved, linesOf } from "./chains";
import { begins, healthy } from "./healthy";
import { setAside } from "./set-aside";
import { setAsideLater } from "./set-aside-later";
import { asWritten, lineOf, shapesOf } from "./shapes";
import type { Line, Log, Text } from "./text";

/** What the doctor makes of a log: its exit code, and the cause that it names. */
export interface Verdict {
  readonly exit: number;
  readonly state: Report["state"];
  readonly hop?: string;
  /** Id of the entry that claims it; one that only wraps other errors claims nothing. */
  readonly claim?: string;
}

/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** What is not among them. */
  readonly not: readonly string[];
}

const vague = new Set(entries.filter((entry) => entry.vague).map(({ id }) => id));

/** What the command does with a log on its standard input. */
export async function verdictOn(log: Buffer): Promise<Verdict> {
  const one = new OnePipeline();
  const records = new Records((record) => one.add(record));
  for await (const bytes of decoded(Readable.from([log]), "the log")) records.write(bytes);
  records.end();
  const { state, cause, failing } = reportOn(one.diagnosis, { names: {} });
  const hop = cause?.hop ?? failing?.hop;
  return {
    exit: exitCodes[state],
    state,
    ...(hop ? { hop } : {}),
    ...(cause && !vague.has(cause.id) ? { claim: cause.id } : {}),
  };
}

function shareOf<T>(all: readonly T[], name: (one: T) => string, is: (one: T) => boolean): Share {
  const not = all.filter((one) => !is(one)).map(name);
  return { count: all.length - not.length, of: all.length, not };
}

/** A start after which it reads, with the text as the log's last word. */
function asLastWord(text: Text): Buffer {
  return Buffer.concat([
    asWritten(begins[text.engine ?? "postgres"], "connect"),
    asWritten([lineOf(text)], text.log),
  ]);
}

export interface Score {
  /** An entry that is not vague speaks. */
  readonly recognised: Share;
  readonly rightHop: Share;
  /** Of those that an entry claims. */
  readonly rightCause: Share;
  /** No healthy verdict where the text is the last word after a start that went well. */
  readonly notHealthy: Share;
}

async function scoreOf(some: readonly Text[]): Promise<Score> {
  const judged: { text: Text; alone: Verdict; last?: Verdict }[] = [];
  for (const text of some) {
    judged.push({
      text,
      alone: await verdictOn(asWritten([lineOf(text)], text.log)),
      // Only a container's and a pod's words stand in one log with Connect's.
      ...(["connect", "container", "kubernetes"].includes(text.log)
        ? { last: await verdictOn(asLastWord(text)) }
        : {}),
    });
  }
  const name = ({ text }: { text: Text }) => text.id;
  const claimed = judged.filter(({ alone }) => alone.claim !== undefined);
  return {
    recognised: shareOf(judged, name, ({ alone }) => alone.claim !== undefined),
    rightHop: shareOf(judged, name, ({ text, alone }) => alone.hop === text.hop),
    rightCause: shareOf(
      claimed,
      ({ text, alone }) => `${text.id} (${alone.claim})`,
      ({ text, alone }) => text.entries?.includes(alone.claim ?? "") ?? false,
    ),
    notHealthy: shareOf(
      judged.filter(({ last }) => last),
      name,
      ({ last }) => last?.exit !== 0,
    ),
  };
}

/**
 * The score on the texts that entries may be written for, on both sets set aside, and on all: each
 * text once.
 */
export async function scores(): Promise<
  Readonly<Record<"open" | "setAside" | "later" | "all", Score>>
> {
  return {
    open: await scoreOf(open),
    setAside: await scoreOf(setAside),
    later: await scoreOf(setAsideLater),
    all: await scoreOf(texts),
  };
}

/** Healthy logs that raise no alarm, and those whose health is seen. */
export async function scoreOfHealthy(): Promise<{ noAlarm: Share; streaming: Share }> {
  const judged: { name: string; log: string; verdict: Verdict }[] = [];
  for (const { name, log, lines } of healthy) {
    judged.push({ name, log, verdict: await verdictOn(asWritten(lines, log)) });
  }
  const name = (one: { name: string }) => one.name;
  return {
    noAlarm: shareOf(judged, name, ({ verdict }) =>
      ["streaming", "unknown"].includes(verdict.state),
    ),
    streaming: shareOf(
      judged.filter(({ log }) => log === "connect"),
      name,
      ({ verdict }) => verdict.state === "streaming",
    ),
  };
}

/** Chains whose cause is that of the last phase. */
export async function scoreOfChains(): Promise<{ all: Share; interleaved: Share }> {
  const judged: { name: string; isInterleaved: boolean; isRight: boolean }[] = [];
  for (const chain of chains) {
    const { hop, entries: right } = texts.find(({ id }) => id === chain.cause) as Text;
    const verdict = await verdictOn(asWritten(linesOf(chain), "connect"));
    judged.push({
      name: chain.name,
      isInterleaved: isInterleaved(chain),
      isRight:
        verdict.hop === hop &&
        (verdict.claim === undefined || (right?.includes(verdict.claim) ?? false)),
    });
  }
  const name = (one: { name: string }) => one.name;
  const isRight = (one: { isRight: boolean }) => one.isRight;
  return {
    all: shareOf(judged, name, isRight),
    interleaved: shareOf(
      judged.filter((one) => one.isInterleaved),
      name,
      isRight,
    ),
  };
}

/**
 * For each shape, the logs on which the verdict is the same as on what the program wrote: each text
 * that is known there (what is not would be known as little in any shape), and a healthy start.
 *
 * @param each only each so-manieth text
 */
export async function scoreOfShapes(each = 1): Promise<ReadonlyMap<string, Share>> {
  const logs: { id: string; log: Log; hop?: string; lines: readonly Line[] }[] = [
    ...texts
      .filter((_, index) => index % each === 0)
      .map((text) => ({ id: text.id, log: text.log, hop: text.hop, lines: [lineOf(text)] })),
    ...(["postgres", "mysql"] as const).map((engine) => ({
      id: `${engine}, a healthy start`,
      log: "connect" as const,
      lines: begins[engine],
    })),
  ];
  const same = new Map<string, { id: string; isSame: boolean }[]>();
  for (const { id, log, hop, lines } of logs) {
    const written = await verdictOn(asWritten(lines, log));
    if (written.state === "unknown") continue;
    for (const { name, write, hop: only } of shapesOf(log)) {
      if (only && only !== hop) continue;
      const verdict = await verdictOn(write(lines, log));
      const isSame = (["state", "hop", "claim"] as const).every(
        (key) => verdict[key] === written[key],
      );
      const list = same.get(name) ?? [];
      same.set(name, [...list, { id, isSame }]);
    }
  }
  const isSame = (one: { isSame: boolean }) => one.isSame;
  return new Map([...same].map(([name, list]) => [name, shareOf(list, ({ id }) => id, isSame)]));
}
