import { isDeepStrictEqual } from "node:util";
import { describeWithTerraform } from "../standin/judges";
import { generate, releasedModule, upgraded } from "./upgraded";

/** What `terraform show -json` says of one resource in a plan. */
interface PlannedChange {
  readonly address: string;
  readonly change: { readonly actions: string[]; readonly before: object; readonly after: object };
}

/** Addresses in a plan by what becomes of them. */
interface Summary {
  readonly created: string[];
  /** With the arguments that change. */
  readonly changed: Record<string, string[]>;
  readonly deleted: string[];
  readonly replaced: string[];
}

function summary(changes: readonly PlannedChange[]): Summary {
  const all = (...actions: string[]) =>
    changes
      .filter(({ change }) => isDeepStrictEqual(change.actions, actions))
      .map(({ address }) => address)
      .sort();
  const updates = changes.filter(({ change }) => isDeepStrictEqual(change.actions, ["update"]));
  return {
    created: all("create"),
    changed: Object.fromEntries(
      updates.map(({ address, change: { before, after } }) => [
        address,
        Object.entries(after)
          .filter(([name, value]) => !isDeepStrictEqual(value, before[name as keyof typeof before]))
          .map(([name]) => name),
      ]),
    ),
    deleted: all("delete"),
    replaced: [...all("delete", "create"), ...all("create", "delete")],
  };
}

const byoc = {
  // Statements have a Sid, and allow what they allowed.
  "aws_iam_role.allow_connect_to_aurora_iam_demo_user": ["assume_role_policy"],
  "aws_iam_role_policy.allow_aurora_iam_demo_user_connect_policy": ["policy"],
  // Rows of up to 20 MiB, and ten minutes in place of two: the pipeline is restarted once.
  "redpanda_pipeline.pipeline": ["config_yaml", "timeouts"],
};
const ec2 = {
  // As above.
  "aws_iam_policy.assume_db_access_policy": ["policy"],
  "aws_iam_policy.db_connect_policy": ["policy"],
  "aws_iam_role.db_access_role": ["assume_role_policy"],
  "aws_iam_role.rpconnect_app_role": ["assume_role_policy"],
};

// event_scheduler, once the writer is rebooted.
const heartbeat = { "aws_rds_cluster_parameter_group.aurora_mysql": ["parameter"] };
const heartbeatOfEc2 = { "aws_rds_cluster_parameter_group.aurora_mysql_iam": ["parameter"] };

/**
 * What is changed in place, by address the arguments, and what is new; CHANGELOG.md says why. The cluster
 * is in no list: its engine_version is the default, which a release must not move under it.
 */
const expected: Record<string, Pick<Summary, "changed" | "created">> = {
  "aurora-postgres": { changed: byoc, created: ["terraform_data.streamed_cluster"] },
  "aurora-mysql": {
    changed: { ...byoc, ...heartbeat },
    // Of which cluster the position is.
    created: ["terraform_data.checkpoint_cluster"],
  },
  "aurora-postgres-ec2": { changed: ec2, created: ["terraform_data.streamed_cluster"] },
  "aurora-mysql-ec2": { changed: { ...ec2, ...heartbeatOfEc2 }, created: [] },
};

describeWithTerraform("Whoever applied 0.1.0, and applies the present module:", () => {
  test.each(Object.entries(expected))(
    "%s loses nothing, and moves no cluster, nor on the way back",
    async (stack, { changed, created }) => {
      await using workspace = await upgraded(stack);
      const outputs = Object.keys(await workspace.output());
      expect(await workspace.plan({ out: "plan" })).toMatchObject({ code: 0, diagnostics: [] });
      const plan = await workspace.show("plan");
      const { replaced, ...rest } = summary(plan.resource_changes);
      expect(rest).toEqual({ changed, created, deleted: [] });
      expect(replaced.filter((address) => !address.startsWith("local_file."))).toEqual([]);
      expect(outputs.filter((name) => !(name in plan.planned_values.outputs))).toEqual([]);

      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await workspace.plan()).toMatchObject({ code: 0, diagnostics: [], actions: {} });

      generate(workspace, releasedModule(stack));
      expect(await workspace.plan({ out: "back" })).toMatchObject({ code: 0, diagnostics: [] });
      const back = summary((await workspace.show("back")).resource_changes);
      expect(back).toMatchObject({ created: [], deleted: created });
      expect(Object.keys(changed)).toEqual(expect.arrayContaining(Object.keys(back.changed)));
      expect(back.replaced.filter((address) => !address.startsWith("local_file."))).toEqual([]);
    },
  );
});
