import type { Flags } from "../combinations";
import { workspaceOf as workspaceOfFlags } from "../module-workspace";
import type { Workspace } from "../standin/workspace";

export interface Choices extends Flags {
  readonly engine: "postgres" | "mysql";
  readonly topology: "byoc" | "ec2";
}

/** A server in the place of Aurora. */
interface Server {
  readonly address?: string;
  /** Providers that connect to it. @default - stand-ins for all */
  readonly real?: string[];
}

/** A workspace with the module of these choices and `--database provider`, before there are tables. */
export function workspaceOf(
  choices: Choices,
  variables: object = {},
  { address, real }: Server = {},
): Promise<Workspace> {
  return workspaceOfFlags(
    { database: "provider", ...choices },
    {
      variables: { cdc_tables_ready: false, ...variables },
      answers: address ? { aws_rds_cluster: { endpoint: address } } : {},
      real,
    },
  );
}
