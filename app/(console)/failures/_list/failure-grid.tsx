"use client";

import Link from "next/link";
import { failureWords } from "#app/words/failure-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import { failureWindows } from "#core/failure-group/failure-window.ts";
import type { FailureOverview } from "#server/api/failures/read-failure-overview.ts";

/** Failures by class and window; a cell opens the groups behind it. Classes without any are left out. */
export function FailureGrid({
  grid,
  current,
}: {
  grid: FailureOverview["grid"];
  /** The cell whose groups are listed. */
  current: { class: string | null; window: string };
}) {
  const seen = failureClasses.filter((name) => grid.some((cell) => cell.class === name));
  if (seen.length === 0) return null;
  return (
    <Panel title={failureWords.grid} note={failureWords.gridNote}>
      <Table label={failureWords.grid} className="max-w-160">
        <thead>
          <tr>
            <Th className="w-full">{failureWords.head.class}</Th>
            {failureWindows.map((window) => (
              <Th key={window} end className="max-sm:px-1">
                {failureWords.windows[window]}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.map((name) => (
            <tr key={name} className="hairline-b">
              <Td>
                <FailureClassBadge failureClass={name} />
              </Td>
              {failureWindows.map((window) => {
                const count =
                  grid.find((cell) => cell.class === name && cell.window === window)?.failures ?? 0;
                const here = current.class === name && current.window === window;
                return (
                  <Td key={window} end className="max-sm:px-1">
                    {count === 0 ? (
                      <span className="text-ink-3">{words.none}</span>
                    ) : (
                      <Link
                        href={`/failures?class=${name}&window=${window}&state=open,resolved,ignored&order=count`}
                        prefetch={false}
                        aria-label={failureWords.gridOf(name, failureWords.windows[window], count)}
                        aria-current={here ? "true" : undefined}
                        className={cn(
                          "-mx-1 rounded-sm px-1 hover:bg-hover hover:underline",
                          here && "bg-selected font-medium",
                        )}
                      >
                        {formatCount(count)}
                      </Link>
                    )}
                  </Td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
