import type { Queryable } from "#db/client.ts";

export interface PolicyVersionRow {
  version: number;
  /** As stored; see core/retry/retry-policy.ts. */
  body: unknown;
  createdAtMs: number;
  createdBy: string;
}

/** Versions of a policy below `before` (null: from the newest), newest first; by the primary key. */
export async function listPolicyVersions(
  db: Queryable,
  name: string,
  before: number | null,
  limit: number,
): Promise<PolicyVersionRow[]> {
  const { rows } = await db.query({
    name: "list-policy-versions",
    text: `select version, body, (extract(epoch from created_at) * 1000)::float8 as "createdAtMs", created_by as "createdBy"
      from signalbox.retry_policies where name = $1 and ($2::int is null or version < $2) order by version desc limit $3`,
    values: [name, before, limit],
  });
  return rows as PolicyVersionRow[];
}
