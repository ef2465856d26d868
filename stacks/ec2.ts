import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { AppRole, type Host } from "../constructs/app-role";
import { DatabaseSecurityGroup } from "../constructs/database-security-group";
import { DatabaseSetup, type Preparation } from "../constructs/database-setup";
import { DatabaseSetupRun } from "../constructs/database-setup-run";
import { DbAccessRole } from "../constructs/db-access-role";
import { Ec2Walkthrough } from "../constructs/ec2-walkthrough";
import { inputExpressions, PipelineFile } from "../constructs/pipeline-file";
import { ProvisionedAurora } from "../constructs/provisioned-aurora";
import { RdsCertificates } from "../constructs/rds-certificates";
import type { Engine } from "../engines/engine";
import { layout } from "../hcl";
import { databaseProviders, requiredProviders } from "../providers/required-providers";
import type { TemplateChoices } from "../templates";
import { account, regionName } from "../variables/account";
import { database, instanceClass, tables } from "../variables/database";
import {
  access as accessVariables,
  existingNetwork,
  redpandaCluster,
  secondAccount,
} from "../variables/ec2";
import { stream } from "../variables/redpanda";
import { declareVariables } from "../variables/variable";
import { AddressedStack } from "./addressed-stack";

/** What is chosen when synthesizing: see the flags of the same names. */
export interface Ec2Choices {
  readonly database: Preparation;
  readonly accounts: "one" | "two";
  readonly hops: "1" | "2";
  readonly host: Host;
  readonly output: "stdout" | "redpanda";
}

/** Names of the variables for the master user and the password, as the original has them. */
const master = { masterUser: "db_master_username", masterPassword: "db_master_password" };

/**
 * Aurora in an existing VPC, and the roles by which Redpanda Connect on an EC2 instance or an ECS
 * task, in the same account or another one, logs in without a password.
 */
export class Ec2Stack extends AddressedStack {
  readonly templateChoices: TemplateChoices;

  constructor(
    scope: Construct,
    readonly engine: Engine,
    private readonly choices: Ec2Choices,
  ) {
    super(scope, engine.ec2.stackName);
    this.templateChoices = { destination: choices.output, database: choices.database };
    const { iamSuffix: nameSuffix, securityGroup, securityGroupDescription } = engine.ec2;
    const app = this.providers();
    const { externalId, extraDbUserArns } = this.variables();

    const access = new DatabaseSecurityGroup(this, "security-group", {
      address: "aurora_sg",
      name: securityGroup,
      description: securityGroupDescription,
      vpcId: "${var.vpc_id}",
      port: engine.port,
      cidrBlocks: Token.asList("${distinct(var.allowed_cidr_blocks)}"),
    });
    layout(access, { file: "network.tf", section: "Network" });
    const { cluster: aurora } = new ProvisionedAurora(this, "aurora", {
      engine,
      securityGroupId: access.securityGroupId,
    });
    const certificates = new RdsCertificates(this, "certificates", { amazonRoot: false });
    const setup = new DatabaseSetup(this, "database-setup", {
      engine,
      preparation: choices.database,
    });
    if (choices.database === "exec") {
      new DatabaseSetupRun(this, "database-setup-run", {
        engine,
        endpoint: aurora.endpoint,
        clusterResourceId: aurora.resourceId,
        ...master,
        dependsOn: [aurora.instance, certificates.written],
      });
    }
    if (choices.database === "provider") {
      new engine.user.resources(this, "database-user", {
        host: aurora.endpoint,
        port: engine.port,
        ...master,
        instance: aurora.instance,
      });
    }

    const current = new DataAwsCallerIdentity(this, "aws_caller_identity.current");
    const partition = new DataAwsPartition(this, "aws_partition.current");
    for (const read of [current, partition]) {
      layout(read, { file: "iam.tf", section: "IAM of the database" });
    }
    const appRole = new AppRole(this, "app-role", {
      host: choices.host,
      nameSuffix,
      dnsSuffix: partition.dnsSuffix,
      provider: app,
    });
    const dbAccessRole = new DbAccessRole(this, "db-access-role", {
      nameSuffix,
      trustedRoleArn: appRole.arn,
      externalId,
      hops: choices.hops,
      clusterResourceId: aurora.resourceId,
      extraDbUserArns,
    });
    appRole.mayAssume(dbAccessRole.arn, externalId);

    const pipeline = new PipelineFile(this, "pipeline", {
      ...inputExpressions(
        engine,
        `aws_rds_cluster.${engine.ec2.clusterAddress}.endpoint`,
        dbAccessRole.rolesExpression,
      ),
      ...(engine.checkpointTopic ? { checkpoint_key: '"rpconnect"' } : {}),
      ...(choices.output === "redpanda"
        ? {
            seed_brokers: "var.redpanda_brokers",
            topic: "var.redpanda_topic",
            position_metadata: JSON.stringify(engine.positionMetadata),
            sasl_user: "var.rp_sasl_user",
            // Redpanda Connect takes it from the container's environment.
            sasl_password: '"$${REDPANDA_SASL_PASSWORD}"',
            ...(engine.checkpointTopic
              ? { checkpoint_topic: '"${var.redpanda_topic}_checkpoints"' }
              : {}),
          }
        : {}),
    });
    layout(pipeline, { file: "pipeline.tf", section: "Pipeline" });

    new Ec2Walkthrough(this, "walkthrough", {
      engine,
      host: choices.host,
      destination: choices.output,
      endpoint: aurora.endpoint,
      readerEndpoint: aurora.readerEndpoint,
      appRoleArn: appRole.arn,
      dbAccessRoleArn: dbAccessRole.arn,
      setup,
      caFile: certificates.file,
      pipelineFile: pipeline.file,
    });
  }

