"use client";

import { CircleAlert, CircleCheck, OctagonX } from "lucide-react";
import Link from "next/link";
import { useFreshness } from "#app/_live/use-freshness.ts";
import { boardWords } from "#app/words/board-words.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { cn } from "#components/ui/cn.ts";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import type { Trouble } from "./find-trouble.ts";
import { findVerdict } from "./find-verdict.ts";

const told = 2;
const looks = {
  calm: { Icon: CircleCheck, tone: "text-ink-3" },
  caution: { Icon: CircleAlert, tone: "text-gate-caution" },
  stop: { Icon: OctagonX, tone: "text-gate-stop" },
} as const;

/** How things stand, in one line of plain words; each clause leads to what it speaks of. */
export function VerdictLine({ board }: { board: BoardSnapshot }) {
  const verdict = findVerdict(board);
  const { state, asOfMs } = useFreshness();
  const stale = state === "stale" && asOfMs !== null;
  const { Icon, tone } = looks[stale && verdict.tone === "calm" ? "caution" : verdict.tone];
  const clauses = verdict.troubles.slice(0, told);
  const rest = verdict.troubles.length - clauses.length;
  return (
    <section aria-label={boardWords.verdict} className="flex items-start gap-2 py-1 text-base">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
      <p>
        {stale ? <span className="text-gate-caution">{boardWords.stopped(formatClock(asOfMs))} </span> : null}
        {verdict.depthsLateMs === null ? null : (
          <span className="text-gate-caution">{boardWords.depthsLate(verdict.depthsLateMs)}. </span>
        )}
        {clauses.length === 0 && verdict.depthsLateMs === null ? (
          <Calm waiting={verdict.waiting} forecast={boardWords.forecast(verdict.forecast)} />
        ) : (
          clauses.map((trouble, index) => (
            <span key={trouble.queue}>
              {index > 0 ? "; " : ""}
              <TroubleClause trouble={trouble} />
            </span>
          ))
        )}
        {rest > 0 ? <span className="text-ink-2"> · {boardWords.moreTroubles(rest)}</span> : null}
      </p>
    </section>
  );
}

function Calm({ waiting, forecast }: { waiting: number; forecast: string }) {
  return (
    <>
      <span className="font-semibold">{boardWords.allClear}</span>
      <span className="text-ink-2">
        {" · "}
        {waiting === 0 ? (
          boardWords.nothingWaits
        ) : (
          <Link prefetch={false} href="/jobs?state=available,held" className="hover:underline">
            {boardWords.waits(waiting)}
          </Link>
        )}
        {forecast ? `, ${forecast}` : ""}
        {` · ${boardWords.nothingToDo}`}
      </span>
    </>
  );
}

function Waits({ href, children }: { href: string; children: string }) {
  return (
    <>
      {" · "}
      <Link prefetch={false} href={href} className="text-ink-2 hover:underline">
        {children}
      </Link>
    </>
  );
}

function TroubleClause({ trouble }: { trouble: Trouble }) {
  const queue = encodeURIComponent(trouble.queue);
  const href = trouble.kind === "failing" ? `/jobs?queue=${queue}&state=retryable,dead` : `/queues/${queue}`;
  return (
    <>
      <Link
        prefetch={false}
        href={href}
        className="font-semibold underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        {boardWords.trouble(trouble)}
      </Link>
      {trouble.waiting === 0 && trouble.retryable === 0 ? (
        <span className="text-ink-2"> · {boardWords.noneWaits}</span>
      ) : null}
      {trouble.waiting > 0 ? (
        <Waits href={`/jobs?queue=${queue}&state=available,held`}>
          {boardWords.jobsWait(trouble.waiting)}
        </Waits>
      ) : null}
      {trouble.retryable > 0 ? (
        <Waits href={`/jobs?queue=${queue}&state=retryable`}>{boardWords.retry(trouble.retryable)}</Waits>
      ) : null}
    </>
  );
}
