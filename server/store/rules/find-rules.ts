import type { Queryable } from "#db/client.ts";

export interface RulesRecord {
  version: number;
  /** As stored; see core/failure/failure-rule.ts. */
  rules: unknown;
  createdAt: Date;
  createdBy: string;
}

/** The operators' rules as they stand; null before the first were written. */
export async function findRules(db: Queryable): Promise<RulesRecord | null> {
  const { rows } = await db.query({
    text: `select version, rules, created_at as "createdAt", created_by as "createdBy"
      from signalbox.rule_versions order by version desc limit 1`,
  });
  return (rows[0] as RulesRecord | undefined) ?? null;
}
