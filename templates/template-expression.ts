/**
 * Terraform expression that renders the template `file`, which lies beside the module, with
 * `values`: names in the template to Terraform expressions (without `${}`).
 * @see https://developer.hashicorp.com/terraform/language/functions/templatefile
 */
export function templateExpression(file: string, values: Record<string, string>): string {
  const object = Object.entries(values).map(([name, expression]) => `${name} = ${expression}`);
  return `\${templatefile("\${path.module}/${file}", {${object.join(", ")}})}`;
}
