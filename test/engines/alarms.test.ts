import { entries } from "../../commands/doctor/catalogue";
import { engines } from "../../engines";
import type { Alarm } from "../../engines/alarms";

const rows = engines.flatMap(({ flag, alarms }) =>
  Object.entries(alarms).map(([name, alarm]) => ({ engine: flag, name, alarm })),
);

/**
 * What AWS publishes of Aurora in `AWS/RDS`, as its lists said in 2026: of which engine, in which unit,
 * of which instances only, and whether of the writer alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
const published: Record<
  string,
  { of: readonly string[]; in: string; only?: Alarm["only"]; ofWriter?: true }
> = {
  ACUUtilization: { of: ["postgres", "mysql"], in: "percent", only: "serverless" },
  AuroraReplicaLagMaximum: { of: ["postgres", "mysql"], in: "milliseconds", ofWriter: true },
  DatabaseConnections: { of: ["postgres", "mysql"], in: "count" },
  FreeLocalStorage: { of: ["postgres", "mysql"], in: "bytes", only: "provisioned" },
  NumBinaryLogFiles: { of: ["mysql"], in: "count" },
  OldestReplicationSlotLag: { of: ["postgres"], in: "bytes" },
  ReplicationSlotDiskUsage: { of: ["postgres"], in: "bytes" },
  SumBinaryLogSize: { of: ["mysql"], in: "bytes" },
  TransactionLogsDiskUsage: { of: ["postgres"], in: "bytes", ofWriter: true },
};

test("alarms are on what AWS publishes of the engine, and of these instances alone", () => {
  const others = rows.filter(
    ({ engine, alarm: { metric, only } }) =>
      !published[metric]?.of.includes(engine) || published[metric].only !== only,
  );
  expect(others).toEqual([]);
  expect([...new Set(rows.map(({ alarm }) => alarm.metric))].sort()).toEqual(
    Object.keys(published).sort(),
  );
});

test("thresholds are in the unit that AWS publishes", () => {
  const plausible: Record<string, (threshold: number) => boolean> = {
    bytes: (threshold) => threshold >= 2 ** 30 && threshold % 2 ** 30 === 0,
    percent: (threshold) => threshold > 0 && threshold < 100,
    milliseconds: (threshold) => threshold >= 1000,
    count: (threshold) => threshold >= 10 && threshold <= 1000,
  };
  const wrong = rows.filter(
    ({ alarm: { metric, threshold } }) => !plausible[published[metric]?.in ?? ""]?.(threshold),
  );
  expect(wrong).toEqual([]);
});

test("what runs full is judged by its lowest, all else above", () => {
  const below = rows.filter(({ alarm }) => alarm.alarming === "below");
  expect(below.map(({ alarm: { metric, statistic } }) => [metric, statistic])).toEqual([
    ["FreeLocalStorage", "Minimum"],
    ["FreeLocalStorage", "Minimum"],
  ]);
});

test("what has piled up is still there in a gap, and what is not running does no harm", () => {
  const treatedAs = (treat: string) => {
    const metrics = rows.filter(({ alarm }) => alarm.missing.treat === treat);
    return [...new Set(metrics.map(({ alarm }) => alarm.metric))].sort();
  };
  expect({
    ignore: treatedAs("ignore"),
    notBreaching: treatedAs("notBreaching"),
  }).toEqual({
    ignore: [
      "FreeLocalStorage",
      "NumBinaryLogFiles",
      "OldestReplicationSlotLag",
      "ReplicationSlotDiskUsage",
      "SumBinaryLogSize",
      "TransactionLogsDiskUsage",
    ],
    notBreaching: ["ACUUtilization", "AuroraReplicaLagMaximum", "DatabaseConnections"],
  });
});

test("each alarm names entries of the doctor that there are, of its own engine", () => {
  const wrong = rows.flatMap(({ engine, name, alarm }) =>
    alarm.entries
      .filter((id) => !entries.some((one) => one.id === id && (one.engine ?? engine) === engine))
      .map((id) => `${name} of ${engine}: ${id}`),
  );
  expect(wrong).toEqual([]);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
test("what is told stands in an SMS as well: ASCII, and short", () => {
  for (const { alarm } of rows) expect(alarm.meaning).toMatch(/^[A-Z][ -~]{20,250}[.]$/);
});
