import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { choices } from "../choices";
import { edit, isPlaceholder, valuesIn } from "../commands/discover/tfvars";
import { refusal } from "./combinations";
import { readyCluster, where } from "./existing-aurora";
import { ec2Values, modules } from "./modules";
import { describeWithTerraform } from "./standin/judges";
import { Workspace } from "./standin/workspace";
import { synthesized } from "./synthesized";

const folder = join(__dirname, "..", "tfvars");

/** Each stack with every choice that adds variables, by file: the text of all its variables.tf. */
const widest = new Map<string, string>();
for (const aurora of choices.aurora.values) {
  const networks = choices.network.values.map((network) => ({
    aurora,
    network,
    profile: "production",
    format: "avro",
  }));
  const widestOfAurora = [
    ...[...networks, { aurora, profile: "production", format: "avro", topics: "per-table" }]
      .filter((flags) => refusal(flags) === undefined)
      .flatMap((flags) => [...synthesized({ ...flags, grant: "attach", database: "provider" })]),
    ...synthesized({
      aurora,
      profile: "production",
      topology: "ec2",
      accounts: "two",
      output: "redpanda",
      format: "avro",
      topics: "per-table",
      database: "provider",
    }),
  ];
  for (const [stack, files] of widestOfAurora) {
    const file = fileOf(aurora, stack);
    widest.set(file, (widest.get(file) ?? "") + files["variables.tf"]);
  }
}

function fileOf(aurora: string, stack: string): string {
  return `${aurora === "existing" ? "existing/" : ""}${stack}.tfvars`;
}

const secrets = {
  db_password: "password",
  rp_sasl_password: "secret",
  db_master_password: ec2Values.db_master_password,
};

test("there is one file for each stack", () => {
  const files = readdirSync(folder, { recursive: true }).map(String);
  expect(files.filter((file) => file.endsWith(".tfvars")).sort()).toEqual(
    [...widest.keys()].sort(),
  );
});

test.each([...widest.keys()])("%s names every variable but the secrets", (file) => {
  const variables = [...(widest.get(file) ?? "").matchAll(/^variable "(\w+)"/gm)];
  const values = readFileSync(join(folder, file), "utf8");
  // Those that only one choice has, or that another one stands for, are named in a comment.
  const named = [...values.matchAll(/^(?:# *|.*: )?(\w+) *= /gm)].map(([, name]) => name);
  expect(
    variables
      .map(([, name = ""]) => name)
      .filter((name) => !named.includes(name) && !(name in secrets)),
  ).toEqual([]);
  expect(values).not.toMatch(/^[^#\n]*password *=/m);
});

/** What somebody may fill in. */
const filledIn = (file: string): Readonly<Record<string, string>> => ({
  region: '"us-east-2"',
  aws_profile: '"se_demo"',
  redpanda_cidr: '"3.139.175.89/32"',
  redpanda_aws_acct_id: '"861276079005"',
  redpanda_cluster_id: '"curl3eo533cmsnt23dv0"',
  vpc_id: `"${ec2Values.vpc_id}"`,
  db_subnet_ids: '["subnet-043c307ad7cec520a", "subnet-04848c8e444a48139"]',
  allowed_cidr_blocks: '["10.0.1.0/24"]',
  cluster_identifier: file.includes("mysql") ? '"orders-mysql"' : '"orders-postgres"',
  db_name: '"orders"',
});

describeWithTerraform("The values in tfvars/", () => {
  test.each([
    ...[...modules, ...synthesized({ topology: "ec2" })].map(
      ([stack, files]) => [fileOf("new", stack), files] as const,
    ),
    ...["byoc", "ec2"].flatMap((topology) =>
      [...synthesized({ aurora: "existing", topology })].map(
        ([stack, files]) => [fileOf("existing", stack), files] as const,
      ),
    ),
  ])("are enough for a plan by %s, with the secrets from the environment", async (file, files) => {
    await using workspace = await Workspace.create({
      files,
      variables: secrets,
      answers: {
        ...where(readyCluster.postgres, readyCluster.mysql),
        "data.aws_subnet": ({ values }) => ({
          vpc_id: ec2Values.vpc_id,
          availability_zone: String(values.id).endsWith("a") ? "us-east-2a" : "us-east-2b",
        }),
      },
    });
    const example = readFileSync(join(folder, file), "utf8");
    const values = valuesIn(example);
    const placeholders = [...values.keys()].filter((name) => isPlaceholder(values.get(name) ?? ""));
    const given = placeholders.map((name) => ({ name, value: filledIn(file)[name] ?? "" }));

    // As they are, each is refused by its own name, before anything is asked or made.
    const refused = await workspace.plan({ args: [`-var-file=${join(folder, file)}`] });
    expect(refused.code).toBe(1);
    const told = refused.diagnostics.map(({ detail }) => detail).join("\n");
    const isTold = (name: string) => told.includes(`${name} is ${values.get(name)}`);
    expect(placeholders.filter((name) => !isTold(name))).toEqual([]);
    expect(placeholders.length).toBeGreaterThan(3);

    const filled = join(workspace.dir, "filled-in.tfvars");
    writeFileSync(filled, edit(example, given).text);
    expect(await workspace.plan({ args: [`-var-file=${filled}`] })).toMatchObject({
      code: 0,
      diagnostics: [],
    });
  });
});
