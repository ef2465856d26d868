import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flags } from "../flags";
import { synthesizeForCdktf } from "../synth";
import { flowOf } from "./flow";
import { mermaid } from "./mermaid";
import { type Synthesized, SynthesizedModule } from "./module";

/**
 * The stacks that `flags` ask for, each as a Mermaid flowchart with a comment that names it.
 * They are synthesized as for `cdktf deploy`, into a folder that is deleted again.
 */
export function graph(flags: Flags): string {
  const folder = mkdtempSync(join(tmpdir(), "rpcn-aurora-graph-"));
  try {
    synthesizeForCdktf(flags, folder);
    const stacks = join(folder, "stacks");
    return readdirSync(stacks)
      .map((stack) => {
        const json = readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8");
        return `%% ${stack}\n${draw(JSON.parse(json))}`;
      })
      .join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A synthesized stack, as `cdk.tf.json` holds it, as a Mermaid flowchart. */
export function draw(stack: Synthesized): string {
  return mermaid(flowOf(new SynthesizedModule(stack)));
}
