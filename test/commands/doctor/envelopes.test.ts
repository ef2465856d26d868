import { Readable } from "node:stream";
import { decoded } from "../../../commands/doctor/encodings";
import { readRecords } from "../../../commands/doctor/envelopes";
import { Records } from "../../../commands/doctor/lines";
import type { LogRecord } from "../../../commands/doctor/records";
import { open } from "./texts";
import { asRead, inShapes, shapesOf } from "./texts/shapes";
import type { Text } from "./texts/text";

async function recordsIn(log: Buffer): Promise<LogRecord[]> {
  const read: LogRecord[] = [];
  const records = new Records((text) => read.push(...readRecords(text)));
  for await (const bytes of decoded(Readable.from([log]), "the log")) records.write(bytes);
  records.end();
  return read;
}

const denied = open.find(({ id }) => id === "out-topic-denied");
if (!denied) throw new Error("There is no text out-topic-denied.");
const forms = inShapes(denied);
const pipeline = "d5nfcb0objac738nhf90";

test("a record as rpk prints it", async () => {
  expect(await recordsIn(forms["rpk topic consume"] as Buffer)).toEqual([
    {
      message: denied.message,
      level: "ERROR",
      time: "2026-01-20T16:27:06.316621814Z",
      pipelineId: "d5nfcb0objac738nhf90",
      instanceId: "d5nqpls9m4lc73ejlu80",
      path: "root.input",
    },
  ]);
});

/** Shapes in which the message is another, or its commas are semicolons. */
const different: Readonly<Record<string, string>> = {
  "the cause in err=": `operation failed: ${denied.message}`,
  "the cause in error=": `operation failed: ${denied.message}`,
  "the cause in lint=": `Config lint error: ${denied.message}`,
};

/** When a shape says that it was said: in the record, or on its envelope; undefined where nowhere. */
const timeIn = (name: string) => {
  if (/get-query-results|Insights/.test(name)) return "2026-01-20 16:27:06.316";
  if (/logs tail --format short/.test(name)) return "2026-01-20T16:27:06";
  if (/logs tail/.test(name)) return "2026-01-20T16:27:06.316000+00:00";
  if (/within|^JSON|filter-log-events$|get-log-events|S3|subscription|jsonl/.test(name)) return iso;
  if (/Fluent|Splunk|Datadog/.test(name)) return iso;
  if (/rpk|Console|saved|gzip|json-file|--timestamps|containers$/.test(name)) return precise;
  return undefined;
};
const iso = "2026-01-20T16:27:06.316Z";
const precise = "2026-01-20T16:27:06.316621814Z";

test.each(shapesOf("connect").map(({ name }) => name))(
  "%s: message, level, time and pipeline",
  async (name) => {
    const said = (await recordsIn(forms[name] as Buffer)).filter(({ level }) => level === "ERROR");
    expect(said.map(({ message, time, pipelineId }) => ({ message, time, pipelineId }))).toEqual([
      {
        message: different[name] ?? denied.message,
        time: timeIn(name),
        pipelineId:
          timeIn(name) === precise && !/docker|kubectl|node/.test(name) ? pipeline : undefined,
      },
    ]);
  },
);

test.each(["start-yaml", "pod-oom", "iam-invalid-token", "proxy-iam", "trail-tagsession"])(
  "%s, of another log, in each of its shapes",
  async (id) => {
    const text = open.find((one) => one.id === id) as Text;
    const { message, level } = asRead(text);
    for (const [name, bytes] of Object.entries(inShapes(text))) {
      // The AWS CLI prints its columns around a record that is none of Connect's.
      if (/filter-log-events --output text/.test(name)) continue;
      const last = (await recordsIn(bytes)).at(-1);
      expect([name, last?.message.endsWith(message), last?.level]).toEqual([name, true, level]);
    }
  },
);

