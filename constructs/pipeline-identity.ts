import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ByocChoices, Form } from "../choices";
import type { Files } from "../outputs/output";
import { AccessKeyUser } from "./access-key-user";
import { AssumeRolePolicy } from "./assume-role-policy";
import { AttachedPolicy } from "./attached-policy";
import type { Assertion } from "./check";
import { CurrentAccount } from "./current-account";
import { DbConnectRole } from "./db-connect-role";
import type { RedpandaCluster } from "./redpanda-cluster";
import { TrustedPrincipal } from "./trusted-principal";

export interface PipelineIdentityProps {
  readonly files: Files;
  readonly choices: Pick<ByocChoices, "credentials"> & Form;
  /** By which the apply attaches the policy in Redpanda's account. @default - a person attaches it */
  readonly attaching?: TerraformProvider;
  /** Aurora's resource id, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`. */
  readonly clusterResourceId: string;
  readonly cluster: Pick<RedpandaCluster, "type" | "region">;
  /** What must exist before a policy is attached to a role that others use, too. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Who the pipeline is to AWS: the principal that starts the chain of roles, the role that it assumes, and
 * the policy by which it may.
 */
export class PipelineIdentity extends Construct {
  readonly role: DbConnectRole;
  readonly trustedPrincipal: TrustedPrincipal;
  readonly policy: AssumeRolePolicy;
  /** Whether the apply attaches the policy to the principal, and no person has to. */
  readonly isGranted: boolean;
  /** What must exist before the pipeline can log in. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PipelineIdentityProps) {
    super(scope, id);
    const { choices, clusterResourceId, cluster, attaching } = props;
    const hasKey = choices.credentials === "static";

    const user = hasKey ? new AccessKeyUser(this, "access-key-user") : undefined;
    const account = new CurrentAccount(this, "current-account", {
      section: "IAM",
      // Which account the user of an access key belongs to makes no difference.
      postconditions: hasKey ? undefined : [notRedpandasAccount],
    });
    this.trustedPrincipal = new TrustedPrincipal(this, "trusted-principal", {
      userArn: user?.arn,
      partition: account.partition,
      clusterType: cluster.type,
    });
    const { trustedPrincipal } = this;
    this.role = new DbConnectRole(this, "db-connect-role", {
      account,
      trustedPrincipal,
      clusterResourceId,
    });
    this.policy = new AssumeRolePolicy(this, "assume-role-policy", {
      files: props.files,
      dbConnectRoleArn: this.role.arn,
      trustedPrincipal,
    });
    user?.attachPolicy(this.policy);
    const attached =
      attaching &&
      new AttachedPolicy(this, "attached-policy", {
        policy: this.policy,
        trustedPrincipal,
        cluster,
        provider: attaching,
        isPassed: choices.module ?? false,
        dependsOn: props.dependsOn,
      });
    this.isGranted = hasKey || attached !== undefined;
    this.ready = [...this.role.ready, ...(user?.ready ?? []), ...(attached?.ready ?? [])];
  }
}

const notRedpandasAccount: Assertion = {
  condition: "${self.account_id != var.redpanda_aws_acct_id}",
  errorMessage:
    "aws_profile leads to account ${self.account_id}, which redpanda_aws_acct_id says is Redpanda's. The database must be in another account: set aws_profile to a profile of the account that owns it.",
};
