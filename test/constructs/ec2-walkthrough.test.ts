import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chosen } from "../../choices";
import { Ec2Walkthrough } from "../../constructs/ec2-walkthrough";
import type { GeneratedFile } from "../../constructs/generated-file";
import type { Engine } from "../../engines/engine";
import { mysql } from "../../engines/mysql";
import { postgres } from "../../engines/postgres";
import { synthesized } from "../synthesized";
import { generatedFile, generatedFiles } from "./generated";
import { rendered } from "./rendered";
import { streamedTables } from "./streamed";

const walkthrough = (
  engine: Engine,
  { host = "ec2", destination = "stdout", format }: Choices = {},
) =>
  rendered(
    (around) =>
      new Ec2Walkthrough(around, "walkthrough", {
        engine,
        host,
        destination,
        format,
        database: {
          tables: streamedTables(around, engine),
          cluster: {
            endpoint: around.given("aws_rds_cluster.aurora_pg.endpoint"),
            readerEndpoint: around.given("aws_rds_cluster.aurora_pg.reader_endpoint"),
          },
          preparation: {
            client: {
              command: around.given(`local.${engine.client.program}`),
              reads: [generatedFile(around, "rds_ca", "rds-ca.pem")],
            },
            asksFor: "db_master_password",
            outputs: { db_setup_command: ["psql --file=setup.sql", "Prepares the database."] },
          },
        },
        appRole: {
          arn: around.given("aws_iam_role.rpconnect_app_role.arn"),
          instanceProfileName:
            host === "ec2"
              ? around.given("aws_iam_instance_profile.rpconnect_app_profile.name")
              : undefined,
        },
        dbAccessRole: {
          arn: around.given("aws_iam_role.db_access_role.arn"),
          dbUserArn: around.given("local.aurora_db_user_arn"),
        },
        files: generatedFiles(around),
        written: [{ outputs: { pipeline_yaml: ["input: {}", "The pipeline's configuration."] } }],
        pipeline: {
          file: generatedFile(around, "pipeline_yaml", "pipeline.yaml") as GeneratedFile,
          ...(engine.checkpointTopic && host === "ec2" && destination === "stdout"
            ? {
                checkpointFile: `rpconnect-${around.given("aws_rds_cluster.aurora_pg.cluster_resource_id")}`,
              }
            : {}),
        },
      }),
  );

interface Choices {
  readonly host?: Chosen<"host">;
  readonly destination?: Chosen<"output">;
  readonly format?: Chosen<"format">;
}

const usual = walkthrough(postgres);

test("outputs of database and IAM, and the command that runs the pipeline on an instance", () => {
  expect(usual).toMatchInlineSnapshot(`
=== outputs.tf
################################################################################
# Database
################################################################################

output "aurora_endpoint" {
  description = "Host name of the cluster's writer, which the pipeline reads."
  value       = aws_rds_cluster.aurora_pg.endpoint
}

output "aurora_reader_endpoint" {
  description = "Host name of the cluster's readers. Not for the pipeline: readers have no log to read."
  value       = aws_rds_cluster.aurora_pg.reader_endpoint
}

output "db_setup_command" {
  description = "Prepares the database."
  value       = "psql --file=setup.sql"
}

################################################################################
# IAM
################################################################################

output "rpconnect_app_role_arn" {
  description = "ARN of the app role, the role of Redpanda Connect's host."
  value       = aws_iam_role.rpconnect_app_role.arn
}

output "db_access_role_arn" {
  description = "ARN of the db-access role that the app role assumes."
  value       = aws_iam_role.db_access_role.arn
}

output "aurora_db_user_arn" {
  description = "ARN of the database user, as IAM knows it."
  value       = local.aurora_db_user_arn
}

output "instance_profile_name" {
  description = "Instance profile with the app role: aws ec2 associate-iam-instance-profile --instance-id <id> --iam-instance-profile Name=<this>"
  value       = aws_iam_instance_profile.rpconnect_app_profile.name
}

################################################################################
# Pipeline
################################################################################

output "docker_run_command" {
  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"
}

################################################################################
# Files
################################################################################

output "pipeline_yaml" {
  description = "The pipeline's configuration."
  value       = "input: {}"
}
`);
});

test("with rows sent to a Redpanda cluster there is a first one to see", () => {
  const sending = walkthrough(postgres, { destination: "redpanda" });
  expect(sending.differenceTo(usual)).toMatchInlineSnapshot(`
=== outputs.tf
@ output.docker_run_command
-  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
-  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"
+  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
+  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --env REDPANDA_SASL_PASSWORD --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"

@ output.consume_command
+output "consume_command" {
+  description = "Shows the rows that have arrived, and waits for more."
+  value       = "rpk topic consume \${var.redpanda_topic} --offset start"
+}

@ output.first_row_command
+output "first_row_command" {
+  description = "Inserts a row once the pipeline reads, and waits until it has arrived; asks for db_master_password."
+  value       = length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${var.redpanda_topic} \${local.demo_tables_in[0]} \${local.slots[local.demo_tables_in[0]]} \${local.psql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"
+}
`);
});

