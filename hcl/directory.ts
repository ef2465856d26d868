import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { sync as writeFileAtomicSync } from "write-file-atomic";

/** Files of a folder that were not written by us stand where a file must go. */
export class ForeignFilesError extends Error {
  override readonly name = "ForeignFilesError";

  constructor(
    readonly files: readonly string[],
    marker: string,
  ) {
    super(
      `These files were not generated, their first line does not say ${JSON.stringify(marker)}, and nothing was written:\n${files.map((file) => `  - ${file}`).join("\n")}\nMove them away, or choose another directory.`,
    );
  }
}

export interface Written {
  readonly written: string[];
  readonly unchanged: string[];
  readonly removed: string[];
}

/**
 * Makes a folder hold these files, and no others of ours. Each file is replaced as a whole, so that
 * an interrupted call leaves whole files and the next one mends the rest.
 *
 * @param marker what the first line of each file of ours contains; files without it are not touched
 * @throws ForeignFilesError if one of the files exists without the marker; nothing is written then
 */
export function writeModule(
  dir: string,
  files: Readonly<Record<string, string>>,
  marker: string,
): Written {
  mkdirSync(dir, { recursive: true });
  const present = contents(dir);
  const foreign = Object.keys(files).filter((file) => {
    const content = present.get(file);
    return content !== undefined && !isOurs(content, marker);
  });
  if (foreign.length > 0) {
    throw new ForeignFilesError(
      foreign.map((file) => join(dir, file)),
      marker,
    );
  }

  const result: Written = { written: [], unchanged: [], removed: [] };
  for (const [file, content] of Object.entries(files)) {
    if (present.get(file) === content) {
      result.unchanged.push(file);
      continue;
    }
    writeFileAtomicSync(join(dir, file), content);
    result.written.push(file);
  }
  for (const file of stale(present, files, marker)) {
    rmSync(join(dir, file));
    result.removed.push(file);
  }
  return result;
}

export interface Comparison {
  /** Files with another content. */
  readonly differing: string[];
  /** Files that are not there. */
  readonly missing: string[];
  /** Files of ours that would no longer be written. */
  readonly stale: string[];
  /** All of it as a unified diff, from the folder to what would be written. */
  readonly diff: string;
}

/** What `writeModule` would change. */
export function compareModule(
  dir: string,
  files: Readonly<Record<string, string>>,
  marker: string,
): Comparison {
  const present = contents(dir);
  const missing = Object.keys(files).filter((file) => !present.has(file));
  const differing = Object.keys(files).filter(
    (file) => present.has(file) && present.get(file) !== files[file],
  );
  const gone = stale(present, files, marker);
  const diff = [...missing, ...differing, ...gone].sort().map((file) => {
    const before = present.has(file) ? join(dir, file) : "/dev/null";
    const after = file in files ? join(dir, file) : "/dev/null";
    const old = present.get(file) ?? "";
    return createTwoFilesPatch(before, after, old, files[file] ?? "", undefined, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    });
  });
  return { differing, missing, stale: gone, diff: diff.join("") };
}

/** The regular files of a folder, which need not exist. */
function contents(dir: string): Map<string, string> {
  if (!existsSync(dir)) return new Map();
  return new Map(
    readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(dir, name), "utf8")]),
  );
}

function stale(
  present: ReadonlyMap<string, string>,
  files: Readonly<Record<string, string>>,
  marker: string,
): string[] {
  return [...present]
    .filter(([file, content]) => !(file in files) && isOurs(content, marker))
    .map(([file]) => file);
}

function isOurs(content: string, marker: string): boolean {
  return content.slice(0, content.indexOf("\n") + 1 || undefined).includes(marker);
}
