import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeFleet } from "../../../commands/fleet/command";
import { fitting } from "../../module-workspace";
import { Iam, type Resource, resourcesOf } from "../../permissions/iam";
import { describeWithTerraform } from "../../standin/judges";
import { Workspace } from "../../standin/workspace";

const pipelineRole = "redpanda-curl3eo533cmsnt23dv0-redpanda-connect-pipeline";
const pipelineRoleArn = `arn:aws:iam::861276079005:role/${pipelineRole}`;

/** Two pipelines of two engines, one cluster that is there and one that the module makes. */
const file = `
defaults:
  account: "082958828786"
  flags: { grant: attach }
  values:
    region: us-east-2
    redpanda_aws_profile: redpanda
    redpanda_cluster_id: curl3eo533cmsnt23dv0
    redpanda_aws_acct_id: "861276079005"
    redpanda_cidr: 3.139.175.89/32
pipelines:
  - name: orders
    flags: { engine: postgres, aurora: existing }
    values: { name_prefix: orders, cluster_identifier: orders-postgres, db_name: shop, db_username: postgres,
      iam_auth_user: orders_stream, rp_sasl_user: orders, cdc_tables: [orders] }
  - name: stock
    flags: { engine: mysql }
    values: { name_prefix: stock, db_name: stock, db_username: admin, iam_auth_user: stock_stream, rp_sasl_user: stock }
`;
const secrets = { rp_sasl_password: "not-a-secret", db_password: "not-a-secret-8" };

describeWithTerraform("A fleet, applied", () => {
  const states: Resource[] = [];

  /** Applied, planned again without a change, and destroyed; its state is kept. */
  async function life(folder: string): Promise<void> {
    const files = Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
    await using workspace = await Workspace.create({
      files,
      variables: Object.fromEntries(
        Object.entries(secrets).filter(([name]) =>
          files["variables.tf"]?.includes(`variable "${name}"`),
        ),
      ),
      answers: {
        ...fitting,
        "data.aws_caller_identity": ({ providerConfig: { profile } }) => ({
          account_id: profile === "redpanda" ? "861276079005" : "082958828786",
        }),
        "data.aws_iam_role": { arn: pipelineRoleArn, tags: {} },
      },
    });
    expect(await workspace.apply()).toMatchObject({ code: 0 });
    states.push(...(await resourcesOf(workspace)));
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(await workspace.destroy()).toMatchObject({ code: 0 });
  }

  test("each folder by itself, with its own values, and the grants reach exactly the roles", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fleet-"));
    try {
      const path = join(folder, "fleet.yaml");
      writeFileSync(path, file);
      const out = join(folder, "out");
      synthesizeFleet({ fleet: path, out, check: false, force: false });
      for (const name of ["orders", "stock", "grants/curl3eo533cmsnt23dv0"]) {
        await life(join(out, name));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }

    const iam = Iam.of(states);
    const roles = states.filter(({ type, mode }) => type === "aws_iam_role" && mode === "managed");
    expect(roles.map(({ values }) => values.name)).toEqual([
      "orders-allow_connect_to_aurora-iam-demo-user",
      "stock-allow_connect_to_aurora-iam-demo-user",
    ]);
    // Whatever the role trusts: what is asked is what the grant reaches.
    const allows = (arn: string, trust: string, tags?: Record<string, string>) =>
      iam.allows({
        principal: { name: pipelineRoleArn },
        action: "sts:AssumeRole",
        target: { arn, trust: JSON.parse(trust), ...(tags && { tags }) },
      });
    for (const { values } of roles) {
      const [arn, trust] = [String(values.arn), String(values.assume_role_policy)];
      expect(await allows(arn, trust)).toBe(true);
      // Not without the tag, and not a role whose name only begins so.
      expect(await allows(arn, trust, {})).toBe(false);
      const tagged = { redpanda_scope_redpanda_connect: "true" };
      expect(await allows(`${arn}-2`, trust, tagged)).toBe(false);
    }
  });
});
