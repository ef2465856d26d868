import { DataAwsRdsEngineVersion } from "@cdktf/provider-aws/lib/data-aws-rds-engine-version";
import { layout } from "cdktf-hcl";
import { Construct } from "constructs";
import type { Engine } from "../engines/engine";
import { type Assertion, Check } from "./check";
import { ExistingCluster } from "./existing-cluster";

export interface EngineVersionProps {
  readonly engine: Engine;
  /** Of the cluster that is to run it: text with Terraform interpolations. */
  readonly clusterIdentifier: string;
}

/**
 * What AWS says of `engine_version`. A cluster that is there may go on with a version that no new one
 * can have, or should have: then a plan warns at most.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBEngineVersions.html
 */
export class EngineVersion extends Construct {
  /** What must hold before the cluster is made. */
  readonly preconditions: readonly Assertion[];

  constructor(scope: Construct, id: string, { engine, clusterIdentifier }: EngineVersionProps) {
    super(scope, id);
    const { exists, isNew } = new ExistingCluster(this, "existing", {
      clusterIdentifier,
      comment: "The cluster if it is there already; before the first apply, none.",
    });
    const logList = engine.logExports.map((log) => `"${log}"`).join(", ");
    const given = "engine_version is ${jsonencode(var.engine_version)}";
    const list = `\`aws rds describe-db-engine-versions --engine ${engine.auroraEngine} --region \${var.region} --query 'DBEngineVersions[].EngineVersion'\``;

    const version = new DataAwsRdsEngineVersion(this, "aws_rds_engine_version.aurora", {
      engine: engine.auroraEngine,
      version: "${var.engine_version}",
      includeAll: true,
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(setsubtract([${logList}], self.exportable_log_types)) == 0}`,
            errorMessage: `${given}, which cannot export the logs \${join(" and ", setsubtract([${logList}], self.exportable_log_types))} in \${var.region}. Choose a newer one: ${list}.`,
          },
        ],
      },
    });
    layout(version, {
      comment: "Fails the plan where the region does not offer the version.",
      comments: {
        include_all: "A cluster may run a version that AWS no longer offers to new ones.",
      },
    });

    const isOffered: Assertion = {
      condition: `\${${exists} || data.aws_rds_engine_version.aurora.status == "available"}`,
      errorMessage: `${given}, which is \${data.aws_rds_engine_version.aurora.status} in \${var.region}: only a cluster that runs it can keep it, and there is no ${clusterIdentifier} yet. Choose one that is available: ${list}.`,
    };
    const { outgrown } = engine.version;
    if (!outgrown) {
      this.preconditions = [isOffered];
      return;
    }
    const isCurrent = `!can(regex("${outgrown.pattern}", var.engine_version))`;
    const isNotOutgrown: Assertion = {
      condition: `\${${exists} || ${isCurrent}}`,
      errorMessage: `${given}. ${outgrown.why}. ${outgrown.instead}: ${list}.`,
    };
    this.preconditions = [isOffered, isNotOutgrown];
    new Check(this, "check.engine_version", {
      condition: `\${${isNew} || ${isCurrent}}`,
      errorMessage: `${clusterIdentifier} runs \${var.engine_version}. ${outgrown.why}. ${outgrown.remedy}.`,
    });
  }
}
