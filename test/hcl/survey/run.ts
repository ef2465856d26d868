/**
 * Writes the stacks of other people's projects as HCL, and has Terraform judge it:
 *
 *     npm run survey:hcl -- <folder>... [--schemas <file>]...
 *
 * A folder is a checkout, or whatever has a `cdk.tf.json` or Jest's snapshot of one below it. Nothing
 * in it is run. The schemas are what `terraform providers schema -json` printed.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { reportOf, type Survey, survey } from "./survey";

/** npm runs scripts in the project's folder, whatever folder they are called in. */
const at = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { schemas: { type: "string", multiple: true, default: [] } },
  });
  const schemas = values.schemas.map((file) => JSON.parse(readFileSync(at(file), "utf8")));
  const surveys: Survey[] = [];
  for (const folder of positionals) surveys.push(await survey(at(folder), schemas));
  process.stdout.write(reportOf(surveys));
}

void main();
