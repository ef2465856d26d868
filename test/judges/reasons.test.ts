import { judged } from "./judged";
import { reasons } from "./reasons";

test("the modules of all stacks are judged, with a cluster of their own and with one that is there", () => {
  expect(judged.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^aurora-mysql_--topology_byoc_--aurora_new/),
      expect.stringMatching(/^aurora-mysql_--topology_byoc_--aurora_existing/),
      expect.stringMatching(/^aurora-mysql-ec2_--topology_ec2_--aurora_new/),
      expect.stringMatching(/^aurora-mysql-ec2_--topology_ec2_--aurora_existing/),
      expect.stringMatching(/^aurora-postgres_--topology_byoc_--aurora_new/),
      expect.stringMatching(/^aurora-postgres_--topology_byoc_--aurora_existing/),
      expect.stringMatching(/^aurora-postgres-ec2_--topology_ec2_--aurora_new/),
      expect.stringMatching(/^aurora-postgres-ec2_--topology_ec2_--aurora_existing/),
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
