"use client";

import { useState } from "react";
import { policyWords } from "#app/words/policy-words.ts";
import { TextAreaField } from "#components/ui/text-field.tsx";
import type { RetryPolicy } from "#core/retry/retry-policy.ts";
import { checkPolicy } from "./check-policy.ts";
import { type PolicyDraft, toDraft } from "./policy-draft.ts";

/** The policy as JSON to edit; every text that is a valid policy goes into the form at once. */
export function PolicyJson({
  policy,
  disabled,
  onChange,
}: {
  /** As the form says it; null while the form is not valid. */
  policy: RetryPolicy | null;
  disabled: boolean;
  onChange: (draft: PolicyDraft) => void;
}) {
  const [text, setText] = useState(() => (policy === null ? "" : JSON.stringify(policy, null, 2)));
  const [error, setError] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    let body: unknown;
    try {
      body = JSON.parse(next);
    } catch {
      setError(policyWords.jsonBad);
      return;
    }
    const checked = checkPolicy(body);
    setError(
      checked.policy === null
        ? [...checked.errors].map(([path, message]) => `${path || "/"}: ${message}`).join("; ")
        : null,
    );
    if (checked.policy !== null) onChange(toDraft(checked.policy));
  };
  return (
    <div className="pt-3">
      <TextAreaField
        label={policyWords.json}
        error={error}
        value={text}
        disabled={disabled}
        spellCheck={false}
        className="min-h-96 font-mono"
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
