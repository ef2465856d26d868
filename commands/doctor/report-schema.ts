import { z } from "zod";
import { hops } from "./hops";

/** Raised when a field is taken away or means something else; new fields may come at any time. */
export const schemaVersion = 1;

/** Exit code for each state; 2 is a mistake in the command's use, and prints no report. */
export const exitCodes = { streaming: 0, cause: 1, unknown: 3, failing: 4 } as const;

export const hop = z
  .enum(hops.map(({ id }) => id))
  .describe("A step on the way of a row, from the start of Connect to the topic.");
const count = z.int().positive().describe("So many records.");
const message = z.string().describe("What was said last: secrets masked, at most 700 characters.");
const time = (which: string) =>
  z.string().optional().describe(`When it was said ${which}, as the record tells it.`);

export const step = z
  .union([
    z.string().describe("A sentence."),
    z.strictObject({ shell: z.string().describe("A command, for the module's folder.") }),
    z.strictObject({ sql: z.string().describe("A statement, for the master user.") }),
    z.strictObject({ yaml: z.string().describe("Lines of the pipeline's configuration.") }),
  ])
  .describe("<name> in it stands for a value that nobody told.");

/** What is known of each hop, in the order of the chain. */
export const states = z
  .array(z.strictObject({ hop, label: z.string(), state: z.enum(["done", "failed", "unknown"]) }))
  .readonly();

/** What `--json` prints, one object a line. */
export const report = z.strictObject({
  schema: z.literal(schemaVersion).describe("The version of this schema."),
  state: z
    .enum(["streaming", "cause", "failing", "unknown"])
    .describe(
      `streaming: rows are being read, exit code ${exitCodes.streaming}; cause: an error and what to do about it, ${exitCodes.cause}; unknown: nothing was recognised, ${exitCodes.unknown}; failing: an error that no entry knows, ${exitCodes.failing}.`,
    ),
  pipeline: z.string().optional().describe("Id of the pipeline that was asked for."),
  records: z.int().nonnegative().describe("Records that were looked at."),
  stopped: z.boolean().describe("Connect was stopped, and has not been started since."),
  cause: z
    .strictObject({
      hop,
      message,
      count,
      first: time("first"),
      last: time("last"),
      id: z.string().describe("The entry of docs/troubleshooting.md."),
      speaker: z.enum(["AWS", "The database", "Redpanda", "Redpanda Connect"]),
      why: z.string(),
      contradictions: z.array(z.string()).readonly().describe("What differs from the module."),
      fix: z.array(step).readonly(),
      versions: z.string().describe("Versions of Redpanda Connect that can log it."),
      source: z.url().describe("Where the text was read."),
    })
    .readonly()
    .optional()
    .describe("In the state cause: the error to remove first."),
  failing: z
    .strictObject({
      hop: hop.optional(),
      message,
      count,
      first: time("first"),
      last: time("last"),
    })
    .readonly()
    .optional()
    .describe("In the state failing: where it breaks, as far as can be told."),
  others: z
    .array(z.strictObject({ id: z.string(), hop, count }))
    .readonly()
    .describe("Other errors that are known and not over; they may follow from the first."),
  over: z
    .array(z.strictObject({ id: z.string(), hop, count, last: time("last") }))
    .readonly()
    .describe("Errors that something has proved to be over."),
  hops: states,
  unknown: z
    .array(z.strictObject({ message: z.string(), count }))
    .readonly()
    .describe("The three most frequent problems that no entry knows."),
  checks: z
    .array(z.strictObject({ title: z.string(), steps: z.array(step).readonly() }))
    .readonly()
    .describe("What to look at where the log does not say."),
  pipelines: z.array(z.string()).readonly().describe("Pipelines that records were of."),
  unread: z.int().nonnegative().describe("Lines of more than 1 MiB, which were not read."),
});

export type Report = Readonly<z.infer<typeof report>>;

/** The schema as a file: docs/doctor-report.schema.json. */
export const schemaFile = () =>
  asFile(report, "What rpcn-aurora doctor --json prints, one object a line");

/** A JSON Schema as text, with its title. */
export function asFile(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
