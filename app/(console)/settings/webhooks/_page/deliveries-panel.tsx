"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { webhookWords } from "#app/words/webhook-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { WebhookView } from "#server/api/routers/webhooks.ts";
import { Pager } from "../../../_parts/pager.tsx";
import { Unread } from "../../../_parts/unread.tsx";

const { head } = webhookWords;
const refetchMs = 2_000;

/** What one webhook was told, and how each message fared. */
export function DeliveriesPanel({ webhook }: { webhook: WebhookView }) {
  const trpc = useTRPC();
  const [cursor, setCursor] = useQueryState("after", parseAsString);
  const list = useQuery(
    trpc.webhooks.deliveries.queryOptions(
      { id: webhook.id, cursor },
      { refetchInterval: refetchMs, placeholderData: keepPreviousData },
    ),
  );
  const title = webhookWords.deliveries(webhook.name);
  return (
    <Panel title={title}>
      {!list.data ? (
        <Unread query={list} rows={4} />
      ) : list.data.deliveries.length === 0 ? (
        <EmptyState title={webhookWords.deliveriesNone}>{webhookWords.deliveriesNoneTeach}</EmptyState>
      ) : (
        <>
          <Table label={title}>
            <thead className="max-sm:hidden">
              <tr>
                <Th>{head.when}</Th>
                <Th>{head.event}</Th>
                <Th>{head.state}</Th>
                <Th end>{head.sends}</Th>
                <Th end>{head.took}</Th>
                <Th className="w-full">{head.problem}</Th>
              </tr>
            </thead>
            <tbody>
              {list.data.deliveries.map((delivery) => (
                <tr
                  key={delivery.id}
                  className="hairline-b max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1"
                >
                  <Td className="text-ink-3 max-sm:order-2">
                    <RelativeTime atMs={delivery.createdAtMs} />
                  </Td>
                  <Td>
                    {webhookWords.events[delivery.event] ?? delivery.event}
                    {delivery.alertId === null ? null : (
                      <>
                        {" "}
                        <Link
                          href={`/alerts?alert=${delivery.alertId}`}
                          prefetch={false}
                          className="text-ink-3 hover:underline"
                        >
                          {webhookWords.alert(delivery.alertId)}
                        </Link>
                      </>
                    )}
                  </Td>
                  <Td
                    className={cn(
                      "max-sm:order-3",
                      delivery.state === "failed" && "text-gate-stop",
                      delivery.state === "waiting" && delivery.sends > 0 && "text-gate-caution",
                    )}
                  >
                    {delivery.state === "waiting" && delivery.sends === 0
                      ? webhookWords.onItsWay
                      : webhookWords.states[delivery.state]}
                    {delivery.nextAtMs !== null && delivery.sends > 0 ? (
                      <span className="text-ink-3">
                        , {webhookWords.next} <RelativeTime atMs={delivery.nextAtMs} />
                      </span>
                    ) : null}
                  </Td>
                  <Td end className="text-ink-2 max-sm:hidden">
                    {delivery.sends}
                  </Td>
                  <Td end className="text-ink-2 max-sm:hidden">
                    {delivery.tookMs === null ? words.none : formatDuration(delivery.tookMs)}
                  </Td>
                  <Td className="text-ink-2 whitespace-normal max-sm:order-4 max-sm:col-span-2">
                    {delivery.problem === null ? null : <ForeignText text={delivery.problem} />}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
          <Pager after={cursor} next={list.data.nextCursor} onGo={(next) => void setCursor(next)} />
        </>
      )}
    </Panel>
  );
}
