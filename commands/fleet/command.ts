import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compareModule, renderValues, writeModule } from "cdktf-hcl";
import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { flags } from "../../choices";
import { backendFile } from "../backend-file";
import { belongsToNoFlag } from "../flags";
import { synthesizeGrants } from "../synth";
import { UsageError } from "../usage-error";
import { marker, refuseLosses, writtenModule } from "../written-modules";
import { collisions } from "./collisions";
import { grantsFolder, readFleet } from "./fleet-file";
import { grantsOf } from "./grants";
import { membersOf } from "./members";

/** What `synth --fleet` is told on the command line. */
export interface FleetOptions {
  /** The fleet file. */
  readonly fleet: string;
  /** Directory for the modules: `<out>/<name>/`. */
  readonly out: string;
  /** Compare instead of writing. */
  readonly check: boolean;
  /** Write also where resources of the module that is there would go. */
  readonly force: boolean;
  /** Print what a CI's matrix reads instead of writing. */
  readonly matrix?: "json" | undefined;
}

/**
 * @param given values by flag; true for a flag without a value
 * @param stray words that belong to no flag
 * @throws {UsageError} with every problem
 */
export function parseFleetOptions(given: object, stray: readonly string[] = []): FleetOptions {
  const names = ["fleet", "out", "check", "force", "matrix"];
  const fleet = "--fleet must be a YAML file: docs/fleet.md has one to begin with.";
  const out = "--out must be a directory, such as terraform.";
  const schema = z.strictObject(
    {
      fleet: z.string(fleet).regex(/\S/, fleet),
      out: z.string(out).regex(/\S/, out).default("terraform"),
      check: z.boolean("--check takes no value.").default(false),
      force: z.boolean("--force takes no value.").default(false),
      matrix: z.enum(["json"], "--matrix has one form: json.").optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys
              .map((name) =>
                name in flags
                  ? `--${name} goes into the fleet file, below flags: leave it out here.`
                  : `--${name} does not exist; did you mean ${closest(name, names)}? With --fleet there are ${names.join(", ")}.`,
              )
              .join("\n")
          : undefined,
    },
  );
  const result = schema.safeParse(given);
  const problems = [
    ...stray.map(belongsToNoFlag),
    ...(result.error?.issues.map(({ message }) => message) ?? []),
  ];
  if (!result.success || problems.length > 0) throw new UsageError(problems.join("\n"));
  return result.data;
}

/** A folder of the fleet: a pipeline's, or that of a Redpanda cluster's grants. */
interface Folder {
  /** Relative to `--out`. */
  readonly name: string;
  /** Content by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** For a CI's matrix. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/** What was done, for a person, and the exit code. */
interface Outcome {
  readonly printed: string;
  /** What stands beside it, and is wrong with no file. */
  readonly notice: string;
  readonly exitCode: 0 | 1;
}

/**
 * Writes a module with its values for each pipeline of a fleet file, to `<out>/<name>/`, and the grants of
 * their roles, to `<out>/grants/<cluster id>/`. Nothing is written where anything is refused.
 *
 * @throws {UsageError} with every problem of the file, each with its place
 * @throws {WrittenModuleError} where resources would go and `force` is not given
 * @throws {SynthesisError}
 * @throws {ForeignFilesError}
 */
export function synthesizeFleet({ fleet: path, out, check, force, matrix }: FleetOptions): Outcome {
  const folders = foldersOf(path);
  if (matrix) {
    const include = folders.map(({ name, entry }) => ({
      name,
      directory: join(out, name),
      ...entry,
    }));
    return { printed: `${JSON.stringify({ include })}\n`, notice: "", exitCode: 0 };
  }
  const notice = leftOver(out, new Set(folders.map(({ name }) => name)))
    .map(
      (name) =>
        `${join(out, name)} is of a pipeline that ${path} no longer has. Its resources and its state are still there: run \`terraform -chdir=${join(out, name)} destroy\`, then delete the folder.\n`,
    )
    .join("");
  if (check) {
    const differing = folders
      .map(({ name, files }) => ({ name, ...compareModule(join(out, name), files, marker) }))
      .filter(({ diff }) => diff !== "");
    if (differing.length === 0) return { printed: "", notice, exitCode: 0 };
    const diffs = differing.map(({ diff }) => diff).join("");
    const names = differing.map(({ name }) => name).join(", ");
    return {
      printed: `${diffs}${differing.length} of ${folders.length} ${folders.length === 1 ? "folder" : "folders"} would be written otherwise: ${names}. Run \`rpcn-aurora synth --fleet ${path}\` and review.\n`,
      notice,
      exitCode: 1,
    };
  }
  if (!force) {
    refuseLosses(
      folders.map(({ name, files }) => {
        const folder = join(out, name);
        return { folder, files, before: writtenModule(folder) };
      }),
      `Give the flags of last time in ${path}, choose another directory with --out, or write all of it with --force.`,
    );
  }
  const changed = folders.filter(({ name, files }) => {
    const { written, removed } = writeModule(join(out, name), files, marker);
    return written.length + removed.length > 0;
  });
  return {
    printed: `${folders.length} ${folders.length === 1 ? "folder" : "folders"} in ${out}, ${changed.length} changed${changed.length > 0 ? `: ${changed.map(({ name }) => name).join(", ")}` : ""}.\n`,
    notice,
    exitCode: 0,
  };
}

/** Everything that a fleet file asks for. */
function foldersOf(path: string): Folder[] {
  const fleet = readFleet(path);
  const members = membersOf(fleet);
  const { grants, problems } = grantsOf(members, fleet.file.max_attached_policies);
  const together = [...collisions(members), ...problems];
  if (together.length > 0) throw new UsageError(together.join("\n"));

  const banner = `${marker} from ${basename(path)}. Do not edit: change that file, run \`rpcn-aurora synth --fleet ${basename(path)}\` again, and review the difference.`;
  const written = (
    values: Readonly<Record<string, unknown>>,
    backend: Readonly<Record<string, unknown>> | undefined,
  ) => ({
    "terraform.tfvars": renderValues(values, banner),
    ...(backend && { "backend.tf": backendFile(backend, banner) }),
  });
  return [
    ...grants.map(({ redpandaClusterId, values, backend, members }) => ({
      name: `${grantsFolder}/${redpandaClusterId}`,
      files: { ...synthesizeGrants(), ...written(values, backend) },
      entry: { grants: members.map(({ name }) => name), secrets: [] },
    })),
    ...members.map(({ name, module, given, backend, account, values, flags, secrets }) => ({
      name,
      files: { ...module.files, ...written(given, backend) },
      entry: {
        engine: flags.engine,
        topology: flags.topology,
        account,
        region: values.region,
        secrets,
      },
    })),
  ];
}

/** Folders that a fleet file made, and that none makes any more. */
function leftOver(out: string, names: ReadonlySet<string>): string[] {
  const inside = (folder: string) => {
    try {
      return readdirSync(join(out, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => (folder === "" ? name : `${folder}/${name}`));
    } catch {
      return [];
    }
  };
  return [...inside(""), ...inside(grantsFolder)].filter(
    (name) => !names.has(name) && isOfFleet(join(out, name, "terraform.tfvars")),
  );
}

function isOfFleet(file: string): boolean {
  try {
    return readFileSync(file, "utf8").startsWith(`# ${marker} from `);
  } catch {
    return false;
  }
}
