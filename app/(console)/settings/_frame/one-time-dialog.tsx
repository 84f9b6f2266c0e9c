"use client";

import { useRef } from "react";
import { peopleWords } from "#app/words/people-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { words } from "#components/words.ts";

/** Shows a secret this once, whole and to be copied. It closes by its button alone, so that a stray click loses nothing. */
export function OneTimeDialog({
  title,
  what,
  label,
  text,
  expiresAtMs,
  done = peopleWords.linkDialog.done,
  onClose,
}: {
  title: string;
  what: string;
  label: string;
  text: string;
  expiresAtMs?: number;
  done?: string;
  onClose: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      wide
      closable={false}
      onOpenChange={onClose}
      initialFocus={button}
      title={title}
      description={what}
      footer={
        <Button ref={button} tone="primary" onClick={onClose}>
          {done}
        </Button>
      }
    >
      <fieldset className="flex items-start gap-2 rounded-md border border-line bg-bg p-2">
        <legend className="sr-only">{label}</legend>
        <code className="min-w-0 grow font-mono text-sm break-all select-all">{text}</code>
        <CopyButton text={text} label={words.copyOf(label)} />
      </fieldset>
      {expiresAtMs === undefined ? null : (
        <p className="pt-2 text-sm text-ink-3">
          {peopleWords.linkDialog.expires} <RelativeTime atMs={expiresAtMs} />
        </p>
      )}
    </Dialog>
  );
}
