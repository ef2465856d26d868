import { gzipSync } from "node:zlib";
import { readRecords } from "../../../../commands/doctor/envelopes";
import type { Hop } from "../../../../commands/doctor/hops";
import type { LogRecord } from "../../../../commands/doctor/records";
import type { Line, Log, Text } from "./text";

/** A form in which people have a log. */
export interface Shape {
  readonly name: string;
  /** Logs that come in it. @default - all */
  readonly logs?: readonly Log[];
  /**
   * Who writes it speaks of what breaks there alone: any other text in it is none that was ever
   * logged, and what is made of it no matter. @default - of everything
   */
  readonly hop?: Hop;
  /** Where the form was read. */
  readonly source: string;
  write(lines: readonly Line[], log: Log): Buffer;
}

/** A text in every shape that its log comes in, by the shape's name. */
export function inShapes(text: Text): Record<string, Buffer> {
  return Object.fromEntries(
    shapesOf(text.log).map((shape) => [shape.name, shape.write([lineOf(text)], text.log)]),
  );
}

export function shapesOf(log: Log): Shape[] {
  return shapes.filter(({ logs }) => !logs || logs.includes(log));
}

/** The shape that a log has where it is written: the record in the topic, or the line. */
export function asWritten(lines: readonly Line[], log: Log): Buffer {
  return text(lines.map((line, index) => (log === "connect" ? json(line, index) : line.message)));
}

/** The line that a text is: an error, if it is Connect's and says nothing else. */
export function lineOf({ message, level = "ERROR", fields, log }: Text): Line {
  return log === "connect" ? { message, level, ...(fields ? { fields } : {}) } : { message };
}

/** The record that the doctor reads of a text, as it was written. */
export function asRead(text: Text): LogRecord {
  const line = asWritten([lineOf(text)], text.log)
    .toString()
    .trimEnd();
  return readRecords(line)[0] as LogRecord;
}

const pipeline = "d5nfcb0objac738nhf90";
const started = Date.parse("2026-01-20T16:27:06.316Z");

/** When the record at `index` was written: one each five seconds. */
const at = (index: number) => started + index * 5000;
const iso = (index: number) => new Date(at(index)).toISOString();
const withNanoseconds = (index: number) => iso(index).replace("Z", "621814Z");

/** The record in Connect's topic of logs: strings only. */
function recordOf({ message, level = "INFO", fields }: Line, index: number) {
  return {
    instance_id: "d5nqpls9m4lc73ejlu80",
    label: "",
    level,
    message,
    path: "root.input",
    pipeline_id: pipeline,
    time: withNanoseconds(index),
    ...fields,
  };
}

const json = (line: Line, index: number) => JSON.stringify(recordOf(line, index));

/** As logrus names them. */
const levels = { DEBUG: "debug", INFO: "info", WARN: "warning", ERROR: "error" } as const;

/** Connect's own JSON, with `logger.format: json`. */
function printed({ message, level = "INFO", fields }: Line, index: number): string {
  return JSON.stringify({
    "@service": "redpanda-connect",
    ...fields,
    level: levels[level],
    msg: message,
    path: "root.input",
    time: iso(index),
  });
}

/** Quoted where logrus would. */
const value = (content: string) =>
  /^[\w@.+/^-]+$/.test(content) ? content : JSON.stringify(content);

function fieldsOf({ fields }: Line): [string, string][] {
  return Object.entries({
    "@service": "redpanda-connect",
    ...fields,
    path: "root.input",
  }).sort(([one], [other]) => (one < other ? -1 : 1));
}

function logfmt(line: Line): string {
  const { message, level = "INFO" } = line;
  const fields = fieldsOf(line).map(([key, content]) => `${key}=${value(content)}`);
  return [`level=${levels[level]}`, `msg=${value(message)}`, ...fields].join(" ");
}

const colours = { DEBUG: 37, INFO: 36, WARN: 33, ERROR: 31 } as const;

/** As `rpk connect run` prints it to a terminal. */
function coloured(line: Line): string {
  const { message, level = "INFO" } = line;
  const inColour = (content: string) => `\u001b[${colours[level]}m${content}\u001b[0m`;
  const fields = fieldsOf(line).map(([key, content]) => `${inColour(key)}=${value(content)}`);
  const name = levels[level].slice(0, 4).toUpperCase();
  return `${inColour(name)} ${message.padEnd(44)} ${fields.join(" ")}`;
}

/** The line as its program prints it. */
const printedBy = (line: Line, log: Log) => (log === "connect" ? logfmt(line) : line.message);

