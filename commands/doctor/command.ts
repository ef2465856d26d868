import { UsageError } from "../usage-error";
import { decoded } from "./encodings";
import { bytesOf } from "./input";
import { Records } from "./lines";
import { live } from "./live/command";
import { readModule } from "./module";
import { OnePipeline } from "./pipelines";
import { asText, reportOn } from "./report";
import { exitCodes, type Report } from "./report-schema";
import { sinceWhen } from "./since";

export interface DoctorOptions {
  /** Id of the pipeline. @default - the state's `rpcn_pipeline_id`, or the only one in the log */
  readonly pipeline?: string;
  /** See {@link readModule}. */
  readonly state?: string;
  /** Leave out records before: see {@link sinceWhen}. @default - none */
  readonly since?: string;
  /** Keep reading, and report whenever the state changes. */
  readonly follow?: boolean;
  /** One JSON object a line instead of text: see {@link Report}. */
  readonly json?: boolean;
  /** Look at the pipeline itself instead of at records: see {@link live}. */
  readonly live?: boolean;
}

/** A burst of records is read before it is reported on: at most so often, in milliseconds. */
const reportEvery = 500;

/**
 * Reads records from `files` (none: standard input) to their end, prints what is wrong, and returns
 * the exit code.
 *
 * @param print takes what goes to standard output
 * @throws {UsageError} when the options, the files or the state cannot be used
 */
export async function doctor(
  files: readonly string[],
  options: DoctorOptions,
  print: (text: string) => void,
): Promise<number> {
  const { follow = false, json = false } = options;
  if (options.live) {
    const { pipeline, since } = options;
    if (files.length > 0 || follow || pipeline !== undefined || since !== undefined)
      throw new UsageError(onlyState);
    return live(options, print);
  }
  const stop = new AbortController();
  const input = inputOf(files, options, stop.signal);
  const module = readModule(options.state);
  const pipeline = options.pipeline ?? module.names.rpcn_pipeline_id;
  const since = options.since === undefined ? undefined : sinceWhen(options.since, Date.now());
  const one = new OnePipeline(pipeline, since);
  const records = new Records((record) => one.add(record));

  const report = () =>
    reportOn(one.diagnosis, module, {
      pipeline,
      pipelines: one.pipelines,
      unread: records.unread,
    });
  let printed: string | undefined;
  const show = (current: Report) => {
    printed = stateOf(current);
    print(json ? `${JSON.stringify(current)}\n` : asText(current));
  };

  let timer: NodeJS.Timeout | undefined;
  const showChange = () => {
    timer = undefined;
    const current = report();
    if (current.state !== "unknown" && stateOf(current) !== printed) show(current);
  };
  if (follow) process.once("SIGINT", () => stop.abort());
  try {
    for await (const bytes of input) {
      records.write(bytes);
      if (follow) timer ??= setTimeout(showChange, reportEvery);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  records.end();
  one.mustBeOne();

  const last = report();
  if (stateOf(last) !== printed) show(last);
  return exitCodes[last.state];
}

const onlyState =
  "--live looks at the pipeline of --state, and reads no records: leave out files, --follow, --pipeline and --since.";

function inputOf(
  files: readonly string[],
  { state, follow, pipeline }: DoctorOptions,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  if (pipeline !== undefined && !/^[\w-]+$/.test(pipeline)) {
    throw new UsageError(
      `--pipeline is ${JSON.stringify(pipeline)}. It must be a pipeline's id, such as d5nfcb0objac738nhf90: \`terraform output -raw rpcn_pipeline_id\`.`,
    );
  }
  if (files.length > 0) return bytesOf(files, { follow, signal });
  if (state === "-") {
    throw new UsageError(
      "--state - reads the state from standard input, so the records must come from files.",
    );
  }
  if (process.stdin.isTTY) {
    throw new UsageError(
      "There is nothing to read: give files with log records, or pipe them in, for example by\n  rpk topic consume __redpanda.connect.logs --offset :end | rpcn-aurora doctor",
    );
  }
  signal.addEventListener("abort", () => process.stdin.destroy());
  return decoded(process.stdin);
}

/** What tells a report from the last one, to a person who has read that. */
function stateOf({ state, cause, failing }: Report): string {
  return `${state} ${cause?.id ?? failing?.hop ?? ""}`;
}
