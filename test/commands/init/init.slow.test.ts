import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { valuesIn } from "../../../commands/discover/tfvars";
import { type InitOptions, init } from "../../../commands/init/command";
import { terminal } from "../../../commands/init/terminal";
import { UsageError } from "../../../commands/usage-error";
import { WrittenModuleError } from "../../../commands/written-modules";
import { allowed, type Flags, ofTopology } from "../../combinations";
import { covering, pairsOf } from "../../covering";
import { caFile } from "../../module-workspace";
import { describeWithTerraform } from "../../standin/judges";
import { Workspace } from "../../standin/workspace";
import { answersFor } from "../discover/aurora/answers";
import { pretend } from "../discover/aurora/programs";
import { account, id, RedpandaCloud } from "../discover/redpanda-cloud";

let folder: string;
const home = process.cwd();
const { PATH } = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
  process.chdir(folder);
  const bin = mkdtempSync(join(tmpdir(), "bin-"));
  for (const name of ["terraform", "aws", "psql", "rpk"]) writeFileSync(join(bin, name), "");
  process.env.PATH = bin;
});
afterEach(() => {
  process.chdir(home);
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

interface Run {
  readonly options?: Partial<InitOptions>;
  /** What a person types, a line each. @default - no terminal */
  readonly typed?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly url?: string;
}

/** One run; at a terminal, the library's own reads what is typed. */
async function run({ options, typed, environment = {}, url = "http://127.0.0.1:1" }: Run) {
  const output = { code: -1, stdout: "", stderr: "", asked: "" };
  const keyboard = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const screen = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const left = [...(typed ?? [])];
  screen.on("data", (text: Buffer) => {
    output.asked += text;
    if (!/[?:] $/.test(String(text))) return;
    const line = left.shift();
    if (line === undefined) keyboard.end();
    else keyboard.write(`${line}\n`);
  });
  const person = terminal(keyboard, screen);
  try {
    output.code = await init(
      { flags: {}, out: "terraform", value: [], force: false, ...options },
      {
        environment: { HOME: folder, XDG_CACHE_HOME: join(folder, ".cache"), ...environment },
        print: (text) => {
          output.stdout += text;
        },
        warn: (text) => {
          output.stderr += text;
        },
        cloud: { auth: url, api: url, timeout: 10_000 },
      },
      person?.ask,
    );
  } finally {
    person?.close();
  }
  return output;
}

const given = [
  "region=us-east-2",
  "redpanda_cluster_id=curl3eo533cmsnt23dv0",
  "redpanda_aws_acct_id=861276079005",
  "redpanda_cidr=3.139.175.89/32",
];
const postgres = { flags: { engine: "postgres" }, value: given };
const tfvars = "tfvars/aurora-postgres.tfvars";
const read = (path: string) => readFileSync(path, "utf8");

const next = `Next:
1. Set the secrets, in each shell that plans or applies:
     export TF_VAR_db_password='…'
     export TF_VAR_rp_sasl_password='…'
     export REDPANDA_CLIENT_ID='…' REDPANDA_CLIENT_SECRET='…'
2. Apply:
     terraform -chdir=terraform/aurora-postgres init && terraform -chdir=terraform/aurora-postgres apply -var-file="$PWD/tfvars/aurora-postgres.tfvars"
3. Attach the policy, with the credentials of Redpanda's account:
     terraform -chdir=terraform/aurora-postgres output -raw attach_policy_command
4. Prepare the database:
     terraform -chdir=terraform/aurora-postgres output -raw db_setup_command
5. Wait until the first row arrives:
     terraform -chdir=terraform/aurora-postgres output -raw first_row_command
`;

test("writes a module and its values, by flags alone, and again nothing", async () => {
  expect(await run({ options: postgres })).toEqual({
    code: 0,
    stdout: `Wrote terraform/aurora-postgres (16 files).\nWrote ${tfvars}.\n${next}`,
    stderr: expect.stringMatching(/^Warning: since 2026-08-07/),
    asked: "",
  });
  const values = valuesIn(read(tfvars));
  expect([...values].slice(0, 7)).toEqual([
    ["region", '"us-east-2"'],
    ["aws_profile", "null"],
    ["name_prefix", '"demo-postgres"'],
    ["redpanda_cidr", '"3.139.175.89/32"'],
    ["redpanda_aws_acct_id", '"861276079005"'],
    ["redpanda_cluster_id", '"curl3eo533cmsnt23dv0"'],
    ["rp_sasl_user", '"demo_postgres_iam_sasl_user"'],
  ]);
  expect([...values.values()].filter((value) => value.includes("FILL IN"))).toEqual([]);
  const again = await run({ options: { flags: { engine: "postgres" } } });
  expect(again.stdout).toBe(`Wrote terraform/aurora-postgres (16 files).\n${next}`);
});

test("tells every missing answer at once, and writes nothing", async () => {
  await expect(run({})).rejects.toThrow(
    new UsageError(`--engine is missing. Allowed are postgres, mysql.
--value region=… is missing. AWS region of the Aurora cluster, such as us-east-2.
--value redpanda_cidr=… is missing. Address of the Redpanda cluster's NAT gateway, as /32, such as 3.139.175.89/32: Redpanda Cloud > the cluster > Overview, or \`nat_gateways\` of GET /v1/clusters/<id>.
--value redpanda_aws_acct_id=… is missing. AWS account in which the Redpanda cluster runs: 12 digits, in quotes because leading zeros matter. \`aws sts get-caller-identity\` with that account's profile shows it.
--value redpanda_cluster_id=… is missing. Id of the BYOC cluster: 20 lower-case letters and digits, in Redpanda Cloud > the cluster > Overview, or \`rpk cloud cluster list\`.`),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("writes one module, and says so of an engine that is two", async () => {
  await expect(
    run({ options: { flags: { engine: "all", topology: "ec2", accounts: "two" } } }),
  ).rejects.toThrow(
    new UsageError(`--engine is "all", and init writes one module. Allowed are postgres, mysql.
--value region=… is missing. AWS region of the Aurora cluster, such as us-east-2.
--value vpc_id=… is missing. VPC for the database, such as vpc-0342476ccc1ef05f4. \`aws ec2 describe-vpcs --query 'Vpcs[].VpcId'\`
--value db_subnet_ids=… is missing. Subnets of vpc_id for the database, in at least two availability zones. \`aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc_id> --query 'Subnets[].[SubnetId,AvailabilityZone]'\`
--value allowed_cidr_blocks=… is missing. Networks that may connect to the database: that of Redpanda Connect's host, and yours. A single address is written with /32; anything wider than /16 is refused.
--value app_aws_profile=… is missing. Profile in ~/.aws/config for the account of Redpanda Connect's host (aws_profile is the database's). Null: the environment's credentials.
--value external_id=… is missing. External id that the app role must present to assume the db-access role, against the confused deputy problem. Not a secret. Your choice, 2 to 1224 characters.`),
  );
});

test("refuses what a variable refuses, in its words, and what is no answer", async () => {
  const refusal = (value: string[]) => run({ options: { ...postgres, value } });
  await expect(refusal(["region=us-east-2a", "redpanda_cluster_id=X"])).rejects.toThrow(
    new UsageError(`region is "us-east-2a". It must be the name of an AWS region, such as us-east-2 (not of a zone, such as us-east-2a); \`aws ec2 describe-regions --query 'Regions[].RegionName'\` lists them.
redpanda_cluster_id is "X". It must be 20 lower-case letters and digits, such as curl3eo533cmsnt23dv0: Redpanda Cloud > the cluster > Overview.`),
  );
  const mysql = { flags: { engine: "mysql", topology: "ec2" }, value: ["db_name=Select"] };
  await expect(run({ options: mysql })).rejects.toThrow(
    new UsageError('db_name is "Select", a name that MySQL or RDS already uses: choose another.'),
  );
  await expect(refusal(["regoin=x"])).rejects.toThrow(
    new UsageError(
      "--value regoin=… is no variable of this module: region, aws_profile, name_prefix, redpanda_cidr, redpanda_aws_acct_id, redpanda_cluster_id, rp_sasl_user are asked for.",
    ),
  );
  await expect(refusal(["region"])).rejects.toThrow(
    new UsageError('--value is "region". It must be name=value, such as region=us-east-2.'),
  );
});

describe("at a terminal", () => {
  test("asks, says why an answer will not do, and leaves what is to come later", async () => {
    const typed = ["oracle", "postgres", "n", "us-east-2a", "us-east-2", "", "", "", "", "", "n"];
    const { code, asked, stdout } = await run({ typed });
    expect(code).toBe(0);
    expect(asked.replaceAll(/\n\n.*\n/g, "\n")).toContain("Which engine (postgres, mysql)? ");
    expect(asked).toContain('region is "us-east-2a". It must be the name of an AWS region');
    expect(asked).toContain("S3 bucket for Terraform's state (empty: a local file): ");
    expect(stdout).toContain(
      "Next:\n1. Fill in tfvars/aurora-postgres.tfvars: redpanda_cidr, redpanda_aws_acct_id, redpanda_cluster_id.\n",
    );
    expect(valuesIn(read(tfvars)).get("redpanda_cidr")).toBe('"FILL IN"');
  });

  test("writes nothing where the person leaves", async () => {
    await expect(run({ typed: ["postgres"] })).rejects.toThrow(
      new UsageError("\nNothing was written."),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test("overwrites what is there after a yes alone", async () => {
    await run({ options: postgres });
    const options = { ...postgres, value: ["region=eu-west-1"] };
    await expect(run({ options, typed: ["", "", "n"] })).rejects.toThrow(WrittenModuleError);
    expect((await run({ options, typed: ["", "", "y"] })).code).toBe(0);
    expect(valuesIn(read(tfvars)).get("region")).toBe('"eu-west-1"');
  });
});

describe("what somebody has changed", () => {
  test("is kept, and not overwritten without --force", async () => {
    const options = { ...postgres, stateBucket: "acme", workflow: true };
    await run({ options });
    writeFileSync(tfvars, `# Mine.\n${read(tfvars)}`);
    writeFileSync("terraform/aurora-postgres/backend.tf", "# Mine.\n");
    const again = { ...options, value: ["region=eu-west-1"] };
    await expect(run({ options: again })).rejects.toThrow(
      new WrittenModuleError(`tfvars/aurora-postgres.tfvars says region = "us-east-2", and not "eu-west-1".
terraform/aurora-postgres/backend.tf is there with another content.
Nothing was written. Leave these answers out, or overwrite with --force.`),
    );
    expect(read("terraform/aurora-postgres/backend.tf")).toBe("# Mine.\n");
    expect((await run({ options: { ...again, force: true } })).code).toBe(0);
    expect(read(tfvars)).toMatch(/^# Mine\.\n[\s\S]*\nregion = "eu-west-1"\n/);
  });
});

describe("discover", () => {
  let cloud: RedpandaCloud;
  beforeEach(async () => {
    cloud = await RedpandaCloud.start();
  });
  afterEach(() => cloud.stop());
  const environment = { REDPANDA_CLIENT_ID: account.id, REDPANDA_CLIENT_SECRET: account.secret };

  test("says what Redpanda Cloud knows, and the rest is missing", async () => {
    const value = [`redpanda_cluster_id=${id}`, "region=us-east-2"];
    const options = { ...postgres, value };
    await expect(run({ options, environment, url: cloud.url })).rejects.toThrow(
      /^--value redpanda_aws_acct_id=… is missing\. AWS account in which/,
    );
    expect(existsSync("tfvars")).toBe(false);
    const all = { ...options, value: [...value, "redpanda_aws_acct_id=861276079005"] };
    expect((await run({ options: all, environment, url: cloud.url })).code).toBe(0);
    expect(valuesIn(read(tfvars)).get("redpanda_cidr")).toBe('"3.139.175.89/32"');
  });

  test("writes nothing where no module fits", async () => {
    cloud.cluster = () => ({ status: 404, body: { message: "not found" } });
    const { code, stderr } = await run({ options: postgres, environment, url: cloud.url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nNothing was written\.\n$/);
    expect(existsSync("terraform")).toBe(false);
  });

  test("says what AWS knows of a cluster that is there", async () => {
    const answers = Object.fromEntries(
      Object.entries(answersFor()).map(([key, said]) => [key, JSON.stringify(said)]),
    );
    pretend(() => answers);
    const options = {
      flags: { engine: "postgres", aurora: "existing" },
      value: [...given.slice(1), "cluster_identifier=orders", "cdc_tables=orders, lines"],
    };
    expect((await run({ options })).code).toBe(0);
    const values = valuesIn(read("tfvars/existing/aurora-postgres.tfvars"));
    expect(
      ["region", "db_name", "security_group_id", "cdc_tables"].map((name) => values.get(name)),
    ).toEqual(['"us-east-2"', '"shop"', '"sg-0a1b2c3d4e5f60718"', '["orders", "lines"]']);
  });
});

test.each<[Record<string, string>, string[], RegExp]>([
  [
    { credentials: "static" },
    given.filter((one) => !one.includes("acct_id")),
    /Make the access key, set access_key_version = 1 in .*, and apply a second time:/,
  ],
  [
    { grant: "attach", database: "exec" },
    [...given, "redpanda_aws_profile=redpanda"],
    /^Next:\n1\. Set the secrets[\s\S]*\n2\. Apply:.*\n.*\n3\. Wait until the first row arrives:\n/m,
  ],
  [
    { network: "routed" },
    [...given.slice(0, 3), "redpanda_vpc_cidrs=10.0.0.0/16"],
    /Attach the policy/,
  ],
])("steps and values follow from the flags: %j", async (flags, value, steps) => {
  const { stdout } = await run({ options: { flags: { engine: "postgres", ...flags }, value } });
  expect(stdout).toMatch(steps);
  const names = [...valuesIn(read(tfvars)).keys()];
  const variables = read("terraform/aurora-postgres/variables.tf");
  expect(names.filter((name) => !variables.includes(`variable "${name}" {`))).toEqual([]);
});

/** What a person answers, whatever is asked. */
const answers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(given.map((pair) => pair.split("="))),
  redpanda_aws_profile: "redpanda",
  app_aws_profile: "app",
  redpanda_vpc_cidrs: "10.0.0.0/16",
  admin_cidrs: "10.8.0.0/24",
  rds_ca_file: "rds-ca.pem",
  vpc_id: "vpc-0342476ccc1ef05f4",
  db_subnet_ids: "subnet-043c307ad7cec520a, subnet-04848c8e444a48139",
  allowed_cidr_blocks: "10.0.1.0/24",
  external_id: "an-external-id",
  checkpoint_key: "rpconnect",
  redpanda_brokers: "seed-0.example.com:9092",
  redpanda_topic: "iam_test",
  redpanda_schema_registry_url: "https://schema-registry.example.com:30081",
  rp_sasl_user: "app",
  db_name: "shop",
  db_username: "postgres",
  db_master_username: "postgres",
  cdc_tables: "iamuser_test",
};

/** Each two values of flags that can meet. */
const pairwise = covering(
  allowed().flatMap((flags) =>
    ["postgres", "mysql"].map((engine): Flags => ({ ...flags, engine })),
  ),
  (flags) => pairsOf([`${flags.engine} ${flags.topology}`, ...ofTopology(flags)]),
);

describeWithTerraform("What init writes for every two flags", () => {
  test("is valid, as one of several modules, with the values that it writes", async () => {
    // Nobody is asked but the person.
    process.env.PATH = "";
    const files: Record<string, string> = { ...caFile };
    const calls = [];
    for (const [at, flags] of pairwise.entries()) {
      const name = `m${at}`;
      mkdirSync(name);
      process.chdir(name);
      const { message } = (await run({ options: { flags } }).catch((error) => error)) as Error;
      const value = [...(message ?? "").matchAll(/^--value (\w+)=… is missing/gm)].map(
        ([, variable = ""]) =>
          variable === "cluster_identifier"
            ? `${variable}=orders-${flags.engine}`
            : `${variable}=${answers[variable] ?? ""}`,
      );
      expect({ flags, ...(await run({ options: { flags, value } })) }).toMatchObject({ code: 0 });
      const [stack = ""] = readdirSync("terraform");
      for (const file of readdirSync(join("terraform", stack))) {
        files[`${name}/${file}`] = read(join("terraform", stack, file));
      }
      const values = [
        ...valuesIn(
          read(`tfvars/${flags.aurora === "existing" ? "existing/" : ""}${stack}.tfvars`),
        ),
      ];
      const text = files[`${name}/variables.tf`] ?? "";
      const secrets = [...text.matchAll(/^variable "(\w+)" \{\n(?: .*\n)*? {2}ephemeral +=/gm)].map(
        ([, variable = ""]) => [variable, "var.secret"],
      );
      calls.push(
        `module "${name}" {\n  source = "./${name}"\n${[...values, ...secrets].map(([variable, value]) => `  ${variable} = ${value}\n`).join("")}}\n`,
      );
      process.chdir("..");
    }
    process.env.PATH = PATH;
    expect(calls.length).toBeGreaterThan(15);
    await using workspace = await Workspace.create({
      files: {
        ...files,
        "main.tf": `variable "secret" {\n  type      = string\n  ephemeral = true\n}\n\n${calls.join("\n")}`,
      },
    });
    for (const { code, diagnostics } of [await workspace.init(), await workspace.validate()]) {
      const said = diagnostics.filter(
        ({ summary }) => summary !== "Redundant empty provider block",
      );
      expect({ code, said }).toEqual({ code: 0, said: [] });
    }
  }, 120_000);
});
