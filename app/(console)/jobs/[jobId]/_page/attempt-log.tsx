"use client";

import { ArrowDownToLine } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatClock, formatExactInstant } from "#components/domain/format-instant.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import type { ShownLogLine } from "#server/api/jobs/job-detail.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { useAttemptLog } from "./use-attempt-log.ts";

const ranks = { info: 0, warn: 1, error: 2 } as const;
type Level = keyof typeof ranks;
const levels = (Object.keys(ranks) as Level[]).map((value) => ({ value, label: jobPageWords.levels[value] }));
const looks: Record<Level, string> = { info: "text-ink-3", warn: "text-gate-caution", error: "text-danger" };

/** What the handler logged in an attempt, live while it runs: by level, with a search, to copy and to keep. */
export function AttemptLog({
  jobId,
  attempt,
  endedAtMs,
}: {
  jobId: string;
  attempt: number;
  endedAtMs: number | null;
}) {
  const log = useAttemptLog(jobId, attempt, endedAtMs);
  const [level, setLevel] = useState<Level>("info");
  const [sought, setSought] = useState("");
  const [follow, setFollow] = useState(endedAtMs === null);
  const end = useRef<HTMLLIElement>(null);
  const lines = log.data?.lines ?? [];
  const wanted = sought.toLowerCase();
  const shown = lines.filter(
    (line) =>
      ranks[line.level] >= ranks[level] &&
      (wanted === "" || `${line.message} ${line.facts ?? ""}`.toLowerCase().includes(wanted)),
  );
  const count = shown.length;
  useEffect(() => {
    if (follow && count > 0) end.current?.scrollIntoView({ block: "nearest" });
  }, [follow, count]);

  if (log.error && lines.length === 0)
    return <QueryProblem error={log.error as never} onRetry={() => log.refetch()} />;
  if (!log.data) return <SkeletonRows rows={3} />;
  if (lines.length === 0)
    return (
      <p className="py-1 text-sm text-ink-3">
        {endedAtMs === null ? jobPageWords.noLogYet : jobPageWords.noLog} {jobPageWords.noLogTeach}
      </p>
    );
  const text = shown.map(textOf).join("\n");
  return (
    <section aria-label={jobPageWords.logOf(attempt)} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label={jobPageWords.level} value={level} options={levels} onChange={setLevel} />
        <input
          type="search"
          aria-label={jobPageWords.findInLog}
          placeholder={jobPageWords.findInLog}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className={cn(inputLook, "h-7 w-40 pointer-coarse:h-9")}
        />
        <span aria-live="polite" className="text-sm text-ink-3">
          {jobPageWords.lines(count, lines.length)}
        </span>
        <span className="ml-auto flex items-center gap-1">
          {endedAtMs === null ? (
            <Button size="small" tone="quiet" aria-pressed={follow} onClick={() => setFollow(!follow)}>
              <ArrowDownToLine aria-hidden />
              {jobPageWords.follow}
            </Button>
          ) : null}
          <Button
            size="small"
            tone="quiet"
            onClick={() => download(`job-${jobId}-attempt-${attempt}.log`, text)}
          >
            {jobPageWords.downloadLog}
          </Button>
          <CopyButton text={text} label={jobPageWords.copyLog} />
        </span>
      </div>
      <ScrollBox
        label={jobPageWords.logOf(attempt)}
        className="max-h-80 rounded-md border border-line bg-panel p-1.5 font-mono text-sm"
      >
        {count === 0 ? <p className="text-ink-3">{jobPageWords.noneFound}</p> : null}
        <ol>
          {shown.map((line) => (
            <li
              key={line.seq}
              className="flex gap-2 [contain-intrinsic-size:auto_18px] [content-visibility:auto]"
            >
              <time
                dateTime={new Date(line.atMs).toISOString()}
                title={formatExactInstant(line.atMs)}
                className="shrink-0 text-ink-3"
              >
                {formatClock(line.atMs)}
              </time>
              <span className={cn("w-10 shrink-0", looks[line.level])}>{line.level}</span>
              <span className="min-w-0">
                <ForeignText text={line.message} className="whitespace-pre-wrap" />
                {line.facts ? <ForeignText text={` ${line.facts}`} className="break-all text-ink-3" /> : null}
              </span>
            </li>
          ))}
          <li ref={end} aria-hidden />
        </ol>
      </ScrollBox>
    </section>
  );
}

function textOf({ atMs, level, message, facts }: ShownLogLine): string {
  return `${new Date(atMs).toISOString()} ${level} ${message}${facts ? ` ${facts}` : ""}`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
