/** One line of a log, whatever it was wrapped in. */
export interface LogRecord {
  /** With what stands beside it: its error, its lint. */
  readonly message: string;
  /** Of what is no record of Connect, none. */
  readonly level?: Level;
  readonly time?: string;
  readonly pipelineId?: string;
  /** Drawn by Connect each time it starts. */
  readonly instanceId?: string;
  /** The component, such as `root.output`. */
  readonly path?: string;
}

export type Level = "DEBUG" | "INFO" | "WARN" | "ERROR";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Fields that tell of a cause beside the message: Connect's, franz-go's, go-mysql's, the linter's. */
const causes = ["error", "err", "lint", "cause", "reason"];

/** Connect's record, from its topic or its output; undefined where `json` is none. */
export function ofConnect(json: JsonObject): LogRecord | undefined {
  const message = json.message ?? json.msg;
  if (typeof message !== "string") return undefined;
  let said = message.trimEnd();
  for (const name of causes) {
    const cause = causeIn(json[name]);
    if (cause !== undefined) said += `: ${cause}`;
  }
  return {
    message: said,
    level: levelOf(json.level),
    time: text(json.time),
    pipelineId: text(json.pipeline_id),
    instanceId: text(json.instance_id),
    path: text(json.path),
  };
}

/** A cause may be an object that holds it. */
function causeIn(value: unknown): string | undefined {
  if (typeof value === "string") return text(value.trimEnd());
  if (typeof value !== "object" || value === null) return undefined;
  const { message, msg, error } = value as JsonObject;
  return causeIn(message ?? msg ?? error) ?? JSON.stringify(value);
}

/** `level=error msg="…" path=root.input`, after any prefix. */
const logfmt = /\blevel=(\w+) .*?\bmsg=("(?:[^"\\]|\\.)*"|\S+)/;

/** Connect's output to a terminal, and Go's own logger: the level in capitals, then the message. */
const levelled =
  /^(?:SDK )?(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?(TRAC|DEBU|INFO|WARN|ERRO|FATA|DEBUG|ERROR)(?:\[\d+\])? (.*)/s;

/** A line that is no JSON; undefined where it is empty. */
export function ofText(line: string): LogRecord | undefined {
  const plain = line.trim();
  const [, level, message] = (plain.includes("level=") && logfmt.exec(plain)) || [];
  if (level && message) {
    return {
      message: [unquoted(message).trimEnd(), ...fieldsOf(plain, causes)].join(": "),
      level: levelOf(level),
      time: fieldsOf(plain, ["time"])[0] ?? leadingTime(plain),
      path: fieldsOf(plain, ["path"])[0],
    };
  }
  const [, capitals, rest] = levelled.exec(plain) ?? [];
  if (capitals && rest) {
    const [said = ""] = rest.split(/\s+@service=/);
    return {
      message: [said, ...(said === rest ? [] : fieldsOf(rest, causes))].join(": "),
      level: levelOf(capitals),
      path: fieldsOf(rest, ["path"])[0],
    };
  }
  return plain === "" ? undefined : { message: plain, time: leadingTime(plain) };
}

const fields = Object.fromEntries(
  [...causes, "time", "path"].map((name) => [
    name,
    new RegExp(`(?:^|\\s)${name}=("(?:[^"\\\\]|\\\\.)*"|\\S+)`),
  ]),
);

/** The values of these fields in logfmt, in their order. */
function fieldsOf(line: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (!line.includes(`${name}=`)) return [];
    const [, value] = fields[name]?.exec(line) ?? [];
    return text(unquoted(value).trimEnd()) ?? [];
  });
}

function leadingTime(line: string): string | undefined {
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*/.exec(line)?.[0];
}

function unquoted(text = ""): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

function levelOf(level: unknown): Level | undefined {
  switch (typeof level === "string" ? level.toUpperCase() : "") {
    case "TRACE":
    case "TRAC":
    case "DEBUG":
    case "DEBU":
      return "DEBUG";
    case "INFO":
      return "INFO";
    case "WARN":
    case "WARNING":
      return "WARN";
    case "ERROR":
    case "ERRO":
    case "FATAL":
    case "FATA":
      return "ERROR";
    default:
      return undefined;
  }
}

/** `value`, if it is a text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
