import { toast } from "sonner";
import { jobWords } from "#app/words/job-words.ts";
import type { ActOutcome } from "#server/api/jobs/act-on-jobs.ts";
import type { JobAct } from "./job-act-dialog.tsx";

/** Says what became of an act; a cancel of waiting jobs can be taken back from the notice. */
export function reportOutcome(act: JobAct, outcome: ActOutcome, putBack: (ids: string[]) => void): void {
  const { done, refused } = outcome;
  if (done.length > 0) {
    const asked = act.kind === "cancel" && act.jobs.length === 1 && act.jobs[0]?.state === "running";
    const waiting = done.filter((id) => act.jobs.find((job) => job.id === id)?.state !== "running");
    const told =
      act.kind === "retry"
        ? jobWords.retried(done.length)
        : asked
          ? jobWords.cancelAskedOf
          : jobWords.cancelled(done.length);
    const canPutBack = act.kind === "cancel" && waiting.length > 0;
    toast(
      told,
      canPutBack ? { action: { label: jobWords.putBack, onClick: () => putBack(waiting) } } : undefined,
    );
  }
  if (refused.length > 0) {
    toast.warning(jobWords.refused(refused.length), { description: refused[0]?.message });
  }
}
