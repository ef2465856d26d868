import { choices } from "../../choices";
import { parseFlags } from "../../commands/flags";
import { UsageError } from "../../commands/usage-error";

/** What is said about flags of the command line, and of cdktf.json. */
function problems(given: object, context: object = {}, stray: string[] = []): string[] {
  try {
    parseFlags(given, context, stray);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.message.split("\n");
    throw error;
  }
}

test("without flags, both stacks go to terraform/", () => {
  expect(parseFlags({})).toMatchObject({ engine: "all", out: "terraform", check: false });
});

test("the command line wins over cdktf.json", () => {
  const context = { engine: "mysql", out: "from-context" };
  expect(parseFlags({}, context)).toMatchObject(context);
  expect(parseFlags({ engine: "postgres" }, context)).toMatchObject({
    engine: "postgres",
    out: "from-context",
  });
});

describe("A value that does not exist", () => {
  const mistakes: readonly [flag: string, value: string, allowed: string][] = [
    ["engine", "postgre", "Allowed are postgres, mysql, all; did you mean postgres?"],
    ["engine", "postgresql", "Allowed are postgres, mysql, all; did you mean postgres?"],
    ["engine", "aurora-postgres", "Allowed are postgres, mysql, all; did you mean postgres?"],
    ["engine", "MySQL", "Allowed are postgres, mysql, all; did you mean mysql?"],
    ["engine", "mysql ", "Allowed are postgres, mysql, all; did you mean mysql?"],
    ["engine", "postgres,mysql", "Allowed are postgres, mysql, all; did you mean postgres?"],
    ["engine", "", "Allowed are postgres, mysql, all."],
    ["topology", "byco", "Allowed are byoc, ec2; did you mean byoc?"],
    ["topology", "BYOC", "Allowed are byoc, ec2; did you mean byoc?"],
    ["topology", "ec2-single-account", "Allowed are byoc, ec2; did you mean ec2?"],
    ["aurora", "exist", "Allowed are new, existing; did you mean existing?"],
    ["aurora", "mine", "Allowed are new, existing; did you mean new?"],
    ["profile", "prod", "Allowed are demonstration, production; did you mean production?"],
    ["network", "vpn", "Allowed are public, routed, peering."],
    ["network", "peered", "Allowed are public, routed, peering; did you mean peering?"],
    ["grant", "artefact", "Allowed are artifact, attach; did you mean artifact?"],
    ["grant", "attached", "Allowed are artifact, attach; did you mean attach?"],
    ["database", "execute", "Allowed are sql, exec, provider, data-api; did you mean exec?"],
    ["database", "SQL", "Allowed are sql, exec, provider, data-api; did you mean sql?"],
    ["credentials", "roles", "Allowed are role, static; did you mean role?"],
    ["credentials", "key", "Allowed are role, static."],
    ["accounts", "2", "Allowed are one, two."],
    ["accounts", "Two", "Allowed are one, two; did you mean two?"],
    ["hops", "3", "Allowed are 1, 2."],
    ["hops", "two", "Allowed are 1, 2."],
    ["hops", "1.0", "Allowed are 1, 2; did you mean 1?"],
    ["host", "esc", "Allowed are ec2, ecs; did you mean ec2?"],
    ["host", "ECS", "Allowed are ec2, ecs; did you mean ecs?"],
    ["output", "std", "Allowed are stdout, redpanda; did you mean stdout?"],
    ["output", "std out", "Allowed are stdout, redpanda; did you mean stdout?"],
    ["format", "avo", "Allowed are json, avro; did you mean avro?"],
    ["topics", "per-tabel", "Allowed are one, per-table; did you mean per-table?"],
  ];

  test.each(mistakes)("of --%s: %s (%s)", (flag, value, allowed) => {
    expect(problems({ [flag]: value })).toEqual([`--${flag} is "${value}". ${allowed}`]);
    expect(problems({}, { [flag]: value })).toEqual([
      `"${flag}" in the context of cdktf.json is "${value}". ${allowed}`,
    ]);
  });

  test("is tried of every flag, and every value that there is is told", () => {
    const told = Object.fromEntries(
      mistakes.map(([flag, , allowed]) => [flag, /^Allowed are (.*?)[;.]/.exec(allowed)?.[1]]),
    );
    expect(told).toEqual(
      Object.fromEntries(
        Object.entries(choices).map(([flag, { values }]) => [flag, values.join(", ")]),
      ),
    );
  });
});

test.each([
  ["accounts", "one"],
  ["hops", "2"],
  ["host", "ec2"],
  ["output", "redpanda"],
])("--%s is refused with the topology byoc", (flag, value) => {
  expect(problems({ [flag]: value })).toEqual([
    `--${flag} belongs to --topology ec2, and the topology is byoc. Leave it out.`,
  ]);
});

test.each([
  ["grant", "attach"],
  ["credentials", "role"],
  ["network", "routed"],
])("--%s is refused with the topology ec2", (flag, value) => {
  expect(problems({ topology: "ec2", [flag]: value })).toContain(
    `--${flag} belongs to --topology byoc, and the topology is ec2. Leave it out.`,
  );
});

test("a policy for the pipeline role makes no sense with an access key", () => {
  expect(problems({ grant: "attach", credentials: "static" })).toEqual([
    '--grant is "attach" and credentials is "static". With an access key there is no pipeline role in the chain: leave grant out.',
  ]);
});

