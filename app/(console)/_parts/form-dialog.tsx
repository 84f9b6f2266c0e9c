"use client";

import { type FormEvent, type KeyboardEvent, type ReactNode, type RefObject, useId } from "react";
import { partWords } from "#app/words/part-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

/**
 * A form in a dialog: `children` are its fields, and it goes on by its button, by Enter, or by Ctrl+Enter in a text area.
 * It goes on once at a time, and not before it is `ready`; what was not done stands below the fields, which keep what was
 * typed.
 */
export function FormDialog({
  open = true,
  wide,
  title,
  description,
  initialFocus,
  leave = partWords.keep,
  confirm,
  danger = false,
  ready = true,
  pending = false,
  problem = null,
  onClose,
  onSubmit,
  children,
}: {
  open?: boolean;
  wide?: boolean;
  title: ReactNode;
  description?: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  leave?: string;
  confirm: string;
  /** It cannot be taken back. */
  danger?: boolean;
  ready?: boolean;
  pending?: boolean;
  /** Why it was not done. */
  problem?: string | null;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !pending) onSubmit();
  };
  const submitByKey = (event: KeyboardEvent<HTMLFormElement>) => {
    const isMeant = event.key === "Enter" && (event.metaKey || event.ctrlKey);
    if (isMeant && event.target instanceof HTMLTextAreaElement) event.currentTarget.requestSubmit();
  };
  return (
    <Dialog
      open={open}
      wide={wide}
      onOpenChange={onClose}
      initialFocus={initialFocus}
      title={title}
      description={description}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {leave}
          </Button>
          <Button
            type="submit"
            form={formId}
            tone={danger ? "danger" : "primary"}
            disabled={!ready || pending}
            focusableWhenDisabled
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} onKeyDown={submitByKey} className="flex flex-col gap-3 pt-1">
        {children}
        {problem === null ? null : <ErrorState title={partWords.notDone} detail={problem} />}
      </form>
    </Dialog>
  );
}
