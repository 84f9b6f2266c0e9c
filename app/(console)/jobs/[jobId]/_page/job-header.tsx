"use client";

import { ChevronLeft, ChevronRight, Ellipsis } from "lucide-react";
import Link from "next/link";
import { useRole } from "#app/_session/use-role.ts";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { useNowMs } from "#components/domain/now.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import { Menu, type MenuLine } from "#components/ui/menu.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import type { JobNeighbours } from "../../_act/job-neighbours.ts";
import { copyLines } from "./copy-lines.ts";
import type { JobDialogKind } from "./job-dialogs.tsx";
import { whyInOneLine } from "./why-in-one-line.ts";

const { acts, cannot } = jobPageWords;

/** What the job is, how it stands and why, and what can be done. */
export function JobHeader({
  job,
  neighbours,
  onAct,
}: {
  job: JobPage;
  neighbours: JobNeighbours | null;
  onAct: (kind: JobDialogKind) => void;
}) {
  const nowMs = useNowMs();
  const mayAct = roleCovers(useRole(), "operator");
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-title font-semibold break-words">
          <ForeignText text={job.definition} />{" "}
          <span className="font-normal text-ink-3">{jobWords.version(job.version)}</span>
        </h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <JobStateBadge state={job.state} className="font-medium" />
          <span className="text-ink-2">
            <ForeignText text={whyInOneLine(job)} />
          </span>
          {job.cancelRequestedAtMs !== null && job.state === "running" ? (
            <span className="text-ink-2">{jobWords.cancelAsked}</span>
          ) : null}
          {nowMs > 0 ? (
            <span className="text-sm text-ink-3">{jobPageWords.age(nowMs - job.createdAtMs)}</span>
          ) : null}
          <span className="flex items-center gap-1 font-mono text-sm text-ink-2">
            {job.id}
            <CopyButton text={job.id} label={jobWords.copyId} />
          </span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {neighbours ? <Neighbours neighbours={neighbours} /> : null}
        {mayAct && job.can.retry ? (
          <Button tone={job.state === "dead" ? "primary" : "plain"} onClick={() => onAct("retry")}>
            {jobWords.retry}
            <KeyHintOnDesk keys="r" />
          </Button>
        ) : null}
        {mayAct && job.can.cancel ? (
          <Button onClick={() => onAct("cancel")}>
            {jobWords.cancel}
            <KeyHintOnDesk keys="c" />
          </Button>
        ) : null}
        <Menu
          trigger={
            <IconButton label={jobPageWords.more}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
          groups={[mayAct ? actLines(job, onAct) : [], copyLines(job)]}
        />
      </div>
    </header>
  );
}

function actLines(job: JobPage, onAct: (kind: JobDialogKind) => void): MenuLine[] {
  const line = (
    kind: JobDialogKind & keyof typeof acts,
    keys: string | undefined,
    why?: string,
  ): MenuLine => ({
    label: acts[kind],
    ...(keys ? { keys } : {}),
    ...(why ? { why } : {}),
    onSelect: () => onAct(kind),
  });
  const { can } = job;
  return [
    line("edit", "e", can.retry ? undefined : cannot.edit),
    line("reprioritise", "p", can.reprioritise ? undefined : cannot.reprioritise),
    line("move", "m", can.move ? undefined : cannot.move),
    line("note", "n"),
    ...(can.restore ? [line("restore", undefined)] : []),
    ...(can.discard ? [{ ...line("discard", undefined), danger: true }] : []),
  ];
}

function Neighbours({ neighbours }: { neighbours: JobNeighbours }) {
  const { previous, next, at, of } = neighbours;
  const look = cn(buttonLook({ tone: "quiet", size: "icon" }));
  return (
    <nav aria-label={jobPageWords.place(at, of)} className="flex items-center text-sm text-ink-3">
      {previous ? (
        <Link href={`/jobs/${previous}`} className={look} title={`${jobPageWords.previous} ([)`}>
          <ChevronLeft aria-hidden />
          <span className="sr-only">{jobPageWords.previous}</span>
        </Link>
      ) : null}
      <span className="tabular-nums">{jobPageWords.place(at, of)}</span>
      {next ? (
        <Link href={`/jobs/${next}`} className={look} title={`${jobPageWords.next} (])`}>
          <ChevronRight aria-hidden />
          <span className="sr-only">{jobPageWords.next}</span>
        </Link>
      ) : null}
    </nav>
  );
}

function KeyHintOnDesk({ keys }: { keys: string }) {
  return (
    <span aria-hidden className="opacity-80 pointer-coarse:hidden [&_kbd]:text-current">
      <KeyHint keys={keys} />
    </span>
  );
}
