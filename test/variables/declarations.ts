/** A variable as a module declares it. */
export interface Declaration {
  readonly name: string;
  /** The block as it stands in the module. */
  readonly text: string;
  /** In Terraform's notation, such as `list(string)`. */
  readonly type: string;
  /** Whether it has no default. */
  readonly required: boolean;
  /** Whether messages leave its value out. */
  readonly sensitive: boolean;
  readonly validations: readonly Validation[];
}

export interface Validation {
  /** The block as it stands in the module. */
  readonly text: string;
  /** The template of its message. */
  readonly message: string;
}

const known = new Map<string, Declaration[]>();

/** Every variable of a module, in order, from the text of `variables.tf`. */
export function declarations(variables: string): readonly Declaration[] {
  // One text is asked for hundreds of times.
  const all = known.get(variables) ?? read(variables);
  known.set(variables, all);
  return all;
}

function read(variables: string): Declaration[] {
  return [...variables.matchAll(/^variable "(\w+)" \{\n(.*?)^\}$/gms)].map(
    ([text, name = "", body = ""]) => ({
      name,
      text,
      type: /^ {2}type += (.*)$/m.exec(body)?.[1] ?? "",
      required: !/^ {2}default +=/m.test(body),
      sensitive: /^ {2}sensitive += true$/m.test(body),
      validations: [...body.matchAll(/^ {2}validation \{\n(.*?)^ {2}\}$/gms)].map(([text]) => ({
        text,
        message: JSON.parse(/^ {4}error_message += (".*")$/m.exec(text)?.[1] ?? ""),
      })),
    }),
  );
}
