"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { webhookWords } from "#app/words/webhook-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Unread } from "../../../_parts/unread.tsx";
import { AdminsOnly } from "../../_frame/admins-only.tsx";
import { ListHead } from "../../_frame/list-head.tsx";
import { DeliveriesPanel } from "./deliveries-panel.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { WebhookTable } from "./webhook-table.tsx";

const refetchMs = 5_000;

/** Where alerts are sent, and how each message fared. */
export function WebhooksView() {
  return (
    <AdminsOnly title={webhookWords.title}>
      <WebhookList />
    </AdminsOnly>
  );
}

function WebhookList() {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useQueryState("webhook", parseAsString);
  const list = useQuery(trpc.webhooks.list.queryOptions(undefined, { refetchInterval: refetchMs }));
  const webhooks = list.data?.webhooks ?? [];
  const chosen = webhooks.find(({ id }) => id === shown);
  return (
    <div className="flex flex-col gap-6">
      <ListHead
        title={webhookWords.title}
        why={webhookWords.why}
        add={webhookWords.add}
        onAdd={() => setAdding(true)}
      />
      {!list.data ? (
        <Unread query={list} rows={3} />
      ) : webhooks.length === 0 ? (
        <EmptyState title={webhookWords.empty}>{webhookWords.emptyWhy}</EmptyState>
      ) : (
        <WebhookTable webhooks={webhooks} shown={shown} onShow={setShown} />
      )}
      {chosen ? <DeliveriesPanel key={chosen.id} webhook={chosen} /> : null}
      {isAdding ? <WebhookDialog webhook={null} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
