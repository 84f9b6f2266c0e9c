"use client";

import Link from "next/link";
import { sayBreaker } from "#app/words/attention-words.ts";
import { boardWords } from "#app/words/board-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClockShort } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import type { HeldBreaker } from "#core/attention/find-held-breakers.ts";
import type { Incident } from "#core/attention/find-incidents.ts";
import type { Trouble } from "./find-trouble.ts";
import { VerdictAside } from "./verdict-aside.tsx";

const strong = "font-semibold underline decoration-line-strong underline-offset-2 hover:decoration-ink";

/** What is wrong with a queue, since when and whose fault it is, what waits there and what was given up. */
export function TroubleClause({ trouble }: { trouble: Trouble }) {
  const { incident, breaker, waiting, retryable, workMs } = trouble;
  const queue = encodeURIComponent(trouble.queue);
  const href = trouble.kind === "failing" ? `/jobs?queue=${queue}&state=retryable,dead` : `/queues/${queue}`;
  return (
    <>
      <Link prefetch={false} href={href} className={strong}>
        {boardWords.trouble(trouble)}
      </Link>
      {incident ? <Cause incident={incident} /> : null}
      {breaker ? <Breaker breaker={breaker} /> : null}
      {waiting === 0 && retryable === 0 ? (
        <span className="text-ink-2"> · {boardWords.noneWaits}</span>
      ) : null}
      {waiting > 0 ? (
        <VerdictAside href={`/jobs?queue=${queue}&state=available,held`}>
          {boardWords.jobsWait(waiting)}
          {workMs === null ? "" : `, ${boardWords.heldWork(workMs)}`}
        </VerdictAside>
      ) : null}
      {retryable > 0 ? (
        <VerdictAside href={`/jobs?queue=${queue}&state=retryable`}>
          {boardWords.retry(retryable)}
        </VerdictAside>
      ) : null}
      {incident ? (
        <VerdictAside
          href={`/dead-letter?group=${encodeURIComponent(incident.groups[0]?.fingerprint ?? "")}`}
        >
          {boardWords.givenUp(incident.deaths)}
        </VerdictAside>
      ) : null}
    </>
  );
}

function Breaker({ breaker }: { breaker: HeldBreaker }) {
  const nowMs = useNowMs();
  const { dependency, sinceMs } = breaker;
  return (
    <>
      {` ${boardWords.since(formatClockShort(sinceMs), Math.max(0, nowMs - sinceMs))}: `}
      <Link prefetch={false} href={`/dependencies/${encodeURIComponent(dependency)}`} className={strong}>
        {boardWords.breaker(dependency, sayBreaker(breaker))}
      </Link>
      {`, ${boardWords.untouched}`}
    </>
  );
}

function Cause({
  incident: { dependency, class: failureClass, origin, sinceMs, groups },
}: {
  incident: Incident;
}) {
  const nowMs = useNowMs();
  const [first] = groups;
  if (!first) return null;
  const ageMs = Math.max(0, nowMs - sinceMs);
  return (
    <>
      {` ${boardWords.since(formatClockShort(sinceMs), ageMs)}: `}
      <Link prefetch={false} href={`/failures/${encodeURIComponent(first.fingerprint)}`} className={strong}>
        <ForeignText
          text={dependency === null ? first.title : boardWords.dependencyFails(dependency, failureClass)}
        />
      </Link>
      {`, ${boardWords.whose(origin)}`}
    </>
  );
}
