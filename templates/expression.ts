import { Lazy } from "cdktf";

/**
 * A Terraform expression, written without the `${}` around it. Tokens in it stand bare; inside of
 * quotes they are written `\${${token}}`. CDKTF itself puts braces around every token that follows
 * the first `}`, wherever that is.
 */
export function expression(text: string): string {
  return Lazy.stringValue({
    produce: (context) => {
      const isNested = context.suppressBraces;
      context.suppressBraces = true;
      const bare = context.resolve(text);
      return isNested ? bare : `\${${bare}}`;
    },
  });
}

/**
 * The expression that renders the template `file`, which lies beside the module, with `values`: names
 * in the template to expressions, written as for {@link expression}.
 * @see https://developer.hashicorp.com/terraform/language/functions/templatefile
 */
export function templateExpression(file: string, values: Readonly<Record<string, string>>): string {
  const object = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return expression(`templatefile("\${path.module}/${file}", {${object.join(", ")}})`);
}

/**
 * Of these values, those that the template reads: Terraform takes others without a word.
 * @param values names in the template to anything
 */
export function readBy<Value>(
  template: string,
  values: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const sequences = sequencesIn(template);
  const isRead = ([name]: [string, Value]) => new RegExp(`\\b${name}\\b`).test(sequences);
  return Object.fromEntries(Object.entries(values).filter(isRead));
}

/** What stands in the `${}` and `%{}` of a template, those inside of others included. */
function sequencesIn(template: string): string {
  let depth = 0;
  let found = "";
  // `$${` is a dollar sign and a brace; braces inside of a sequence come in pairs.
  for (const [part] of template.matchAll(/[$%]{2}\{|[$%]?\{|\}|[^${}%]+|[$%]/g)) {
    if (depth > 0) found += part;
    if (part === "}") depth = Math.max(0, depth - 1);
    else if (part === "${" || part === "%{" || (part === "{" && depth > 0)) depth++;
  }
  return found;
}
