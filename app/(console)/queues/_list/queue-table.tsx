"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { queueWords } from "#app/words/queue-words.ts";
import { formatAge } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "../../_board/find-signal.ts";
import { failureShare } from "../../_board/find-trouble.ts";
import { CountLink } from "./count-link.tsx";
import { ReasonsStrip } from "./reasons-strip.tsx";
import { SignalWord } from "./signal-word.tsx";

const { head } = queueWords;
/** From this share of failed attempts on the figure is told in red. */
const alarmingShare = 0.05;

/** Queues as rows of figures. */
export function QueueTable({
  queues,
  reasons,
}: {
  queues: readonly BoardQueue[];
  /** What the jobs of each wait for, as far as it is told. */
  reasons: BoardSnapshot["reasons"];
}) {
  const nowMs = useNowMs();
  return (
    <Table label={queueWords.list}>
      <thead>
        <tr>
          <Th>{head.queue}</Th>
          <Th>{head.signal}</Th>
          <Th end>{head.waiting}</Th>
          <Th className="max-xl:hidden">{head.waitsFor}</Th>
          <Th end className="max-md:hidden">
            {head.held}
          </Th>
          <Th end className="max-md:hidden">
            {head.scheduled}
          </Th>
          <Th end className="max-md:hidden">
            {head.retryable}
          </Th>
          <Th end>{head.running}</Th>
          <Th end className="max-md:hidden">
            {head.arrivals}
          </Th>
          <Th end className="max-md:hidden">
            {head.finishes}
          </Th>
          <Th end className="max-sm:hidden">
            {head.failing}
          </Th>
          <Th end className="max-lg:hidden">
            {head.oldest}
          </Th>
          <Th end className="max-lg:hidden">
            {head.workers}
          </Th>
          <Th className="max-lg:hidden">{head.pool}</Th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => {
          const failing = failureShare(queue);
          return (
            <tr
              key={queue.name}
              {...rowProps(queue.name)}
              className="hairline-b hover:bg-hover focus-within:bg-hover"
            >
              <Td className="font-medium">
                <Link
                  href={`/queues/${encodeURIComponent(queue.name)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  {queue.name}
                </Link>
              </Td>
              <Td>
                <SignalWord queue={queue} reasons={reasons[queue.name]} />
              </Td>
              <CountLink
                queue={queue.name}
                states="available,held"
                count={waitingJobs(queue)}
                atLeast={queue.atLeast}
              />
              <Td className="max-xl:hidden">
                <ReasonsStrip reasons={reasons[queue.name] ?? []} className="h-2 w-24" />
              </Td>
              <CountLink queue={queue.name} states="held" count={queue.held} className="max-md:hidden" />
              <CountLink
                queue={queue.name}
                states="scheduled"
                count={queue.scheduled}
                className="max-md:hidden"
              />
              <CountLink
                queue={queue.name}
                states="retryable"
                count={queue.retryable}
                className="max-md:hidden"
              />
              <CountLink queue={queue.name} states="running" count={queue.running} />
              <Td end className="max-md:hidden">
                {formatRate(queue.rates.arrivals)}
              </Td>
              <Td end className="max-md:hidden">
                {formatRate(queue.rates.finishes)}
              </Td>
              <Td
                end
                className={cn(
                  "max-sm:hidden",
                  failing >= alarmingShare ? "text-gate-stop" : "text-ink-2",
                  failing === 0 && "text-ink-3",
                )}
              >
                {failing === 0 ? words.none : formatShare(failing)}
              </Td>
              <Td end className={cn("max-lg:hidden", queue.oldestRunAtMs === null && "text-ink-3")}>
                {queue.oldestRunAtMs === null || nowMs === 0
                  ? words.none
                  : formatAge(nowMs - queue.oldestRunAtMs)}
              </Td>
              <Td end className="max-lg:hidden">
                {queue.workers}
              </Td>
              <Td className="text-ink-2 max-lg:hidden">{queue.pool}</Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
