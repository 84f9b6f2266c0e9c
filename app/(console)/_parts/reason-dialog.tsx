"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { FormDialog } from "./form-dialog.tsx";
import { ReasonField } from "./reason-field.tsx";

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
  danger,
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
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!open) return;
    setReason("");
    setMissing(false);
  }, [open]);
  const submit = () => {
    const given = reason.trim();
    if (needed && given === "") {
      setMissing(true);
      field.current?.focus();
    } else onConfirm(given);
  };
  return (
    <FormDialog
      open={open}
      initialFocus={field}
      title={title}
      description={what}
      confirm={confirm}
      danger={danger}
      pending={pending}
      problem={problem}
      onClose={onClose}
      onSubmit={submit}
    >
      {children}
      <ReasonField ref={field} needed={needed} tried={missing} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
