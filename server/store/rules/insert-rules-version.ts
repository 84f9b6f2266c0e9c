import type { FailureRule } from "#core/failure/failure-rule.ts";
import type { Queryable } from "#db/client.ts";

/** Write a version of the operators' rules; the caller holds the catalogue's lock. */
export async function insertRulesVersion(
  transaction: Queryable,
  version: number,
  rules: FailureRule[],
  createdBy: string,
): Promise<void> {
  await transaction.query({
    text: "insert into signalbox.rule_versions (version, rules, created_by) values ($1, $2, $3)",
    values: [version, JSON.stringify(rules), createdBy],
  });
}
