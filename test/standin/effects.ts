import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { contentOf } from "./answers/local";
import type { Values } from "./values";

/** What making an object does on this machine. */
interface Effect {
  make(state: Values, directory: string): void;
  /** Whether the object is still as it was made. */
  isThere(state: Values, directory: string): boolean;
  remove(state: Values, directory: string): void;
}

/** As `hashicorp/local` does it: a file that is missing, or that holds something else, is gone. */
const file: Effect = {
  make(state, directory) {
    const path = pathOf(state, directory);
    const mode = Number.parseInt(String(state.file_permission), 8);
    mkdirSync(dirname(path), {
      recursive: true,
      mode: Number.parseInt(String(state.directory_permission), 8),
    });
    writeFileSync(path, contentOf(state, directory), { mode });
  },
  isThere(state, directory) {
    const path = pathOf(state, directory);
    if (!existsSync(path)) return false;
    return createHash("sha1").update(readFileSync(path)).digest("hex") === state.id;
  },
  remove(state, directory) {
    rmSync(pathOf(state, directory), { force: true });
  },
};

const pathOf = (state: Values, directory: string) => resolve(directory, String(state.filename));

export const effects: Record<string, Effect | undefined> = {
  local_file: file,
  local_sensitive_file: file,
};
