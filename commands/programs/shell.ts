/** Names that are still to be filled in are no redirections. */
const plain = /^(?:[\w@%+=:,./-]|<[a-z][a-z_]+>)+$/;

/** A program and its arguments as a person would type them. */
export function asCommand(program: string, args: readonly string[]): string {
  const quoted = args.map((word) => {
    if (plain.test(word)) return word;
    // Double quotes where they change nothing, because single ones in single ones are hard to read.
    return word.includes("'") && !/["$`\\!]/.test(word)
      ? `"${word}"`
      : `'${word.replaceAll("'", `'\\''`)}'`;
  });
  return [program, ...quoted].join(" ");
}

/** Without a region of its own, `aws` may take one of the profile, or none. */
export const inRegion = (aws: readonly string[]) => [...aws, "--region", "<region>"];
