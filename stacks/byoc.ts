import type { Construct } from "constructs";
import type { ByocChoices, Form } from "../choices";
import { AccessKeySecrets } from "../constructs/access-key-secrets";
import { Alarms } from "../constructs/alarms";
import { AwsAccount } from "../constructs/aws-account";
import { ByocWalkthrough } from "../constructs/byoc-walkthrough";
import { CdcTopic } from "../constructs/cdc-topic";
import { DatabasePreparation } from "../constructs/database-preparation";
import { ExistingAurora } from "../constructs/existing-aurora";
import { GeneratedFiles } from "../constructs/generated-files";
import { Pipeline } from "../constructs/pipeline";
import { PipelineIdentity } from "../constructs/pipeline-identity";
import { RdsCertificates } from "../constructs/rds-certificates";
import { RedpandaAccount } from "../constructs/redpanda-account";
import { RedpandaCluster } from "../constructs/redpanda-cluster";
import { ServerlessAurora } from "../constructs/serverless-aurora";
import { StreamedTables } from "../constructs/streamed-tables";
import { UnlockOverride } from "../constructs/unlock-override";
import type { Engine } from "../engines/engine";
import { connectsItself, master } from "../variables/database";
import { redpandaNetworks } from "../variables/network";
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
      ? new RedpandaAccount(this, "redpanda-account", { cluster, isPassed })
      : undefined;

    const { profile } = choices;
    const hasDataApi = choices.database === "data-api";
    const aurora =
      choices.aurora === "new"
        ? new ServerlessAurora(this, "aurora", {
            engine,
            profile,
            master: master.byoc,
            hasDataApi,
            network: choices.network,
            redpanda: redpandas && {
              cluster,
              provider: redpandas.provider,
              hasAccountId: choices.credentials === "role",
            },
          }).cluster
        : new ExistingAurora(this, "aurora", {
            engine,
            names: engine.names.byoc,
            networks: [redpandaNetworks[choices.network], "var.admin_cidrs"],
            network: choices.network,
            master: master.byoc,
            appliesSql: connectsItself(choices),
            hasDataApi,
          });
    new Alarms(this, "alarms", { engine, cluster: aurora.watched });
    const certificates = new RdsCertificates(this, "certificates", { files, amazonRoot: true });
    const streamed = new StreamedTables(this, "streamed-tables", { engine, choices });
    const preparation = new DatabasePreparation(this, "database-preparation", {
      engine,
      choices,
      streamed,
      master: master.byoc,
      cluster: aurora,
      certificates,
      files,
    });

    const topic = new CdcTopic(this, "cdc-topic", {
      cluster,
      topics: choices.topics,
      engine,
      streamed,
      profile,
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
      streamed,
      clusterApiUrl: cluster.apiUrl,
      input: {
        endpoint: aurora.endpoint,
        port: aurora.port,
        clusterResourceId: aurora.resourceId,
        rolesExpression: identity.role.rolesExpression,
        caPem: certificates.pem,
      },
      topic,
      key,
      waitsFor: [...(key?.waitsFor ?? []), ...preparation.waitsFor],
      allPrepared: preparation.isDone && choices.grant === "attach",
      dependsOn: [
        aurora,
        { ready: aurora.reachable },
        identity,
        preparation,
        ...(key ? [key] : []),
        topic,
      ],
    });
    new ByocWalkthrough(this, "walkthrough", {
      engine,
      format: choices.format,
      streamed,
      cluster: aurora,
      isOwn: choices.aurora === "new",
      preparation,
      identity,
      topic,
      pipeline,
      files,
      written: [certificates.file, ...preparation.written, identity.policy.file, pipeline.file],
    });
    new UnlockOverride(this, "unlock-override", { of: [aurora, topic] });
  }
}
