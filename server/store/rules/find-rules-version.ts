import type { Queryable } from "#db/client.ts";
import type { RulesRecord } from "./find-rules.ts";

/** The operators' rules as one version had them, or null. */
export async function findRulesVersion(db: Queryable, version: number): Promise<RulesRecord | null> {
  const { rows } = await db.query({
    name: "find-rules-version",
    text: `select version, rules, created_at as "createdAt", created_by as "createdBy"
      from signalbox.rule_versions where version = $1`,
    values: [version],
  });
  return (rows[0] as RulesRecord | undefined) ?? null;
}
