"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { failureWords } from "#app/words/failure-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { Figure } from "#components/domain/figure.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Sparkline } from "#components/domain/sparkline.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { FailureWindow } from "#core/failure-group/failure-window.ts";
import type { GroupSummary } from "#server/api/failures/group-summary.ts";
import { GroupState } from "../_parts/group-state.tsx";
import { GroupTitle } from "../_parts/group-title.tsx";

const { head } = failureWords;

/** Failure groups as rows; on a phone each row takes two lines. */
export function GroupTable({
  groups,
  window,
  faded,
}: {
  groups: readonly GroupSummary[];
  window: FailureWindow;
  faded: boolean;
}) {
  return (
    <Table label={failureWords.list} className={cn("transition-opacity", faded && "opacity-60")}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>{head.class}</Th>
          <Th className="w-full">{head.group}</Th>
          <Th>{head.trend}</Th>
          <Th end>{head.count}</Th>
          <Th end>{head.last}</Th>
          <Th end className="max-xl:hidden">
            {head.first}
          </Th>
          <Th className="max-lg:hidden">{head.affected}</Th>
          <Th end>{head.dead}</Th>
          <Th end className="max-md:hidden">
            {head.retrying}
          </Th>
          <Th className="max-lg:hidden">{head.state}</Th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr
            key={group.fingerprint}
            {...rowProps(group.fingerprint)}
            className={cn(
              "hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
              "max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:items-center max-sm:py-1",
            )}
          >
            <Td className="max-sm:order-2 max-sm:h-6">
              <FailureClassBadge failureClass={group.class} />
            </Td>
            <Td className="max-w-0 max-sm:order-1 max-sm:col-span-3 max-sm:h-6 max-sm:max-w-none">
              <Link
                href={`/failures/${group.fingerprint}`}
                prefetch={false}
                className="block truncate hover:underline"
              >
                <GroupTitle name={group.name} message={group.message} />
              </Link>
            </Td>
            <Td className="max-sm:hidden">
              <Sparkline
                values={group.trend}
                label={failureWords.trendOf(group.trend, failureWords.windows[window])}
              />
            </Td>
            <Td end className="max-sm:order-3 max-sm:h-6">
              <Figure value={group.inWindow} />
            </Td>
            <Td end className="text-ink-2 max-sm:order-4 max-sm:h-6">
              <RelativeTime atMs={group.lastSeenMs} />
            </Td>
            <Td end className="text-ink-3 max-xl:hidden">
              <RelativeTime atMs={group.firstSeenMs} />
            </Td>
            <Td className="max-lg:hidden">
              <Affected definitions={group.definitions} />
            </Td>
            <Td end className="max-sm:hidden">
              <JobCount
                href={`/dead-letter?group=${group.fingerprint}`}
                count={group.jobs.dead}
                atLeast={group.jobs.deadAtLeast}
              />
            </Td>
            <Td end className="max-md:hidden">
              <JobCount
                href={`/jobs?failureGroup=${group.fingerprint}&state=retryable`}
                count={group.jobs.retrying}
                atLeast={group.jobs.retryingAtLeast}
              />
            </Td>
            <Td className="max-lg:hidden">
              <GroupState state={group.state} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Affected({ definitions }: { definitions: readonly string[] }) {
  const [first, ...others] = definitions;
  if (first === undefined) return <span className="text-ink-3">{words.none}</span>;
  return (
    <span title={definitions.join(", ")}>
      <ForeignText text={first} />
      {others.length > 0 ? <span className="text-ink-3"> {failureWords.more(others.length)}</span> : null}
    </span>
  );
}

function JobCount({ href, count, atLeast }: { href: string; count: number; atLeast: boolean }) {
  if (count === 0) return <span className="text-ink-3">{words.none}</span>;
  return (
    // The address is one of the console's; typed routes cannot see through the parameter.
    <Link href={href as "/jobs"} prefetch={false} className="hover:underline">
      <Figure value={count} exactness={atLeast ? "at-least" : "exact"} />
    </Link>
  );
}
