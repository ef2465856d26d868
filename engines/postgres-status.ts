import { type Judgement, notSetUp, type StatusStatement } from "./status";

/** @see https://www.postgresql.org/docs/current/view-pg-replication-slots.html */
export const statements: readonly StatusStatement[] = [
  {
    id: "user",
    sql: "SELECT r.rolname, ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid) AS member_of FROM pg_roles r WHERE r.rolname = '<iam_auth_user>';",
    title: "The database user exists, and may log in with IAM and replicate",
    hop: "login",
    judge: ([role], { iam_auth_user }) => {
      if (!role) return notSetUp(`There is no user ${iam_auth_user}: the setup SQL has not run.`);
      const groups = (role.member_of ?? "").replace(/[{}"]/g, "").split(",");
      const lacking = ["rds_iam", "rds_replication"].filter((group) => !groups.includes(group));
      return lacking.length > 0
        ? notSetUp(`${iam_auth_user} is no member of ${lacking.join(" and ")}.`)
        : { ok: `${iam_auth_user} is a member of rds_iam and rds_replication.` };
    },
  },
  {
    id: "publication",
    sql: "SELECT * FROM pg_publication_tables WHERE pubname = 'pglog_stream_<slot_name>';",
    title: "The publication exists, and has the tables",
    hop: "database",
    judge: (rows, { slot_name, cdc_tables = "[]" }) => {
      const publication = `pglog_stream_${slot_name}`;
      if (rows.length === 0) {
        return notSetUp(`The publication ${publication} is missing, or has no table.`);
      }
      const published = rows.map(({ tablename = "" }) => tablename);
      const lacking = listOf(cdc_tables).filter((table) => !published.includes(table));
      return lacking.length > 0
        ? notSetUp(`The publication ${publication} lacks ${lacking.join(", ")}.`)
        : { ok: `${publication} has ${published.join(", ")}.` };
    },
  },
  {
    id: "slot",
    sql: "SELECT slot_name, plugin, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained FROM pg_replication_slots;",
    needs: ["slot_name"],
    title: "The replication slot exists, is intact, and is being read",
    hop: "read",
    judge: (rows, { slot_name }): Judgement => {
      const slot = rows.find((row) => row.slot_name === slot_name);
      const wait =
        "Connect creates the slot and reads it once all hops before work: look at its log.";
      if (!slot) return { broken: `There is no slot ${slot_name}.`, fix: [wait] };
      if (slot.wal_status === "lost") {
        return {
          broken: `The slot ${slot_name} is lost: PostgreSQL no longer keeps the WAL that it needs, and the changes in it cannot be read any more.`,
          fix: [
            "Drop it. The next one starts at that moment; a snapshot fills the gap:",
            { sql: `SELECT pg_drop_replication_slot('<slot_name>');` },
            { shell: "terraform apply -var stream_snapshot=true" },
          ],
        };
      }
      return slot.active === "t"
        ? { ok: `${slot_name} is being read, and retains ${slot.retained} of WAL.` }
        : { broken: `The slot ${slot_name} is there, and nobody reads it.`, fix: [wait] };
    },
  },
];

/** Terraform's list as the state tells it: `["a","b"]`. */
function listOf(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}
