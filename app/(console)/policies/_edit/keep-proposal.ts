import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { type PolicyBase, policyDraftKey, toStoredEdit } from "./stored-edit.ts";

/** Hands a proposed policy to the editor of its name as an unsaved edit; false: this browser keeps nothing for the page. */
export function keepProposal(name: string, base: PolicyBase, proposed: RetryPolicy): boolean {
  try {
    sessionStorage.setItem(policyDraftKey(name), JSON.stringify(toStoredEdit(base, proposed)));
    return true;
  } catch {
    return false;
  }
}

/** Whether this tab holds an unsaved edit of a policy. */
export function hasKeptEdit(name: string): boolean {
  try {
    return sessionStorage.getItem(policyDraftKey(name)) !== null;
  } catch {
    return false;
  }
}
