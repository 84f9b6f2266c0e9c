"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { formatExactCount } from "#components/domain/format-count.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { sayBytes } from "#core/say-bytes.ts";
import type { RetentionPreview, StoredDay } from "#server/api/settings/preview-retention.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { retryUnless } from "../../../_parts/retry-unless.ts";

const { retention: told } = settingsWords;
const refetchMs = 30_000;

/** What is stored by day, and what the settings in the form would take of it; nothing is taken before they are saved. */
export function StoredDays({ value }: { value: unknown }) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.settings.previewRetention.queryOptions(
      { value },
      {
        placeholderData: keepPreviousData,
        refetchInterval: refetchMs,
        retry: retryUnless("validation"),
      },
    ),
  );
  const preview = found.data;
  const wrong = found.error?.data?.code === "validation";
  return (
    <Panel title={told.stored} note={told.storedNote}>
      {wrong ? <p className="py-2 text-sm text-ink-3">{told.cannot}</p> : null}
      {preview && !wrong ? (
        <>
          <p role="status" className={cn("py-2", preview.goesBytes > 0 && "font-medium text-gate-caution")}>
            {takes(preview)}
          </p>
          <Days days={preview.days} />
        </>
      ) : found.error && !wrong ? (
        <QueryProblem error={found.error} onRetry={() => found.refetch()} />
      ) : preview || wrong ? null : (
        <SkeletonRows rows={6} />
      )}
    </Panel>
  );
}

function takes({ goesBytes, cancelled, dead, countedTo }: RetentionPreview): string {
  const counted = (count: number) =>
    count > countedTo ? `≥ ${formatExactCount(countedTo)}` : formatExactCount(count);
  const jobs = cancelled + dead > 0 ? told.ended(counted(cancelled), counted(dead)) : null;
  const size = goesBytes > 0 ? sayBytes(goesBytes) : null;
  const parts = [size, jobs].filter((part) => part !== null);
  return parts.length === 0 ? told.takesNothing : told.takes(parts.join(` ${told.and} `));
}

function Days({ days }: { days: readonly StoredDay[] }) {
  return (
    <Table label={told.stored}>
      <thead>
        <tr>
          <Th>{told.day}</Th>
          <Th end>{told.size}</Th>
          <Th end className="max-sm:hidden">
            {told.jobs}
          </Th>
          <Th className="w-full max-sm:whitespace-normal">{told.goes}</Th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day ?? ""} className="hairline-b hover:bg-hover">
            <Td>{day.day ?? told.other}</Td>
            <Td end>
              <span title={day.tables.map(({ table, bytes }) => `${table} ${sayBytes(bytes)}`).join(" · ")}>
                {sayBytes(day.bytes)}
              </span>
            </Td>
            <Td end className="max-sm:hidden">
              <Figure value={day.tables.find(({ table }) => table === "jobs")?.rows ?? 0} exactness="about" />
            </Td>
            <Td className={cn("whitespace-normal", day.goes.length > 0 ? "text-gate-caution" : "text-ink-3")}>
              {becomes(day)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function becomes({ goes, tables, kept }: StoredDay): string {
  if (goes.length === 0) return told.stays;
  if (kept) return told.why[kept.why];
  return goes.length === tables.length ? told.goesAll : told.goesSome(goes.join(", ").replaceAll("_", " "));
}
