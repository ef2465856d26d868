import { TerraformLocal } from "cdktf";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import { EphemeralSecretVersion } from "../providers/secret-version";
import type { Assertion } from "./check";
import type { PasswordSecret } from "./password-secret";

export interface AdministratorPasswordProps {
  readonly secret: Pick<PasswordSecret, "isThere" | "arn">;
  /** Name of the variable that holds the password where no secret does. */
  readonly variable: string;
}

/**
 * The password with which the apply itself connects: from its secret, if there is one, or from the
 * variable. Terraform fetches the secret at every plan and apply, and keeps it nowhere.
 */
export class AdministratorPassword extends Construct {
  /** An ephemeral value, a token. */
  readonly value: string;
  /** What must hold before anybody connects with it. */
  readonly precondition: Assertion;

  constructor(scope: Construct, id: string, { secret, variable }: AdministratorPasswordProps) {
    super(scope, id);
    layout(this, { file: "database.tf", section: "Database user and tables" });
    const password =
      "jsondecode(ephemeral.aws_secretsmanager_secret_version.master[0].secret_string).password";
    const version = new EphemeralSecretVersion(
      this,
      "ephemeral.aws_secretsmanager_secret_version.master",
      {
        count: `\${${secret.isThere} ? 1 : 0}`,
        secretId: secret.arn,
      },
    );
    layout(version, { comment: "Fetched at every plan and apply, and kept nowhere." });
    const local = new TerraformLocal(
      this,
      "local.master_password",
      `\${${secret.isThere} ? try(tostring(${password}), null) : var.${variable}}`,
    );
    layout(local, { comment: "An ephemeral value: neither the plan nor the state has it." });
    this.value = local.asString;
    this.precondition = {
      condition: `\${!(${secret.isThere}) || can(regex("^\\".+\\"$", jsonencode(${password})))}`,
      errorMessage: `The secret \${${secret.isThere} ? ${secret.arn} : ""} has no password that can be read. It must be JSON as RDS writes it, with the password as text: {"username": "…", "password": "…"}.`,
    };
  }
}
