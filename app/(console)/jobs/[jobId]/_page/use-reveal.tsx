"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import type { HiddenValues } from "#components/domain/redacted-value.tsx";
import { notify } from "#components/ui/notify.ts";
import { roleCovers } from "#core/access/role.ts";
import type { ShownJson } from "#server/api/jobs/job-detail.ts";
import { problemText } from "../../../_parts/problem-text.ts";
import { ReasonDialog } from "../../../_parts/reason-dialog.tsx";

/** How long a revealed value stays in sight, ms. */
const shownMs = 60_000;

export type JsonText = "payload" | "output" | "checkpoint" | "artifacts";

/** The redacted values of one of a job's texts: what shows them for a minute after a reason was given. */
export function useReveal(jobId: string, text: JsonText, json: ShownJson | null) {
  const trpc = useTRPC();
  const mayReveal = roleCovers(useRole(), "operator");
  const [asked, setAsked] = useState<string | null>(null);
  const [revealed, setRevealed] = useState<ReadonlyMap<string, string>>(new Map());
  const reveal = useMutation(trpc.jobs.reveal.mutationOptions());
  useEffect(() => {
    if (revealed.size === 0) return;
    const timer = setTimeout(() => setRevealed(new Map()), shownMs);
    return () => clearTimeout(timer);
  }, [revealed]);

  const confirm = async (reason: string) => {
    if (asked === null) return;
    const answer = await reveal.mutateAsync({ id: jobId, text, pointer: asked, reason }).catch(() => null);
    if (!answer) return;
    setRevealed((old) => new Map([...old, [asked, answer.value]]));
    setAsked(null);
    notify({ text: jobPageWords.revealed });
  };
  const hidden: HiddenValues = {
    rules: new Map(json?.redactions.map(({ pointer, kind, rule }) => [pointer, { kind, rule }])),
    revealed,
    onReveal: mayReveal ? setAsked : null,
  };
  const dialog = (
    <ReasonDialog
      open={asked !== null}
      onClose={() => {
        reveal.reset();
        setAsked(null);
      }}
      onConfirm={confirm}
      title={jobPageWords.revealTitle}
      what={jobPageWords.revealWhat(asked ?? "")}
      confirm={jobPageWords.revealDo}
      needed
      pending={reveal.isPending}
      problem={reveal.error ? problemText(reveal.error) : null}
    />
  );
  return { hidden, dialog };
}
