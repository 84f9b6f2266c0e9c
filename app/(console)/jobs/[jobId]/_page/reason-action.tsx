"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { jobWords } from "#app/words/job-words.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import type { WaitingReason } from "#core/job/waiting-reasons.ts";

// They come with their dialogs, which most pages never open.
const QueueAct = dynamic(() => import("./queue-act.tsx").then((module) => module.QueueAct));
const BreakerAct = dynamic(() => import("./breaker-act.tsx").then((module) => module.BreakerAct));
const PauseDefinition = dynamic(() =>
  import("../../../definitions/[name]/_page/pause-definition.tsx").then((module) => module.PauseDefinition),
);

/** What the reader may do: anything to queues, definitions and breakers, and to this job. */
export interface ReasonMay {
  act: boolean;
  retry: boolean;
  reprioritise: boolean;
}

/** What can be done about a reason, as far as the reader may do it, and the way to what it is about. */
export function ReasonAction({
  reason,
  may,
  onAct,
}: {
  reason: WaitingReason;
  may: ReasonMay;
  onAct: (kind: "retry" | "reprioritise") => void;
}) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Act reason={reason} may={may} onAct={onAct} />
      <Way reason={reason} />
    </span>
  );
}

function Act({ reason, may, onAct }: Parameters<typeof ReasonAction>[0]) {
  const { action, ref } = reason;
  switch (action) {
    case "run-now":
      return may.retry ? (
        <Button size="small" onClick={() => onAct("retry")}>
          {jobWords.runNow}
        </Button>
      ) : null;
    case "reprioritise":
      return may.reprioritise ? (
        <Button size="small" onClick={() => onAct("reprioritise")}>
          {jobWords.changeClass}
        </Button>
      ) : null;
    case "resume-queue":
    case "raise-cap":
    case "raise-rate":
      if (!may.act || ref?.kind !== "queue") return null;
      return <QueueAct name={ref.id} act={action === "resume-queue" ? "resume" : "limits"} />;
    case "resume-definition":
      return may.act && ref ? <PauseDefinition name={ref.id} paused /> : null;
    case "force-breaker":
      return may.act && ref ? <BreakerAct name={ref.id} /> : null;
    default:
      return null;
  }
}

function Way({ reason: { action, ref } }: { reason: WaitingReason }) {
  if (action === "start-worker") return <WayTo href="/workers">{jobWords.goWorkers}</WayTo>;
  if (ref === null) return null;
  const id = encodeURIComponent(ref.id);
  switch (ref.kind) {
    case "queue":
      return <WayTo href={`/queues/${id}`}>{jobWords.goQueue}</WayTo>;
    case "definition":
      return <WayTo href={`/definitions/${id}`}>{jobWords.goDefinition}</WayTo>;
    case "dependency":
      return <WayTo href={`/dependencies/${id}`}>{jobWords.goDependency(ref.id)}</WayTo>;
    default:
      return null;
  }
}

function WayTo({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className={buttonLook({ size: "small", tone: "quiet" })}>
      {children}
    </Link>
  );
}
