"use client";

import { Flame, Hourglass, Unplug } from "lucide-react";
import Link from "next/link";
import { attentionWords } from "#app/words/attention-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { HeldBreaker } from "#core/attention/find-held-breakers.ts";
import { type Incident, isQuiet } from "#core/attention/find-incidents.ts";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";

type Attention = NonNullable<BoardSnapshot["attention"]>;

/** What fails and what is stuck, each with since when, what it cost and where to go. Absent while nothing is wrong. */
export function AttentionPanel({ attention }: { attention: BoardSnapshot["attention"] }) {
  if (attention === null) return null;
  const { incidents, breakers, stuck } = attention;
  const shut = breakers.filter(({ isShut }) => isShut);
  if (incidents.length + shut.length + stuck.length === 0) return null;
  const breakerOf = (dependency: string | null) =>
    shut.find((breaker) => breaker.dependency === dependency) ?? null;
  const alone = shut.filter((breaker) =>
    incidents.every(({ dependency }) => dependency !== breaker.dependency),
  );
  return (
    <Panel title={attentionWords.title} note={attentionWords.note(formatClock(attention.atMs))}>
      <ul>
        {alone.map((breaker) => (
          <li key={breaker.dependency} className={rowLook}>
            <Unplug aria-hidden className="absolute top-2 left-0 size-3.5 text-gate-stop" />
            <BreakerClause breaker={breaker} />
          </li>
        ))}
        {incidents.map((incident) => (
          <IncidentRow
            key={incident.groups[0]?.fingerprint}
            incident={incident}
            breaker={breakerOf(incident.dependency)}
            atMs={attention.atMs}
          />
        ))}
        {stuck.map((each) => (
          <StuckRow key={each.jobId} stuck={each} atMs={attention.atMs} />
        ))}
      </ul>
      {attention.moreStuck ? <p className="py-1 text-sm text-ink-3">{attentionWords.moreStuck}</p> : null}
    </Panel>
  );
}

const rowLook =
  "hairline-b relative flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 pl-6.5 text-sm last:border-0";

/** 'The breaker of payments-api is open since 12:03 (4 min), 2,104 jobs held, attempts untouched'. */
function BreakerClause({ breaker }: { breaker: HeldBreaker }) {
  const nowMs = useNowMs();
  const { dependency, sinceMs, jobs, queues } = breaker;
  return (
    <>
      <Link
        prefetch={false}
        href={`/dependencies/${encodeURIComponent(dependency)}`}
        className="min-w-0 font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        {attentionWords.breaker(breaker)}
      </Link>
      <span className="text-ink-2">
        {attentionWords.since(formatClock(sinceMs), Math.max(0, nowMs - sinceMs))}
      </span>
      <span>{attentionWords.held(jobs)}</span>
      <span className="text-ink-3">{attentionWords.inQueues(queues)}</span>
    </>
  );
}

function IncidentRow({
  incident,
  breaker,
  atMs,
}: {
  incident: Incident;
  /** What holds the jobs that need the failing dependency. */
  breaker: HeldBreaker | null;
  atMs: number;
}) {
  const nowMs = useNowMs();
  const [first] = incident.groups;
  if (!first) return null;
  const what = incident.dependency ?? first.title;
  const quiet = isQuiet(incident, atMs);
  return (
    <li className={rowLook}>
      <Flame
        aria-hidden
        className={cn("absolute top-2 left-0 size-3.5", quiet ? "text-ink-3" : "text-gate-stop")}
      />
      <Link
        prefetch={false}
        href={`/failures/${encodeURIComponent(first.fingerprint)}`}
        className="min-w-0 font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        <ForeignText text={attentionWords.failing(what, quiet)} />
      </Link>
      <FailureClassBadge failureClass={incident.class} />
      <span>{attentionWords.whose(incident.origin)}</span>
      <span className="text-ink-2">
        {attentionWords.since(formatClock(incident.sinceMs), Math.max(0, nowMs - incident.sinceMs))}
      </span>
      {quiet ? <span>{attentionWords.quiet(Math.max(0, nowMs - incident.lastSeenMs))}</span> : null}
      <span className="text-ink-2" title={attentionWords.costWhy}>
        {attentionWords.cost(incident.attempts, incident.deaths)}
      </span>
      <span className="text-ink-3">{attentionWords.inQueues(incident.queues)}</span>
      {breaker ? <BreakerClause breaker={breaker} /> : null}
      {incident.dependency === null ? null : (
        <span className="min-w-0 truncate text-ink-3">
          <ForeignText text={first.title} />
        </span>
      )}
      {incident.groups.length > 1 && incident.dependency !== null ? (
        <Link
          prefetch={false}
          href={`/failures?dependency=${encodeURIComponent(incident.dependency)}`}
          className="text-ink-3 hover:underline"
        >
          {attentionWords.moreWays(incident.groups.length - 1)}
        </Link>
      ) : null}
    </li>
  );
}

function StuckRow({ stuck, atMs }: { stuck: Attention["stuck"][number]; atMs: number }) {
  const nowMs = useNowMs();
  return (
    <li className={rowLook}>
      <Hourglass aria-hidden className="absolute top-2 left-0 size-3.5 text-gate-caution" />
      <Link
        prefetch={false}
        href={`/jobs/${stuck.jobId}`}
        className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        {stuck.definition} {attentionWords.stuck}
      </Link>
      <span className="text-ink-2">{attentionWords.stuckFor(stuck.heldMs + Math.max(0, nowMs - atMs))}</span>
      <span className="text-ink-2">
        {stuck.usualMs === null ? attentionWords.usualUnknown : attentionWords.usual(stuck.usualMs)}
      </span>
      <span className="text-ink-3">{attentionWords.progress(stuck.progress)}</span>
      <Link prefetch={false} href={`/workers/${stuck.workerId}`} className="text-ink-3 hover:underline">
        worker {stuck.workerId}
      </Link>
    </li>
  );
}
