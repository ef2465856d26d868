import type { Fix, Step } from "./entry";

/** How a pipeline is restarted, and how it first sends the rows that exist. */
interface Restart {
  readonly plain: readonly Step[];
  readonly withSnapshot: readonly Step[];
}

const byoc: Restart = {
  plain: [{ shell: 'terraform apply -replace="<pipeline_address>"' }],
  withSnapshot: [
    { shell: 'terraform apply -var stream_snapshot=true -replace="<pipeline_address>"' },
  ],
};

const ec2: Restart = {
  plain: ["Stop the container, and run it again:", { shell: "<docker_run_command>" }],
  withSnapshot: [
    "Stop the container, and run it again with the new configuration:",
    { shell: "terraform apply -var stream_snapshot=true" },
    { shell: "<docker_run_command>" },
  ],
};

/** A fix with a restart in it, which differs with the topology. */
export function withRestart(steps: (restart: Restart) => readonly Step[]): Fix {
  return { byoc: steps(byoc), ec2: steps(ec2) };
}
