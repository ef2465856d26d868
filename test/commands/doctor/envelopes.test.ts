import { Readable } from "node:stream";
import { decoded } from "../../../commands/doctor/encodings";
import { readRecords } from "../../../commands/doctor/envelopes";
import { Records } from "../../../commands/doctor/lines";
import type { LogRecord } from "../../../commands/doctor/records";
import { open } from "./texts";
import { inShapes, shapesOf } from "./texts/shapes";

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

test.each(shapesOf("connect").map(({ name }) => name))("%s: message and level", async (name) => {
  const said = (await recordsIn(forms[name] as Buffer)).filter(({ level }) => level === "ERROR");
  expect(said.map(({ message }) => message)).toEqual([different[name] ?? denied.message]);
});

test.each<[what: string, line: string, record: Partial<LogRecord>]>([
  ["an object in err", '{"level":"error","msg":"m","err":{"message":"e"}}', { message: "m: e" }],
  ["another object", '{"level":"error","msg":"m","err":{"code":7}}', { message: 'm: {"code":7}' }],
  [
    "a record in a message",
    '{"level":"info","msg":"{\\"level\\":\\"error\\",\\"msg\\":\\"m\\"}"}',
    { message: "m", level: "ERROR" },
  ],
  ["AWS's own logger", "SDK 2026/01/20 16:27:06 WARN m", { message: "m", level: "WARN" }],
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
    '{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied","errorMessage":"no"}',
    { message: "operation error STS: AssumeRole, api error AccessDenied: no", level: "ERROR" },
  ],
  [
    "what another service denies",
    '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied"}',
    { message: "operation error S3: GetObject, api error AccessDenied: ", level: "INFO" },
  ],
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

test("messages of one page in one line, and pgx's second try", () => {
  const page = "level=error msg=a\tlevel=error msg=b";
  expect(readRecords(page).map(({ message }) => message)).toEqual(["a", "b"]);
  expect(readRecords("\th: server error: FATAL: a, no encryption (SQLSTATE 28000)")).toEqual([]);
  expect(readRecords("\th: server error: FATAL: a, SSL encryption")).toHaveLength(1);
});

test("a document of any length is read record by record", async () => {
  const line = `level=error msg="${"x".repeat(1000)}"`;
  const events = Array.from({ length: 3000 }, (_, index) => ({ timestamp: index, message: line }));
  const log = Buffer.from(JSON.stringify({ events, nextToken: "a" }, null, 4));
  expect(log.length).toBeGreaterThan(3 * 1024 * 1024);
  const errors = (await recordsIn(log)).filter(({ level }) => level === "ERROR");
  expect(errors).toHaveLength(3000);
});
