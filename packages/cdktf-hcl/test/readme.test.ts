import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import * as ts from "typescript";
import * as hcl from "../src";
import { inTemporaryFolder } from "./terraform";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");

function example(language: string): string {
  const found = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(readme)?.[1];
  if (found === undefined) throw new Error(`The README has no example in ${language}.`);
  return found;
}

test("the README's example writes what the README shows", () => {
  const scope = {
    ...{ App, SnsTopic, SnsTopicSubscription, TerraformStack, TerraformVariable },
    ...hcl,
  };
  const run = new Function(...Object.keys(scope), ts.transpile(example("ts")));
  inTemporaryFolder({}, (dir) => {
    const before = process.cwd();
    process.chdir(dir);
    try {
      run(...Object.values(scope));
    } finally {
      process.chdir(before);
    }
    expect(readFileSync(join(dir, "modules/alarms/main.tf"), "utf8")).toBe(example("hcl"));
  });
});

test("the README's links lead to files", () => {
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    expect(() => readFileSync(join(__dirname, "..", target))).not.toThrow(/ENOENT/);
  }
});
