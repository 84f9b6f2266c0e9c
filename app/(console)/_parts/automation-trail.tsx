"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { automationWords, sayAutomationAlone, sayCause } from "#app/words/automation-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";
import { AutomationFigures } from "./automation-figures.tsx";
import { UndoAutomationDialog, UndoButton } from "./undo-automation.tsx";
import { Unread } from "./unread.tsx";

const refetchMs = 10_000;

/** What Signalbox lately did to an object by itself, and why: each with its figures and what takes it back. */
export function AutomationTrail({
  objectKind,
  objectId,
  limit = 5,
}: {
  objectKind: string;
  objectId: string;
  /** Acts shown, 1 to 50. */
  limit?: number;
}) {
  const trpc = useTRPC();
  const [undoing, setUndoing] = useState<AutomationEvent | null>(null);
  const found = useQuery(
    trpc.automation.list.queryOptions(
      { filter: { objectKind, objectId }, limit },
      { refetchInterval: refetchMs },
    ),
  );
  const all = `/automation?object=${encodeURIComponent(objectId)}&of=${encodeURIComponent(objectKind)}`;
  return (
    <Panel
      title={automationWords.trail}
      aside={
        found.data?.nextCursor ? (
          <Link href={all as "/"} prefetch={false} className="text-sm text-accent hover:underline">
            {automationWords.trailMore}
          </Link>
        ) : null
      }
    >
      {found.data ? (
        found.data.events.length === 0 ? (
          <p className="py-2 text-sm text-ink-3">{automationWords.trailNone}</p>
        ) : (
          <ul>
            {found.data.events.map((event) => (
              <li key={event.id} className="hairline-b flex flex-col gap-0.5 py-1.5 text-sm last:border-0">
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium">{sayAutomationAlone(event.kind)}</span>
                  <RelativeTime atMs={event.atMs} className="text-ink-3" />
                  <span className="ml-auto">
                    <UndoButton event={event} onUndo={() => setUndoing(event)} />
                  </span>
                </span>
                <ForeignText text={sayCause(event.cause)} className="break-words text-ink-2" />
                <AutomationFigures figures={event.figures} />
              </li>
            ))}
          </ul>
        )
      ) : (
        <Unread query={found} rows={2} />
      )}
      <UndoAutomationDialog event={undoing} onClose={() => setUndoing(null)} />
    </Panel>
  );
}
