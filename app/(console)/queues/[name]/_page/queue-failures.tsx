"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

const refetchMs = 60_000;

/** Failed attempts of a queue in the last hour by class, each leading to its groups. */
export function QueueFailures({ queue }: { queue: string }) {
  const trpc = useTRPC();
  const series = useQuery(
    trpc.overview.series.queryOptions({ range: "1h", queue }, { refetchInterval: refetchMs }),
  );
  const counts = new Map<string, number>();
  for (const { failures } of series.data?.flow ?? [])
    for (const [name, count] of Object.entries(failures)) counts.set(name, (counts.get(name) ?? 0) + count);
  const classes = [...counts].sort((a, b) => b[1] - a[1]);
  return (
    <Panel title={queueWords.failures}>
      {!series.data ? (
        <Skeleton className="my-2 h-5 w-full" />
      ) : classes.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{queueWords.failuresNone}</p>
      ) : (
        <ul>
          {classes.map(([name, count]) => (
            <li key={name} className="hairline-b flex min-h-7 items-center justify-between text-sm">
              <Link
                href={`/failures?queue=${encodeURIComponent(queue)}&class=${encodeURIComponent(name)}`}
                prefetch={false}
                className="hover:underline"
              >
                <FailureClassBadge failureClass={name} />
              </Link>
              <span>{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
