import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFlags } from "../../commands/flags";
import { synthesize } from "../../commands/synth";
import { moduleNamed } from "../every-module";
import { valuesFor } from "../module-workspace";
import { ec2Values, modules, moduleWith, stacks } from "../modules";
import { describeUnless, describeWithRealAws, missingTerraform } from "../standin/judges";
import { mirrorDirectory, OFFLINE_AWS } from "../standin/mirror";
import { terraform } from "../standin/terraform";
import { Workspace } from "../standin/workspace";
import { accepted } from "../variables/accepted";

/** What an account would answer; all else the real provider plans by itself. */
const zones = `
override_data {
  target = data.aws_availability_zones.available
  values = { names = ["us-east-2a", "us-east-2b", "us-east-2c"] }
}
`;
const answers = `
override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}
override_data {
  target = data.aws_rds_engine_version.aurora
  values = {
    exportable_log_types = ["error", "iam-db-auth-error", "postgresql"]
    status               = "available"
  }
}
override_data {
  target = data.aws_rds_clusters.existing
  values = { cluster_identifiers = [] }
}
${zones}
run "plan" {
  command = plan
}
`;

describeWithRealAws("The modules, before the real AWS provider", () => {
  test.each(stacks)(
    "%s is valid, and can be planned",
    async (stack) => {
      const { files } = moduleWith(stack);
      await using workspace = await Workspace.create({
        files: { ...files, "providers_override.tf": OFFLINE_AWS, "plan.tftest.hcl": answers },
        real: ["hashicorp/aws"],
      });
      expect(await workspace.init()).toMatchObject({ code: 0 });
      expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await workspace.test()).toMatchObject({
        code: 0,
        diagnostics: [],
        runs: { plan: "pass" },
      });
    },
    120_000,
  );
});

describeWithRealAws("The modules of topology ec2, before the real AWS provider", () => {
  const [first, second] = ec2Values.db_subnet_ids;
  const subnet = (id: string | undefined, zone: string) => `
override_data {
  target = data.aws_subnet.db["${id}"]
  values = { vpc_id = "${ec2Values.vpc_id}", availability_zone = "${zone}" }
}
`;
  const subnets = subnet(first, "us-east-2a") + subnet(second, "us-east-2b");

  test.each([...synthesize(parseFlags({ topology: "ec2", hops: "2" }))])(
    "%s is valid, and can be planned",
    async (stack, files) => {
      await using workspace = await Workspace.create({
        files: {
          ...files,
          "providers_override.tf": OFFLINE_AWS,
          "plan.tftest.hcl": subnets + answers.replace(zones, ""),
        },
        variables: {
          ...ec2Values,
          engine_version: stack === "aurora-mysql-ec2" ? "8.0.mysql_aurora.3.10.3" : "17.4",
        },
        real: ["hashicorp/aws"],
      });
      expect(await workspace.init()).toMatchObject({ code: 0 });
      expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
      expect(await workspace.test()).toMatchObject({
        code: 0,
        diagnostics: [],
        runs: { plan: "pass" },
      });
    },
    120_000,
  );
});

