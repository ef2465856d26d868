import { renderSynthesized } from "cdktf-hcl";
import { UsageError } from "./usage-error";

/**
 * The text of a `backend.tf`, which may stand beside what a module says of Terraform.
 *
 * @param backend its one key is the backend's type, or `cloud`; its value, what stands in the block
 * @param banner first line, without `# `
 * @throws {UsageError} where Terraform's language cannot hold it
 */
export function backendFile(backend: Readonly<Record<string, unknown>>, banner: string): string {
  const [type = "", content] = Object.entries(backend)[0] ?? [];
  const block = type === "cloud" ? { cloud: content } : { backend: { [type]: content } };
  const { files, refused } = renderSynthesized(JSON.stringify({ terraform: block }), { banner });
  const [file, ...others] = Object.values(files);
  if (file === undefined || others.length > 0 || refused.length > 0)
    throw new UsageError(`backend ${type} cannot be written: ${JSON.stringify(refused)}`);
  return file;
}
