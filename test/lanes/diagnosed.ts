import { Diagnosis } from "../../commands/doctor/diagnosis";
import { readRecords } from "../../commands/doctor/envelopes";
import { reportOn } from "../../commands/doctor/report";
import type { Report } from "../../commands/doctor/report-schema";

/** What the doctor says of a pipeline's log, without a state. */
export function diagnosed(log: string): Report {
  const diagnosis = new Diagnosis();
  for (const line of log.split("\n")) {
    for (const record of readRecords(line)) diagnosis.add(record);
  }
  return reportOn(diagnosis, { names: {} });
}
