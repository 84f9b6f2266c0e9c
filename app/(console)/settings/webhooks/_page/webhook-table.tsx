"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { webhookKindWords, webhookWords } from "#app/words/webhook-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { notify } from "#components/ui/notify.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { webhookKinds } from "#core/alert/webhook-kinds.ts";
import type { WebhookView } from "#server/api/routers/webhooks.ts";
import { ConfirmDialog } from "../../../_parts/confirm-dialog.tsx";
import { problemText } from "../../../_parts/problem-text.ts";
import { WebhookDialog } from "./webhook-dialog.tsx";

const { columns } = webhookWords;

/** Webhooks with how their last message fared, and what can be done with them. */
export function WebhookTable({
  webhooks,
  shown,
  onShow,
}: {
  webhooks: readonly WebhookView[];
  /** The one whose messages are shown below. */
  shown: string | null;
  onShow: (id: string | null) => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<WebhookView | null>(null);
  const [removed, setRemoved] = useState<WebhookView | null>(null);
  const refresh = () => queryClient.invalidateQueries(trpc.webhooks.pathFilter());
  const test = useMutation(
    trpc.webhooks.test.mutationOptions({
      onSuccess: (_, { id }) => {
        notify({ text: webhookWords.tested });
        onShow(id);
      },
      onError: (error) => notify({ text: problemText(error), tone: "error" }),
      onSettled: refresh,
    }),
  );
  const remove = useMutation(
    trpc.webhooks.remove.mutationOptions({
      onSuccess: () => {
        notify({ text: webhookWords.removed(removed?.name ?? "") });
        setRemoved(null);
      },
      onSettled: refresh,
    }),
  );
  return (
    <>
      <Table label={webhookWords.table}>
        <thead className="max-sm:hidden">
          <tr>
            <Th>{columns.name}</Th>
            <Th className="w-full">{columns.url}</Th>
            <Th className="max-lg:hidden">{columns.kinds}</Th>
            <Th>{columns.last}</Th>
            <Th unseen>{columns.acts}</Th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <tr
              key={webhook.id}
              className="hairline-b hover:bg-hover max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1"
            >
              <Td>
                <button
                  type="button"
                  aria-expanded={shown === webhook.id}
                  className="font-medium hover:underline"
                  onClick={() => onShow(shown === webhook.id ? null : webhook.id)}
                >
                  <ForeignText text={webhook.name} />
                </button>
                {webhook.enabled ? null : <span className="text-ink-3"> {webhookWords.off}</span>}
              </Td>
              <Td className="max-w-0 truncate text-ink-2 max-sm:order-3 max-sm:col-span-2 max-sm:max-w-full">
                <ForeignText text={webhook.url} />
              </Td>
              <Td className="text-ink-2 max-lg:hidden">{sayKinds(webhook)}</Td>
              <Td className="max-sm:order-4">
                <LastMessage webhook={webhook} />
              </Td>
              <Td end className="max-sm:order-5">
                <span className="inline-flex gap-1">
                  <Button
                    size="small"
                    disabled={test.isPending}
                    onClick={() => test.mutate({ id: webhook.id })}
                  >
                    {webhookWords.test}
                  </Button>
                  <Button size="small" onClick={() => setEdited(webhook)}>
                    {webhookWords.edit}
                  </Button>
                  <Button size="small" tone="quiet" onClick={() => setRemoved(webhook)}>
                    {webhookWords.remove}
                  </Button>
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {edited ? <WebhookDialog webhook={edited} onClose={() => setEdited(null)} /> : null}
      {removed ? (
        <ConfirmDialog
          title={webhookWords.removeTitle(removed.name)}
          what={webhookWords.removeWhat}
          confirm={webhookWords.removeDo}
          danger
          pending={remove.isPending}
          problem={remove.error ? problemText(remove.error) : null}
          onClose={() => {
            setRemoved(null);
            remove.reset();
          }}
          onConfirm={() => remove.mutate({ id: removed.id })}
        />
      ) : null}
    </>
  );
}

function LastMessage({ webhook: { last, waiting } }: { webhook: WebhookView }) {
  if (last === null) return <span className="text-ink-3">{webhookWords.never}</span>;
  const isBad = last.state !== "delivered";
  return (
    <span title={last.problem ?? undefined} className={cn(isBad ? "text-gate-stop" : "text-ink-2")}>
      {webhookWords.states[last.state]} <RelativeTime atMs={last.atMs} />
      {waiting > 0 ? <span className="text-ink-3"> · {webhookWords.waiting(waiting)}</span> : null}
    </span>
  );
}

function sayKinds({ kinds }: WebhookView): string {
  if (kinds.length === 0) return webhookWords.allKinds;
  return webhookKinds
    .filter((kind) => kinds.includes(kind))
    .map((kind) => webhookKindWords[kind].toLowerCase())
    .join(", ");
}
