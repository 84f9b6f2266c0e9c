"use client";

import { useState } from "react";
import type { FailureRule } from "#core/failure/failure-rule.ts";

/** The rules as one version had them. */
export interface SavedRules {
  version: number;
  rules: FailureRule[];
}

/** The operators' rules while they are edited: a draft over the version it began with. */
export function useRuleDraft(saved: SavedRules) {
  const [begun, setBegun] = useState<SavedRules | null>(null);
  const [draft, setDraft] = useState<FailureRule[] | null>(null);
  const rules = draft ?? saved.rules;
  const change = (next: FailureRule[]) => {
    if (draft === null) setBegun(saved);
    setDraft(next);
  };
  return {
    rules,
    /** The version the draft began with; what is in force while there is none. */
    base: begun ?? saved,
    dirty: draft !== null,
    put: (rule: FailureRule) =>
      change(
        rules.some((each) => each.id === rule.id)
          ? rules.map((each) => (each.id === rule.id ? rule : each))
          : [rule, ...rules],
      ),
    remove: (place: number) => change(rules.filter((_, index) => index !== place)),
    move: (from: number, to: number) => {
      const next = [...rules];
      next.splice(to, 0, ...next.splice(from, 1));
      change(next);
    },
    /** Goes on from another version with these rules; null drops the draft. */
    rebase: (base: SavedRules | null, next: FailureRule[] | null) => {
      setBegun(base);
      setDraft(next);
    },
  };
}
