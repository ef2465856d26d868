import { asArguments, type Flags } from "../combinations";
import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Call } from "../standin/provider";
import type { Workspace } from "../standin/workspace";
import { atOnce, inTwoLanes, interrupted, largest, MANY_COMMANDS_MS, oneByOne } from "./interrupt";
import { identity, isCreate, isDelete } from "./outcome";

describeWithTerraform("A destroy that was interrupted, and run again", () => {
  test("takes what is left", async () => {
    await using workspace = await applied({ engine: "postgres" });
    const heal = workspace.onCall((call) =>
      isDelete(call) && call.type === "aws_security_group"
        ? { error: "DependencyViolation", detail: "resource sg-0 has a dependent object" }
        : undefined,
    );
    expect(await workspace.destroy()).toMatchObject({
      code: 1,
      diagnostics: [
        { summary: "DependencyViolation", detail: "resource sg-0 has a dependent object" },
      ],
    });
    heal();
    expect(await workspace.destroy()).toMatchObject({
      code: 0,
      diagnostics: [],
      actions: { "aws_security_group.db": "delete", "aws_vpc.this": "delete" },
    });
    expect(leftIn(workspace)).toEqual(nothing);
  });

  test(
    `${asArguments(largest)}: a resource`,
    async () => {
      await using whole = await applied(largest);
      const files = Object.fromEntries(whole.files().map((name) => [name, whole.read(name)]));
      expect(await whole.destroy()).toMatchObject({ code: 0 });
      const deletes = whole.calls.filter(isDelete).map(identity);
      expect(deletes).toHaveLength(whole.calls.filter(isCreate).length);
      const chosen = oneByOne(deletes);
      const ends: unknown[] = [];
      await inTwoLanes(chosen, async (one) => {
        // The providers take over what they find in the state.
        await using workspace = await workspaceOf(largest, { files });
        ends.push(await destroyUntilDone(workspace, (call) => identity(call) === one));
      });
      expect(ends).toEqual(chosen.map(() => ({ left: nothing, failed: 1, destroys: 2 })));
    },
    MANY_COMMANDS_MS,
  );

  test.each(atOnce.map((flags) => [asArguments(flags), flags] as const))(
    "%s: every resource once",
    async (_arguments, flags) => {
      await using workspace = await applied(flags);
      const failed = workspace.objects.size;
      expect(await destroyUntilDone(workspace, () => true)).toMatchObject({
        left: nothing,
        failed,
      });
    },
    MANY_COMMANDS_MS,
  );

  test("goes on after Ctrl+C", async () => {
    await using workspace = await applied(largest);
    const { code, messages } = await interrupted(
      workspace,
      (props) => workspace.destroy(props),
      isClusterDelete,
    );
    expect(code).toBe(1);
    expect(messages).toContain("Stopping operation...");
    expect(leftIn(workspace)).not.toEqual(nothing);
    expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
    expect(leftIn(workspace)).toEqual(nothing);
  });

  test("finds out that an object is gone whose answer was lost", async () => {
    await using workspace = await applied(largest);
    const heal = workspace.onCall((call) => {
      if (!isClusterDelete(call)) return undefined;
      for (const [key, { type }] of workspace.objects) {
        if (type === call.type) workspace.objects.delete(key);
      }
      return { error: "connection reset by peer" };
    });
    expect(await workspace.destroy()).toMatchObject({ code: 1 });
    heal();
    expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
    expect(leftIn(workspace)).toEqual(nothing);
  });

  test.each(atOnce.map((flags) => [asArguments(flags), flags] as const))(
    "takes what an interrupted apply has made: %s",
    async (_arguments, flags) => {
      await using workspace = await workspaceOf(flags);
      workspace.onCall((call) =>
        isCreate(call) && call.type === "aws_rds_cluster"
          ? { error: "context canceled", state: {} }
          : undefined,
      );
      expect(await workspace.apply()).toMatchObject({ code: 1 });
      expect(await workspace.destroy()).toMatchObject({ code: 0, diagnostics: [] });
      expect(leftIn(workspace)).toEqual(nothing);
    },
  );
});

function isClusterDelete(call: Call): boolean {
  return isDelete(call) && call.type === "aws_rds_cluster";
}

async function applied(flags: Flags): Promise<Workspace> {
  const workspace = await workspaceOf(flags);
  expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
  return workspace;
}

/** Destroys until nothing fails. Each object that is `chosen` refuses to go once. */
async function destroyUntilDone(workspace: Workspace, chosen: (call: Call) => boolean) {
  const seen = new Set<string>();
  workspace.onCall((call) => {
    if (!isDelete(call) || !chosen(call) || seen.has(identity(call))) return undefined;
    seen.add(identity(call));
    return { error: "DependencyViolation" };
  });
  let destroys = 1;
  while ((await workspace.destroy()).code !== 0 && destroys < 20) destroys++;
  return { left: leftIn(workspace), failed: seen.size, destroys };
}

const nothing = { objects: [], resources: [], generated: [] };

/** What is there of an apply: in the cloud, in the state, and in the folder. */
function leftIn(workspace: Workspace) {
  return {
    objects: [...workspace.objects.values()].map(({ type }) => type),
    resources: JSON.parse(workspace.read("terraform.tfstate")).resources,
    generated: workspace.files().filter((name) => name.startsWith("generated_")),
  };
}
