/**
 * How long writing takes beside what CDKTF itself needs for its JSON of the same stack, and, from
 * that JSON, beside reading and printing it and `terraform fmt` on the result:
 *
 *     npm run bench:hcl
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Fn, TerraformStack, Testing } from "cdktf";
import { renderModule, renderSynthesized } from "cdktf-hcl";

function stackOf(resources: number): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "benchmark");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  for (let index = 0; index < resources / 3; index++) {
    const topic = new SnsTopic(stack, `topic-${index}`, {
      name: `topic-${index}`,
      tags: { Name: `topic-${index}`, Team: "data" },
    });
    new SecurityGroup(stack, `group-${index}`, {
      name: `group-${index}`,
      ingress: [{ fromPort: 5432, toPort: 5432, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] }],
      egress: [],
    });
    new IamRole(stack, `role-${index}`, {
      name: `role-${index}`,
      description: "Publishes\nto its topic\n",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "x.amazonaws.com" } },
          {
            Effect: "Deny",
            Action: "sts:TagSession",
            Condition: { StringEquals: { a: topic.arn } },
          },
        ],
      }),
    });
  }
  return stack;
}

/** Milliseconds, the best of several runs on fresh stacks. */
function timeOf(resources: number, run: (stack: TerraformStack) => void): number {
  const times = Array.from({ length: 5 }, () => {
    const stack = stackOf(resources);
    const start = performance.now();
    run(stack);
    return performance.now() - start;
  });
  return Math.min(...times);
}

timeOf(300, (stack) => Testing.synth(stack));
timeOf(300, (stack) => renderModule(stack));

console.log("resources  JSON by CDKTF  HCL by this  HCL / JSON  HCL per resource");
for (const resources of [300, 1000, 3000]) {
  const json = timeOf(resources, (stack) => {
    stack.prepareStack();
    JSON.stringify(stack.toTerraform(), undefined, 2);
  });
  const hcl = timeOf(resources, (stack) => renderModule(stack));
  console.log(
    [
      String(resources).padStart(9),
      `${json.toFixed(0)} ms`.padStart(13),
      `${hcl.toFixed(0)} ms`.padStart(11),
      (hcl / json).toFixed(2).padStart(10),
      `${((hcl / resources) * 1000).toFixed(0)} µs`.padStart(16),
    ].join("  "),
  );
}

function once(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

console.log("\nresources  JSON read and printed  HCL from JSON  terraform fmt  memory");
const folder = mkdtempSync(join(tmpdir(), "hcl-benchmark-"));
for (const resources of [300, 3000, 30_000]) {
  const stack = stackOf(resources);
  stack.prepareStack();
  const json = JSON.stringify(stack.toTerraform(), undefined, 2);
  const printed = once(() => JSON.stringify(JSON.parse(json), undefined, 2));
  const hcl = once(() => {
    for (const [file, text] of Object.entries(renderSynthesized(json).files)) {
      writeFileSync(join(folder, file), text);
    }
  });
  const formatted = once(() => spawnSync("terraform", ["fmt", "-check", folder]));
  console.log(
    [
      String(resources).padStart(9),
      `${printed.toFixed(0)} ms`.padStart(21),
      `${hcl.toFixed(0)} ms`.padStart(13),
      `${formatted.toFixed(0)} ms`.padStart(13),
      `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`.padStart(6),
    ].join("  "),
  );
}
rmSync(folder, { recursive: true });