  /** @returns the configuration for the app's account, where that is another one */
  private providers(): AwsProvider | undefined {
    const { redpanda: _, ...required } = requiredProviders;
    const { provider } = this.engine.user;
    this.requireProviders({
      ...required,
      ...(this.choices.database === "provider" ? { [provider]: databaseProviders[provider] } : {}),
    });
    const aws = new AwsProvider(this, "aws", {
      region: "${var.region}",
      profile: "${var.aws_profile}",
    });
    layout(aws, { file: "versions.tf", comment: "The account that owns the database." });
    if (this.choices.accounts === "one") return undefined;

    const app = new AwsProvider(this, "aws.app", {
      alias: "app",
      region: "${var.region}",
      profile: "${var.app_aws_profile}",
    });
    layout(app, { file: "versions.tf", comment: "The account of Redpanda Connect's host." });
    return app;
  }

  /** In the order in which a person fills them in. */
  private variables() {
    const { accounts, output } = this.choices;
    declareVariables(this, "Account and names", {
      region: {
        ...account.region,
        default: "us-east-2",
        validation: [regionName],
      },
      aws_profile: account.aws_profile,
    });
    declareVariables(this, "Network", existingNetwork);
    declareVariables(
      this,
      "Database",
      database(this.engine, {
        ...master,
        databaseName: "exampledb",
        iamUser: "iamuser",
        preparation: this.choices.database,
        capacity: instanceClass,
      }),
    );
    const { extra_dbuser_arns } = declareVariables(this, "IAM", accessVariables);
    const joined = accounts === "two" ? declareVariables(this, "IAM", secondAccount) : undefined;
    declareVariables(this, "Pipeline", {
      ...tables(this.engine, this.choices.database),
      ...this.engine.streamVariables,
      ...stream,
    });
    if (output === "redpanda") {
      declareVariables(this, "Pipeline", redpandaCluster(this.engine));
    }
    return {
      externalId: joined?.external_id.stringValue,
      extraDbUserArns: extra_dbuser_arns.listValue,
    };
  }
}
