import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LRParser } from "@lezer/lr";
import { parse } from "yaml";
import { engines } from "../../engines";
import { alarmsPage, ofConnect, ofTopics } from "../../pages/alarms";
import { modules } from "../modules";
import { describeUnless } from "../standin/judges";

// By `require`: its types are those of a module of ECMAScript.
const { parser }: { parser: LRParser } = require("@prometheus-io/lezer-promql");

const page = readFileSync(join(__dirname, "../../docs/alarms.md"), "utf8");

test("docs/alarms.md is what would be generated: `npm run docs` writes it", () => {
  expect(page).toBe(alarmsPage());
});

test("the page has a row for each alarm", () => {
  const rows = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  const names = new Set(engines.flatMap(({ alarms }) => Object.keys(alarms)));
  expect(rows).toEqual([...names, "refused-tokens"]);
});

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const files = { ofTopics, ofConnect };
const rules: readonly Rule[] = Object.values(files).flatMap((text) => parse(text).groups[0].rules);

/** The names of series in PromQL. @throws where Prometheus's own grammar refuses it */
function seriesIn(expression: string): string[] {
  const names = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to }) => {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${expression}`);
      if (name === "Identifier") names.add(text);
    },
  });
  return [...names];
}

test("what is no PromQL is refused", () => {
  expect(() => seriesIn("sum(rate(x[5m])")).toThrow("no PromQL at");
  expect(seriesIn('sum(rate(x{y="z"}[5m])) == 0')).toEqual(["x"]);
});

test("rules are on series that Redpanda publishes", () => {
  const series = rules.flatMap(({ expr }) => seriesIn(expr));
  // https://docs.redpanda.com/cloud-data-platform/reference/public-metrics-reference/
  // https://docs.redpanda.com/redpanda-connect/components/metrics/about/
  expect([...new Set(series)].sort()).toEqual([
    "output_error",
    "output_sent",
    "redpanda_kafka_records_produced_total",
  ]);
});

test("rules are about topics that the modules make", () => {
  const topics = rules.flatMap(
    ({ expr }) => /redpanda_topic="<name_prefix>([^"]+)"/.exec(expr)?.[1] ?? [],
  );
  const made = [...modules.values()].map((files) => files["redpanda.tf"] ?? "").join();
  expect(topics).toEqual([".iam_auth_topic_test", ".cdc_checkpoints"]);
  for (const topic of topics) expect(made).toContain(`"\${var.name_prefix}${topic}"`);
});

test("each rule waits, and says what to run", () => {
  for (const { for: wait, annotations } of rules) {
    expect(wait).toBe("5m");
    expect(annotations.description).toContain("npx rpcn-aurora doctor --live --state .");
  }
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
describeUnless(hasPromtool ? [] : ["no promtool on the PATH"], "Prometheus's own tool", () => {
  test.each(Object.entries(files))("takes the rules %s", (_name, text) => {
    const folder = mkdtempSync(join(tmpdir(), "rules-"));
    try {
      writeFileSync(join(folder, "rules.yml"), text);
      const checked = spawnSync("promtool", ["check", "rules", join(folder, "rules.yml")], {
        encoding: "utf8",
      });
      expect(checked).toMatchObject({ status: 0, stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
