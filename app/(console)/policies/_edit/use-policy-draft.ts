"use client";

import { useMemo } from "react";
import { canonicalJson } from "#core/definition/canonical-json.ts";
import { useLate } from "../../_parts/use-late.ts";
import { useStoredDraft } from "../../_parts/use-stored-draft.ts";
import { type CheckedDraft, type PolicyDraft, toDraft } from "./policy-draft.ts";
import { isStoredEdit, type PolicyBase, policyDraftKey, toStoredEdit } from "./stored-edit.ts";

const loadCheck = () => import("./check-policy.ts");
const noErrors: ReadonlyMap<string, string> = new Map();

/**
 * An edit of a policy: the draft, what it says, what it began with. It outlives the page in this tab. The schema comes
 * with the first edit; until it is there the draft says what it began with.
 */
export function usePolicyDraft(name: string, saved: PolicyBase) {
  const stored = useStoredDraft(policyDraftKey(name), isStoredEdit);
  const base = stored.draft?.base ?? saved;
  const draft = useMemo(() => stored.draft?.draft ?? toDraft(saved.policy), [stored.draft, saved.policy]);
  const check = useLate(loadCheck, stored.draft !== null);
  const checked: CheckedDraft = useMemo(
    () =>
      stored.draft === null || check === null
        ? { policy: base.policy, errors: noErrors }
        : check.checkDraft(stored.draft.draft),
    [stored.draft, check, base.policy],
  );
  const edited =
    stored.draft !== null &&
    (check === null ||
      checked.policy === null ||
      canonicalJson(checked.policy) !== canonicalJson(base.policy));
  return {
    base,
    draft,
    checked,
    /** False only while the schema of a first edit is on its way. */
    isChecked: stored.draft === null || check !== null,
    edited,
    restored: stored.restored && edited,
    change: (next: PolicyDraft) => stored.setDraft({ base, draft: next }),
    /** Goes on from what somebody else saved, with what was chosen of both; what is no policy leaves the edit as it is. */
    rebase: async (onto: PolicyBase, chosen: unknown) => {
      const { policy } = (await loadCheck()).checkPolicy(chosen);
      if (policy !== null) stored.setDraft(toStoredEdit(onto, policy));
    },
    forget: stored.forget,
    reload: stored.reload,
    discard: () => stored.setDraft(null),
  };
}
