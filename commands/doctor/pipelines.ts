import { UsageError } from "../usage-error";
import { Diagnosis } from "./diagnosis";
import { readRecords } from "./envelopes";
import type { LogRecord } from "./records";
import { instantOf } from "./since";

/** So many ids are remembered, to be named. */
const capacity = 20;

/**
 * Keeps the records of one pipeline out of a topic that all pipelines of a cluster write to. What has
 * no id is no pipeline's: a Connect of one's own, the database, Kubernetes. Without an id there must
 * be one pipeline only.
 */
export class OnePipeline {
  readonly diagnosis = new Diagnosis();
  private readonly ids = new Set<string>();

  /** @param since records of before are left out, in milliseconds since 1970 */
  constructor(
    private readonly id?: string,
    private readonly since?: number,
  ) {}

  add(text: string): void {
    // Most of a busy topic is of others: those need not be parsed, except to name a few.
    if (this.id && this.ids.size >= capacity && isOfAnother(text, this.id)) return;
    for (const record of readRecords(text)) {
      const { pipelineId } = record;
      if (this.since !== undefined && isBefore(record, this.since)) continue;
      if (pipelineId !== undefined && this.ids.size < capacity) this.ids.add(pipelineId);
      if (this.id === undefined || pipelineId === undefined || this.id === pipelineId) {
        this.diagnosis.add(record);
      }
    }
  }

  /** Ids of pipelines that wrote here, the first twenty. */
  get pipelines(): string[] {
    return [...this.ids].sort();
  }

  /** @throws {UsageError} when the records are of several pipelines and none was asked for */
  mustBeOne(): void {
    if (this.id !== undefined || this.ids.size <= 1) return;
    const list = this.pipelines.map((id) => `  --pipeline ${id}`).join("\n");
    throw new UsageError(
      `The records belong to ${this.ids.size === capacity ? `${capacity} or more` : this.ids.size} pipelines. Choose one; \`terraform output -raw rpcn_pipeline_id\` prints yours:\n${list}`,
    );
  }
}

/** A record without a time may be of any. */
function isBefore({ time }: LogRecord, since: number): boolean {
  const instant = time === undefined ? undefined : instantOf(time);
  return instant !== undefined && instant < since;
}

function isOfAnother(text: string, id: string): boolean {
  if (text.includes(id)) return false;
  // It stands near the end of a record. From there forwards: searching backwards takes longer.
  return text.indexOf(field, text.length - 160) >= 0 || text.includes(field);
}

const field = "pipeline_id";