test("MySQL's position is in a folder of the instance", () => {
  expect(walkthrough(mysql).differenceTo(usual)).toMatchInlineSnapshot(`
=== outputs.tf
@ output.docker_run_command
-  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"
+  value       = "\${local.begin}\${local.fetch_pipeline_yaml}if [ -e checkpoints/rpconnect ] && ! [ -e checkpoints/rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id} ]; then printf '%s\\\\n' \\"checkpoints/rpconnect is the position in a cluster that it does not name. If it is this one, run this again after: mv checkpoints/rpconnect checkpoints/rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}\\" \\"If it was another one, also one that this was restored from, after: rm checkpoints/rpconnect\\" >&2; false; else mkdir -p checkpoints && docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" --volume \\"$PWD/checkpoints:/checkpoints\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml; fi\${local.end}"
`);
});

describe("The command on an instance, where a file has the position", () => {
  const id = "cluster-U7CPSIZSCX2MPYNHKRETJG0HGE";
  const [[, files = {}] = []] = synthesized({ engine: "mysql", topology: "ec2" });
  const [, value = "null"] =
    /^output "docker_run_command" \{\n.*\n {2}value {7}= (".*")\n/m.exec(
      files["outputs.tf"] ?? "",
    ) ?? [];
  const written = value
    .replace('${var.write_files ? "$PWD/" : ""}', "$PWD/")
    .replace("${local.files}", "generated_")
    .replace(/\$\{local\.(begin|end|fetch_\w+)\}/g, "");
  const command = String(JSON.parse(written)).replace(/\$\{[\w.]+\.cluster_resource_id\}/g, id);

  /** Runs it where `checkpoints/` has these files, as a shell at a prompt does. */
  function run(kept: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), "instance-"));
    try {
      writeFileSync(join(folder, "docker"), '#!/bin/sh\necho "docker $1"\nexit 7\n', {
        mode: 0o755,
      });
      if (kept.length > 0) mkdirSync(join(folder, "checkpoints"));
      for (const name of kept) writeFileSync(join(folder, "checkpoints", name), "");
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", command], {
        cwd: folder,
        // `npm run mutate` gives its tests no PATH, so that they find no Terraform.
        env: { PATH: `${folder}:${process.env.PATH || "/usr/bin:/bin"}` },
        encoding: "utf8",
      });
      return { status, stdout, stderr, kept: readdirSync(folder).includes("checkpoints") };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const runs = { status: 7, stdout: "docker run\n", stderr: "", kept: true };

  test.each<[string, string[]]>([
    ["there is no folder", []],
    ["the position is this cluster's", [`rpconnect-${id}`]],
    ["the position is another cluster's", ["rpconnect-cluster-ANOTHER"]],
    ["0.1.0's is beside this cluster's", ["rpconnect", `rpconnect-${id}`]],
  ])("runs where %s", (_what, kept) => {
    expect(run(kept)).toEqual(runs);
  });

  test("stops at a position of 0.1.0, which may be another cluster's, and says how to go on", () => {
    expect(run(["rpconnect"])).toEqual({
      status: 1,
      stdout: "",
      stderr: `checkpoints/rpconnect is the position in a cluster that it does not name. If it is this one, run this again after: mv checkpoints/rpconnect checkpoints/rpconnect-${id}
If it was another one, also one that this was restored from, after: rm checkpoints/rpconnect
`,
      kept: true,
    });
  });
});

test("and with rows sent to a Redpanda cluster in none", () => {
  const sending = walkthrough(mysql, { destination: "redpanda" });
  expect(sending.differenceTo(walkthrough(mysql))).toMatchInlineSnapshot(`
=== outputs.tf
@ output.docker_run_command
-  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
-  value       = "\${local.begin}\${local.fetch_pipeline_yaml}if [ -e checkpoints/rpconnect ] && ! [ -e checkpoints/rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id} ]; then printf '%s\\\\n' \\"checkpoints/rpconnect is the position in a cluster that it does not name. If it is this one, run this again after: mv checkpoints/rpconnect checkpoints/rpconnect-\${aws_rds_cluster.aurora_pg.cluster_resource_id}\\" \\"If it was another one, also one that this was restored from, after: rm checkpoints/rpconnect\\" >&2; false; else mkdir -p checkpoints && docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" --volume \\"$PWD/checkpoints:/checkpoints\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml; fi\${local.end}"
+  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
+  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --env REDPANDA_SASL_PASSWORD --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"

@ output.consume_command
+output "consume_command" {
+  description = "Shows the rows that have arrived, and waits for more."
+  value       = "rpk topic consume \${var.redpanda_topic} --offset start"
+}

@ output.first_row_command
+output "first_row_command" {
+  description = "Inserts a row once the pipeline reads, and waits until it has arrived; asks for db_master_password."
+  value       = length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${var.redpanda_topic} \${var.iam_auth_user} \${local.demo_tables_in[0]} \${local.mysql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"
+}
`);
});

