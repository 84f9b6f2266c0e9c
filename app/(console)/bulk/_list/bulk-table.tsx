"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { bulkWords } from "#app/words/bulk-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { BulkView } from "#server/api/bulk/bulk-view.ts";
import { BulkBar } from "../_parts/bulk-bar.tsx";
import { BulkStateBadge } from "../_parts/bulk-state-badge.tsx";

const { head } = bulkWords;

/** Operations as rows; on a phone each takes two lines. */
export function BulkTable({ label, operations }: { label: string; operations: readonly BulkView[] }) {
  return (
    <Table label={label}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{head.state}</Th>
          <Th className="w-full">{head.what}</Th>
          <Th>{head.progress}</Th>
          <Th end className="max-md:hidden">
            {head.results}
          </Th>
          <Th className="max-lg:hidden">{head.by}</Th>
          <Th end>{head.at}</Th>
        </tr>
      </thead>
      <tbody>
        {operations.map((operation) => (
          <tr
            key={operation.id}
            {...rowProps(operation.id)}
            className="hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)] max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1"
          >
            <Td>
              <BulkStateBadge state={operation.state} />
            </Td>
            <Td className="max-w-0 max-sm:order-4 max-sm:col-span-3 max-sm:max-w-none">
              <Link
                href={`/bulk/${operation.id}`}
                prefetch={false}
                title={operation.summary}
                className="block truncate text-accent hover:underline"
              >
                <ForeignText text={operation.summary} />
              </Link>
            </Td>
            <Td className="min-w-40 max-sm:min-w-0">
              <BulkBar operation={operation} />
            </Td>
            <Td end className="font-mono max-md:hidden">
              {bulkWords.results3(operation.done, operation.failed, operation.skipped)}
            </Td>
            <Td className="text-ink-2 max-lg:hidden">
              <ForeignText text={operation.actor} />
            </Td>
            <Td end className="text-ink-3">
              <RelativeTime atMs={operation.createdAtMs} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
