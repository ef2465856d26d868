import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { MasterVariables } from "../variables/database";

export interface DatabaseUserProps {
  /** Host name of the cluster's writer. */
  readonly host: string;
  /** TCP port of the database. */
  readonly port: string;
  /** Lists of tables by schema or database: a Terraform expression. */
  readonly tables: string;
  /** Whether what holds for the whole cluster stays as it is. */
  readonly asFound: boolean;
  /** Name of the variable with the user that Terraform connects as. */
  readonly master: MasterVariables;
  /** That user's password, an ephemeral value, and what must hold before Terraform connects with it. */
  readonly password: {
    readonly value: string;
    readonly precondition: { readonly condition: string; readonly errorMessage: string };
  };
  /** Certificates in PEM by which the server's own is verified. */
  readonly caPem: string;
  /** What must be up while Terraform connects. The way to it must go after it. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The user that the pipeline logs in as and what it may read, as resources of a provider that
 * connects to the database. What needs the tables waits for `var.cdc_tables_ready`.
 */
export interface DatabaseUser extends Construct {
  /** What must exist before the pipeline starts. */
  readonly ready: readonly ITerraformDependable[];
}

/** Expression: the tables are there, which belong to migrations and not to Terraform. */
export const tablesReady = "var.cdc_tables_ready";

/** Why the block of such a provider is there, and what to know before it cannot connect. */
export const providerComment = `Connects as the master user, from where Terraform runs, at every plan, apply and destroy. What changes the connection (a new master password, another address of the operator) cannot be planned together with the rest: first apply the cluster or the security group alone, with -target.`;
