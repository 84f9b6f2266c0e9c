import { notify } from "#components/ui/notify.ts";
import type { ActOutcome } from "#server/api/jobs/act-on-jobs.ts";

/** Says what became of an act on one job: that it is done, or why it was refused. */
export function reportOne({ refused }: ActOutcome, done: string): void {
  const refusal = refused[0];
  notify(refusal ? { tone: "warning", text: refusal.message } : { text: done });
}
