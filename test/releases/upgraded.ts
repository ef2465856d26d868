import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fitting, valuesFor } from "../module-workspace";
import { Workspace, type WorkspaceProps } from "../standin/workspace";
import { synthesized } from "../synthesized";

/** The module of a stack as version 0.1.0 generated it with the default of every flag: content by file name. */
export function releasedModule(stack: string): Record<string, string> {
  const folder = join(__dirname, "../fixtures/0.1.0", stack);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

/**
 * A workspace in which 0.1.0's module was applied and today's has then been written over it: what
 * `rpcn-aurora synth` leaves. Variables that have a default are left to it.
 * @throws where 0.1.0 cannot be applied
 */
export async function upgraded(stack: string, props: WorkspaceProps = {}): Promise<Workspace> {
  const present = synthesized(stack.endsWith("-ec2") ? { topology: "ec2" } : {}).get(stack) ?? {};
  const released = releasedModule(stack);
  const workspace = await Workspace.create({
    ...props,
    files: { ...released, ...props.files },
    variables: {
      ...valuesFor(stack),
      engine_version: {
        "aurora-postgres-ec2": "17.4",
        "aurora-mysql-ec2": "8.0.mysql_aurora.3.10.3",
      }[stack],
      ...props.variables,
    },
    answers: { ...fitting, ...props.answers },
  });
  const { code, diagnostics } = await workspace.apply();
  if (code !== 0) throw new Error(JSON.stringify(diagnostics));
  generate(workspace, present);
  return workspace;
}

/** Writes a module over the one that is there, as `rpcn-aurora synth` does: what is not in it goes. */
export function generate(workspace: Workspace, module: Record<string, string>): void {
  const files = workspace.files().filter((name) => /[.](tf|tftpl|sh)$/.test(name));
  for (const name of files) rmSync(join(workspace.dir, name));
  for (const [name, text] of Object.entries(module)) workspace.write(name, text);
}
