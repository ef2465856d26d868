import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { AccessKeySecrets } from "../constructs/access-key-secrets";
import { AccessKeyUser } from "../constructs/access-key-user";
import { AssumeRolePolicy } from "../constructs/assume-role-policy";
import { AttachedPolicy } from "../constructs/attached-policy";
import { ByocWalkthrough } from "../constructs/byoc-walkthrough";
import { CdcTopic } from "../constructs/cdc-topic";
import { DatabaseAccess } from "../constructs/database-access";
import { DatabaseSetup, type Preparation } from "../constructs/database-setup";
import { DatabaseSetupRun } from "../constructs/database-setup-run";
import { DbConnectRole } from "../constructs/db-connect-role";
import { Network } from "../constructs/network";
import { Pipeline } from "../constructs/pipeline";
import { inputExpressions } from "../constructs/pipeline-file";
import { RdsCertificates } from "../constructs/rds-certificates";
import { ServerlessAurora } from "../constructs/serverless-aurora";
import { tablesReady } from "../engines/database-user";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { RedpandaProvider } from "../providers/redpanda";
import { databaseProviders, requiredProviders } from "../providers/required-providers";
import type { TemplateChoices } from "../templates";
import { account } from "../variables/account";
import { database, serverlessCapacity, tables } from "../variables/database";
import { network as networkVariables, networkWithClient } from "../variables/network";
import {
  accessKey,
  accessKeyTrust,
  redpandaAccount,
  sasl,
  stream,
  trust,
} from "../variables/redpanda";
import { declareVariables } from "../variables/variable";
import { AddressedStack } from "./addressed-stack";

/** What is chosen when synthesizing: see the flags of the same names. */
export interface ByocChoices {
  readonly grant: "artifact" | "attach";
  readonly database: Preparation;
  readonly credentials: "role" | "static";
}

/** Names of the variables for the master user and the password, as the original has them. */
const master = { masterUser: "db_username", masterPassword: "db_password" };

/**
 * Aurora in one AWS account, a pipeline of a Redpanda BYOC cluster in another, and the roles by
 * which the pipeline logs in without a password.
 */
export class ByocStack extends AddressedStack {
  readonly templateChoices: TemplateChoices;

