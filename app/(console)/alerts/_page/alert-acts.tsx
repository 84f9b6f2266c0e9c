"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { alertWords } from "#app/words/alert-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/notify.ts";
import { roleCovers } from "#core/access/role.ts";
import type { AlertView } from "#server/api/routers/alerts.ts";
import { problemText } from "../../_parts/problem-text.ts";
import { ReasonDialog } from "../../_parts/reason-dialog.tsx";
import { SilenceDialog } from "./silence-dialog.tsx";

/** What an operator can do about an open alert: limit the damage, take it on, silence it. */
export function AlertActs({ alert, isFirst }: { alert: AlertView; isFirst: boolean }) {
  const mayAct = roleCovers(useRole(), "operator");
  const [asked, setAsked] = useState<"contain" | "acknowledge" | "silence" | null>(null);
  if (!mayAct || alert.clearedAtMs !== null) return null;
  const close = () => setAsked(null);
  return (
    <div className="flex flex-wrap gap-2">
      {alert.containment === null ? null : (
        <Button size="small" tone={isFirst ? "primary" : "plain"} onClick={() => setAsked("contain")}>
          {alert.containment.label}
        </Button>
      )}
      {alert.acknowledged === null ? (
        <Button size="small" onClick={() => setAsked("acknowledge")}>
          {alertWords.acknowledge}
        </Button>
      ) : null}
      {alert.silencedUntilMs === null ? (
        <Button size="small" tone="quiet" onClick={() => setAsked("silence")}>
          {alertWords.silence}
        </Button>
      ) : null}
      {asked === "contain" ? <ContainDialog alert={alert} onClose={close} /> : null}
      {asked === "acknowledge" ? <AcknowledgeDialog alert={alert} onClose={close} /> : null}
      {asked === "silence" ? <SilenceDialog alert={alert} onClose={close} /> : null}
    </div>
  );
}

/** Asks why, then does what the alert offered when it was pressed. */
function ContainDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const contain = useMutation(trpc.alerts.contain.mutationOptions());
  // What is confirmed is what stood here when it was pressed, whatever the alert says a moment later.
  const [{ id, label, jobIds, cause }] = useState({ ...alert, label: alert.containment?.label ?? "" });
  const confirm = async (reason: string) => {
    const done = await contain.mutateAsync({ id, label, jobIds, reason }).catch(() => null);
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
    if (!done) return;
    notify({ text: alertWords.contained(done.outcome) });
    onClose();
  };
  return (
    <ReasonDialog
      open
      needed
      danger
      title={label}
      what={<ForeignText text={alertWords.containWhat(cause)} />}
      confirm={label}
      pending={contain.isPending}
      problem={contain.error ? problemText(contain.error) : null}
      onClose={onClose}
      onConfirm={confirm}
    />
  );
}

/** Takes an alert on, with a note where there is one. */
function AcknowledgeDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const acknowledge = useMutation(trpc.alerts.acknowledge.mutationOptions());
  const confirm = async (reason: string) => {
    const done = await acknowledge.mutateAsync({ id: alert.id, reason }).catch(() => null);
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
    if (!done) return;
    notify({ text: alertWords.acknowledged });
    onClose();
  };
  return (
    <ReasonDialog
      open
      needed={false}
      title={alertWords.acknowledgeTitle}
      what={alertWords.acknowledgeWhat}
      confirm={alertWords.acknowledgeDo}
      pending={acknowledge.isPending}
      problem={acknowledge.error ? problemText(acknowledge.error) : null}
      onClose={onClose}
      onConfirm={confirm}
    />
  );
}