describeWithRealAws(
  "Values at the edge of what validations allow, before the real AWS provider",
  () => {
    // Those of other modules differ in what no resource of AWS has.
    const names = ["aurora-postgres", "aurora-mysql", "aurora-postgres-ec2", "aurora-mysql-ec2"];
    const sets = names.flatMap((name) =>
      (accepted[name] ?? []).map((values, i) => [name, i + 1, values] as const),
    );

    test.each(sets)(
      "%s can be planned of set %d",
      async (name, _set, values) => {
        const { stack, files } = moduleNamed(name);
        const given: Record<string, unknown> = { ...valuesFor(stack), ...values };
        const subnets = (given.db_subnet_ids as string[]).map((id, i) =>
          overriding(`aws_subnet.db["${id}"]`, {
            vpc_id: given.vpc_id,
            availability_zone: `us-east-2${"ab"[i]}`,
          }),
        );
        const zones = overriding("aws_availability_zones.available", {
          names: ["us-east-2a", "us-east-2b", "us-east-2c", "us-east-2d"],
        });
        await using workspace = await Workspace.create({
          files: {
            ...files,
            "providers_override.tf": OFFLINE_AWS,
            "edge.auto.tfvars.json": JSON.stringify(values),
            "plan.tftest.hcl": [
              overriding("aws_caller_identity.current", { account_id: "123456789012" }),
              overriding("aws_rds_engine_version.aurora", {
                exportable_log_types: ["error", "iam-db-auth-error", "postgresql"],
                status: "available",
              }),
              overriding("aws_rds_clusters.existing", { cluster_identifiers: [] }),
              ...(stack.endsWith("-ec2") ? subnets : [zones]),
              'run "plan" {\n  command = plan\n}\n',
            ].join("\n"),
          },
          variables: valuesFor(stack),
          real: ["hashicorp/aws"],
        });
        expect(await workspace.init()).toMatchObject({ code: 0 });
        const { diagnostics, runs } = await workspace.test();
        expect({
          errors: diagnostics.filter(({ severity }) => severity === "error"),
          runs,
        }).toEqual({ errors: [], runs: { plan: "pass" } });
      },
      120_000,
    );
  },
);

/** What an account would answer, for `terraform test`. */
function overriding(address: string, values: Record<string, unknown>): string {
  const lines = Object.entries(values).map(
    ([name, value]) => `    ${name} = ${JSON.stringify(value)}`,
  );
  return `override_data {\n  target = data.${address}\n  values = {\n${lines.join("\n")}\n  }\n}\n`;
}

describeWithRealAws("The modules of other choices, before the real AWS provider", () => {
  test.each([{ grant: "attach", database: "exec" }, { credentials: "static" }])(
    "%j is valid",
    async (choice) => {
      await using workspace = await Workspace.create({
        files: synthesize(parseFlags({ engine: "postgres", ...choice })).get("aurora-postgres"),
        real: ["hashicorp/aws"],
      });
      expect(await workspace.init()).toMatchObject({ code: 0 });
      expect(await workspace.validate()).toMatchObject({ code: 0, diagnostics: [] });
    },
    120_000,
  );
});

describeUnless(
  [...missingTerraform(), ...unreachableRegistry()],
  "The modules, before all real providers from the registry",
  () => {
    test.each(stacks)(
      "%s is valid",
      async (stack) => {
        const folder = mkdtempSync(join(tmpdir(), "registry-"));
        for (const [name, text] of Object.entries(modules.get(stack) ?? {})) {
          writeFileSync(join(folder, name), text);
        }
        const context = {
          cwd: folder,
          env: { ...process.env, TF_INPUT: "0", CHECKPOINT_DISABLE: "1" },
        };
        expect(await terraform(["init", "-json"], context)).toMatchObject({ code: 0 });
        expect(await terraform(["validate", "-json"], context)).toMatchObject({
          code: 0,
          diagnostics: [],
        });
        rmSync(folder, { recursive: true });
      },
      900_000,
    );
  },
);

/** Asks for a small provider, unless a mirror stands for the registry on this machine. */
function unreachableRegistry(): string[] {
  if (mirrorDirectory()) return ["a plugin mirror on this machine takes its place"];
  const folder = mkdtempSync(join(tmpdir(), "registry-"));
  writeFileSync(
    join(folder, "main.tf"),
    'terraform {\n  required_providers {\n    local = {\n      source = "hashicorp/local"\n    }\n  }\n}\n',
  );
  const { status } = spawnSync("terraform", ["init"], {
    cwd: folder,
    env: { ...process.env, TF_INPUT: "0", CHECKPOINT_DISABLE: "1" },
    timeout: 60_000,
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? [] : ["terraform init reaches no registry"];
}
