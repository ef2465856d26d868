import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFlags } from "../commands/flags";
import { synthesize } from "../commands/synth";
import { ec2Values, modules } from "./modules";
import { describeWithTerraform } from "./standin/judges";
import { Workspace } from "./standin/workspace";

const folder = join(__dirname, "..", "tfvars");

/** Each stack with every choice that adds variables. */
const widest = new Map([
  ...synthesize(parseFlags({ grant: "attach", database: "provider" })),
  ...synthesize(
    parseFlags({ topology: "ec2", accounts: "two", output: "redpanda", database: "provider" }),
  ),
]);

const secrets = {
  db_password: "password",
  rp_sasl_password: "secret",
  db_master_password: ec2Values.db_master_password,
};

test("there is one file for each stack", () => {
  expect(readdirSync(folder)).toEqual([...widest.keys()].map((stack) => `${stack}.tfvars`).sort());
});

test.each([...widest.keys()])("%s.tfvars names every variable but the secrets", (stack) => {
  const variables = [
    ...(widest.get(stack)?.["variables.tf"] ?? "").matchAll(/^variable "(\w+)"/gm),
  ];
  const values = readFileSync(join(folder, `${stack}.tfvars`), "utf8");
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
  test.each([...modules, ...synthesize(parseFlags({ topology: "ec2" }))])(
    "are enough for a plan of %s, with the secrets from the environment",
    async (stack, files) => {
      await using workspace = await Workspace.create({
        files,
        variables: secrets,
        answers: {
          "data.aws_subnet": ({ values }) => ({
            vpc_id: ec2Values.vpc_id,
            availability_zone: String(values.id).endsWith("a") ? "us-east-2a" : "us-east-2b",
          }),
        },
      });
      const args = [`-var-file=${join(folder, `${stack}.tfvars`)}`];
      expect(await workspace.plan({ args })).toMatchObject({ code: 0, diagnostics: [] });
    },
  );
});
