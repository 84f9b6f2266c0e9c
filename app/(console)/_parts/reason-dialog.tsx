"use client";

import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TextAreaField } from "#components/ui/text-field.tsx";

/**
 * Asks why before something is done: says what will happen, takes the reason, and shows why it was not done.
 * `onConfirm` gets the trimmed reason; with `needed` an empty one is sent back.
 */
export function ReasonDialog({
  open,
  onClose,
  onConfirm,
  title,
  what,
  confirm,
  danger = false,
  needed,
  pending,
  problem,
  children,
}: {
  open: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
  title: ReactNode;
  what: ReactNode;
  confirm: string;
  danger?: boolean;
  needed: boolean;
  pending: boolean;
  problem: string | null;
  /** What else is asked, above the reason. */
  children?: ReactNode;
}) {
  const formId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!open) return;
    setReason("");
    setMissing(false);
  }, [open]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = reason.trim();
    if (needed && given === "") {
      setMissing(true);
      field.current?.focus();
    } else if (!pending) onConfirm(given);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      initialFocus={field}
      title={title}
      description={what}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {partWords.keep}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone={danger ? "danger" : "primary"}
            disabled={pending}
            focusableWhenDisabled
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3 pt-1">
        {children}
        <TextAreaField
          ref={field}
          label={needed ? partWords.reason : partWords.reasonOptional}
          hint={partWords.reasonHint}
          error={missing && reason.trim() === "" ? partWords.reasonNeeded : null}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey))
              event.currentTarget.form?.requestSubmit();
          }}
        />
        {problem ? <ErrorState title={partWords.notDone} detail={problem} /> : null}
      </form>
    </Dialog>
  );
}
