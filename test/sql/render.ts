import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A SQL template as Terraform itself renders it. */
export async function render(
  template: `${"postgres" | "mysql"}/${"cdc_setup" | "insert"}`,
  variables: Record<string, string | readonly string[]>,
): Promise<string> {
  const file = join(__dirname, "../../templates", `${template}.sql.tftpl`);
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const console = promisify(execFile)("terraform", ["console"], {
    // A folder without a module: the console then needs no init.
    cwd: tmpdir(),
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_INPUT: "0" },
  });
  // Encoded, because the console would print the text as a literal with escapes of its own.
  console.child.stdin?.end(
    `base64encode(templatefile(${JSON.stringify(file)}, ${JSON.stringify(variables)}))\n`,
  );
  const { stdout } = await console;
  return Buffer.from(JSON.parse(stdout), "base64").toString();
}
