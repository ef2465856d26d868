import { gunzipSync } from "node:zlib";
import { entries } from "../../../../commands/doctor/catalogue";
import { hops } from "../../../../commands/doctor/hops";
import { engines } from "../../../../engines";
import { isSetAside, open, textOf, texts } from ".";
import { chains, isInterleaved, linesOf } from "./chains";
import { healthy } from "./healthy";
import { setAside } from "./set-aside";
import { setAsideLater } from "./set-aside-later";
import { asWritten, inShapes, shapes, shapesOf } from "./shapes";

test("a text: what was logged, where it breaks, why, and who says so", () => {
  expect(textOf("my-1236-past-end")).toEqual({
    id: "my-1236-past-end",
    log: "connect",
    message:
      "error during MySQL CDC: starting streaming: ERROR 1236 (HY000): Client requested master to start replication from position > file size; the first event 'mysql-bin.000063' at 17654, the last event read from '/home/mysql/data3293/mysql/mysql-bin.000063' at 4, the last byte read from '/home/mysql/data3293/mysql/mysql-bin.000063' at 4.",
    hop: "position",
    engine: "mysql",
    cause: "The position is past the end of the file: another server, or a crash.",
    entries: ["M10"],
    known: "reported",
    source: "https://github.com/go-mysql-org/go-mysql/issues/459",
  });
  expect(() => textOf("my-1236-past")).toThrow(
    'There is no text "my-1236-past" in test/commands/doctor/texts.',
  );
});

