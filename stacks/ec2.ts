import type { Construct } from "constructs";
import type { Ec2Choices, Form } from "../choices";
import { AppRole } from "../constructs/app-role";
import { AwsAccount } from "../constructs/aws-account";
import { ContainerPipeline } from "../constructs/container-pipeline";
import { CurrentAccount } from "../constructs/current-account";
import { DbAccessRole } from "../constructs/db-access-role";
import { Ec2Walkthrough } from "../constructs/ec2-walkthrough";
import { ExistingAurora } from "../constructs/existing-aurora";
import { GeneratedFiles } from "../constructs/generated-files";
import { ProvisionedAurora } from "../constructs/provisioned-aurora";
import { StreamedDatabase } from "../constructs/streamed-database";
import { TopicNames } from "../constructs/topic-names";
import { UnlockOverride } from "../constructs/unlock-override";
import type { Engine } from "../engines/engine";
import { prefixed } from "../variables/account";
import { declareVariables, variable } from "../variables/variable";
import { ec2Variables } from "./ec2-variables";
import { EngineStack } from "./engine-stack";

/**
 * Aurora in an existing VPC, and the roles by which Redpanda Connect on an EC2 instance or an ECS
 * task, in the same account or another one, logs in without a password.
 */
export class Ec2Stack extends EngineStack {
  constructor(scope: Construct, engine: Engine, choices: Ec2Choices & Form) {
    const system = { engine, topology: "ec2", choices } as const;
    const isPassed = choices.module ?? false;
    super(scope, {
      engine,
      names: engine.names.ec2,
      choices,
      providers: ["aws", "http", "local"],
      aliases: isPassed && choices.accounts === "two" ? ["app"] : [],
      template: {
        destination: choices.output,
        format: choices.format,
        topics: choices.topics,
      },
    });
    declareVariables(this, ec2Variables(engine, choices));
    const files = new GeneratedFiles(this, "files", {
      instance: isPassed ? prefixed(engine.names.ec2.stack) : undefined,
    });
    const hasTwoAccounts = choices.accounts === "two";
    new AwsAccount(this, "aws-account", {
      comment: "The account that owns the database.",
      profile: "aws_profile",
      isPassed,
    });
    const app = hasTwoAccounts
      ? new AwsAccount(this, "app-account", { ...appAccount, isPassed })
      : undefined;

    const aurora =
      choices.aurora === "new"
        ? new ProvisionedAurora(this, "aurora", { engine, choices }).cluster
        : new ExistingAurora(this, "aurora", system);
    const database = new StreamedDatabase(this, "database", { ...system, cluster: aurora, files });

    const account = new CurrentAccount(this, "account", { section: "IAM of the database" });
    const externalId = hasTwoAccounts ? variable("external_id") : undefined;
    const appRole = new AppRole(this, "app-role", {
      host: choices.host,
      nameSuffix: engine.names.ec2.iamSuffix,
      databaseAccount: account,
      provider: app?.provider,
    });
    const dbAccessRole = new DbAccessRole(this, "db-access-role", {
      nameSuffix: engine.names.ec2.iamSuffix,
      account,
      trustedRoleArn: appRole.arn,
      externalId,
      hops: choices.hops,
      clusterResourceId: aurora.resourceId,
    });
    appRole.allowToAssume(dbAccessRole.arn, externalId);
    const topics =
      choices.topics === "per-table"
        ? new TopicNames(this, "topic-names", ofHost(engine, database.tables))
        : undefined;
    const pipeline = new ContainerPipeline(this, "pipeline", {
      files,
      engine,
      streamed: database.tables,
      input: database.readBy(dbAccessRole.rolesExpression),
      host: choices.host,
      destination: choices.output,
      topics,
      format: choices.format,
    });
    new Ec2Walkthrough(this, "walkthrough", {
      engine,
      host: choices.host,
      destination: choices.output,
      format: choices.format,
      database,
      appRole,
      dbAccessRole,
      pipeline,
      topics,
      files,
      written: [...database.written, pipeline.file],
    });
    new UnlockOverride(this, "unlock-override", { of: [aurora] });
  }
}

const ofHost = (engine: Engine, streamed: StreamedDatabase["tables"]) => ({
  streamed,
  prefix: "var.redpanda_topic",
  taken: engine.checkpointTopic ? ["${var.redpanda_topic}_checkpoints"] : [],
});

const appAccount = {
  alias: "app",
  comment: "The account of Redpanda Connect's host.",
  profile: "app_aws_profile",
};
