import type { LogRecord } from "./records";

/** So many pods that were replaced are remembered. */
const capacity = 100;

/** The first of what Connect logs when it starts. benthos, internal/cli/common/service.go */
const starts = /^(?:Running (?:main config from|without a main config)|Launching a )/;

/** The last of what it logs. benthos, internal/cli/common/manager.go */
const stops = /^(?:Received SIG\w+, the service is closing|Pipeline has terminated\. )/;

/** Whether Connect ends with this record. */
export function isEnd({ message, level }: LogRecord): boolean {
  return level === "INFO" && stops.test(message);
}

/**
 * Tells the run of Connect that a record belongs to: Connect draws an `instance_id` whenever it
 * starts, and only the run that began last counts.
 */
export class Runs {
  private current: string | undefined;
  private readonly replaced = new Set<string>();
  private isStarting = false;

  /** `new` where a run begins with this record, `before` where a run goes on that was replaced. */
  of({ instanceId, message }: LogRecord): "new" | "before" | "current" {
    if (instanceId !== undefined && this.replaced.has(instanceId)) return "before";
    const isFirst = message.startsWith("Running ");
    const isStart = starts.test(message) && (isFirst || !this.isStarting);
    // Two records begin a run, and what goes wrong between them belongs to it.
    if (starts.test(message)) this.isStarting = isFirst;
    const isNew = instanceId !== undefined && instanceId !== this.current;
    if (isNew) this.replace(instanceId);
    return isNew || isStart ? "new" : "current";
  }

  private replace(instanceId: string): void {
    if (this.current !== undefined) this.replaced.add(this.current);
    this.current = instanceId;
    for (const id of this.replaced) {
      if (this.replaced.size <= capacity) break;
      this.replaced.delete(id);
    }
  }
}
