/** One line of a log, whatever it was wrapped in. */
export interface LogRecord {
  readonly message: string;
  /** Of what is no record of Connect, none. */
  readonly level?: Level;
  readonly time?: string;
  readonly pipelineId?: string;
}

export type Level = "DEBUG" | "INFO" | "WARN" | "ERROR";

/**
 * The record in a line, or in a pretty-printed record of several lines. Undefined for an empty line.
 *
 * Understood are: what `rpk topic consume` prints (the record as JSON, its value as a JSON string
 * inside), the value alone or after the key (`--format '%v\n'`, `'%k %v\n'`), Connect's own output
 * as JSON or logfmt, and each of them after a prefix or in an envelope of journald, `docker logs`
 * or Docker's log files. All else is a message without a level.
 */
export function readRecord(text: string): LogRecord | undefined {
  const brace = text.indexOf("{");
  const json = brace < 0 ? undefined : parseObject(text.slice(brace));
  return (json && ofObject(json, pipelineKey(text.slice(0, brace)))) ?? ofText(text);
}

/** The key of a record in the topic of logs is the pipeline's id; other logs have prefixes of their own. */
function pipelineKey(text: unknown): string | undefined {
  return typeof text === "string" ? /^([a-z0-9]{20}) ?$/.exec(text)?.[1] : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text.endsWith(",") ? text.slice(0, -1) : text);
    return typeof json === "object" && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function ofObject(json: Record<string, unknown>, key?: string): LogRecord | undefined {
  const message = json.message ?? json.msg;
  if (typeof message === "string") {
    return {
      message: withError(message, json.error ?? json.err),
      level: levelOf(json.level),
      time: text(json.time),
      pipelineId: text(json.pipeline_id) ?? key,
    };
  }
  // Envelopes: of rpk, of Docker's log files, of `journalctl --output json`.
  const inner = text(json.value) ?? text(json.log) ?? text(json.MESSAGE);
  const record = inner === undefined ? undefined : readRecord(inner);
  return record && { ...record, pipelineId: record.pipelineId ?? pipelineKey(json.key) ?? key };
}

/** `level=error msg="…" path=root.input`, after any prefix. */
const logfmt = /\blevel=(\w+) .*?\bmsg=("(?:[^"\\]|\\.)*"|\S+)/;

function ofText(line: string): LogRecord | undefined {
  const [, level, message] = logfmt.exec(line) ?? [];
  if (level && message) {
    return {
      message: withError(
        unquoted(message),
        unquoted(/ err(?:or)?=("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1]),
      ),
      level: levelOf(level),
      time: unquoted(/\btime=("[^"]*"|\S+)/.exec(line)?.[1]) || undefined,
    };
  }
  const plain = line.trim();
  return plain === "" ? undefined : { message: plain };
}

function unquoted(text = ""): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** Connect logs some causes beside the message, and its Kafka client does so under a name of its own. */
function withError(message: string, error: unknown): string {
  return (typeof error === "string" && error !== "" ? `${message}: ${error}` : message).trimEnd();
}

function levelOf(level: unknown): Level | undefined {
  switch (typeof level === "string" ? level.toUpperCase() : "") {
    case "TRACE":
    case "DEBUG":
      return "DEBUG";
    case "INFO":
      return "INFO";
    case "WARN":
    case "WARNING":
      return "WARN";
    case "ERROR":
    case "FATAL":
      return "ERROR";
    default:
      return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
