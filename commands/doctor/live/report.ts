import type { Topology } from "../../../choices";
import { type Hop, hops, place, through } from "../hops";
import { mask } from "../mask";
import type { Names } from "../names";
import { counted, filled, printable, stepsAsText, titleOf, wrapped } from "../report";
import { schemaVersion } from "../report-schema";
import type { Verdict } from "./check";
import type { LiveReport } from "./report-schema";

/** What came of one check. */
export interface Finding {
  readonly id: string;
  readonly hop: Hop;
  readonly title: string;
  /** As a person would ask; not where the module does not tell a name in it. */
  readonly command?: string;
  /** What was looked at of the answer. */
  readonly answer?: unknown;
  readonly verdict: Verdict;
}

/** What all findings say together. */
export function reportOf(
  findings: readonly Finding[],
  names: Names,
  topology: Topology,
): LiveReport {
  const broken = findings
    .flatMap(({ id, hop, verdict }) =>
      verdict.state === "broken" ? [{ id, hop: verdict.hop ?? hop, verdict }] : [],
    )
    .sort((one, other) => place(one.hop) - place(other.hop));
  const [first, ...others] = broken;
  // Who reads has come so far.
  const isRead = !first && statesOf(findings, "read").includes("ok");
  const proved = new Set<Hop>(isRead ? through("read") : []);
  return {
    schema: schemaVersion,
    state: first ? "cause" : isStreaming(findings, topology) ? "streaming" : "unknown",
    pipeline: names.rpcn_pipeline_id,
    ...(first
      ? {
          cause: {
            id: first.id,
            hop: first.hop,
            why: printable(first.verdict.says),
            fix: first.verdict.fix.map((step) => filled(step, names)),
          },
        }
      : {}),
    others: others.map(({ id, hop }) => ({ id, hop })),
    hops: hops.map(({ id, label }) => {
      const states = statesOf(findings, id);
      const isDone = states.includes("ok") && states.every((state) => state === "ok");
      return {
        hop: id,
        label,
        state: id === first?.hop ? "failed" : isDone || proved.has(id) ? "done" : "unknown",
      };
    }),
    checks: findings.map(({ id, hop, title, command, answer, verdict }) => ({
      id,
      hop,
      title,
      ...(command ? { command: mask(command) } : {}),
      ...(answer === undefined ? {} : { answer: shown(answer) }),
      state: verdict.state,
      says: printable(verdict.says),
    })),
  };
}

/**
 * Where nothing is broken: somebody reads the changes, and in Redpanda Cloud all was looked at that the
 * pipeline requires: what nobody looked at is not called healthy.
 */
function isStreaming(findings: readonly Finding[], topology: Topology): boolean {
  const reading = statesOf(findings, "read");
  return (
    reading.includes("ok") &&
    !reading.includes("unclear") &&
    (topology !== "byoc" || statesOf(findings, "start", "write").every((state) => state === "ok"))
  );
}

function statesOf(findings: readonly Finding[], ...of: Hop[]): Verdict["state"][] {
  return findings.filter(({ hop }) => of.includes(hop)).map(({ verdict }) => verdict.state);
}

/** An answer in one line, masked; a log is long, and its last word is judged below. */
function shown(answer: unknown): string {
  if (typeof answer !== "string") return printable(JSON.stringify(answer));
  const lines = answer.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 3 ? counted(lines.length, "line") : printable(answer.trim());
}

const signs = { ok: "✓", broken: "✗", unclear: "?", skipped: "–" };

/** One check for a person. */
export function asText({ title, command, answer, verdict }: Finding, number: number): string {
  const says = printable(verdict.says);
  return [
    `${number}. ${title}`,
    ...(command ? [`    ${mask(command)}`] : []),
    ...(answer === undefined || answer === "" ? [] : [`    ${shown(answer)}`]),
    wrapped(
      `${signs[verdict.state]} ${verdict.state === "skipped" ? "Skipped: " : ""}${says}`,
      "  ",
    ),
    "",
    "",
  ].join("\n");
}

/** What follows from all checks, for a person. */
export function conclusionOf({ state, cause, others, hops, checks }: LiveReport): string {
  const parts: string[] = [];
  const ids = (wanted: Verdict["state"]) =>
    checks.filter((check) => check.state === wanted).map(({ id }) => id);
  if (cause) {
    parts.push(
      `${titleOf(cause.hop)}. (${cause.id})`,
      wrapped(`Why: ${cause.why}`),
      `To fix it, in the module's folder:\n${stepsAsText(cause.fix)}`,
    );
  } else if (state === "streaming") {
    parts.push("Streaming.");
  } else {
    parts.push(
      wrapped("Nothing is broken as far as could be looked, and that rows arrive is not proved."),
    );
  }
  const ticks = { done: "✓", failed: "✗", unknown: "·" };
  parts.push(hops.map((hop) => `${ticks[hop.state]} ${hop.label}`).join("  "));
  if (others.length > 0) {
    const list = others.map(({ id }) => id).join(", ");
    parts.push(wrapped(`Also broken, further on (${list}): fix the first, then look again.`));
  }
  const [skipped, unclear] = [ids("skipped"), ids("unclear")];
  if (skipped.length > 0) {
    parts.push(wrapped(`Skipped, each with its reason above: ${skipped.join(", ")}.`));
  }
  if (unclear.length > 0) {
    parts.push(wrapped(`Answered, and not to be judged: ${unclear.join(", ")}.`));
  }
  return `${parts.join("\n\n")}\n`;
}