describe("For an ECS task", () => {
  const task = walkthrough(postgres, { host: "ecs" });

  test("there is no profile, and an image instead of a command", () => {
    expect(task.differenceTo(usual)).toMatchInlineSnapshot(`
=== outputs.tf
@ output.container_image
+output "container_image" {
+  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, and REDPANDA_LICENSE in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."
+  value       = "docker.redpanda.com/redpandadata/connect:4.100.0"
+}

@ output.instance_profile_name
-output "instance_profile_name" {
-  description = "Instance profile with the app role: aws ec2 associate-iam-instance-profile --instance-id <id> --iam-instance-profile Name=<this>"
-  value       = aws_iam_instance_profile.rpconnect_app_profile.name
-}

@ output.docker_run_command
-output "docker_run_command" {
-  description = "Runs the pipeline on the instance, in this folder, with REDPANDA_LICENSE in the environment (CDC inputs require an enterprise licence). A container gets the instance's role only with a metadata hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id <id> --http-put-response-hop-limit 2."
-  value       = "\${local.begin}\${local.fetch_pipeline_yaml}docker run --rm --user \\"$(id -u):$(id -g)\\" --env REDPANDA_LICENSE --volume \\"\${var.write_files ? "$PWD/" : ""}\${local.files}pipeline.yaml:/pipeline.yaml:ro\\" docker.redpanda.com/redpandadata/connect:4.100.0 run /pipeline.yaml\${local.end}"
-}
`);
  });

  test("rows sent to a Redpanda cluster want one more secret", () => {
    const sending = walkthrough(postgres, { host: "ecs", destination: "redpanda" });
    expect(sending.differenceTo(task)).toMatchInlineSnapshot(`
=== outputs.tf
@ output.container_image
-  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, and REDPANDA_LICENSE in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."
+  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, and REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."

@ output.consume_command
+output "consume_command" {
+  description = "Shows the rows that have arrived, and waits for more."
+  value       = "rpk topic consume \${var.redpanda_topic} --offset start"
+}

@ output.first_row_command
+output "first_row_command" {
+  description = "Inserts a row once the pipeline reads, and waits until it has arrived; asks for db_master_password."
+  value       = length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${var.redpanda_topic} \${local.demo_tables_in[0]} \${local.slots[local.demo_tables_in[0]]} \${local.psql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"
+}
`);
  });

  test("MySQL's position is on a volume that outlives the task", () => {
    expect(walkthrough(mysql, { host: "ecs" }).differenceTo(task)).toMatchInlineSnapshot(`
=== outputs.tf
@ output.container_image
-  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, and REDPANDA_LICENSE in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."
+  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, a volume that outlives the task (EFS) at /checkpoints, and REDPANDA_LICENSE in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."
`);
  });

  test("and with rows sent to a Redpanda cluster on none", () => {
    const sending = walkthrough(mysql, { host: "ecs", destination: "redpanda" });
    expect(sending.differenceTo(walkthrough(mysql, { host: "ecs" }))).toMatchInlineSnapshot(`
=== outputs.tf
@ output.container_image
-  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, a volume that outlives the task (EFS) at /checkpoints, and REDPANDA_LICENSE in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."
+  description = "Image for the task: command \\"run /pipeline.yaml\\" with generated_pipeline.yaml (or pipeline_yaml) at that path, rpconnect_app_role_arn as task role, and REDPANDA_LICENSE and REDPANDA_SASL_PASSWORD in the environment, from Secrets Manager (CDC inputs require an enterprise licence)."

@ output.consume_command
+output "consume_command" {
+  description = "Shows the rows that have arrived, and waits for more."
+  value       = "rpk topic consume \${var.redpanda_topic} --offset start"
+}

@ output.first_row_command
+output "first_row_command" {
+  description = "Inserts a row once the pipeline reads, and waits until it has arrived; asks for db_master_password."
+  value       = length(local.demo_tables_in) > 0 ? "\${local.begin}\${local.fetch_rds_ca}sh first_row.sh \${var.redpanda_topic} \${var.iam_auth_user} \${local.demo_tables_in[0]} \${local.mysql}\${local.end}" : "# iamuser_test is not among cdc_tables: insert a row of your own, and see it with consume_command"
+}
`);
  });
});

test("rows in Avro are shown by their schemas", () => {
  const avro = walkthrough(postgres, { destination: "redpanda", format: "avro" });
  expect(
    avro.differenceTo(walkthrough(postgres, { destination: "redpanda" })),
  ).toMatchInlineSnapshot(`
=== outputs.tf
@ output.consume_command
-  value       = "rpk topic consume \${var.redpanda_topic} --offset start"
+  value       = "rpk topic consume \${var.redpanda_topic} --offset start --use-schema-registry=value"
`);
});
