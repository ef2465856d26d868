import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { sync as writeFileAtomicSync } from "write-file-atomic";

/** What was not written by us stands where a file must go. */
export class ForeignFilesError extends Error {
  override readonly name = "ForeignFilesError";

  constructor(
    /** Files without the marker. */
    readonly files: readonly string[],
    /** Links, folders and the like. */
    readonly irregular: readonly string[],
    marker: string,
  ) {
    const list = (head: string, paths: readonly string[]) =>
      paths.length === 0 ? [] : [head, ...paths.map((path) => `  - ${path}`)];
    super(
      [
        ...list(
          `These files were not generated, their first line does not say ${JSON.stringify(marker)}, and nothing was written:`,
          files,
        ),
        ...list("These are not regular files, and nothing was written:", irregular),
        "Move them away, or choose another directory.",
      ].join("\n"),
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
 * an interrupted call leaves whole files and the next one fixes the rest.
 *
 * @param marker what the first line of each file of ours contains; files without it are not touched
 * @throws ForeignFilesError if something without the marker, or no regular file, stands where one of
 *   the files must go; nothing is written then
 */
export function writeModule(
  dir: string,
  files: Readonly<Record<string, string>>,
  marker: string,
): Written {
  makeFolder(dir);
  const present = contents(dir, files);
  const standing = (is: (content: string | undefined) => boolean) =>
    Object.keys(files)
      .filter((file) => present.has(file) && is(present.get(file)))
      .map((file) => join(dir, file));
  const foreign = standing((content) => content !== undefined && !isOurs(content, marker));
  const irregular = standing((content) => content === undefined);
  if (foreign.length > 0 || irregular.length > 0) {
    throw new ForeignFilesError(foreign, irregular, marker);
  }

  const result: Written = { written: [], unchanged: [], removed: [] };
  for (const [file, content] of Object.entries(files)) {
    if (present.get(file) === content) {
      result.unchanged.push(file);
      continue;
    }
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    // What a crash of the machine takes is generated again: waiting for the disk took longer than writing.
    writeFileAtomicSync(join(dir, file), content, { fsync: false });
    result.written.push(file);
  }
  for (const file of stale(present, files, marker)) {
    rmSync(join(dir, file));
    result.removed.push(file);
  }
  return result;
}

/** With those above it. Node does the same, and goes on for ever where a file system has no folders to make. */
function makeFolder(dir: string): void {
  try {
    mkdirSync(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(dir).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(dir))) throw error;
    makeFolder(dirname(dir));
    mkdirSync(dir);
  }
}

export interface Comparison {
  /** Files with another content, and what is no regular file. */
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
  const present = contents(dir, files);
  const missing = Object.keys(files).filter((file) => !present.has(file));
  const differing = Object.keys(files).filter(
    (file) => present.has(file) && present.get(file) !== files[file],
  );
  const gone = stale(present, files, marker);
  // Loaded here: no other function needs it, and whoever only reads HCL should not wait for it.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require("diff") as typeof import("diff");
  const diff = [...missing, ...differing, ...gone].sort().map((file) => {
    const before = present.has(file) ? join(dir, file) : "/dev/null";
    const after = file in files ? join(dir, file) : "/dev/null";
    const old = present.get(file);
    const note = present.has(file) && old === undefined ? "not a regular file" : undefined;
    return createTwoFilesPatch(before, after, old ?? "", files[file] ?? "", note, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    });
  });
  return { differing, missing, stale: gone, diff: diff.join("") };
}

/** What each path below a folder stands for: a file's content, or undefined for all else. */
type Contents = ReadonlyMap<string, string | undefined>;

/**
 * The contents of a folder, which need not exist, and of those in it that the files lie in. Links are not
 * followed: they lead to others.
 */
function contents(dir: string, files: Readonly<Record<string, string>>): Contents {
  const folders = new Set(["", ...Object.keys(files).map((file) => posix.dirname(file))]);
  return new Map(
    [...folders].flatMap((folder) =>
      existsSync(join(dir, folder))
        ? readdirSync(join(dir, folder), { withFileTypes: true }).map((entry) => {
            const path = posix.join(folder, entry.name);
            return [
              path,
              entry.isFile() ? readFileSync(join(dir, path), "utf8") : undefined,
            ] as const;
          })
        : [],
    ),
  );
}

function stale(
  present: Contents,
  files: Readonly<Record<string, string>>,
  marker: string,
): string[] {
  return [...present]
    .filter(
      ([file, content]) =>
        !(file in files) &&
        content !== undefined &&
        (isOurs(content, marker) || (content === "" && isUnfinished(file, files))),
    )
    .map(([file]) => file);
}

/**
 * Whether a name is that of write-file-atomic's temporary file for one of the files. What an
 * interrupted call leaves there begins with the marker, unless nothing was written to it yet.
 */
function isUnfinished(file: string, files: Readonly<Record<string, string>>): boolean {
  const [, target] = /^(.+)\.\d+$/.exec(file) ?? [];
  return target !== undefined && target in files;
}

function isOurs(content: string, marker: string): boolean {
  return content.slice(0, content.indexOf("\n") + 1 || undefined).includes(marker);
}
