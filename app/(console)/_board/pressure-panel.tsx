"use client";

import { Gauge, HardDrive } from "lucide-react";
import Link from "next/link";
import { pressureWords } from "#app/words/pressure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock } from "#components/domain/format-instant.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { StorageFinding } from "#core/pressure/storage-guard.ts";
import type { PressedCrew, PressureOverview } from "#server/api/pressure/pressure-view.ts";

const rowLook =
  "hairline-b relative flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 pl-6.5 text-sm last:border-0";

/** Classes that are pressed, work that is kept back for them, and storage near its bounds. Absent while all is at ease. */
export function PressurePanel({ pressure: { atMs, crews, storage } }: { pressure: PressureOverview }) {
  if (crews.length + storage.findings.length === 0) return null;
  return (
    <Panel title={pressureWords.title} note={atMs === null ? null : formatClock(atMs)}>
      <ul>
        {storage.findings.map((finding) => (
          <StorageRow key={finding.limit} finding={finding} />
        ))}
        {crews.map((crew) => (
          <CrewRow key={`${crew.pool} ${crew.definitions[0]}`} crew={crew} />
        ))}
      </ul>
    </Panel>
  );
}

function StorageRow({ finding }: { finding: StorageFinding }) {
  const stops = finding.level === "stop";
  return (
    <li className={rowLook}>
      <HardDrive
        aria-hidden
        className={cn("absolute top-2 left-0 size-3.5", stops ? "text-gate-stop" : "text-gate-caution")}
      />
      <Link
        prefetch={false}
        href="/settings/storage"
        className="min-w-0 font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
      >
        <ForeignText text={pressureWords.finding(finding)} />
      </Link>
      <span className="text-ink-3">
        <RelativeTime atMs={finding.sinceMs} />
      </span>
    </li>
  );
}

function CrewRow({ crew }: { crew: PressedCrew }) {
  const isRed = crew.classes.some(({ level }) => level === "red");
  return (
    <li className={rowLook}>
      <Gauge
        aria-hidden
        className={cn("absolute top-2 left-0 size-3.5", isRed ? "text-gate-stop" : "text-gate-caution")}
      />
      <span className="font-medium">{pressureWords.crew(crew.pool, crew.definitions)}</span>
      {crew.classes.map(({ priority, level, waitMs, budgetMs }) => (
        <span key={priority} title={pressureWords.levelWhy[level]}>
          <span className={level === "red" ? "text-gate-stop" : "text-gate-caution"}>
            {pressureWords.pressed(priority, level)}
          </span>
          <span className="text-ink-2">, {pressureWords.waitOf(waitMs, budgetMs)}</span>
        </span>
      ))}
      {crew.deferral === null ? null : (
        <span className="text-ink-2">
          {pressureWords.deferred(crew.deferral.forClass)} {pressureWords.deferredUntil}{" "}
          <RelativeTime atMs={crew.deferral.untilMs} /> {pressureWords.deferredEnd}
        </span>
      )}
    </li>
  );
}
