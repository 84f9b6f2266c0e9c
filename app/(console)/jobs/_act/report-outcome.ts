import { jobWords } from "#app/words/job-words.ts";
import { notify } from "#components/ui/notify.ts";
import type { ActOutcome } from "#server/api/jobs/act-on-jobs.ts";
import type { JobAct } from "./job-act-dialog.tsx";

/** Says what became of an act; a cancel of waiting jobs can be taken back from the notice. */
export function reportOutcome(act: JobAct, outcome: ActOutcome, putBack: (ids: string[]) => void): void {
  const { done, refused } = outcome;
  if (done.length > 0) {
    const waiting = done.filter((id) => act.jobs.find((job) => job.id === id)?.state !== "running");
    const canPutBack = act.kind === "cancel" && waiting.length > 0;
    notify({
      text: tell(act, done.length),
      action: canPutBack ? { label: jobWords.putBack, onPress: () => putBack(waiting) } : undefined,
    });
  }
  if (refused.length > 0) {
    notify({ tone: "warning", text: jobWords.refused(refused.length), detail: refused[0]?.message });
  }
}

function tell({ kind, jobs }: JobAct, done: number): string {
  if (kind === "retry") return jobWords.retried(done);
  const asked = jobs.length === 1 && jobs[0]?.state === "running";
  return asked ? jobWords.cancelAskedOf : jobWords.cancelled(done);
}
