"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { sayKind } from "#app/words/audit-words.ts";
import { automationWords, sayCause } from "#app/words/automation-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { roleCovers } from "#core/access/role.ts";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";
import { problemText } from "./problem-text.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useLastShown } from "./use-last-shown.ts";

/** The button that takes an act back, or who has taken it back; nothing where nothing does. */
export function UndoButton({ event, onUndo }: { event: AutomationEvent; onUndo: () => void }) {
  const mayAct = roleCovers(useRole(), "operator");
  if (event.undoneBy !== null)
    return (
      <span className="text-ink-3">
        {automationWords.undoneBy} <ForeignText text={event.undoneBy} />{" "}
        <RelativeTime atMs={event.undoneAtMs} />
      </span>
    );
  if (event.undo === null || !mayAct) return null;
  return (
    <Button size="small" onClick={onUndo}>
      {event.undo.label}
    </Button>
  );
}

/** Asks why before an automatic act is taken back; null is closed. */
export function UndoAutomationDialog({
  event,
  onClose,
}: {
  event: AutomationEvent | null;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const undo = useMutation(trpc.automation.undo.mutationOptions());
  const shown = useLastShown(event);
  if (shown === null) return null;
  const object = `${sayKind(shown.objectKind)} ${shown.objectId}`;
  const close = () => {
    undo.reset();
    onClose();
  };
  const confirm = async (reason: string) => {
    const done = await undo.mutateAsync({ id: shown.id, reason }).catch(() => null);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.automation.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.dependencies.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() }),
    ]);
    if (done === null) return;
    notify({ text: automationWords.undone(object) });
    close();
  };
  const action = shown.undo?.action ?? "";
  return (
    <ReasonDialog
      open={event !== null}
      onClose={close}
      onConfirm={(reason) => void confirm(reason)}
      title={automationWords.undoTitle(shown.undo?.label ?? "", object)}
      what={automationWords.undoWhat[action] ?? automationWords.undoOther}
      confirm={shown.undo?.label ?? ""}
      danger
      needed
      pending={undo.isPending}
      problem={undo.error ? problemText(undo.error) : null}
    >
      <p className="border-l-2 border-line-strong pl-3 text-sm break-words text-ink-2">
        <ForeignText text={sayCause(shown.cause)} />
      </p>
    </ReasonDialog>
  );
}
