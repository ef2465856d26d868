import type { Variable } from "./variable";

/** Whether an apply writes files, into the module's folder. */
export const files = {
  write_files: {
    type: "bool",
    default: true,
    description:
      "Whether an apply writes files for people into the module's folder: SQL, certificates, the policy, the pipeline's configuration. Each checkout lacks them, so its first plan creates them again. False: none are written, outputs hold the same, and each command takes from them what it needs. With admin_cidrs and rds_ca_pem given as well, a plan of a clean checkout then shows no changes.",
  },
} satisfies Record<string, Variable>;
