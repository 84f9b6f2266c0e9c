/** Counted together within so long, ms. */
const stepMs = 50;
/** What was accepted so shortly before a count may not have been committed when it was made, ms. */
const commitMs = 250;

interface Step {
  atMs: number;
  jobs: number;
}

/**
 * How many jobs this process has accepted for queues with thresholds since they were counted: depths are counted twice
 * a second, and a burst between two counts must not go past the threshold unseen.
 */
export class AcceptedJobs {
  readonly #steps = new Map<number, Step[]>();

  /** Take down that a job was accepted. */
  note(queueId: number, nowMs: number): void {
    const steps = this.#steps.get(queueId) ?? [];
    if (steps.length === 0) this.#steps.set(queueId, steps);
    const last = steps.at(-1);
    if (last !== undefined && nowMs < last.atMs + stepMs) last.jobs++;
    else steps.push({ atMs: nowMs, jobs: 1 });
  }

  /** Jobs accepted that a count made at `countedAtMs` may not have seen. */
  since(queueId: number, countedAtMs: number): number {
    const fromMs = countedAtMs - commitMs;
    const steps = this.#steps.get(queueId) ?? [];
    return steps.reduce((sum, step) => sum + (step.atMs >= fromMs ? step.jobs : 0), 0);
  }

  /** Drop what a count made at `countedAtMs` has surely seen. */
  forgetBefore(countedAtMs: number): void {
    for (const [queueId, steps] of this.#steps) {
      const left = steps.filter((step) => step.atMs >= countedAtMs - commitMs);
      if (left.length === 0) this.#steps.delete(queueId);
      else this.#steps.set(queueId, left);
    }
  }
}
