import { entries, stepsOf } from "../../../commands/doctor/catalogue";
import { stepsFor } from "../../../commands/doctor/instead";
import type { Flags } from "../../combinations";
import { synthesized } from "../../synthesized";

test("a command that the module has stays, one that it has not is replaced", () => {
  const steps = ["Attach it:", { shell: "<attach_policy_command>" }];
  expect(stepsFor(steps, undefined)).toEqual(steps);
  expect(stepsFor(steps, new Set(["attach_policy_command"]))).toEqual(steps);
  expect(stepsFor(steps, new Set(["db_name"]))).toEqual([
    "Attach it:",
    "This module attaches the policy itself:",
    { shell: "terraform apply" },
  ]);
  const kept = [{ shell: "<docker_run_command> 2>&1 | tee -a connect.log" }];
  expect(stepsFor(kept, new Set(["docker_run_command"]))).toEqual(kept);
  expect(stepsFor(kept, new Set(["db_name"]))).toEqual([
    "This module's host is ECS; a new deployment starts the task again:",
    {
      shell:
        "aws ecs update-service --cluster … --service … --force-new-deployment --region <region>",
    },
  ]);
});

/** The default of every flag, and each that takes an output or a variable away. */
const choices: readonly Flags[] = [
  {},
  { grant: "attach" },
  { credentials: "static" },
  { network: "routed" },
  { topology: "ec2" },
  { topology: "ec2", host: "ecs" },
];

describe.each(choices)("with %j", (flags) => {
  const topology = flags.topology === "ec2" ? "ec2" : "byoc";

  test.each([...synthesized(flags)].map(([stack, files]) => [stack, files] as const))(
    "%s has every output, variable and resource that a remedy names in a command",
    (_stack, files) => {
      const text = Object.values(files).join("\n");
      const named = (kind: string) =>
        new Set([...text.matchAll(new RegExp(`^${kind} "(\\w+)"`, "gm"))].map(([, name]) => name));
      const outputs = named("output") as Set<string>;
      const variables = named("variable");
      const resources = new Set(
        [...text.matchAll(/^resource "(\w+)" "(\w+)"/gm)].map(
          ([, type, name]) => `${type}.${name}`,
        ),
      );
      const wrong = entries.flatMap(({ id, fix }) =>
        stepsFor(stepsOf(fix, topology, outputs), outputs).flatMap((step) => {
          if (typeof step === "string" || !("shell" in step)) return [];
          const names = (pattern: RegExp) =>
            [...step.shell.matchAll(pattern)].map(([, name]) => name as string);
          return [
            ...names(/<(\w+_command)>/g).filter((name) => !outputs.has(name)),
            ...names(/-var (\w+)=/g).filter((name) => !variables.has(name)),
            ...names(/-replace=(\w+\.\w+)/g).filter((name) => !resources.has(name)),
          ].map((name) => `${id}: ${name}`);
        }),
      );
      expect(wrong).toEqual([]);
    },
  );
});