test("a new cluster of ec2 has no Data API", () => {
  const because =
    "The new cluster of topology ec2 is made for any class, T included, for which AWS has no Data API: leave database out, or choose exec.";
  const given = { topology: "ec2", database: "data-api" };
  expect(problems(given)).toEqual([
    `--database is "data-api" and topology is "ec2" and aurora is "new". ${because}`,
  ]);
  expect(problems({ topology: "ec2", aurora: "new" }, { database: "data-api" })).toEqual([
    `"database" in the context of cdktf.json is "data-api" and topology is "ec2" and aurora is "new". ${because}`,
  ]);
  expect(problems({ ...given, aurora: "existing" })).toEqual([]);
  expect(problems({ database: "data-api" })).toEqual([]);
});

test("a peering is made with a new cluster's network alone", () => {
  expect(problems({ network: "peering", aurora: "existing" })).toEqual([
    '--network is "peering" and aurora is "existing". It would write into route tables that are somebody else\'s: choose routed, with a peering or a transit gateway of yours.',
  ]);
  expect(problems({ network: "routed", aurora: "existing" })).toEqual([]);
});

test("the topology ec2 has choices of its own", () => {
  expect(
    parseFlags({ topology: "ec2", accounts: "two", hops: "2", host: "ecs", output: "redpanda" }),
  ).toMatchObject({ topology: "ec2", accounts: "two", hops: "2", host: "ecs", output: "redpanda" });
  expect(parseFlags({ topology: "ec2" }, { grant: "artifact", credentials: "role" })).toMatchObject(
    {
      accounts: "one",
      hops: "1",
      host: "ec2",
      output: "stdout",
    },
  );
});

test("cdktf.json may name the default of a flag that the topology does not have", () => {
  expect(problems({}, { hops: "1" })).toEqual([]);
  expect(problems({}, { hops: "2" })).toEqual([
    '"hops" in the context of cdktf.json belongs to --topology ec2, and the topology is byoc. Leave it out.',
  ]);
});

test("the command line may take back what cdktf.json chose for the other topology", () => {
  expect(problems({ topology: "ec2" }, { grant: "attach" })).toEqual([
    '"grant" in the context of cdktf.json belongs to --topology byoc, and the topology is ec2. Leave it out.',
  ]);
  expect(problems({ topology: "ec2", grant: "artifact" }, { grant: "attach" })).toEqual([]);
});

test("numbers and words of truth are taken as they are meant", () => {
  expect(parseFlags({ topology: "ec2", check: "false" }, { hops: 2 })).toMatchObject({
    hops: "2",
    check: false,
  });
});

test.each([
  ["null", null],
  ['["mysql"]', ["mysql"]],
  ["{}", {}],
  ["false", false],
])("no value of cdktf.json is taken for another: %s", (written, value) => {
  expect(problems({}, { engine: value })).toEqual([
    expect.stringContaining(`"engine" in the context of cdktf.json is ${written}. Allowed are`),
  ]);
});

test("what a topology that does not exist would have is not said", () => {
  expect(problems({ topology: "ec3", hops: "2" })).toEqual([
    '--topology is "ec3". Allowed are byoc, ec2; did you mean ec2?',
  ]);
});

test("every flag of the other topology is named", () => {
  expect(problems({ accounts: "two", hops: "2", host: "ecs", output: "redpanda" })).toEqual(
    ["accounts", "hops", "host", "output"].map(
      (name) => `--${name} belongs to --topology ec2, and the topology is byoc. Leave it out.`,
    ),
  );
  expect(problems({ topology: "ec2", grant: "attach", credentials: "static" })).toEqual([
    '--grant is "attach" and credentials is "static". With an access key there is no pipeline role in the chain: leave grant out.',
    "--grant belongs to --topology byoc, and the topology is ec2. Leave it out.",
    "--credentials belongs to --topology byoc, and the topology is ec2. Leave it out.",
  ]);
});

test("a flag without a value is told what is allowed", () => {
  expect(problems({ engine: true, out: true })).toEqual([
    "--engine has no value. Allowed are postgres, mysql, all.",
    "--out has no value. It must be a directory, such as terraform.",
  ]);
});

test("a key that every object has is a key like others", () => {
  expect(problems({}, { toString: "x" })[0]).toMatch(
    /^"toString" in the context of cdktf.json does not exist;/,
  );
});

test("a directory is not empty, and --check is yes or no", () => {
  for (const out of ["", " ", "\n"]) {
    expect(problems({ out })).toEqual([
      "--out is empty. It must be a directory, such as terraform.",
    ]);
  }
  expect(problems({}, { out: 7, check: "yes" })).toEqual([
    '"out" in the context of cdktf.json is 7. It must be a directory, such as terraform.',
    '"check" in the context of cdktf.json is "yes". It must be true or false.',
  ]);
});

test("all problems are told at once, with the nearest match", () => {
  expect(problems({ engin: "mysql", topology: "ecs" }, { grand: "attach" }, ["now"])).toEqual([
    '"now" belongs to no flag. Flags are written --name value.',
    '--topology is "ecs". Allowed are byoc, ec2; did you mean ec2?',
    '"grand" in the context of cdktf.json does not exist; did you mean grant? There are engine, topology, aurora, profile, network, grant, database, credentials, accounts, hops, host, output, format, topics, out, module, check, update, force.',
    "--engin does not exist; did you mean engine? There are engine, topology, aurora, profile, network, grant, database, credentials, accounts, hops, host, output, format, topics, out, module, check, update, force.",
  ]);
});
