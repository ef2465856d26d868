import type { Construct } from "constructs";
import type { ByocChoices, Form } from "../choices";
import { AccessKeySecrets } from "../constructs/access-key-secrets";
import { AwsAccount } from "../constructs/aws-account";
import { ByocWalkthrough } from "../constructs/byoc-walkthrough";
import { CdcTopic } from "../constructs/cdc-topic";
import { ExistingAurora } from "../constructs/existing-aurora";
import { GeneratedFiles } from "../constructs/generated-files";
import { Pipeline } from "../constructs/pipeline";
import { PipelineIdentity } from "../constructs/pipeline-identity";
import { RedpandaAccount } from "../constructs/redpanda-account";
import { RedpandaCluster } from "../constructs/redpanda-cluster";
import { ServerlessAurora } from "../constructs/serverless-aurora";
import { StreamedDatabase } from "../constructs/streamed-database";
import { UnlockOverride } from "../constructs/unlock-override";
import type { Engine } from "../engines/engine";
import { reachesRedpandasAccount } from "../variables/redpanda";
import { declareVariables } from "../variables/variable";
import { byocVariables } from "./byoc-variables";
import { EngineStack } from "./engine-stack";

/**
 * Aurora in one AWS account, a pipeline of a Redpanda BYOC cluster in another, and the roles by
 * which the pipeline logs in without a password.
 */
export class ByocStack extends EngineStack {
  constructor(scope: Construct, engine: Engine, choices: ByocChoices & Form) {
    const system = { engine, topology: "byoc", choices } as const;
    const isPassed = choices.module ?? false;
    super(scope, {
      engine,
      names: engine.names.byoc,
      choices,
      providers: ["aws", "redpanda", "http", "local"],
      aliases: isPassed && reachesRedpandasAccount(choices) ? ["redpanda"] : [],
      template: {
        destination: "cloud",
        format: choices.format,
        topics: choices.topics,
        accessKey: choices.credentials === "static",
      },
    });
    declareVariables(this, byocVariables(engine, choices));
    new AwsAccount(this, "aws-account", {
      comment: "The account that owns the database.",
      profile: "aws_profile",
      isPassed,
    });
    const files = new GeneratedFiles(this, "files", {
      instance: isPassed ? "${var.name_prefix}" : undefined,
    });
    const cluster = new RedpandaCluster(this, "redpanda-cluster", { isPassed });
    const redpandas = reachesRedpandasAccount(choices)
      ? new RedpandaAccount(this, "redpanda-account", { cluster, choices })
      : undefined;

    const aurora =
      choices.aurora === "new"
        ? new ServerlessAurora(this, "aurora", { engine, choices, redpanda: redpandas }).cluster
        : new ExistingAurora(this, "aurora", { ...system, network: choices.network });
    const database = new StreamedDatabase(this, "database", { ...system, cluster: aurora, files });

    const topic = new CdcTopic(this, "cdc-topic", {
      cluster,
      topics: choices.topics,
      engine,
      streamed: database.tables,
      profile: choices.profile,
      format: choices.format,
    });
    const identity = new PipelineIdentity(this, "pipeline-identity", {
      files,
      choices,
      attaching: choices.grant === "attach" ? redpandas?.provider : undefined,
      clusterResourceId: aurora.resourceId,
      cluster,
      dependsOn: topic.first,
    });
    const key =
      choices.credentials === "static"
        ? new AccessKeySecrets(this, "access-key-secrets", {
            clusterApiUrl: cluster.apiUrl,
            dependsOn: topic.first,
          })
        : undefined;
    const pipeline = new Pipeline(this, "pipeline", {
      files,
      engine,
      format: choices.format,
      streamed: database.tables,
      clusterApiUrl: cluster.apiUrl,
      input: database.readBy(identity.role.rolesExpression),
      topic,
      key,
      waitsFor: [...(key?.waitsFor ?? []), ...database.preparation.waitsFor],
      allPrepared: database.preparation.isDone && choices.grant === "attach",
      dependsOn: [database, identity, ...(key ? [key] : []), topic],
    });
    new ByocWalkthrough(this, "walkthrough", {
      engine,
      format: choices.format,
      database,
      isOwn: choices.aurora === "new",
      identity,
      topic,
      pipeline,
      files,
      written: [...database.written, identity.policy.file, pipeline.file],
    });
    new UnlockOverride(this, "unlock-override", { of: [aurora, topic] });
  }
}