function text(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** One string a line of the log, around what its program prints. */
function around(write: (line: string, index: number) => string) {
  return (lines: readonly Line[], log: Log) =>
    text(lines.map((line, index) => write(printedBy(line, log), index)));
}

/** The same where each line of a message of several lines is one of its own. */
function aroundEach(write: (line: string, index: number) => string) {
  return (lines: readonly Line[], log: Log) =>
    text(
      lines.flatMap((line, index) =>
        printedBy(line, log)
          .split("\n")
          .map((each) => write(each, index)),
      ),
    );
}

/** One JSON document of all lines. */
function document(
  write: (lines: readonly string[], log: Log) => unknown,
  indentation: number | undefined,
) {
  return (lines: readonly Line[], log: Log) =>
    text([
      JSON.stringify(
        write(
          lines.map((line) => printedBy(line, log)),
          log,
        ),
        null,
        indentation,
      ),
    ]);
}

/** What `rpk topic consume` prints of a record of Connect's topic. */
function consumed(line: Line, index: number) {
  return {
    topic: "__redpanda.connect.logs",
    key: pipeline,
    value: json(line, index),
    timestamp: at(index),
    partition: 0,
    offset: 12 + index,
  };
}

const rpk = "https://docs.redpanda.com/current/reference/rpk/rpk-topic/rpk-topic-consume/";
const savedByConsole =
  "https://github.com/redpanda-data/console/blob/12ba56d5f/frontend/src/components/pages/topics/Tab.Messages/dialogs/save-messages-dialog.tsx";
const logger = "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/log/logrus.go";
const logrus = "https://github.com/sirupsen/logrus/blob/v1.9.3/text_formatter.go";
const jq = "https://jqlang.org/manual/#invoking-jq";
const kubectlLogs = "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/";
const awsLogs = (command: string) =>
  `https://docs.aws.amazon.com/cli/latest/reference/logs/${command}.html`;

const topic = ["connect"] as const;
const containers = ["connect", "container"] as const;
const databases = ["postgresql", "mysql", "iam-db-auth-error"] as const;

/** A record whose message says nothing, with the cause in `field`. */
function inField(field: string, message: string) {
  return (lines: readonly Line[]) =>
    text(
      lines.map((line) =>
        logfmt(
          line.level === "WARN" || line.level === "ERROR"
            ? { ...line, message, fields: { ...line.fields, [field]: told(line) } }
            : line,
        ),
      ),
    );
}

/** All that a record says of the cause. */
function told({ message, fields }: Line): string {
  const cause = fields?.err ?? fields?.error ?? fields?.lint;
  return cause === undefined ? message : `${message}: ${cause}`;
}

/** Of what a log goes through on its way to whoever reads it. */
export const shapes: readonly Shape[] = [
  // Connect's topic of logs
  {
    name: "rpk topic consume",
    logs: topic,
    source: rpk,
    write: (lines) =>
      text(lines.map((line, index) => JSON.stringify(consumed(line, index), null, 2))),
  },
  {
    name: "rpk topic consume | jq -c",
    logs: topic,
    source: jq,
    write: (lines) => text(lines.map((line, index) => JSON.stringify(consumed(line, index)))),
  },
  {
    name: "rpk topic consume | jq -cs",
    logs: topic,
    source: jq,
    write: (lines) => text([JSON.stringify(lines.map(consumed))]),
  },
  {
    name: "rpk topic consume | jq -s",
    logs: topic,
    source: jq,
    write: (lines) => text([JSON.stringify(lines.map(consumed), null, 2)]),
  },
  {
    name: "rpk topic consume, records without a key",
    logs: topic,
    source: rpk,
    write: (lines) =>
      text(
        lines.map((line, index) => {
          const { key: _key, ...record } = consumed(line, index);
          return JSON.stringify(record, null, 2);
        }),
      ),
  },
  {
    name: "rpk topic consume --format '%v\\n'",
    logs: topic,
    source: rpk,
    write: (lines) => text(lines.map(json)),
  },
  {
    name: "rpk topic consume --format '%k %v\\n'",
    logs: topic,
    source: rpk,
    write: (lines) => text(lines.map((line, index) => `${pipeline} ${json(line, index)}`)),
  },
  {
    name: "Console, saved as JSON",
    logs: topic,
    source: savedByConsole,
    write: (lines) =>
      text([
        JSON.stringify(
          lines.map((line, index) => ({
            partitionID: 0,
            offset: 12 + index,
            timestamp: at(index),
            compression: "uncompressed",
            isTransactional: false,
            headers: [],
            key: {
              payload: pipeline,
              encoding: "text",
              isPayloadNull: false,
              schemaId: 0,
              size: pipeline.length,
            },
            value: {
              payload: recordOf(line, index),
              encoding: "json",
              isPayloadNull: false,
              schemaId: 0,
              size: json(line, index).length,
            },
          })),
          null,
          4,
        ),
      ]),
  },
  {
    // Console does not quote: every comma within a value becomes a semicolon.
    name: "Console, saved as CSV",
    logs: topic,
    source: savedByConsole,
    write: (lines) =>
      text([
        "timestamp,partitionID,offset,key,value,keySize,valueSize,compression,isTransactional",
        ...lines.map((line, index) =>
          [
            at(index),
            0,
            12 + index,
            pipeline,
            json(line, index).replaceAll(",", ";"),
            pipeline.length,
            json(line, index).length,
            "uncompressed",
            false,
          ].join(","),
        ),
      ]),
  },
  // Connect's standard error
  {
    name: "logfmt, as Connect prints it",
    logs: topic,
    source: logger,
    write: (lines) => text(lines.map(logfmt)),
  },
  {
    name: "JSON, as Connect prints it",
    logs: topic,
    source: logger,
    write: (lines) => text(lines.map(printed)),
  },
  {
    name: "JSON, pretty-printed by jq",
    logs: topic,
    source: jq,
    write: (lines) =>
      text(lines.map((line, index) => JSON.stringify(JSON.parse(printed(line, index)), null, 2))),
  },
  {
    name: "coloured, as Connect prints it to a terminal",
    logs: topic,
    source: logrus,
    write: (lines) => text(lines.map(coloured)),
  },
  {
    name: "the cause in err=",
    logs: topic,
    source: "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/impl/kafka/logger.go",
    write: inField("err", "operation failed"),
  },
  {
    name: "the cause in error=",
    logs: topic,
    source: "https://github.com/redpanda-data/connect/blob/v4.106.0/internal/license/service.go",
    write: inField("error", "operation failed"),
  },
  {
    name: "the cause in lint=",
    logs: topic,
    hop: "config",
    source: "https://github.com/redpanda-data/benthos/blob/v4.76.0/internal/cli/common/service.go",
    write: inField("lint", "Config lint error"),
  },
  // Containers
  {
    name: "docker's json-file",
    logs: containers,
    source: "https://docs.docker.com/engine/logging/drivers/json-file/",
    write: aroundEach((line, index) =>
      JSON.stringify({ log: `${line}\n`, stream: "stderr", time: withNanoseconds(index) }),
    ),
  },
  {
    name: "docker's json-file, JSON within",
    logs: topic,
    source: "https://docs.docker.com/engine/logging/drivers/json-file/",
    write: (lines) =>
      text(
        lines.map((line, index) =>
          JSON.stringify({
            log: `${printed(line, index)}\n`,
            stream: "stderr",
            time: withNanoseconds(index),
          }),
        ),
      ),
  },
  {
    name: "docker logs --timestamps",
    logs: containers,
    source: "https://docs.docker.com/reference/cli/docker/container/logs/",
    write: aroundEach((line, index) => `${withNanoseconds(index)} ${line}`),
  },
  {
    name: "docker compose logs",
    logs: containers,
    source: "https://docs.docker.com/reference/cli/docker/compose/logs/",
    write: aroundEach((line) => `connect-1  | ${line}`),
  },
  {
    name: "journalctl",
    logs: containers,
    source: "https://www.freedesktop.org/software/systemd/man/latest/journalctl.html",
    write: aroundEach((line) => `Jan 20 16:27:06 ip-10-0-1-7 docker[1234]: ${line}`),
  },
  {
    name: "journalctl --output json",
    logs: containers,
    source: "https://systemd.io/JOURNAL_EXPORT_FORMATS/",
    write: aroundEach((line, index) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: `${at(index)}000`,
        _HOSTNAME: "ip-10-0-1-7",
        SYSLOG_IDENTIFIER: "docker",
        PRIORITY: "6",
        MESSAGE: line,
      }),
    ),
  },
  {
    // What is not printable, as the escapes of colours, becomes a list of bytes.
    name: "journalctl --output json, coloured",
    logs: topic,
    source: "https://systemd.io/JOURNAL_EXPORT_FORMATS/",
    write: (lines) =>
      text(
        lines.map((line, index) =>
          JSON.stringify({
            __REALTIME_TIMESTAMP: `${at(index)}000`,
            MESSAGE: [...Buffer.from(coloured(line))],
          }),
        ),
      ),
  },
  {
    name: "kubectl logs --prefix",
    logs: containers,
    source: kubectlLogs,
    write: aroundEach((line) => `[pod/pipeline-6d5f7c9b8-x2k4m/connect] ${line}`),
  },
  {
    name: "kubectl logs --prefix, JSON within",
    logs: topic,
    source: kubectlLogs,
    write: (lines) =>
      text(
        lines.map(
          (line, index) => `[pod/pipeline-6d5f7c9b8-x2k4m/connect] ${printed(line, index)}`,
        ),
      ),
  },
  {
    name: "kubectl logs --timestamps",
    logs: containers,
    source: kubectlLogs,
    write: aroundEach((line, index) => `${withNanoseconds(index)} ${line}`),
  },
  {
    name: "a node's /var/log/containers",
    logs: containers,
    source:
      "https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md",
    write: aroundEach((line, index) => `${withNanoseconds(index)} stderr F ${line}`),
  },
  {
    name: "Fluent Bit",
    logs: containers,
    source: "https://docs.fluentbit.io/manual/pipeline/filters/kubernetes",
    write: aroundEach((line, index) =>
      JSON.stringify({
        date: at(index) / 1000,
        log: line,
        stream: "stderr",
        kubernetes: { pod_name: "pipeline-6d5f7c9b8-x2k4m", container_name: "connect" },
      }),
    ),
  },
  // Places where logs are collected
  {
    name: "as it is",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.html",
    write: around((line) => line),
  },
  {
    name: "aws logs filter-log-events",
    source: awsLogs("filter-log-events"),
    write: document(
      (lines) => ({
        events: lines.map((message, index) => ({
          logStreamName: "demo",
          timestamp: at(index),
          message,
          ingestionTime: at(index) + 900,
          eventId: `3914628${index}`,
        })),
        searchedLogStreams: [],
      }),
      4,
    ),
  },
  {
    name: "aws logs filter-log-events --output text",
    source: awsLogs("filter-log-events"),
    write: around(
      (line, index) => `EVENTS\t3914628${index}\t${at(index) + 900}\tdemo\t${line}\t${at(index)}`,
    ),
  },
  {
    // Messages of one page stand in one line.
    name: "aws logs filter-log-events --query 'events[].message' --output text",
    source: "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html",
    write: (lines, log) => text([lines.map((line) => printedBy(line, log)).join("\t")]),
  },
  {
    name: "Splunk, exported as JSON",
    source: "https://docs.splunk.com/Documentation/Splunk/latest/Search/Exportsearchresults",
    write: around((line, index) =>
      JSON.stringify({
        preview: false,
        result: { _time: iso(index), _raw: line, sourcetype: "connect" },
      }),
    ),
  },
  {
    name: "aws logs get-log-events",
    source: awsLogs("get-log-events"),
    write: document(
      (lines) => ({
        events: lines.map((message, index) => ({
          timestamp: at(index),
          message,
          ingestionTime: at(index) + 900,
        })),
        nextForwardToken: "f/391",
        nextBackwardToken: "b/391",
      }),
      4,
    ),
  },
  {
    name: "aws logs tail",
    source: awsLogs("tail"),
    write: around((line, index) => `${iso(index).replace("Z", "000+00:00")} demo ${line}`),
  },
  {
    name: "aws logs tail --format short",
    source: awsLogs("tail"),
    write: around((line, index) => `${iso(index).slice(0, 19)} ${line}`),
  },
  {
    name: "aws logs get-query-results",
    source: awsLogs("get-query-results"),
    write: document(
      (lines) => ({
        results: lines.map((message, index) => [
          { field: "@timestamp", value: iso(index).replace("T", " ").replace("Z", "") },
          { field: "@message", value: message },
          { field: "@ptr", value: "CmEKJgoi" },
        ]),
        statistics: { recordsMatched: lines.length, recordsScanned: lines.length },
        status: "Complete",
      }),
      4,
    ),
  },
  {
    name: "CloudWatch Logs Insights, exported as CSV",
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_ExportQueryResults.html",
    write: (lines, log) =>
      text([
        "@timestamp,@message",
        ...lines.map(
          (line, index) =>
            `${iso(index).replace("T", " ").replace("Z", "")},${quoted(printedBy(line, log))}`,
        ),
      ]),
  },
  {
    name: "CloudWatch, exported to S3",
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html",
    write: (lines, log) => gzipSync(around((line, index) => `${iso(index)} ${line}`)(lines, log)),
  },
  {
    name: "CloudWatch, by subscription",
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",
    write: document(
      (lines) => ({
        messageType: "DATA_MESSAGE",
        owner: "123456789012",
        logGroup: "demo",
        logStream: "demo",
        subscriptionFilters: ["demo"],
        logEvents: lines.map((message, index) => ({
          id: `3914628${index}`,
          timestamp: at(index),
          message,
        })),
      }),
      undefined,
    ),
  },
  {
    name: "Datadog, JSON",
    source: "https://docs.datadoghq.com/api/latest/logs/#search-logs-post",
    write: document(
      (lines) => ({
        data: lines.map((message, index) => ({
          id: `AwAAAY${index}`,
          type: "log",
          attributes: {
            timestamp: iso(index),
            service: "redpanda-connect",
            status: "error",
            message,
            tags: ["env:demo"],
            attributes: {},
          },
        })),
        meta: { status: "done" },
      }),
      undefined,
    ),
  },
  {
    name: "Datadog, exported as CSV",
    source: "https://docs.datadoghq.com/logs/explorer/export/",
    write: (lines, log) =>
      text([
        "Date,Host,Service,Message",
        ...lines.map((line, index) =>
          [iso(index), "ip-10-0-1-7", "redpanda-connect", printedBy(line, log)]
            .map(quoted)
            .join(","),
        ),
      ]),
  },
  {
    name: "Loki, logcli --output jsonl",
    source: "https://grafana.com/docs/loki/latest/query/logcli/",
    write: around((line, index) =>
      JSON.stringify({ labels: { app: "connect" }, line, timestamp: iso(index) }),
    ),
  },
  {
    name: "aws rds download-db-log-file-portion --output json",
    logs: databases,
    source:
      "https://docs.aws.amazon.com/cli/latest/reference/rds/download-db-log-file-portion.html",
    write: document(
      (lines) => ({
        LogFileData: lines.map((line) => `${line}\n`).join(""),
        Marker: "1:4711",
        AdditionalDataPending: false,
      }),
      4,
    ),
  },
  {
    name: "aws cloudtrail lookup-events",
    logs: ["cloudtrail"],
    source: "https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/lookup-events.html",
    write: document(
      (lines) => ({
        Events: lines.map((event, index) => ({
          EventId: "87654321-4321-4321-4321-210987654321",
          EventName: "AssumeRole",
          EventTime: iso(index),
          EventSource: "sts.amazonaws.com",
          Resources: [],
          CloudTrailEvent: event,
        })),
      }),
      4,
    ),
  },
  {
    name: "CloudTrail's file in S3",
    logs: ["cloudtrail"],
    source:
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html",
    write: (lines) =>
      gzipSync(
        JSON.stringify({ Records: lines.map(({ message }) => JSON.parse(message) as unknown) }),
      ),
  },
  // How a file was saved
  {
    name: "saved with carriage returns",
    source: "https://git-scm.com/docs/gitattributes#_end_of_line_conversion",
    write: (lines, log) => Buffer.from(asWritten(lines, log).toString().replaceAll("\n", "\r\n")),
  },
  {
    name: "saved with a byte order mark",
    source: "https://www.unicode.org/faq/utf_bom.html",
    write: (lines, log) => Buffer.concat([Buffer.from("\ufeff"), asWritten(lines, log)]),
  },
  {
    name: "saved by PowerShell 5's >, UTF-16",
    source:
      "https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding",
    write: (lines, log) => Buffer.from(`\ufeff${asWritten(lines, log).toString()}`, "utf16le"),
  },
  {
    name: "saved as UTF-16, most significant byte first",
    source: "https://www.unicode.org/faq/utf_bom.html",
    write: (lines, log) =>
      Buffer.from(`\ufeff${asWritten(lines, log).toString()}`, "utf16le").swap16(),
  },
  {
    name: "gzip",
    source: "https://www.rfc-editor.org/rfc/rfc1952",
    write: (lines, log) => gzipSync(asWritten(lines, log)),
  },
  {
    name: "grep --color=always",
    source: "https://www.gnu.org/software/grep/manual/grep.html#General-Output-Control",
    write: around((line) =>
      line.replace(/[Ee]rror|FATAL|denied|failed/, "\u001b[01;31m\u001b[K$&\u001b[m\u001b[K"),
    ),
  },
];
