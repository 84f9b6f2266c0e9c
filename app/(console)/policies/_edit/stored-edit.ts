import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { isPolicyDraft, type PolicyDraft, toDraft } from "./policy-draft.ts";

/** What an edit began with. */
export interface PolicyBase {
  version: number;
  policy: RetryPolicy;
}

/** An unsaved edit as the tab keeps it. */
export interface StoredEdit {
  base: PolicyBase;
  draft: PolicyDraft;
}

/** Where the tab keeps an edit of a policy. */
export function policyDraftKey(name: string): string {
  return `policy:${name}`;
}

/** A policy as an unsaved edit of another. */
export function toStoredEdit(base: PolicyBase, policy: RetryPolicy): StoredEdit {
  return { base, draft: toDraft(policy) };
}

/** Whether a stored value is an edit of this version of the console. */
export function isStoredEdit(value: unknown): value is StoredEdit {
  return (
    value !== null &&
    typeof value === "object" &&
    "base" in value &&
    "draft" in value &&
    isPolicyDraft(value.draft)
  );
}
