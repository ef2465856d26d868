import type { TopBlock } from "./top-blocks";
import { isPlainObject } from "./value";

/** Names of arguments that hold what nobody should read in a file. */
const NAME =
  /(?:^|_)(?:password|passwd|passphrase|secret|secret_key|secret_access_key|secret_string|client_secret|shared_secret|token|private_key|private_key_pem|api_key|app_key|access_key|connection_string)$/i;

/** Texts that are secrets whatever they are called: keys of AWS, private keys, tokens of GitHub. */
const TEXT = /\bA(?:KIA|SIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_\w{36}/;

/** A sentence for each literal in a block that looks like a secret; the literal is not in it. */
export function secretsIn({ type, labels, content }: TopBlock): string[] {
  const block = [type === "resource" ? [] : type, labels].flat().join(".");
  const found: string[] = [];
  const visit = (value: unknown, name: string, path: string): void => {
    if (typeof value === "string") {
      const isLiteral = value !== "" && !/(?<!\$)\$\{/.test(value);
      if (isLiteral && (NAME.test(name) || TEXT.test(value))) {
        found.push(
          `${block}: ${path} looks like a secret, and stands there in the clear. Make it a variable with sensitive = true, or read it from a secret store; then change it, because it has been in files`,
        );
      }
    } else if (Array.isArray(value)) for (const item of value) visit(item, name, path);
    else if (isPlainObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (key !== "//") visit(item, key, path === "" ? key : `${path}.${key}`);
      }
    }
  };
  if (type === "variable") visit(content.default, labels[0] ?? "", "default");
  else if (type !== "terraform" || "backend" in content) visit(content, "", "");
  return found;
}
