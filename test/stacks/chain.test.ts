import { Iam, type Request } from "../iam";
import { moduleWith } from "../modules";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";
import { workspaceOf } from "./ec2-workspace";

const externalId = "my-secret-external-id-123";

/** A table of what is asked and what AWS answers. */
type Row = [what: string, request: Request, allowed: boolean];

async function expectAnswers(iam: Iam, rows: Row[]): Promise<void> {
  const answers = await Promise.all(
    rows.map(async ([what, request]) => [what, await iam.allows(request)]),
  );
  expect(answers).toEqual(rows.map(([what, , allowed]) => [what, allowed]));
}

describeWithTerraform("The chain of roles, as AWS evaluates it", () => {
  test.each([
    ["one", "1"],
    ["one", "2"],
    ["two", "1"],
    ["two", "2"],
  ] as const)(
    "in %s account(s) by %s hop(s) reaches one database user, and nobody else does",
    async (accounts, hops) => {
      await using workspace = await workspaceOf({ accounts, hops });
      expect((await workspace.apply()).code).toBe(0);
      const output = (await workspace.output()) as Record<string, string>;
      const {
        rpconnect_app_role_arn: app = "",
        db_access_role_arn: first = "",
        aurora_db_user_arn: user = "",
      } = output;
      const second = first.replace("access-role", "access-2");
      const last = hops === "2" ? second : first;
      const stranger = app.replace("rpconnect-app-role", "another-role");
      const iam = await Iam.of(workspace, {
        // Somebody in the app's account whose own policies allow everything.
        [stranger]: [
          { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
        ],
      });
      const id = accounts === "two" ? externalId : undefined;
      const assume = (principal: string, resource: string, externalId?: string): Request => ({
        principal,
        action: "sts:AssumeRole",
        resource,
        externalId,
      });
      const connect = (principal: string, resource: string): Request => ({
        principal,
        action: "rds-db:connect",
        resource,
      });

      const [, , , , databaseAccount] = first.split(":");
      await expectAnswers(iam, [
        ["the app assumes the first role", assume(app, first, id), true],
        ["the last role connects as the user", connect(last, user), true],
        ...(hops === "2"
          ? ([
              ["the first role assumes the second", assume(first, second), true],
              ["the first role does not connect by itself", connect(first, user), false],
              ["the app does not skip the first role", assume(app, second, id), false],
              ["the second role does not go back", assume(second, first, id), false],
            ] satisfies Row[])
          : []),
        ...(accounts === "two"
          ? ([
              ["not without the external id", assume(app, first), false],
              ["not with another external id", assume(app, first, "another"), false],
            ] satisfies Row[])
          : []),
        ["another role does not assume the first", assume(stranger, first, id), false],
        ["nor does it assume the last", assume(stranger, last, id), false],
        ["the app does not connect by itself", connect(app, user), false],
        [
          "the app does not tag its session",
          { ...assume(app, first, id), action: "sts:TagSession" },
          false,
        ],
        ["the app does not assume a role of another name", assume(app, `${first}-x`, id), false],
        ["not as another user", connect(last, user.replace(/iamuser$/, "postgres")), false],
        ["not as a user whose name only begins so", connect(last, `${user}2`), false],
        [
          "not to another cluster",
          connect(last, user.replace(/cluster-\w+/, "cluster-U7CPSIZSCX2MPYNHKRETJG0HGE")),
          false,
        ],
        ["not in another region", connect(last, user.replace("us-east-2", "us-east-1")), false],
        [
          "not in another account",
          connect(last, user.replace(databaseAccount ?? "", "999999999999")),
          false,
        ],
      ]);
    },
  );

  test("several databases: the role connects to each that is listed, and to no other", async () => {
    const listed = [
      "arn:aws:rds-db:eu-west-2:082958828786:dbuser:db-XQI7DHAJQW3MY5CITYCAKNYPUQ/iamuser",
      "arn:aws:rds-db:eu-west-2:082958828786:dbuser:cluster-U7CPSIZSCX2MPYNHKRETJG0HGE/iamuser",
    ];
    await using workspace = await workspaceOf({}, { extra_dbuser_arns: listed });
    expect((await workspace.apply()).code).toBe(0);
    const output = (await workspace.output()) as Record<string, string>;
    const principal = output.db_access_role_arn ?? "";
    const iam = await Iam.of(workspace);
    const action = "rds-db:connect";
    // In another account, the policy of that account's role would have to allow it as well; the
    // simulator is asked about ours alone, so the account of the role is put in.
    const account = principal.split(":")[4] ?? "";
    const own = (arn: string) => arn.replace("082958828786", account);
    await using same = await workspaceOf({}, { extra_dbuser_arns: listed.map(own) });
    expect((await same.apply()).code).toBe(0);
    const there = await Iam.of(same);
    await expectAnswers(there, [
      ...listed.map((arn): Row => [arn, { principal, action, resource: own(arn) }, true]),
      [
        "another instance",
        { principal, action, resource: own(listed[0] ?? "").replace("db-X", "db-Y") },
        false,
      ],
    ]);
    await expectAnswers(iam, [
      ["one that is not listed", { principal, action, resource: own(listed[0] ?? "") }, false],
    ]);
  });

  test("of a BYOC cluster reaches one database user, and nobody else does", async () => {
    await using workspace = await Workspace.create(moduleWith("aurora-postgres"));
    expect((await workspace.apply()).code).toBe(0);
    const output = (await workspace.output()) as Record<string, string>;
    const { trusted_principal_role_arn: pipeline = "", iam_db_auth_role_arn: role = "" } = output;
    const artifact = JSON.parse(workspace.read("generated_x-account-rds-iam-policy.json"));
    const other = pipeline.replace("curl3eo533cmsnt23dv0", "aaaaaaaaaaaaaaaaaaaa");
    const iam = await Iam.of(workspace, { [pipeline]: [artifact], [other]: [artifact] });
    const unattached = await Iam.of(workspace, { [pipeline]: [] });
    const account = role.split(":")[4];
    const user = `arn:aws:rds-db:us-east-2:${account}:dbuser:${output.aurora_instance_resource_id}/iam_demo_user`;
    const assume = { action: "sts:AssumeRole", resource: role };
    await expectAnswers(iam, [
      ["the pipeline role assumes the db-connect role", { principal: pipeline, ...assume }, true],
      [
        "the db-connect role connects as the user",
        { principal: role, action: "rds-db:connect", resource: user },
        true,
      ],
      ["another cluster's pipeline role does not", { principal: other, ...assume }, false],
      [
        "nor as another user",
        {
          principal: role,
          action: "rds-db:connect",
          resource: user.replace("iam_demo_user", "postgres"),
        },
        false,
      ],
      [
        "nor does the pipeline role connect by itself",
        { principal: pipeline, action: "rds-db:connect", resource: user },
        false,
      ],
    ]);
    await expectAnswers(unattached, [
      [
        "before the policy is attached nothing is allowed",
        { principal: pipeline, ...assume },
        false,
      ],
    ]);
  });
});
