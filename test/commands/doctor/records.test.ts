import { readRecords } from "../../../commands/doctor/envelopes";
import { Records } from "../../../commands/doctor/lines";
import { examples, recordOf } from "./examples";

const readRecord = (text: string) => readRecords(text)[0];

const message = examples.P8?.is ?? "";
const json = recordOf(message);
const record = {
  message,
  level: "ERROR",
  time: "2026-01-20T16:27:06.316621814Z",
  pipelineId: "d5nfcb0objac738nhf90",
  instanceId: "d5nqpls9m4lc73ejlu80",
  path: "root.input",
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

describe("fields of a record", () => {
  test.each([
    ["TRACE", "DEBUG"],
    ["debug", "DEBUG"],
    ["INFO", "INFO"],
    ["warn", "WARN"],
    ["WARNING", "WARN"],
    ["error", "ERROR"],
    ["Fatal", "ERROR"],
    ["OFF", undefined],
    [7, undefined],
  ])("level %s is %s", (level, known) => {
    expect(readRecord(JSON.stringify({ message: "m", level }))?.level).toBe(known);
  });

  test("that are empty are not there", () => {
    expect(readRecord('{"message":"","level":"","time":"","pipeline_id":"","error":""}')).toEqual({
      message: "",
      level: undefined,
      time: undefined,
      pipelineId: undefined,
    });
  });

  test("logfmt has a time, in quotes or not", () => {
    const timeOf = (time: string) => readRecord(`${time}level=info msg=m x=1`)?.time;
    expect(timeOf('time="2026-01-20T16:27:06Z" ')).toBe("2026-01-20T16:27:06Z");
    expect(timeOf("time=2026-01-20T16:27:06Z ")).toBe("2026-01-20T16:27:06Z");
    expect(timeOf('time="2026-01-20 16:27" ')).toBe("2026-01-20 16:27");
    expect(timeOf("")).toBeUndefined();
    expect(timeOf("runtime=3s ")).toBeUndefined();
  });

  test("logfmt has a message in quotes or not, whatever is in it", () => {
    const messageOf = (rest: string) => readRecord(`level=info ${rest}`)?.message;
    expect(messageOf("msg=word x=1")).toBe("word");
    expect(messageOf('msg=word" x=1')).toBe('word"');
    expect(messageOf('path="a" msg="a \\"b\\" \\\\" x=1')).toBe('a "b" \\');
    expect(messageOf('msg="a \\x b" x=1')).toBe("a \\x b");
    expect(messageOf('msg=m error="a b"')).toBe("m: a b");
    expect(messageOf("msg=m error=word")).toBe("m: word");
    expect(messageOf('msg=m error="a \\"b\\" c"')).toBe('m: a "b" c');
    expect(messageOf('msg="m " error=""')).toBe("m");
  });

  test("logfmt names its component, and blanks at a cause's end are none of it", () => {
    expect(readRecord('level=error msg=m error="e " path=root.output')).toEqual({
      message: "m: e",
      level: "ERROR",
      path: "root.output",
    });
  });

  test("a level in capitals, as terminals show it, has its message behind it", () => {
    const of = (line: string) => {
      const { level, message, path } = readRecord(line) ?? {};
      return [level, message, path];
    };
    expect(of("TRAC[0000] m")).toEqual(["DEBUG", "m", undefined]);
    expect(of("DEBU[0012] m")).toEqual(["DEBUG", "m", undefined]);
    expect(of("FATA[0012] m")).toEqual(["ERROR", "m", undefined]);
    expect(of("INFO[0012] m")).toEqual(["INFO", "m", undefined]);
    expect(of("DEBUG some words")).toEqual(["DEBUG", "some words", undefined]);
    expect(of("ERROR m")).toEqual(["ERROR", "m", undefined]);
    expect(of("SDK 2026/01/20 16:27:06 WARN m")).toEqual(["WARN", "m", undefined]);
    expect(of("an ERROR m")).toEqual([undefined, "an ERROR m", undefined]);
    expect(of("ERRO[0012] m   @service=redpanda-connect error=e path=root.output")).toEqual([
      "ERROR",
      "m: e",
      "root.output",
    ]);
    // Without Connect's fields, what looks like one is part of the message.
    expect(of("ERRO[0012] m error=e")).toEqual(["ERROR", "m error=e", undefined]);
  });

  test("a time at the beginning of a line is its time", () => {
    const timeOf = (line: string) => readRecord(line)?.time;
    expect(timeOf("2026-01-20T16:27:06.316Z words")).toBe("2026-01-20T16:27:06.316Z");
    expect(timeOf("2026-01-20 16:27:06 UTC words")).toBe("2026-01-20 16:27:06");
    expect(timeOf("at 2026-01-20 16:27:06 UTC")).toBeUndefined();
  });

  test("what only looks like logfmt is text", () => {
    for (const line of ["xlevel=info msg=m", "level=info xmsg=m", "level= msg=m"]) {
      expect(readRecord(line)).toEqual({ message: line });
    }
  });

  test("a cause beside a JSON message belongs to it, blanks at the end do not", () => {
    expect(readRecord('{"msg":"m","error":"e \\n"}')?.message).toBe("m: e");
    expect(readRecord('{"msg":"m \\n","error":7}')?.message).toBe("m");
    expect(readRecord('{"msg":"m","cause":"c","reason":"r"}')?.message).toBe("m: c: r");
  });

  test("the pipeline is the record's, or the key, which other prefixes are not", () => {
    const id = "d5nfcb0objac738nhf90";
    const pipelineOf = (line: string) => readRecord(line)?.pipelineId;
    expect(pipelineOf(`${id} {"message":"m"}`)).toBe(id);
    expect(pipelineOf(`${id}{"message":"m"}`)).toBe(id);
    expect(pipelineOf(`a${id} {"message":"m"}`)).toBeUndefined();
    expect(pipelineOf(`${id}a {"message":"m"}`)).toBeUndefined();
    expect(pipelineOf(`${id}  {"message":"m"}`)).toBeUndefined();
    expect(pipelineOf(`${id} {"message":"m","pipeline_id":"other"}`)).toBe("other");
    expect(pipelineOf(JSON.stringify({ key: id, value: '{"message":"m"}' }))).toBe(id);
    expect(pipelineOf(JSON.stringify({ key: 7, value: '{"message":"m"}' }))).toBeUndefined();
    expect(pipelineOf(`${id} ${JSON.stringify({ value: '{"message":"m"}' })}`)).toBe(id);
    expect(
      pipelineOf(JSON.stringify({ key: id, value: '{"message":"m","pipeline_id":"other"}' })),
    ).toBe("other");
  });

  test.each(["[1]", "null", '"text"', "{}", '{"value":""}', '{"value":7}', "text { and more"])(
    "%s is text",
    (line) => {
      expect(readRecord(line)).toEqual({ message: line });
    },
  );

  test("an envelope with nothing in it is text", () => {
    expect(readRecord('{"log":" "}')).toEqual({ message: '{"log":" "}' });
  });

  test("an object may end in a comma", () => {
    expect(readRecord('{"message":"m"},')).toMatchObject({ message: "m" });
  });
});

describe("pretty-printed objects", () => {
  test("are one record each, nested ones included", () => {
    const log = '{\n  "a": {\n    "b": 1\n  }\n}\n  {\n  "c": 1\n  },\ntext';
    expect(recordsIn(Buffer.from(log))).toEqual([
      '{\n  "a": {\n    "b": 1\n  }\n}',
      '  {\n  "c": 1\n  },',
      "text",
    ]);
  });

  test("may have others in a list, each further in", () => {
    const log = '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}';
    expect(recordsIn(Buffer.from(log))).toEqual([log]);
  });

  test("begin with a line of their own", () => {
    expect(recordsIn(Buffer.from("text{\n  a\n}\n"))).toEqual(["text{", "  a", "}"]);
    expect(recordsIn(Buffer.from('{"a": {\n}\n'))).toEqual(['{"a": {', "}"]);
    expect(recordsIn(Buffer.from("{\u00a0\n}\n"))).toEqual(["{\u00a0\n}"]);
  });

  test("may be as long as any record", () => {
    const line = "x".repeat(1024 * 1024 - 1);
    expect(recordsIn(Buffer.from(`{\n${line}\n}\n`)).map(({ length }) => length)).toEqual([
      1024 * 1024 + 3,
    ]);
  });

  test("that are longer than any record are lines", () => {
    const line = `  "${"x".repeat(600 * 1024)}"`;
    expect(recordsIn(Buffer.from(`{\n${line}\n${line}\n}\n`))).toEqual(["{", line, line, "}"]);
    expect(recordsIn(Buffer.from(`{\n${line}\n}\n`))).toEqual([`{\n${line}\n}`]);
  });

  test("that never end are lines in the end", () => {
    expect(recordsIn(Buffer.from('\t{ \n  "a": 1'))).toEqual(["\t{ ", '  "a": 1']);
  });
});

describe("lines", () => {
  const longest = 1024 * 1024;

  /** The lengths of what is taken of lines whose ends come by themselves. */
  const lengths = (...lines: number[]) => {
    const taken: number[] = [];
    const records = new Records((text) => taken.push(text.length));
    for (const length of lines) {
      records.write(Buffer.alloc(length, "x"));
      records.write(Buffer.from("\n"));
    }
    records.end();
    return taken;
  };

  test("are taken up to a length", () => {
    expect(lengths(longest, 4)).toEqual([longest, 4]);
    expect(lengths(longest + 1, 4)).toEqual([4]);
    expect(recordsIn(Buffer.alloc(longest + 1, "x")).map(({ length }) => length)).toEqual([]);
  });

  test("end once", () => {
    const taken: string[] = [];
    const records = new Records((text) => taken.push(text));
    records.write(Buffer.from("a\nb"));
    records.end();
    records.end();
    records.write(Buffer.from("c\n"));
    expect(taken).toEqual(["a", "b", "c"]);
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

  test("lines without end are counted, each once, however long they are", () => {
    const records = new Records(() => {});
    const unread = [Buffer.alloc(64 * 1024, "x"), ...Array(48).fill(Buffer.alloc(64 * 1024, "y"))]
      .concat(Buffer.from("\n"), Buffer.from("short\n"))
      .map((bytes) => {
        records.write(bytes);
        return records.unread;
      });
    // From the first byte that is too many on.
    expect(unread).toEqual([...Array(16).fill(0), ...Array(35).fill(1)]);
    records.write(Buffer.alloc(1024 * 1024 + 1, "x"));
    records.end();
    expect(records.unread).toBe(2);
  });

  test.each([1, 2, 3, 7, 1000])("bytes that come %i at a time", (size) => {
    const log = `${json}\n${JSON.stringify(rpk, null, 2)}\n${recordOf("Grüße — 世界", "WARN")}`;
    const whole = recordsIn(Buffer.from(log));
    expect(whole).toHaveLength(3);
    expect(recordsIn(Buffer.from(log), size)).toEqual(whole);
  });
});
