"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { automationWords, sayAutomation, sayCause } from "#app/words/automation-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";
import { AutomationFigures } from "../../_parts/automation-figures.tsx";
import { AutomationObject } from "../../_parts/automation-object.tsx";
import { UndoButton } from "../../_parts/undo-automation.tsx";

const { head } = automationWords;

/** Automatic acts as rows, each with its cause and figures; on a phone each folds to its parts below one another. */
export function AutomationTable({
  events,
  faded,
  kindHref,
  onUndo,
}: {
  events: readonly AutomationEvent[];
  faded: boolean;
  /** The same list narrowed to one kind of act. */
  kindHref: (kind: string) => string;
  onUndo: (event: AutomationEvent) => void;
}) {
  return (
    <Table label={automationWords.list} className={cn("transition-opacity", faded && "opacity-60")}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{head.when}</Th>
          <Th>{head.what}</Th>
          <Th className="w-full">{head.why}</Th>
          <Th end>
            <span className="sr-only">{head.undo}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr
            key={event.id}
            {...rowProps(String(event.id))}
            className={cn(
              "hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
              "align-top max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1",
            )}
          >
            <Td className="py-1 text-ink-3 max-sm:order-2 max-sm:text-right">
              <RelativeTime atMs={event.atMs} />
            </Td>
            <Td className="py-1 max-sm:order-1 max-sm:whitespace-normal">
              <Link
                href={kindHref(event.kind) as "/"}
                prefetch={false}
                title={automationWords.onlyKind(event.kind)}
                className="hover:underline"
              >
                {sayAutomation(event.kind)}
              </Link>{" "}
              <AutomationObject kind={event.objectKind} id={event.objectId} />
            </Td>
            <Td className="py-1 whitespace-normal max-sm:order-3 max-sm:col-span-2">
              <span className="flex min-w-0 flex-col gap-0.5 break-words">
                <ForeignText text={sayCause(event.cause)} />
                <AutomationFigures figures={event.figures} />
              </span>
            </Td>
            <Td end className="py-1 max-sm:order-4 max-sm:col-span-2 max-sm:empty:hidden">
              <UndoButton event={event} onUndo={() => onUndo(event)} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
