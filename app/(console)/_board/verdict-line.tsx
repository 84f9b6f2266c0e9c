"use client";

import { CircleAlert, CircleCheck, OctagonX } from "lucide-react";
import Link from "next/link";
import { useFreshness } from "#app/_live/use-freshness.ts";
import { boardWords } from "#app/words/board-words.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { findVerdict, type Verdict } from "./find-verdict.ts";
import { TroubleClause } from "./trouble-clause.tsx";
import { VerdictAside } from "./verdict-aside.tsx";

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
        {verdict.tone === "calm" ? (
          <Calm verdict={verdict} />
        ) : (
          <>
            {clauses.map((trouble) => (
              <span key={trouble.queue} className="block">
                <TroubleClause trouble={trouble} />
                {trouble.kind === "failing" && verdict.workersUp ? (
                  <VerdictAside href="/workers">{boardWords.notWorkers(board.fleet.workers)}</VerdictAside>
                ) : null}
              </span>
            ))}
            {rest > 0 ? <span className="block text-ink-2">{boardWords.moreTroubles(rest)}</span> : null}
            <StuckClause stuck={verdict.stuck} atMs={board.attention?.atMs ?? board.asOfMs} />
          </>
        )}
      </p>
    </section>
  );
}

function Calm({ verdict }: { verdict: Verdict }) {
  const { waiting, otherIncidents } = verdict;
  const forecast = boardWords.forecast(verdict.forecast);
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
        {` · ${otherIncidents > 0 ? boardWords.lookBelow(otherIncidents) : boardWords.nothingToDo}`}
      </span>
    </>
  );
}

function StuckClause({ stuck, atMs }: { stuck: Verdict["stuck"]; atMs: number }) {
  const nowMs = useNowMs();
  const [first] = stuck;
  if (!first) return null;
  const heldMs = first.heldMs + Math.max(0, nowMs - atMs);
  return (
    <span className="block">
      <Link
        prefetch={false}
        href={`/jobs/${first.jobId}`}
        className="font-semibold underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        {boardWords.stuck(first.definition, heldMs)}
      </Link>
      {stuck.length > 1 ? (
        <span className="text-ink-2"> {boardWords.moreStuck(stuck.length - 1)}</span>
      ) : null}
    </span>
  );
}
