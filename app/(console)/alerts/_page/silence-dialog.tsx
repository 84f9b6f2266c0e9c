"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError } from "#app/_trpc/field-error.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { notify } from "#components/ui/notify.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { parseDuration } from "#core/parse-duration.ts";
import type { AlertView } from "#server/api/routers/alerts.ts";
import { DurationField } from "../../_parts/duration-field.tsx";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";

const scopes = ["key", "object", "kindOfObject", "kind"] as const;
type Scope = (typeof scopes)[number];

/** Asks what of an alert to silence, for how long and why. */
export function SilenceDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [scope, setScope] = useState<Scope>("key");
  const [typed, setTyped] = useState("4 h");
  const silence = useMutation(trpc.alerts.silence.mutationOptions());
  const forMs = parseDuration(typed);
  const confirm = async (reason: string) => {
    if (forMs === null) return;
    const asked = { ...scopeOf(alert, scope), forMs, reason };
    const done = await silence.mutateAsync({ silence: asked }).catch(() => null);
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
    if (!done) return;
    notify({ text: alertWords.silenced });
    onClose();
  };
  const timeError = forMs === null ? alertWords.silenceForBad : fieldError(silence.error, "/forMs");
  return (
    <ReasonDialog
      open
      needed
      title={alertWords.silenceTitle}
      what={alertWords.silenceWhat}
      confirm={alertWords.silenceDo}
      pending={silence.isPending}
      problem={silence.error && timeError === null ? problemText(silence.error) : null}
      onClose={onClose}
      onConfirm={confirm}
    >
      <SelectField
        label={alertWords.silenceScope}
        value={scope}
        options={scopes.map((value) => ({ value, label: sayScope(alert, value) }))}
        onChange={setScope}
      />
      <DurationField
        label={alertWords.silenceFor}
        hint={alertWords.silenceForHint}
        error={timeError}
        value={typed}
        maxLength={20}
        onChange={setTyped}
      />
    </ReasonDialog>
  );
}

function scopeOf({ key, kind, objectKind, objectId }: AlertView, scope: Scope) {
  const object = { objectKind, objectId };
  if (scope === "key") return { key };
  if (scope === "kind") return { kind };
  return scope === "object" ? object : { kind, ...object };
}

function sayScope({ kind, objectKind, objectId }: AlertView, scope: Scope): string {
  const { silenceScopes, kinds } = alertWords;
  const about = alertWords.object(objectKind, objectId);
  if (scope === "key") return silenceScopes.key;
  if (scope === "kind") return silenceScopes.kind(kinds[kind]);
  return scope === "object" ? silenceScopes.object(about) : silenceScopes.kindOfObject(kinds[kind], about);
}
