import { canonicalJson } from "#core/definition/canonical-json.ts";
import { nameSchema } from "#core/definition/name.ts";
import { SignalboxError } from "#core/error.ts";
import { putPolicySchema, type RetryPolicy, retryPolicySchema } from "#core/retry/retry-policy.ts";
import { validationError } from "#core/validation-error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findPolicy } from "#server/store/policies/find-policy.ts";
import { insertPolicyVersion } from "#server/store/policies/insert-policy-version.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

export interface PutPolicy {
  name: string;
  /** The body of PUT /policies/{name}, not yet checked. */
  body: unknown;
  actor: string;
  /** Kept in the audit trail. */
  reason?: string | null;
}

export interface PutPolicyResult {
  name: string;
  version: number;
  /** False: the newest version says the same, and nothing was written. */
  created: boolean;
  policy: RetryPolicy;
}

/**
 * Write a retry policy: a new immutable version that the next decision obeys, or the version there is when nothing
 * changed. Throws `validation`, and `version_conflict` when `expectedVersion` is not the newest (0: none yet).
 */
export async function putPolicy(engine: Engine, put: PutPolicy): Promise<PutPolicyResult> {
  const { name, actor } = put;
  const named = nameSchema.safeParse(name);
  if (!named.success)
    throw new SignalboxError("validation", `the name of a policy ${named.error.issues[0]?.message}`);
  const parsed = putPolicySchema.safeParse(put.body);
  if (!parsed.success) throw validationError(parsed.error, `the policy ${name}`);
  const { expectedVersion, ...policy } = parsed.data;
  return editCatalog<PutPolicyResult>(engine, async (transaction) => {
    const before = await findPolicy(transaction, name, null);
    const current = before?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== current)
      throw stale(name, expectedVersion, current);
    if (before !== null && same(before.body, policy))
      return { changed: false, result: { name, version: current, created: false, policy } };
    const version = current + 1;
    await insertPolicyVersion(transaction, { name, version, body: policy, createdBy: actor });
    const trail = { actor, action: "policy.put", objectKind: "policy", objectId: name, reason: put.reason };
    await insertAuditEntry(transaction, { ...trail, before: before?.body, after: { version, ...policy } });
    return { changed: true, result: { name, version, created: true, policy } };
  });
}

function same(stored: unknown, policy: RetryPolicy): boolean {
  const parsed = retryPolicySchema.safeParse(stored);
  return parsed.success && canonicalJson(parsed.data) === canonicalJson(policy);
}

function stale(name: string, expected: number, current: number): SignalboxError {
  const stands = current === 0 ? "has no stored version" : `is at version ${current}`;
  return new SignalboxError(
    "version_conflict",
    `policy ${name} ${stands}, not at version ${expected}: nothing was written; read it again and decide on that`,
    { errors: [{ path: "/expectedVersion", message: `is stale: the newest version is ${current}` }] },
  );
}
