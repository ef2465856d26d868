/**
 * Reads a log as `rpcn-aurora doctor` does, and as JSON alone, and prints how much in a second of the
 * processor, and in how much memory:
 *
 *     npm run bench:doctor -- [megabytes, default 1024]
 *
 * The log is made for it, in the folder for temporary files: one line in ten is of the pipeline that
 * is looked for, and one in twenty of those an error.
 */
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Records } from "../../../commands/doctor/lines";
import { OnePipeline } from "../../../commands/doctor/pipelines";
import { examples, recordOf } from "./examples";

const pipeline = "d5nfcb0objac738nhf90";

function makeLog(file: string, megabytes: number): void {
  const errors = Object.values(examples);
  const block: string[] = [];
  for (let index = 0; index < 2000; index++) {
    const ofPipeline = index % 10 === 0;
    const error = errors[index % errors.length] as { is: string; level?: string };
    const value = recordOf(
      index % 200 === 0 || !ofPipeline ? error.is : `Scanning public.orders in range ${index}`,
      index % 200 === 0 || !ofPipeline ? (error.level ?? "ERROR") : "INFO",
      { pipeline_id: ofPipeline ? pipeline : `d5nfother${String(index % 50).padStart(11, "0")}` },
    );
    block.push(
      JSON.stringify({ topic: "__redpanda.connect.logs", value, timestamp: index, offset: index }),
    );
  }
  const bytes = Buffer.from(`${block.join("\n")}\n`);
  const descriptor = openSync(file, "w");
  for (let written = 0; written < megabytes * 1024 * 1024; written += bytes.length) {
    writeSync(descriptor, bytes);
  }
  closeSync(descriptor);
}

async function measure(what: string, file: string, take: (line: string) => void): Promise<void> {
  let peak = 0;
  const records = new Records(take);
  // Of the processor, so that others on the machine do not count.
  const start = process.cpuUsage();
  for await (const bytes of createReadStream(file)) {
    records.write(bytes as Buffer);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  records.end();
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const speed = statSync(file).size / 1024 / 1024 / seconds;
  console.log(
    `${what.padEnd(32)} ${speed.toFixed(0).padStart(5)} MB/s   peak ${(peak / 1024 / 1024).toFixed(0)} MB`,
  );
}

async function main(): Promise<void> {
  const megabytes = Number(process.argv[2] ?? 1024);
  const folder = mkdtempSync(join(tmpdir(), "doctor-benchmark-"));
  const file = join(folder, "connect.log");
  try {
    makeLog(file, megabytes);
    console.log(`${(statSync(file).size / 1024 / 1024).toFixed(0)} MB`);
    await measure("cut into lines", file, () => {});
    await measure("parsed as JSON, value included", file, (line) =>
      JSON.parse(JSON.parse(line).value),
    );
    const one = new OnePipeline(pipeline);
    await measure("doctor, one pipeline of 51", file, (line) => one.add(line));
    const all = new OnePipeline();
    await measure("doctor, every record", file, (line) => all.add(line));
    console.log(
      `${one.diagnosis.records} records of the pipeline: ${one.diagnosis.cause?.entry.id}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
