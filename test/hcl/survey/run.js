/**
 * Writes the stacks of other people's projects as HCL, and has Terraform judge it:
 *
 *     npm run survey:hcl -- <folder>... [--schemas <file>]...
 *
 * A folder is a checkout, or whatever has a `cdk.tf.json` or Jest's snapshot of one below it. Nothing
 * in it is run. The schemas are what `terraform providers schema -json` printed.
 */
const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");
const { parseArgs } = require("node:util");
const { process: withoutTypes } = require("../../transform");

require.extensions[".ts"] = (module, file) =>
  module._compile(withoutTypes(readFileSync(file, "utf8"), file).code, file);
const { reportOf, survey } = require("./survey.ts");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { schemas: { type: "string", multiple: true, default: [] } },
});
// npm runs scripts in the project's folder.
const at = (path) => resolve(process.env.INIT_CWD ?? ".", path);

(async () => {
  const schemas = values.schemas.map((file) => JSON.parse(readFileSync(at(file), "utf8")));
  const surveys = [];
  for (const folder of positionals) surveys.push(await survey(at(folder), schemas));
  process.stdout.write(reportOf(surveys));
})();
