import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Engine } from "../engines/engine";

/** The templates that lie beside an engine's module, by file name. */
export function templates(engine: Engine): Record<string, string> {
  const folder = join(packageRoot(__dirname), "templates", engine.flag);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** Templates are read where they are, beside the sources, also by the compiled program in dist/. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, "templates", "postgres")) ? folder : packageRoot(dirname(folder));
}
