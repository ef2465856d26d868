import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../cli/flags";
import { synthesize } from "../cli/synth";

/** The modules of all stacks with the default of every flag: content by file name, by stack. */
export const modules = synthesize(parseFlags({}));

/** Names of the stacks. */
export const stacks = [...modules.keys()];

/** A workspace's files: a stack's module, and the hand-written original's own values for it. */
export function moduleWith(stack: string): { files: Record<string, string> } {
  const values = join(__dirname, "fixtures", "original", `${stack}.tfvars`);
  return {
    files: { ...modules.get(stack), "terraform.tfvars": readFileSync(values, "utf8") },
  };
}
