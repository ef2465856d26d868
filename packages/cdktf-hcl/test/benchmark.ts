/**
 * How long writing takes beside what CDKTF itself needs for its JSON of the same stack, and, from
 * that JSON, beside reading and printing it, `terraform fmt` on the result and CDKTF's own HCL:
 *
 *     npm run bench:hcl
 *
 * Whole commands run in turns, and each round gives ratios of its own: what else the machine does
 * slows all of a round alike.
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
import { renderModule } from "cdktf-hcl";

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

/** Seconds of the processor that a command takes, all its threads together. */
function processorOf(command: string, ...args: string[]): number {
  const script = 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null';
  const { stderr } = spawnSync("bash", ["-c", script, command, ...args], { encoding: "utf8" });
  const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  return Number(user) + Number(system);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] as number;
}

/** The median of the rounds, with the least and the most. */
function ratio(ours: readonly number[], theirs: readonly number[]): string {
  const all = ours.map((time, round) => time / (theirs[round] as number));
  const [least, middle, most] = [Math.min(...all), median(all), Math.max(...all)];
  return `${middle.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

const folder = mkdtempSync(join(tmpdir(), "hcl-benchmark-"));
const out = join(folder, "terraform");
const file = join(folder, "cdk.tf.json");
const program = join(__dirname, "..", "cdktf-hcl.js");
const printing =
  "JSON.stringify(JSON.parse(require('fs').readFileSync(process.argv[1])), undefined, 2)";
/** Loaded before a program, prints the most memory that it has had, in kB. */
const memory = join(folder, "memory.js");
writeFileSync(
  memory,
  'process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)));',
);

const ROUNDS = 5;
console.log(
  `\nProcessor time of whole commands, the median of ${ROUNDS} rounds, and memory of ours`,
);
console.log("resources  JSON read and printed  cdktf-hcl  terraform fmt  CDKTF's HCL  memory");
const ratios: string[] = [];
for (const resources of [300, 3000, 30_000]) {
  const stack = stackOf(resources);
  stack.prepareStack();
  writeFileSync(file, JSON.stringify(stack.toTerraform(), undefined, 2));
  const own = () => {
    const before = process.cpuUsage();
    stack.toHclTerraform();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const rounds = Array.from({ length: ROUNDS }, () => ({
    printed: processorOf(process.execPath, "-e", printing, file),
    hcl: processorOf(process.execPath, program, file, "--out", out),
    formatted: processorOf("terraform", "fmt", "-check", out),
    own: own(),
  }));
  const times = (of: keyof (typeof rounds)[number]) => rounds.map((round) => round[of]);
  const shown = (of: keyof (typeof rounds)[number]) =>
    `${(median(times(of)) * 1000).toFixed(0)} ms`;
  const args = ["-r", memory, program, file, "--out", out];
  const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  console.log(
    [
      String(resources).padStart(9),
      shown("printed").padStart(21),
      shown("hcl").padStart(9),
      shown("formatted").padStart(13),
      shown("own").padStart(11),
      `${(Number(stderr) / 1000).toFixed(0)} MB`.padStart(6),
    ].join("  "),
  );
  ratios.push(
    [
      String(resources).padStart(9),
      ratio(times("hcl"), times("printed")),
      ratio(times("hcl"), times("formatted")),
      ratio(times("hcl"), times("own")),
    ].join("  "),
  );
}
console.log("\ncdktf-hcl as a multiple of each: the median of the rounds, the least and the most");
console.log("resources  JSON read and printed  terraform fmt  CDKTF's HCL");
for (const line of ratios) console.log(line);
rmSync(folder, { recursive: true });
