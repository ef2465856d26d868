import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { instrument, type Mutant } from "./mutants";

/** A folder whose code is mutated, and the tests that are to notice it. */
interface Room {
  /** Folders and files. What needs Terraform skips itself. */
  readonly tests: readonly string[];
}

/** By folder. Only tests that run no program and no server: each mutant runs them again. */
export const rooms: Readonly<Record<string, Room>> = {
  "commands/doctor": { tests: ["test/commands/doctor"] },
  "commands/doctor/live": { tests: ["test/commands/doctor/live"] },
  "commands/graph": { tests: ["test/commands/graph"] },
  constructs: { tests: ["test/constructs", "test/snapshots"] },
};

/** The room that a file or test of it lies in: the innermost. */
export const roomOf = (file: string) =>
  Object.keys(rooms)
    .filter((name) => file.startsWith(`${name}/`) || file.startsWith(`test/${name}/`))
    .reduce((one, other) => (one.length > other.length ? one : other), "");

/**
 * Whether a test starts the compiled program, in which no mutant is, or Terraform, or reads all texts
 * for every mutant.
 */
const isSlow = (file: string) =>
  /[.]slow[.]test[.]ts$|commands.doctor.(?:state|texts.verdicts)[.]test[.]ts$/.test(file) &&
  // The one waits, and the other starts no more than scripts of a line.
  !/commands.doctor.(?:command|live.live)[.]slow[.]test[.]ts$/.test(file);

/** Tests that wait in real time, and the only sources that they are for. */
const waiting: Readonly<Record<string, readonly string[]>> = {
  "test/commands/doctor/command.slow.test.ts": [
    "commands/doctor/command.ts",
    "commands/doctor/input.ts",
    "commands/doctor/lines.ts",
  ],
};

/** All mutants of some rooms, numbered. */
export class Plan {
  /** Sources with mutants in them, by absolute path. */
  readonly sources = new Map<string, string>();
  readonly mutants: Mutant[] = [];
  /** Test files, by the room that they are of. */
  readonly tests = new Map<string, readonly string[]>();

  /**
   * @param places rooms, and files in them
   * @throws where there is no such room
   */
  static of(project: string, places: readonly string[]): Plan {
    const plan = new Plan();
    for (const place of places) {
      const name = rooms[place] ? place : roomOf(place);
      const room = rooms[name];
      if (!room) throw new Error(`${place} is in no room: ${Object.keys(rooms).join(", ")}`);
      for (const file of typescriptIn(project, place).filter((file) => roomOf(file) === name)) {
        const source = readFileSync(join(project, file), "utf8");
        const instrumented = instrument(file, source, plan.mutants.length);
        plan.sources.set(join(project, file), instrumented.source);
        plan.mutants.push(...instrumented.mutants);
      }
      const files = room.tests.flatMap((place) => typescriptIn(project, place));
      plan.tests.set(
        name,
        files.filter(
          (file) => file.endsWith(".test.ts") && !isSlow(file) && (roomOf(file) || name) === name,
        ),
      );
    }
    return plan;
  }

  /** Whether a test file is to notice what becomes of a source. */
  isFor(test: string, source: string): boolean {
    const isInRoom = this.tests.get(roomOf(source))?.includes(test) ?? false;
    return isInRoom && (waiting[test]?.includes(source) ?? true);
  }
}

/** The files in a folder that may not be there yet, in order, relative to the project. */
function typescriptIn(project: string, place: string): string[] {
  const path = join(project, place);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [place];
  return readdirSync(path, { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(place, file))
    .sort();
}
