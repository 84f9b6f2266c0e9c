"use client";

import Link from "next/link";
import { queueWords } from "#app/words/queue-words.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { QueueDefinition } from "#server/api/board/read-queue-detail.ts";
import { waitingJobs } from "../../../_board/find-signal.ts";
import { failureShare } from "../../../_board/find-trouble.ts";
import { CountLink } from "../../_list/count-link.tsx";

const { head } = queueWords;

/** What stands in a queue, by definition. */
export function DefinitionTable({
  queue,
  definitions,
}: {
  queue: string;
  definitions: readonly QueueDefinition[];
}) {
  return (
    <Panel title={queueWords.definitions}>
      {definitions.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{queueWords.noDefinitions}</p>
      ) : (
        <Table label={queueWords.definitions}>
          <thead>
            <tr>
              <Th>{head.definition}</Th>
              <Th className="max-sm:hidden">{head.priority}</Th>
              <Th end>{head.waiting}</Th>
              <Th end className="max-sm:hidden">
                {head.retryable}
              </Th>
              <Th end>{head.running}</Th>
              <Th end className="max-sm:hidden">
                {head.arrivals}
              </Th>
              <Th end className="max-sm:hidden">
                {head.finishes}
              </Th>
              <Th end>{head.failing}</Th>
              <Th end className="max-xl:hidden">
                {head.workers}
              </Th>
            </tr>
          </thead>
          <tbody>
            {definitions.map(({ name, version, priority, figures }) => {
              const failing = failureShare(figures);
              return (
                <tr key={name} className="hairline-b hover:bg-hover">
                  <Td className="w-full">
                    <Link
                      href={`/jobs?queue=${encodeURIComponent(queue)}&definition=${encodeURIComponent(name)}`}
                      prefetch={false}
                      className="font-medium hover:underline"
                    >
                      {name}
                    </Link>{" "}
                    <span className="text-ink-3">v{version}</span>
                  </Td>
                  <Td className="max-sm:hidden">
                    <PriorityBadge priority={priority} />
                  </Td>
                  <CountLink
                    queue={queue}
                    definition={name}
                    states="available,held"
                    count={waitingJobs(figures)}
                    atLeast={figures.atLeast}
                  />
                  <CountLink
                    queue={queue}
                    definition={name}
                    states="retryable"
                    count={figures.retryable}
                    className="max-sm:hidden"
                  />
                  <CountLink queue={queue} definition={name} states="running" count={figures.running} />
                  <Td end className="max-sm:hidden">
                    {formatRate(figures.rates.arrivals)}
                  </Td>
                  <Td end className="max-sm:hidden">
                    {formatRate(figures.rates.finishes)}
                  </Td>
                  <Td end className={cn(failing === 0 && "text-ink-3", failing >= 0.05 && "text-gate-stop")}>
                    {failing === 0 ? words.none : formatShare(failing)}
                  </Td>
                  <Td end className={cn("max-xl:hidden", figures.workers === 0 && "text-gate-stop")}>
                    {figures.workers}
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
