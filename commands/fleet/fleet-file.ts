import { readFileSync } from "node:fs";
import { isCollection, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { UsageError } from "../usage-error";

/** Folder of the modules that grant the pipelines' roles: no pipeline may have its name. */
export const grantsFolder = "grants";

const values = z
  .record(z.string(), z.unknown(), "values must be a map of variables")
  .meta({ description: "Terraform variables of the module, by name; secrets are not among them." });

/** What a pipeline may say, and what `defaults` may say for all of them. */
const settings = {
  account: z
    .string("account must be 12 digits, in quotes so that leading zeros stay")
    .regex(/^[0-9]{12}$/, "account must be 12 digits, in quotes so that leading zeros stay")
    .meta({ description: "AWS account that owns the database: 12 digits, in quotes." })
    .optional(),
  flags: z
    .record(z.string(), z.unknown(), "flags must be a map of flags without their hyphens")
    .meta({ description: "The flags of `rpcn-aurora synth`, without their hyphens." })
    .default({}),
  values: values.default({}),
  backend: z
    .record(
      z.string(),
      z.record(z.string(), z.unknown(), "a backend must be a map of its arguments"),
      "backend must be a map with one backend, such as s3, or cloud",
    )
    .refine((backend) => Object.keys(backend).length === 1, {
      error: "backend must name one backend, such as s3, or cloud",
    })
    .meta({
      description:
        "Terraform's backend, as it is written in HCL, by its type, or cloud: {name} stands for the pipeline's name.",
    })
    .optional(),
  max_replication_slots: z
    .int("max_replication_slots must be a whole number from 1 on")
    .min(1, "max_replication_slots must be a whole number from 1 on")
    .meta({
      description:
        "Replication slots that a PostgreSQL cluster allows: its parameter max_replication_slots. Aurora's default is 20.",
    })
    .optional(),
};

const maxAttachedPolicies =
  "max_attached_policies must be a whole number from 1 to 20, which is AWS's highest quota";
const pipelineName =
  "name must be 1 to 63 lower-case letters, digits and single hyphens, begin with a letter, and not begin with grants, which is a folder of its own";

/** A fleet file, as it is written. */
export const fleetFile = z
  .strictObject({
    defaults: z
      .strictObject(settings)
      .meta({ description: "What holds for each pipeline that does not say otherwise." })
      .default({ flags: {}, values: {} }),
    max_attached_policies: z
      .int(maxAttachedPolicies)
      .min(1, maxAttachedPolicies)
      .max(20, maxAttachedPolicies)
      .meta({
        description:
          "How many policies a grants module may attach to a pipeline role: AWS's quota, 10 unless it was raised, less what is attached already.",
      })
      .default(10),
    pipelines: z
      .array(
        z.strictObject({
          name: z
            .string("name is missing, the pipeline's folder")
            .regex(/^(?!grants(?:-|$))(?=.{1,63}$)[a-z](-?[a-z0-9])*$/, pipelineName)
            .meta({ description: "Folder of the pipeline's module." }),
          ...settings,
        }),
        "pipelines must be a list",
      )
      .min(1, "pipelines is empty: list at least one")
      .meta({ description: "A module each." }),
  })
  .meta({ title: "Fleet of rpcn-aurora" });

export type FleetFile = z.infer<typeof fleetFile>;
export type PipelineEntry = FleetFile["pipelines"][number];

/** A fleet file that was read. */
export interface Fleet {
  readonly file: FleetFile;
  /** Where something stands, for messages: `fleet.yaml:12`. */
  place(...path: readonly (string | number)[]): string;
}

/**
 * Reads a fleet file.
 *
 * @throws {UsageError} when it cannot be read, or is no YAML, or another shape: all problems, each with
 *   its line
 */
export function readFleet(path: string): Fleet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `--fleet is ${JSON.stringify(path)}, which cannot be read (${(error as NodeJS.ErrnoException).code}). It must be a YAML file: docs/fleet.md has one to begin with.`,
    );
  }
  return parseFleet(text, path);
}

/** As `readFleet`, of a text. */
export function parseFleet(text: string, path: string): Fleet {
  const lines = new LineCounter();
  // An account written without quotes stays what it is, and is refused as a number.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0) {
    throw new UsageError(
      syntax
        .map(({ pos, message }) => `${at(pos[0])}: ${message}.`.replace(/[.]+$/, "."))
        .join("\n"),
    );
  }
  const place = (...keys: readonly (string | number)[]): string => {
    // What is missing has no place: what it is missing in has.
    for (let length = keys.length; length > 0; length--) {
      const node = document.getIn(keys.slice(0, length), true);
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) return at(range[0]);
    }
    return `${path}:1`;
  };
  const result = fleetFile.safeParse(
    isCollection(document.contents) ? document.toJS({ maxAliasCount: 1000 }) : {},
    {
      error: ({ code, ...issue }) =>
        code === "unrecognized_keys"
          ? `${(issue.keys as string[]).join(", ")} ${(issue.keys as string[]).length === 1 ? "is no key" : "are no keys"} of this file`
          : undefined,
    },
  );
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const keys = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
      return `${place(...keys)}: ${issue.message}.`;
    });
    throw new UsageError(problems.join("\n"));
  }
  return { file: result.data, place };
}
