"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { auditWords, sayAct } from "#app/words/audit-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { AuditEntry } from "#server/api/audit/audit-entry.ts";
import { AuditObject } from "../../_parts/audit-object.tsx";

const { head } = auditWords;

/** Entries as rows; on a phone each takes two lines. `entryHref` is where one opens. */
export function AuditTable({
  entries,
  opened,
  entryHref,
  faded,
}: {
  entries: readonly AuditEntry[];
  opened: number | null;
  entryHref: (seq: number) => string;
  faded: boolean;
}) {
  return (
    <Table label={auditWords.list} className={cn("transition-opacity", faded && "opacity-60")}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{head.when}</Th>
          <Th>{head.who}</Th>
          <Th>{head.what}</Th>
          <Th className="w-full">{head.reason}</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr
            key={entry.seq}
            {...rowProps(String(entry.seq))}
            className={cn(
              "hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
              "max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1",
              opened === entry.seq && "bg-selected hover:bg-selected focus-within:bg-selected",
            )}
          >
            <Td className="max-sm:order-2 max-sm:text-right">
              <Link
                href={entryHref(entry.seq)}
                scroll={false}
                prefetch={false}
                aria-current={opened === entry.seq ? "true" : undefined}
                className="text-accent hover:underline"
              >
                <span className="sr-only">{auditWords.open(entry.seq)}, </span>
                <RelativeTime atMs={entry.atMs} />
              </Link>
            </Td>
            <Td className="max-w-64 truncate text-ink-2 max-sm:order-3">
              <ForeignText text={entry.actor} />
            </Td>
            <Td className="max-w-120 truncate max-sm:order-1 max-sm:max-w-none">
              {sayAct(entry)}{" "}
              <AuditObject kind={entry.objectKind} id={entry.objectId} values={[entry.after, entry.before]} />
            </Td>
            <Td className="max-w-0 max-sm:order-4 max-sm:max-w-40 max-sm:truncate max-sm:text-right">
              {entry.reason ? (
                <span className="block truncate text-ink-2" title={entry.reason}>
                  <ForeignText text={entry.reason} />
                </span>
              ) : (
                <span className="text-ink-3 max-sm:hidden">{words.none}</span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
