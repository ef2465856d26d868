import { type Judgement, notSetUp, type Row, type StatusStatement } from "./status";

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
    sql: "SELECT * FROM pg_publication_tables WHERE pubname LIKE 'pglog_stream_%';",
    needs: ["slot_name"],
    title: "The publication exists, and has the tables",
    hop: "database",
    judge: (rows, names) => {
      const found = streamsOf(names).map(({ slot, tables }) => {
        const publication = `pglog_stream_${slot}`;
        const published = rows.flatMap(({ pubname, tablename = "" }) =>
          pubname === publication ? [tablename] : [],
        );
        const lacking = tables.filter((table) => !published.includes(table));
        return { publication, published, lacking };
      });
      const missing = found.find(({ published }) => published.length === 0);
      if (missing) {
        return notSetUp(`The publication ${missing.publication} is missing, or has no table.`);
      }
      const short = found.find(({ lacking }) => lacking.length > 0);
      return short
        ? notSetUp(`The publication ${short.publication} lacks ${short.lacking.join(", ")}.`)
        : {
            ok: found
              .map(({ publication, published }) => `${publication} has ${published.join(", ")}.`)
              .join(" "),
          };
    },
  },
  {
    id: "slot",
    sql: "SELECT slot_name, plugin, database, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained, pubname, obj_description(oid, 'pg_publication') AS note FROM pg_replication_slots LEFT JOIN pg_publication ON pubname = 'pglog_stream_' || slot_name AND database = current_database() ORDER BY slot_name;",
    needs: ["slot_name", "db_name"],
    title: "The replication slot exists, is intact, and is being read",
    hop: "read",
    judge: (rows, names): Judgement => {
      const slots = streamsOf(names).map(({ slot }) => slot);
      const judged = slots.map((slot) => judgeSlot(slot, rows, names));
      const broken = judged.find((judgement) => "broken" in judgement);
      if (broken) return broken;
      const well = judged.flatMap((judgement) => ("ok" in judgement ? [judgement.ok] : []));
      return { ok: [...well, ...leftOver(slots, rows, names)].join(" ") };
    },
  },
];

function judgeSlot(name: string, rows: readonly Row[], { db_name }: Names): Judgement {
  const slot = rows.find((row) => row.slot_name === name);
  const wait = "Connect creates the slot and reads it once all hops before work: look at its log.";
  if (!slot) return { broken: `There is no slot ${name}.`, fix: [wait] };
  const { plugin, database, active, wal_status, retained } = slot;
  if (plugin !== "pgoutput" || database !== db_name) {
    return {
      broken: `The slot ${name} is of ${plugin} in the database ${database}, and the pipeline's is of pgoutput in ${db_name}: it is somebody else's.`,
      fix: ["Set slot_name to a name that is free:", { shell: "terraform apply" }],
    };
  }
  if (wal_status === "lost") {
    return {
      broken: `The slot ${name} is lost: PostgreSQL no longer keeps the WAL that it needs, and the changes in it cannot be read any more.`,
      fix: [
        "Drop it. The next one starts at that moment; a snapshot fills the gap:",
        { sql: `SELECT pg_drop_replication_slot('${name}');` },
        { shell: "terraform apply -var stream_snapshot=true" },
      ],
    };
  }
  return active === "t"
    ? { ok: `${name} is being read, and retains ${retained} of WAL.` }
    : { broken: `The slot ${name} is there, and nobody reads it.`, fix: [wait] };
}

/** What is told of slots of schemas that were taken out, which nobody reads. */
function leftOver(own: readonly string[], rows: readonly Row[], { db_name }: Names): string[] {
  const ours = new Set(
    rows.filter(({ slot_name = "" }) => own.includes(slot_name)).flatMap(slotNameOf),
  );
  return rows.flatMap((row) => {
    const { slot_name = "", plugin, database, active, retained, pubname } = row;
    if (own.includes(slot_name) || active === "t" || !retained) return [];
    const says = `Nobody reads the slot ${slot_name}, which retains ${retained} of WAL, and more until the disk is full.`;
    const drop = `SELECT pg_drop_replication_slot('${slot_name}');`;
    if (slotNameOf(row).some((name) => ours.has(name))) {
      return `${says} It is of a schema that was taken out: ${drop} DROP PUBLICATION ${pubname};`;
    }
    // Without its publication only its name tells.
    const isLike = [...ours].some((name) => slot_name.startsWith(`${name}_`));
    return isLike && !pubname && plugin === "pgoutput" && database === db_name
      ? `${says} It has no publication, and may be of a schema that was taken out. If nobody else reads it: ${drop}`
      : [];
  });
}

/**
 * The variable `slot_name` of the module that a slot is of, which the setup SQL notes with its
 * publication where there are several schemas: templates/postgres/setup/rights.sql.tftpl.
 */
function slotNameOf({ slot_name = "", note = "" }: Row): string[] {
  if (!note.startsWith("rpcn-aurora: ")) return [];
  return [/"slot_name": "([^"]+)"/.exec(note)?.[1] ?? slot_name];
}

/** What the pipeline reads by one slot. */
interface Stream {
  readonly slot: string;
  readonly tables: readonly string[];
}

/** The schemas that a pipeline reads, of which `inputs` tells where there are several. */
function streamsOf({ slot_name = "", cdc_tables = "[]", inputs = "" }: Names): Stream[] {
  const several = inputs.split("\n").flatMap((input) => {
    const [schema, slot, tables] = input.split(" ");
    return schema && slot && tables ? [{ slot, tables: listOf(tables) }] : [];
  });
  return several.length > 0 ? several : [{ slot: slot_name, tables: listOf(cdc_tables) }];
}

type Names = Readonly<Record<string, string>>;

/** Terraform's list as the state tells it: `["a","b"]`. */
function listOf(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}
