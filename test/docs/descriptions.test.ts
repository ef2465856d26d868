import { everyModule } from "../every-module";

/** What a reader of one variable or output is told, by its address. */
function descriptions(file: string): [address: string, description: string | undefined][] {
  return [...file.matchAll(/^(variable|output) "(\w+)" \{\n(.*?)^\}$/gms)].map(
    ([, kind, name, body = ""]) => [
      `${kind} ${name}`,
      /^ {2}description += "(.*)"$/m.exec(body)?.[1],
    ],
  );
}

/** Every description of every module, with the simplest module that has it so. */
const every = new Map<string, { description: string | undefined; where: string }>();
for (const { name, files } of everyModule) {
  for (const file of ["variables.tf", "outputs.tf"]) {
    for (const [address, description] of descriptions(files[file] as string)) {
      const key = `${address}\n${description}`;
      if (!every.has(key)) every.set(key, { description, where: `${address} of ${name}` });
    }
  }
}

/** The place of each description for which this holds. */
const those = (holds: (description: string) => boolean) =>
  [...every.values()].flatMap(({ description = "", where }) => (holds(description) ? [where] : []));

test("every variable and output has a description", () => {
  const declared = everyModule.flatMap(({ files }) =>
    ["variables.tf", "outputs.tf"].flatMap((file) => [
      ...(files[file] as string).matchAll(/^(variable|output) "(\w+)"/gm),
    ]),
  );
  expect(new Set([...every.values()].map(({ where }) => where.split(" of ")[0]))).toEqual(
    new Set(declared.map(([, kind, name]) => `${kind} ${name}`)),
  );
  expect(those((description) => description === "")).toEqual([]);
});

/** What points at a neighbour: `terraform-docs` and registries show each description alone. */
const pointsElsewhere = /^(?:It|Its|The same|That)\b/;

test("no description needs its neighbour", () => {
  expect(those((description) => pointsElsewhere.test(description))).toEqual([]);
});

test.each([
  "It must exist.",
  "Its ARN.",
  "The same for a cluster with several NAT gateways.",
  "That of the host.",
])("%s would need its neighbour", (description) => {
  expect(description).toMatch(pointsElsewhere);
});

test.each(["Item of a list.", "The topic for rows.", "ITAR applies."])(
  "%s stands alone",
  (description) => {
    expect(description).not.toMatch(pointsElsewhere);
  },
);
