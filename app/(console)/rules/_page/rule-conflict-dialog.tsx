"use client";

import { ruleWords } from "#app/words/rule-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import { keyedRules } from "./keyed-rules.ts";

/** What somebody saved meanwhile against what was to be saved, and the choice between them. */
export function RuleConflictDialog({
  theirs,
  mine,
  onMerge,
  onTheirs,
  onClose,
}: {
  theirs: { version: number; rules: readonly FailureRule[]; createdBy: string | null };
  mine: readonly FailureRule[];
  onMerge: () => void;
  onTheirs: () => void;
  onClose: () => void;
}) {
  const { conflict } = ruleWords;
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={conflict.title}
      description={conflict.what(theirs.version, theirs.createdBy ?? "")}
      footer={
        <>
          <Button onClick={onTheirs}>{conflict.theirs}</Button>
          <Button tone="primary" title={conflict.mergeWhat} onClick={onMerge}>
            {conflict.merge}
          </Button>
        </>
      }
    >
      <h3 className="text-sm font-medium">{conflict.mine}</h3>
      <DiffView before={keyedRules(theirs.rules)} after={keyedRules(mine)} />
    </Dialog>
  );
}
