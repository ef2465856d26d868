/**
 * Times and memory of whole processes that write a fleet, in turn: `npm run bench:fleet [-- <rounds>]`.
 * Pipelines are of both engines and topologies, in all networks, and by turns with each value of each flag.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { parseFlags } from "../../../commands/flags";
import { variablesOf } from "../../../commands/fleet/variables";
import { synthesizeOne } from "../../../commands/synth";
import { engines } from "../../../engines";
import { allowed, type Flags } from "../../combinations";
import { covering } from "../../covering";

const sizes = [1, 200, 1000];
const rounds = Number(process.argv[2] ?? 3);

/** A few modules that together have each value of each flag that a topology has. */
const modules = engines.flatMap(({ flag: engine, version }) =>
  covering(allowed(), (flags) => {
    const chosen = parseFlags({ ...flags, engine });
    return Object.entries(chosen).map((value) => [chosen.topology, ...value].join(" "));
  }).map((chosen) => {
    const flags: Flags = { ...chosen, engine };
    const { json } = synthesizeOne({ ...parseFlags(flags), grant: "artifact" });
    return { flags, version, variables: Object.keys(variablesOf(json)) };
  }),
);

/** Of all variables that some module wants a value for. */
function valuesOf(name: string): Readonly<Record<string, unknown>> {
  return {
    region: "us-east-2",
    name_prefix: name,
    redpanda_cluster_id: "curl3eo533cmsnt23dv0",
    redpanda_aws_acct_id: "444455556666",
    redpanda_cidr: "3.139.175.89/32",
    redpanda_vpc_cidrs: ["10.1.0.0/16"],
    redpanda_brokers: ["seed-0.example.com:9092"],
    redpanda_schema_registry_url: "https://schema-registry.example.com:30081",
    rp_sasl_user: name,
    cluster_identifier: name,
    vpc_id: "vpc-0342476ccc1ef05f4",
    db_subnet_ids: ["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"],
    allowed_cidr_blocks: ["10.0.1.0/24"],
    db_name: "shop",
    db_username: "root_user",
    db_master_username: "root_user",
    iam_auth_user: "stream",
    cdc_tables: ["orders", "lines"],
    external_id: "shop-stream",
    rds_ca_file: "rds.pem",
    checkpoint_key: name,
  };
}

function fleetOf(size: number): string {
  const pipelines = Array.from({ length: size }, (_, index) => {
    const name = `p${index}`;
    const { flags, version, variables } = modules[
      index % modules.length
    ] as (typeof modules)[number];
    const values = Object.entries({
      ...valuesOf(name),
      engine_version: version.default,
    }).filter(([name]) => variables.includes(name));
    return {
      name,
      flags,
      values: {
        ...Object.fromEntries(values),
        ...(flags.grant === "attach" && { redpanda_aws_profile: "redpanda" }),
      },
    };
  });
  const defaults = {
    account: "111122223333",
    backend: { s3: { bucket: "acme", key: "{name}" } },
  };
  return stringify({ max_attached_policies: 20, defaults, pipelines });
}

/** Prints the most memory that the process had, in kilobytes, and the microseconds of processor. */
const measured = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.error("maxRSS", maxRSS, "processor", userCPUTime + systemCPUTime);
});`;

const folder = mkdtempSync(join(tmpdir(), "fleet-"));
try {
  const preloaded = join(folder, "measured.js");
  writeFileSync(preloaded, measured);
  for (const size of sizes) writeFileSync(join(folder, `${size}.yaml`), fleetOf(size));
  const best = new Map<number, { seconds: number; processor: number; megabytes: number }>();
  for (let round = 0; round < rounds; round++) {
    for (const size of sizes) {
      const out = join(folder, "out");
      const start = performance.now();
      const { status, stderr } = spawnSync(
        process.execPath,
        [
          "--require",
          preloaded,
          join("dist", "main.js"),
          "synth",
          "--fleet",
          join(folder, `${size}.yaml`),
          "--out",
          out,
        ],
        { encoding: "utf8" },
      );
      const seconds = (performance.now() - start) / 1000;
      if (status !== 0) throw new Error(stderr);
      const megabytes = Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024;
      const processor = Number(/processor (\d+)/.exec(stderr)?.[1]) / 1e6;
      const before = best.get(size);
      if (!before || processor < before.processor) {
        best.set(size, { seconds, processor, megabytes });
      }
      rmSync(out, { recursive: true });
    }
  }
  const one = best.get(1)?.processor ?? 1;
  console.log(
    "| pipelines | seconds | of the processor | ratio to one | MB |\n|---:|---:|---:|---:|---:|",
  );
  for (const [size, { seconds, processor, megabytes }] of best) {
    const ratio = (processor / one).toFixed(1);
    console.log(
      `| ${size} | ${seconds.toFixed(2)} | ${processor.toFixed(2)} | ${ratio} | ${megabytes.toFixed(0)} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
