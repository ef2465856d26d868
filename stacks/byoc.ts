import type { Construct } from "constructs";
import type { ByocChoices } from "../choices";
import { AccessKeySecrets } from "../constructs/access-key-secrets";
import { AwsAccount } from "../constructs/aws-account";
import { ByocWalkthrough } from "../constructs/byoc-walkthrough";
import { CdcTopic } from "../constructs/cdc-topic";
import { DatabaseAccess } from "../constructs/database-access";
import { DatabasePreparation } from "../constructs/database-preparation";
import { Network } from "../constructs/network";
import { Pipeline } from "../constructs/pipeline";
import { PipelineIdentity } from "../constructs/pipeline-identity";
import { RdsCertificates } from "../constructs/rds-certificates";
import { RedpandaCluster } from "../constructs/redpanda-cluster";
import { ServerlessAurora } from "../constructs/serverless-aurora";
import type { Engine } from "../engines/engine";
import { master } from "../variables/database";
import { declareVariables } from "../variables/variable";
import { AddressedStack } from "./addressed-stack";
import { byocVariables } from "./byoc-variables";

/**
 * Aurora in one AWS account, a pipeline of a Redpanda BYOC cluster in another, and the roles by
 * which the pipeline logs in without a password.
 */
export class ByocStack extends AddressedStack {
  constructor(scope: Construct, engine: Engine, choices: ByocChoices) {
    super(scope, {
      engine,
      names: engine.names.byoc,
      preparation: choices.database,
      providers: ["aws", "redpanda", "http", "local"],
      template: { destination: "cloud", accessKey: choices.credentials === "static" },
    });
    declareVariables(this, byocVariables(engine, choices));
    new AwsAccount(this, "aws-account", {
      comment: "The account that owns the database.",
      profile: "aws_profile",
    });
    const cluster = new RedpandaCluster(this, "redpanda-cluster");

    const network = new Network(this, "network");
    const { securityGroupId } = new DatabaseAccess(this, "database-access", {
      names: engine.names.byoc,
      vpcId: network.vpcId,
      port: engine.port,
    });
    const { cluster: aurora } = new ServerlessAurora(this, "aurora", {
      engine,
      master: master.byoc,
      network,
      securityGroupId,
    });
    const certificates = new RdsCertificates(this, "certificates", { amazonRoot: true });
    const preparation = new DatabasePreparation(this, "database-preparation", {
      engine,
      preparation: choices.database,
      master: master.byoc,
      cluster: aurora,
      certificates,
      reachable: network.ready,
    });

    const topic = new CdcTopic(this, "cdc-topic", {
      cluster,
      checkpointTopic: engine.checkpointTopic,
    });
    const identity = new PipelineIdentity(this, "pipeline-identity", {
      choices,
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
      engine,
      clusterApiUrl: cluster.apiUrl,
      input: {
        endpoint: aurora.endpoint,
        clusterResourceId: aurora.resourceId,
        rolesExpression: identity.role.rolesExpression,
        caPem: certificates.pem,
      },
      topic,
      key,
      waitsFor: [...(key?.waitsFor ?? []), ...preparation.waitsFor],
      allPrepared: preparation.isDone && choices.grant === "attach",
      dependsOn: [aurora, network, identity, preparation, ...(key ? [key] : []), topic],
    });
    new ByocWalkthrough(this, "walkthrough", {
      engine,
      cluster: aurora,
      preparation,
      identity,
      topicName: topic.topicName,
      pipeline,
    });
  }
}
