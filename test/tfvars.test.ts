import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { choices } from "../choices";
import { parseFlags } from "../commands/flags";
import { synthesize } from "../commands/synth";
import { refusal } from "./combinations";
import { readyCluster, where } from "./existing-aurora";
import { ec2Values, modules } from "./modules";
import { describeWithTerraform } from "./standin/judges";
import { Workspace } from "./standin/workspace";

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
    ...networks
      .filter((flags) => refusal(flags) === undefined)
      .flatMap((flags) => [
        ...synthesize(parseFlags({ ...flags, grant: "attach", database: "provider" })),
      ]),
    ...synthesize(
      parseFlags({
        aurora,
        profile: "production",
        topology: "ec2",
        accounts: "two",
        output: "redpanda",
        format: "avro",
        database: "provider",
      }),
    ),
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

describeWithTerraform("The values in tfvars/", () => {
  test.each([
    ...[...modules, ...synthesize(parseFlags({ topology: "ec2" }))].map(
      ([stack, files]) => [fileOf("new", stack), files] as const,
    ),
    ...["byoc", "ec2"].flatMap((topology) =>
      [...synthesize(parseFlags({ aurora: "existing", topology }))].map(
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
    const args = [`-var-file=${join(folder, file)}`];
    expect(await workspace.plan({ args })).toMatchObject({ code: 0, diagnostics: [] });
  });
});