test.each<[what: string, line: string, record: Partial<LogRecord>]>([
  ["an object in err", '{"level":"error","msg":"m","err":{"message":"e"}}', { message: "m: e" }],
  ["another object", '{"level":"error","msg":"m","err":{"code":7}}', { message: 'm: {"code":7}' }],
  [
    "a record in a message",
    '{"level":"info","msg":"{\\"level\\":\\"error\\",\\"msg\\":\\"m\\"}"}',
    { message: "m", level: "ERROR" },
  ],
  ["AWS's own logger", "SDK 2026/01/20 16:27:06 WARN m", { message: "m", level: "WARN" }],
  [
    "a time on the event, and one of another name around it",
    '{"items":[{"kind":"Event","type":"Warning","reason":"Failed","message":"m","lastTimestamp":"2026-01-20T16:27:06Z"}],"time":"x"}',
    { time: "2026-01-20T16:27:06Z" },
  ],
  [
    "a message in Elasticsearch",
    '{"hits":{"hits":[{"_source":{"@timestamp":"2026-01-20T16:27:06Z","message":"level=error msg=m"}}]}}',
    { message: "m", level: "ERROR", time: "2026-01-20T16:27:06Z" },
  ],
  [
    "an error in a row of Insights, and no time in it",
    '{"results":[[{"field":"@message","value":"level=error msg=m"},{"field":"@ptr","value":"x"}]]}',
    { message: "m", level: "ERROR", time: undefined },
  ],
  ["a time in seconds", '{"log":"m","date":1768926426}', { time: "2026-01-20T16:27:06.000Z" }],
  ["a time that is none", '{"log":"m","date":1e99}', { message: "m", time: undefined }],
  [
    "an event of Kubernetes",
    '{"kind":"Event","type":"Warning","reason":"Failed","message":"m"}',
    { message: "Warning Failed m", level: "WARN" },
  ],
  [
    "one that is no warning",
    '{"kind":"Event","type":"Normal","reason":"Pulled","message":"m"}',
    { message: "Normal Pulled m", level: "INFO" },
  ],
  [
    "CloudTrail's denial",
    '{"eventTime":"2026-01-20T16:27:06Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied","errorMessage":"no"}',
    {
      message: "operation error STS: AssumeRole, api error AccessDenied: no",
      level: "ERROR",
      time: "2026-01-20T16:27:06Z",
    },
  ],
  [
    "what another service denies",
    '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied"}',
    { message: "operation error S3: GetObject, api error AccessDenied: ", level: "INFO" },
  ],
  [
    "what names a source, and no event of CloudTrail",
    '{"eventSource":"sts.amazonaws.com","message":"m"}',
    { message: "m" },
  ],
  [
    "a message that is an object, as Vector's parse_json makes it",
    '{"host":"a","message":{"level":"error","msg":"m"}}',
    { message: "m", level: "ERROR" },
  ],
  [
    "a record that quotes another",
    '{"level":"info","msg":"was told: level=error msg=m"}',
    { message: "was told: level=error msg=m", level: "INFO" },
  ],
  [
    "the second place where a record may be, where the first is empty",
    '{"value":"","log":"level=error msg=m"}',
    { message: "m", level: "ERROR" },
  ],
  ["a letter in bytes", '{"MESSAGE":[109]}', { message: "m" }],
  [
    "a time on the record, and the pipeline on its envelope",
    `{"key":"${pipeline}","value":"{\\"message\\":\\"m\\",\\"time\\":\\"${iso}\\"}"}`,
    { message: "m", time: iso, pipelineId: pipeline },
  ],
  ["a comma after it, and a carriage return", '{"message":"m"},\r', { message: "m" }],
  ["a word in brackets before it", '[a] {"message":"m","list":[{}]}', { message: "m" }],
  ["the same without a blank", '[a]{"message":"m"}', { message: "m" }],
  ["a list of one, with blanks", '[  {"message":"m"} ]', { message: "m" }],
  ["a list in a list", '[[{"message":"m"}]]', { message: "m" }],
  ["what is no record beside one", '[{"message":"m"},null,7]', { message: "m" }],
  [
    "a transaction's record in Console's CSV",
    '{"message":"a; b";"level":"error"},7,1768926426316,uncompressed,true',
    { message: "a, b", level: "ERROR" },
  ],
  [
    "a cell that ends in the next line",
    '2026-01-20T16:27:06Z,"level=error msg=m',
    { message: "m", level: "ERROR", time: "2026-01-20T16:27:06Z" },
  ],
  [
    "quotes in a cell before it, and a carriage return",
    '"2026-01-20T16:27:06Z","a ""b"" c","level=error msg=""m n"""\r',
    { message: "m n", level: "ERROR", time: "2026-01-20T16:27:06Z" },
  ],
  [
    "a cell that is not the last",
    '2026-01-20T16:27:06Z,"a" or so',
    { message: '2026-01-20T16:27:06Z,"a" or so' },
  ],
  ["a cell further in", 'a 2026-01-20T16:27:06Z,"b"', { message: 'a 2026-01-20T16:27:06Z,"b"' }],
  [
    "what went well",
    '{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole"}',
    { message: "operation error STS: AssumeRole", level: "INFO" },
  ],
])("%s", (_what, line, record) => {
  const records = readRecords(line);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject(record);
});

test("a file of RDS's is many lines", () => {
  const line = "2026-01-20 16:27:06 UTC:203.0.113.10(5000):a@b:[7]:FATAL:  no";
  expect(readRecords(JSON.stringify({ LogFileData: `${line}\n${line}\n` }))).toHaveLength(2);
});

test("messages of one page in one line, and pgx's second try", () => {
  const page = "level=error msg=a\tlevel=error msg=b";
  expect(readRecords(page).map(({ message }) => message)).toEqual(["a", "b"]);
  expect(readRecords("\th: server error: FATAL: a, no encryption (SQLSTATE 28000)")).toEqual([]);
  expect(readRecords("\th: server error: FATAL: a, SSL off (SQLSTATE 28000)")).toEqual([]);
  expect(readRecords("\th: server error: FATAL: a, SSL encryption")).toHaveLength(1);
  expect(readRecords("h:\tserver error: FATAL: a, no encryption")).toHaveLength(1);
  // Of other lines a tab is none of the AWS CLI's.
  expect(readRecords("a\tb")).toEqual([{ message: "a\tb" }]);
});

test("a document of any length is read record by record", async () => {
  const line = `level=error msg="${"x".repeat(1000)}"`;
  const events = Array.from({ length: 3000 }, (_, index) => ({ timestamp: index, message: line }));
  const log = Buffer.from(JSON.stringify({ events, nextToken: "a" }, null, 4));
  expect(log.length).toBeGreaterThan(3 * 1024 * 1024);
  const errors = (await recordsIn(log)).filter(({ level }) => level === "ERROR");
  expect(errors).toHaveLength(3000);
});
