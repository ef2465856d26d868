/**
 * Times and memory of whole processes that write a fleet, in turn: `npm run bench:fleet [-- <rounds>]`.
 * Half of the pipelines are of either engine, one in four makes a cluster of its own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

const sizes = [1, 200, 1000];
const rounds = Number(process.argv[2] ?? 3);

function fleetOf(size: number): string {
  const pipelines = Array.from({ length: size }, (_, index) => {
    const isNew = index % 4 === 3;
    return {
      name: `p${index}`,
      flags: { engine: index % 2 ? "mysql" : "postgres", aurora: isNew ? "new" : "existing" },
      values: {
        name_prefix: `p${index}`,
        db_name: "shop",
        iam_auth_user: "stream",
        rp_sasl_user: `p${index}`,
        cdc_tables: ["orders", "lines"],
        db_username: "root_user",
        ...(isNew ? {} : { cluster_identifier: `cluster-${index}` }),
      },
    };
  });
  const defaults = {
    account: "111122223333",
    flags: { grant: "artifact" },
    values: {
      region: "us-east-2",
      redpanda_cluster_id: "curl3eo533cmsnt23dv0",
      redpanda_aws_acct_id: "444455556666",
      redpanda_cidr: "3.139.175.89/32",
    },
    backend: { s3: { bucket: "acme", key: "{name}" } },
  };
  return stringify({ defaults, pipelines });
}

/** Prints the most memory that the process had, in kilobytes. */
const measured =
  'process.on("exit", () => console.error("maxRSS", process.resourceUsage().maxRSS));';

const folder = mkdtempSync(join(tmpdir(), "fleet-"));
try {
  const preloaded = join(folder, "measured.js");
  writeFileSync(preloaded, measured);
  for (const size of sizes) writeFileSync(join(folder, `${size}.yaml`), fleetOf(size));
  const best = new Map<number, { seconds: number; megabytes: number }>();
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
      const before = best.get(size);
      if (!before || seconds < before.seconds) best.set(size, { seconds, megabytes });
      rmSync(out, { recursive: true });
    }
  }
  const one = best.get(1)?.seconds ?? 1;
  console.log("| pipelines | seconds | MB | ratio to one |\n|---:|---:|---:|---:|");
  for (const [size, { seconds, megabytes }] of best) {
    console.log(
      `| ${size} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)} | ${(seconds / one).toFixed(1)} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
