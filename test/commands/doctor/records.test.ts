import { Records } from "../../../commands/doctor/lines";
import { readRecord } from "../../../commands/doctor/records";
import { examples, recordOf } from "./examples";

const message = examples.P8?.is ?? "";
const json = recordOf(message);
const record = {
  message,
  level: "ERROR",
  time: "2026-01-20T16:27:06.316621814Z",
  pipelineId: "d5nfcb0objac738nhf90",
};
const rpk = {
  topic: "__redpanda.connect.logs",
  key: "d5nfcb0objac738nhf90",
  value: json,
  timestamp: 1768926426316,
  partition: 0,
  offset: 12,
};
const logfmt = `level=error msg=${JSON.stringify(message)} @service=redpanda-connect label=postgres_cdc path=root.input`;
const withoutPipeline = { message, level: "ERROR" };

/** What the bytes are cut into, when they come `size` at a time. */
function recordsIn(bytes: Buffer, size = bytes.length || 1): string[] {
  const taken: string[] = [];
  const records = new Records((text) => taken.push(text));
  for (let start = 0; start < bytes.length; start += size) {
    records.write(bytes.subarray(start, start + size));
  }
  records.end();
  return taken;
}

const read = (log: string) => recordsIn(Buffer.from(log)).map(readRecord);

describe("forms of records", () => {
  test.each([
    ["rpk topic consume", JSON.stringify(rpk, null, 2)],
    ["rpk topic consume, one a line", JSON.stringify(rpk)],
    ["the value alone (%v)", json],
    ["key and value (%k %v)", `d5nfcb0objac738nhf90 ${json}`],
    ["the value, pretty-printed", JSON.stringify(JSON.parse(json), null, 4)],
    [
      "an element of a pretty-printed list",
      `  ${JSON.stringify(rpk, null, 2).replaceAll("\n", "\n  ")},`,
    ],
    ["with carriage returns", `${JSON.stringify(rpk, null, 2).replaceAll("\n", "\r\n")}\r`],
  ])("%s", (_form, log) => {
    expect(read(log)).toEqual([record]);
  });

  test.each([
    ["Connect's own output", logfmt],
    [
      "Connect's own output as JSON",
      `{"@service":"redpanda-connect","level":"error","msg":${JSON.stringify(message)},"path":"root.input"}`,
    ],
    ["journald", `Jan 20 16:27:06 ip-10-0-1-7 docker[1234]: ${logfmt}`],
    ["journalctl --output json", JSON.stringify({ MESSAGE: logfmt, _PID: "1234" })],
    ["docker logs --timestamps", `2026-01-20T16:27:06.316Z ${logfmt}`],
    ["docker compose logs", `connect-1  | ${logfmt}`],
    [
      "Docker's log file",
      JSON.stringify({ log: `${logfmt}\n`, stream: "stderr", time: "2026-01-20T16:27:06Z" }),
    ],
  ])("%s", (_form, log) => {
    const [{ message, level, pipelineId } = {}] = read(log) as {
      message?: string;
      level?: string;
      pipelineId?: string;
    }[];
    expect({ message, level, pipelineId }).toEqual({ ...withoutPipeline, pipelineId: undefined });
  });

  test("plain text", () => {
    expect(read("the tide is out\n\n  \nso is the moon")).toEqual([
      { message: "the tide is out" },
      undefined,
      undefined,
      { message: "so is the moon" },
    ]);
  });

  test("a cause beside the message belongs to it", () => {
    const line =
      'level=error msg="Failed to read Redpanda License" error="license expired on 2026-01-31T00:00:00Z"';
    expect(read(line)).toMatchObject([
      { message: "Failed to read Redpanda License: license expired on 2026-01-31T00:00:00Z" },
    ]);
    const ofKafkaClient =
      'level=error msg="unable to initialize sasl" @service=benthos broker=seed_0 err="SASL_AUTHENTICATION_FAILED: SASL Authentication failed." label="" path=root.output';
    const asJson =
      '{"level":"error","msg":"unable to initialize sasl","err":"SASL_AUTHENTICATION_FAILED: SASL Authentication failed."}';
    const message =
      "unable to initialize sasl: SASL_AUTHENTICATION_FAILED: SASL Authentication failed.";
    expect(read(`${ofKafkaClient}\n${asJson}`)).toMatchObject([{ message }, { message }]);
  });
});

describe("what is broken hurts nothing", () => {
  test("a line cut off", () => {
    expect(read(`${json.slice(0, 100)}\n${json}`)).toEqual([
      { message: json.slice(0, 100).trim() },
      record,
    ]);
  });

  test("a pretty-printed record cut off: what there is of it, and the next", () => {
    const pretty = JSON.stringify(rpk, null, 2);
    const [whole, ...others] = read(`${pretty.slice(0, 60)}\n${pretty}`).reverse();
    expect(whole).toEqual(record);
    expect(others.map((one) => one?.message)).toEqual([
      '"key": "d5nfcb0obj',
      '"topic": "__redpanda.connect.logs",',
      "{",
    ]);
  });

  test("binary", () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 31) % 256));
    expect(
      recordsIn(Buffer.concat([bytes, Buffer.from(`\n${json}\n`)]))
        .map(readRecord)
        .at(-1),
    ).toEqual(record);
  });

  test("a line without end is dropped, the next one is read", () => {
    const long = Buffer.alloc(3 * 1024 * 1024, "x");
    const log = Buffer.concat([long, Buffer.from(`\n${json}\n`)]);
    expect(recordsIn(log, 64 * 1024)).toEqual([json]);
  });

  test.each([1, 2, 3, 7, 1000])("bytes that come %i at a time", (size) => {
    const log = `${json}\n${JSON.stringify(rpk, null, 2)}\n${recordOf("Grüße — 世界", "WARN")}`;
    const whole = recordsIn(Buffer.from(log));
    expect(whole).toHaveLength(3);
    expect(recordsIn(Buffer.from(log), size)).toEqual(whole);
  });
});
