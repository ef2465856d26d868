import { z } from "zod";
import { asFile, exitCodes, hop, schemaVersion, states, step } from "../report-schema";

/** What `--live --json` prints, one object. It has the version of what `--json` prints of a log. */
export const liveReport = z.strictObject({
  schema: z.literal(schemaVersion).describe("The version of this schema."),
  state: z
    .enum(["streaming", "cause", "unknown"])
    .describe(
      `streaming: nothing is broken, and rows are being read, exit code ${exitCodes.streaming}; cause: a hop is broken, ${exitCodes.cause}; unknown: neither can be told, ${exitCodes.unknown}.`,
    ),
  pipeline: z.string().optional().describe("Id of the module's pipeline, in Redpanda Cloud."),
  cause: z
    .strictObject({
      id: z.string().describe("The check that found it."),
      hop,
      why: z.string(),
      fix: z.array(step).readonly(),
    })
    .readonly()
    .optional()
    .describe("In the state cause: what is broken nearest to the start."),
  others: z
    .array(z.strictObject({ id: z.string(), hop }))
    .readonly()
    .describe("What is broken further on; it may follow from the first."),
  hops: states,
  checks: z
    .array(
      z.strictObject({
        id: z.string().describe("Such as assume-role: it stays the same."),
        hop,
        title: z.string().describe("What the check proves, as a sentence without its full stop."),
        command: z
          .string()
          .optional()
          .describe("As a person would ask; absent where the module does not tell a name in it."),
        answer: z
          .string()
          .optional()
          .describe("What was looked at of the answer: secrets masked, at most 700 characters."),
        state: z
          .enum(["ok", "broken", "unclear", "skipped"])
          .describe(
            "ok: it is as it must be; broken: the way of a row is broken here; unclear: there is an answer, and nothing follows from it; skipped: nobody could be asked, or there is nothing to judge.",
          ),
        says: z.string(),
      }),
    )
    .readonly()
    .describe("Every check, in the order of the chain."),
});

export type LiveReport = Readonly<z.infer<typeof liveReport>>;

/** The schema as a file: docs/doctor-live-report.schema.json. */
export const liveSchemaFile = () =>
  asFile(liveReport, "What rpcn-aurora doctor --live --json prints, one object");
