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
