import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { version } from "../../package.json";
import { packageRoot } from "../../templates";

interface Module {
  /** Folder with the modules. */
  readonly out: string;
  readonly stack: string;
  /** The file with the values. */
  readonly tfvars: string;
}

const folder = join(".github", "workflows");

/**
 * Workflows for GitHub Actions, by path: one that checks a pull request, for all modules, and one
 * that calls it for this module.
 *
 * @see https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
 */
export function workflows({ out, stack, tfvars }: Module): [path: string, content: string][] {
  const secrets = [
    ...["REDPANDA_CLIENT_ID", "REDPANDA_CLIENT_SECRET"],
    ...["DB_PASSWORD", "RP_SASL_PASSWORD"],
  ];
  const caller = {
    name: stack,
    on: { pull_request: { paths: [`${out}/${stack}/**`, tfvars, ".github/workflows/**"] } },
    permissions: {},
    jobs: {
      [stack]: {
        permissions: { contents: "read", "id-token": "write", "pull-requests": "write" },
        uses: "./.github/workflows/rpcn-aurora.yml",
        with: { version, modules: out, stack, tfvars, aws_role: "" },
        secrets: Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])),
      },
    },
  };
  return [
    [
      join(folder, "rpcn-aurora.yml"),
      readFileSync(join(packageRoot, "templates", "workflows", "rpcn-aurora.yml"), "utf8"),
    ],
    [
      join(folder, `${stack}.yml`),
      `# aws_role: ARN of the role that may plan. Secrets that the repository has not are empty: docs/pull-requests.md.\n${stringify(caller, { lineWidth: 0 })}`,
    ],
  ];
}
