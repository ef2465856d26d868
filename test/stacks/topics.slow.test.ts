import { workspaceOf } from "../module-workspace";
import { describeWithTerraform } from "../standin/judges";
import type { Call } from "../standin/provider";
import type { Values } from "../standin/values";
import type { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";

const engines = [
  { engine: "postgres", schema: "public" },
  { engine: "mysql", schema: "demo_db" },
] as const;

const topics = (workspace: Workspace) =>
  workspace
    .objectsOf("redpanda_topic")
    .map(({ state }) => String(state.name))
    .filter((name) => !name.endsWith(".cdc_checkpoints"))
    .sort();

/** The actions on topics and their ACLs. */
const onTopics = (actions: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(actions).filter(([address]) => /redpanda_(topic|acl)\./.test(address)),
  );

const isChange = (call: Call, type: string) =>
  call.method === "ApplyResourceChange" && call.type === type;

describeWithTerraform("A topic for each table", () => {
  describe.each(engines)("$engine", ({ engine, schema }) => {
    const prefix = `demo-${engine}`;
    const named = (...tables: string[]) => tables.map((table) => `${prefix}.${schema}.${table}`);
    let workspace: Workspace;
    let key: unknown;
    beforeAll(async () => {
      workspace = await workspaceOf({ engine });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      key = /checkpoint_key: .*/.exec(workspace.read("generated_pipeline.yaml"))?.[0];
    });
    afterAll(() => workspace.close());

    test("takes the place of one for all, which stays, and the pipeline always may write", async () => {
      const before = workspace.objectsOf("redpanda_topic");
      const [, files] = [...synthesized({ engine, topics: "per-table" })][0] ?? [];
      for (const [name, text] of Object.entries(files ?? {})) workspace.write(name, text);

      const order: string[] = [];
      const stop = workspace.onCall((call) => {
        const { priorState, plannedState } = call;
        if (isChange(call, "redpanda_pipeline")) order.push("pipeline");
        if (isChange(call, "redpanda_acl")) {
          const { operation, resource_name } = (plannedState ?? priorState) as Values;
          order.push(`${plannedState ? "+" : "-"} ${operation} ${resource_name}`);
        }
        return undefined;
      });
      const vars = { cdc_tables: ["iamuser_test", "orders"] };
      const { code, diagnostics, actions } = await workspace.apply({ vars });
      stop();
      expect({
        code,
        diagnostics: diagnostics.map(({ summary }) => summary),
        actions: onTopics(actions),
      }).toEqual({
        code: 0,
        diagnostics: ["Some objects will no longer be managed by Terraform"],
        actions: {
          [`redpanda_topic.tables["${schema}.iamuser_test"]`]: "create",
          [`redpanda_topic.tables["${schema}.orders"]`]: "create",
          "redpanda_acl.topic_describe_for_produce": "replace",
          "redpanda_acl.topic_write": "replace",
          "redpanda_topic.former": "remove",
        },
      });
      // By themselves, ACLs come and go in any order.
      const [made, gone] = [order.slice(0, 2).sort(), order.slice(3).sort()];
      expect([...made, order[2], ...gone]).toEqual([
        `+ DESCRIBE ${prefix}.`,
        `+ WRITE ${prefix}.`,
        "pipeline",
        `- DESCRIBE ${prefix}.iam_auth_topic_test`,
        `- WRITE ${prefix}.iam_auth_topic_test`,
      ]);
      for (const topic of before)
        expect(workspace.objectsOf("redpanda_topic")).toContainEqual(topic);
      expect(topics(workspace)).toEqual(
        [`${prefix}.iam_auth_topic_test`, ...named("iamuser_test", "orders")].sort(),
      );
      const yaml = workspace.read("generated_pipeline.yaml");
      expect(yaml).toContain(`    topic: "${prefix}.${schema}.\${! @table }"\n`);
      expect(/checkpoint_key: .*/.exec(yaml)?.[0]).toBe(key);
      expect((await workspace.plan({ vars })).actions).toEqual({});
    });

    test("comes with a table that is added", async () => {
      const vars = { cdc_tables: ["iamuser_test", "orders", "order_lines"] };
      const { code, actions } = await workspace.apply({ vars });
      expect({ code, actions: onTopics(actions) }).toEqual({
        code: 0,
        actions: { [`redpanda_topic.tables["${schema}.order_lines"]`]: "create" },
      });
      const all = named("iamuser_test", "order_lines", "orders");
      expect(await workspace.output()).toMatchObject({
        cdc_output_topic: all.join(" "),
        cdc_output_topics: {
          [`${schema}.iamuser_test`]: all[0],
          [`${schema}.order_lines`]: all[1],
          [`${schema}.orders`]: all[2],
        },
        consume_command: `rpk topic consume ${all.join(" ")} --offset start`,
        first_row_command: expect.stringMatching(new RegExp(`^sh first_row\\.sh ${all[0]} `)),
      });
    });

    test("stays with a table that is taken out and retained", async () => {
      const vars = {
        cdc_tables: ["iamuser_test", "orders"],
        retained_tables: [`${schema}.order_lines`],
      };
      const { code, actions } = await workspace.apply({ vars });
      expect({ code, actions: onTopics(actions) }).toEqual({ code: 0, actions: {} });
      expect(topics(workspace)).toContain(named("order_lines")[0]);
    });

    test("stays, and the apply is red, where the table is in neither list", async () => {
      const vars = { cdc_tables: ["iamuser_test", "orders"] };
      const { code, diagnostics } = await workspace.apply({ vars });
      const [topic] = named("order_lines");
      expect({ code, diagnostics }).toMatchObject({
        code: 1,
        diagnostics: [
          {
            summary: `topic ${topic} does not allow deletion`,
            detail: "allow_deletion is set to false",
          },
        ],
      });
      expect(topics(workspace)).toContain(topic);
    });

    test("goes where its deletion was allowed by an apply before", async () => {
      const vars = {
        cdc_tables: ["iamuser_test", "orders"],
        retained_tables: [`${schema}.order_lines`],
        topics_allow_deletion: true,
      };
      expect((await workspace.apply({ vars })).code).toBe(0);
      const { code, actions } = await workspace.apply({ vars: { ...vars, retained_tables: [] } });
      expect({ code, actions: onTopics(actions) }).toEqual({
        code: 0,
        actions: { [`redpanda_topic.tables["${schema}.order_lines"]`]: "delete" },
      });
      expect(topics(workspace)).not.toContain(named("order_lines")[0]);
    });

    test.each([
      {
        vars: { topic_name_pattern: "<prefix>.<table>.<schema>".padEnd(245, "x") },
        message: /^No topic can be called so: \w+\.iamuser_test: demo-.*x\. A name has 1 to 249/,
      },
      {
        vars: { topic_partitions_by_table: { "other.orders": 6 } },
        message: new RegExp(
          `^topic_partitions_by_table names tables that have no topic: other\\.orders\\. There are ${schema}\\.iamuser_test\\.$`,
        ),
      },
      {
        vars: {
          topic_name_pattern: "<prefix>.<table>",
          retained_tables: ["other.iamuser_test"],
        },
        message: /^Two tables would have one topic: /,
      },
    ])("is not planned where no such topic can be: $message", async ({ vars, message }) => {
      const { code, diagnostics } = await workspace.plan({
        vars: { topics_allow_deletion: true, ...vars },
      });
      expect(code).toBe(1);
      expect(diagnostics.map(({ detail }) => detail)).toEqual([expect.stringMatching(message)]);
    });

    test("says which topics keep rows for another time than topic_retention_ms", async () => {
      const { code, diagnostics } = await workspace.plan({
        vars: {
          cdc_tables: ["iamuser_test", "orders"],
          topics_allow_deletion: true,
          topic_retention_ms_by_table: { [`${schema}.orders`]: 86400000 },
        },
      });
      expect(code).toBe(0);
      expect(diagnostics.map(({ severity, detail }) => ({ severity, detail }))).toEqual([
        {
          severity: "warning",
          detail: `These topics keep rows for another time than topic_retention_ms says, which is for new ones: ${named("orders")[0]}=86400000. To change a topic, which may delete rows: rpk topic alter-config <topic> --set retention.ms=<milliseconds>`,
        },
      ]);
    });
  });
});
