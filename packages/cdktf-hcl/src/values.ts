import { asItIs, nullable, writeArgument } from "./body";
import { Lines } from "./format";

/**
 * The text of a `terraform.tfvars` file that gives variables these values: strings stand for
 * themselves, whatever is in them.
 *
 * @param values by variable, in the order in which they are written: what JSON can hold
 * @param banner the first lines, without `# `. @default - none
 * @throws Error where a value is none that JSON can hold
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export function renderValues(values: Readonly<Record<string, unknown>>, banner?: string): string {
  const lines = new Lines();
  if (banner !== undefined) {
    for (const line of banner.split("\n")) lines.comment(line);
    lines.blank();
  }
  let needsBlank = false;
  for (const [name, value] of Object.entries(values)) {
    if (needsBlank) lines.blank();
    const start = lines.count;
    const report = (problem: string): never => {
      throw new Error(`${name} ${problem}`);
    };
    writeArgument(
      { lines, report, renamed: asItIs, comment: () => [] },
      name,
      value,
      nullable("literal"),
    );
    needsBlank = lines.count > start + 1;
  }
  return lines.toString();
}
