import type { Queryable } from "#db/client.ts";

/** A version of the operators' rules as a row of a list. */
export interface RulesVersionRow {
  version: number;
  rules: number;
  createdAtMs: number;
  createdBy: string;
  reason: string | null;
}

/** Versions of the rules, newest first, those before `before` (null: from the newest). */
export async function listRulesVersions(
  db: Queryable,
  before: number | null,
  limit: number,
): Promise<RulesVersionRow[]> {
  const { rows } = await db.query({
    name: "list-rules-versions",
    text: `select v.version, jsonb_array_length(v.rules) as rules,
        (extract(epoch from v.created_at) * 1000)::float8 as "createdAtMs", v.created_by as "createdBy", a.reason
      from signalbox.rule_versions v
      left join lateral (
        select reason from signalbox.audit_entries
        where object_kind = 'rules' and object_id = 'rules' and at between v.created_at - interval '1 min' and v.created_at + interval '1 min'
          and (after->>'version')::int = v.version order by id desc limit 1) a on true
      where $1::int is null or v.version < $1 order by v.version desc limit $2`,
    values: [before, limit],
  });
  return rows as RulesVersionRow[];
}
