import type { Queryable } from "#db/client.ts";

const most = 200;

/** The different values of one column, up to 200, by skipping from one to the next in its index. */
const distinct = (column: "actor" | "action" | "object_kind") => `(with recursive found as (
    (select ${column} as name from signalbox.audit_entries order by ${column} limit 1)
    union all
    select (select ${column} from signalbox.audit_entries where ${column} > f.name order by ${column} limit 1)
    from found f where f.name is not null)
  select coalesce(jsonb_agg(name), '[]') from (select name from found where name is not null limit ${most}) n)`;

/** What the filters of the audit page can take. */
export interface AuditNames {
  actors: string[];
  actions: string[];
  objectKinds: string[];
}

/** The actors, actions and kinds of objects there are. */
export async function listAuditNames(db: Queryable): Promise<AuditNames> {
  const { rows } = await db.query({
    name: "list-audit-names",
    text: `select ${distinct("actor")} as actors, ${distinct("action")} as actions, ${distinct("object_kind")} as "objectKinds"`,
  });
  return rows[0] as AuditNames;
}
