import { judged } from "./judged";
import { reasons } from "./reasons";

test("the modules of all stacks are judged, with a cluster of their own and with one that is there", () => {
  expect(judged.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining([
      "aurora-mysql",
      "aurora-mysql_--aurora_existing",
      "aurora-mysql_--profile_production",
      "aurora-mysql-ec2_--topology_ec2",
      "aurora-mysql-ec2_--topology_ec2_--aurora_existing",
      "aurora-postgres",
      "aurora-postgres_--aurora_existing",
      "aurora-postgres_--profile_production_--network_peering",
      "aurora-postgres-ec2_--topology_ec2",
      "aurora-postgres-ec2_--topology_ec2_--aurora_existing",
    ]),
  );
});

test("each reason is about a resource or file that a judged module has, and is given once", () => {
  const texts = judged.flatMap(({ files }) => Object.values(files)).join("\n");
  const names = new Set(judged.flatMap(({ files }) => Object.keys(files)));
  const idle = reasons.filter(({ on }) => !names.has(on) && !texts.includes(` "${on}" "`));
  expect(idle).toEqual([]);
  const keys = reasons.map(({ judge, rule, on, unless }) => [judge, rule, on, unless].join(" "));
  expect(keys).toEqual([...new Set(keys)]);
});

test("each reason is a sentence", () => {
  for (const { because } of reasons) expect(because).toMatch(/^(?:[A-Z]|[a-z]+_).{20,}[.]$/);
});
