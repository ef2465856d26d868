import type { Topology } from "../../choices";
import { engines } from "../../engines";
import { type Step, stepsOf } from "./catalogue";
import { checks } from "./checks";
import type { Diagnosis, Finding } from "./diagnosis";
import { contradictions, factsOf } from "./facts";
import { type Hop, hops } from "./hops";
import { stepsFor } from "./instead";
import { mask } from "./mask";
import type { Module } from "./module";
import { completed, fill, type Names } from "./names";
import { type Report, schemaVersion } from "./report-schema";

type Known = NonNullable<Diagnosis["cause"]>;

/** What a diagnosis says, with the module's names. */
export function reportOn(
  diagnosis: Diagnosis,
  module: Module,
  {
    pipeline,
    pipelines = [],
    unread = 0,
  }: { pipeline?: string; pipelines?: readonly string[]; unread?: number } = {},
): Report {
  const { cause, failing } = diagnosis;
  const topology = module.topology ?? diagnosis.topology ?? "byoc";
  const engine = module.engine ?? diagnosis.engine ?? engines[0];
  const names = completed({
    db_port: String(engine.port),
    ...module.names,
    ...(pipeline ? { rpcn_pipeline_id: pipeline } : {}),
  });
  const state = cause
    ? "cause"
    : failing
      ? "failing"
      : diagnosis.isStreaming
        ? "streaming"
        : "unknown";
  return {
    schema: schemaVersion,
    state,
    ...(pipeline ? { pipeline } : {}),
    records: diagnosis.records,
    stopped: diagnosis.isStopped,
    ...(cause ? { cause: explain(cause, names, topology, module) } : {}),
    ...(failing ? { failing: describe(failing) } : {}),
    others: diagnosis.others.map(({ entry, count }) => ({ id: entry.id, hop: entry.hop, count })),
    over: diagnosis.over.map(({ entry: { id, hop }, count, last }) => ({
      id,
      hop,
      count,
      ...(last ? { last: printable(last) } : {}),
    })),
    hops: diagnosis.hops,
    unknown: diagnosis.unknown
      .most(3)
      .map(({ message, count }) => ({ message: printable(message), count })),
    checks:
      state === "unknown" || state === "failing" || cause?.entry.vague
        ? checks(topology, engine)
            .filter(({ hops }) => !failing?.hop || hops.includes(failing.hop))
            .map(({ title, steps }) => ({ title, steps: steps.map((step) => filled(step, names)) }))
        : [],
    pipelines,
    unread,
  };
}

function describe({ hop, message, count, first, last }: Finding) {
  return {
    hop,
    message: printable(message),
    count,
    ...(first ? { first: printable(first) } : {}),
    ...(last ? { last: printable(last) } : {}),
  };
}

function explain(finding: Known, known: Names, topology: Topology, { outputs }: Module) {
  const { entry, message } = finding;
  const facts = completed(factsOf(message));
  // The record is about what runs, so its names win.
  const names = completed({ ...known, ...facts });
  return {
    ...describe(finding),
    id: entry.id,
    hop: entry.hop,
    message: printable(said(finding)),
    speaker: entry.speaker,
    why: fill(entry.cause, names),
    contradictions: contradictions(facts, known),
    fix: stepsFor(stepsOf(entry.fix, topology, outputs), outputs).map((step) =>
      filled(step, names),
    ),
    versions: entry.versions,
    source: entry.source,
  };
}

/** The message without what Connect puts in front of it. */
function said({ entry, message }: Known): string {
  return message.slice(Math.max(message.search(entry.pattern), 0));
}

export function filled(step: Step, names: Names): Step {
  if (typeof step === "string") return fill(step, names);
  if ("shell" in step) return { shell: fill(step.shell, names) };
  return "sql" in step ? { sql: fill(step.sql, names) } : { yaml: fill(step.yaml, names) };
}

