import { z } from "zod";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { SignalboxError } from "#core/error.ts";
import { type FailureRule, failureRulesSchema } from "#core/failure/failure-rule.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findRules } from "#server/store/rules/find-rules.ts";
import { insertRulesVersion } from "#server/store/rules/insert-rules-version.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

/** The body of PUT /rules: all of the operators' rules in their order, and the version that they are meant to follow. */
export const putRulesSchema = z.strictObject({
  rules: failureRulesSchema,
  expectedVersion: z.number().int().min(0).optional(),
});

export interface PutRulesResult {
  version: number;
  /** False: the newest version says the same, and nothing was written. */
  created: boolean;
  rules: FailureRule[];
}

/**
 * Replace the operators' rules; the next failure is classified by them. Throws `validation`, and
 * `version_conflict` when `expectedVersion` is not the newest (0: none yet).
 */
export async function putRules(
  engine: Engine,
  put: { body: unknown; reason?: string | null; actor: string },
): Promise<PutRulesResult> {
  const parsed = putRulesSchema.safeParse(put.body);
  if (!parsed.success) throw validationError(parsed.error, "the list of rules");
  const { rules, expectedVersion } = parsed.data;
  return editCatalog<PutRulesResult>(engine, async (transaction) => {
    const before = await findRules(transaction);
    const current = before?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== current)
      throw new SignalboxError(
        "version_conflict",
        `the rules are at version ${current}, not ${expectedVersion}: nothing was written`,
        {
          errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${current}` }],
        },
      );
    if (before !== null && canonicalJson(before.rules) === canonicalJson(rules))
      return { changed: false, result: { version: current, created: false, rules } };
    const version = current + 1;
    await insertRulesVersion(transaction, version, rules, put.actor);
    const { actor, reason } = put;
    const trail = { actor, reason, action: "rules.put", objectKind: "rules", objectId: "rules" };
    await insertAuditEntry(transaction, { ...trail, before: before?.rules, after: { version, rules } });
    return { changed: true, result: { version, created: true, rules } };
  });
}