  constructor(
    scope: Construct,
    readonly engine: Engine,
    private readonly choices: ByocChoices,
  ) {
    super(scope, engine.stackName);
    this.templateChoices = {
      destination: "cloud",
      accessKey: choices.credentials === "static",
      database: choices.database,
    };
    this.providers();
    this.variables();

    const network = new Network(this, "network");
    const access = new DatabaseAccess(this, "database-access", {
      vpcId: network.vpcId,
      port: engine.port,
      description: engine.securityGroupDescription,
    });
    const { cluster: aurora } = new ServerlessAurora(this, "aurora", {
      engine,
      subnetIds: network.subnetIds,
      securityGroupId: access.securityGroupId,
      routes: network.routes,
    });
    const certificates = new RdsCertificates(this, "certificates", { amazonRoot: true });
    const setup = new DatabaseSetup(this, "database-setup", {
      engine,
      preparation: choices.database,
    });
    const run =
      choices.database === "exec"
        ? new DatabaseSetupRun(this, "database-setup-run", {
            engine,
            endpoint: aurora.endpoint,
            clusterResourceId: aurora.resourceId,
            ...master,
            dependsOn: [aurora.instance, network.routes, certificates.written],
          })
        : undefined;
    const databaseUser =
      choices.database === "provider"
        ? new engine.user.resources(this, "database-user", {
            host: aurora.endpoint,
            port: engine.port,
            ...master,
            instance: aurora.instance,
          })
        : undefined;

    const user =
      choices.credentials === "static" ? new AccessKeyUser(this, "access-key-user") : undefined;
    const role = new DbConnectRole(this, "db-connect-role", {
      clusterResourceId: aurora.resourceId,
      trustedPrincipalArn: user?.arn,
    });
    const policy = new AssumeRolePolicy(this, "assume-role-policy", {
      dbConnectRoleArn: role.arn,
    });
    user?.isAllowed(policy.policy);

    const attached =
      choices.grant === "attach"
        ? new AttachedPolicy(this, "attached-policy", { policy: policy.policy })
        : undefined;

    const topic = new CdcTopic(this, "cdc-topic", { checkpointTopic: engine.checkpointTopic });
    const key = user && new AccessKeySecrets(this, "access-key-secrets", topic.clusterApiUrl);
    const pipeline = new Pipeline(this, "pipeline", {
      waitsFor: [...(key ? [key.exist] : []), ...(databaseUser ? [tablesReady] : [])],
      allPrepared: run !== undefined && attached !== undefined,
      clusterApiUrl: topic.clusterApiUrl,
      templateExpressions: {
        ...inputExpressions(engine, "aws_rds_cluster.aurora.endpoint", role.rolesExpression),
        // Redpanda Connect fills in the cluster's own brokers.
        seed_brokers: '["$${REDPANDA_BROKERS}"]',
        topic: "redpanda_topic.topic.name",
        position_metadata: JSON.stringify(engine.positionMetadata),
        sasl_user: "var.rp_sasl_user",
        sasl_password: topic.saslPassword,
        sasl_password_version: "var.rp_sasl_password_version",
        ...key?.templateExpressions,
        ...(engine.checkpointTopic
          ? {
              checkpoint_topic: "redpanda_topic.checkpoints.name",
              checkpoint_key: "redpanda_topic.topic.name",
            }
          : {}),
      },
      dependsOn: [
        aurora.instance,
        network.routes,
        role.permission,
        ...(run ? [run.done] : []),
        ...(databaseUser?.permissions ?? []),
        ...(attached ? [attached.attachment] : []),
        ...(key ? key.secrets : []),
        ...topic.permissions,
      ],
    });

    new ByocWalkthrough(this, "walkthrough", {
      engine,
      policyByHand: !attached && !user,
      endpoint: aurora.endpoint,
      clusterIdentifier: aurora.identifier,
      clusterResourceId: aurora.resourceId,
      dbConnectRoleArn: role.arn,
      trustedPrincipalArn: role.trustedPrincipalArn,
      policyFile: policy.filename,
      pipeline,
      topicName: topic.topicName,
      setup,
      caFile: certificates.file,
    });
  }

  private providers(): void {
    const { provider } = this.engine.user;
    this.requireProviders({
      ...requiredProviders,
      ...(this.choices.database === "provider" ? { [provider]: databaseProviders[provider] } : {}),
    });

    const aws = new AwsProvider(this, "aws", {
      region: "${var.region}",
      profile: "${var.aws_profile}",
    });
    layout(aws, { file: "versions.tf", comment: "The account that owns the database." });
    const redpanda = new RedpandaProvider(this, "redpanda");
    layout(redpanda, {
      file: "versions.tf",
      comment: "Credentials: REDPANDA_CLIENT_ID and REDPANDA_CLIENT_SECRET in the environment.",
    });
  }

  /** In the order in which a person fills them in. */
  private variables(): void {
    declareVariables(this, "Account and names", account);
    const { database: preparation, grant, credentials } = this.choices;
    declareVariables(this, "Network", preparation === "sql" ? networkVariables : networkWithClient);
    declareVariables(
      this,
      "Database",
      database(this.engine, {
        ...master,
        databaseName: "demo_db",
        iamUser: "iam_demo_user",
        engineVersion: this.engine.version.default,
        preparation,
        capacity: serverlessCapacity,
      }),
    );
    declareVariables(this, "IAM", credentials === "static" ? accessKeyTrust : trust);
    if (grant === "attach") declareVariables(this, "IAM", redpandaAccount);
    if (credentials === "static") declareVariables(this, "IAM", accessKey);
    declareVariables(this, "Redpanda", sasl);
    declareVariables(this, "Pipeline", {
      ...tables(this.engine, preparation),
      ...this.engine.streamVariables,
      ...stream,
    });
  }
}
