import { Records } from "../lines";
import type { Module } from "../module";
import { OnePipeline } from "../pipelines";
import { reportOn } from "../report";
import { broken, type LiveCheck, ok, unclear } from "./check";

/** So far back the log is read: what is still broken is logged again within a minute or two. */
const recent = "10m";

/** The pipeline's last log records, as `doctor` reads them. */
export const log = (module: Pick<Module, "engine" | "outputs">): LiveCheck => ({
  id: "log",
  hop: "read",
  title: "The pipeline's log of the last ten minutes tells no error",
  // Without a group, so that nothing is committed.
  question: {
    rpk: [
      ...["topic", "consume", "__redpanda.connect.logs", "--offset", `@-${recent}:end`],
      ...["--format", "%k %v\\n"],
    ],
  },
  needs: ["rpcn_pipeline_id"],
  read: String,
  judge: (answer, { names }) => {
    const { rpcn_pipeline_id: pipeline } = names;
    const one = new OnePipeline(pipeline);
    const records = new Records((record) => one.add(record));
    records.write(Buffer.from(String(answer)));
    records.end();
    const report = reportOn(one.diagnosis, { ...module, names, topology: "byoc" });
    const { cause, failing, state, unknown } = report;
    if (cause) {
      return broken(`${cause.why} ${cause.speaker} said: ${cause.message}`, cause.fix, cause.hop);
    }
    if (state === "streaming") return ok("Rows are being read.");
    const said = failing ?? unknown[0];
    return said
      ? unclear(`What it says is not in the catalogue: ${said.message}`)
      : {
          state: "skipped",
          says: `${report.records === 0 ? "There is no record" : "Nothing in it tells"}: a pipeline that works logs next to nothing.`,
        };
  },
});