/** Secrets masked, and nothing in it that a terminal would obey. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
  const plain = mask(text).replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ");
  return plain.length > 700 ? `${plain.slice(0, 700)} …` : plain;
}

/** The report for a person. */
export function asText(report: Report): string {
  const { cause, failing, state } = report;
  const parts: string[] = [];
  if (cause) {
    parts.push(
      `${titleOf(cause.hop)}. (${cause.id}; ${seen(cause)})`,
      `${cause.speaker} said:\n  ${cause.message}`,
      wrapped(`Why: ${[cause.why, ...cause.contradictions].join(" ")}`),
      `To fix it, in the module's folder:\n${stepsAsText(cause.fix)}`,
    );
  } else if (failing) {
    const where = failing.hop ? `${titleOf(failing.hop)}: the` : "Something fails. The";
    parts.push(
      wrapped(`${where} message is not in the catalogue, so why is not known. (${seen(failing)})`),
      `The last said:\n  ${failing.message}`,
    );
  } else if (state === "streaming") {
    parts.push("Streaming.");
  } else {
    parts.push(wrapped(nothingRecognised(report)));
  }
  if (report.unread > 0) {
    parts.push(
      wrapped(
        `${counted(report.unread, "line")} of more than 1 MiB ${report.unread === 1 ? "was" : "were"} not read. A list in one line is cut into records by \`jq -c '.[]'\`, a document of CloudWatch by \`jq -c '.events[]'\`.`,
      ),
    );
  }
  if (report.records > 0) parts.push(ticks(report));
  if (report.others.length > 0) {
    const sum = report.others.reduce((total, { count }) => total + count, 0);
    const kinds = report.others.map(({ id }) => id).join(", ");
    parts.push(
      wrapped(
        `${counted(sum, "record")} of ${counted(report.others.length, "other error")} (${kinds}) may only follow from this: fix it first, then look again.`,
      ),
    );
  }
  if (report.over.length > 0) {
    const errors = report.over.map(({ id, last }) => `${id}${last ? ` (until ${last})` : ""}`);
    parts.push(wrapped(`Over, by what was logged since: ${errors.join(", ")}.`));
  }
  if (report.unknown.length > 0 && (state !== "cause" || report.checks.length > 0)) {
    const messages = report.unknown.map(({ message, count }) => `  ${count} × ${message}`);
    parts.push(
      `Not in the catalogue, the most frequent:\n${messages.join("\n")}\n${whereToReport}`,
    );
  }
  if (report.checks.length > 0) {
    const list = report.checks.map(
      ({ title, steps }, index) => `${index + 1}. ${title}\n${stepsAsText(steps)}`,
    );
    parts.push(`What to look at, in this order ${lookedAt}:\n\n${list.join("\n\n")}`);
  }
  return `${parts.join("\n\n")}\n`;
}

/** How often something was said, since when, and when last. */
function seen({ count, first, last }: Pick<Finding, "count" | "first" | "last">): string {
  const times =
    last === undefined
      ? ""
      : first === last
        ? `, the last at ${last}`
        : `, since ${first}, the last at ${last}`;
  return `${counted(count, "record")}${times}`;
}

const lookedAt = "(`npx rpcn-aurora doctor --live --state .` does it by itself)";

const whereToReport =
  "Secrets are masked above. With Connect's version (the first line of its log), such a message belongs\nin an issue of rpcn-aurora, for its commands/doctor/catalogue/; a bug in Connect itself in\nhttps://github.com/redpanda-data/connect/issues.";

function nothingRecognised({ records, pipeline, pipelines, stopped }: Report): string {
  const of = pipeline ? ` of pipeline ${pipeline}` : "";
  if (stopped) return `Redpanda Connect was stopped, and no record${of} says that it runs again.`;
  if (records > 0) return `Nothing recognised in ${counted(records, "record")}${of}.`;
  const others = pipelines.length > 0 ? ` There are records of ${pipelines.join(", ")}.` : "";
  return `No record${of} was read.${others} A pipeline that works logs next to nothing: read the log from its start (--offset :end).`;
}

function ticks({ hops }: Report): string {
  const signs = { done: "✓", failed: "✗", unknown: "·" };
  return hops.map(({ label, state }) => `${signs[state]} ${label}`).join("  ");
}

export function titleOf(hop: Hop): string {
  return hops.find(({ id }) => id === hop)?.failed ?? hop;
}

export function stepsAsText(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (typeof step === "string") return wrapped(step, "  ");
      return `    ${Object.values(step).join()}`;
    })
    .join("\n");
}

/** Sentences in lines that a terminal shows whole; commands are never broken. */
export function wrapped(text: string, indentation = ""): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indentation.length + line.length + 1 + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => indentation + line).join("\n");
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