describe("texts", () => {
  test("there are enough of them, of every hop, log, engine and topology", () => {
    expect(texts.length).toBeGreaterThanOrEqual(180);
    const of = (key: "hop" | "log" | "engine" | "topology") =>
      new Set(texts.map((text) => text[key]).filter((one) => one !== undefined));
    expect(of("hop")).toEqual(new Set(hops.map(({ id }) => id)));
    expect(of("log")).toEqual(
      new Set([
        "connect",
        "container",
        "kubernetes",
        "postgresql",
        "mysql",
        "iam-db-auth-error",
        "rds-proxy",
        "cloudtrail",
      ]),
    );
    expect(of("engine")).toEqual(new Set(engines.map(({ flag }) => flag)));
    expect(of("topology")).toEqual(new Set(["byoc", "ec2"]));
  });

  test("each is there once", () => {
    const twice = (all: string[]) => all.filter((one, index) => all.indexOf(one) !== index);
    expect(twice(texts.map(({ id }) => id))).toEqual([]);
    expect(twice(texts.map(({ message, fields }) => JSON.stringify([message, fields])))).toEqual(
      [],
    );
  });

  test("each names an entry only that there is", () => {
    const ids = new Set(entries.map(({ id }) => id));
    expect(texts.flatMap((text) => text.entries ?? []).filter((id) => !ids.has(id))).toEqual([]);
  });

  test("level and fields are those of Connect's records", () => {
    const others = texts.filter(({ log }) => log !== "connect");
    expect(others.filter(({ level, fields }) => level ?? fields)).toEqual([]);
  });

  test.each(texts.map((text) => [text.id, text] as const))(
    "%s has a source, a cause, and no line's end",
    (_id, { source, cause, message }) => {
      expect(new URL(source).protocol).toBe("https:");
      expect(cause).toMatch(/^\S.{8,}\.$/);
      expect(message).toBe(message.replace(/\n$/, ""));
    },
  );

  test("nobody's account, address or key is in them", () => {
    const all = JSON.stringify(texts);
    const accounts = [...all.matchAll(/(?:::|"|account:)(\d{12})\b/g)].map(([, id]) => id);
    expect([...new Set(accounts)].sort()).toEqual(["111122223333", "123456789012"]);
    expect(all).not.toMatch(/A(?:KI|SI)A[A-Z\d]{12}/);
    const hosts = [...all.matchAll(/[\w-]+\.rds\.amazonaws\.com/g)].map(([host]) => host);
    expect([...new Set(hosts)]).toEqual(["us-east-2.rds.amazonaws.com"]);
  });
});

describe("texts set aside", () => {
  test("are at least fifty, then thirty, chosen by their source alone, and stand apart", () => {
    expect(setAside.length).toBeGreaterThanOrEqual(50);
    expect(setAsideLater.length).toBeGreaterThanOrEqual(30);
    const all = [...setAside, ...setAsideLater];
    expect(all.filter((text) => !isSetAside(text)).map(({ id }) => id)).toEqual([]);
    expect(open.filter(isSetAside).map(({ id }) => id)).toEqual([]);
  });

  test("the second set has no source of the first", () => {
    const known = new Set(setAside.map(({ source }) => source));
    expect(setAsideLater.filter(({ source }) => known.has(source)).map(({ id }) => id)).toEqual([]);
  });

  test("the choice does not move", () => {
    const sources = [
      "https://github.com/redpanda-data/connect/issues/3562",
      "https://github.com/PeerDB-io/peerdb/pull/4652",
    ];
    expect(sources.map((source) => isSetAside({ source }))).toEqual([false, true]);
  });
});

describe("healthy logs", () => {
  test("are at least forty, each with a name of its own", () => {
    expect(healthy.length).toBeGreaterThanOrEqual(40);
    expect(new Set(healthy.map(({ name }) => name)).size).toBe(healthy.length);
  });

  test("the last word of each is none of an error", () => {
    const last = healthy.map(({ name, lines }) => [name, lines.at(-1)?.level] as const);
    expect(last.filter(([, level]) => level === "WARN" || level === "ERROR")).toEqual([]);
  });
});

describe("chains", () => {
  test("are at least thirty, ten of them interleaved, of two to five phases", () => {
    expect(chains.length).toBeGreaterThanOrEqual(30);
    expect(chains.filter(isInterleaved).length).toBeGreaterThanOrEqual(10);
    expect(
      chains.filter(({ phases }) => phases.length < 2 || phases.length > 5).map(({ name }) => name),
    ).toEqual([]);
  });

  test("use no text that is set aside, and end with their cause", () => {
    const used = chains.flatMap(({ phases }) => phases.flatMap(({ texts: ids }) => ids));
    const ids = used.filter((id) => id !== "begins");
    expect(ids.filter((id) => isSetAside(textOf(id)))).toEqual([]);
    for (const chain of chains) {
      const { message, fields } = textOf(chain.cause);
      expect(linesOf(chain).at(-1)).toMatchObject({ message, ...(fields ? { fields } : {}) });
    }
  });

  test("two texts in turn, then one of them alone", () => {
    const chain = chains.find(({ name }) => name.startsWith("policy and login in turn"));
    const told = chain ? linesOf(chain).map(({ message }) => message) : [];
    expect(told.map((message) => /AccessDenied|PAM|Launching/.exec(message)?.[0])).toEqual([
      undefined,
      undefined,
      undefined,
      "Launching",
      "AccessDenied",
      "PAM",
      "AccessDenied",
      "PAM",
      "AccessDenied",
      "PAM",
      "PAM",
      "PAM",
      "PAM",
    ]);
  });
});

describe("shapes", () => {
  const denied = textOf("out-topic-denied");
  const forms = inShapes(denied);
  const record = `{"instance_id":"d5nqpls9m4lc73ejlu80","label":"","level":"ERROR","message":"Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]","path":"root.input","pipeline_id":"d5nfcb0objac738nhf90","time":"2026-01-20T16:27:06.316621814Z"}`;

  test("each text comes in at least twenty, and each has a source", () => {
    expect(
      texts.filter((text) => Object.keys(inShapes(text)).length < 20).map(({ id }) => id),
    ).toEqual([]);
    expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
    for (const { source } of shapes) expect(new URL(source).protocol).toBe("https:");
  });

  test.each<[string, string]>([
    ["rpk topic consume --format '%v\\n'", `${record}\n`],
    ["rpk topic consume --format '%k %v\\n'", `d5nfcb0objac738nhf90 ${record}\n`],
    [
      "rpk topic consume | jq -cs",
      `[{"topic":"__redpanda.connect.logs","key":"d5nfcb0objac738nhf90","value":${JSON.stringify(record)},"timestamp":1768926426316,"partition":0,"offset":12}]\n`,
    ],
    [
      "Console, saved as CSV",
      `timestamp,partitionID,offset,key,value,keySize,valueSize,compression,isTransactional\n1768926426316,0,12,d5nfcb0objac738nhf90,${record.replaceAll(",", ";")},20,${record.length},uncompressed,false\n`,
    ],
    [
      "logfmt, as Connect prints it",
      'level=error msg="Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]" @service=redpanda-connect path=root.input\n',
    ],
    [
      "coloured, as Connect prints it to a terminal",
      "\u001b[31mERRO\u001b[0m Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.] \u001b[31m@service\u001b[0m=redpanda-connect \u001b[31mpath\u001b[0m=root.input\n",
    ],
    [
      "the cause in err=",
      'level=error msg="operation failed" @service=redpanda-connect err="Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]" path=root.input\n',
    ],
    [
      "docker's json-file",
      '{"log":"level=error msg=\\"Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]\\" @service=redpanda-connect path=root.input\\n","stream":"stderr","time":"2026-01-20T16:27:06.316621814Z"}\n',
    ],
    [
      "aws logs tail",
      '2026-01-20T16:27:06.316000+00:00 demo level=error msg="Failed to send message to redpanda: TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]" @service=redpanda-connect path=root.input\n',
    ],
    ["saved with carriage returns", `${record}\r\n`],
    ["saved with a byte order mark", `\ufeff${record}\n`],
  ])("%s", (name, bytes) => {
    expect(forms[name]?.toString()).toBe(bytes);
  });

  test("fields stand beside the message", () => {
    const logfmt = inShapes(textOf("out-dial-timeout"))["logfmt, as Connect prints it"];
    expect(logfmt?.toString()).toBe(
      'level=warning msg="unable to open connection to broker" @service=redpanda-connect addr="seed-0a1b2c3d.curl3eo533cmsnt23dv0.fmc.prd.cloud.redpanda.com:9092" broker=seed_0 err="dial tcp 10.0.1.20:9092: i/o timeout" path=root.input\n',
    );
  });

  test("UTF-16 and gzip hold the same", () => {
    const { utf16, reversed, zipped } = {
      utf16: forms["saved by PowerShell 5's >, UTF-16"] as Buffer,
      reversed: Buffer.from(forms["saved as UTF-16, most significant byte first"] as Buffer),
      zipped: forms.gzip as Buffer,
    };
    expect(utf16.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    expect(utf16.toString("utf16le")).toBe(`\ufeff${record}\n`);
    expect(reversed.subarray(0, 2)).toEqual(Buffer.from([0xfe, 0xff]));
    expect(reversed.swap16().toString("utf16le")).toBe(`\ufeff${record}\n`);
    expect(gunzipSync(zipped).toString()).toBe(`${record}\n`);
  });

  test("what is said to be JSON is JSON", () => {
    const whole = /saved as JSON|jq -c?s|aws |Datadog, JSON|subscription/;
    const named = shapesOf("connect").filter(
      ({ name }) => whole.test(name) && !/text$|tail/.test(name),
    );
    expect(named.length).toBeGreaterThanOrEqual(8);
    for (const { name } of named) {
      expect(() => JSON.parse(forms[name]?.toString() ?? "")).not.toThrow();
    }
  });

  test("a message of two lines is two lines for Docker, and one record for CloudWatch", () => {
    const detail = inShapes(textOf("start-exec-format"));
    expect(detail["docker logs --timestamps"]?.toString()).toBe(
      "2026-01-20T16:27:06.316621814Z exec /redpanda-connect: exec format error\n",
    );
    const two = textOf("pglog-role-missing");
    expect(asWritten([two], two.log).toString().split("\n")).toHaveLength(3);
    expect(
      JSON.parse(inShapes(two)["aws logs filter-log-events"]?.toString() ?? "").events,
    ).toHaveLength(1);
  });
});
