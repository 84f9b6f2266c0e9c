"use client";

import { type ReactNode, useRef } from "react";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

/** Asks once before something is done that needs no reason; focus begins on leaving it. `problem` is why it was not done. */
export function ConfirmDialog({
  title,
  what,
  confirm,
  danger = false,
  pending,
  problem,
  onClose,
  onConfirm,
}: {
  title: string;
  what: ReactNode;
  confirm: string;
  danger?: boolean;
  pending: boolean;
  problem: string | null;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const leave = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={leave}
      title={title}
      description={what}
      footer={
        <>
          <Button ref={leave} tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            tone={danger ? "danger" : "primary"}
            disabled={pending}
            focusableWhenDisabled
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {problem ? <ErrorState title={partWords.notDone} detail={problem} /> : null}
    </Dialog>
  );
}
