import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "./server";

/** A SQL template as Terraform itself renders it. */
export async function render(
  template: `${"postgres" | "mysql"}/${"cdc_setup" | "cdc_cleanup" | "insert"}`,
  variables: Record<string, string | readonly string[]>,
): Promise<string> {
  const file = join(__dirname, "../../templates", `${template}.sql.tftpl`);
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  // Without a module the console needs no init; but it locks the state of the folder it runs in.
  const cwd = mkdtempSync(join(tmpdir(), "render-"));
  try {
    const { code, stdout, stderr } = await client("terraform", ["console"], {
      cwd,
      env: { ...env, CHECKPOINT_DISABLE: "1", TF_INPUT: "0" },
      // Encoded, because the console would print the text as a literal with escapes of its own.
      input: `base64encode(templatefile(${JSON.stringify(file)}, ${JSON.stringify(variables)}))\n`,
    });
    if (code !== 0) throw new Error(stderr);
    return Buffer.from(JSON.parse(stdout), "base64").toString();
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
