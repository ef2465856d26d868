import { EventEmitter, once } from "node:events";
import type { Flags } from "../combinations";
import type { Call, Reply } from "../standin/provider";
import type { Result } from "../standin/terraform";
import type { RunProps, Workspace } from "../standin/workspace";

/** The stack with the most resources: they fail one by one, and each time everything else is there. */
export const largest: Flags = { engine: "mysql" };

/** Of objects, by their identity, in their order: some four of them; all in `npm run test:long`. */
export function oneByOne(identities: readonly string[]): string[] {
  if (process.env.LONG) return [...identities];
  const apart = Math.ceil(identities.length / 4);
  return identities.filter((_, index) => index % apart === 0);
}

/** The type that an identity begins with. */
export const typeOf = (identity: string): string => JSON.parse(identity)[0];

/**
 * Every object, in a few commands instead of hundreds: whatever a command comes to for the first time
 * fails, and the next one goes on from there. A stack without a flag that adds resources is one with it
 * and less, so it is left out. More of them in `npm run test:long`.
 */
export const atOnce: Flags[] = [
  largest,
  { engine: "postgres", credentials: "static", database: "provider" },
  { engine: "mysql", topology: "ec2", accounts: "two", hops: "2", output: "redpanda" },
  ...(process.env.LONG
    ? [
        { engine: "postgres", grant: "attach", database: "exec" },
        { engine: "mysql", grant: "attach", database: "provider" },
        { engine: "postgres", topology: "ec2" },
      ]
    : []),
];

/** Time for one resource after the other, or one step after the other, each a command or two. */
export const MANY_COMMANDS_MS = 600_000;

/**
 * Interrupts Terraform in the middle of a call, which is answered when the providers were told to stop.
 *
 * @param run - the command, such as `(props) => workspace.apply(props)`
 * @param isIt - which call
 * @param reply - its answer. @default - the usual one
 */
export async function interrupted(
  workspace: Workspace,
  run: (props: RunProps) => Promise<Result>,
  isIt: (call: Call) => boolean,
  reply?: Reply,
): Promise<Result> {
  const interrupt = new AbortController();
  const terraform = new EventEmitter();
  const heal = workspace.onCall(async (call) => {
    if (call.method === "StopProvider") terraform.emit("stopping");
    if (!isIt(call)) return undefined;
    interrupt.abort("SIGINT");
    await once(terraform, "stopping");
    return reply;
  });
  const result = await run({ interrupt: interrupt.signal });
  heal();
  return result;
}

/** As many as the smallest machine has cores that runs these tests. */
export async function inTwoLanes<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all([lane(), lane()]);
}
