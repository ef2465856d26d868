import { rmSync } from "node:fs";
import { join } from "node:path";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Workspace } from "../standin/workspace";
import { asIn, type Outcome, outcomeOf } from "./outcome";

describeWithTerraform("The outcome of an apply", () => {
  let workspace: Workspace;
  let expected: Outcome;

  beforeAll(async () => {
    workspace = await workspaceOf({ engine: "postgres", topology: "ec2" });
    await workspace.apply();
    const first = outcomeOf(workspace);
    expected = asIn(first, first);
    // Everything that AWS numbers is numbered anew.
    workspace.objects.clear();
    rmSync(join(workspace.dir, "terraform.tfstate"));
    await workspace.apply();
  });
  afterAll(() => workspace.close());

  test("is the same where ids alone are others", () => {
    const again = outcomeOf(workspace);
    expect(again).not.toEqual(expected);
    expect(again.outputs.aurora_db_user_arn).not.toEqual(expected.outputs.aurora_db_user_arn);
    expect(asIn(expected, again)).toEqual(expected);
  });

  test.each<[string, (outcome: Outcome) => void]>([
    [
      "an id is not the object's own",
      ({ files }) => {
        files["generated_pipeline.yaml"] = String(files["generated_pipeline.yaml"]).replace(
          /cross-account-db-access-role/,
          "rpconnect-app-role",
        );
      },
    ],
    [
      "an object is in the cloud alone",
      ({ objects }) => {
        objects.push({ provider: "aws", type: "aws_vpc", state: {} });
      },
    ],
    [
      "an attribute is another",
      ({ objects }) => {
        for (const { state } of objects) if (state.port === 5432) state.storage_encrypted = false;
      },
    ],
    [
      "an object is tainted",
      ({ instances }) => {
        Object.assign(instances["aws_rds_cluster.aurora_pg"] ?? {}, { status: "tainted" });
      },
    ],
  ])("is another where %s", (_what, change) => {
    const outcome = structuredClone(outcomeOf(workspace));
    change(outcome);
    expect(asIn(expected, outcome)).not.toEqual(expected);
  });
});
