import { parseFlags } from "../../commands/flags";
import { synthesize } from "../../commands/synth";
import type { Flags } from "../combinations";
import { subnets } from "../modules";
import { redpandasOwn } from "../redpandas-network";
import { describeWithTerraform } from "../standin/judges";
import { Workspace } from "../standin/workspace";

function moduleOf(flags: Flags): Record<string, string> {
  const [[, files = {}] = []] = synthesize(parseFlags({ ...flags, module: true }));
  return files;
}

const usual = ["postgres", "mysql"].flatMap((engine): Flags[] => [
  { engine },
  { engine, topology: "ec2" },
]);

describeWithTerraform("The tests in a module that another one calls", () => {
  test.each<Flags>([
    ...usual,
    { engine: "postgres", grant: "attach" },
    { engine: "mysql", aurora: "existing", database: "data-api" },
    { engine: "postgres", topology: "ec2", aurora: "existing", accounts: "two" },
    { engine: "mysql", topology: "ec2", output: "redpanda", format: "avro" },
    { engine: "postgres", network: "peering", profile: "production" },
    { engine: "mysql", network: "routed", credentials: "static" },
    { engine: "postgres", network: "routed", aurora: "existing" },
  ])("pass with no provider but mocks: %j", async (flags) => {
    await using workspace = await Workspace.create({ files: moduleOf(flags) });
    const { code, runs, diagnostics } = await workspace.test();
    expect({ code, runs, diagnostics }).toEqual({
      code: 0,
      diagnostics: [],
      runs: {
        plans_without_files: "pass",
        plans_with_files: "pass",
        refuses_a_user_that_is_none: "pass",
      },
    });
    // A mock has the schema of its provider, and lets that validate what is given.
    const asked = new Set(workspace.calls.map(({ method }) => method));
    expect(
      [...asked].filter((method) => !/^(GetProviderSchema|Validate|Stop)/.test(method)),
    ).toEqual([]);
  });

  test("are left out where Terraform has no mocks", () => {
    const files = moduleOf({ engine: "postgres", database: "exec" });
    expect(Object.keys(files)).not.toContain("tests/plan.tftest.hcl");
    expect(files["README.md"]).not.toContain("terraform test");
  });

  test("fail where the module is not as they say", async () => {
    const files = moduleOf({ engine: "mysql" });
    const outputs = files["outputs.tf"]?.replace(/(output "cdc_setup_sql" [^}]*= ).*\n/, '$1""\n');
    await using workspace = await Workspace.create({
      files: { ...files, "outputs.tf": outputs ?? "" },
    });
    const { code, runs } = await workspace.test();
    expect({ code, runs }).toMatchObject({ code: 1, runs: { plans_without_files: "fail" } });
  });
});

describeWithTerraform("The example in a module that another one calls", () => {
  test.each<Flags>([
    ...usual.filter(({ engine, topology }) => (engine === "mysql") === (topology === "ec2")),
    { engine: "mysql", network: "peering" },
  ])("is formatted, applied and destroyed: %j", async (flags) => {
    await using workspace = await Workspace.create({
      files: moduleOf(flags),
      variables: { database_password: "a-Password-7", redpanda_password: "a-Password-7" },
      answers: { ...subnets, ...redpandasOwn },
    });
    expect(await workspace.run(["fmt", "-check", "-diff", "-recursive"])).toMatchObject({
      code: 0,
      stdout: "",
    });
    const run = (...args: string[]) => workspace.run(["-chdir=examples/databases", ...args]);
    expect(await run("init", "-json")).toMatchObject({ code: 0, diagnostics: [] });
    expect(await run("apply", "-json", "-auto-approve")).toMatchObject({
      code: 0,
      diagnostics: [],
    });
    expect(workspace.objectsOf("aws_rds_cluster")).toHaveLength(2);
    expect((await run("plan", "-json")).actions).toEqual({});
    expect(await run("destroy", "-json", "-auto-approve")).toMatchObject({ code: 0 });
    expect([...workspace.objects.keys()]).toEqual([]);
  });
});

test("The page has every input and output in the shape of terraform-docs", () => {
  const {
    "README.md": page = "",
    "variables.tf": variables = "",
    "outputs.tf": outputs = "",
  } = moduleOf({ engine: "postgres" });
  const rows = (kind: string) =>
    [...page.matchAll(new RegExp(`^\\| <a name="${kind}_(\\w+)"></a> `, "gm"))].map(
      ([, name]) => name,
    );
  const names = (kind: string, text: string) =>
    [...text.matchAll(new RegExp(`^${kind} "(\\w+)"`, "gm"))].map(([, name]) => name).sort();
  expect(rows("input")).toEqual(names("variable", variables));
  expect(rows("output")).toEqual(names("output", outputs));
  expect(page).toContain(
    '| <a name="input_az_count"></a> [az\\_count](#input\\_az\\_count) | Number of availability zones with a subnet, 2 to 4. Aurora requires subnets in at least two. | `number` | `2` | no |\n',
  );
  expect(page).toContain(
    '| <a name="input_rp_sasl_user"></a> [rp\\_sasl\\_user](#input\\_rp\\_sasl\\_user) | Name of the Redpanda user that this module creates for the pipeline. | `string` | n/a | yes |\n',
  );
});
