import { type JsonObject, type LogRecord, ofConnect, ofText, text } from "./records";

/** What an envelope says of all that is in it. */
interface Around {
  readonly pipelineId?: string;
  /** As it stands there: a text, or seconds or milliseconds. */
  readonly time?: unknown;
}

/**
 * The records in a line, or in a pretty-printed document. None in an empty line.
 *
 * Understood are: what `rpk topic consume` prints (the record as JSON, its value as a JSON string
 * inside), the value alone or after the key (`--format '%v\n'`, `'%k %v\n'`), Connect's own output
 * as JSON, logfmt or coloured, and each of them after a prefix, in a list, or in an envelope of those
 * below. All else is a message without a level.
 */
export function readRecords(given: string): LogRecord[] {
  const line = given.replace(colours, "");
  // What stands in brackets before an object or a list may be a prefix.
  const start = line.search(/\{|\[\s*[{[]/);
  const json = start < 0 ? undefined : parse(line.slice(start).trimEnd());
  const found = json && inside(json, { pipelineId: pipelineKey(line.slice(0, start)) });
  if (found && found.length > 0) return found;
  const [, time, cell] = csv.exec(line) ?? [];
  if (cell !== undefined) {
    return readRecords(cell.replaceAll('""', '"')).map((record) => ({
      ...record,
      time: record.time ?? time,
    }));
  }
  return pagesOf(line).flatMap((one) => ofText(one) ?? []);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours begin with.
const colours = /\u001b\[[\d;]*[A-Za-z]/g;

/** A time, and the last cell: as Datadog and CloudWatch export. One of several lines ends in another. */
const csv = /^"?(\d{4}-[\d\-T:. Z]+)"?,(?:"(?:[^"]|"")*",)*"((?:[^"]|"")*)"?\s*$/;

function parse(text: string): object | undefined {
  return objectIn(text.endsWith(",") ? text.slice(0, -1) : text) ?? objectIn(consoleCell(text));
}

/** @param text begins like an object or a list, if there is any */
function objectIn(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** Redpanda Console saves CSV without quotes: every comma within a value becomes a semicolon. */
function consoleCell(rest: string): string | undefined {
  const end = /\}(?=,\d+,\d+,[\w-]+,(?:true|false))/.exec(rest);
  return end ? rest.slice(0, end.index + 1).replaceAll(";", ",") : undefined;
}

/** `--output text` of the AWS CLI puts the messages of one page into one line. */
function pagesOf(line: string): string[] {
  // pgx's second try, without TLS, in a line of its own: the first one says what is wrong.
  if (/^\t.*(?:no encryption|SSL off)/.test(line)) return [];
  return line.split(/\t(?=level=)/);
}

/** The key of a record in the topic of logs is the pipeline's id; other logs have prefixes of their own. */
function pipelineKey(key: unknown): string | undefined {
  return /^([a-z0-9]{20}) ?$/.exec(String(key))?.[1];
}

/**
 * Where an envelope keeps what is in it: rpk (`value`), Console (`payload`), Docker and Fluent Bit
 * (`log`), journald (`MESSAGE`), Loki (`line`), Splunk (`result._raw`), CloudWatch (`events`,
 * `logEvents`, `results`), RDS (`LogFileData`), CloudTrail (`Events`, `Records`), Datadog
 * (`data[].attributes`), Elasticsearch (`hits.hits[]._source`), Kubernetes (`items`).
 */
const contents = [
  "value", "payload", "log", "MESSAGE", "line", "result", "_raw", "events", "logEvents", "results",
  "LogFileData", "Events", "CloudTrailEvent", "Records", "data", "attributes", "hits", "_source",
  "items", "message",
]; // biome-ignore format: a list

/** And when it was said. */
const times = ["time", "@timestamp", "_time", "timestamp", "date"];

function inside(value: unknown, around: Around): LogRecord[] {
  if (typeof value === "string") return readRecords(value).map((record) => within(record, around));
  if (Array.isArray(value)) return inList(value, around);
  if (typeof value !== "object" || value === null) return [];
  const json = value as JsonObject;
  const event = ofCloudTrail(json) ?? ofKubernetes(json);
  if (event) return [event];
  const record = ofConnect(json);
  if (record) return [within(nested(record) ?? record, { ...around, ...envelope(json, around) })];
  for (const name of contents) {
    if (json[name] === undefined || json[name] === null) continue;
    const content = name === "LogFileData" ? String(json[name]).split("\n") : asText(json[name]);
    const found = inside(content, envelope(json, around));
    if (found.length > 0) return found;
  }
  return [];
}

/** journald writes what is not printable as a list of bytes. */
function asText(value: unknown): unknown {
  const isBytes = Array.isArray(value) && typeof value[0] === "number";
  return isBytes ? Buffer.from(value as number[]).toString() : value;
}

function envelope(json: JsonObject, around: Around): Around {
  const name = times.find((name) => json[name] !== undefined);
  const { payload = json.key } = (json.key ?? {}) as JsonObject;
  return {
    pipelineId: pipelineKey(payload) ?? around.pipelineId,
    time: name === undefined ? around.time : json[name],
  };
}

/** What the record says of itself comes before what is written on its envelope. */
function within(record: LogRecord, { pipelineId, time }: Around): LogRecord {
  if (record.time !== undefined && (record.pipelineId ?? pipelineId) === record.pipelineId) {
    return record;
  }
  return {
    ...record,
    pipelineId: record.pipelineId ?? pipelineId,
    time: record.time ?? (typeof time === "number" ? fromEpoch(time) : text(time)),
  };
}

function fromEpoch(time: number): string | undefined {
  const date = new Date(time > 1e11 ? time : time * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** A record without a level of its own whose message is one, or one that another logger took over. */
function nested({ message, level }: LogRecord): LogRecord | undefined {
  if (level !== undefined && !message.startsWith("{")) return undefined;
  const [inner] = readRecords(message);
  return inner?.level === undefined ? undefined : inner;
}

function inList(list: readonly unknown[], around: Around): LogRecord[] {
  const fields = list as readonly JsonObject[];
  // CloudWatch Logs Insights: a row is a list of fields.
  const message = fields.find((one) => one?.field === "@message");
  if (message) {
    const time = text(fields.find((one) => one?.field === "@timestamp")?.value) ?? around.time;
    return inside(message.value, { ...around, time });
  }
  return list.flatMap((one) => inside(one, around));
}

/** An event as AWS's own SDK would say it. What went well says nothing. */
function ofCloudTrail(json: JsonObject): LogRecord | undefined {
  const { eventSource, eventName, errorCode, errorMessage, eventTime } = json;
  if (typeof eventSource !== "string" || typeof eventName !== "string") return undefined;
  const service = eventSource.replace(/\..*/, "").toUpperCase();
  const operation = `operation error ${service}: ${eventName}`;
  return {
    message: errorCode ? `${operation}, api error ${errorCode}: ${errorMessage ?? ""}` : operation,
    // Other services are refused other things.
    level: errorCode && service === "STS" ? "ERROR" : "INFO",
    time: text(eventTime),
  };
}

/** `kubectl get events --output json` */
function ofKubernetes(json: JsonObject): LogRecord | undefined {
  const { kind, type, reason, message, lastTimestamp } = json;
  if (kind !== "Event" || typeof message !== "string") return undefined;
  return {
    message: `${type} ${reason} ${message}`,
    level: type === "Warning" ? "WARN" : "INFO",
    time: text(lastTimestamp),
  };
}
