import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choices } from "../../choices";
import type { Flags } from "../combinations";
import { moduleNamed } from "../every-module";
import { valuesFor } from "../module-workspace";
import { modules, stacks } from "../modules";
import { describeUnless, describeWithRealAws, missingTerraform } from "../standin/judges";
import { mirrorDirectory, OFFLINE_AWS } from "../standin/mirror";
import { terraform } from "../standin/terraform";
import { Workspace } from "../standin/workspace";
import { synthesized } from "../synthesized";
import { accepted } from "../variables/accepted";

/** What an account would answer, for `terraform test`; all else the real provider plans by itself. */
function overriding(address: string, values: Record<string, unknown>): string {
  return `override_data {\n  target = data.${address}\n  values = {\n${assignments(values)}\n  }\n}\n`;
}

/** JSON is HCL as soon as nothing in it looks like a template. */
function assignments(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `    ${name} = ${JSON.stringify(value).replace(/([$%])\{/g, "$1$1{")}`)
    .join("\n");
}

/** A plan of these values of variables, where the account answers so. */
function plan(name: string, values: Record<string, unknown>, rest: readonly string[]): string {
  return `run "${name}" {\n  command = plan\n  variables {\n${assignments(values)}\n  }\n${rest.join("")}}\n`;
}

const account = [
  overriding("aws_caller_identity.current", { account_id: "123456789012" }),
  overriding("aws_rds_engine_version.aurora", {
    exportable_log_types: ["error", "iam-db-auth-error", "postgresql"],
    status: "available",
  }),
];
/** What runs on PostgreSQL 14 is warned of, which a test takes for a failure. */
const warned = "  expect_failures = [check.engine_version]\n";
const clusters = (...identifiers: string[]) =>
  overriding("aws_rds_clusters.existing", { cluster_identifiers: identifiers });
const zones = overriding("aws_availability_zones.available", {
  names: ["us-east-2a", "us-east-2b", "us-east-2c", "us-east-2d"],
});

/** The subnets that the values name, each in a zone of its own. */
function subnets({ db_subnet_ids, vpc_id }: Record<string, unknown>): string[] {
  return (db_subnet_ids as string[]).map((id, i) =>
    overriding(`aws_subnet.db["${id}"]`, { vpc_id, availability_zone: `us-east-2${"ab"[i]}` }),
  );
}

/** A VPC that the values name, or that Redpanda has. */
function privateNetwork(
  { "network.tf": text = "" }: Record<string, string>,
  { vpc_id, subnet_ids }: Record<string, unknown>,
): string[] {
  const associations = [{ association_id: "a", cidr_block: "10.0.0.0/16", state: "associated" }];
  const isPeered = text.includes("aws_vpc_peering_connection");
  return [
    ...(isPeered
      ? [
          overriding("aws_vpcs.redpanda", { ids: ["vpc-0aaaaaaaaaaaaaaaa"] }),
          overriding("aws_vpc.redpanda", {
            id: "vpc-0aaaaaaaaaaaaaaaa",
            owner_id: "861276079005",
            cidr_block_associations: associations,
          }),
          overriding("aws_route_tables.redpanda", { ids: ["rtb-0aaaaaaaaaaaaaaa1"] }),
        ]
      : []),
    ...(typeof vpc_id === "string" && Array.isArray(subnet_ids)
      ? [
          overriding("aws_vpc.given", { cidr_block_associations: associations }),
          ...subnets({ db_subnet_ids: subnet_ids, vpc_id }).map((text) =>
            text.replace("aws_subnet.db", "aws_subnet.given"),
          ),
        ]
      : []),
  ];
}

/** Every network of either profile, with both engines, of which the others show a part. */
const everyNetwork = ["aurora-postgres", "aurora-mysql"].flatMap((stack) =>
  choices.profile.values.flatMap((profile) =>
    choices.network.values.map((network) =>
      [
        stack,
        ...(profile === choices.profile.default ? [] : [`--profile ${profile}`]),
        ...(network === choices.network.default ? [] : [`--network ${network}`]),
      ].join(" "),
    ),
  ),
);

describeWithRealAws("The modules, before the real AWS provider", () => {
  test.each([
    "aurora-postgres",
    "aurora-mysql",
    "aurora-postgres-ec2",
    "aurora-mysql-ec2",
    "aurora-postgres --profile production",
    "aurora-postgres --network routed",
    "aurora-mysql --network peering",
    ...(process.env.LONG
      ? [
          "aurora-postgres-ec2 --hops 2",
          "aurora-mysql-ec2 --hops 2",
          "aurora-mysql-ec2 --profile production",
          ...everyNetwork,
        ]
      : []),
  ])(
    "%s can be planned, with usual values and with those at the edge of what is allowed",
    async (name) => {
      const { stack, files } = moduleNamed(name);
      const usual = valuesFor(stack);
      // Those of other modules differ in what no resource of AWS has.
      const edges = (accepted[name] ?? []).map((values, i) => [`edge_${i + 1}`, values] as const);
      const sets: (readonly [string, Record<string, unknown>])[] = [["usual", {}], ...edges];
      const runs = sets.map(([set, values]) =>
        plan(set, values, [
          // Some are allowed only to a cluster that is there, such as PostgreSQL 14.
          set === "usual" ? clusters() : clusters("there"),
          String(values.engine_version).startsWith("14.") ? warned : "",
          ...(stack.endsWith("-ec2") ? subnets({ ...usual, ...values }) : [zones]),
          ...privateNetwork(files, { ...usual, ...values }),
        ]),
      );
      await using workspace = await Workspace.create({
        files: {
          ...files,
          "providers_override.tf": files["network.tf"]?.includes("aws.redpanda")
            ? `${OFFLINE_AWS}${OFFLINE_AWS.replace("{", '{\n  alias = "redpanda"')}`
            : OFFLINE_AWS,
          "plan.tftest.hcl": [...account, ...runs].join("\n"),
        },
        variables: usual,
        real: ["hashicorp/aws"],
      });
      expect(await workspace.init()).toMatchObject({ code: 0 });
      const tested = await workspace.test();
      const errors = tested.diagnostics.filter(({ severity }) => severity === "error");
      expect({ errors, runs: tested.runs }).toEqual({
        errors: [],
        runs: Object.fromEntries(sets.map(([set]) => [set, "pass"])),
      });
    },
    120_000,
  );
});

describeWithRealAws("The modules of other choices, before the real AWS provider", () => {
  test.each<Flags>([{ grant: "attach", database: "exec" }, { credentials: "static" }])(
    "%j is valid",
    async (choice) => {
      await using workspace = await Workspace.create({
        files: synthesized({ engine: "postgres", ...choice }).get("aurora-postgres"),
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
