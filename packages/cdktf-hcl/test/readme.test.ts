import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import * as ts from "typescript";
import * as hcl from "../src";
import { inTemporaryFolder } from "./terraform";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");

/** The examples in a language, in the order of the README. */
function examples(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(
    ([, text = ""]) => text,
  );
}

test("what was JSON before is HCL after", () => {
  const [before = ""] = examples("json");
  const [after] = examples("hcl");
  expect(hcl.renderSynthesized(before).files["main.tf"]).toBe(after);
});

test("the README's example writes what the README shows", () => {
  const scope = {
    ...{ App, SnsTopic, SnsTopicSubscription, TerraformStack, TerraformVariable },
    ...hcl,
  };
  const run = new Function(...Object.keys(scope), ts.transpile(examples("ts").join("\n")));
  inTemporaryFolder({}, (dir) => {
    const before = process.cwd();
    process.chdir(dir);
    try {
      run(...Object.values(scope));
    } finally {
      process.chdir(before);
    }
    expect(readFileSync(join(dir, "modules/alarms/main.tf"), "utf8")).toBe(examples("hcl")[1]);
  });
});

test("the README's links lead to files", () => {
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    expect(() => readFileSync(join(__dirname, "..", target))).not.toThrow(/ENOENT/);
  }
});
