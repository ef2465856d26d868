import type { Flags } from "../combinations";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Result } from "../standin/terraform";
import type { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { liftable, unlock } from "./unlock";

const quiet = { code: 0, diagnostics: [] };
const unchanged = { add: 0, change: 0, remove: 0 };
const production = { profile: "production" };

/** What is left, by type and name. */
const left = ({ objects }: Workspace) =>
  [...objects.values()].map(({ type, state }) => `${type} ${state.id}`);

/** The one file more that lifts prevent_destroy, whatever the output says. */
const forced = (...addresses: string[]) =>
  addresses
    .map(
      (address) =>
        `resource "${address.replace(".", '" "')}" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n`,
    )
    .join("\n");

const errors = ({ code, diagnostics }: Result) => ({
  code,
  errors: diagnostics.map(({ summary, address }) => [summary, address].filter(Boolean).join(" ")),
});

/** In a network without a public address, as in a public one. */
const privately = ["routed", "peering"].flatMap((network): [Flags, snapshot: string][] => [
  [{ engine: "postgres", ...production, network }, "demo-postgres-aurora-pg-final-1"],
  [{ engine: "mysql", ...production, network }, "demo-mysql-aurora-mysql-final-1"],
]);

describeWithTerraform("A cluster that is to last", () => {
  test.each<[Flags, snapshot: string]>([
    [
      { engine: "postgres", ...production, grant: "attach", database: "exec" },
      "demo-postgres-aurora-pg-final-1",
    ],
    [{ engine: "mysql", ...production, credentials: "static" }, "demo-mysql-aurora-mysql-final-1"],
    [
      { engine: "postgres", topology: "ec2", ...production, accounts: "two", hops: "2" },
      "aurora-pg-iam-demo-final-1",
    ],
    [
      { engine: "mysql", topology: "ec2", ...production, host: "ecs", output: "redpanda" },
      "aurora-iam-demo-mysql-final-1",
    ],
    ...(process.env.LONG ? privately : []),
  ])("is made, and removed in three steps: %j", async (flags, snapshot) => {
    await using workspace = await workspaceOf(flags, { variables: { instance_class: null } });
    expect(await workspace.apply()).toMatchObject(quiet);
    expect((await workspace.plan()).changes).toEqual(unchanged);
    const instances = workspace.objectsOf("aws_rds_cluster_instance").map(({ state }) => state);
    expect(new Set(instances.map(({ availability_zone: zone }) => zone)).size).toBe(2);
    await unlock(workspace);
    expect(await workspace.destroy({ vars: liftable })).toMatchObject(quiet);
    expect(left(workspace)).toEqual([`aws_db_cluster_snapshot ${snapshot}`]);
  });

  test("is destroyed by no step alone, and loses nothing by the attempt", async () => {
    await using workspace = await workspaceOf({ engine: "mysql", ...production });
    expect(await workspace.apply()).toMatchObject(quiet);
    const whole = left(workspace);
    const said = (await workspace.output()).unlock_override;
    expect(said).toBe(
      "# Apply first with deletion_protection = false and topics_allow_deletion = true. Then this is the text of unlock_override.tf.",
    );
    const refused = {
      code: 1,
      errors: Array(3).fill("Instance cannot be destroyed"),
    };
    expect(errors(await workspace.destroy())).toEqual(refused);
    workspace.write("unlock_override.tf", String(said));
    expect(errors(await workspace.destroy({ vars: liftable }))).toEqual(refused);
    expect(left(workspace)).toEqual(whole);

    // Forced, Terraform begins: what AWS and Redpanda keep is there still, and no more.
    workspace.write(
      "unlock_override.tf",
      forced("aws_rds_cluster.aurora", "redpanda_topic.topic", "redpanda_topic.checkpoints"),
    );
    const { code, diagnostics } = await workspace.destroy();
    expect(code).toBe(1);
    expect(new Set(diagnostics.map(({ summary }) => summary))).toEqual(
      new Set([
        "Deletion Not Allowed",
        "topic demo-mysql.cdc_checkpoints does not allow deletion",
        "deleting RDS Cluster (demo-mysql-aurora-mysql)",
      ]),
    );
    expect(workspace.objectsOf("aws_rds_cluster")).toHaveLength(1);
    expect(workspace.objectsOf("redpanda_topic")).toHaveLength(2);
    expect(workspace.objectsOf("aws_rds_cluster_instance")).toEqual([]);

    // The way back from there, with a snapshot of that name by somebody else.
    expect(await workspace.apply({ vars: liftable })).toMatchObject(quiet);
    const name = "demo-mysql-aurora-mysql-final-1";
    workspace.objects.set(name, {
      provider: "aws",
      type: "aws_db_cluster_snapshot",
      state: { id: name },
    });
    expect(await workspace.destroy({ vars: liftable })).toMatchObject({
      code: 1,
      diagnostics: [
        {
          detail: `operation error RDS: DeleteDBCluster, https response error StatusCode: 400, DBClusterSnapshotAlreadyExistsFault: ${name}`,
        },
      ],
    });
    const second = { ...liftable, final_snapshot_number: 2 };
    expect(await workspace.apply({ vars: second })).toMatchObject(quiet);
    expect(await workspace.destroy({ vars: second })).toMatchObject(quiet);
    expect(left(workspace)).toEqual([
      `aws_db_cluster_snapshot ${name}`,
      "aws_db_cluster_snapshot demo-mysql-aurora-mysql-final-2",
    ]);
  });

  test("that is somebody else's is left alone: the topics and their user are kept", async () => {
    const flags = { engine: "mysql", aurora: "existing", ...production };
    await using workspace = await workspaceOf(flags, {
      variables: { db_username: "admin", rp_sasl_user: "app" },
    });
    expect(await workspace.apply()).toMatchObject(quiet);
    expect(errors(await workspace.destroy())).toEqual({
      code: 1,
      errors: Array(2).fill("Instance cannot be destroyed"),
    });
    await unlock(workspace);
    expect(await workspace.destroy({ vars: liftable })).toMatchObject(quiet);
    expect(left(workspace)).toEqual([]);
  });
});

describeWithTerraform("A demonstration that becomes one", () => {
  const made = {
    "aws_rds_cluster_instance.second": "create",
    "aws_iam_role.rds_monitoring": "create",
    "aws_iam_role_policy_attachment.rds_monitoring": "create",
  };
  const changed = (...addresses: string[]) =>
    Object.fromEntries(addresses.map((address) => [address, "update"]));
  const logs = (...names: string[]) =>
    names.map((name) => `aws_cloudwatch_log_group.aurora["${name}"]`);
  const byoc = [
    "aws_rds_cluster.aurora",
    "aws_rds_cluster_instance.aurora_instance",
    "aws_security_group.db",
    "redpanda_topic.topic",
    "redpanda_user.app",
  ];

  test.each<[Flags, cluster: string, actions: Record<string, string>]>([
    [
      { engine: "postgres" },
      "aws_rds_cluster.aurora",
      { ...made, ...changed(...byoc, ...logs("iam-db-auth-error", "postgresql")) },
    ],
    [
      { engine: "mysql" },
      "aws_rds_cluster.aurora",
      {
        ...made,
        ...changed(...byoc, "redpanda_topic.checkpoints", ...logs("error", "iam-db-auth-error")),
      },
    ],
    [
      { engine: "postgres", topology: "ec2" },
      "aws_rds_cluster.aurora_pg",
      {
        ...made,
        ...changed(
          "aws_rds_cluster.aurora_pg",
          "aws_rds_cluster_instance.aurora_pg_instance",
          ...logs("iam-db-auth-error", "postgresql"),
        ),
      },
    ],
    [
      { engine: "mysql", topology: "ec2" },
      "aws_rds_cluster.aurora_mysql",
      {
        ...made,
        ...changed(
          "aws_rds_cluster.aurora_mysql",
          "aws_rds_cluster_instance.aurora_mysql_instance",
          ...logs("error", "iam-db-auth-error"),
        ),
      },
    ],
  ])("replaces nothing, and can be undone by no mistake: %j", async (flags, cluster, actions) => {
    await using workspace = await workspaceOf(flags);
    expect(await workspace.apply()).toMatchObject(quiet);
    const before = workspace.objectsOf("aws_rds_cluster", "redpanda_topic").map(({ state }) => ({
      id: state.id,
      resource: state.cluster_resource_id,
    }));
    const [files = {}] = synthesized({ ...flags, ...production }).values();
    for (const [name, text] of Object.entries(files)) workspace.write(name, text);
    const vars = { admin_cidrs: ["198.51.100.7/32"] };
    if (flags.topology === "ec2") {
      expect(
        await workspace.plan({ vars: { ...vars, instance_class: "db.t4g.medium" } }),
      ).toMatchObject({
        code: 1,
        diagnostics: [
          {
            summary: "Invalid value for variable",
            detail: expect.stringMatching(/^instance_class is "db.t4g.medium"\. It must be /),
          },
        ],
      });
    }
    const planned = await workspace.plan({ vars });
    expect(planned).toMatchObject(quiet);
    expect(planned.actions).toEqual(actions);
    expect(await workspace.apply({ vars })).toMatchObject(quiet);
    expect((await workspace.plan({ vars })).changes).toEqual(unchanged);
    const after = workspace.objectsOf("aws_rds_cluster", "redpanda_topic").map(({ state }) => ({
      id: state.id,
      resource: state.cluster_resource_id,
    }));
    expect(after).toEqual(before);

    const replacing = [
      {
        storage_kms_key_arn:
          "arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
      { db_name: "another" },
    ];
    for (const more of replacing) {
      const { code, diagnostics } = await workspace.plan({ vars: { ...vars, ...more } });
      expect({ code, said: diagnostics.map(({ summary, detail }) => [summary, detail]) }).toEqual({
        code: 1,
        said: [
          [
            "Instance cannot be destroyed",
            `Resource ${cluster} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.`,
          ],
        ],
      });
    }
  });
});
