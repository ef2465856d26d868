import type { Step } from "./catalogue";
import { apply } from "./catalogue/steps";

/** Commands that some modules have not, and what takes their place there. */
const instead: Readonly<Record<string, readonly Step[]>> = {
  // With --grant attach, and with --credentials static.
  attach_policy_command: ["This module attaches the policy itself:", apply],
  // With --host ecs.
  docker_run_command: [
    "This module's host is ECS; a new deployment starts the task again:",
    {
      shell:
        "aws ecs update-service --cluster … --service … --force-new-deployment --region <region>",
    },
  ],
};

/**
 * The steps for a module that has these outputs: no command is named that it has not.
 *
 * @param outputs @default - not known: steps stay as they are
 */
export function stepsFor(
  steps: readonly Step[],
  outputs: ReadonlySet<string> | undefined,
): readonly Step[] {
  if (!outputs) return steps;
  return steps.flatMap((step): readonly Step[] => {
    if (typeof step === "string" || !("shell" in step)) return [step];
    // What is written around it, such as a pipe, goes with it.
    const missing = /<(\w+_command)>/.exec(step.shell)?.[1];
    const other = missing && !outputs.has(missing) ? instead[missing] : undefined;
    return other ?? [step];
  });
}
