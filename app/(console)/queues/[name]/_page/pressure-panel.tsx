"use client";

import { useQuery } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { pressureWords } from "#app/words/pressure-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import type { QueuePressureView } from "#server/api/pressure/pressure-view.ts";
import { LevelWord } from "../../../_parts/level-word.tsx";
import { Unread } from "../../../_parts/unread.tsx";
import { ThresholdsDialog } from "./thresholds-dialog.tsx";

const refetchMs = 2_000;

/** How pressed each class of a queue is, from where on it refuses, and what it refused. */
export function PressurePanel({ queue }: { queue: BoardQueue }) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.pressure.ofQueue.queryOptions({ name: queue.name }, { refetchInterval: refetchMs }),
  );
  const mayAct = roleCovers(useRole(), "operator");
  const { data } = found;
  return (
    <Panel
      title={pressureWords.title}
      aside={data && mayAct ? <ThresholdsDialog queue={queue} thresholds={data.thresholds} /> : null}
    >
      {data ? <PressureFacts pressure={data} /> : <Unread query={found} rows={5} />}
    </Panel>
  );
}

function PressureFacts({ pressure }: { pressure: QueuePressureView }) {
  const { head } = pressureWords;
  const { deferral, admissions } = pressure;
  const refused = admissions.filter((each) => each.refused > 0);
  const signalled = admissions.reduce((sum, each) => sum + each.signalled, 0);
  return (
    <>
      {pressure.atMs === null ? <p className="py-2 text-sm text-ink-3">{pressureWords.nobody}</p> : null}
      {deferral === null ? null : (
        <p role="status" className="border-l-2 border-gate-caution py-1 pl-3 text-sm">
          {pressureWords.deferred(deferral.forClass)} {pressureWords.deferredUntil}{" "}
          <RelativeTime atMs={deferral.untilMs} /> {pressureWords.deferredEnd}
        </p>
      )}
      <Table label={pressureWords.title}>
        <thead>
          <tr title={pressureWords.note}>
            <Th>{head.priority}</Th>
            <Th className="px-1.5">{head.level}</Th>
            <Th end className="pl-1.5">
              {head.wait}
            </Th>
          </tr>
        </thead>
        <tbody>
          {pressure.classes.map(({ priority, level, waitMs, budgetMs }) => (
            <tr key={priority} className="hairline-b">
              <Td className="pr-1.5">
                <PriorityBadge priority={priority} />
              </Td>
              <Td className="px-1.5">
                <LevelWord level={level} />
              </Td>
              <Td end className="pl-1.5" title={pressureWords.waitOf(waitMs, budgetMs)}>
                {pressureWords.wait(waitMs)}
                <span className="text-ink-3">/{formatDuration(budgetMs)}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <dl>
        <Thresholds pressure={pressure} />
        <Fact name={pressureWords.lastHour}>
          {refused.length === 0 ? (
            <span className="text-ink-3">{pressureWords.noneRefused}</span>
          ) : (
            refused.map(({ cause, refused: count }) => pressureWords.refused(count, cause)).join(", ")
          )}
        </Fact>
        {signalled > 0 ? <Fact name={pressureWords.signalled}>{formatCount(signalled)}</Fact> : null}
      </dl>
    </>
  );
}

function Thresholds({ pressure }: { pressure: QueuePressureView }) {
  const { thresholds, depth, oldestMs } = pressure;
  if (thresholds === null)
    return (
      <Fact name={pressureWords.thresholds}>
        <span className="text-ink-3">{pressureWords.noThresholds}</span>
      </Fact>
    );
  const { maxDepth, maxOldestMs, action } = thresholds;
  return (
    <>
      <Fact name={pressureWords.depthMost}>
        {maxDepth === null ? null : pressureWords.depthAt(maxDepth, depth)}
      </Fact>
      <Fact name={pressureWords.oldestMost}>
        {maxOldestMs === null ? null : pressureWords.oldestAt(maxOldestMs, oldestMs)}
      </Fact>
      <Fact name={pressureWords.beyondThat}>{pressureWords.beyond[action]}</Fact>
    </>
  );
}
