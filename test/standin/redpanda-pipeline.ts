import type { Values } from "./values";

/** What Redpanda's API does with a pipeline. */
export interface PipelineApi {
  /** What it answers to a create. @default "STOPPED" */
  readonly created?: "STOPPED" | "STARTING" | "RUNNING";
  /** From the start of the pipeline until it runs or has failed. @default 0 */
  readonly startSeconds?: number;
  /** Why it fails, which is then in its `status`. @default - it runs */
  readonly error?: string;
}

/** How an apply ended. */
export interface Applied {
  /** What the provider tells Terraform. */
  readonly answered: Values;
  /** What the next refresh finds. */
  readonly found: Values;
  readonly warning?: string;
  readonly detail?: string;
}

interface Given {
  /** As planned, with everything known. */
  readonly planned: Values;
  /** The pipeline before, null when there is none. */
  readonly before: Values | null;
  /** Of a pipeline without an error. */
  readonly status: Values["status"];
  readonly api: PipelineApi;
}

/**
 * Creates or updates a pipeline as the provider does. It waits only where it has started the pipeline
 * itself, and gives up with a warning: that the state is another one than planned is for Terraform to
 * see. Nobody waits here: the seconds are counted.
 * @see https://github.com/redpanda-data/terraform-provider-redpanda/blob/v2.1.0/redpanda/resources/pipeline/resource_pipeline.go
 */
export function applyPipeline({ planned, before, status, api }: Given): Applied {
  const hadError = before !== null && errorOf(before) !== "";
  const runs = {
    ...planned,
    state: "running",
    status: hadError ? status : (planned.status ?? null),
  };
  const stops = { ...runs, state: "stopped" };
  // An update stops a pipeline that runs, whatever it changes.
  const created = before ? "STOPPED" : (api.created ?? "STOPPED");
  if (planned.state !== "running") return { answered: stops, found: stops };

  const found = api.error === undefined ? runs : { ...stops, status: { error: api.error } };
  if (created !== "STOPPED") return { answered: runs, found };
  const failure = failedStart(planned, before ? "update" : "create", api);
  if (failure === undefined) return { answered: runs, found };
  return {
    // As it was before the start.
    answered: { ...stops, status: before ? (before.status ?? null) : runs.status },
    found,
    warning: "pipeline failed to reach desired state",
    detail: `Pipeline ${planned.id} was ${before ? "updated" : "created"} but failed to start within the timeout. Run 'terraform apply' again to retry: timed out waiting for pipeline to reach running state: ${failure}`,
  };
}

/** Why waiting ended before the pipeline ran. It is looked at after 1 s, 2 s, … and then every minute. */
function failedStart(
  planned: Values,
  operation: "create" | "update",
  { startSeconds = 0, error }: PipelineApi,
): string | undefined {
  const timeouts = planned.timeouts as Values | null;
  const timeout = seconds(timeouts?.[operation] ?? "2m");
  for (let elapsed = 0, wait = 1; ; elapsed += wait, wait = Math.min(2 * wait, 60)) {
    if (elapsed >= startSeconds) return error && "pipeline entered error state";
    if (elapsed > timeout) {
      return `timed out after ${timeout / 60}m0s: pipeline in state STATE_STARTING, waiting for STATE_RUNNING`;
    }
  }
}

/** Of a duration as Go writes it, such as `1m30s`. */
function seconds(duration: unknown): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1 };
  const parts = [...String(duration).matchAll(/(\d+)([hms])/g)];
  if (parts.map(([part]) => part).join("") !== duration)
    throw new Error(`${duration}: no duration`);
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0), 0);
}

function errorOf({ status }: Values): string {
  return String((status as Values | null)?.error ?? "");
}
