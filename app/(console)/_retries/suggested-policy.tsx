"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { retryWords } from "#app/words/retry-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { notify } from "#components/ui/notify.ts";
import { Panel } from "#components/ui/panel.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { RetryAnalysisView } from "#server/api/policies/analyse-retries.ts";
import { ConfirmDialog } from "../_parts/confirm-dialog.tsx";
import { hasKeptEdit, keepProposal } from "../policies/_edit/keep-proposal.ts";

/** A policy that the record speaks for, why, what it would have changed, and the way into the editor. */
export function SuggestedPolicy({
  view,
  onOpen,
}: {
  view: RetryAnalysisView;
  /** Where the editor is on this page; absent: it is gone to. */
  onOpen: (() => void) | undefined;
}) {
  const router = useRouter();
  const canEdit = roleCovers(useRole(), "operator");
  const [asking, setAsking] = useState(false);
  const { suggestion, tooLittle, policy } = view;
  const { name } = policy;
  const open = () => {
    if (suggestion === null || name === null) return;
    const base = { version: policy.version, policy: policy.body };
    if (!keepProposal(name, base, suggestion.policy))
      return notify({ text: retryWords.notKept, tone: "error" });
    if (onOpen) onOpen();
    else router.push(`/policies/${encodeURIComponent(name)}?open=suggestion`);
  };
  return (
    <Panel title={retryWords.suggestion}>
      <div className="flex max-w-200 flex-col items-start gap-2 pt-2">
        {suggestion === null ? (
          <p className="text-ink-2">{retryWords.noSuggestion}</p>
        ) : (
          <>
            <ul className="flex list-disc flex-col gap-1 pl-4">
              {suggestion.changes.map((change) => (
                <li key={"failureClass" in change ? `${change.kind} ${change.failureClass}` : change.kind}>
                  {retryWords.sayChange(change)}
                </li>
              ))}
            </ul>
            <div className="w-full">
              <DiffView before={policy.body} after={suggestion.policy} />
            </div>
            <p className="text-sm text-ink-2">{retryWords.sayEffect(suggestion.effect)}</p>
            {name === null ? (
              <div className="flex items-center gap-2 text-sm text-ink-2">
                <CopyButton label={retryWords.copy} text={JSON.stringify(suggestion.policy, null, 2)} />
                {retryWords.ownPolicy}
              </div>
            ) : canEdit ? (
              <>
                <Button tone="primary" onClick={() => (hasKeptEdit(name) ? setAsking(true) : open())}>
                  {retryWords.open}
                </Button>
                <p className="text-sm text-ink-3">
                  {retryWords.openWhat}
                  {policy.users > 1 ? ` ${retryWords.acts(name, policy.users)}` : ""}
                </p>
              </>
            ) : null}
          </>
        )}
        {tooLittle.length > 0 ? (
          <p className="text-sm text-ink-3">{retryWords.tooLittle(tooLittle)}</p>
        ) : null}
      </div>
      {asking && name !== null ? (
        <ConfirmDialog
          title={retryWords.replaceTitle}
          what={retryWords.replaceWhat(name)}
          confirm={retryWords.replace}
          pending={false}
          problem={null}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            afterFocusReturned(open);
          }}
        />
      ) : null}
    </Panel>
  );
}

/** A dialog gives the focus back in the frame after it closed; what takes the focus then comes later. */
function afterFocusReturned(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
