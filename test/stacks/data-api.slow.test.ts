import type { Flags } from "../combinations";
import { type DbCluster, readyCluster, where } from "../existing-aurora";
import { secretArn, workspaceOf as workspaceOfFlags } from "../module-workspace";
import { describeUnless, missingTerraform } from "../standin/judges";
import type { WorkspaceProps } from "../standin/workspace";
import { Client } from "./client";

const aws = () => new Client("aws", 'case "$*" in *begin-transaction*) echo transaction-1 ;; esac');

function workspaceOf(client: Client, flags: Flags, { variables, answers }: WorkspaceProps = {}) {
  return workspaceOfFlags(
    { database: "data-api", ...flags },
    { variables, answers, env: client.environment },
  );
}

const keptByRds = {
  SecretArn: "arn:aws:secretsmanager:us-east-2:790616983188:secret:rds!cluster-orders-AbCdEf",
  SecretStatus: "active",
};

describeUnless(missingTerraform(), "With --database data-api", () => {
  test.each(["postgres", "mysql"])(
    "%s: the apply makes the calls, and the pipeline comes after them",
    async (engine) => {
      using client = aws();
      await using workspace = await workspaceOf(client, { engine });
      const order: string[] = [];
      workspace.onCall(({ method, type }) => {
        if (method === "ApplyResourceChange") order.push(`${type} after ${client.calls.length}`);
        return undefined;
      });
      expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
      const made = client.calls.length;
      expect(made).toBeGreaterThan(15);
      expect(order).toContain("aws_rds_cluster_instance after 0");
      expect(order.at(-1)).toBe(`redpanda_pipeline after ${made}`);
      const { db_setup_command: command } = await workspace.output();
      const [, file, arn, quoted, database, region] = String(command).split(" ").slice(1);
      expect({ file, database, region }).toEqual({
        file: "generated_cdc_setup.sh",
        database: "demo_db",
        region: "us-east-2",
      });
      const calls = client.calls.map(({ args }) => args);
      expect(new Set(calls.map(([service]) => service))).toEqual(new Set(["rds-data"]));
      // The record of a call ends where its SQL has an empty line.
      const whole = calls.filter((args) => args.includes("--resource-arn"));
      expect(whole.length).toBeGreaterThan(10);
      for (const args of whole) {
        expect(args).toEqual(
          expect.arrayContaining(["--resource-arn", arn, "--secret-arn", quoted?.slice(1, -1)]),
        );
      }
      expect((await workspace.plan()).changes).toEqual({ add: 0, change: 0, remove: 0 });
    },
  );

  const existing: Flags = { engine: "postgres", aurora: "existing" };

  test.each<
    [what: string, given: Record<string, unknown>, described: Partial<DbCluster>, expected: string]
  >([
    [
      "the secret that RDS keeps",
      { master_secret_arn: null },
      { MasterUserSecret: keptByRds },
      keptByRds.SecretArn,
    ],
    ["a secret that is given", {}, {}, secretArn],
  ])("a cluster that is there: by %s", async (_what, variables, described, expected) => {
    using client = aws();
    await using workspace = await workspaceOf(client, existing, {
      variables,
      answers: where({ ...readyCluster.postgres, ...described }),
    });
    expect(await workspace.apply()).toMatchObject({ code: 0, diagnostics: [] });
    const begun = client.calls.find(({ args }) => args.includes("begin-transaction"));
    expect(begun?.args).toEqual(
      expect.arrayContaining([
        "--resource-arn",
        "arn:aws:rds:us-east-2:790616983188:cluster:orders-postgres",
        "--secret-arn",
        expected,
      ]),
    );
  });

  test.each<[what: string, described: Partial<DbCluster>, message: string]>([
    [
      "no secret",
      {},
      'db_username is "postgres", of whom RDS keeps no password in Secrets Manager, and master_secret_arn is null. The Data API logs in with a secret: set master_secret_arn to one of the form {"username": "…", "password": "…"}, or let RDS keep the master password, which changes it: aws rds modify-db-cluster --manage-master-user-password --apply-immediately --db-cluster-identifier orders-postgres --region us-east-2.',
    ],
    [
      "a version without a Data API",
      { EngineVersion: "15.2", MasterUserSecret: keptByRds },
      'cluster_identifier is "orders-postgres", which runs 15.2, for which AWS has no Data API. It must be 14.8, 15.3, 16.1, 17.4, 18.3 or newer within its major version: upgrade it, or synthesize with another --database, such as exec.',
    ],
  ])("a cluster with %s is refused before anything is made", async (_what, described, message) => {
    using client = aws();
    await using workspace = await workspaceOf(client, existing, {
      variables: { master_secret_arn: null },
      answers: where({ ...readyCluster.postgres, ...described }),
    });
    const { diagnostics } = await workspace.apply();
    expect(diagnostics.map(({ detail }) => detail)).toEqual([message]);
    expect(client.calls).toEqual([]);
    expect([...workspace.objects.keys()]).toEqual([]);
  });

  test("a new cluster of a version without a Data API is refused", async () => {
    using client = aws();
    await using workspace = await workspaceOf(
      client,
      { engine: "mysql" },
      { variables: { engine_version: "8.0.mysql_aurora.3.06.1" } },
    );
    const { diagnostics } = await workspace.plan();
    expect(diagnostics.map(({ detail }) => detail.split("\n\nThis was checked by")[0])).toEqual([
      'engine_version is "8.0.mysql_aurora.3.06.1", for which AWS has no Data API. It must be Aurora MySQL 3.07 or newer.',
    ]);
  });
});
